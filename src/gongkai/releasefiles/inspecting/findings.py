"""What may be found in a file besides what its reader sees, and the words for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

MAX_FINDINGS_PER_KIND = 20  # the rest is counted: a list of a thousand insertions helps nobody
_EXCERPT_CHARACTERS = 60


class Kind(StrEnum):
    """A kind of hidden content; the value is what is stored."""

    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden_text"
    PROPERTIES = "properties"
    EMBEDDED = "embedded"
    EXTERNAL_LINKS = "external_links"
    CACHED_DATA = "cached_data"
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_NAMES = "hidden_names"
    NOTES = "notes"
    HIDDEN_SLIDES = "hidden_slides"
    ANNOTATIONS = "annotations"
    SCRIPTS = "scripts"
    FORM_VALUES = "form_values"
    HIDDEN_LAYERS = "hidden_layers"
    COVERED_TEXT = "covered_text"
    INVISIBLE_TEXT = "invisible_text"
    PICTURE_METADATA = "picture_metadata"
    LOCATION = "location"
    THUMBNAIL = "thumbnail"
    PICTURE_TEXT = "picture_text"
    TRAILING_DATA = "trailing_data"
    EARLIER_STATES = "earlier_states"
    NOT_INSPECTED = "not_inspected"

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _WORDS[self][1]

    @property
    def fixable(self) -> bool:
        """Whether ``clean`` takes it out."""
        return self not in _BY_HAND


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``where`` is the place in the words of the program that opens the file; ``excerpt`` some of what is there,
    on one line, empty when there is nothing to quote.
    """

    kind: Kind
    where: str
    excerpt: str
    advice: str
    fixable: bool


class Found:
    """Collects findings, no more than MAX_FINDINGS_PER_KIND of a kind."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._counts: Counter[Kind] = Counter()

    def add(self, kind: Kind, where: str, excerpt: str = "") -> None:
        """One more; past the cap it is only counted."""
        self._counts[kind] += 1
        if self._counts[kind] <= MAX_FINDINGS_PER_KIND:
            self._findings.append(Finding(kind, where, shortened(excerpt), kind.advice, kind.fixable))

    def wants(self, kind: Kind) -> bool:
        """Is another of the kind still shown? If not, its place need not be worked out."""
        return self._counts[kind] < MAX_FINDINGS_PER_KIND

    def all(self) -> tuple[Finding, ...]:
        """In the order of kinds; a kind over the cap ends with a count of the rest."""
        rest = [
            Finding(kind, f"另有 {count - MAX_FINDINGS_PER_KIND} 处", "", kind.advice, kind.fixable)
            for kind, count in self._counts.items()
            if count > MAX_FINDINGS_PER_KIND
        ]
        order = list(Kind)
        return tuple(sorted(self._findings + rest, key=lambda finding: order.index(finding.kind)))


def shortened(text: str) -> str:
    """On one line, printable, and no longer than an excerpt may be."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _EXCERPT_CHARACTERS else line[: _EXCERPT_CHARACTERS - 2] + "……"


_BY_HAND = frozenset({Kind.CACHED_DATA, Kind.COVERED_TEXT, Kind.INVISIBLE_TEXT, Kind.NOT_INSPECTED})

_WORDS = {
    Kind.TRACKED_CHANGES: (
        "修订痕迹",
        "可自动清除：接受全部修订，只留下最后的文字。清除前请确认修订都应接受。",
    ),
    Kind.COMMENTS: ("批注", "可自动清除：删除全部批注和批注人姓名。"),
    Kind.HIDDEN_TEXT: ("隐藏文字", "可自动清除：删除设为隐藏的文字。如应公开，请先在原文件中取消隐藏。"),
    Kind.PROPERTIES: ("文档属性", "可自动清除：清空作者、单位等属性，标题保留。"),
    Kind.EMBEDDED: (
        "嵌入的对象或附件",
        "可自动清除：删除嵌入的文件，只留下它的图片。如应公开，请作为附件单独上传。",
    ),
    Kind.EXTERNAL_LINKS: ("外部链接", "可自动清除：断开指向本机、内网文件或模板的链接，文字保留。"),
    Kind.CACHED_DATA: (
        "数据缓存",
        "不能自动清除：请在 Excel 中把数据透视表和外部查询复制后“选择性粘贴为数值”，删除原表后再上传。",
    ),
    Kind.HIDDEN_SHEETS: (
        "隐藏的工作表",
        "可自动清除：删除隐藏的工作表，公式改为数值。如应公开，请先在原文件中取消隐藏。",
    ),
    Kind.HIDDEN_CELLS: (
        "隐藏的行或列",
        "可自动清除：清空隐藏的行和列，公式改为数值。如应公开，请先在原文件中取消隐藏或取消筛选。",
    ),
    Kind.HIDDEN_NAMES: ("隐藏的名称", "可自动清除：删除隐藏的定义名称。"),
    Kind.NOTES: ("演讲者备注", "可自动清除：删除全部备注页。"),
    Kind.HIDDEN_SLIDES: ("隐藏的幻灯片", "可自动清除：删除隐藏的幻灯片。如应公开，请先在原文件中取消隐藏。"),
    Kind.ANNOTATIONS: ("注释和批注", "可自动清除：删除批注、高亮、图章等注释，网址链接保留。"),
    Kind.SCRIPTS: ("脚本和动作", "可自动清除：删除脚本和自动执行的动作。"),
    Kind.FORM_VALUES: ("表单填写内容", "可自动清除：删除表单及所填内容。如应公开，请先“打印为 PDF”。"),
    Kind.HIDDEN_LAYERS: ("隐藏的图层", "可自动清除：删除不显示的图层内容。"),
    Kind.COVERED_TEXT: (
        "被色块遮盖的文字",
        "不能自动清除：色块下面的文字仍可复制。请用“涂黑”功能标出这些位置，真正去掉文字。",
    ),
    Kind.INVISIBLE_TEXT: (
        "不可见的文字层",
        "不能自动清除：扫描件的识别文字会被搜索到。请核对其中没有不应公开的内容；需要遮盖的请用“涂黑”功能。",
    ),
    Kind.PICTURE_METADATA: ("图片拍摄信息", "可自动清除：删除拍摄时间、设备等信息，画面不变。"),
    Kind.LOCATION: ("拍摄位置", "可自动清除：删除经纬度，画面不变。"),
    Kind.THUMBNAIL: ("缩略图", "可自动清除：删除缩略图；它可能显示处理以前的画面。"),
    Kind.PICTURE_TEXT: ("图片中的附加文字", "可自动清除：删除图片文件中不显示的文字，画面不变。"),
    Kind.TRAILING_DATA: ("图片末尾的附加数据", "可自动清除：删除画面以外的数据，画面不变。"),
    Kind.EARLIER_STATES: ("保存过的旧内容", "可自动清除：重写文件，只留下现在的内容。电子签名会因此失效。"),
    Kind.NOT_INSPECTED: ("无法检查", "不能自动清除：请另存为 docx、xlsx、pptx 或 PDF 后重新上传检查。"),
}
