"""Table 四 from the ledger of reconsiderations and lawsuits.

A case counts in the year in which it was handled: decided in the year by its result, undecided at the year's
end as 尚未审结. Cases of which this organ is co-defendant as reconsideration organ count at the original organ
only (国办公开办函〔2016〕201号).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import FORMS, CellKey, Edition, TableId, Value
from gongkai.reporting.figures import RecordColumn
from gongkai.reporting.models import DisputeRecord

FORM = FORMS[Edition.E2021]


class DisputeSource:
    """3 proceedings × 5 cells."""

    name = "复议诉讼台账"

    def keys(self) -> Iterable[str]:
        return [str(cell) for cell in FORM.cells(TableId.FOUR)]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        last = date(year, 12, 31)
        counts: dict[tuple[str, str], int] = {}
        decided = self._counted(organ).filter(decided_on__year=year).order_by()
        for proceeding, result, count in decided.values_list("proceeding", "result").annotate(n=Count("pk")):
            counts[proceeding, result] = count
        pending = self._pending(organ, last).order_by()
        for proceeding, count in pending.values_list("proceeding").annotate(n=Count("pk")):
            counts[proceeding, "pending"] = count
        figures: dict[str, Value] = {}
        for row in FORM.table4_rows:
            parts = {
                column.key: counts.get((row.key, column.key), 0)
                for column in FORM.table4_columns
                if column.key != "total"
            }
            for col, figure in {**parts, "total": sum(parts.values())}.items():
                figures[str(CellKey(TableId.FOUR, row.key, col))] = figure
        return figures

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[DisputeRecord]:
        cell = CellKey.parse(key)
        last = date(year, 12, 31)
        counted = self._counted(organ).filter(proceeding=cell.row)
        undecided = Q(accepted_on__lte=last) & (Q(decided_on=None) | Q(decided_on__gt=last))
        if cell.col == "pending":
            return counted.filter(undecided)
        if cell.col == "total":
            return counted.filter(undecided | Q(decided_on__year=year))
        return counted.filter(decided_on__year=year, result=cell.col)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("案号", lambda r: r.number),
            RecordColumn("程序", lambda r: r.get_proceeding_display()),
            RecordColumn("复议机关（法院）", lambda r: r.forum),
            RecordColumn("受理日期", lambda r: r.accepted_on.isoformat()),
            RecordColumn("结案日期", lambda r: r.decided_on.isoformat() if r.decided_on else "尚未审结"),
            RecordColumn("结果", lambda r: r.get_result_display()),
        )

    @staticmethod
    def _counted(organ: Organ) -> QuerySet[DisputeRecord]:
        return DisputeRecord.objects.active().filter(organ=organ, counted_elsewhere=False)

    def _pending(self, organ: Organ, last: date) -> QuerySet[DisputeRecord]:
        return self._counted(organ).filter(Q(decided_on=None) | Q(decided_on__gt=last), accepted_on__lte=last)
