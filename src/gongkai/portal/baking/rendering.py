"""Drawing a public page outside a request of the public, by the same views and templates as on request.

What all pages have in common (site, settings, columns) is read once per ``Renderer``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from wagtail.models import Page, PageViewRestriction, Site

from gongkai.portal.baking.folder import Baked, pack
from gongkai.portal.baking.names import name_of
from gongkai.portal.models import PortalSettings
from gongkai.portal.shared import Kept, Shared

OK, NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class Target:
    """One page of the site.

    Attributes:
        path: decoded path of its address.
        query: what follows the question mark; empty for most.
        page: the number of the page of the tree it belongs to, 0 for none.
        drawn: that page itself, where the file is its own and not a feed.
    """

    path: str
    query: str = ""
    page: int = 0
    drawn: Page | None = field(default=None, compare=False)

    @property
    def name(self) -> str | None:
        return name_of(self.path, self.query)

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


class CannotDraw(Exception):
    """A page that came out as something other than a page."""

    def __init__(self, address: str, status: int) -> None:
        self.address, self.status = address, status
        super().__init__(f"{address} answers with status {status}.")


class Renderer:
    """Draws pages of the default site as an anonymous reader at the public address sees them."""

    def __init__(self) -> None:
        self.site = Site.objects.select_related("root_page").get(is_default_site=True)
        self.shared = Shared(Kept(self.site))
        self.settings = self.shared.kept.settings
        self.closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        origin = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        self._factory = RequestFactory(
            SERVER_NAME=origin.hostname or "localhost",
            SERVER_PORT=str(origin.port or (443 if origin.scheme == "https" else 80)),
            **{"wsgi.url_scheme": origin.scheme or "http"},
        )

    @property
    def root(self) -> Page:
        return self.site.root_page

    def is_public(self, tree_path: str) -> bool:
        """Whether a page lies on this site, with no password or login asked for above it."""
        return tree_path.startswith(self.root.path) and not any(tree_path.startswith(p) for p in self.closed)

    def path_of(self, url_path: str) -> str:
        """The decoded address of a page of the tree."""
        return "/" + url_path.removeprefix(self.root.url_path)

    def draw(self, target: Target) -> Baked | None:
        """The bytes of a page; None where there is no such page (any more) or no file may stand for it.

        Raises:
            CannotDraw: the page is neither there nor absent.
            Exception: whatever its template or view raises.
        """
        name = target.name
        if name is None:
            return None
        try:
            response = self._respond(target)
        except Http404:
            return None
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
        if response.status_code == NOT_FOUND:
            return None
        if response.status_code != OK:
            raise CannotDraw(target.address, response.status_code)
        return Baked(name, response.content, pack(response.content))

    def _respond(self, target: Target) -> HttpResponse:
        request = self._request(target)
        if target.drawn is not None:
            return target.drawn.serve(request)
        match = resolve(target.path)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)

    def _request(self, target: Target) -> HttpRequest:
        request: Any = self._factory.get(target.path, QUERY_STRING=target.query)
        request.user = AnonymousUser()
        request.portal_shared = self.shared
        request._wagtail_site = self.site
        setattr(request, PortalSettings.get_cache_attr_name(), self.settings)
        return request
