"""Rectifications and what happened to each; rows of the latter are only added."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core.inspection import BY_CODE, Kind
from gongkai.core.inspection.rectifying import Act, Standing

STANDING_LABELS = {
    Standing.ISSUED: "已下发，待整改",
    Standing.REPORTED: "已反馈，待复查",
    Standing.RETURNED: "复查未通过，退回整改",
    Standing.CLOSED: "复查通过，已销号",
}
ACT_LABELS = {
    Act.ISSUE: "下发整改通知",
    Act.REPORT: "反馈整改情况",
    Act.PASS: "复查通过",
    Act.FAIL: "复查未通过",
    Act.ESCALATE: "报公开办负责人",
}
CAUSES = (
    ("review", "发布前审核不严"),
    ("stale", "无人维护、更新不及时"),
    ("template", "模板或者系统设置有误"),
    ("link", "外部网站变动"),
    ("data", "未遮盖、未脱敏"),
    ("security", "安全防护不足"),
    ("other", "其他"),
)


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """Named parts."""

    def open(self) -> RectificationQuerySet:
        return self.exclude(standing=Standing.CLOSED.value)

    def overdue(self, today: date) -> RectificationQuerySet:
        """Not reported by the last day."""
        return self.filter(standing__in=[Standing.ISSUED.value, Standing.RETURNED.value], due_on__lt=today)


class Rectification(models.Model):
    """A fault that a department is told to put right (整改通知)."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    department = models.ForeignKey(
        "agencies.Department", models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    finding = models.ForeignKey(
        "supervision.Finding",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rectifications",
        verbose_name="巡查问题",
    )
    code = models.CharField("指标", max_length=10, blank=True)
    url = models.CharField("网址", max_length=2000, blank=True)
    identity = models.TextField("问题的标识", blank=True, help_text="空的由人复查，有的可以由巡查复查。")
    problem = models.TextField("问题")
    demand = models.TextField("整改要求")
    standing = models.CharField(
        "状态", max_length=10, choices=[(one.value, STANDING_LABELS[one]) for one in Standing],
        default=Standing.ISSUED.value,
    )  # fmt: skip
    issued_on = models.DateField("下发日期")
    due_on = models.DateField("整改期限")
    due_is_provisional = models.BooleanField("期限暂定", default=False)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    escalated_on = models.DateField("上报日期", null=True, blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    cause = models.CharField("原因", max_length=10, choices=CAUSES, blank=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "serial"], name="one_rectification_per_number"),
            models.UniqueConstraint(
                fields=["organ", "identity"], condition=~Q(identity="") & ~Q(standing="closed"),
                name="one_open_rectification_per_fault",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.problem[:40]}"

    @property
    def number(self) -> str:
        return f"整改〔{self.year}〕{self.serial}号"

    @property
    def kind(self) -> Kind:
        return BY_CODE[self.code].kind if self.code in BY_CODE else Kind.QUALITY

    def is_overdue(self, today: date) -> bool:
        return self.standing in {Standing.ISSUED.value, Standing.RETURNED.value} and self.due_on < today


class RectificationStep(models.Model):
    """One act; ``run`` is the inspection that re-checked, ``by`` the person who acted."""

    rectification = models.ForeignKey(
        Rectification, models.CASCADE, related_name="steps", verbose_name="整改"
    )
    act = models.CharField("事项", max_length=10, choices=[(one.value, ACT_LABELS[one]) for one in Act])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办理人",
    )
    run = models.ForeignKey(
        "supervision.Run", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复查的巡查"
    )
    at = models.DateTimeField("时间")
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "整改经过"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"
