"""A service guide (办事指南): its eight elements, its list of materials, and what makes it vague.

Source: the eight elements are those of the inspection indicator on guides (国办秘函〔2019〕19号, V-W-15; the first of
them read on one page, the rest and their number from memory, so the office's own list counts); vague catch-all words
are what D-09 finds fault with. Not the ground of any verdict: a guide that lacks one is not published by our own rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ELEMENTS = {
    "name": "事项名称",
    "basis": "设定依据",
    "conditions": "申请条件",
    "materials": "办理材料",
    "place": "办理地点",
    "hours": "办理时间",
    "telephone": "联系电话",
    "process": "办理流程",
}
VAGUE = (
    *("法律法规规定的其他", "法律、法规规定的其他", "规定的其他材料", "其他相关材料", "其他有关材料"),
    *("需要提供的其他", "要求的其他材料", "认为需要的其他", "按规定提供", "等材料"),
)
MATERIAL_PARTS = 4
MAX_COPIES = 99


class MaterialFaulty(ValueError):
    """A line of the list of materials cannot be read; the message is Chinese and names the line."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(f"材料清单第 {line} 行：{why}")


@dataclass(frozen=True, slots=True)
class Material:
    """One paper to bring: its name, how many copies, its form (原件, 复印件, 电子), a note."""

    name: str
    copies: int = 1
    form: str = "原件"
    note: str = ""

    @property
    def line(self) -> str:
        """The line that reads back as this."""
        return "｜".join([self.name, str(self.copies), self.form, self.note]).rstrip("｜")


def missing_elements(given: Mapping[str, object]) -> tuple[str, ...]:
    """The Chinese names of elements that are absent or blank, in the order of the list.

    >>> missing_elements({key: "有" for key in ELEMENTS if key != "hours"})
    ('办理时间',)
    """
    return tuple(label for key, label in ELEMENTS.items() if not _filled(given.get(key)))


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def vague_words(text: str) -> tuple[str, ...]:
    """Catch-all words of a text that leave the reader to guess, each once.

    >>> vague_words("法律法规规定的其他材料")
    ('法律法规规定的其他', '规定的其他材料')
    """
    return tuple(word for word in VAGUE if word in text)


def materials_of(text: str) -> tuple[Material, ...]:
    """Read a list of materials, one a line: name｜copies｜form｜note; all but the name may be left out.

    Raises:
        MaterialFaulty: a line with no name, too many parts, or a number of copies that is none.

    >>> materials_of("营业执照｜2｜复印件｜加盖公章")[0].copies
    2
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found.append(_material(number, line))
    return tuple(found)


def _material(number: int, line: str) -> Material:
    parts = [part.strip() for part in line.replace("|", "｜").split("｜")]
    if len(parts) > MATERIAL_PARTS:
        raise MaterialFaulty(number, "最多四段：名称｜份数｜形式｜说明，请删去多余的“｜”。")
    name, copies, form, note = [*parts, *[""] * (MATERIAL_PARTS - len(parts))]
    if not name:
        raise MaterialFaulty(number, "没有写材料名称。")
    count = copies.removesuffix("份") or "1"
    if not (count.isascii() and count.isdecimal() and 1 <= int(count) <= MAX_COPIES):
        raise MaterialFaulty(number, f"份数“{copies}”不是 1—{MAX_COPIES} 的数，请写成“2”。")
    return Material(name, int(count), form or "原件", note)
