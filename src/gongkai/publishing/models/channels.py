"""Where an item has gone beside the portal, and the monthly gazettes."""

from __future__ import annotations

from django.db import models


class ChannelRelease(models.Model):
    """An item on one other channel."""

    class Channel(models.TextChoices):
        WECHAT = "wechat", "微信公众号"
        BOARD = "board", "公开栏"
        GAZETTE = "gazette", "月度公报"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        DRAFT = "draft", "已存草稿"
        PUBLISHED = "published", "已发布"
        FAILED = "failed", "没有发出"

    item = models.ForeignKey(
        "publishing.ItemPage", models.PROTECT, related_name="channel_releases", verbose_name="信息"
    )
    channel = models.CharField("渠道", max_length=10, choices=Channel)
    state = models.CharField("状态", max_length=10, choices=State)
    key = models.CharField("唯一标记", max_length=120, unique=True)
    digest = models.CharField("内容摘要", max_length=64)
    reference = models.CharField("对方的编号", max_length=128, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "其他渠道的发布"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.item}"


class GazetteIssue(models.Model):
    """A monthly gazette: published items of a month, word for word as they were released.

    ``contents`` lists pairs of item number and released digest; an issue is shown while all of them still stand so.
    """

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年")
    month = models.PositiveSmallIntegerField("月")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    file = models.FileField("文件", upload_to="gongbao/%Y/")
    digest = models.CharField("摘要", max_length=64)
    contents = models.JSONField("所收信息")
    compiled_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="编成人")
    compiled_at = models.DateTimeField("编成时间")

    class Meta:
        verbose_name = verbose_name_plural = "月度公报"
        ordering = ["-year", "-month", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "month", "edition"], name="gazette_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月公报"
