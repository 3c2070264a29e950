"""Hand-overs of posts (岗位移交) with their list and their signatures; steps are only added."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models.organs import Post, RoleAssignment, User
from gongkai.core.hand_over import OPEN, Act, Parties, Standing

STANDING_LABELS = {
    Standing.DRAFT: "填写中，待移交人签字",
    Standing.GIVEN: "移交人已签，待接收人签字",
    Standing.TAKEN: "接收人已签，待监交人确认",
    Standing.CONFIRMED: "已移交",
    Standing.VOID: "已作废",
}
ACT_LABELS = {
    Act.DRAW_UP: "填写移交单",
    Act.GIVE: "移交人签字",
    Act.TAKE: "接收人签字",
    Act.CONFIRM: "监交人确认",
    Act.SEND_BACK: "退回修改",
    Act.VOID: "作废",
}


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Named parts."""

    def open(self) -> HandOverQuerySet:
        return self.filter(standing__in=[one.value for one in OPEN])


class HandOver(models.Model):
    """One post going from one person to another."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="hand_overs", verbose_name="岗位")
    giver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="移交人")
    taker = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="接收人")
    on = models.DateField("移交日期")
    remarks = models.TextField("其他说明", blank=True)
    roles = models.ManyToManyField(
        RoleAssignment, related_name="+", blank=True, verbose_name="一并移交的角色"
    )
    # Keys of the kinds of work that stay with the giver, who may hold another post.
    keeps = models.JSONField("留在移交人名下的在办事项", default=list, blank=True)
    standing = models.CharField(
        "状态",
        max_length=12,
        choices=[(one.value, label) for one, label in STANDING_LABELS.items()],
        default=Standing.DRAFT.value,
        db_index=True,
    )
    # What went over when it was confirmed: [{"key", "label", "texts": [text, …]}, …], and the roles in words.
    moved = models.JSONField("移交的在办事项", default=list, editable=False)
    moved_roles = models.JSONField("移交的角色", default=list, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "岗位移交"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="hand_over_between_two_people",
                violation_error_message="移交人和接收人是同一个人，请重新选择。",
            ),
            models.UniqueConstraint(
                fields=["post", "giver"],
                condition=Q(standing__in=["draft", "given", "taken"]),
                name="one_open_hand_over_per_holder",
                violation_error_message="这个岗位已经有一份没有办完的移交单。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}：{self.giver}移交给{self.taker}"

    @property
    def organ(self) -> Any:
        return self.post.department.organ

    @property
    def parties(self) -> Parties:
        return Parties(self.giver_id, self.taker_id)

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN

    @property
    def moved_count(self) -> int:
        return sum(len(kind["texts"]) for kind in self.moved)

    @property
    def signatures(self) -> dict[Act, HandOverStep]:
        """The signatures that stand: those since it was last drawn up or sent back."""
        standing: dict[Act, HandOverStep] = {}
        for step in self.steps.select_related("person").order_by("pk"):
            if step.act == Act.SEND_BACK:
                standing = {}
            elif step.act in {Act.GIVE, Act.TAKE, Act.CONFIRM}:
                standing[Act(step.act)] = step
        return standing


class HandOverLine(models.Model):
    """One line of the list (移交清单)."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="lines", verbose_name="移交单")
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=20)
    text = models.CharField("移交内容", max_length=200)
    is_done = models.BooleanField("已移交", default=False)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "移交清单"
        ordering = ["hand_over", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "number"], name="hand_over_line_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class HandOverStep(models.Model):
    """Who did what when."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="steps", verbose_name="移交单")
    act = models.CharField(
        "办理", max_length=12, choices=[(one.value, label) for one, label in ACT_LABELS.items()]
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位移交的经过"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.person}"
