"""Which row of the form does a label, or a torn piece of one, belong to?

Every label comes from ``core.annual_report.form``; this module only adds the short forms that offices print
instead. A piece of text gives *evidence* for rows; ``alignment`` decides from all evidence together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from gongkai.core.annual_report import Edition, TableId, result_leaves
from gongkai.core.annual_report.form import BLOCK_THREE_LABEL, FORMS, GROUP_LABELS, LITIGATION_LABEL, Row
from gongkai.reportfiles.reading.characters import canonical


class Strength(IntEnum):
    """How much a text says for a row."""

    PIECE = 1  # a part of the label
    ALIKE = 2  # nearly the label
    COMMON = 3  # the whole label, but of words that also occur elsewhere (其他, 总计)
    FULL = 4  # the whole label, and no other row's


class Setting(IntEnum):
    """What else a text may be."""

    LABEL = 0  # says something for at least one row, or is foreign to the table
    NEUTRAL = 1  # empty, or pieces of group labels and of 三、本年度办理结果 set upright
    GROUP = 2  # a group label in full, which has no figures of its own
    FOREIGN = 3  # words that the table does not have


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says: strength by position of the row in its ``RowSet``, and what the text is otherwise."""

    rows: Mapping[int, Strength]
    setting: Setting

    def only_full(self) -> int | None:
        """The row that it names beyond doubt, or None."""
        full = [row for row, strength in self.rows.items() if strength is Strength.FULL]
        return full[0] if len(full) == 1 else None


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row to look for: key, label, other spellings, how many figures it holds (0: a heading)."""

    key: str
    label: str
    others: tuple[str, ...]
    figures: int


HEAD_TWO = "信息内容"  # heads the first column of every block of table 二
# Short forms printed in place of the form's labels.
_SHORT_FORMS: Mapping[str, tuple[str, ...]] = {
    "r1": ("本年新收", "本年新收申请数量", "本年度新收政府信息公开申请数量", "新收政府信息公开申请数量"),
    "r2": ("上年结转", "上年结转申请数量", "上年度结转政府信息公开申请数量"),
    "r3_3_3": ("危及三安全一稳定信息",),
    "r3_3_5": ("属于内部事务信息", "内部事务信息"),
    "r3_3_6": ("属于过程性信息", "过程性信息"),
    "r3_3_7": ("行政执法案卷",),
    "r3_3_8": ("行政查询事项",),
    "r3_6_1": ("逾期不补正", "逾期未补正", "申请人逾期不补正"),
    "r3_6_2": ("逾期不缴费", "逾期未缴费", "逾期不缴纳费用", "申请人逾期不缴费"),
    "r3_7": ("合计",),
    "r4": ("结转下年度", "结转下年继续办理", "结转下年度办理"),
    "normative": ("规范性文件", "行政规范性文件"),
    "fees": ("行政事业性收费金额", "行政事业性收费项目"),
    "procurement": ("集中采购",),
    "other_services": ("其他对外管理服务",),
    "direct_suit": ("未经复议",),
}
# Labels whose words stand elsewhere in the tables too; alone on a line they prove nothing.
_COMMON = frozenset({"其他", "总计", "合计"})
_UPRIGHT = canonical(BLOCK_THREE_LABEL)
_NUMBER_START = re.compile(
    r"^\s*(?:（\s*[一二三四五六七]\s*）|\(\s*[一二三四五六七]\s*\)|[一二三四]\s*、|\d\s*[.．、,，])"
)
_MIN_RATIO = 0.72
_MIN_LEAD = 0.1


class RowSet:
    """The rows of one table in printed order, and what any text says for them."""

    def __init__(self, rows: tuple[RowSpec, ...], groups: tuple[str, ...] = ()) -> None:
        self.rows = rows
        self._groups = tuple(canonical(group) for group in groups)
        # What may stand before a label on its line: group labels, whole, torn or upright, and numbering.
        self._before_labels = re.compile(rf"[0-9一二三四五六七{_UPRIGHT}{''.join(self._groups)}]{{0,16}}")
        self._numbered = [canonical(row.label) for row in rows]
        self._cores = [_cores(row) for row in rows]
        self._exact: dict[str, dict[int, Strength]] = {}
        for at in range(len(rows)):
            for name in {self._numbered[at], *self._cores[at]}:
                strength = Strength.COMMON if name in _COMMON else Strength.FULL
                self._exact.setdefault(name, {})[at] = strength
        self._memory: dict[str, Evidence] = {}

    def evidence(self, text: str) -> Evidence:
        """What a text says; remembered, since reports repeat the same labels."""
        known = self._memory.get(text)
        if known is None:
            if len(self._memory) > 20_000:
                self._memory.clear()
            known = self._memory[text] = self._judge(text)
        return known

    def cores(self, at: int) -> tuple[str, ...]:
        """The spellings of a row's label without numbering, canonical."""
        return self._cores[at]

    def name(self, at: int) -> str:
        """The form's own label of a row without numbering, canonical."""
        return canonical(_NUMBER_START.sub("", self.rows[at].label, count=1))

    def _judge(self, text: str) -> Evidence:
        name = canonical(text)
        if not name:
            return Evidence({}, Setting.NEUTRAL)
        if name in self._exact:
            return Evidence(self._exact[name], Setting.LABEL)
        if name in self._groups:
            return Evidence({}, Setting.GROUP)
        contained = self._contained(name)
        if contained is not None:
            return contained
        leaf = self._without_groups(text)
        if not leaf:
            group = any(name.endswith(label) for label in self._groups)
            # 理 of 办理 set upright is a piece of 处理 too: such words say nothing for a row.
            return Evidence({}, Setting.GROUP if group else Setting.NEUTRAL)
        if leaf in self._exact:
            return Evidence(self._exact[leaf], Setting.LABEL)
        # （四）1.本机关不掌握: the number of a group label run into a piece of its first row's label.
        # 其他 息公开申请: 其他 is a row's label, but beside a piece of another it is （六）'s.
        pieces = (
            self._pieces(leaf)
            or self._pieces(name)
            or self._pieces(leaf.lstrip("三四五六"))
            or self._pieces(leaf.removeprefix("其他"))
        )
        if pieces:
            return Evidence(pieces, Setting.LABEL)
        alike = self._alike(leaf)
        return Evidence(alike, Setting.LABEL if alike else Setting.FOREIGN)

    def _contained(self, name: str) -> Evidence | None:
        """A whole label with something before or after it that is a group label, its pieces or numbering."""
        hits = [
            (len(core), at, core)
            for at, cores in enumerate(self._cores)
            for core in cores
            if len(core) >= 4 and core in name
        ]
        if not hits:
            return None
        longest = max(hits)
        at, core = longest[1], longest[2]
        before, _, after = name.partition(core)
        others = {row for _, row, found in hits if row != at and found not in core}
        if others:
            return Evidence(dict.fromkeys({at, *others}, Strength.PIECE), Setting.FOREIGN)
        if self._before_labels.fullmatch(before) and after in self._tails(at, core):
            return Evidence({at: Strength.FULL}, Setting.LABEL)
        if len(before) + len(after) > len(core) // 2:
            return Evidence({}, Setting.FOREIGN)
        return Evidence({at: Strength.ALIKE}, Setting.LABEL)

    def _tails(self, at: int, core: str) -> set[str]:
        """What may follow a short form: the rest of the full label, in whole or in part."""
        full = self._numbered[at]
        place = full.find(core)
        rest = full[place + len(core) :] if place >= 0 else ""
        return {rest[:end] for end in range(len(rest) + 1)}

    def _without_groups(self, text: str) -> str:
        """Drop words that are pieces of a group label or of 三、本年度办理结果; canonical."""
        kept: list[str] = []
        for word in text.split():
            name = canonical(word)
            if not name or self._is_group_piece(name):
                continue
            kept.append(name)
        if not kept:
            return ""
        kept[0] = self._without_group_head(kept[0])
        return "".join(kept)

    def _without_group_head(self, name: str) -> str:
        """Drop a whole group label, or all of 三、本年度办理结果, at the start of a run-on text."""
        changed = True
        while changed and name:
            changed = False
            for label in (_UPRIGHT, *self._groups):
                if name.startswith(label):
                    name, changed = name[len(label) :], True
        return name

    def _is_group_piece(self, name: str) -> bool:
        if name in _UPRIGHT or (len(name) <= 6 and self._before_labels.fullmatch(name)):
            return name not in self._exact and not name.isdigit()
        return any(name in label for label in self._groups) and name not in self._exact

    def _pieces(self, name: str) -> dict[int, Strength]:
        if not name or name.isdigit():
            return {}
        return {
            at: Strength.PIECE
            for at, (full, cores) in enumerate(zip(self._numbered, self._cores, strict=True))
            if name in full or any(name in core for core in cores)
        }

    def _alike(self, name: str) -> dict[int, Strength]:
        if len(name) < 4:
            return {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(name)
        scored = []
        for at, (full, cores) in enumerate(zip(self._numbered, self._cores, strict=True)):
            best = 0.0
            for candidate in {full, *cores}:
                matcher.set_seq1(candidate)
                if matcher.quick_ratio() > _MIN_RATIO:
                    best = max(best, matcher.ratio())
            scored.append((best, at))
        scored.sort(reverse=True)
        (best, at), second = scored[0], scored[1][0] if len(scored) > 1 else 0.0
        if best < _MIN_RATIO or best - second < _MIN_LEAD:
            return {}
        number, expected = name[0], self._numbered[at][0]
        if number.isdigit() and expected.isdigit() and number != expected:
            return {}
        return {at: Strength.ALIKE}


def _cores(row: RowSpec) -> tuple[str, ...]:
    """The label without numbering, its part before a bracket or comma, its short forms; longest first."""
    plain = _NUMBER_START.sub("", row.label, count=1)
    names = {canonical(plain), *(canonical(other) for other in row.others)}
    if row.figures:
        names.add(canonical(re.split(r"（区分|、行政机关", plain)[0]))
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _spec(row: Row, figures: int) -> RowSpec:
    return RowSpec(row.key, row.label, _SHORT_FORMS.get(row.key, ()), figures)


@lru_cache(maxsize=8)
def table_three_rows(*, divided: bool) -> RowSet:
    """The rows of table 三; both editions share them but for （六）."""
    form = FORMS[Edition.E2021]
    rows = (
        *form.table3_rows[:2],
        *result_leaves(form, six_divided=divided),
        *form.table3_rows[-2:],
    )
    groups = [label for key, label in GROUP_LABELS.items() if divided or key != "r3_6"]
    width = len(form.table3_columns)
    return RowSet(tuple(_spec(row, width) for row in rows), (BLOCK_THREE_LABEL, *groups))


@lru_cache(maxsize=8)
def table_two_rows(edition: Edition) -> RowSet:
    """The rows of table 二 with the headings of its blocks between them (no figures)."""
    rows: list[RowSpec] = []
    for block in FORMS[edition].table2:
        rows.append(RowSpec("", block.title, (), 0))
        rows.append(RowSpec("", HEAD_TWO, (HEAD_TWO + "".join(column.label for column in block.columns),), 0))
        rows += [_spec(row, len(block.columns)) for row in block.rows]
    return RowSet(tuple(rows))


@lru_cache(maxsize=1)
def table_four_rows() -> RowSet:
    """The three blocks of table 四, for reports that print them one below the other."""
    form = FORMS[Edition.E2021]
    width = len(form.table4_columns)
    return RowSet(tuple(_spec(row, width) for row in form.table4_rows), (LITIGATION_LABEL,))


def rows_of(table: TableId, edition: Edition, *, divided: bool) -> RowSet:
    """The rows to look for in one table."""
    if table is TableId.TWO:
        return table_two_rows(edition)
    return table_three_rows(divided=divided) if table is TableId.THREE else table_four_rows()
