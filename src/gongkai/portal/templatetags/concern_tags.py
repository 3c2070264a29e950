"""Concerns and the items that answer them, on the pages of columns for responses and of those items."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.portal.listing import address
from gongkai.portal.shared import shared
from gongkai.publishing.models import ColumnPage, ColumnType, ItemPage, PublicConcern

register = template.Library()
SHOWN = 30


@register.simple_tag(takes_context=True)
def concerns_of_column(context: dict[str, Any], column: ColumnPage) -> list[tuple[PublicConcern, str]]:
    """Answered concerns of a column for responses, each with the address of its answer; none for other columns."""
    if column.column_type != ColumnType.RESPONSE:
        return []
    found = PublicConcern.objects.filter(response__live=True, response__path__startswith=column.path)
    root = shared(context["request"]).root
    answered = found.select_related("response").order_by("-response__published_at", "-pk")[:SHOWN]
    return [(one, address(one.response.url_path, root)) for one in answered if one.response is not None]


@register.simple_tag(takes_context=True)
def concerns_of_item(context: dict[str, Any], item: ItemPage) -> list[PublicConcern]:
    """What an item in such a column answers; items elsewhere are not asked."""
    parent = shared(context["request"]).parent(item)
    if parent is None or parent.column_type != ColumnType.RESPONSE:
        return []
    return list(item.answered_concerns.all())
