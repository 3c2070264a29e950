"""Names of bodies and laws that changed on a day (OL, LW), and what number-headed phrases hold (TM-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from gongkai.core.proofreading import scanning
from gongkai.core.proofreading.findings import BY_LABEL, Hit, Severity
from gongkai.core.proofreading.masks import Masks, speaks_of_the_past
from gongkai.core.proofreading.paper import Paper
from gongkai.core.proofreading.tables import table

_REACH = 40
_GRACE = timedelta(days=90)  # until the new body has its sign on the door


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    pattern: re.Pattern[str]
    present: str
    since: date
    severity: Severity
    mark: str


@cache
def _names() -> tuple[_Name, ...]:
    return tuple(
        _Name(
            row["id"],
            re.compile(row["pattern"]),
            row["replacement"],
            date.fromisoformat(row["from"]),
            BY_LABEL[row["severity"]],
            row["source"],
        )
        for row in table("dated_names")
    )


@scanning.register("former names")
def _anchors() -> list[tuple[str, int]]:
    number = {name.id: at for at, name in enumerate(_names())}
    return [
        (anchor, number[row["id"]])
        for row in table("anchors")
        if row["id"] in number
        for anchor in row["anchors"].split("\x1f")
    ]


def find_former(paper: Paper, masks: Masks) -> Iterator[Hit]:
    """Former names in a text written after the change, unless the sentence speaks of the past."""
    text = paper.text
    for which, start, end in scanning.places(paper, "former names"):
        name = _names()[which]
        if paper.on < name.since + _GRACE:
            continue
        low = max(0, start - _REACH)
        for match in name.pattern.finditer(text, low, min(len(text), end + _REACH)):
            if not match.start() <= start < match.end():
                continue
            law = name.id.startswith("LW")
            if not law and masks.cover(*match.span()):
                break
            if speaks_of_the_past(text, *match.span(), name.since.year):
                break
            about = "已由新的法律法规代替" if law else "已经改名或撤并"
            yield Hit(
                name.id,
                *match.span(),
                name.present,
                name.severity,
                f"自{name.since.year}年{name.since.month}月起{about}；叙述当时的事情可以保留",
                name.mark,
            )
            break


_LIST_AFTER = 60


@cache
def _formulations() -> tuple[tuple[str, tuple[str, ...], bool, str], ...]:
    return tuple(
        (row["name"], tuple(row["items"].split(";")), bool(row["ordered"]), row["mark"])
        for row in table("formulations")
    )


@scanning.register("formulations")
def _heads() -> list[tuple[str, int]]:
    return [(name, at) for at, (name, *_rest) in enumerate(_formulations())]


def find_formulations(paper: Paper) -> Iterator[Hit]:
    """A number-headed phrase whose list, in brackets after it, lacks an item, has another, or is out of order."""
    for which, _, end in scanning.places(paper, "formulations"):
        name, items, ordered, mark = _formulations()[which]
        opened = re.compile(r"”?[^，。；（\n]{0,6}（").match(paper.text, end, end + 12)
        if opened is None:
            continue
        closed = paper.text.find("）", opened.end(), opened.end() + 160)
        if closed < 0:
            continue
        listed = tuple(part.strip() for part in re.split("[、，,；]", paper.text[opened.end() : closed]))
        if problem := _problem(listed, items, ordered):
            yield Hit(
                "TM-01",
                opened.end(),
                closed,
                "、".join(items),
                Severity.HINT if "mem" in mark else Severity.ERROR,
                f"“{name}”的内容{problem}",
                mark,
            )


def _problem(listed: tuple[str, ...], items: tuple[str, ...], ordered: bool) -> str:
    """What is wrong with a list; empty when it is right, or is not a list of these items."""
    known = [item for item in listed if item in items]
    if len(known) * 2 < len(items) or len(listed) < 2:
        return ""
    missing = [item for item in items if item not in listed]
    strange = [item for item in listed if item not in items]
    if missing and not strange:
        return f"缺少“{missing[0]}”"
    if missing and strange:
        return f"中“{strange[0]}”应当是“{missing[0]}”"
    if strange:
        return f"多出“{strange[0]}”"
    return "次序不对" if ordered and list(listed) != list(items) else ""
