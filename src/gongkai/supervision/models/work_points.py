"""Yearly work points (工作要点): a plan with its points, and what was done on each; check-ins are only added."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Max, Q

from gongkai.core.work_points import INTERVALS, PointFacts, PointStanding
from gongkai.supervision.models.files import StoredFile


class WorkPlan(models.Model):
    """The points of a year as one paper issued them: the organ's own, or a superior's."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_by = models.CharField("制发机关", max_length=100)
    issued_on = models.DateField("印发日期")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作要点"
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["organ", "year", "title"], name="one_plan_per_title")]

    def __str__(self) -> str:
        return self.title


class WorkPointQuerySet(models.QuerySet["WorkPoint"]):
    """Named parts."""

    def told(self) -> WorkPointQuerySet:
        """With what the standing needs, in one question."""
        return self.select_related("plan__organ", "department").annotate(last_on=Max("check_ins__on"))


class WorkPoint(models.Model):
    """One point: due on a day, or going on with check-ins. Done only when another person has seen the evidence."""

    class State(models.TextChoices):
        OPEN = "open", "推进中"
        DONE = "done", "已完成"
        DROPPED = "dropped", "已调整取消"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="points", verbose_name="工作要点")
    number = models.CharField("序号", max_length=12)
    text = models.CharField("工作任务", max_length=500)
    department = models.ForeignKey(
        "agencies.Department", models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    due_on = models.DateField("完成时限", null=True, blank=True)
    interval_months = models.PositiveSmallIntegerField(
        "报送间隔", null=True, blank=True, choices=list(INTERVALS.items())
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    returned_note = models.TextField("退回意见", blank=True)
    closed_on = models.DateField("完成或者取消日期", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    closing_note = models.TextField("确认意见或者取消原因", blank=True)

    objects = WorkPointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "要点任务"
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_point_per_number"),
            models.CheckConstraint(
                condition=Q(due_on=None, interval_months__isnull=False)
                | Q(due_on__isnull=False, interval_months=None),
                name="point_due_or_going_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"

    @property
    def last_check_in_on(self) -> date | None:
        """The day of the last check-in, as ``told`` read it or asked now."""
        if hasattr(self, "last_on"):
            return self.last_on
        return self.check_ins.aggregate(n=Max("on"))["n"]

    @property
    def facts(self) -> PointFacts:
        return PointFacts(
            self.plan.year, self.plan.issued_on, self.due_on, self.interval_months, self.last_check_in_on,
            self.state == self.State.DONE, self.state == self.State.DROPPED,
        )  # fmt: skip

    def standing(self, today: date) -> PointStanding:
        return self.facts.standing(today)

    @property
    def limit(self) -> str:
        """Its time limit in words."""
        if self.due_on is not None:
            return f"{self.due_on:%Y-%m-%d}"
        return f"持续推进，{INTERVALS[self.interval_months]}报送"


class CheckIn(models.Model):
    """What was done on a point by a day; ``link`` leads to a published item or another record."""

    point = models.ForeignKey(WorkPoint, models.PROTECT, related_name="check_ins", verbose_name="要点任务")
    on = models.DateField("日期")
    percent = models.PositiveSmallIntegerField("完成（%）", validators=[MaxValueValidator(100)])
    note = models.TextField("进展")
    link = models.CharField("佐证网址", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    made_at = models.DateTimeField("填报时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "要点进展"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.point.number} {self.on} {self.percent}%"


class CheckInFile(StoredFile):
    """Evidence of a check-in."""

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="files", verbose_name="要点进展")

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "佐证材料"
