"""Old addresses of what moved: they lead to the new one, as long as the public can read it there.

One row for each page that moved; what lies below a column that moved is found by the column's row, so that moving a column
with a million items writes one.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.utils import timezone
from wagtail.models import Page

from gongkai.audit.chain import sm3
from gongkai.portal.models import FormerAddress
from gongkai.publishing.models import ItemPage

MAX_MOVES = 10  # one after the other, of a page and of what stands above it


def note_move(instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    """Keep the address that a page had before it moved."""
    _note(instance, url_path_before, url_path_after)


def note_new_slug(instance: Page, instance_before: Page, **_: Any) -> None:
    """Keep the address that a page had before its own part of it changed."""
    _note(instance, instance_before.url_path, instance.url_path)


def _note(page: Page, before: str, after: str) -> None:
    """Drafts that the public never saw have no old address."""
    is_item = issubclass(page.specific_class or Page, ItemPage)
    never_shown = is_item and ItemPage.objects.filter(pk=page.pk, index_number=None).exists()
    if before == after or never_shown:
        return
    FormerAddress.objects.update_or_create(
        digest=_key(before), defaults={"url_path": before, "page_id": page.pk, "left_at": timezone.now()}
    )


def _key(url_path: str) -> str:
    return sm3(url_path.encode())


def page_now(url_path: str) -> Page | None:
    """The live page that once stood at an address of the tree; None where there is none."""
    tried: set[str] = set()
    while url_path not in tried and len(tried) < MAX_MOVES:
        tried.add(url_path)
        pieces = [part for part in url_path.split("/") if part]
        above = ["/" + "/".join(pieces[:count]) + "/" for count in range(len(pieces), 0, -1)]
        rows = FormerAddress.objects.filter(digest__in=[_key(one) for one in above]).select_related("page")
        known = {row.url_path: row.page.url_path for row in rows}
        longest = next((one for one in above if one in known), None)
        if longest is None:
            return None
        url_path = known[longest] + url_path[len(longest) :]
        slug = url_path.rstrip("/").rpartition("/")[2]
        if (found := Page.objects.live().filter(slug=slug, url_path=url_path).first()) is not None:
            return found
    return None


def forwarding(request: HttpRequest, url_path: str) -> HttpResponsePermanentRedirect | None:
    """The way to where a page stands now. Not to be kept by browsers: it may move back."""
    found = page_now(url_path)
    address = found.get_url(request) if found is not None else None
    if not address:
        return None
    answer = HttpResponsePermanentRedirect(address)
    answer["Cache-Control"] = "no-cache"
    return answer
