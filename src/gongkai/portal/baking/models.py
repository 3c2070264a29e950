"""What is to be baked, what is baked, and the signed list of every bake."""

from __future__ import annotations

from django.db import models


class BakeChange(models.Model):
    """Something public changed and its files have to be written anew; gone once they are.

    Written in the transaction that publishes, so a process that dies right after it loses nothing.
    """

    class Kind(models.TextChoices):
        ITEM = "item", "信息"
        COLUMN = "column", "栏目"
        FIXED = "fixed", "固定页面"
        PART = "part", "办事和互动页面"
        SITE = "site", "全站"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    subject = models.PositiveIntegerField("编号", default=0, help_text="信息或者栏目的编号，其他类别为 0。")
    path = models.CharField("树中的位置", max_length=255, blank=True)
    published_at = models.DateTimeField("信息的发布时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    fault = models.TextField("没有生成的原因", blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待生成的静态页"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject or ''}".strip()


class BakedFile(models.Model):
    """One file of the site as it was last written.

    Attributes:
        name: path below the folder, with ``/``; never absolute, never with ``..``.
        digest, packed_digest: SM3 of the file and of its precompressed copy (empty: there is none).
        page: the page of the tree that it belongs to (a feed belongs to its column), 0 for all others.
    """

    name = models.CharField("文件", max_length=900, primary_key=True)
    digest = models.CharField("摘要", max_length=64)
    packed_digest = models.CharField("压缩副本的摘要", max_length=64, blank=True)
    page = models.PositiveIntegerField("页面", default=0, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "静态页"

    def __str__(self) -> str:
        return self.name


class BakeRecord(models.Model):
    """What one bake wrote and removed; its SM3 stands in the audit log (event ``site.baked``).

    ``lines`` holds one line a file: ``digest packed-digest name`` for what was written (``-`` where there is no copy), and
    ``- - name`` for what was removed. Those since the last full bake, replayed in order, give the whole site.
    """

    is_first = models.BooleanField("全站生成的第一批", default=False)
    lines = models.TextField("清单")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "静态页清单"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
