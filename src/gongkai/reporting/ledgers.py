"""The ledgers by name: model, the columns a file must or may have, and what each is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from gongkai.reporting.models import (
    ApplicationRecord,
    DecisionRecord,
    DisputeRecord,
    LedgerRecord,
    NormativeRecord,
    WorkRecord,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger.

    Attributes:
        key: part of its address.
        date_field: the date that places a record in a year.
        fields: field names in the order of forms and files.
    """

    key: str
    model: type[LedgerRecord]
    purpose: str
    date_field: str
    fields: tuple[str, ...]

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    def field(self, name: str) -> models.Field:
        return self.model._meta.get_field(name)

    def heading(self, name: str) -> str:
        """The column heading of a field in files."""
        return str(self.field(name).verbose_name)

    def is_required(self, name: str) -> bool:
        field = self.field(name)
        return not field.blank and not field.has_default()


LEDGERS = {
    ledger.key: ledger
    for ledger in (
        Ledger(
            "shenqing",
            ApplicationRecord,
            "表三和信息处理费：每件政府信息公开申请一行。",
            "received_on",
            (
                "number",
                "applicant_kind",
                "received_on",
                "closed_on",
                "outcome",
                "subject",
                "fee_yuan",
                "note",
            ),
        ),
        Ledger(
            "fuyi-susong",
            DisputeRecord,
            "表四：每件行政复议、行政诉讼一行。",
            "accepted_on",
            (
                "number",
                "proceeding",
                "forum",
                "accepted_on",
                "decided_on",
                "result",
                "counted_elsewhere",
                "note",
            ),
        ),
        Ledger(
            "guifanxing",
            NormativeRecord,
            "表二第（一）项：每件规章、行政规范性文件一行。",
            "issued_on",
            ("kind", "document_number", "title", "issued_on", "repealed_on", "note"),
        ),
        Ledger(
            "xuke-chufa",
            DecisionRecord,
            "表二第（五）（六）（八）项：行政许可、处罚、强制、收费，可逐件登记，也可由部门汇总报数并附证明材料。",
            "decided_on",
            ("kind", "title", "decided_on", "count", "amount_yuan", "department", "note"),
        ),
        Ledger(
            "gongzuo",
            WorkRecord,
            "文字部分的数字：主动公开条数、奖补兑付、招聘、意见建议、培训等。",
            "occurred_on",
            ("kind", "title", "occurred_on", "count", "amount_yuan", "party", "category", "channel", "note"),
        ),
    )
}
