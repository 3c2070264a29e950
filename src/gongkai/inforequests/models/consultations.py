"""Letters that ask others (征求意见) and the departments that work on a case (协办)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Department
from gongkai.inforequests.models.requests import InfoRequest
from gongkai.privacy.fields import EncryptedTextField


class Consultation(models.Model):
    """One written question to a third party, a co-making organ or another organ (第三十二条至第三十四条)."""

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", "第三方"
        CO_MAKER = "co_maker", "共同制作机关"
        OTHER_ORGAN = "other_organ", "其他机关"

    class Answer(models.TextChoices):
        AGREES = "agrees", "同意公开"
        PARTLY = "partly", "同意部分公开"
        OBJECTS = "objects", "不同意公开"
        SILENT = "silent", "逾期未答复"

    request = models.ForeignKey(
        InfoRequest, models.PROTECT, related_name="consultations", verbose_name="申请"
    )
    kind = models.CharField("征求对象", max_length=20, choices=Kind)
    party = EncryptedTextField("名称")
    contact = EncryptedTextField("联系方式", blank=True)
    passages = models.TextField("涉及的信息", help_text="只写与对方有关的部分；对方在链接中只看到这些。")
    sent_on = models.DateField("发出日期")
    reached_on = models.DateField("对方收到日期", null=True, blank=True)
    answer_due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.CharField("答复", max_length=20, choices=Answer, blank=True)
    opinion = EncryptedTextField("意见和理由", blank=True)
    answered_on = models.DateField("收到答复日期", null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_used_at = models.DateTimeField("链接使用时间", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"征求{self.get_kind_display()}意见 {self.pk}"

    @property
    def letter_id(self) -> str:
        """Its name in the clock ledger."""
        return f"c{self.pk}"


class Assignment(models.Model):
    """A department asked to find or judge the information by its own day (协办)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="assignments", verbose_name="申请")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="协办部门")
    task = models.CharField("协办事项", max_length=200)
    due_on = models.DateField("协办期限")
    result = models.TextField("协办意见", blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "协办"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.department}协办 {self.request.number}"
