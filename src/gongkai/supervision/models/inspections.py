"""Inspections and their evidence, kept so that any past day can be judged again."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from gongkai.core.inspection import BY_CODE, Evidence, Indicator, State, Verdict, from_json, to_json


@register_setting(icon="search")
class InspectionSettings(BaseSiteSetting):
    """What the nightly inspection looks at."""

    organ = models.ForeignKey(
        "agencies.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="巡查的机关"
    )
    address = models.URLField(
        "巡查的网址",
        blank=True,
        help_text="对外网站首页的网址，例如 https://www.example.gov.cn/。不填则不巡查。",
    )
    own_hosts = models.TextField(
        "本单位的其他域名", blank=True, help_text="每行一个，例如 m.example.gov.cn；只巡查这些域名下的页面。"
    )
    trusted_hosts = models.TextField(
        "核准的外部网站", blank=True, help_text="每行一个域名；.gov.cn 的网站不用填。"
    )
    tries_outside = models.BooleanField(
        "测试外部链接", default=False, help_text="打开后会访问外部网站，看链接是否打得开。"
    )
    is_nightly = models.BooleanField("每天自动巡查", default=True)

    panels = [
        FieldPanel(name)
        for name in ("organ", "address", "own_hosts", "trusted_hosts", "tries_outside", "is_nightly")
    ]

    class Meta:
        verbose_name = "网站巡查"


class Run(models.Model):
    """One inspection: when, by whom, what came of it, and the evidence."""

    class State(models.TextChoices):
        QUEUED = "queued", "等待后台任务"
        RUNNING = "running", "正在巡查"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"

    class Cause(models.TextChoices):
        NIGHTLY = "nightly", "每日自动"
        BY_HAND = "by_hand", "人工发起"
        COMMAND = "command", "命令行"

    organ = models.ForeignKey(
        "agencies.Organ", models.PROTECT, related_name="inspections", verbose_name="机关"
    )
    address = models.URLField("网址", max_length=500)
    cause = models.CharField("发起", max_length=10, choices=Cause)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发起人",
    )
    asked_at = models.DateTimeField("发起时间", auto_now_add=True)
    on = models.DateField("时间点", null=True, blank=True)
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    pages = models.PositiveIntegerField("页面数", default=0)
    verdict = models.CharField(
        "结论", max_length=20, blank=True, choices=[(one.value, one.label) for one in Verdict]
    )
    score = models.DecimalField("暂定得分", max_digits=5, decimal_places=1, null=True, blank=True)
    cut_short = models.TextField("没有查完的原因", blank=True)
    fault = models.CharField("没有完成的原因", max_length=300, blank=True)
    packed = models.BinaryField("证据", default=b"", editable=False)
    digest = models.CharField("证据摘要（SM3）", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "网站巡查"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organ", "on"], name="inspection_by_day")]

    def __str__(self) -> str:
        return f"{self.on or '—'} 巡查 {self.address}"

    @property
    def evidence(self) -> Evidence:
        """What the run went by, again."""
        return from_json(json.loads(zlib.decompress(bytes(self.packed))))

    def pack(self, evidence: Evidence) -> bytes:
        """Keep the evidence; the bytes that the digest is of."""
        content = json.dumps(to_json(evidence), ensure_ascii=False, sort_keys=True).encode()
        self.packed = zlib.compress(content, 9)
        return content


class Finding(models.Model):
    """One fault that a run found."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="findings", verbose_name="巡查")
    code = models.CharField("指标", max_length=10)
    url = models.CharField("网址", max_length=2000)
    says = models.TextField("问题")
    state = models.CharField(
        "性质", max_length=15, choices=[(one.value, one.label) for one in (State.HIT, State.SUSPECTED)]
    )
    fingerprint = models.CharField("指纹", max_length=64, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "巡查发现的问题"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.says[:60]}"

    @property
    def indicator(self) -> Indicator:
        return BY_CODE[self.code]


class PageCopy(models.Model):
    """A page with findings as it was received."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="copies", verbose_name="巡查")
    url = models.CharField("网址", max_length=2000)
    status = models.PositiveSmallIntegerField("状态码")
    fetched_at = models.DateTimeField("取得时间")
    digest = models.CharField("内容摘要（SM3）", max_length=64)
    headers = models.JSONField("响应头", default=list)
    packed = models.BinaryField("内容", editable=False)
    picture = models.BinaryField("截图（WebP）", default=b"", editable=False)
    picture_digest = models.CharField("截图摘要（SM3）", max_length=64, blank=True, editable=False)
    pictured_at = models.DateTimeField("截图时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "页面留存"

    def __str__(self) -> str:
        return self.url

    @property
    def body(self) -> bytes:
        return zlib.decompress(bytes(self.packed))


class Ruling(models.Model):
    """What a person said of a suspected finding; it holds for the same fault at the same place until another is given."""

    class Says(models.TextChoices):
        CONFIRMED = "confirmed", "属实"
        DISMISSED = "dismissed", "不是问题"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    fingerprint = models.CharField("指纹", max_length=64)
    identity = models.TextField("问题的标识")
    says = models.CharField("核实结果", max_length=10, choices=Says)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核实人")
    at = models.DateTimeField("核实时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "人工核实"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_says_display()}：{self.identity[:60]}"


class Visit(models.Model):
    """One probe of the home page, about one an hour."""

    address = models.URLField("网址", max_length=500)
    at = models.DateTimeField("时间", db_index=True)
    is_open = models.BooleanField("打得开")

    class Meta:
        verbose_name = verbose_name_plural = "首页探测"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'通' if self.is_open else '不通'}"


class Account(models.Model):
    """An account of the office elsewhere (政务新媒体) and the day of its newest post, kept by hand."""

    class Kind(models.TextChoices):
        WECHAT = "wechat", "微信公众号"
        WEIBO = "weibo", "微博"
        VIDEO = "video", "短视频号"
        APP = "app", "移动客户端"
        OTHER = "other", "其他"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    name = models.CharField("账号名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    newest_on = models.DateField("最近一次发布", null=True, blank=True)
    newest_title = models.CharField("最近一次发布的标题", max_length=120, blank=True)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "政务新媒体账号"
        ordering = ["organ", "name"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"


def rulings_of(organ: Any) -> tuple[frozenset[str], frozenset[str]]:
    """Identities confirmed and dismissed, the latest ruling of each."""
    latest: dict[str, str] = {}
    for identity, says in Ruling.objects.filter(organ=organ).order_by("pk").values_list("identity", "says"):
        latest[identity] = says
    return (
        frozenset(one for one, says in latest.items() if says == Ruling.Says.CONFIRMED),
        frozenset(one for one, says in latest.items() if says == Ruling.Says.DISMISSED),
    )
