"""Screens of long lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.paginator import WagtailPaginator


class KeysFirst(WagtailPaginator):
    """Sorts and cuts the keys alone, which an index can hold, then reads the rows of one screen.

    Asked for rows at once, a database sorts them with all their columns: a column of 33,000 items took seconds.
    """

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        top = bottom + self.per_page
        if top + self.orphans >= self.count:
            top = self.count
        keys = list(self.object_list.values_list("pk", flat=True)[bottom:top])
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)


MOST_FOUND = 1_000


def first_found(request: HttpRequest, found: QuerySet[Any]) -> list[int]:
    """Keys of what a search found, in its order, at most ``MOST_FOUND``; says so when there may be more.

    One look at the index: a search that also counted, and then read rows by its own condition, would look three times.
    """
    keys = list(found.values_list("pk", flat=True)[:MOST_FOUND])
    if len(keys) == MOST_FOUND:
        messages.info(request, f"找到的很多，只列出前 {MOST_FOUND} 条；再加一个词可以缩小范围。")
    return keys
