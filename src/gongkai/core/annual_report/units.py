"""The tree of units over which reports are summed, and which of them count (``disclosure-law`` §2.9).

A unit that has counted units under it is a container: its own report is a roll-up already, so it is compared
with the sum of what is under it and never added. Where a government's own figures (本级) are to count, they
stand in the tree as a unit of their own under it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DEEPEST = 20  # levels; a province, its villages and room to spare


class UnitTreeError(ValueError):
    """A list of units that is no tree; ``str()`` is Chinese and fit to show.

    Attributes:
        row: line in the list, from 1, None where no single line is at fault.
    """

    def __init__(self, row: int | None, reason: str) -> None:
        self.row, self.reason = row, reason
        super().__init__(f"第 {row} 行：{reason}" if row else reason)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes:
        parent: code of the unit above, "" at the top.
        counted: False keeps it and all under it out of the sum, for ``reason``.
        row: line in the list it came from, 0 where there is none.
    """

    code: str
    parent: str
    name: str
    counted: bool = True
    reason: str = ""
    row: int = 0


class UnitTree:
    """Units by code, checked: codes are unique, parents exist, nobody is above himself."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Raises UnitTreeError."""
        self._units: dict[str, Unit] = {}
        self._children: dict[str, list[Unit]] = {}
        self._by_name: dict[str, list[Unit]] = {}
        for unit in units:
            self._add(unit)
        if not self._units:
            raise UnitTreeError(None, "单位清单中没有单位，请至少填写一行。")
        for unit in self._units.values():
            self._check_way_up(unit)
        self._reporting = {unit.code: self._count_below(unit) for unit in self._units.values()}

    def _add(self, unit: Unit) -> None:
        if not unit.code:
            raise UnitTreeError(unit.row or None, "没有填写单位代码（code）。")
        if unit.code in self._units:
            first = self._units[unit.code]
            raise UnitTreeError(
                unit.row or None, f"单位代码“{unit.code}”与第 {first.row} 行重复，请改成唯一的代码。"
            )
        self._units[unit.code] = unit
        self._children.setdefault(unit.parent, []).append(unit)
        self._by_name.setdefault(plain_name(unit.name), []).append(unit)

    def _check_way_up(self, unit: Unit) -> None:
        seen = [unit.code]
        at = unit
        while at.parent:
            above = self._units.get(at.parent)
            if above is None:
                raise UnitTreeError(
                    at.row or None,
                    f"单位“{at.code}”的上级代码“{at.parent}”不在清单中，请补上该单位或更正代码。",
                )
            if above.code in seen:
                circle = " → ".join([*seen[seen.index(above.code) :], above.code])
                raise UnitTreeError(unit.row or None, f"单位的上下级关系成环（{circle}），请更正上级代码。")
            seen.append(above.code)
            if len(seen) > DEEPEST:
                raise UnitTreeError(
                    unit.row or None, f"单位“{unit.code}”的层级超过 {DEEPEST} 级，请核对上级代码。"
                )
            at = above

    def _count_below(self, unit: Unit) -> int:
        return sum(child.counted for child in self.children(unit.code))

    def __len__(self) -> int:
        return len(self._units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __getitem__(self, code: str) -> Unit:
        return self._units[code]

    def children(self, code: str) -> tuple[Unit, ...]:
        """Units directly under a code ("" for the top), in list order."""
        return tuple(self._children.get(code, ()))

    def is_container(self, unit: Unit) -> bool:
        """Whether counted units stand under it."""
        return self._reporting[unit.code] > 0

    def codes_below(self, code: str) -> frozenset[str]:
        """Codes of every unit under one, at any depth, without itself."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            children = [child.code for child in self.children(waiting.pop())]
            found.update(children)
            waiting += children
        return frozenset(found)

    def root(self) -> Unit | None:
        """The one unit at the top, None where there are several."""
        tops = self.children("")
        return tops[0] if len(tops) == 1 else None

    def find(self, stem: str, agency: str) -> Unit | None:
        """The unit a report is from: by the code that its file name is or begins with, or by the agency's name.

        A name borne by several units finds none of them.
        """
        if stem in self._units:
            return self._units[stem]
        code = re.split(r"[\s_\-—.（(]", stem, maxsplit=1)[0]
        if code in self._units:
            return self._units[code]
        for name in (agency, stem):
            named = self._by_name.get(plain_name(name), ())
            if len(named) == 1:
                return named[0]
        return None


def plain_name(name: str) -> str:
    """An organ's name for comparison: no spaces, full-width forms folded, 人民政府 and 管委会 in one form each."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return folded.replace("管理委员会", "管委会")
