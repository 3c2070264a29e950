"""The ledgers of the annual report.

Until applications (依申请公开) and normative documents have apps of their own, and for business that lives in
systems outside (行政许可, 处罚, 强制, 收费), the office types or imports its records here, with evidence and
who entered them. The figure registry is the seam: an app that records the fact itself takes its place.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.core.annual_report import FORMS, Edition, result_leaves
from gongkai.core.annual_report.form import APPLICANT_COLUMNS

EVIDENCE_FOLDER = "reporting/evidence/%Y/"
APPLICANT_CHOICES = [(column.key, column.label) for column in APPLICANT_COLUMNS]
OUTCOME_CHOICES = [(row.key, row.label) for row in result_leaves(FORMS[Edition.E2021])]


class ImportBatch(models.Model):
    """One imported file: kept whole, with its digest and who brought it in."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    ledger = models.CharField("台账", max_length=40)
    file = models.FileField("导入文件", upload_to="reporting/imports/%Y/")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要（SM3）", max_length=64)
    evidence = models.FileField("证明材料", upload_to=EVIDENCE_FOLDER, blank=True)
    rows = models.PositiveIntegerField("记录数")
    imported_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="导入人")
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "ledger", "digest"], name="same_file_imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_name}（{self.rows} 条）"


class LedgerQuerySet(models.QuerySet):
    def active(self):
        """Records that count: not withdrawn."""
        return self.filter(withdrawn_at=None)


class LedgerRecord(models.Model):
    """What every ledger record carries: whose it is, who entered it, on what evidence.

    A record is withdrawn with a reason, never deleted.
    """

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="导入批次"
    )
    evidence = models.FileField("证明材料", upload_to=EVIDENCE_FOLDER, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    entered_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField("撤销理由", max_length=300, blank=True, editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True


class ApplicationRecord(LedgerRecord):
    """One application for information (政府信息公开申请): a row of table 三."""

    number = models.CharField("登记编号", max_length=40)
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=APPLICANT_CHOICES)
    received_on = models.DateField("收到日期", help_text="依《条例》第三十一条确定。")
    closed_on = models.DateField("办结日期", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=20, blank=True, choices=OUTCOME_CHOICES)
    subject = models.CharField("申请事项", max_length=300, blank=True)
    fee_yuan = models.DecimalField("信息处理费（元）", max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = verbose_name_plural = "申请台账"
        ordering = ["received_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                condition=Q(withdrawn_at=None),
                name="one_application_per_number",
                violation_error_message="该登记编号已有记录，请核对是否重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | Q(closed_on__gte=models.F("received_on")) & ~Q(outcome=""),
                name="application_closed_with_outcome",
                violation_error_message="办结日期与办理结果须同时填写，且办结日期不得早于收到日期。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ", "received_on", "closed_on", "applicant_kind"],
                condition=Q(withdrawn_at=None),
                name="application_by_receipt",
            ),
            models.Index(
                fields=["organ", "closed_on", "outcome", "applicant_kind", "received_on"],
                condition=Q(withdrawn_at=None),
                name="application_by_close",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_applicant_kind_display()}"


class DisputeRecord(LedgerRecord):
    """One reconsideration or lawsuit over disclosure: a cell of table 四."""

    class Proceeding(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
        SUIT_AFTER = "suit_after", "复议后起诉"

    class Result(models.TextChoices):
        UPHELD = "upheld", "结果维持"
        CORRECTED = "corrected", "结果纠正"
        OTHER = "other", "其他结果"

    number = models.CharField("案号", max_length=60)
    proceeding = models.CharField("程序", max_length=20, choices=Proceeding)
    forum = models.CharField("复议机关（法院）", max_length=100, blank=True)
    accepted_on = models.DateField("受理日期")
    decided_on = models.DateField("结案日期", null=True, blank=True)
    result = models.CharField("结果", max_length=20, blank=True, choices=Result)
    counted_elsewhere = models.BooleanField(
        "由原行政机关统计",
        default=False,
        help_text="本机关作为复议机关成为共同被告的案件，只由原行政机关统计（国办公开办函〔2016〕201号）。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼台账"
        ordering = ["accepted_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                condition=Q(withdrawn_at=None),
                name="one_dispute_per_number",
                violation_error_message="该案号已有记录，请核对是否重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, result="")
                | Q(decided_on__gte=models.F("accepted_on")) & ~Q(result=""),
                name="dispute_decided_with_result",
                violation_error_message="结案日期与结果须同时填写，且结案日期不得早于受理日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_proceeding_display()}"


class NormativeRecord(LedgerRecord):
    """One rule or administrative normative document: table 二, 第二十条第（一）项."""

    class Kind(models.TextChoices):
        RULES = "rules", "规章"
        NORMATIVE = "normative", "行政规范性文件"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    document_number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=200)
    issued_on = models.DateField("制发日期")
    repealed_on = models.DateField("废止（失效）日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件台账"
        ordering = ["issued_on", "document_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "document_number"],
                condition=Q(withdrawn_at=None),
                name="one_record_per_document_number",
                violation_error_message="该文号已有记录，请核对是否重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gte=models.F("issued_on")),
                name="document_repealed_after_issue",
                violation_error_message="废止日期早于制发日期，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.title}"


class DecisionRecord(LedgerRecord):
    """Licences, penalties, coercive measures and fees from systems outside: table 二, （五）（六）（八）.

    A row may stand for one decision or for a sum reported by a department (``count`` of them), then with
    evidence.
    """

    class Kind(models.TextChoices):
        LICENCES = "licences", "行政许可"
        PENALTIES = "penalties", "行政处罚"
        COERCIONS = "coercions", "行政强制"
        FEES = "fees", "行政事业性收费"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    title = models.CharField("名称", max_length=200)
    decided_on = models.DateField("日期")
    count = models.PositiveIntegerField("件数", default=1)
    amount_yuan = models.DecimalField(
        "收费金额（元）", max_digits=16, decimal_places=2, default=0, help_text="只有行政事业性收费填写。"
    )
    department = models.CharField("承办部门", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "许可处罚强制收费台账"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__gte=0),
                name="fee_is_not_negative",
                violation_error_message="收费金额不得为负数。",
            )
        ]
        indexes = [models.Index(fields=["organ", "kind", "decided_on"], name="decision_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"


class WorkRecord(LedgerRecord):
    """Facts that the narrative tells: items published, announcements, payments, hires, opinions, trainings."""

    class Kind(models.TextChoices):
        PROACTIVE_ITEM = "proactive_item", "主动公开信息"
        ANNOUNCEMENT = "announcement", "公告公示"
        POLICY_PAYMENT = "policy_payment", "优惠政策奖补兑付"
        ENTERPRISE_AID = "enterprise_aid", "协助企业享受补助"
        HIRE = "hire", "为企业招聘员工"
        OPINION = "opinion", "企业和群众意见建议"
        TRAINING = "training", "培训"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    title = models.CharField("事项", max_length=200)
    occurred_on = models.DateField("日期")
    count = models.PositiveIntegerField("数量", default=1)
    amount_yuan = models.DecimalField("金额（元）", max_digits=16, decimal_places=2, default=0)
    party = models.CharField("对象", max_length=100, blank=True, help_text="企业名称或参加人员范围。")
    category = models.CharField("分类", max_length=60, blank=True)
    channel = models.CharField("渠道", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作台账"
        ordering = ["occurred_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__gte=0),
                name="amount_is_not_negative",
                violation_error_message="金额不得为负数。",
            )
        ]
        indexes = [models.Index(fields=["organ", "kind", "occurred_on"], name="work_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"
