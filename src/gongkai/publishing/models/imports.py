"""Files to import items from, kept between the trial and the run, with the report of every row."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


def private_storage() -> FileSystemStorage:
    """Files that no address of the site leads to."""
    return FileSystemStorage(location=settings.IMPORTS_FOLDER, base_url=None)


class ImportBatch(models.Model):
    """One import: a sheet, the files that belong to it, what was done with each row."""

    class State(models.TextChoices):
        CHECKED = "checked", "已检查，未导入"
        DONE = "done", "已导入"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    sheet_name = models.CharField("表格名称", max_length=200)
    sheet = models.FileField("表格", upload_to="%Y/%m", storage=private_storage)
    package = models.FileField("附件包", upload_to="%Y/%m", storage=private_storage, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.CHECKED)
    report = models.JSONField("逐行报告", default=list)
    imported = models.PositiveIntegerField("导入条数", default=0)
    refused = models.PositiveIntegerField("未导入行数", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.sheet_name}（{self.get_state_display()}）"

    @property
    def lines(self) -> list[dict[str, Any]]:
        return list(self.report)
