"""The fee of an application (信息处理费): proposed by rule, decided by a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.inforequests.models.requests import InfoRequest


class FeeNotice(models.Model):
    """One notice per application, by one standard (国办函〔2020〕109号)."""

    class Standard(models.TextChoices):
        ITEMS = "items", "按件计收"
        PAGES = "pages", "按量计收"

    request = models.OneToOneField(InfoRequest, models.PROTECT, related_name="fee", verbose_name="申请")
    standard = models.CharField("计收标准", max_length=10, choices=Standard)
    count = models.PositiveIntegerField("件数或页数")
    amount_yuan = models.PositiveIntegerField("金额（元）")
    reason = models.CharField("收费理由", max_length=300)
    notified_on = models.DateField("通知日期")
    pay_by = models.DateField("缴费期限")
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    receipt = models.CharField("票据号码", max_length=100, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"

    def __str__(self) -> str:
        return f"信息处理费 {self.amount_yuan} 元"
