"""Numbers that only the text tells: items published, payments, hires, opinions, trainings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import Value
from gongkai.reporting.figures import RecordColumn, taken_over_on
from gongkai.reporting.models import ApplicationRecord, WorkRecord

YUAN_PER_WAN = Decimal(10_000)
Kind = WorkRecord.Kind


def _count(records: QuerySet[WorkRecord]) -> Value:
    return int(records.aggregate(n=Sum("count"))["n"] or 0)


def _wan(records: QuerySet[WorkRecord]) -> Value:
    return Decimal(records.aggregate(n=Sum("amount_yuan"))["n"] or 0) / YUAN_PER_WAN


def _parties(records: QuerySet[WorkRecord]) -> Value:
    return int(records.exclude(party="").aggregate(n=Count("party", distinct=True))["n"])


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of the text: which ledger rows make it, how they are measured, and its unit."""

    key: str
    label: str
    unit: str
    kind: WorkRecord.Kind
    measure: Callable[[QuerySet[WorkRecord]], Value]


FACTS = (
    Fact("fact.proactive_items", "主动公开信息", "条", Kind.PROACTIVE_ITEM, _count),
    Fact("fact.announcements", "公告公示信息", "条", Kind.ANNOUNCEMENT, _count),
    Fact("fact.policy_payments", "兑付优惠政策奖补资金", "万元", Kind.POLICY_PAYMENT, _wan),
    Fact("fact.aided_enterprises", "享受补助的企业", "家", Kind.ENTERPRISE_AID, _parties),
    Fact("fact.aid", "协助企业获得补助资金", "万元", Kind.ENTERPRISE_AID, _wan),
    Fact("fact.hires", "为企业招聘员工", "人", Kind.HIRE, _count),
    Fact("fact.opinions", "收到意见建议", "条", Kind.OPINION, _count),
    Fact("fact.opinion_enterprises", "提出意见建议的企业", "家", Kind.OPINION, _parties),
    Fact("fact.trainings", "开展培训", "次", Kind.TRAINING, _count),
)
_BY_KEY = {fact.key: fact for fact in FACTS}
FEE_KEY = "fact.processing_fee"


def _typed(key: str, organ: Organ, year: int) -> QuerySet[WorkRecord]:
    active = WorkRecord.objects.active().filter(organ=organ, occurred_on__year=year)
    return active.filter(kind=_BY_KEY[key].kind)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Typed rows of a fact that do not count, because an app has taken it over from ``day`` on."""

    label: str
    day: date
    rows: int


def left_out(organ: Organ, year: int) -> list[LeftOut]:
    """What of the typed ledger does not count in a year."""
    found = []
    for fact in FACTS:
        day = taken_over_on(fact.key, organ)
        rows = _typed(fact.key, organ, year).filter(occurred_on__gte=day).count() if day else 0
        if day and rows:
            found.append(LeftOut(str(fact.kind.label), day, rows))
    return found


class FactSource:
    """Facts from the ledger of work; rows from the day on which an app took a fact over are left out."""

    name = "工作台账"

    def keys(self) -> Iterable[str]:
        return _BY_KEY

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        return {fact.key: fact.measure(self.records(fact.key, organ, year)) for fact in FACTS}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[WorkRecord]:
        found = _typed(key, organ, year)
        day = taken_over_on(key, organ)
        return found if day is None else found.filter(occurred_on__lt=day)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("日期", lambda r: r.occurred_on.isoformat()),
            RecordColumn("事项", lambda r: r.title),
            RecordColumn("对象", lambda r: r.party),
            RecordColumn("分类", lambda r: r.category),
            RecordColumn("渠道", lambda r: r.channel),
            RecordColumn("数量", lambda r: str(r.count)),
            RecordColumn("金额（元）", lambda r: f"{r.amount_yuan:.2f}" if r.amount_yuan else ""),
        )


class FeeSource:
    """信息处理费 collected on applications closed in the year, in yuan."""

    name = "申请台账"

    def keys(self) -> Iterable[str]:
        return (FEE_KEY,)

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        total = self.records(FEE_KEY, organ, year).aggregate(n=Sum("fee_yuan"))["n"]
        return {FEE_KEY: Decimal(total or 0)}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[ApplicationRecord]:
        active = ApplicationRecord.objects.active().filter(organ=organ, closed_on__year=year)
        return active.filter(fee_yuan__gt=0)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("登记编号", lambda r: r.number),
            RecordColumn("办结日期", lambda r: r.closed_on.isoformat()),
            RecordColumn("信息处理费（元）", lambda r: f"{r.fee_yuan:.2f}"),
        )
