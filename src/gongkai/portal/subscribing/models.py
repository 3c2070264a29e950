"""Subscribers and what they take."""

from __future__ import annotations

from django.db import models

from gongkai.privacy.fields import EncryptedTextField


class Subscriber(models.Model):
    """An address. Until it is confirmed nothing but the question is sent to it; once it leaves, the address is blanked."""

    email = EncryptedTextField("电子邮箱", blank=True)
    lookup = models.CharField("查找摘要", max_length=64, null=True, unique=True)  # noqa: DJ001 - unique where there is one
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    ended_at = models.DateTimeField("退订时间", null=True, blank=True)
    sent_upto = models.DateTimeField("已发到的时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件订阅"

    def __str__(self) -> str:
        return f"订阅 {self.pk}"


class SubscribedColumn(models.Model):
    """A column that a subscriber takes, with those below it."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="columns", verbose_name="订阅")
    column = models.PositiveIntegerField("栏目")

    class Meta:
        verbose_name = verbose_name_plural = "订阅的栏目"
        constraints = [models.UniqueConstraint(fields=["subscriber", "column"], name="subscribed_once")]

    def __str__(self) -> str:
        return f"栏目 {self.column}"
