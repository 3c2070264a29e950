"""What proofreading adds to the save of an item, on a loaded demo office. Goal: at most 50 ms for an ordinary item.

``gongkai demo --no-serve`` first; then ``DJANGO_SETTINGS_MODULE=gongkai.settings.dev python bench/proofing_save.py``. Each
item is changed a little, so that its proof is read anew, inside a transaction that is taken back, as the save's own is the
one that is written to the disk. Prints one row of a Markdown table.
"""

from __future__ import annotations

import os
import statistics
import time


def main() -> None:
    """Print the row."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.dev")
    import django

    django.setup()
    from django.db import transaction

    from gongkai.publishing import services
    from gongkai.publishing.canonical import latest_version
    from gongkai.publishing.models import ItemPage

    seconds: list[float] = []
    characters = 0
    for number, item in enumerate([*ItemPage.objects.all()[:1], *ItemPage.objects.all()]):
        version = latest_version(item)
        version.summary = f"{version.summary}第{number}次改动。"
        with transaction.atomic():
            started = time.perf_counter()
            services.proofread_item(version, at_save=True)
            seconds.append(time.perf_counter() - started)
            transaction.set_rollback(True)
        characters += len(version.plain_text)
    first, *others = seconds  # the first reads the tables
    others.sort()
    print(
        f"| Proofreading at a save, {len(others)} demo items of {characters // len(seconds)} characters on average | "
        f"median {1000 * statistics.median(others):.0f} ms, 95th {1000 * others[int(len(others) * 0.95)]:.0f} ms, "
        f"first of a process {first:.1f} s |"
    )


if __name__ == "__main__":
    main()
