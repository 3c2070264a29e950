"""What an item shows besides its running text: tables, pictures, video, 图解, 问答.

Every block prints without JavaScript; a picture says what it shows, for those who do not see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
MAX_TABLE_ROWS = 500
MAX_TABLE_CELLS = 6_000
_TABLE_OPTIONS = {"startRows": 3, "startCols": 3, "renderer": "text", "language": "en-US"}


def refuse_large_table(rows: int, columns: int) -> None:
    """Raise ValidationError for a table that no page can show; it belongs into an attachment."""
    if rows > MAX_TABLE_ROWS or rows * columns > MAX_TABLE_CELLS:
        raise ValidationError(
            f"表格有 {rows} 行 {columns} 列，网页最多显示 {MAX_TABLE_ROWS} 行、{MAX_TABLE_CELLS} 格。"
            "请把整张表存成 XLSX 作为附件上传，正文里只放摘要。"
        )


class DataTableBlock(TableBlock):
    """A table whose first row, or first column, heads the others."""

    def __init__(self, **given: Any) -> None:
        super().__init__(table_options=dict(_TABLE_OPTIONS), **given)

    def clean(self, value: Any) -> Any:
        rows = (value or {}).get("data") or []
        refuse_large_table(len(rows), max((len(row) for row in rows), default=0))
        if not any(cell for row in rows for cell in row):
            raise ValidationError("表格是空的，请填写或者删去这个表格。")
        return super().clean(value)

    class Meta:
        label, icon, template = "表格", "table", "publishing/blocks/table.html"


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows in words."""

    image = ImageChooserBlock(label="图片")
    alt_text = blocks.CharBlock(
        label="图片说明（读屏用）",
        max_length=200,
        help_text="用一句话写出图上有什么，看不见图的人靠它。必填。",
    )
    caption = blocks.CharBlock(label="图下文字", max_length=200, required=False)

    class Meta:
        label, icon, template = "图片", "image", "publishing/blocks/figure.html"


class DiagramBlock(blocks.StructBlock):
    """图解: pictures in their order, and the same in words."""

    images = blocks.ListBlock(FigureBlock(), label="图", min_num=1, max_num=30)
    in_words = blocks.RichTextBlock(
        label="文字版", features=TEXT_FEATURES, help_text="图里的文字写在这里，供检索和读屏。必填。"
    )

    class Meta:
        label, icon, template = "图解", "image", "publishing/blocks/diagram.html"


class VideoBlock(blocks.StructBlock):
    """A video file of ours, with its words."""

    video = DocumentChooserBlock(label="视频文件", help_text="MP4 或 WebM。")
    caption = blocks.CharBlock(label="标题", max_length=200)
    transcript = blocks.RichTextBlock(
        label="文字稿", features=TEXT_FEATURES, help_text="视频里说了什么；听不见的人靠它。必填。"
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        name = cleaned["video"].file.name.lower()
        if not name.endswith((".mp4", ".webm")):
            raise blocks.StructBlockValidationError({"video": ValidationError("视频请用 MP4 或 WebM 文件。")})
        return cleaned

    class Meta:
        label, icon, template = "视频", "media", "publishing/blocks/video.html"


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label="问", max_length=200)
    answer = blocks.RichTextBlock(label="答", features=TEXT_FEATURES)


class QuestionsBlock(blocks.StructBlock):
    """问答."""

    pairs = blocks.ListBlock(QuestionBlock(), label="问答", min_num=1)

    class Meta:
        label, icon, template = "问答", "help", "publishing/blocks/questions.html"


class LinkBlock(blocks.StructBlock):
    """A link to another site, named."""

    title = blocks.CharBlock(label="名称", max_length=100)
    url = blocks.URLBlock(label="网址")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if urlsplit(cleaned["url"]).scheme not in {"http", "https"}:
            raise blocks.StructBlockValidationError(
                {"url": ValidationError("网址应以 http:// 或 https:// 开头。")}
            )
        return cleaned

    class Meta:
        label, icon, template = "相关链接", "link", "publishing/blocks/link.html"


ITEM_BLOCKS = [
    (
        "text",
        blocks.RichTextBlock(label="文字", features=TEXT_FEATURES, template="publishing/blocks/text.html"),
    ),
    ("table", DataTableBlock()),
    ("figure", FigureBlock()),
    ("diagram", DiagramBlock()),
    ("video", VideoBlock()),
    ("questions", QuestionsBlock()),
    ("link", LinkBlock()),
]


_NO_WORDS = {"id", "type", "image", "video", "url", "table_header_choice", "cell", "mergeCells"}


def words_of(value: Any) -> str:
    """The words of a stored block value, for search, digests of change and proofreading; files count by their titles."""
    return " ".join(_words(value))


def _words(value: Any) -> Iterator[str]:
    if hasattr(value, "get_prep_value"):
        value = value.get_prep_value()
    if isinstance(value, str):
        text = strip_tags(value.replace("</", " </"))
        yield " ".join(text.split())
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_WORDS:
                yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)


def stored(kind: str, value: Any) -> dict[str, Any]:
    """A block as StreamField keeps it; for importers."""
    return {"type": kind, "value": json.loads(json.dumps(value))}
