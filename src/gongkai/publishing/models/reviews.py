"""Reviews of items, their steps, and the grant without which nothing goes live."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from gongkai.core.publication import (
    STAGES,
    Act,
    Route,
    Sequence,
    Stage,
    Standing,
    Step,
    sequence_of,
    standing,
)
from gongkai.publishing.models.pages import ItemPage

STAGE_CHOICES = [(stage.value, rule.label) for stage, rule in STAGES.items()]
ROUTE_LABELS = {Route.ORDINARY: "三审三校", Route.REPRINT: "转载审核", Route.URGENT: "紧急发布"}
ACT_LABELS = {Act.SIGN: "同意", Act.RETURN: "退回", Act.NOTE: "校对意见"}


class OfficialMedium(models.Model):
    """Official media from which a reprint may take the short review; the office keeps the list."""

    name = models.CharField("名称", max_length=60, unique=True)
    website = models.URLField("网址", blank=True)
    is_active = models.BooleanField("在名单内", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "转载官方媒体名单"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ReviewQuerySet(models.QuerySet):
    def with_steps(self) -> ReviewQuerySet:
        return self.select_related("page__organ", "page__department", "submitted_by").prefetch_related(
            "steps__person", "authors"
        )

    def running(self) -> ReviewQuerySet:
        """Those in which somebody has something to sign."""
        return self.filter(state__in=[Review.State.OPEN, Review.State.PASSED, Review.State.PENDING])


class Review(models.Model):
    """The review of exactly one content of an item (送审件).

    ``content`` is the canonical text that was digested; it outlives the revision and is what later texts are compared with.
    """

    class State(models.TextChoices):
        OPEN = "open", "审核中"
        PASSED = "passed", "审核通过，待发布"
        PENDING = "pending", "已紧急发布，待补审"
        RELEASED = "released", "已发布"
        RETURNED = "returned", "退回修改"
        SUPERSEDED = "superseded", "内容已改，作废"
        WITHDRAWN = "withdrawn", "已撤下"

    page = models.ForeignKey(ItemPage, models.PROTECT, related_name="reviews", verbose_name="信息")
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.PROTECT, related_name="+", verbose_name="版本"
    )
    title = models.CharField("标题", max_length=255)
    digest = models.CharField("内容摘要", max_length=64)
    content = models.TextField("送审内容")
    route = models.CharField(
        "审核方式", max_length=20, choices=[(route.value, label) for route, label in ROUTE_LABELS.items()]
    )
    extra_stages = models.CharField("栏目加的环节", max_length=60, blank=True, editable=False)
    state = models.CharField("状态", max_length=20, choices=State, default=State.OPEN, db_index=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="拟稿人")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="送审人"
    )
    submitted_at = models.DateTimeField("送审时间")
    remark = models.TextField("送审说明", blank=True)
    urgent_reason = models.TextField("紧急发布的理由", blank=True)
    finish_by = models.DateTimeField("补审期限", null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "信息发布审核"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["title"], name="review_title")]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=["open", "passed"]),
                name="one_running_review_per_item",
                violation_error_message="这条信息已在审核中。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_state_display()}）"

    @property
    def core_steps(self) -> list[Step]:
        return [step.core for step in sorted(self.steps.all(), key=lambda step: step.pk)]

    @property
    def added(self) -> tuple[Stage, ...]:
        """The stages that the column asked for when this was submitted."""
        return tuple(Stage(name) for name in self.extra_stages.split(",") if name)

    @property
    def sequence(self) -> Sequence:
        return sequence_of(Route(self.route), self.added)

    @property
    def standing(self) -> Standing:
        return standing(Route(self.route), self.core_steps, self.digest, self.added)

    @property
    def stages(self) -> list[tuple[Stage, str, Any]]:
        """Each stage of the route, its name, and the signing step that stands (None: not yet)."""
        at = self.standing
        signed = {
            step.stage: step
            for step in sorted(self.steps.all(), key=lambda step: step.pk)
            if step.act == Act.SIGN and at.signed.get(Stage(step.stage)) == step.person_id
        }
        return [(stage, STAGES[stage].label, signed.get(stage.value)) for stage in self.sequence.stages]

    @property
    def other_steps(self) -> list[Any]:
        """Returns, remarks, and sign-offs that a return undid: what the list of stages does not show."""
        shown = {step.pk for _, _, step in self.stages if step is not None}
        return [step for step in sorted(self.steps.all(), key=lambda step: step.pk) if step.pk not in shown]

    def is_late(self, now: datetime) -> bool:
        """Whether the review after an urgent release has not been done in time."""
        return self.state == self.State.PENDING and self.finish_by is not None and now > self.finish_by


class ReviewStep(models.Model):
    """One act of a person on a review; never changed, never deleted (database triggers)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="steps", verbose_name="送审件")
    act = models.CharField(
        "办理", max_length=10, choices=[(act.value, label) for act, label in ACT_LABELS.items()]
    )
    stage = models.CharField("环节", max_length=20, choices=STAGE_CHOICES)
    back_to = models.CharField("退回到", max_length=20, choices=STAGE_CHOICES, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    opinion = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_act_display()} {self.person}"

    @property
    def core(self) -> Step:
        return Step(
            Act(self.act),
            Stage(self.stage),
            self.person_id,
            self.digest,
            Stage(self.back_to) if self.back_to else None,
        )


class ReleaseGrant(models.Model):
    """The permission to show one content of one item (发布许可): written by ``services.publish`` alone.

    The database refuses a live item without one, and a grant without a passed review of the same content.
    """

    page = models.ForeignKey(ItemPage, models.PROTECT, related_name="release_grants", verbose_name="信息")
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.PROTECT, related_name="+", verbose_name="版本"
    )
    digest = models.CharField("内容摘要", max_length=64)
    review = models.ForeignKey(Review, models.PROTECT, related_name="grants", verbose_name="送审件")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人"
    )
    granted_at = models.DateTimeField("发布时间")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤下人",
    )
    ended_at = models.DateTimeField("失效时间", null=True, blank=True)
    ended_why = models.CharField("失效原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发布许可"
        ordering = ["pk"]
        indexes = [models.Index(fields=["page", "revision"], name="grant_of_page")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.granted_at:%Y-%m-%d %H:%M}"


class IndexCounterManager(models.Manager):
    @transaction.atomic
    def next_number(self, organ: Any, year: int) -> str:
        """Issue the next 索引号 of an organ: ``code/2026-00001`` (portal-rules §3.2)."""
        counter, _ = self.select_for_update().get_or_create(organ=organ, year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return f"{organ.code}/{year}-{counter.last:05d}"


class IndexCounter(models.Model):
    """The last running number of an organ in a year."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后序号", default=0)

    objects = IndexCounterManager()

    class Meta:
        verbose_name = verbose_name_plural = "索引号序号"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="one_counter_per_organ_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.year} {self.last}"
