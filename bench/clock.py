"""The clock: one look-up in the calendar (goal ≤ 1 µs) and 100,000 open cases recomputed (goal ≤ 1 s)."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

from gongkai.core.calendars import WorkingCalendar, published_notices
from gongkai.core.disclosure.clock import Entry, Kind, due_day, reply_due

CASES = 100_000
LEDGERS = 10_000


def main() -> None:
    calendar = WorkingCalendar(published_notices())
    chance = random.Random(20260101)
    starts = [date(2025, 1, 1) + timedelta(days=chance.randrange(500)) for _ in range(CASES)]
    cases = [
        (
            start,
            chance.choice((0, 0, 0, 10, 20)),
            [(start + timedelta(4), start + timedelta(19))] * (n % 4 == 0),
        )
        for n, start in enumerate(starts)
    ]
    begun = time.perf_counter()
    for start in starts:
        calendar.count_upto(start)
    lookup = (time.perf_counter() - begun) / CASES
    begun = time.perf_counter()
    for start, extension, letters in cases:
        due_day(start, extension, letters, calendar)
    recompute = time.perf_counter() - begun
    begun = time.perf_counter()
    for start in starts[:LEDGERS]:
        reply_due(
            [
                Entry(Kind.RECEIVED, start),
                Entry(Kind.CONSULTATION_SENT, start + timedelta(4), id="a"),
                Entry(Kind.CONSULTATION_ANSWERED, start + timedelta(19), id="a"),
            ],
            calendar,
        )
    ledgers = (time.perf_counter() - begun) / LEDGERS
    print("| what | measured | goal |\n|---|---|---|")
    print(f"| calendar look-up | {lookup * 1e6:.2f} µs | ≤ 1 µs |")
    print(f"| {CASES:,} due dates recomputed | {recompute:.2f} s | ≤ 1 s |")
    print(f"| a ledger of three entries read, with its derivation | {ledgers * 1e6:.0f} µs | – |")


if __name__ == "__main__":
    main()
