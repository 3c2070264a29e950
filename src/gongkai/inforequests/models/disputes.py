"""Reconsideration and litigation over applications; they feed table 四."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Organ
from gongkai.inforequests.models.requests import InfoRequest


class Dispute(models.Model):
    """One case of 行政复议 or 行政诉讼, linked to the applications it is about."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
        SUIT_AFTER = "suit_after", "复议后起诉"

    class Result(models.TextChoices):
        UPHELD = "upheld", "结果维持"
        CORRECTED = "corrected", "结果纠正"
        OTHER = "other", "其他结果"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="request_disputes", verbose_name="机关")
    requests = models.ManyToManyField(InfoRequest, related_name="disputes", verbose_name="相关申请")
    kind = models.CharField("类别", max_length=20, choices=Kind)
    case_number = models.CharField("案号", max_length=100)
    body = models.CharField("复议机关或者法院", max_length=100)
    filed_on = models.DateField("收到日期")
    result = models.CharField("结果", max_length=20, choices=Result, blank=True)
    closed_on = models.DateField("审结日期", null=True, blank=True)
    redo_due_on = models.DateField("责令重新答复期限", null=True, blank=True)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="suits", verbose_name="此前的复议"
    )
    is_codefendant_here = models.BooleanField(
        "本机关为复议机关共同被告", default=False, help_text="共同被告案件由原行为机关填报，本机关不计。"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "复议和诉讼"
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "case_number"], name="dispute_case_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_number}"


class DisputeStage(models.Model):
    """One step of a case: acceptance, answer, hearing, decision, appeal."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="stages", verbose_name="案件")
    name = models.CharField("阶段", max_length=60)
    on = models.DateField("日期")
    due_on = models.DateField("期限", null=True, blank=True)
    note = models.TextField("说明", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件阶段"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"
