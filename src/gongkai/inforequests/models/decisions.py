"""What is decided on an application, and the evidence it stands on."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.core.disclosure import decisions as rules
from gongkai.inforequests.models.requests import DECISION_CHOICES, InfoRequest


class RequestItem(models.Model):
    """One of several things asked for in one application (分项)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="items", verbose_name="申请")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("内容", max_length=300)
    code = models.CharField("处理", max_length=20, choices=DECISION_CHOICES, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "分项"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="item_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Decision(models.Model):
    """A drafted outcome: its code fixes article, letter, remedy and report row."""

    class State(models.TextChoices):
        DRAFT = "draft", "待审批"
        APPROVED = "approved", "已批准"
        RETURNED = "returned", "已退回"
        SUPERSEDED = "superseded", "已被替代"

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="decisions", verbose_name="申请")
    code = models.CharField("办理结果", max_length=20, choices=DECISION_CHOICES)
    refuses_under_14_to_16 = models.BooleanField("不予公开部分依据第十四条至第十六条", default=False)
    facts = models.JSONField("文书内容", default=dict)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)
    previewed_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理决定"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_code_display()}（{self.request.number}）"

    @property
    def rule(self) -> rules.Decision:
        return rules.BY_CODE[self.code]


class SearchRecord(models.Model):
    """A search made for the information: the evidence behind 信息不存在 (第三十六条第（四）项)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="searches", verbose_name="申请")
    scope = models.CharField("检索范围", max_length=300, help_text="查了哪些部门、案卷、年度。")
    systems = models.CharField("检索系统", max_length=300, help_text="例如：公文系统、档案系统、纸质档案。")
    keywords = models.CharField("检索词", max_length=300)
    searched_by = models.CharField("检索人", max_length=100)
    searched_at = models.DateTimeField("检索时间")
    found = models.CharField("检索结果", max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索记录"
        ordering = ["searched_at"]

    def __str__(self) -> str:
        return f"检索 {self.keywords}"


class ConfidentialityReview(models.Model):
    """The review before anything is given out (第十七条): who, when, on what law, with what opinion."""

    class Conclusion(models.TextChoices):
        PASS = "pass", "可以公开"
        PARTLY = "partly", "删除涉密、敏感内容后可以公开"
        REFUSE = "refuse", "不得公开"

    request = models.ForeignKey(
        InfoRequest, models.PROTECT, related_name="confidentiality_reviews", verbose_name="申请"
    )
    conclusion = models.CharField("结论", max_length=20, choices=Conclusion)
    basis = models.CharField("依据", max_length=300)
    opinion = models.TextField("审查意见")
    files_digest = models.CharField("所审文件摘要", max_length=64, help_text="文件变动后须重新审查。")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审查人"
    )
    reviewed_at = models.DateTimeField("审查时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "保密审查"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"保密审查：{self.get_conclusion_display()}"
