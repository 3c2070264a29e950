"""What an item's fields say against each other and against the office's other items (ST-11, ST-13, ST-20).

Source: proofreading rules, section 5. A pure text knows neither the day it is released nor other papers' numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.core.proofreading import Severity
from gongkai.proofing.parts import Given
from gongkai.publishing.proofread.leaves import Leaf

if TYPE_CHECKING:
    from gongkai.publishing.models import ItemPage

_YEAR_OF_NUMBER = re.compile(r"[〔\[（(]\s?(\d{4})\s?[〕\]）)]")
_DEADLINE = re.compile(
    r"(?:截止(?:时间|日期)?|报名时间|截至|请于)[^。；\n\d]{0,8}(\d{4})年(\d{1,2})月(\d{1,2})日(?:之?前|止|截止)?"
)
_NUMBER = "document_number"


def facts_at_odds(item: ItemPage, leaves: list[Leaf]) -> Iterator[Given]:
    """Everything of this family."""
    if item.document_number:
        yield from _number(item)
    yield from _interpretation(item)
    for leaf in leaves:
        if leaf.is_running:
            yield from _deadlines(item, leaf)


def _number(item: ItemPage) -> Iterator[Given]:
    year = _YEAR_OF_NUMBER.search(item.document_number)
    if year and item.formed_on and int(year[1]) not in {item.formed_on.year, item.formed_on.year - 1}:
        says = f"文号是{year[1]}年的，成文日期是{item.formed_on.year}年"
        yield _given(_NUMBER, "文号", "ST-13", item.document_number, says, "核对文号和成文日期")
    same = (
        type(item)
        .objects.filter(document_number=item.document_number, organ=item.organ, live=True)
        .exclude(pk=item.pk)
        .exclude(title=item.title)
        .first()
    )
    if same is not None:
        says = f"已发布的“{same.title[:40]}”用了同一文号"
        yield _given(
            _NUMBER, "文号", "ST-13", item.document_number, says, "核对文号；转发、解读同一文件的可以保留"
        )


def _interpretation(item: ItemPage) -> Iterator[Given]:
    """An interpretation of the office's own that names no document of the register (portal-rules I-08)."""
    from gongkai.publishing.models import ColumnPage, ColumnType

    if item.pk is None or item.source_kind == "reprint":
        return
    column = ColumnPage.objects.parent_of(item).first()
    if column is None or column.column_type != ColumnType.INTERPRETATION or item.interprets.exists():
        return
    says = "放在政策解读栏目，还没有关联所解读的文件，解读和文件不能互相链接"
    advice = (
        "在“规范性文件”里打开所解读的文件，按“关联解读”选这条信息；解读的不是规范性文件的，写明理由后忽略"
    )
    yield _given("title", "标题", "ST-20", item.title, says, advice)


def _deadlines(item: ItemPage, leaf: Leaf) -> Iterator[Given]:
    """A last day that is over before the item can be read."""
    release = max(timezone.localdate(), item.go_live_at.date() if item.go_live_at else timezone.localdate())
    if item.live or item.legacy_published_on or (item.formed_on and (release - item.formed_on).days > 60):
        return  # an old paper put up now keeps its days
    for match in _DEADLINE.finditer(leaf.text):
        last = _day(match)
        if last is not None and last < release:
            says = f"截止日期{last:%Y-%m-%d}早于发布日期"
            yield _given(leaf.address, leaf.label, "ST-11", match[0], says, "核对日期")


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _given(address: str, label: str, rule: str, quote: str, says: str, advice: str) -> Given:
    return Given(address, label, rule, quote, says, advice, Severity.ERROR)
