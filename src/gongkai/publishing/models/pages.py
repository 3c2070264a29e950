"""Items as Wagtail pages: they go live through the review gate alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from gongkai.core.disclosure.categories import label_of
from gongkai.publishing.blocks import ITEM_BLOCKS, TEXT_FEATURES, words_of
from gongkai.publishing.canonical import digest_of
from gongkai.publishing.errors import NotReleased
from gongkai.publishing.models.columns import category_choices, topic_choices
from gongkai.publishing.models.item_form import ItemForm
from gongkai.publishing.panels import ProofPanel

# Fields that Wagtail writes beside the content; a save of these alone shows the public nothing new.
HOUSEKEEPING_FIELDS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
        *("locked", "locked_by", "locked_at", "expired", "owner", "wagtail_admin_comments"),
    }
)
ELDER_PREVIEW = "elder"
GENRES = ("命令", "决定", "公告", "通告", "意见", "通知", "通报", "批复", "函", "纪要", "其他")


class ItemPage(Page):
    """One item (信息条目). It goes live through ``services.publish`` alone; ``save`` and the database refuse the rest."""

    class Publicity(models.TextChoices):
        """公开属性, 国办发〔2016〕80号 item 一(一)."""

        PROACTIVE = "proactive", "主动公开"
        ON_APPLICATION = "on_application", "依申请公开"
        WITHHELD = "withheld", "不予公开"

    class SourceKind(models.TextChoices):
        ORIGINAL = "original", "原创"
        REPRINT = "reprint", "转载"

    organ = models.ForeignKey(
        "agencies.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布机构"
    )
    department = models.ForeignKey(
        "agencies.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任部门",
    )
    publicity = models.CharField(
        "公开属性", max_length=20, choices=Publicity, default=Publicity.PROACTIVE,
        help_text="只有主动公开的信息可以发布。",
    )  # fmt: skip
    publicity_reason = models.CharField(
        "公开属性的理由",
        max_length=300,
        blank=True,
        help_text="依申请公开、不予公开的，写明依据的条款和理由。",
    )
    source_kind = models.CharField("来源类别", max_length=10, choices=SourceKind, default=SourceKind.ORIGINAL)
    medium = models.ForeignKey(
        "publishing.OfficialMedium", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="来源媒体", help_text="转载自名单内官方媒体的，可以走转载审核。",
    )  # fmt: skip
    source_url = models.URLField("原文网址", blank=True, max_length=500, help_text="转载必填。")
    index_number = models.CharField("索引号", max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where given
    released_digest = models.CharField("已发布内容的摘要", max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField("发布时间", default=timezone.now, editable=False)
    source = models.CharField("信息来源", max_length=100)
    author = models.CharField("责任编辑", max_length=40, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    formed_on = models.DateField(
        "成文日期",
        null=True,
        blank=True,
        help_text="信息形成之日；应当自形成之日起 20 个工作日内公开（《条例》第二十六条）。",
    )
    topic = models.CharField("主题分类", max_length=60, blank=True, choices=topic_choices)
    category = models.CharField("法定类别", max_length=10, blank=True, choices=category_choices)
    catalogue_entry = models.ForeignKey(
        "publishing.CatalogueEntry", models.PROTECT, null=True, blank=True, related_name="items",
        verbose_name="目录事项", help_text="对应本机关主动公开基本目录里的哪一项。",
    )  # fmt: skip
    genre = models.CharField("体裁分类", max_length=10, blank=True, choices=[(kind, kind) for kind in GENRES])
    legacy_url = models.URLField("原网站网址", blank=True, max_length=500, editable=False)
    legacy_published_on = models.DateField("原网站发布日期", null=True, blank=True, editable=False)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = RichTextField("正文", features=TEXT_FEATURES)
    blocks = StreamField(ITEM_BLOCKS, blank=True, verbose_name="表格、图片、视频、图解、问答")

    content_panels = [
        *Page.content_panels,
        ProofPanel(heading="校对"),
        FieldPanel("body"),
        FieldPanel("blocks"),
        InlinePanel("attachments", heading="附件", label="附件"),
        MultiFieldPanel([FieldPanel("publicity"), FieldPanel("publicity_reason")], "公开属性"),
        MultiFieldPanel(
            [
                FieldPanel("organ"),
                FieldPanel("department"),
                FieldPanel("formed_on"),
                FieldPanel("document_number"),
                FieldPanel("author"),
            ],
            "发布机构和日期",
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_kind"),
                FieldPanel("source"),
                FieldPanel("medium"),
                FieldPanel("source_url"),
            ],
            "来源",
        ),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("catalogue_entry"),
                FieldPanel("topic"),
                FieldPanel("genre"),
                FieldPanel("summary"),
                FieldPanel("keywords"),
            ],
            "分类和检索",
        ),
    ]
    base_form_class = ItemForm
    template = "portal/item.html"
    parent_page_types = ["publishing.ColumnPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["index_number", "released_digest", "published_at"]

    preview_modes = [("", "普通模式"), (ELDER_PREVIEW, "长者模式")]
    default_preview_mode = ""

    class Meta:
        verbose_name = "信息"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as the public would see it; the portal draws the elder mode where the request says so."""
        request.elder_mode = mode_name == ELDER_PREVIEW  # type: ignore[attr-defined]
        return super().serve_preview(request, mode_name)

    @property
    def category_label(self) -> str:
        return label_of(self.category) if self.category else ""

    @property
    def plain_text(self) -> str:
        """Body and blocks as words, without markup."""
        return " ".join(filter(None, (words_of(self.body), words_of(self.blocks))))

    @property
    def is_listed_reprint(self) -> bool:
        """Whether it may take the short review: taken from listed official media, with the address to compare."""
        return (
            self.source_kind == self.SourceKind.REPRINT
            and self.medium is not None
            and self.medium.is_active
            and bool(self.source_url)
        )

    def clean(self) -> None:
        super().clean()
        faults = {}
        if self.publicity != self.Publicity.PROACTIVE and not self.publicity_reason.strip():
            faults["publicity_reason"] = "依申请公开、不予公开的，请写明理由。"
        if self.source_kind == self.SourceKind.REPRINT and not self.source_url:
            faults["source_url"] = "转载的信息请填写原文网址。"
        if self.formed_on is not None and self.formed_on > timezone.localdate():
            faults["formed_on"] = "成文日期晚于今天，请核对。"
        if self.department is not None and self.department.organ_id != self.organ_id:
            faults["department"] = "责任部门不属于发布机构，请重新选择。"
        if not all(picture.get("alt_text", "").strip() for picture in self._pictures()):
            faults["blocks"] = "有图片没有写“图片说明”，请补上：用一句话写出图上有什么。"
        if faults:
            raise ValidationError(faults)

    def _pictures(self) -> Iterator[Any]:
        for block in self.blocks:
            if block.block_type == "figure":
                yield block.value
            elif block.block_type == "diagram":
                yield from block.value["images"]

    def save(self, *args: Any, **given: Any) -> Any:
        """Refuse to go live, or to change while live, without the grant for exactly this content.

        Raises:
            NotReleased: there is no such grant, or the page is an alias, which can have none.
        """
        fields = given.get("update_fields")
        if fields is not None and not set(fields) - HOUSEKEEPING_FIELDS:
            return super().save(*args, **given)
        with transaction.atomic():
            if self.live:
                self._enter()
            else:
                self.released_digest = ""
            done = super().save(*args, **given)
            if self.live:
                self._end_older_grants()
        return done

    save.alters_data = True  # type: ignore[attr-defined]

    def _enter(self) -> None:
        """The gate itself."""
        if self.alias_of_id is not None:
            raise NotReleased(self.title, "别名页面没有自己的审核记录")
        digest = digest_of(self) if self.pk is not None and self.path else ""
        granted = self.pk is not None and self.release_grants.filter(
            digest=digest, revision=self.live_revision_id, ended_at=None
        )
        if not granted or not granted.exists():
            raise NotReleased(self.title)
        self.released_digest = digest
        if not self.index_number:
            self.published_at = timezone.now()
            counter = type(self)._meta.apps.get_model("publishing", "IndexCounter")
            self.index_number = counter.objects.next_number(self.organ, timezone.localdate().year)

    def _end_older_grants(self) -> None:
        """What was live before gives way to what is live now."""
        current = self.release_grants.filter(revision=self.live_revision_id, ended_at=None).last()
        older = self.release_grants.filter(ended_at=None, pk__lt=current.pk)
        older.update(ended_at=timezone.now(), ended_why="已由新的内容代替")

    def save_revision(self, *args: Any, **given: Any) -> Any:
        """A revision that someone reviews or released is never overwritten; autosave begins a new one."""
        earlier = given.get("overwrite_revision")
        if earlier is not None and self.reviews.filter(revision=earlier).exists():
            given["overwrite_revision"] = None
        return super().save_revision(*args, **given)

    save_revision.alters_data = True  # type: ignore[attr-defined]

    def with_content_json(self, content: Any) -> ItemPage:
        """Number and day of publication belong to the item, not to one of its versions."""
        made = super().with_content_json(content)
        made.index_number, made.released_digest = self.index_number, self.released_digest
        made.published_at = self.published_at
        return made
