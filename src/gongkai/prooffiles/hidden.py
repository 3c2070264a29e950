"""What a file hides, as findings of the proofreader (ME-01 to ME-10 of the rules, 7.2)."""

from __future__ import annotations

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
_SERIOUS = frozenset({Kind.TRACKED_CHANGES, Kind.COMMENTS, Kind.COVERED_TEXT})


def hidden_in(data: bytes, file_type: FileType) -> tuple[Hidden, ...]:
    """Everything the file carries besides what its reader sees; nothing when it cannot be inspected."""
    try:
        found = inspect(data, file_type)
    except CannotInspect as error:
        return (Hidden("ME-10", "整个文件", "", "无法检查隐藏内容", str(error), is_serious=False),)
    return tuple(
        Hidden(
            _RULES.get(each.kind, "ME-07"),
            each.where,
            each.excerpt,
            f"文件带有{each.kind.label}",
            each.advice,
            each.kind in _SERIOUS,
        )
        for each in found
    )


def not_inspected(pages: int) -> Hidden:
    """Said of a file that is too long to look under everything in it."""
    return Hidden(
        "ME-10", "整个文件", "", f"有 {pages} 页，没有检查隐藏内容", "请拆分后再检查", is_serious=False
    )
