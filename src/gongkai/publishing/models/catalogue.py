"""The organ's list of what it publishes of its own accord (主动公开基本目录), edition by edition."""

from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.core.disclosure.categories import article_of, label_of
from gongkai.core.publication import PUBLISH_WORKING_DAYS
from gongkai.publishing.models.columns import ColumnPage, category_choices


class CatalogueEdition(models.Model):
    """One edition of an organ's catalogue; an edition in force is never edited, a new one replaces it (Art. 22)."""

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        IN_FORCE = "in_force", "现行"
        REPLACED = "replaced", "已被新版代替"

    organ = models.ForeignKey(
        "agencies.Organ", models.PROTECT, related_name="catalogue_editions", verbose_name="机关"
    )
    number = models.PositiveSmallIntegerField("版次")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    replaced_on = models.DateField("被代替之日", null=True, blank=True)
    note = models.TextField("编制说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "主动公开基本目录"
        ordering = ["organ", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="one_edition_per_number"),
            models.UniqueConstraint(
                fields=["organ"], condition=Q(state="in_force"), name="one_edition_in_force",
                violation_error_message="本机关已有现行的目录。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organ.short_name or self.organ.name}主动公开基本目录（第{self.number}版）"

    def was_in_force(self, day: date) -> bool:
        """Whether it applied on a day."""
        return (
            self.effective_from is not None
            and self.effective_from <= day
            and (self.replaced_on is None or day < self.replaced_on)
        )


class CatalogueEntry(models.Model):
    """One line: what is published, on which ground, by when, by whom, where."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "全社会"
        CERTAIN = "certain", "特定群体"

    edition = models.ForeignKey(CatalogueEdition, models.CASCADE, related_name="entries", verbose_name="目录")
    position = models.PositiveSmallIntegerField("序号")
    category = models.CharField("法定类别", max_length=10, choices=category_choices)
    name = models.CharField("公开事项", max_length=100)
    content = models.CharField("公开内容", max_length=500)
    basis = models.CharField("公开依据", max_length=300)
    working_days = models.PositiveSmallIntegerField(
        "公开时限（工作日）", default=PUBLISH_WORKING_DAYS, validators=[MinValueValidator(1)],
        help_text="自信息形成或者变更之日起；法律、法规另有规定的从其规定。",
    )  # fmt: skip
    time_limit = models.CharField("时限的说明", max_length=100, blank=True)
    subject = models.CharField("公开主体", max_length=100)
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任部门",
    )
    audience = models.CharField("公开对象", max_length=10, choices=Audience, default=Audience.EVERYBODY)
    channels = models.CharField("公开渠道", max_length=200, default="政府网站")
    column = models.ForeignKey(
        ColumnPage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="catalogue_entries",
        verbose_name="公开栏目",
    )

    class Meta:
        verbose_name = verbose_name_plural = "目录事项"
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="one_entry_per_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def limit_text(self) -> str:
        return self.time_limit or f"自信息形成或者变更之日起{self.working_days}个工作日内"

    @property
    def category_label(self) -> str:
        return label_of(self.category)

    @property
    def article(self) -> str:
        return article_of(self.category)
