"""Messages of 我为政府网站找错: what is wrong where, when it was answered and closed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.calendar_files import working_calendar
from gongkai.core.inspection.tickets import TicketClocks, ticket_clocks
from gongkai.privacy.fields import EncryptedTextField


class FaultTicket(models.Model):
    """One message about the site. Who sent it need not be known; a contact is sealed and never published."""

    class State(models.TextChoices):
        RECEIVED = "received", "已收到，待答复"
        ANSWERED = "answered", "已答复，待办结"
        CLOSED = "closed", "已办结"

    class Source(models.TextChoices):
        PORTAL = "portal", "本网站"
        PLATFORM = "platform", "全国找错平台"
        TELEPHONE = "telephone", "电话"
        OTHER = "other", "其他"

    class Kind(models.TextChoices):
        UNREACHABLE = "unreachable", "打不开"
        WRONG = "wrong", "内容不对或者有错字"
        STALE = "stale", "内容过时"
        SERVICE = "service", "办事、搜索不好用"
        OTHER = "other", "其他"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("编号", max_length=24, unique=True)
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.PORTAL)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    url = models.CharField("出错的网址", max_length=2000, blank=True)
    text = models.TextField("问题")
    contact = EncryptedTextField("联系方式", blank=True)
    submission_key = models.CharField("提交标识", max_length=64, unique=True)
    received_on = models.DateField("收到日期", default=timezone.localdate)
    state = models.CharField("状态", max_length=10, choices=State, default=State.RECEIVED)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)
    rectification = models.ForeignKey(
        "supervision.Rectification",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name="整改",
    )

    class Meta:
        verbose_name = verbose_name_plural = "找错留言"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def clocks(self) -> TicketClocks:
        return ticket_clocks(self.received_on, working_calendar())

    @property
    def due_on(self) -> date | None:
        """The day of its next act; None once it is closed."""
        if self.state == self.State.CLOSED:
            return None
        return self.clocks.answer_by if self.state == self.State.RECEIVED else self.clocks.close_by
