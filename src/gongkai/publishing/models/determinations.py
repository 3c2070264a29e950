"""Papers and their 公开属性 as stated at drafting, looked at by the disclosure office, decided by the signer."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from gongkai.core.publication.source import GROUNDS
from gongkai.publishing.models.pages import ItemPage

GROUND_CHOICES = [(code, f"{ground.article}　{ground.label}") for code, ground in GROUNDS.items()]


class SourceDetermination(models.Model):
    """One paper (公文) and whether it is to be published."""

    class State(models.TextChoices):
        OFFICE = "office", "待公开办审核"
        SIGNER = "signer", "待签发人认定"
        RETURNED = "returned", "退文补充"
        DETERMINED = "determined", "已认定"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="起草部门",
    )
    title = models.CharField("公文标题", max_length=255)
    document_number = models.CharField("文号", max_length=60, blank=True, help_text="签发后填写。")
    is_policy = models.BooleanField("政策性文件", default=False)
    is_joint = models.BooleanField("联合发文", default=False)
    lead_organ = models.CharField(
        "主办机关", max_length=100, blank=True, help_text="联合发文由主办机关认定。"
    )
    proposed = models.CharField("拟定属性", max_length=20, choices=ItemPage.Publicity)
    ground = models.CharField("不予公开的依据", max_length=10, choices=GROUND_CHOICES, blank=True)
    reason = models.TextField("理由", blank=True)
    state = models.CharField("状态", max_length=20, choices=State, db_index=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人"
    )
    proposed_at = models.DateTimeField("提出时间")
    office_opinion = models.TextField("公开办意见", blank=True)
    office_publicity = models.CharField("公开办建议", max_length=20, choices=ItemPage.Publicity, blank=True)
    office_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公开办审核人",
    )
    decided = models.CharField("认定属性", max_length=20, choices=ItemPage.Publicity, blank=True)
    decision_reason = models.TextField("认定说明", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
    )
    decided_on = models.DateField("认定日期", null=True, blank=True)
    formed_on = models.DateField("成文日期", null=True, blank=True)
    reassess_on = models.DateField("下次评估日期", null=True, blank=True)
    item = models.OneToOneField(
        ItemPage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="determination",
        verbose_name="发布的信息",
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开属性认定"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def is_due_for_reassessment(self, today: date) -> bool:
        """Whether information withheld is to be looked at again (条例 Art. 18)."""
        return self.reassess_on is not None and self.reassess_on <= today
