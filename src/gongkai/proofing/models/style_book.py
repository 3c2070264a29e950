"""The office's style book (用语库): wordings that it does not use, with what it writes instead, its white list, its people
with their posts, the laws it cites.

An entry is never changed: a new version takes its place and the old one keeps its dates, so that what was found on any
day can be explained by the book of that day. A superior's entries hold for the organs below it.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Organ
from gongkai.core.proofreading import Severity

SEVERITY_CHOICES = [(severity.value, severity.label) for severity in Severity]
LONGEST = 60  # as in core.proofreading.style


class StyleEntryQuerySet(models.QuerySet):
    def of(self, organ: Organ) -> StyleEntryQuerySet:
        """The entries that hold at an organ: its own and those of its superiors."""
        places = [organ.path[:end] for end in range(Organ.steplen, len(organ.path) + 1, Organ.steplen)]
        return self.filter(organ__path__in=places)

    def in_force(self, on: date) -> StyleEntryQuerySet:
        """Those of the book of a day."""
        return self.filter(in_force_from__lte=on).filter(Q(no_longer_from=None) | Q(no_longer_from__gt=on))


class StyleEntry(models.Model):
    """One version of one entry."""

    class Kind(models.TextChoices):
        WORDING = "wording", "规范用语"
        WHITE = "white", "白名单"
        PERSON = "person", "人员和职务"
        LAW = "law", "法律法规"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.WORDING)
    wrong = models.CharField("错误写法", max_length=LONGEST)
    right = models.CharField("正确写法", max_length=LONGEST, blank=True)
    severity = models.CharField("程度", max_length=10, choices=SEVERITY_CHOICES, default=Severity.ERROR.value)
    reason = models.CharField("理由或依据", max_length=300)
    unless = models.TextField("例外词", blank=True)
    must_find = models.TextField("应当查出的例句", blank=True)
    must_not_find = models.TextField("不应查出的例句", blank=True)
    valid_from = models.DateField("任职或者施行日期", null=True, blank=True)
    valid_to = models.DateField("离任或者失效日期", null=True, blank=True)
    number = models.PositiveSmallIntegerField("排列次序或者条数", null=True, blank=True)
    in_force_from = models.DateField("启用日期")
    no_longer_from = models.DateField("停用日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="代替的版本"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编写人"
    )
    made_at = models.DateTimeField("编写时间")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="停用人",
    )

    objects = StyleEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "用语库条目"
        ordering = ["kind", "wrong", "-version"]
        indexes = [models.Index(fields=["organ", "no_longer_from"], name="style_in_force")]

    def __str__(self) -> str:
        between = {self.Kind.PERSON: "，", self.Kind.LAW: "，现行的是"}.get(self.Kind(self.kind), "→")
        return f"{self.wrong}{between}{self.right}" if self.right else self.wrong

    @property
    def is_white(self) -> bool:
        return self.kind == self.Kind.WHITE

    @property
    def is_wording(self) -> bool:
        return self.kind == self.Kind.WORDING

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON

    @property
    def is_law(self) -> bool:
        return self.kind == self.Kind.LAW
