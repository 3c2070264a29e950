"""Normative documents (行政规范性文件): records, never pages. What the public reads of one is an item.

Where a document stands is folded from its steps, and whether it is in force from its term and the effects on it
(``core.documents.normative``); ``ended_on``, ``ending`` and ``next_step`` are kept beside for lists and figures.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.core.documents.normative import (
    STANDING_LABELS,
    STEPS,
    Effect,
    EffectKind,
    Impact,
    Outcome,
    Profile,
    Progress,
    Standing,
    Step,
    StepRecord,
    Term,
    TermRules,
    progress,
    standing_on,
)
from gongkai.publishing.models.pages import ItemPage

STEP_CHOICES = [(step.value, rule.label) for step, rule in STEPS.items()]
OUTCOME_LABELS = {Outcome.DONE: "已完成", Outcome.FAILED: "未通过", Outcome.SKIPPED: "未经此步骤"}
IMPACT_LABELS = {
    Impact.NONE: "不涉及公众权利义务的重大影响",
    Impact.RIGHTS: "对权利义务影响较大，或者涉及群众切身利益",
    Impact.MARKET: "与市场主体生产经营密切相关",
    Impact.MAJOR_DECISION: "属于重大行政决策",
}
EFFECT_LABELS = {
    EffectKind.AMENDS: "修改",
    EffectKind.REPEALS: "废止",
    EffectKind.REPLACES: "废止并代替",
    EffectKind.INVALIDATES: "宣布失效",
    EffectKind.CONTINUES: "继续有效",
    EffectKind.TO_BE_AMENDED: "拟修改",
}


class NormativeOffice(models.Model):
    """What differs from place to place; the office confirms it against its own province's rules."""

    organ = models.OneToOneField("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    is_qualified = models.BooleanField(
        "有权制发规范性文件", default=False,
        help_text="临时机构、议事协调机构、内设机构不能制发；管委会是否有权，以地方法规或授权为准。",
    )  # fmt: skip
    qualified_basis = models.CharField("有权制发的依据", max_length=300, blank=True)
    number_prefix = models.CharField(
        "统一编号的代号", max_length=8, blank=True, help_text="3 至 8 个大写字母，例如 SLYQ。"
    )
    document_mark = models.CharField("发文机关代字", max_length=12, blank=True, help_text="例如：示园发。")
    filed_with = models.CharField("备案机关", max_length=100, blank=True)
    filing_days = models.PositiveSmallIntegerField("备案期限（日）", default=30)
    filing_in_working_days = models.BooleanField("备案期限按工作日计算", default=False)
    general_years = models.PositiveSmallIntegerField("一般文件有效期（年）", default=5)
    provisional_years = models.PositiveSmallIntegerField("暂行、试行文件有效期（年）", default=2)
    notice_years = models.PositiveSmallIntegerField("通告有效期（年）", default=1)
    is_confirmed = models.BooleanField(
        "已与本省规定核对", default=False, help_text="核对以前，有效期和备案期限都标“暂定”。"
    )
    confirmed_basis = models.CharField("核对所依据的规定", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件管理设置"

    def __str__(self) -> str:
        return f"{self.organ}规范性文件管理设置"

    @property
    def terms(self) -> TermRules:
        return TermRules(self.general_years, self.provisional_years, self.notice_years)


class NormativeQuerySet(models.QuerySet):
    def published(self) -> NormativeQuerySet:
        return self.exclude(published_on=None)

    def in_force_on(self, day: date) -> NormativeQuerySet:
        """In force on a day, as the stored terms and ends have it."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day), Q(effective_on=None) | Q(effective_on__lte=day),
            published_on__lte=day,
        )  # fmt: skip

    def whole(self) -> NormativeQuerySet:
        return self.select_related("organ", "department", "page").prefetch_related(
            "steps__person", "effects__source__page", "effects__cleanup__page", "interpretations__page"
        )


class NormativeDocument(models.Model):
    """One normative document from its draft to the end of its force."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="制定机关")
    department = models.ForeignKey(
        "agencies.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草部门"
    )  # fmt: skip
    title = models.CharField("标题", max_length=200)
    recipients = models.CharField(
        "主送", max_length=300, blank=True, help_text="例如：园区各企业，各内设机构。"
    )
    text = models.TextField(
        "正文", blank=True, help_text="一段一行。层次序数用“一、”“（一）”“1.”“（1）”，系统按它排版。"
    )
    attachments = models.TextField("附件名称", blank=True, help_text="一个附件一行。")
    is_important = models.BooleanField("重要文件，须评估论证", default=False)
    impact = models.CharField(
        "对公众和企业的影响", max_length=20, default=Impact.NONE.value,
        choices=[(one.value, label) for one, label in IMPACT_LABELS.items()],
        help_text="决定是否公开征求意见、征求多久。",
    )  # fmt: skip
    touches_business = models.BooleanField("涉及经营者经济活动，须公平竞争审查", default=False)
    topic = models.CharField("主题分类", max_length=40, blank=True)
    unified_number = models.CharField("统一编号", max_length=30, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    signer = models.CharField("签发人", max_length=40, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True, db_index=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    term_reason = models.CharField("有效期的理由", max_length=300, blank=True)
    page = models.OneToOneField(
        ItemPage, models.PROTECT, null=True, blank=True, related_name="normative_document", verbose_name="公布的信息"
    )  # fmt: skip
    no_interpretation_reason = models.CharField("不作解读的理由", max_length=300, blank=True)
    is_taken_over = models.BooleanField("系统启用前已公布", default=False)
    next_step = models.CharField("下一步", max_length=20, choices=STEP_CHOICES, blank=True, db_index=True)
    ended_on = models.DateField("不再有效之日", null=True, blank=True, db_index=True)
    ending = models.CharField("不再有效的原因", max_length=20, blank=True)
    told_standing = models.CharField("已告知门户的状态", max_length=20, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    created_at = models.DateTimeField("登记时间", default=timezone.now)

    objects = NormativeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "document_number"], condition=~Q(document_number=""),
                name="one_normative_document_per_number", violation_error_message="这个文号已经用过，请核对。",
            ),
            models.UniqueConstraint(
                fields=["organ", "unified_number"], condition=~Q(unified_number=""),
                name="one_normative_document_per_unified_number",
                violation_error_message="这个统一编号已经用过，请核对。",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | ~Q(document_number=""), name="published_with_its_number",
                violation_error_message="没有文号的文件不能公布。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(effective_on=None) | Q(valid_to__gte=models.F("effective_on")),
                name="term_ends_after_it_begins", violation_error_message="有效期早于施行日期，请核对。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）" if self.document_number else self.title

    @property
    def profile(self) -> Profile:
        return Profile(self.is_important, Impact(self.impact), self.touches_business)

    @property
    def records(self) -> list[StepRecord]:
        return [step.core for step in sorted(self.steps.all(), key=lambda step: step.pk)]

    @property
    def progress(self) -> Progress:
        return progress(self.profile, self.records)

    @property
    def term(self) -> Term:
        return Term(self.published_on, self.effective_on, self.valid_to)

    @property
    def known_effects(self) -> list[Effect]:
        """What has been done to it; acts not announced yet have no day and do not count."""
        return [one.core for one in self.effects.all() if one.on is not None]

    def standing_on(self, day: date) -> Standing:
        return standing_on(self.term, self.known_effects, day)

    @property
    def standing(self) -> Standing:
        return self.standing_on(timezone.localdate())

    @property
    def standing_label(self) -> str:
        return STANDING_LABELS[self.standing]

    @property
    def is_in_force(self) -> bool:
        return self.standing.is_in_force

    @property
    def live_page(self) -> ItemPage | None:
        return self.page if self.page is not None and self.page.live else None


class NormativeStep(models.Model):
    """One entry of the procedure; only added, never changed."""

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=20, choices=STEP_CHOICES)
    outcome = models.CharField(
        "结果", max_length=10, choices=[(one.value, label) for one, label in OUTCOME_LABELS.items()]
    )
    on = models.DateField("日期")
    data = models.JSONField("记录", default=dict)
    reason = models.TextField("理由", blank=True)
    file = models.FileField("材料", upload_to="publishing/normative/%Y/", blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件办理步骤"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.document} {self.get_step_display()}"

    @property
    def core(self) -> StepRecord:
        given = frozenset(name for name, value in self.data.items() if str(value).strip())
        return StepRecord(Step(self.step), Outcome(self.outcome), self.on, given, self.reason)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Its data as label and text, in the order of the rule."""
        labels = dict(STEPS[Step(self.step)].gate)
        return [
            (labels[name], str(self.data[name])) for name in labels if str(self.data.get(name, "")).strip()
        ]


class Cleanup(models.Model):
    """One clean-up (清理): results for many documents, announced at once."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "定期清理"
        SPECIAL = "special", "专项清理"

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    title = models.CharField("公告标题", max_length=200)
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.REGULAR)
    basis = models.CharField(
        "清理依据", max_length=300, help_text="例如：省政府办公厅关于开展清理工作的通知。"
    )
    decided_on = models.DateField("决定日期")
    meeting = models.CharField("审议的会议", max_length=100)
    page = models.OneToOneField(ItemPage, models.PROTECT, related_name="cleanup", verbose_name="清理结果公告")
    announced_on = models.DateField("公告日期", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件清理"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class NormativeEffect(models.Model):
    """What another document or a clean-up does to a document; without a day until that is published."""

    target = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="effects", verbose_name="文件")
    kind = models.CharField(
        "作用", max_length=20, choices=[(one.value, label) for one, label in EFFECT_LABELS.items()]
    )
    source = models.ForeignKey(
        NormativeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="由哪件文件",
    )
    cleanup = models.ForeignKey(
        Cleanup, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="由哪次清理"
    )
    on = models.DateField("自何日起", null=True, blank=True)
    lapses_on = models.DateField("逾期未修改即失效的日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "对规范性文件的作用"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=None, cleanup__isnull=False) | Q(source__isnull=False, cleanup=None),
                name="an_effect_has_one_source",
            ),
            models.UniqueConstraint(
                fields=["target", "source", "kind"], name="one_effect_per_source_and_kind"
            ),
            models.UniqueConstraint(fields=["target", "cleanup"], name="one_result_per_cleanup"),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")), name="no_document_acts_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.cleanup} {self.get_kind_display()} {self.target}"

    @property
    def core(self) -> Effect:
        assert self.on is not None  # the caller leaves out what is not announced
        return Effect(EffectKind(self.kind), self.on, self.lapses_on, self.pk)

    @property
    def by_page(self) -> ItemPage | None:
        """The live page of what did it."""
        by = self.source or self.cleanup
        return by.page if by is not None and by.page is not None and by.page.live else None
