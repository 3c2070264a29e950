"""The gazette as PDF: the same items give the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.gazette.text import pieces_of
from gongkai.publishing.models import ItemPage
from gongkai.reportfiles import fonts

_TEMPLATE = Path(__file__).with_name("gazette.typ")
_LOCK = Lock()  # the compiler holds state of its last run


def gazette_pdf(organ: Organ, year: int, month: int, items: list[ItemPage], at: datetime) -> bytes:
    """Draw an issue.

    Raises:
        ReviewRefused: a character is in none of the vendored fonts; nothing is substituted.
    """
    data = {
        "title": f"{organ.short_name or organ.name}公报（{year}年{month}月）",
        "organ": organ.name,
        "compiled": f"{timezone.localtime(at):%Y年%-m月%-d日}编",
        "items": [_item(item) for item in items],
    }
    given = json.dumps(data, ensure_ascii=False)
    if characters := fonts.missing(given):
        raise ReviewRefused(
            f"公报里有字库没有的字：{'、'.join(characters)}，请撤下改写那条信息，或者不收入公报。"
        )
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"gazette": given}, timestamp=at.astimezone(UTC).replace(microsecond=0),
            pdf_standards="a-2a",
        )  # fmt: skip
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def _item(item: ItemPage) -> dict[str, Any]:
    facts = [
        item.document_number,
        f"发布日期：{timezone.localdate(item.published_at):%Y-%m-%d}",
        item.index_number,
    ]
    has_more = len(item.blocks) > 0 or item.attachments.exists()
    more = f"本条另有表格、图片或者附件，见网站原文：{item.full_url}" if has_more and item.full_url else ""
    return {
        "title": item.title,
        "facts": "　".join(part for part in facts if part),
        "pieces": pieces_of(item.body),
        "more": more,
    }


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )
