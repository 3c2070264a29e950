"""Organs as a tree with history, departments, posts, people and the roles they hold.

Nothing is deleted: a thing that ends gets ``valid_to``, an organ that is merged names its successor.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from gongkai.agencies.roles import Role


class User(AbstractUser):
    """A person with an account. One name field: Chinese names are not split."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=100)

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class ValidityQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to`` (inclusive; None is open)."""

    def valid_on(self, day: date):
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gte=day)
        )


class OrganQuerySet(ValidityQuerySet, MP_NodeQuerySet):
    pass


class OrganManager(MP_NodeManager):
    """The tree's manager with our queryset: treebeard's names its own class."""

    def get_queryset(self) -> OrganQuerySet:
        return OrganQuerySet(self.model, using=self._db).order_by("path")

    def valid_on(self, day: date) -> OrganQuerySet:
        return self.get_queryset().valid_on(day)


class Organ(MP_Node):
    """An administrative organ (行政机关)."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇（街道）"
        COMMITTEE = "committee", "管理委员会"
        VERTICAL = "vertical", "垂直管理部门"
        OTHER = "other", "其他"

    code = models.CharField("机关代码", max_length=40, unique=True)
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    reports_separately = models.BooleanField(
        "单独编制年报", default=True, help_text="不单独编制的，其数据由上级机关一并填报。"
    )
    not_counted_reason = models.CharField(
        "不计入上级汇总的理由", max_length=200, blank=True, help_text="例如：垂直管理部门，由本系统汇总。"
    )
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="职能承接机关",
    )
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    node_order_by = ["code"]
    objects = OrganManager()

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="organ_ends_after_it_begins",
                violation_error_message="撤销日期早于设立日期，请核对。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """An inner department of an organ (内设机构)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="departments", verbose_name="机关")
    name = models.CharField("名称", max_length=100)
    duties = models.TextField("职责", blank=True)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"
        ordering = ["organ", "name"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位) in a department, with the roles whoever holds it needs."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts", verbose_name="内设机构")
    name = models.CharField("岗位名称", max_length=100)
    duties = models.TextField("岗位职责", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["department", "name"]

    def __str__(self) -> str:
        return f"{self.department}·{self.name}"


class Appointment(models.Model):
    """Who held a post, from when to when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name="岗位")
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.user} {self.post}"


class RoleAssignment(models.Model):
    """A role held at an organ; it holds at every organ below as well."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments", verbose_name="人员")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="role_assignments", verbose_name="机关")
    role = models.CharField("角色", max_length=40, choices=Role)
    valid_from = models.DateField("开始日期", null=True, blank=True)
    valid_to = models.DateField("结束日期", null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色授权"
        ordering = ["organ", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organ", "role"],
                condition=Q(valid_to=None),
                name="one_open_assignment_per_role",
                violation_error_message="此人在该机关已有这一角色。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}（{self.organ}）"
