"""Baking: pages a second of a full bake on two processes (goal ≥ 500), and how long the publication of one item takes on a
large site with everything that follows it (goal ≤ 300 ms).

    python bench/baking.py [ITEMS] [--publications]      (the latter leaves the full bake out)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import big_site

PUBLICATIONS = 15


def main() -> None:
    given = [word for word in sys.argv[1:] if word.isdecimal()]
    count = int(given[0]) if given else 100_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        big_site.prepare(Path(folder))
        organ = big_site.build(count)
        if "--publications" not in sys.argv:
            full_bake()
        publications(organ, count)


def full_bake() -> None:
    from gongkai.portal.baking.whole import bake_whole

    for what in ("full bake, empty folder", "full bake again, nothing changed"):
        begun = time.perf_counter()
        outcome = bake_whole(processes=2)
        seconds = time.perf_counter() - begun
        pages = len(outcome.files)
        assert not outcome.faults, outcome.faults
        print(
            f"{what}: {pages} pages, {outcome.changed} written, {seconds:.1f} s, {pages / seconds:.0f} pages/s"
        )


def publications(organ: object, count: int) -> None:
    from tests import factories

    from gongkai.agencies.roles import Role
    from gongkai.portal.baking.models import BakeChange, BakedFile
    from gongkai.portal.baking.queue import carry_over
    from gongkai.portal.indexing import rebuild
    from gongkai.publishing import services
    from gongkai.publishing.models import ColumnPage, ItemPage

    rebuild()
    carry_over()
    column = ColumnPage.objects.order_by("-path").first()
    times, off = [], []
    for number in range(PUBLICATIONS + 1):
        item = factories.draft_item(
            column=column, organ=organ, title=f"新发布的通知{number}", slug=f"new-{number}"
        )
        factories.signed_review(item)
        actor = factories.reviewer(organ, Role.FINAL_REVIEWER)
        begun = time.perf_counter()
        services.publish(item=item, actor=actor)
        times.append(time.perf_counter() - begun)
        assert BakedFile.objects.filter(page=item.pk).exists()
        assert not BakeChange.objects.exists()
        if number == 0:  # a server that runs has read its templates
            print(
                f"the first publication of a fresh process, reading its templates: {times.pop() * 1000:.0f} ms"
            )
        begun = time.perf_counter()
        if number % 3 == 0:
            services.withdraw(item=ItemPage.objects.get(pk=item.pk), actor=actor, reason="基准测试")
            off.append(time.perf_counter() - begun)
            assert not BakedFile.objects.filter(page=item.pk).exists()
    for what, measured in (("publication", times), ("withdrawal", off)):
        print(
            f"{what} with search and bake at {count} items: median {statistics.median(measured) * 1000:.0f} ms, "
            f"worst {max(measured) * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
