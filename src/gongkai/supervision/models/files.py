"""What every file of supervision's records carries. The bytes are sealed: they never lie where the web server reads."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.privacy.storage import sealed_storage


class StoredFile(models.Model):
    """A file looked at by its content before it was kept."""

    title = models.CharField("名称", max_length=120)
    file = models.FileField("文件", storage=sealed_storage, upload_to="supervision/%Y/")
    suffix = models.CharField("后缀", max_length=10)
    size_bytes = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("摘要（SM3）", max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def download_name(self) -> str:
        return f"{self.title}.{self.suffix}" if self.suffix else self.title
