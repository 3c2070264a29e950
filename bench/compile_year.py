"""Compile one year's table 三 from 1,000,000 application rows on SQLite, after indexing.

Goal: at most 1 s. Prints one row of a Markdown table.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from datetime import date, timedelta

ROWS = 1_000_000
CHUNK = 20_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.settings.dev"
        os.environ["GONGKAI_DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        organ = _fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print("| what | rows | best | goal |\n|---|---|---|---|")
        print(f"| compile 表三 of one year, SQLite | {ROWS:,} | {_best(organ):.2f} s | ≤ 1 s |")


def _fill():
    from gongkai.agencies.models import Organ, User
    from gongkai.reporting.models import ApplicationRecord
    from gongkai.reporting.sources.applications import KINDS, LEAVES

    organ = Organ.add_root(code="BENCH", name="示例市人民政府")
    clerk = User.objects.create_user("bench", name="经办人")
    chance = random.Random(20260101)
    first = date(2021, 1, 1)
    for start in range(0, ROWS, CHUNK):
        rows = []
        for number in range(start, start + CHUNK):
            received = first + timedelta(days=chance.randrange(3 * 365))
            is_open = chance.random() < 0.02
            closed = None if is_open else received + timedelta(days=chance.randrange(60))
            rows.append(
                ApplicationRecord(
                    organ=organ,
                    entered_by=clerk,
                    number=str(number),
                    applicant_kind=chance.choice(KINDS),
                    received_on=received,
                    closed_on=closed,
                    outcome="" if closed is None else chance.choice(LEAVES),
                )
            )
        ApplicationRecord.objects.bulk_create(rows)
    return organ


def _best(organ) -> float:
    from gongkai.reporting.sources.applications import ApplicationSource

    times = []
    for _ in range(5):
        begun = time.perf_counter()
        figures = ApplicationSource().compile(organ, 2022)
        times.append(time.perf_counter() - begun)
        assert figures["table3.r1.total"] > 0
    return min(times)


if __name__ == "__main__":
    main()
