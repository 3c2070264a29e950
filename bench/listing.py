"""Back office: time of the editor's listings on a site of many items (goal ≤ 300 ms at 1,000,000).

    python bench/listing.py [ITEMS]

Texts are short, for no listing reads them. Each address is asked several times through all middleware, the reviews by a
clerk of the disclosure office, the rest by an administrator; the median and the worst count, the first answer apart.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import big_site

ROUNDS = 9


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    big_site.PARAGRAPHS = 1
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        big_site.prepare(Path(folder))
        listings(big_site.build(count), count)


def listings(organ: object, count: int) -> None:
    from django.test import Client
    from django.urls import reverse
    from tests import factories

    from gongkai.agencies.models import User
    from gongkai.agencies.roles import Role
    from gongkai.publishing.models import ColumnPage, ItemPage

    whole, clerk = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    whole.force_login(User.objects.create_superuser("bench", password=None))
    clerk_user = factories.reviewer(organ, Role.DISCLOSURE_OFFICE)
    clerk.force_login(clerk_user)
    reviewed(clerk_user)
    column = ColumnPage.objects.order_by("-path").first()
    items = ItemPage.objects.child_of(column).count()
    explorer = reverse("wagtailadmin_explore", args=[column.pk])
    addresses = {
        f"listing of a column with {items} items": explorer,
        "its 100th page": f"{explorer}?p=100",
        "the same by title": f"{explorer}?ordering=title",
        "items found by a word of the title": f"{explorer}?q=污水",
        "the same on the whole site": reverse("wagtailadmin_pages:search") + "?q=污水",
        "reviews to do": reverse("publishing:desk"),
        "record of reviews": reverse("publishing:listing"),
        "record of reviews, its 1,000th page": reverse("publishing:listing") + "?ye=1000",
        "record of reviews by a word of the title": reverse("publishing:listing") + "?ci=污水",
        "home of the back office": reverse("wagtailadmin_home"),
    }
    for what, address in addresses.items():
        times = []
        for _ in range(ROUNDS + 1):
            begun = time.perf_counter()
            answer = (clerk if "review" in what else whole).get(address)
            times.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
        first, *rest = times
        print(
            f"{what}, {count} items in all: median {statistics.median(rest):.0f} ms, worst {max(rest):.0f} ms, first {first:.0f} ms",
            flush=True,
        )


def reviewed(person: object) -> None:
    """A review for each item, that there is a record to list; the last twenty are still running."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT latest_revision_id FROM wagtailcore_page WHERE latest_revision_id IS NOT NULL LIMIT 1"
        )
        (revision,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO publishing_review (page_id, revision_id, title, digest, content, route, state, submitted_by_id,"
            " submitted_at, remark, urgent_reason, extra_stages) SELECT id, %s, title, 'x', hex(randomblob(500)), 'ordinary', 'released', %s,"
            " COALESCE(last_published_at, CURRENT_TIMESTAMP), '', '', '' FROM wagtailcore_page"
            " WHERE id IN (SELECT page_ptr_id FROM publishing_itempage)",
            [revision, person.pk],
        )
        cursor.execute(
            "UPDATE publishing_review SET state = 'open' WHERE id > (SELECT MAX(id) FROM publishing_review) - 20"
        )


if __name__ == "__main__":
    main()
