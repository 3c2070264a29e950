"""Table 三 from the ledger of applications.

Carry-over holds by construction: an application received before the year's end is closed before the year,
closed in it, or open at its end, and each is counted in exactly one of 三（七） and 四.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import FORMS, CellKey, Edition, TableId, Value, result_leaves
from gongkai.reporting.figures import RecordColumn
from gongkai.reporting.models import ApplicationRecord

FORM = FORMS[Edition.E2021]
KINDS = tuple(column.key for column in FORM.table3_columns if column.key != "total")
LEAVES = tuple(row.key for row in result_leaves(FORM))


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


class ApplicationSource:
    """25 rows × 7 columns: received, carried in, closed by outcome, open at the year's end."""

    name = "申请台账"

    def keys(self) -> Iterable[str]:
        return [str(cell) for cell in FORM.cells(TableId.THREE)]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        first, last = _year(year)
        active = ApplicationRecord.objects.active().filter(organ=organ)
        counts: dict[tuple[str, str], int] = {}
        received = active.filter(received_on__range=(first, last))
        _add(counts, "r1", received)
        # Each carry-over is two queries: an OR over closed_on would keep SQLite from its index.
        _add(counts, "r2", active.filter(received_on__lt=first, closed_on=None))
        _add(counts, "r2", active.filter(received_on__lt=first, closed_on__gte=first))
        _add(counts, "r4", active.filter(received_on__lte=last, closed_on=None))
        _add(counts, "r4", active.filter(received_on__lte=last, closed_on__gt=last))
        closed = active.filter(closed_on__range=(first, last)).order_by()
        for outcome, kind, count in closed.values_list("outcome", "applicant_kind").annotate(n=Count("pk")):
            counts[outcome, kind] = counts.get((outcome, kind), 0) + count
            counts["r3_7", kind] = counts.get(("r3_7", kind), 0) + count
        return dict(_cells(counts))

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[ApplicationRecord]:
        cell = CellKey.parse(key)
        first, last = _year(year)
        active = ApplicationRecord.objects.active().filter(organ=organ)
        if cell.col != "total":
            active = active.filter(applicant_kind=cell.col)
        if cell.row == "r1":
            return active.filter(received_on__range=(first, last))
        if cell.row == "r2":
            return active.filter(Q(closed_on=None) | Q(closed_on__gte=first), received_on__lt=first)
        if cell.row == "r4":
            return active.filter(Q(closed_on=None) | Q(closed_on__gt=last), received_on__lte=last)
        closed = active.filter(closed_on__range=(first, last))
        return closed if cell.row == "r3_7" else closed.filter(outcome=cell.row)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("登记编号", lambda r: r.number),
            RecordColumn("申请人类别", lambda r: r.get_applicant_kind_display()),
            RecordColumn("申请事项", lambda r: r.subject),
            RecordColumn("收到日期", lambda r: r.received_on.isoformat()),
            RecordColumn("办结日期", lambda r: r.closed_on.isoformat() if r.closed_on else "办理中"),
            RecordColumn("办理结果", lambda r: r.get_outcome_display()),
        )


def _add(counts: dict[tuple[str, str], int], row: str, records: QuerySet[ApplicationRecord]) -> None:
    for kind, count in records.order_by().values_list("applicant_kind").annotate(n=Count("pk")):
        counts[row, kind] = counts.get((row, kind), 0) + count


def _cells(counts: dict[tuple[str, str], int]) -> Iterator[tuple[str, Value]]:
    for row in ("r1", "r2", *LEAVES, "r3_7", "r4"):
        figures = [counts.get((row, kind), 0) for kind in KINDS]
        for kind, figure in zip((*KINDS, "total"), (*figures, sum(figures)), strict=True):
            yield str(CellKey(TableId.THREE, row, kind)), figure
