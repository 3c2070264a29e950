"""What the public is concerned about, and the item that answers it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from gongkai.core.publication.response import Weight, response_due


class PublicConcern(models.Model):
    """A concern in the office's own words; nobody's message is copied here."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    title = models.CharField("关切的事", max_length=120, help_text="用机关自己的话写，不写个人信息。")
    source = models.CharField("从哪里知道的", max_length=60, help_text="例如：网络留言、热线、媒体报道。")
    weight = models.CharField(
        "轻重", max_length=10, default=Weight.ORDINARY.value,
        choices=[(Weight.ORDINARY.value, "一般（48 小时内回应）"), (Weight.MAJOR.value, "特别重大、重大突发（5 小时内发布权威信息）")],
    )  # fmt: skip
    heard_at = models.DateTimeField("知道的时间")
    response = models.ForeignKey(
        "publishing.ItemPage", models.PROTECT, null=True, blank=True, related_name="answered_concerns",
        verbose_name="回应的信息",
    )  # fmt: skip
    closed_reason = models.CharField("不作公开回应的理由", max_length=300, blank=True)
    noted_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "公众关切"
        ordering = ["-heard_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def due_at(self) -> datetime:
        return response_due(self.heard_at, Weight(self.weight))

    @property
    def answered_at(self) -> datetime | None:
        """When the response went live; None while it has not."""
        return self.response.published_at if self.response is not None and self.response.live else None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and not self.closed_reason

    def is_late(self, now: datetime) -> bool:
        """Answered after the hour, or open past it."""
        return not self.closed_reason and (self.answered_at or now) > self.due_at
