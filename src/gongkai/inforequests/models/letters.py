"""Letters (文书): templates by version, what was issued, and how it was served."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Organ
from gongkai.inforequests.models.decisions import Decision
from gongkai.inforequests.models.requests import InfoRequest
from gongkai.privacy.fields import EncryptedTextField
from gongkai.privacy.storage import sealed_storage


class LetterTemplate(models.Model):
    """One version of the office's wording of a letter; without one the default wording is used."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="letter_templates", verbose_name="机关")
    kind = models.PositiveSmallIntegerField("文书")
    version = models.PositiveSmallIntegerField("版本")
    title = models.CharField("标题", max_length=60)
    body = models.TextField("正文")
    note = models.CharField("修改说明", max_length=200)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "version"], name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.version} 版"


class Letter(models.Model):
    """One issued letter: its text as it stood, its files, its number. It is never changed afterwards."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="letters", verbose_name="申请")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.PositiveSmallIntegerField("文书")
    title = models.CharField("标题", max_length=60)
    document_number = models.CharField("文号", max_length=60, blank=True)
    template_version = models.PositiveSmallIntegerField("模板版本", default=0)
    text = EncryptedTextField("全文")
    dated = models.DateField("落款日期")
    docx = models.FileField("DOCX", storage=sealed_storage, upload_to="letters/%Y/")
    pdf = models.FileField("PDF", storage=sealed_storage, upload_to="letters/%Y/")
    pdf_digest = models.CharField("PDF 摘要", max_length=64)
    to_applicant = models.BooleanField("发给申请人", default=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField("制发时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.title}{self.document_number}"


class Delivery(models.Model):
    """Service of a letter (送达): the day counted depends on the way (235号)."""

    class Way(models.TextChoices):
        POST = "post", "邮寄"
        COUNTER = "counter", "当面领取"
        EMAIL = "email", "电子邮件"
        WEB = "web", "网上送达"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name="文书")
    way = models.CharField("送达方式", max_length=20, choices=Way)
    on = models.DateField(
        "送达计算日期", help_text="邮寄为交邮日期，当面领取为签收日期，电子送达为发出日期。"
    )
    receipt = models.CharField("送达凭证", max_length=100, help_text="邮件号码、签收人、发送记录等。")
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.on}"
