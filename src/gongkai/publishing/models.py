"""Columns and items as Wagtail pages.

Only the administrator holds page permissions: office roles receive theirs together with the review gate
(三审三校 and the release grant), so that nothing can go live around it.
"""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


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

    content_panels = [
        *Page.content_panels,
        FieldPanel("column_type"),
        FieldPanel("description"),
        FieldPanel("keywords"),
        FieldPanel("introduction"),
    ]
    template = "portal/column.html"
    subpage_types = ["publishing.ColumnPage", "publishing.ItemPage"]

    class Meta:
        verbose_name = "栏目"


class ItemPage(Page):
    """One published item (信息条目)."""

    published_at = models.DateTimeField("发布时间")
    source = models.CharField("信息来源", max_length=100)
    author = models.CharField("责任编辑", max_length=40, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期", null=True, blank=True)
    topic = models.CharField("主题分类", max_length=40, blank=True)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = RichTextField("正文", features=["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image"])

    content_panels = [
        *Page.content_panels,
        FieldPanel("published_at"),
        FieldPanel("source"),
        FieldPanel("author"),
        FieldPanel("document_number"),
        FieldPanel("formed_on"),
        FieldPanel("topic"),
        FieldPanel("summary"),
        FieldPanel("keywords"),
        FieldPanel("body"),
    ]
    template = "portal/item.html"
    parent_page_types = ["publishing.ColumnPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "信息"
