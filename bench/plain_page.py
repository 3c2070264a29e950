"""The item page as Wagtail does it by itself: its routing down the tree, its reads of ancestors and parent, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock


def _above(self: Any, page: Any) -> list[Any]:
    """As a template would write it: the ancestors, each with its ``url``."""
    found = list(page.get_ancestors().filter(depth__gt=2))
    for ancestor in found:
        ancestor.address = ancestor.url
    return found


def _parent(self: Any, page: Any) -> Any:
    return page.get_parent().specific


def _nothing_kept(request: Any) -> Any:
    from wagtail.models import Site

    from gongkai.portal.shared import Kept

    return Kept(Site.find_for_request(request))


@contextmanager
def plain_wagtail() -> Iterator[None]:
    """Within, the same address is served without our look-up by address and without what is kept between requests."""
    from gongkai.portal import page_view, shared

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(page_view, "item_at", return_value=None))
        patches.enter_context(mock.patch.object(shared.Shared, "above", _above))
        patches.enter_context(mock.patch.object(shared.Shared, "parent", _parent))
        patches.enter_context(mock.patch.object(shared, "_kept_for", _nothing_kept))
        yield
