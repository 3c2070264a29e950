"""Leading groups and offices (领导小组、办公室、工作专班), who was in them when, and each change with its reason."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models.organs import Organ, User, ValidityQuerySet

OFFICE_WORDS = {"head": "主任", "deputy": "副主任"}


class WorkingGroup(models.Model):
    """A group set up by a document."""

    class Kind(models.TextChoices):
        LEADING = "leading", "领导小组"
        OFFICE = "office", "办公室"
        TASK = "task", "工作专班"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="working_groups", verbose_name="机关")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.LEADING)
    document_number = models.CharField("成立文件的文号", max_length=60)
    document_on = models.DateField("成立文件的日期")
    duties = models.TextField("职责")
    valid_from = models.DateField("成立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导小组"
        ordering = ["organ", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                condition=Q(valid_to=None),
                name="one_open_group_per_name",
                violation_error_message="本机关已有同名的小组。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="group_ends_after_it_begins",
                violation_error_message="撤销日期早于成立日期，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def roster_on(self, day: date) -> list[GroupMember]:
        """Who was in it on a day, the head first."""
        return sorted(
            self.members.valid_on(day).select_related("user", "group"),
            key=lambda one: (GroupMember.Position.values.index(one.position), one.number, one.pk),
        )


class GroupMember(models.Model):
    """Somebody in a group from when to when: a person, or a seat named by its office."""

    class Position(models.TextChoices):
        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"
        LIAISON = "liaison", "联络员"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="members", verbose_name="小组")
    position = models.CharField("组内职务", max_length=10, choices=Position, default=Position.MEMBER)
    name = models.CharField("姓名或者席位", max_length=60)
    post_title = models.CharField("单位和职务", max_length=100)
    telephone = models.CharField("办公电话", max_length=40, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="系统账号"
    )
    number = models.PositiveSmallIntegerField("排序", default=0)
    valid_from = models.DateField("加入日期")
    valid_to = models.DateField("最后一天", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组成员"
        ordering = ["group", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="member_leaves_after_joining",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position_name} {self.name}（{self.post_title}）"

    @property
    def position_name(self) -> str:
        """The position in the words of its group: an office has 主任, not 组长."""
        is_office = self.group.kind == WorkingGroup.Kind.OFFICE
        return (OFFICE_WORDS if is_office else {}).get(self.position) or self.get_position_display()


class GroupChange(models.Model):
    """What changed, on which day, why; rows are only added."""

    class Kind(models.TextChoices):
        ESTABLISHED = "established", "成立"
        JOINED = "joined", "增加成员"
        LEFT = "left", "成员退出"
        REPLACED = "replaced", "成员更换"
        AMENDED = "amended", "调整职责"
        ENDED = "ended", "撤销"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="changes", verbose_name="小组")
    kind = models.CharField("变动", max_length=12, choices=Kind)
    on = models.DateField("变动日期")
    text = models.TextField("内容")
    reason = models.CharField("原因或者依据", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    filing = models.ForeignKey(
        "agencies.FilingRecord",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="报备",
    )

    class Meta:
        verbose_name = verbose_name_plural = "小组变动"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.group} {self.on} {self.get_kind_display()}"
