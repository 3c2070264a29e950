"""Outcomes of holding to account (责任追究): by role, never by name; withdrawn with a reason, never deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core.disclosure.liability import BASES, BY_CODE
from gongkai.supervision.models.files import StoredFile


class AccountabilityForm(models.Model):
    """A form that the office uses, with where it stands; the office's own list."""

    name = models.CharField("方式", max_length=30, unique=True)
    source = models.CharField("依据", max_length=100, default="本单位自定")
    position = models.PositiveSmallIntegerField("序号", default=10)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "责任追究方式"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class AccountabilityQuerySet(models.QuerySet["Accountability"]):
    """Named parts."""

    def active(self) -> AccountabilityQuerySet:
        """Those that count: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Accountability(models.Model):
    """One outcome. Who is meant is a post or a duty; a name has no place here."""

    organ = models.ForeignKey("agencies.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    decided_on = models.DateField("决定日期")
    matter = models.TextField("事由")
    basis = models.CharField("依据", max_length=10, choices=[(one.code, one.label) for one in BASES])
    form = models.ForeignKey(AccountabilityForm, models.PROTECT, related_name="+", verbose_name="追究方式")
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任部门",
    )
    role = models.CharField("责任人的岗位或者职务", max_length=60, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    rectification = models.ForeignKey(
        "supervision.Rectification",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accountabilities",
        verbose_name="整改",
    )
    finding = models.ForeignKey(
        "supervision.Finding",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="巡查问题",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤销人",
    )
    withdrawn_reason = models.CharField("撤销理由", max_length=300, blank=True)

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任追究"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role="") | Q(department__isnull=False), name="accountability_meets_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"责任追究 {self.decided_on} {self.form}"

    @property
    def basis_article(self) -> str:
        return BY_CODE[self.basis].article


class AccountabilityFile(StoredFile):
    """The decision as a paper."""

    accountability = models.ForeignKey(
        Accountability, models.PROTECT, related_name="files", verbose_name="责任追究"
    )

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "决定文书"
