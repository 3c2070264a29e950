"""Guides, their versions and the forms to download."""

from __future__ import annotations

import json
import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from gongkai.audit.chain import sm3
from gongkai.core.guides import ELEMENTS, Material, missing_elements

CONTENT = (
    *ELEMENTS,
    *("audience", "statutory_days", "promised_days", "fee", "result", "online_url", "complaint_telephone"),
)


class GuideQuerySet(models.QuerySet["Guide"]):
    """Guides as they are asked for."""

    def published(self) -> GuideQuerySet:
        return self.filter(live__isnull=False).select_related("live", "organ", "department")


class Guide(models.Model):
    """A matter that people come to the office for; what is said of it stands in its versions."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="实施机关")
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办部门",
    )
    live = models.OneToOneField(
        "services.GuideVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公布的一版",
    )
    first_published_at = models.DateTimeField("首次公布时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤下的理由", max_length=300, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办事事项"
        ordering = ["pk"]

    def __str__(self) -> str:
        newest = self.live or self.versions.first()
        return newest.name if newest is not None and newest.name else f"事项 {self.pk}"


class GuideVersion(models.Model):
    """One version of a guide. Once it is submitted its content stands still; what is live was reviewed by another."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "退回修改"
        LIVE = "live", "已公布"
        SUPERSEDED = "superseded", "已被新版代替"
        WITHDRAWN = "withdrawn", "已撤下"

    class Audience(models.TextChoices):
        PERSON = "person", "个人"
        ENTERPRISE = "enterprise", "企业和其他组织"
        BOTH = "both", "个人和企业"

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions", verbose_name="事项")
    number = models.PositiveIntegerField("版次")
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    name = models.CharField("事项名称", max_length=120)
    basis = models.TextField("设定依据", blank=True, help_text="法律、法规、规章或者文件的名称、文号和条款。")
    conditions = models.TextField("申请条件", blank=True, help_text="什么人、具备什么条件可以办。")
    materials = models.JSONField("办理材料", default=list, blank=True)
    place = models.CharField("办理地点", max_length=200, blank=True, help_text="写到门牌、楼层、窗口。")
    hours = models.CharField(
        "办理时间", max_length=120, blank=True, help_text="例如：工作日 9:00—12:00，13:30—17:00。"
    )
    telephone = models.CharField("联系电话", max_length=60, blank=True, help_text="能答复咨询的固定电话。")
    process = models.TextField("办理流程", blank=True, help_text="一步一行，按先后写。")
    audience = models.CharField("服务对象", max_length=12, choices=Audience, default=Audience.BOTH)
    statutory_days = models.PositiveSmallIntegerField("法定办结时限（工作日）", null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺办结时限（工作日）", null=True, blank=True)
    fee = models.CharField("收费", max_length=200, default="不收费", help_text="收费的写明标准和依据。")
    result = models.CharField("办理结果", max_length=120, blank=True, help_text="例如：许可证；通知书。")
    online_url = models.URLField("网上办理地址", blank=True, max_length=500)
    complaint_telephone = models.CharField("监督电话", max_length=60, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True, editable=False)
    drafted_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间", auto_now_add=True)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    waived = models.CharField("保留校对疑点的理由", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_note = models.CharField("审核意见", max_length=500, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办事指南的一版"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once"),
            models.UniqueConstraint(fields=["guide"], condition=Q(state="live"), name="one_live_guide_version"),
            models.CheckConstraint(
                condition=~Q(state="live")
                | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("drafted_by")) & ~Q(digest="")),
                name="live_guide_was_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="live")
                | ~(
                    Q(name="") | Q(basis="") | Q(conditions="") | Q(place="") | Q(hours="") | Q(telephone="")
                    | Q(process="")
                ),
                name="live_guide_has_its_elements",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}（第 {self.number} 版）"

    @property
    def is_editable(self) -> bool:
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def material_list(self) -> list[Material]:
        return [Material(**one) for one in self.materials]

    @property
    def steps(self) -> list[str]:
        return [line.strip() for line in self.process.splitlines() if line.strip()]

    @property
    def missing(self) -> tuple[str, ...]:
        """Elements that are blank, by their Chinese names."""
        return missing_elements({key: getattr(self, key) for key in ELEMENTS})

    @property
    def plain_text(self) -> str:
        """All of the office's words of this version, as the proofreader and the search read them."""
        listed = [
            f"{one.name}（{one.form}{'，' if one.note else ''}{one.note}）。" for one in self.material_list
        ]
        texts = [
            self.name,
            self.basis,
            self.conditions,
            *listed,
            self.place,
            self.hours,
            self.process,
            self.fee,
        ]
        return "\n".join(part for part in [*texts, self.result] if part.strip())

    def content_digest(self) -> str:
        """SM3 of everything the public sees of this version, its files included."""
        shown: dict[str, Any] = {key: getattr(self, key) for key in CONTENT}
        shown["files"] = [[one.title, one.is_sample, one.digest] for one in self.files.all()]
        return sm3(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode())

    @property
    def is_as_reviewed(self) -> bool:
        """Whether what lies in the database is still what was reviewed."""
        return bool(self.digest) and self.digest == self.content_digest()

    def clean(self) -> None:
        super().clean()
        if self.promised_days and self.statutory_days and self.promised_days > self.statutory_days:
            raise ValidationError({"promised_days": "承诺时限不能长于法定时限，请核对。"})


def _place(instance: GuideFile, name: str) -> str:
    return f"zhinan/{secrets.token_hex(16)}{PurePath(name).suffix.lower()[:10]}"


class GuideFile(models.Model):
    """A form to fill in (表格) or a filled-in sample (样表)."""

    version = models.ForeignKey(GuideVersion, models.PROTECT, related_name="files", verbose_name="办事指南")
    title = models.CharField("名称", max_length=120)
    is_sample = models.BooleanField("填写样表", default=False)
    file = models.FileField("文件", upload_to=_place)
    suffix = models.CharField("后缀", max_length=10)
    size = models.PositiveIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "表格下载"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "title"], name="guide_file_title_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def download_name(self) -> str:
        return f"{self.title}.{self.suffix}"
