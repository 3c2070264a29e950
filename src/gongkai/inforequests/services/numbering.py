"""Consecutive numbers and codes that cannot be guessed."""

from __future__ import annotations

from gongkai.agencies.models import Organ
from gongkai.inforequests.models import Counter
from gongkai.privacy.query_codes import new_query_code, same_code

__all__ = ["new_query_code", "next_number", "same_code"]


def next_number(organ: Organ, name: str, year: int) -> int:
    """The next number of a series; the caller is inside a transaction, which a refused act undoes with it."""
    Counter.objects.get_or_create(organ=organ, name=name, year=year)
    counter = Counter.objects.select_for_update().get(organ=organ, name=name, year=year)
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value
