"""The portal's first page and its columns (栏目): the administrator's, under no review themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from gongkai.core.disclosure.categories import ARTICLE_20, article_of, categories
from gongkai.core.documents.topics import topic_values
from gongkai.core.publication import Stage, UpdateClass
from gongkai.publishing.blocks import TEXT_FEATURES


class ColumnType(models.TextChoices):
    """Legal values of the page label ColumnType (政府网站发展指引, 国办发〔2017〕47号)."""

    OVERVIEW = "概况信息", "概况信息"
    FUNCTIONS = "机构职能", "机构职能"
    LEADERS = "负责人信息", "负责人信息"
    NEWS = "工作动态", "工作动态"
    POLICY = "政策文件", "政策文件"
    GUIDE = "信息公开指南", "信息公开指南"
    CATALOGUE = "信息公开目录", "信息公开目录"
    ANNUAL_REPORT = "信息公开年报", "信息公开年报"
    APPLICATION = "依法申请公开", "依法申请公开"
    DATA = "数据发布", "数据发布"
    OPEN_DATA = "数据开放", "数据开放"
    INTERPRETATION = "政策解读", "政策解读"
    RESPONSE = "回应关切", "回应关切"
    SERVICE = "办事服务", "办事服务"
    COMPLAINT = "咨询投诉", "咨询投诉"
    SURVEY = "征集调查", "征集调查"
    INTERVIEW = "在线访谈", "在线访谈"


UPDATE_CLASS_LABELS = {
    UpdateClass.NEWS: "动态、要闻类（14 天内要有更新）",
    UpdateClass.NOTICE_OR_POLICY: "通知公告、政策文件类（6 个月内要有更新）",
    UpdateClass.OTHER: "其他（按需更新）",
}


def category_choices() -> list[tuple[str, str]]:
    """Categories of Arts. 20 and 21 as a form shows them."""
    from gongkai.core.disclosure.categories import Level

    every = {**ARTICLE_20, **categories(Level.CITY_OR_COUNTY), **categories(Level.TOWNSHIP)}
    return [(code, f"{article_of(code)}　{label}") for code, label in every.items()]


def topic_choices() -> list[tuple[str, str]]:
    return [(value, value) for value in topic_values()]


class HomePage(Page):
    """The portal's first page; what it shows is drawn from records."""

    introduction = models.CharField("一句话介绍", max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "portal/home.html"
    max_count = 1
    subpage_types = ["publishing.ColumnPage"]

    class Meta:
        verbose_name = "首页"


class ColumnPage(Page):
    """A column (栏目) of the portal."""

    column_type = models.CharField("栏目类别", max_length=20, choices=ColumnType)
    description = models.CharField("栏目描述", max_length=300, help_text="用于网页标签 ColumnDescription。")
    keywords = models.CharField(
        "栏目关键词", max_length=200, help_text="用逗号隔开，用于网页标签 ColumnKeywords。"
    )
    introduction = RichTextField("栏目说明", blank=True, features=["bold", "ol", "ul", "link"])
    update_class = models.CharField(
        "更新要求", max_length=20, choices=[(kind.value, label) for kind, label in UPDATE_CLASS_LABELS.items()],
        default=UpdateClass.OTHER.value, help_text="检查按它判断栏目是否该更新未更新。",
    )  # fmt: skip
    owner_department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任部门",
    )
    category = models.CharField(
        "法定类别",
        max_length=10,
        blank=True,
        choices=category_choices,
        help_text="新写的信息默认归入这一类。",
    )
    default_topic = models.CharField("默认主题分类", max_length=60, blank=True, choices=topic_choices)
    body_template = RichTextField(
        "正文模板", blank=True, features=TEXT_FEATURES, help_text="在这个栏目新写信息时，正文先填上这些文字。"
    )
    legal_review = models.BooleanField(
        "须经法制审核",
        default=False,
        help_text="本栏目及下级栏目的信息，在复审之后、保密审查之前加一道法制审核。",
    )
    leader_issue = models.BooleanField(
        "须经负责人签发", default=False, help_text="本栏目及下级栏目的信息，在终审之后由负责人签发。"
    )
    reprints_in_full = models.BooleanField(
        "转载也走三审三校",
        default=False,
        help_text="本栏目及下级栏目转载官方媒体的信息，也经过全部审核环节。",
    )
    archived_on = models.DateField(
        "不再更新之日", null=True, blank=True, help_text="专题结束、栏目停更时填写，页面上标明“不再更新”。"
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("column_type"),
        FieldPanel("description"),
        FieldPanel("keywords"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("update_class"), FieldPanel("owner_department"), FieldPanel("archived_on")], "更新"
        ),
        MultiFieldPanel(
            [FieldPanel("category"), FieldPanel("default_topic"), FieldPanel("body_template")],
            "新写信息时的默认值",
        ),
        MultiFieldPanel(
            [FieldPanel("legal_review"), FieldPanel("leader_issue"), FieldPanel("reprints_in_full")],
            "审核环节（三审三校和保密审查是最低要求，只能增加）",
        ),
    ]
    template = "portal/column.html"
    subpage_types = ["publishing.ColumnPage", "publishing.ItemPage"]

    class Meta:
        verbose_name = "栏目"


@dataclass(frozen=True, slots=True)
class ColumnDemands:
    """What the columns above an item ask of its review, each with the titles of the columns that ask it."""

    extra: dict[Stage, str]
    reprints_in_full: str

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(self.extra)


def demands_on(item: Page) -> ColumnDemands:
    """Look through the item's column and those above it; any of them may add a stage."""
    columns = list(ColumnPage.objects.ancestor_of(item))
    asked = {
        Stage.LEGAL: [column.title for column in columns if column.legal_review],
        Stage.ISSUE: [column.title for column in columns if column.leader_issue],
    }
    in_full = [column.title for column in columns if column.reprints_in_full]
    return ColumnDemands(
        {stage: "、".join(titles) for stage, titles in asked.items() if titles}, "、".join(in_full)
    )
