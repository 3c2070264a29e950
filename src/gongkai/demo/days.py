"""Acts of the past, done on their own days: the demo's year is lived through, not written into tables.

A story is a generator. It yields the day on which it goes on; what stands between two yields happens on that day.
Many stories run side by side in the order of their days, so numbers and the log come out as in an office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import count

from django.utils import timezone

Story = Iterator[date]
OPENING, BETWEEN = time(9, 5), timedelta(minutes=7)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let ``django.utils.timezone.now`` give a chosen moment; for the demo alone, in one thread."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def live(stories: Iterable[Story], *, until: datetime) -> None:
    """Run stories day by day, up to a moment; what would come later stays undone, as in open cases.

    Raises:
        ValueError: a story goes back in time.
    """
    order = count()
    heap = [(day, next(order), story) for story in stories if (day := next(story, None)) is not None]
    heapify(heap)
    last, acts = None, 0
    while heap and heap[0][0] <= timezone.localdate(until):
        day, _, story = heappop(heap)
        acts = acts + 1 if day == last else 0
        last = day
        moment = timezone.make_aware(datetime.combine(day, OPENING)) + acts * BETWEEN
        with at(min(moment, until)):
            following = next(story, None)
        if following is None:
            continue
        if following < day:
            raise ValueError(f"a story goes back from {day} to {following}")
        heappush(heap, (following, next(order), story))
