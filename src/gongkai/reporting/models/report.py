"""One annual report in its life: 草拟 → 审核 → 定稿 → 发布, and 更正 as a further version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.core.annual_report import CellKey


class AnnualReport(models.Model):
    """One version of an organ's report for a year.

    Figures of a draft are queries; they are stored only when the report is frozen (``FrozenFigure``).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草拟"
        IN_REVIEW = "in_review", "审核"
        FROZEN = "frozen", "定稿"
        PUBLISHED = "published", "已发布"
        SUPERSEDED = "superseded", "已更正"

    class Scope(models.TextChoices):
        SELF = "self", "本机关"
        ROLLUP = "rollup", "汇总"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    scope = models.CharField("口径", max_length=10, choices=Scope, default=Scope.SELF)
    version = models.PositiveSmallIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    preamble = models.TextField("引言", blank=True)
    overview = models.TextField("一、总体情况", blank=True)
    problems = models.TextField("五、存在的主要问题及改进情况", blank=True)
    other_matters = models.TextField("六、其他需要报告的事项", blank=True)
    overrides = models.JSONField(
        "说明", default=dict, blank=True, help_text="不能成立的跨年核对，按核对项逐条书面说明。"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的版本"
    )
    correction_reason = models.TextField("更正理由", blank=True)
    returned_reason = models.TextField("退回理由", blank=True)
    edit_mark = models.PositiveIntegerField(default=0, editable=False)
    drafted_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="起草人")
    submitted_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    submitted_at = models.DateTimeField("送审时间", null=True, editable=False)
    frozen_at = models.DateTimeField("定稿时间", null=True, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "organ", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "scope", "version"], name="one_report_per_version"
            ),
            models.UniqueConstraint(
                fields=["organ", "year", "scope"],
                condition=Q(state="published"),
                name="one_published_report_per_year",
            ),
        ]

    def __str__(self) -> str:
        kind = "（汇总）" if self.scope == self.Scope.ROLLUP else ""
        version = f"（第 {self.version} 版）" if self.version > 1 else ""
        return f"{self.organ} {self.year} 年政府信息公开工作年度报告{kind}{version}"

    def get_absolute_url(self) -> str:
        return reverse("portal:unit_annual_report", args=[self.organ.code, self.year])

    public_url = property(get_absolute_url)

    @property
    def title(self) -> str:
        return f"{self.organ.name}{self.year}年政府信息公开工作年度报告"

    @property
    def is_editable(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_fixed(self) -> bool:
        """Whether its figures are stored and can change no more."""
        return self.state in {self.State.FROZEN, self.State.PUBLISHED, self.State.SUPERSEDED}

    @property
    def sections(self) -> dict[str, str]:
        return {"一": self.overview, "五": self.problems, "六": self.other_matters}


class FrozenFigure(models.Model):
    """A figure as frozen: its value, how many records made it and the SM3 of their ids."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="figures")
    key = models.CharField("指标", max_length=60)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True)
    record_count = models.PositiveIntegerField("记录数")
    record_digest = models.CharField("记录编号摘要（SM3）", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "定稿数据"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_frozen_value_per_figure")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    @property
    def cell(self) -> CellKey:
        return CellKey.parse(self.key)


class ReportFile(models.Model):
    """A file made when the report was frozen; what is published is this file, not a new rendering."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="files")
    format = models.CharField("格式", max_length=8)
    file = models.FileField("文件", upload_to="reporting/reports/%Y/")
    size_bytes = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要（SM3）", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "报告文件"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="one_file_per_format")]

    def __str__(self) -> str:
        return f"{self.report} {self.format}"

    @property
    def public_url(self) -> str:
        """Address of the published file, under the name it is downloaded by."""
        from gongkai.reporting.presentation import file_name

        return reverse("portal:annual_report_file", args=[self.pk, file_name(self)])


class ReportDifference(models.Model):
    """One figure or section that a correction changed."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="differences")
    key = models.CharField("指标", max_length=60)
    label = models.CharField("名称", max_length=200)
    before = models.TextField("更正前")
    after = models.TextField("更正后")

    class Meta:
        verbose_name = verbose_name_plural = "更正对照"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}：{self.before} → {self.after}"


class CollectedReport(models.Model):
    """A unit's report handed to its superior organ, as file and as read values."""

    unit = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    file = models.FileField("报告文件", upload_to="reporting/collected/%Y/")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要（SM3）", max_length=64)
    tables = models.JSONField("数据")
    edition = models.CharField("格式版本", max_length=4)
    findings = models.JSONField("核对结果", default=list)
    collected_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="收集人")
    collected_at = models.DateTimeField("收到时间", auto_now_add=True)
    replaced_at = models.DateTimeField("被替换时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "下级单位年报"
        ordering = ["-collected_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(replaced_at=None), name="one_current_report_per_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} 年"
