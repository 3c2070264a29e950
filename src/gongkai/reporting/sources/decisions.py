"""Table 二, 第二十条第（五）（六）（八）项: licences, penalties, coercive measures, fees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import QuerySet, Sum

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import CellKey, TableId, Value
from gongkai.reporting.figures import RecordColumn
from gongkai.reporting.models import DecisionRecord

YUAN_PER_WAN = Decimal(10_000)
_KEYS = {
    str(CellKey(TableId.TWO, kind, "amount" if kind == DecisionRecord.Kind.FEES else "count")): kind
    for kind in DecisionRecord.Kind.values
}


class DecisionSource:
    """Counts of decisions, and fees as 万元 from yuan without rounding."""

    name = "许可处罚强制收费台账"

    def keys(self) -> Iterable[str]:
        return _KEYS

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        rows = (
            self._of(organ, year).order_by().values("kind").annotate(n=Sum("count"), yuan=Sum("amount_yuan"))
        )
        by_kind = {row["kind"]: row for row in rows}
        figures: dict[str, Value] = {}
        for key, kind in _KEYS.items():
            row = by_kind.get(kind)
            if kind == DecisionRecord.Kind.FEES:
                figures[key] = (row["yuan"] if row else Decimal(0)) / YUAN_PER_WAN
            else:
                figures[key] = row["n"] if row else 0
        return figures

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[DecisionRecord]:
        return self._of(organ, year).filter(kind=_KEYS[key])

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("日期", lambda r: r.decided_on.isoformat()),
            RecordColumn("名称", lambda r: r.title),
            RecordColumn("承办部门", lambda r: r.department),
            RecordColumn("件数", lambda r: str(r.count)),
            RecordColumn("收费金额（元）", lambda r: f"{r.amount_yuan:.2f}" if r.amount_yuan else ""),
        )

    @staticmethod
    def _of(organ: Organ, year: int) -> QuerySet[DecisionRecord]:
        return DecisionRecord.objects.active().filter(organ=organ, decided_on__year=year)
