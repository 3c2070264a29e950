"""Messages of the public, what was done with them, and what differs from office to office.

Everything the sender wrote is sealed; what the public may read of it is a second text that a person has redacted.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.core.identifiers import mask_email, mask_name, mask_telephone
from gongkai.privacy.fields import EncryptedTextField


class MessageOffice(models.Model):
    """How one organ takes messages. The number of working days is an unverified rule: a setting with a mark."""

    organ = models.OneToOneField("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    is_open = models.BooleanField("接收网上留言", default=True)
    reply_working_days = models.PositiveSmallIntegerField(
        "答复期限（工作日）", default=5, help_text="检查指标按 5 个工作日抽查，出处未核实；请与本省规定核对。"
    )
    is_confirmed = models.BooleanField("期限已与本省规定核对", default=False)
    notice = models.TextField(
        "留言须知", blank=True, help_text="公众写留言前看到的话，例如不受理哪些事项、找谁。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "互动设置"

    def __str__(self) -> str:
        return f"{self.organ}的互动设置"


class MessageCounter(models.Model):
    """The last number given in a year."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    value = models.PositiveIntegerField("已用号数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "留言编号"
        constraints = [models.UniqueConstraint(fields=["organ", "year"], name="message_counter_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.value}"


class PublicMessage(models.Model):
    """One message."""

    class Kind(models.TextChoices):
        QUESTION = "question", "咨询"
        COMPLAINT = "complaint", "投诉"
        SUGGESTION = "suggestion", "建议"

    class State(models.TextChoices):
        RECEIVED = "received", "待分办"
        ASSIGNED = "assigned", "待答复"
        SUBMITTED = "submitted", "答复待审核"
        RETURNED = "returned", "答复退回修改"
        ANSWERED = "answered", "已答复"
        INVALID = "invalid", "不予受理"

    OPEN = (State.RECEIVED, State.ASSIGNED, State.SUBMITTED, State.RETURNED)

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("编号", max_length=20)
    query_code = EncryptedTextField("查询码")
    submission_key = models.CharField("提交标记", max_length=64, unique=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    title = EncryptedTextField("标题")
    text = EncryptedTextField("内容")
    name = EncryptedTextField("姓名", blank=True)
    telephone = EncryptedTextField("电话", blank=True)
    email = EncryptedTextField("电子邮箱", blank=True)
    may_publish = models.BooleanField("同意公开", default=False)
    received_at = models.DateTimeField("收到时间")
    received_on = models.DateField("收到之日")
    due_on = models.DateField("答复期限")
    due_is_provisional = models.BooleanField("期限暂定", default=False)
    state = models.CharField("状态", max_length=12, choices=State, default=State.RECEIVED)
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办部门",
    )
    handler = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟答复人"
    )
    waived = models.CharField("保留校对疑点的理由", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复审核人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    invalid_reason = models.CharField("不予受理的理由", max_length=300, blank=True)
    shown_title = models.CharField("公开的标题", max_length=120, blank=True)
    shown_text = models.TextField("公开的内容", blank=True)
    redacted_by = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="隐去个人信息的人",
    )
    redacted_at = models.DateTimeField("隐去个人信息的时间", null=True, blank=True)
    released_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定公开的人"
    )
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    is_public = models.BooleanField("已公开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "公众留言"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="message_number_once"),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("answered_by")) & ~Q(answer="")),
                name="answer_was_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False)
                | (
                    Q(
                        may_publish=True,
                        state="answered",
                        redacted_by__isnull=False,
                        released_by__isnull=False,
                    )
                    & ~Q(released_by=F("redacted_by"))
                    & ~Q(shown_text="")
                ),
                name="shown_message_was_redacted_by_a_person",
            ),
        ]
        indexes = [models.Index(fields=["organ", "state", "due_on"], name="messages_by_due")]

    def __str__(self) -> str:
        return f"留言 {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether it is open past its last day."""
        return self.is_open and self.due_on < today

    @property
    def masked_name(self) -> str:
        return mask_name(self.name) if self.name else "未留姓名"

    @property
    def masked_contact(self) -> str:
        shown = [
            mask_telephone(self.telephone) if self.telephone else "",
            mask_email(self.email) if self.email else "",
        ]
        return "　".join(part for part in shown if part)

    @property
    def unit_name(self) -> str:
        return self.department.name if self.department else self.organ.name


class MessageStep(models.Model):
    """One thing that was done with a message; never changed."""

    message = models.ForeignKey(PublicMessage, models.PROTECT, related_name="steps", verbose_name="留言")
    what = models.CharField("事项", max_length=40)
    note = models.CharField("说明", max_length=500, blank=True)
    person = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "留言办理记录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what
