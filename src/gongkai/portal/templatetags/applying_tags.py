"""The part of the column 依申请公开 that leads to the form, and dates in words."""

from __future__ import annotations

import re
from typing import Any

from django import template

from gongkai.portal.applying.common import office_of

register = template.Library()
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@register.inclusion_tag("portal/applying/_entry.html", takes_context=True)
def application_entry(context: dict[str, Any]) -> dict[str, Any]:
    """What an application is, how long it takes and how to make one."""
    office = office_of(context["request"])
    return {"office": office, "contact": office.contact}


@register.filter
def days_in_words(text: str) -> str:
    """2026-03-02 as 2026年3月2日, wherever a sentence holds one."""
    return _DAY.sub(lambda found: "{}年{}月{}日".format(*(int(part) for part in found.groups())), text)
