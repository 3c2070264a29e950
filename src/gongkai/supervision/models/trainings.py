"""Trainings (培训): what was planned and held, who was there, the short test and every try at it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.core.trainings import DEFAULT_PASS_MARK, TRUE_FALSE, Presence, QuestionKind, letter
from gongkai.supervision.models.files import StoredFile


class Training(models.Model):
    """One training that an organ organises. Once held it has a roll."""

    class State(models.TextChoices):
        PLANNED = "planned", "计划中"
        HELD = "held", "已举办"
        CANCELLED = "cancelled", "已取消或者撤销"

    class Kind(models.TextChoices):
        WORK = "work", "业务培训"
        SECRECY = "secrecy", "保密培训"
        STUDY = "study", "专题学习"
        MEETING = "meeting", "以会代训"
        OTHER = "other", "其他"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="举办机关")
    subject = models.CharField("主题", max_length=100)
    kind = models.CharField("形式", max_length=10, choices=Kind)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1)
    departments = models.ManyToManyField(
        "agencies.Department", blank=True, related_name="+", verbose_name="参加部门"
    )
    pass_mark = models.PositiveSmallIntegerField(
        "合格分数", default=DEFAULT_PASS_MARK, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    minutes = models.TextField("培训纪要", blank=True)
    cancelled_reason = models.CharField("取消原因", max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["organ", "state", "held_on"], name="training_by_day")]

    def __str__(self) -> str:
        return f"{self.subject}（{self.held_on}）"


class TrainingMaterial(StoredFile):
    """Slides, papers, pictures of a training."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="materials", verbose_name="培训")

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "培训材料"


class Attendance(models.Model):
    """One person on the roll; ``person`` where exactly one account of the organ bears the name."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="roll", verbose_name="培训")
    name = models.CharField("姓名", max_length=50)
    department = models.ForeignKey(
        "agencies.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    presence = models.CharField("出席", max_length=10, choices=[(one.value, one.label) for one in Presence])
    reason = models.CharField("原因", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训签到"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "name", "department"],
                condition=~Q(department=None),
                name="one_line_per_person",
            ),
            models.UniqueConstraint(
                fields=["training", "name"],
                condition=Q(department=None),
                name="one_line_per_outsider",
            ),
            models.UniqueConstraint(
                fields=["training", "person"], condition=~Q(person=None), name="one_line_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_presence_display()}"


class Question(models.Model):
    """A question of a training's short test; taken out before anybody sat, it stays readable."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="questions", verbose_name="培训")
    kind = models.CharField("题型", max_length=10, choices=[(one.value, one.label) for one in QuestionKind])
    text = models.CharField("题目", max_length=500)
    options = models.JSONField("选项", default=list)
    answer = models.CharField("答案", max_length=8)
    explanation = models.CharField("解析", max_length=500, blank=True)
    dropped_at = models.DateTimeField("撤下时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "测试题"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Value and words of every option."""
        if self.kind == QuestionKind.TRUE_FALSE:
            return [(one, one) for one in TRUE_FALSE]
        return [(letter(number), f"{letter(number)}. {text}") for number, text in enumerate(self.options)]


class Attempt(models.Model):
    """One try at the test by somebody on the roll; ``answers`` holds what was given by question."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="attempts", verbose_name="签到")
    number = models.PositiveSmallIntegerField("第几次")
    answers = models.JSONField("作答", default=dict)
    right = models.PositiveSmallIntegerField("答对")
    total = models.PositiveSmallIntegerField("题数")
    score = models.PositiveSmallIntegerField("得分")
    passed = models.BooleanField("合格")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "测试记录"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "number"], name="one_attempt_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.attendance.name} 第{self.number}次 {self.score}分"
