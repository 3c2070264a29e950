"""The outbox: what is to be told to an outside system, written with the act that says so."""

from __future__ import annotations

from django.db import models

from gongkai.privacy.fields import EncryptedTextField


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Messages as the worker and the back office ask for them."""

    def due(self, now: object) -> OutboxQuerySet:
        """Waiting messages whose time has come, the oldest first."""
        return self.filter(state=OutboxMessage.State.WAITING, next_at__lte=now).order_by("next_at", "pk")


class OutboxMessage(models.Model):
    """One message to one outside system. The payload is sealed: it may hold an address or a name.

    Delivered at least once: a process that dies between the delivery and the note of it delivers again, with the same
    ``key``, by which the other side can tell the two apart.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        DEAD = "dead", "多次失败，已停"
        DROPPED = "dropped", "人工放弃"

    channel = models.CharField("渠道", max_length=20)
    key = models.CharField("唯一标记", max_length=120, unique=True)
    what = models.CharField("事项", max_length=120, help_text="给工作人员看的，不含个人信息。")
    payload = EncryptedTextField("内容")
    organ_code = models.CharField("机关代码", max_length=20, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_at = models.DateTimeField("下次发送时间")
    fault = models.CharField("最近一次失败的原因", max_length=500, blank=True)
    created_at = models.DateTimeField("写入时间", auto_now_add=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待发消息"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.what}（{self.channel}）"


class WechatArticle(models.Model):
    """How far an article has come on the platform, so that a second attempt begins where the first broke off."""

    key = models.CharField("唯一标记", max_length=120, unique=True)
    media_id = models.CharField("草稿编号", max_length=128, blank=True)
    publish_id = models.CharField("发布编号", max_length=128, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公众号文章"

    def __str__(self) -> str:
        return self.key
