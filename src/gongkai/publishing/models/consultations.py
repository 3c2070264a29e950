"""Consulting the public on a draft, and the interpretations of a document."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.privacy.fields import EncryptedTextField
from gongkai.publishing.models.normative import NormativeDocument
from gongkai.publishing.models.pages import ItemPage


class DraftConsultation(models.Model):
    """One consultation of the public on a draft (公开征求意见). Draft and feedback go out as items."""

    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="consultations", verbose_name="文件"
    )
    explanation = models.TextField("起草说明", help_text="起草的背景、依据、主要内容。")
    days = models.PositiveSmallIntegerField("征求意见的天数", help_text="自公开次日起算的自然日。")
    short_reason = models.CharField("缩短期限的理由", max_length=300, blank=True)
    contact = models.CharField(
        "联系方式", max_length=200, help_text="邮寄地址、电话，供不便上网的公众提意见。"
    )
    page = models.OneToOneField(
        ItemPage, models.PROTECT, related_name="draft_consultation", verbose_name="征求意见公告"
    )
    feedback_page = models.OneToOneField(
        ItemPage, models.PROTECT, null=True, blank=True, related_name="consultation_feedback",
        verbose_name="意见采纳情况",
    )  # fmt: skip
    opens_on = models.DateField("开始日期", null=True, blank=True)
    closes_on = models.DateField("截止日期", null=True, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "公开征求意见"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None, closes_on=None) | Q(closes_on__gte=models.F("opens_on")),
                name="consultation_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document.title}公开征求意见"

    def is_open_on(self, day: date) -> bool:
        return self.opens_on is not None and self.opens_on <= day <= self.closes_on and self.page.live

    @property
    def is_open(self) -> bool:
        return self.is_open_on(timezone.localdate())

    @property
    def is_closed(self) -> bool:
        return self.closes_on is not None and self.closes_on < timezone.localdate()


class DraftOpinion(models.Model):
    """An opinion on a draft. What is published of it is the office's summary and its answer, never the person."""

    class Handling(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT_ADOPTED = "not_adopted", "不采纳"
        IRRELEVANT = "irrelevant", "与草案无关"

    consultation = models.ForeignKey(DraftConsultation, models.PROTECT, related_name="opinions")
    number = models.CharField("回执号", max_length=24, unique=True)
    text = models.TextField("意见")
    name = EncryptedTextField("姓名或单位", blank=True)
    contact = EncryptedTextField("联系方式", blank=True)
    submission_key = models.CharField("提交标识", max_length=64, unique=True)
    received_at = models.DateTimeField("收到时间", default=timezone.now)
    handling = models.CharField("处理", max_length=12, choices=Handling, blank=True)
    summary = models.CharField("意见摘要", max_length=500, blank=True, help_text="会公布，不写个人信息。")
    answer = models.CharField("理由", max_length=500, blank=True, help_text="会公布；不采纳的必须写明理由。")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "对草案的意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class InterpretationPlan(models.Model):
    """The plan of an interpretation (解读方案), signed together with the document (三同步)."""

    document = models.OneToOneField(
        NormativeDocument, models.PROTECT, related_name="plan", verbose_name="文件"
    )
    outline = models.TextField(
        "解读提纲", help_text="背景、依据、目的、主要内容、适用范围、怎样办理、新旧差别。"
    )
    forms = models.CharField("解读形式", max_length=100)
    channel = models.CharField("发布渠道", max_length=100, default="本网站政策解读栏目")
    planned_on = models.DateField("计划发布日期", null=True, blank=True, help_text="可不填，默认与文件同步。")
    interpreter = models.CharField("解读人", max_length=60, help_text="起草部门负责人是第一解读人。")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    signed_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "解读方案"

    def __str__(self) -> str:
        return f"{self.document}解读方案"


class Interpretation(models.Model):
    """One item that interprets a document, in one form."""

    class Form(models.TextChoices):
        TEXT = "text", "文字"
        PICTURE = "picture", "图解"
        QUESTIONS = "questions", "问答"
        VIDEO = "video", "视频、音频、动画"
        PRESS = "press", "新闻发布会"
        INTERVIEW = "interview", "访谈"
        EXPERT = "expert", "专家解读"
        MEDIA = "media", "媒体解读"

    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="interpretations", verbose_name="文件"
    )
    page = models.ForeignKey(ItemPage, models.PROTECT, related_name="interprets", verbose_name="解读的信息")
    form = models.CharField("形式", max_length=12, choices=Form, default=Form.TEXT)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField("关联时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "政策解读"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "page"], name="one_link_per_item", violation_error_message="已经关联过。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}解读：{self.page.title}"
