"""An application for information, its clock ledger and its way through the office.

Identity numbers and contact data are sealed per field; the statistics need only the clear columns.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Department, Organ
from gongkai.core.annual_report.form import APPLICANT_COLUMNS
from gongkai.core.disclosure import clock, procedure
from gongkai.core.disclosure.decisions import BY_CODE, DECISIONS
from gongkai.privacy.fields import EncryptedTextField

CHANNEL_LABELS = {
    clock.Channel.COUNTER: "当面提交",
    clock.Channel.SIGNED_MAIL: "邮寄（须签收）",
    clock.Channel.ORDINARY_MAIL: "平常信函",
    clock.Channel.FAX: "传真",
    clock.Channel.WEB: "网上提交",
    clock.Channel.EMAIL: "电子邮件",
}
CHANNEL_CHOICES = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]
STATE_CHOICES = [(state.value, label) for state, label in procedure.STATE_LABELS.items()]
APPLICANT_CHOICES = [(column.key, column.label) for column in APPLICANT_COLUMNS]
ENTRY_CHOICES = [(kind.value, label) for kind, label in clock.LABELS.items()]
DECISION_CHOICES = [(decision.code, decision.ground) for decision in DECISIONS]
OPEN = [state.value for state in procedure.OPEN_STATES]


class OfficeProfile(models.Model):
    """What letters and public pages say about an organ: configured by the office, never typed by a clerk."""

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="request_profile", verbose_name="机关")
    mark = models.CharField("文号代字", max_length=40, help_text="例如：示园公复")
    office_name = models.CharField("受理机构名称", max_length=100)
    address = models.CharField("办公地址", max_length=200)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    telephone = models.CharField("联系电话", max_length=40)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    hours = models.CharField("办公时间", max_length=100)
    review_body = models.CharField(
        "行政复议机关", max_length=100, help_text="答复书中告知申请人向哪个机关申请行政复议。"
    )
    court = models.CharField("管辖法院", max_length=100, help_text="答复书中告知申请人向哪个法院起诉。")
    payment_guide = models.TextField("缴费方式", blank=True)
    correction_working_days = models.PositiveSmallIntegerField(
        "补正期限（工作日）", default=15, help_text="条例只说“合理期限”，由本机关定。"
    )
    reason_working_days = models.PositiveSmallIntegerField("说明理由期限（工作日）", default=10)
    retention_years = models.PositiveSmallIntegerField(
        "个人信息保存年限", default=10, help_text="办结满此年限后对申请人信息作匿名化处理，统计数据保留。"
    )
    region = models.CharField("放假安排地区", max_length=20, default="CN")

    class Meta:
        verbose_name = verbose_name_plural = "受理机构信息"

    def __str__(self) -> str:
        return self.office_name


class InfoRequestQuerySet(models.QuerySet):
    def open(self) -> InfoRequestQuerySet:
        return self.filter(state__in=OPEN)

    def counted(self) -> InfoRequestQuerySet:
        """Those of table 三: received, and no redo after a reversal (``disclosure-law`` §10 no. 33)."""
        return self.filter(redo_of=None).exclude(received_on=None)

    def by_urgency(self) -> InfoRequestQuerySet:
        return self.order_by(models.F("due_on").asc(nulls_last=True), "submitted_at")


class InfoRequest(models.Model):
    """One application (政府信息公开申请)."""

    class IdentityKind(models.TextChoices):
        RESIDENT_ID = "resident_id", "居民身份证"
        PASSPORT = "passport", "护照"
        PERMIT = "permit", "港澳台居民证件"
        CREDIT_CODE = "credit_code", "统一社会信用代码"
        OTHER = "other", "其他证件"

    class Medium(models.TextChoices):
        PAPER = "paper", "纸质"
        ELECTRONIC = "electronic", "电子文件"

    class Obtain(models.TextChoices):
        POST = "post", "邮寄"
        EMAIL = "email", "电子邮件"
        COLLECT = "collect", "自行领取"
        ON_SITE = "on_site", "当场阅读、抄录"
        WEB = "web", "网上查询下载"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="info_requests", verbose_name="受理机关")
    number = models.CharField("申请编号", max_length=60)
    query_code = EncryptedTextField("查询码")
    submission_key = models.CharField("提交标识", max_length=64, unique=True, editable=False)
    channel = models.CharField("提交方式", max_length=20, choices=CHANNEL_CHOICES)
    submitted_at = models.DateTimeField("提交时间", help_text="申请人提交、投寄或发出的时间。")
    arrived_on = models.DateField("到达日期", help_text="到达本机关的日期。")
    received_on = models.DateField("收到申请之日", null=True, blank=True)

    applicant_kind = models.CharField("申请人类别", max_length=20, choices=APPLICANT_CHOICES)
    applicant_name = EncryptedTextField("姓名或名称")
    identity_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind)
    identity_number = EncryptedTextField("证件号码")
    identity_hash = models.CharField(max_length=64, db_index=True, editable=False)
    contact_name = EncryptedTextField("联系人", blank=True)
    telephone = EncryptedTextField("联系电话", blank=True)
    email = EncryptedTextField("电子邮箱", blank=True)
    address = EncryptedTextField("通信地址", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    assisted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代为填写人",
        help_text="申请人采用书面形式确有困难的，由受理机构代为填写（第二十九条）。",
    )

    subject = models.CharField("信息名称", max_length=200)
    content = models.TextField("所需政府信息内容描述", help_text="名称、文号或者便于查询的其他特征性描述。")
    medium = models.CharField("信息载体", max_length=20, choices=Medium, default=Medium.ELECTRONIC)
    obtain = models.CharField("获取方式", max_length=20, choices=Obtain, default=Obtain.WEB)

    state = models.CharField("状态", max_length=24, choices=STATE_CHOICES)
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_is_provisional = models.BooleanField("期限为暂定", default=False)
    task_due_on = models.DateField(
        "本步期限", null=True, blank=True, help_text="补正、说明理由、缴费等当前步骤的到期日。"
    )
    is_extended = models.BooleanField("已延期", default=False)
    is_delayed = models.BooleanField("按第三十五条延迟答复", default=False)
    has_late_correction = models.BooleanField("补正告知超过 7 个工作日", default=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办部门"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_requests",
        verbose_name="经办人",
    )
    outcome = models.CharField("办理结果", max_length=20, choices=DECISION_CHOICES, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    redo_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="redos", verbose_name="重新办理的原申请"
    )
    fixed_due_on = models.DateField(
        "限期", null=True, blank=True, help_text="复议决定或者判决所定的重新答复期限。"
    )
    same_applicant_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="疑似重复的申请"
    )
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    anonymised_at = models.DateTimeField("匿名化时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = InfoRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开申请"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="request_number_once_per_organ"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(received_on=None) | Q(closed_on__gte=models.F("received_on")),
                name="request_closed_after_received",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "state", "due_on"], name="request_queue"),
            models.Index(fields=["organ", "received_on"], name="request_received"),
        ]

    def __str__(self) -> str:
        return f"申请 {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def procedure_state(self) -> procedure.State:
        return procedure.State(self.state)

    @property
    def decision(self) -> object | None:
        """The outcome's row of ``core.disclosure.decisions``; None while open."""
        return BY_CODE.get(self.outcome)

    def is_overdue(self, today: date) -> bool:
        """Whether the reply is late, given or not."""
        return self.due_on is not None and (self.closed_on or today) > self.due_on


class LedgerEntry(models.Model):
    """One fact of the clock (期限台账). The due date is computed from these and is never edited itself."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="ledger", verbose_name="申请")
    kind = models.CharField("事项", max_length=30, choices=ENTRY_CHOICES)
    on = models.DateField("日期")
    channel = models.CharField("提交方式", max_length=20, choices=CHANNEL_CHOICES, blank=True)
    confirmed_on = models.DateField("与申请人确认之日", null=True, blank=True)
    letter_id = models.CharField("函件", max_length=40, blank=True)
    working_days = models.PositiveSmallIntegerField("工作日数", default=0)
    until = models.DateField("延至", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="作废人"
    )
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限台账"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    def entry(self) -> clock.Entry:
        """This row as the core reads it."""
        return clock.Entry(
            kind=clock.Kind(self.kind),
            on=self.on,
            channel=clock.Channel(self.channel) if self.channel else None,
            confirmed_on=self.confirmed_on,
            id=self.letter_id,
            working_days=self.working_days,
            until=self.until,
        )


class ProcedureStep(models.Model):
    """One event that moved, or was recorded on, an application: what the office did and when (第四十五条)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="steps", verbose_name="申请")
    event = models.CharField("事项", max_length=40)
    source = models.CharField("原状态", max_length=24, choices=STATE_CHOICES, blank=True)
    target = models.CharField("新状态", max_length=24, choices=STATE_CHOICES)
    on = models.DateField("日期")
    note = models.TextField("说明", blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    actor_kind = models.CharField("办理身份", max_length=20)
    at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理经过"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.on}"


class ContactAttempt(models.Model):
    """One attempt to confirm an application with its applicant (第三十一条第（三）项)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="contacts", verbose_name="申请")
    at = models.DateTimeField("联系时间")
    how = models.CharField("联系方式", max_length=40)
    reached = models.BooleanField("联系上申请人", default=False)
    note = models.CharField("情况", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="联系人")

    class Meta:
        verbose_name = verbose_name_plural = "联系记录"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.how} {self.at:%Y-%m-%d %H:%M}"


class ApplicationDraft(models.Model):
    """A public form not sent yet: kept sealed for some days, found by a token that only its writer has."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    token_hash = models.CharField(max_length=64, unique=True)
    body = EncryptedTextField("填写内容")
    submission_key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    saved_at = models.DateTimeField("保存时间", auto_now=True)
    request = models.ForeignKey(InfoRequest, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "未提交的申请"

    def __str__(self) -> str:
        return f"草稿 {self.pk}"


class Counter(models.Model):
    """The last number given out in a year (申请编号, 文号): numbers are consecutive and never given twice."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        constraints = [models.UniqueConstraint(fields=["organ", "name", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.name}〔{self.year}〕{self.value}"
