"""Table 二, 第二十条第（一）项, from the ledger of rules and normative documents.

现行有效件数 counts documents in force at the end of 31 December of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import CellKey, TableId, Value
from gongkai.reporting.figures import RecordColumn
from gongkai.reporting.models import NormativeRecord

KINDS = tuple(NormativeRecord.Kind.values)
COLUMNS = ("issued", "repealed", "in_force")


class NormativeSource:
    """2 kinds × issued, repealed, in force."""

    name = "规范性文件台账"

    def keys(self) -> Iterable[str]:
        return [str(CellKey(TableId.TWO, kind, col)) for kind in KINDS for col in COLUMNS]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        figures: dict[str, Value] = dict.fromkeys(self.keys(), 0)
        for col in COLUMNS:
            records = self._of(col, organ, year).order_by()
            for kind, count in records.values_list("kind").annotate(n=Count("pk")):
                figures[str(CellKey(TableId.TWO, kind, col))] = count
        return figures

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[NormativeRecord]:
        cell = CellKey.parse(key)
        return self._of(cell.col, organ, year).filter(kind=cell.row)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("文号", lambda r: r.document_number),
            RecordColumn("标题", lambda r: r.title),
            RecordColumn("制发日期", lambda r: r.issued_on.isoformat()),
            RecordColumn(
                "废止（失效）日期", lambda r: r.repealed_on.isoformat() if r.repealed_on else "有效"
            ),
        )

    @staticmethod
    def _of(col: str, organ: Organ, year: int) -> QuerySet[NormativeRecord]:
        active = NormativeRecord.objects.active().filter(organ=organ)
        if col == "issued":
            return active.filter(issued_on__year=year)
        if col == "repealed":
            return active.filter(repealed_on__year=year)
        last = date(year, 12, 31)
        return active.filter(Q(repealed_on=None) | Q(repealed_on__gt=last), issued_on__lte=last)
