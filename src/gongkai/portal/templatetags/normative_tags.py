"""What an item's page says of the normative document it carries or interprets."""

from __future__ import annotations

from django import template

from gongkai.publishing.models import ItemPage
from gongkai.publishing.normative.selectors import Facts, facts_of

register = template.Library()


@register.simple_tag
def normative_facts(page: ItemPage) -> Facts:
    """Standing, relations, interpretations and consultation of an item."""
    return facts_of(page)
