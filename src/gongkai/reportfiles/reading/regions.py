"""Which lines belong to which table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.core.annual_report import Edition, TableId
from gongkai.core.annual_report.form import FORMS
from gongkai.reportfiles.reading.blocks import Line
from gongkai.reportfiles.reading.characters import canonical
from gongkai.reportfiles.reading.elements import split_line
from gongkai.reportfiles.reading.labels import HEAD_TWO, table_three_rows

_MAX_ROW = 120  # characters of a line that may be a table's
_AFTER = {TableId.TWO: "三四五六", TableId.THREE: "四五六", TableId.FOUR: "五六"}
_OWN = {TableId.TWO: "二", TableId.THREE: "三", TableId.FOUR: "四"}


def table_regions(lines: Sequence[Line], sections: dict[str, int]) -> dict[TableId, Sequence[Line]]:
    """The lines of each table: from its section's heading to the next; by its marks where headings lack."""
    regions: dict[TableId, Sequence[Line]] = {}
    marks = _marks(lines) if _are_misplaced(lines, sections) else {}
    for table in TableId:
        start = sections.get(_OWN[table])
        begin = marks.get(table, start + 1 if start is not None else None)
        if begin is None:
            regions[table] = ()
            continue
        ends = [sections[key] for key in _AFTER[table] if key in sections and sections[key] >= begin]
        ends += [at for other, at in marks.items() if at > begin and other.value > table.value]
        regions[table] = lines[begin : min(ends, default=len(lines))]
    return regions


def _are_misplaced(lines: Sequence[Line], sections: dict[str, int]) -> bool:
    """Whether headings lack, or the first row of table 三 stands elsewhere than between its heading and the next."""
    if any(key not in sections for key in "二三四"):
        return True
    first = table_three_rows(divided=True).name(0)
    start, end = sections["三"], sections["四"]
    return not _names(lines[start:end], first) and _names((*lines[:start], *lines[end:]), first)


def _names(lines: Sequence[Line], name: str) -> bool:
    return any(name in canonical(line.text) for line in lines if len(line.text) <= _MAX_ROW)


def _marks(lines: Sequence[Line]) -> dict[TableId, int]:
    """Where each table begins by the words that only it has."""
    rows = table_three_rows(divided=True)
    last = len(rows.rows) - 1
    head_two, first_three = canonical(HEAD_TWO), rows.name(0)
    block_one = canonical(FORMS[Edition.E2021].table2[0].title)
    four = canonical(FORMS[Edition.E2021].table4_rows[0].label)
    ended = False
    found: dict[TableId, int] = {}
    for at, line in enumerate(lines):
        if not line.text or len(line.text) > _MAX_ROW:
            continue
        name = canonical(line.text)
        if TableId.TWO not in found and (name.startswith((block_one, head_two))):
            found[TableId.TWO] = at
        elif TableId.THREE not in found and ("勾稽关系" in name or first_three in name):
            found[TableId.THREE] = at
        elif TableId.THREE in found and any(core in name for core in rows.cores(last)):
            ended = True
        elif ended and TableId.FOUR not in found and four in name:
            found[TableId.FOUR] = at
    return found


def holds_second_table(lines: Sequence[Line], region: Sequence[Line]) -> bool:
    """Whether the first and the last row of table 三 stand outside its region too: a second report."""
    inside = {id(line) for line in region}
    rows = table_three_rows(divided=True)
    first, last = rows.name(0), rows.name(len(rows.rows) - 1)
    if not _names(region, first):
        return False
    seen = {first: False, last: False}
    for line in lines:
        if len(line.text) > _MAX_ROW or id(line) in inside:
            continue
        for core in seen:
            if core in line.text and core in canonical(split_line(line.text)[0])[-len(core) :]:
                seen[core] = True
    return all(seen.values())


_ONLY_2019 = ("本年新制作数量", "本年新公开数量", "上一年项目数量", "采购项目数量")
_ONLY_2021 = ("本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额")


def edition_of_two(texts: Iterable[str]) -> Edition | None:
    """The edition by the column heads of table 二; None where they do not show it."""
    name = canonical("".join(texts))
    old = sum(label in name for label in _ONLY_2019)
    new = sum(label in name for label in _ONLY_2021)
    if old == new:
        return None
    return Edition.E2019 if old > new else Edition.E2021
