"""What a file hides, as findings of the proofreader (ME-01 to ME-10 of the rules, 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.prooffiles.extract import Hidden
from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.inspecting import Kind, inspect

_RULES = {
    Kind.TRACKED_CHANGES: "ME-01",
    Kind.COMMENTS: "ME-02",
    Kind.PROPERTIES: "ME-03",
    Kind.HIDDEN_TEXT: "ME-04",
    Kind.EMBEDDED: "ME-05",
    Kind.EXTERNAL_LINKS: "ME-05",
    Kind.HIDDEN_SHEETS: "ME-06",
    Kind.HIDDEN_CELLS: "ME-06",
    Kind.HIDDEN_NAMES: "ME-06",
    Kind.CACHED_DATA: "ME-06",
    Kind.COVERED_TEXT: "ME-08",
    Kind.INVISIBLE_TEXT: "ME-08",
    Kind.LOCATION: "ME-09",
    Kind.PICTURE_METADATA: "ME-09",
}
# In nearly every file that a program made: named, but they do not stop a text.
_SLIGHT = frozenset(
    {Kind.PROPERTIES, Kind.THUMBNAIL, Kind.PICTURE_METADATA, Kind.PICTURE_TEXT, Kind.NOT_INSPECTED}
)
_SERIOUS = frozenset({Kind.TRACKED_CHANGES, Kind.COMMENTS, Kind.COVERED_TEXT})


def hidden_in(data: bytes, file_type: FileType) -> tuple[Hidden, ...]:
    """Everything the file carries besides what its reader sees; nothing when it cannot be inspected."""
    try:
        found = inspect(data, file_type)
    except CannotInspect as error:
        return (Hidden("ME-10", "整个文件", "", "无法检查隐藏内容", str(error), is_slight=True),)
    return tuple(
        Hidden(
            _RULES.get(each.kind, "ME-07"),
            each.where,
            each.excerpt,
            f"文件带有{each.kind.label}",
            each.advice,
            each.kind in _SERIOUS,
            each.kind in _SLIGHT,
        )
        for each in found
    )


def not_inspected(pages: int) -> Hidden:
    """Said of a file that is too long to look under everything in it."""
    return Hidden(
        "ME-10", "整个文件", "", f"有 {pages} 页，没有检查隐藏内容", "请拆分后再检查", is_slight=True
    )


_COMMENT = re.compile(r"<!--(?!\[if)(.{1,2000}?)-->", re.DOTALL)
_LOCAL_PATH = re.compile(r"file:///[^\s\"'<>]{1,200}|(?<![A-Za-z])[A-Z]:\\[^\s\"'<>]{2,200}")
_OFFICE_REST = re.compile(r"mso-[a-z-]{3,40}\s*:|</?o:p>")
_MOST = 20


def hidden_in_page(source: str) -> tuple[Hidden, ...]:
    """What the source of a web page says and its reader does not see (ME-11): comments, local paths, rests of Word."""
    return tuple(_in_page(source))


def _in_page(source: str) -> Iterator[Hidden]:
    for match in list(_COMMENT.finditer(source))[:_MOST]:
        text = " ".join(match[1].split())
        if re.search("[一-龥]", text):
            line = source.count("\n", 0, match.start()) + 1
            yield Hidden("ME-11", f"第 {line} 行", text[:60], "网页源码中有注释", "删去注释", is_slight=True)
    for match in list(_LOCAL_PATH.finditer(source))[:_MOST]:
        line = source.count("\n", 0, match.start()) + 1
        says = "网页中有本机路径"
        yield Hidden("ME-11", f"第 {line} 行", match[0][:60], says, "改为网址或删去")
    rest = _OFFICE_REST.search(source)
    if rest:
        says = "网页中残留 Word 的格式"
        yield Hidden("ME-11", "整个网页", rest[0], says, "粘贴时选择“只保留文本”", is_slight=True)
