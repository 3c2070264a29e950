"""Score sheets as data, cards of a period, manual entries with evidence, appeals."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.core.scorecards import Line, Measure, Mode, Scored


class ScoreLine(models.Model):
    """One line of an organ's sheet; the lines in use add up to 100."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    position = models.PositiveSmallIntegerField("序号")
    code = models.SlugField("代码", max_length=20)
    name = models.CharField("指标", max_length=60)
    measure = models.CharField("怎样计算", max_length=200)
    weight = models.DecimalField("权重", max_digits=4, decimal_places=1)
    mode = models.CharField(
        "取数",
        max_length=10,
        choices=[(Mode.AUTOMATIC.value, "系统自动"), (Mode.MANUAL.value, "人工填写并附依据")],
    )
    source = models.CharField("依据", max_length=100, default="本单位自定")

    class Meta:
        verbose_name = verbose_name_plural = "考核指标"
        ordering = ["organ", "position"]
        constraints = [models.UniqueConstraint(fields=["organ", "code"], name="one_score_line_per_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> Line:
        return Line(self.code, self.name, self.measure, self.weight, Mode(self.mode), self.source)


class Scorecard(models.Model):
    """The assessment of a department, or of the organ as a whole, over a period."""

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        PUBLISHED = "published", "已公布"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    department = models.ForeignKey(
        "agencies.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门",
        help_text="不填是整个机关。",
    )  # fmt: skip
    first_on = models.DateField("开始")
    last_on = models.DateField("结束")
    title = models.CharField("期间", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    earned = models.DecimalField("得分", max_digits=5, decimal_places=1, default=Decimal(0))
    counted = models.DecimalField("计分的权重", max_digits=5, decimal_places=1, default=Decimal(0))
    total = models.DecimalField("折合百分制", max_digits=5, decimal_places=1, null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人"
    )
    published_on = models.DateField("公布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核"
        ordering = ["-last_on", "organ", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "department", "first_on", "last_on"], name="one_card_per_department"
            ),
            models.UniqueConstraint(
                fields=["organ", "first_on", "last_on"],
                condition=Q(department=None),
                name="one_card_per_organ",
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="card_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.department or self.organ}"


class ScoreEntry(models.Model):
    """One line of a card as it was measured; the line's words and weight are kept with it."""

    card = models.ForeignKey(Scorecard, models.CASCADE, related_name="entries", verbose_name="考核")
    position = models.PositiveSmallIntegerField("序号")
    code = models.SlugField("代码", max_length=20)
    name = models.CharField("指标", max_length=60)
    measure = models.CharField("怎样计算", max_length=200)
    weight = models.DecimalField("权重", max_digits=4, decimal_places=1)
    mode = models.CharField("取数", max_length=10)
    source = models.CharField("依据", max_length=100)
    good = models.PositiveIntegerField("符合", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    faults = models.JSONField("不符合的", default=list)
    unknown = models.CharField("没有计分的原因", max_length=200, blank=True)
    evidence = models.TextField("人工填写的依据", blank=True)
    points = models.DecimalField("得分", max_digits=4, decimal_places=1, null=True, blank=True)
    says = models.CharField("说明", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "考核得分"
        ordering = ["card", "position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "code"], name="one_entry_per_line"),
            models.CheckConstraint(condition=Q(good__lte=F("total")), name="no_more_good_than_total"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.points}"

    @property
    def line(self) -> Line:
        return Line(self.code, self.name, self.measure, self.weight, Mode(self.mode), self.source)

    def measured(self) -> Measure:
        return Measure(self.good, self.total, tuple(self.faults), self.unknown)

    def take(self, scored: Scored) -> None:
        """Put the result of a measure in."""
        self.good, self.total = scored.measure.good, scored.measure.total
        self.faults, self.unknown = list(scored.measure.faults), scored.measure.unknown
        self.points, self.says = scored.points, scored.says


class Appeal(models.Model):
    """A department's objection to one line; decided by another person than the one who made the card."""

    class State(models.TextChoices):
        OPEN = "open", "待复核"
        UPHELD = "upheld", "成立，已调整"
        REJECTED = "rejected", "不成立"

    entry = models.ForeignKey(ScoreEntry, models.CASCADE, related_name="appeals", verbose_name="考核得分")
    reason = models.TextField("申诉理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申诉人")
    at = models.DateTimeField("申诉时间", auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField("复核意见", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="复核人",
    )
    decided_on = models.DateField("复核日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核申诉"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry.name} {self.get_state_display()}"
