"""What applications and disputes give to the annual report: tables 三 and 四 and the fee that the text tells.

Every figure is a query over the days on which things happened. An application received before a year's end is
closed before the year, closed in it, or open at its end; so 三（七） and 四 share out 一 and 二, and 二 of a year is
四 of the year before, whatever is entered late. Redo rounds and applications never confirmed do not count.

Source: report form (国办公开办函〔2021〕30号), tables 三 and 四; 国办公开办函〔2016〕201号 on co-defendants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import FORMS, CellKey, Edition, TableId, Value, result_leaves
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.inforequests.models import Dispute, FeeNotice, InfoRequest
from gongkai.reporting.figures import RecordColumn, register

FORM = FORMS[Edition.E2021]
KINDS = tuple(column.key for column in FORM.table3_columns if column.key != "total")
LEAVES = tuple(row.key for row in result_leaves(FORM))
ROW_OF_CODE = {decision.code: decision.row for decision in DECISIONS}
CODES_OF_ROW = {row: [code for code, of in ROW_OF_CODE.items() if of == row] for row in LEAVES}
FEE_KEY = "fact.processing_fee"


def case_url(request: InfoRequest) -> str:
    """The office's page of an application."""
    return reverse("inforequests:detail", args=[request.pk])


class RequestSource:
    """Table 三: received, carried in, closed by outcome, open at the year's end, by kind of applicant."""

    name = "依申请公开"

    def keys(self) -> Iterable[str]:
        return [str(cell) for cell in FORM.cells(TableId.THREE)]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        counts: dict[tuple[str, str], int] = {}
        for row in ("r1", "r2", "r3_7", "r4"):
            rows = _of_row(organ, year, row).order_by()
            for kind, number in rows.values_list("applicant_kind").annotate(n=Count("pk")):
                counts[row, kind] = number
        closed = _of_row(organ, year, "r3_7").order_by()
        for code, kind, number in closed.values_list("outcome", "applicant_kind").annotate(n=Count("pk")):
            cell = (ROW_OF_CODE[code], kind)
            counts[cell] = counts.get(cell, 0) + number
        return dict(_table_three(counts))

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[InfoRequest]:
        cell = CellKey.parse(key)
        found = _of_row(organ, year, cell.row)
        return found if cell.col == "total" else found.filter(applicant_kind=cell.col)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("申请编号", lambda r: r.number, case_url),
            RecordColumn("申请人类别", lambda r: r.get_applicant_kind_display()),
            RecordColumn("信息名称", lambda r: r.subject),
            RecordColumn("收到日期", lambda r: r.received_on.isoformat()),
            RecordColumn("办结日期", lambda r: r.closed_on.isoformat() if r.closed_on else "办理中"),
            RecordColumn("办理结果", lambda r: r.get_outcome_display()),
        )


def _of_row(organ: Organ, year: int, row: str) -> QuerySet[InfoRequest]:
    """The applications of one row of table 三."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    counted = InfoRequest.objects.counted().filter(organ=organ)
    if row == "r1":
        return counted.filter(received_on__range=(first, last))
    if row == "r2":
        return counted.filter(Q(closed_on=None) | Q(closed_on__gte=first), received_on__lt=first)
    if row == "r4":
        return counted.filter(Q(closed_on=None) | Q(closed_on__gt=last), received_on__lte=last)
    closed = counted.filter(closed_on__range=(first, last))
    return closed if row == "r3_7" else closed.filter(outcome__in=CODES_OF_ROW[row])


def _table_three(counts: dict[tuple[str, str], int]) -> Iterator[tuple[str, Value]]:
    for row in ("r1", "r2", *LEAVES, "r3_7", "r4"):
        figures = [counts.get((row, kind), 0) for kind in KINDS]
        for kind, figure in zip((*KINDS, "total"), (*figures, sum(figures)), strict=True):
            yield str(CellKey(TableId.THREE, row, kind)), figure


class RequestDisputeSource:
    """Table 四: a case counts by its result in the year it was decided, and as 尚未审结 at a year's end."""

    name = "依申请公开的复议和诉讼"

    def keys(self) -> Iterable[str]:
        return [str(cell) for cell in FORM.cells(TableId.FOUR)]

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        columns = [column.key for column in FORM.table4_columns if column.key != "total"]
        counts: dict[tuple[str, str], int] = {}
        for col in columns:
            cases = _of_column(organ, year, col).order_by()
            for kind, number in cases.values_list("kind").annotate(n=Count("pk")):
                counts[kind, col] = number
        figures: dict[str, Value] = {}
        for row in FORM.table4_rows:
            parts = {col: counts.get((row.key, col), 0) for col in columns}
            for col, figure in {**parts, "total": sum(parts.values())}.items():
                figures[str(CellKey(TableId.FOUR, row.key, col))] = figure
        return figures

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[Dispute]:
        cell = CellKey.parse(key)
        return _of_column(organ, year, cell.col).filter(kind=cell.row)

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("案号", lambda d: d.case_number, dispute_url),
            RecordColumn("程序", lambda d: d.get_kind_display()),
            RecordColumn("复议机关（法院）", lambda d: d.body),
            RecordColumn("涉及的申请", lambda d: "、".join(r.number for r in d.requests.all())),
            RecordColumn("收到日期", lambda d: d.filed_on.isoformat()),
            RecordColumn("审结日期", lambda d: d.closed_on.isoformat() if d.closed_on else "尚未审结"),
            RecordColumn("结果", lambda d: d.get_result_display()),
        )


def dispute_url(dispute: Dispute) -> str:
    """The office's page of a dispute."""
    return reverse("inforequests:dispute", args=[dispute.pk])


def _of_column(organ: Organ, year: int, col: str) -> QuerySet[Dispute]:
    """The cases of one column of table 四; those where this organ is only co-defendant count elsewhere."""
    last = date(year, 12, 31)
    counted = Dispute.objects.filter(organ=organ, is_codefendant_here=False).prefetch_related("requests")
    pending = Q(filed_on__lte=last) & (Q(closed_on=None) | Q(closed_on__gt=last))
    if col == "pending":
        return counted.filter(pending)
    if col == "total":
        return counted.filter(pending | Q(closed_on__year=year))
    return counted.filter(closed_on__year=year, result=col)


class RequestFeeSource:
    """信息处理费 that was paid in the year, in yuan."""

    name = "依申请公开的信息处理费"

    def keys(self) -> Iterable[str]:
        return (FEE_KEY,)

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        total = self.records(FEE_KEY, organ, year).aggregate(n=Sum("amount_yuan"))["n"]
        return {FEE_KEY: Decimal(total or 0)}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[FeeNotice]:
        paid = FeeNotice.objects.filter(request__organ=organ, paid_on__year=year)
        return paid.select_related("request").order_by("paid_on", "pk")

    def columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("申请编号", lambda f: f.request.number, lambda f: case_url(f.request)),
            RecordColumn("计收标准", lambda f: f.get_standard_display()),
            RecordColumn("缴费日期", lambda f: f.paid_on.isoformat()),
            RecordColumn("票据号码", lambda f: f.receipt),
            RecordColumn("金额（元）", lambda f: str(f.amount_yuan)),
        )


def register_sources() -> None:
    """Let the report ask this app for its figures."""
    for source in (RequestSource(), RequestDisputeSource(), RequestFeeSource()):
        register(source)
