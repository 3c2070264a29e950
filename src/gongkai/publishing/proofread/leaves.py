"""Every text that an editor can write in an item, each with an address by which it can be set again.

An address is ``title``, ``body``, ``attachments/<position>``, or a path into the stored blocks such as
``blocks/2/value/pairs/0/value/answer``. A table is one text: cells separated by TAB, rows by line breaks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.publishing.proofread.rich_text import replaced_in_html, words_with_places

if TYPE_CHECKING:
    from gongkai.publishing.models import ItemPage

PLAIN_FIELDS = ("summary", "keywords", "search_description", "seo_title", "source", "document_number")
_RICH = {"in_words", "transcript", "answer"}
_LABELS = {
    "in_words": "图解文字版",
    "transcript": "视频文字稿",
    "answer": "答",
    "question": "问",
    "alt_text": "图片说明",
    "caption": "图下文字",
    "table_caption": "表格标题",
    "title": "相关链接名称",
}
_RUNNING = {"in_words", "transcript", "answer", "question"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text as stored: plain, HTML, or the cells of a table."""

    address: str
    label: str
    value: Any
    is_rich: bool = False
    is_running: bool = True

    @property
    def text(self) -> str:
        """What its reader sees."""
        if isinstance(self.value, list):
            return "\n".join("\t".join(_cell(cell) for cell in row) for row in self.value)
        return words_with_places(self.value).text if self.is_rich else str(self.value)


def _cell(cell: Any) -> str:
    return " ".join(str(cell or "").split("\n")).replace("\t", " ")


def leaves_of(item: ItemPage) -> Iterator[Leaf]:
    """Title, body and blocks in the order of reading, then what stands beside them."""
    yield Leaf("title", "标题", item.title)
    yield Leaf("body", "正文", item.body or "", is_rich=True)
    yield from _of_blocks(item)
    for name in PLAIN_FIELDS:
        label = str(item._meta.get_field(name).verbose_name)
        yield Leaf(name, label, getattr(item, name) or "", is_running=False)
    for number, attachment in enumerate(item.attachments.all()):
        yield Leaf(f"attachments/{number}", f"附件 {number + 1} 的名称", attachment.title, is_running=False)


def raw_blocks(item: ItemPage) -> list[Any]:
    """The blocks as they are stored."""
    return json.loads(json.dumps(list(item.blocks.get_prep_value()), default=str))


def _of_blocks(item: ItemPage) -> Iterator[Leaf]:
    for number, block in enumerate(raw_blocks(item)):
        place = f"blocks/{number}/value"
        if block["type"] == "text":
            yield Leaf(place, f"第 {number + 1} 块文字", block["value"] or "", is_rich=True)
        elif block["type"] == "table" and block["value"]:
            yield Leaf(f"{place}/data", f"第 {number + 1} 块表格", block["value"].get("data") or [])
            yield from _of_value(f"{place}", number, {"table_caption": block["value"].get("table_caption")})
        else:
            yield from _of_value(place, number, block["value"])


def _of_value(place: str, number: int, value: Any) -> Iterator[Leaf]:
    if isinstance(value, list):
        for at, part in enumerate(value):
            yield from _of_value(f"{place}/{at}", number, part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in _LABELS and isinstance(part, str):
                label = f"第 {number + 1} 块{_LABELS[name]}"
                yield Leaf(f"{place}/{name}", label, part, name in _RICH, name in _RUNNING)
            elif name not in {"id", "type"}:
                yield from _of_value(f"{place}/{name}", number, part)


def put_in(item: ItemPage, leaf: Leaf, start: int, end: int, replacement: str) -> None:
    """Replace a part of a leaf's text in the item, which is not saved here."""
    value = _changed(leaf, start, end, replacement)
    head, *rest = leaf.address.split("/")
    if head == "attachments":
        attachment = list(item.attachments.all())[int(rest[0])]
        attachment.title = value
    elif head == "blocks":
        raw = raw_blocks(item)
        _set(raw, rest, value)
        item.blocks = json.dumps(raw)
    else:
        setattr(item, head, value)


def _set(container: Any, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        container = container[int(step)] if isinstance(container, list) else container[step]
    container[path[-1]] = value


def _changed(leaf: Leaf, start: int, end: int, replacement: str) -> Any:
    if leaf.is_rich:
        return replaced_in_html(leaf.value, start, end, replacement)
    if not isinstance(leaf.value, list):
        return leaf.value[:start] + replacement + leaf.value[end:]
    rows = (leaf.text[:start] + replacement + leaf.text[end:]).split("\n")
    changed = [row.split("\t") for row in rows]
    return [
        [new if _cell(old) != new else old for old, new in zip(before, after, strict=True)]
        for before, after in zip(leaf.value, changed, strict=True)
    ]
