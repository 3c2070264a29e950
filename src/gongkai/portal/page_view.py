"""Items by their address in one look-up; Wagtail would walk down the tree with two queries a level."""

from __future__ import annotations

from functools import cache

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import PageViewRestriction
from wagtail.views import serve as wagtail_serve

from gongkai.portal.former import forwarding
from gongkai.portal.shared import shared
from gongkai.publishing.models import ItemPage
from gongkai.publishing.normative.selectors import for_showing


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told the item where the address is one's; its hooks and refusals stand."""
    kept = shared(request).kept
    item = item_at(kept.root, path) if kept.site is not None and path else None
    if item is not None:
        request._wagtail_route_for_request = (item, [], {})  # type: ignore[attr-defined]
        if not item.path.startswith(kept.closed):
            item.get_view_restrictions = PageViewRestriction.objects.none
    try:
        return wagtail_serve(request, path)
    except Http404:
        moved = forwarding(request, f"{kept.root}{path}") if kept.site is not None and path else None
        if moved is None:
            raise
        return moved


def item_at(root: str, path: str) -> ItemPage | None:
    """The live item at an address below a site's first page, with its organ."""
    slug = path.rstrip("/").rpartition("/")[2]
    url_path = f"{root}{path}"
    return next(iter(_shown().filter(slug=slug, url_path=url_path)[:1]), None)


@cache
def _shown() -> QuerySet[ItemPage]:
    """The part of the look-up that is the same for every address: composing it took as long as drawing half a page."""
    return for_showing(ItemPage.objects.live()).order_by()
