"""Files that come with an application and files that go out with a reply."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.inforequests.models.requests import InfoRequest
from gongkai.privacy.fields import EncryptedTextField
from gongkai.privacy.storage import sealed_storage


class Attachment(models.Model):
    """A file that the applicant gave, sealed at rest."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "身份证明"
        APPLICATION = "application", "申请材料"
        CORRECTION = "correction", "补正材料"
        WITHDRAWAL = "withdrawal", "撤回申请书"

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="attachments", verbose_name="申请")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    name = EncryptedTextField("文件名")
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField("大小（字节）")
    file = models.FileField("文件", storage=sealed_storage, upload_to="requests/%Y/", blank=True)
    added_at = models.DateTimeField("上传时间", auto_now_add=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReleaseFile(models.Model):
    """A file to be given out: each cleaned or redacted version follows the one before it."""

    request = models.ForeignKey(
        InfoRequest, models.PROTECT, related_name="release_files", verbose_name="申请"
    )
    name = models.CharField("文件名", max_length=200)
    file_type = models.CharField("类型", max_length=20)
    file = models.FileField("文件", storage=sealed_storage, upload_to="releases/%Y/")
    digest = models.CharField("摘要", max_length=64)
    size_bytes = models.PositiveIntegerField("大小（字节）")
    findings = models.JSONField("检查发现", default=list)
    waivers = models.JSONField("保留理由", default=dict)
    redactions = models.JSONField("遮盖", default=list)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="following", verbose_name="前一版本"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "拟公开文件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def open_findings(self) -> list[dict[str, str]]:
        """Findings neither fixed nor waived with a reason."""
        return [finding for finding in self.findings if finding["key"] not in self.waivers]
