"""Runs of the proofreader over a page, their findings, and what people decided on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.core.proofreading import Severity
from gongkai.proofing.models.style_book import SEVERITY_CHOICES


class ProofRun(models.Model):
    """One run over one page as it stood. ``fingerprint`` covers all that the findings depend on.

    A run that only followed somebody's typing makes room for the next; once a person decided on a finding, or an act
    relied on it, it is kept.
    """

    kind = models.CharField("种类", max_length=30)
    key = models.CharField("编号", max_length=40)
    title = models.CharField("标题", max_length=255)
    digest = models.CharField("内容摘要", max_length=64)
    fingerprint = models.CharField("校对依据摘要", max_length=64)
    engine_version = models.CharField("校对程序版本", max_length=40)
    style_version = models.CharField("用语库版本", max_length=40)
    on = models.DateField("按哪一天核对")
    at = models.DateTimeField("校对时间")
    characters = models.PositiveIntegerField("字数")
    milliseconds = models.PositiveIntegerField("用时（毫秒）")
    is_kept = models.BooleanField("已作为依据", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "校对记录"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "key"], name="run_of_page")]

    def __str__(self) -> str:
        return f"{self.title}（{self.at:%Y-%m-%d %H:%M}）"


class ProofFinding(models.Model):
    """One finding of a run. Offsets are half-open and count code points of the part's text."""

    run = models.ForeignKey(ProofRun, models.CASCADE, related_name="findings", verbose_name="校对记录")
    identity = models.CharField("同一性摘要", max_length=64, db_index=True)
    rule = models.CharField("规则", max_length=30)
    part = models.CharField("部位", max_length=120)
    label = models.CharField("位置", max_length=200)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    quote = models.TextField("原文")
    before = models.CharField("前文", max_length=60, blank=True)
    after = models.CharField("后文", max_length=60, blank=True)
    suggestion = models.TextField("建议", blank=True)
    replacement = models.TextField("可以换上的文字", null=True, blank=True)  # noqa: DJ001 - empty means: delete
    severity = models.CharField("程度", max_length=10, choices=SEVERITY_CHOICES)
    message = models.TextField("说明")
    mark = models.CharField("依据的来源", max_length=10)

    class Meta:
        verbose_name = verbose_name_plural = "校对发现"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}：{self.quote[:30]}"

    @property
    def is_serious(self) -> bool:
        return self.severity == Severity.SERIOUS


class ProofDecision(models.Model):
    """What a person decided on a finding of a page; the last one stands. Rows are never changed."""

    class Act(models.TextChoices):
        ACCEPTED = "accepted", "已采纳"
        IGNORED = "ignored", "不改"
        WAIVED = "waived", "豁免"
        REOPENED = "reopened", "重新处理"

    kind = models.CharField("种类", max_length=30)
    key = models.CharField("编号", max_length=40)
    identity = models.CharField("同一性摘要", max_length=64)
    run = models.ForeignKey(ProofRun, models.PROTECT, related_name="decisions", verbose_name="校对记录")
    rule = models.CharField("规则", max_length=30)
    quote = models.TextField("原文")
    act = models.CharField("处理", max_length=10, choices=Act)
    reason = models.TextField("理由", blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="处理人"
    )
    at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "校对处理"
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key", "identity"], name="decision_of_finding")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}：{self.quote[:30]}"


class ProofedFile(models.Model):
    """What was found in a file, by its bytes: a file is read once, however many pages show it and are saved."""

    file_hash = models.CharField("文件摘要", max_length=64)
    fingerprint = models.CharField("校对依据摘要", max_length=64)
    findings = models.JSONField("发现")
    characters = models.PositiveIntegerField("字数")
    at = models.DateTimeField("校对时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件校对结果"
        constraints = [
            models.UniqueConstraint(fields=["file_hash", "fingerprint"], name="one_result_per_file_and_rules")
        ]

    def __str__(self) -> str:
        return self.file_hash
