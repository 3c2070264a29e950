"""What normative documents give to the annual report: table 二, 第二十条第（一）项, row 行政规范性文件.

制发 counts by the day of publication, 废止 by the first day on which a document is no longer in force, 现行有效 at the end
of 31 December: so what was in force, plus what was issued, less what ended, is what is in force a year later. The typed
ledger stays beside it for what was never entered here; a number that stands in both is refused when it is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import CellKey, TableId, Value
from gongkai.core.documents.normative import STANDING_LABELS, Standing
from gongkai.publishing.models import NormativeDocument
from gongkai.reporting.figures import RecordColumn, register, sources_of

ROW = "normative"
COLUMNS = ("issued", "repealed", "in_force")


def _key(col: str) -> str:
    return str(CellKey(TableId.TWO, ROW, col))


class DocumentSource:
    """Issued, repealed, in force."""

    name = "规范性文件管理"

    def keys(self) -> Iterable[str]:
        return [_key(col) for col in COLUMNS]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        return {_key(col): _of(col, organ, year).count() for col in COLUMNS}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[NormativeDocument]:
        return _of(CellKey.parse(key).col, organ, year)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("文号", lambda one: one.document_number),
            RecordColumn(
                "标题", lambda one: one.title, lambda one: reverse("publishing:normative", args=[one.pk])
            ),
            RecordColumn("公布日期", lambda one: one.published_on.isoformat()),
            RecordColumn("废止（失效）日期", _end),
        )


def _end(document: NormativeDocument) -> str:
    if document.ended_on is None:
        return "有效"
    return f"{document.ended_on.isoformat()} {STANDING_LABELS[Standing(document.ending)]}"


def _of(col: str, organ: Organ, year: int) -> QuerySet[NormativeDocument]:
    published = NormativeDocument.objects.published().filter(organ=organ)
    if col == "issued":
        return published.filter(published_on__year=year)
    if col == "repealed":
        return published.filter(ended_on__year=year)
    last = date(year, 12, 31)
    return published.filter(Q(ended_on=None) | Q(ended_on__gt=last), published_on__lte=last)


def counted_elsewhere(organ: Organ, document_number: str, year: int) -> bool:
    """Whether another source counts a document of this number already: one fact, one record."""
    return any(
        source.records(_key("issued"), organ, year).filter(document_number=document_number).exists()
        for source in sources_of(_key("issued"))
        if not isinstance(source, DocumentSource)
    )


def register_sources() -> None:
    """Let the report ask for them."""
    register(DocumentSource())
