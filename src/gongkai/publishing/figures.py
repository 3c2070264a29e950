"""What published items give to the annual report: how many were disclosed proactively (总体情况).

An item counts in the year in which it went live, as long as it is live; items brought over from an old site were counted
there. Items entered in a ledger as well would count twice: an office that publishes here ends that ledger (ADR 0006).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import Value
from gongkai.publishing.models import ItemPage
from gongkai.reporting.figures import RecordColumn, register

ITEMS_KEY = "fact.proactive_items"


class ItemSource:
    """主动公开信息（条）."""

    name = "信息发布"

    def keys(self) -> Iterable[str]:
        return (ITEMS_KEY,)

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        return {ITEMS_KEY: self.records(ITEMS_KEY, organ, year).count()}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[ItemPage]:
        found = ItemPage.objects.live().filter(organ=organ, published_at__year=year, legacy_published_on=None)
        return found.exclude(index_number=None).order_by("published_at", "pk")

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("索引号", lambda item: item.index_number or ""),
            RecordColumn(
                "标题",
                lambda item: item.title,
                lambda item: reverse("wagtailadmin_pages:edit", args=[item.pk]),
            ),
            RecordColumn("文号", lambda item: item.document_number),
            RecordColumn(
                "发布时间", lambda item: timezone.localtime(item.published_at).strftime("%Y-%m-%d %H:%M")
            ),
        )


def register_sources() -> None:
    """Let the report ask this app for its figures."""
    register(ItemSource())
