"""The pattern tables (typing errors, punctuation, numerals, units, secrecy, leftovers) as rules.

Each pattern is tried only around a literal that every match of it holds, and never farther than ``REACH`` characters
from it: a line of ten million characters costs no more than ten million characters in lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.core.proofreading import scanning
from gongkai.core.proofreading.findings import BY_LABEL, Hit, Severity
from gongkai.core.proofreading.paper import Paper
from gongkai.core.proofreading.replacing import REPLACEMENTS
from gongkai.core.proofreading.tables import Row, table

REACH = 90
MAX_TRIES = (
    30_000  # of one pattern in one text: beyond it the text is bait, or has one kind of error throughout
)
_FAMILIES = (
    "typing",
    "confusions",
    "punctuation",
    "numerals",
    "secrecy",
    "leftovers",
    "own_patterns",
    "terms",
)
_SAYS = {
    "TY": "用字错误",
    "CF": "用字错误或漏字",
    "TM": "固定提法写错",
    "XH": "新闻用语规范：慎用或禁用的说法",
    "RG": "涉港澳台或行政区域名称的写法不规范",
    "TR": "语义重复或搭配不当",
}
_SEVERITIES = {"SE-06": Severity.ERROR, "SE-09": Severity.HINT}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``template`` is put in by ``re.sub`` for typing errors; else ``advice`` says what to do."""

    id: str
    pattern: re.Pattern[str]
    template: str
    severity: Severity
    message: str
    advice: str
    mark: str

    def hit(self, match: re.Match[str]) -> Hit:
        """What a match of the pattern says."""
        replacement = self._replacement(match)
        return Hit(
            self.id,
            match.start(),
            match.end(),
            replacement or self.advice,
            self.severity,
            self.message,
            self.mark,
            replacement,
            lexical=self._is_wording,
        )

    @property
    def _is_wording(self) -> bool:
        return self.id[:2] in {"TY", "CF", "TM", "XH", "RG", "TR"}

    def _replacement(self, match: re.Match[str]) -> str | None:
        if self.id[:2] in {"TY", "CF"}:
            return match.expand(self.template)
        replace = REPLACEMENTS.get(self.id)
        return replace(match) if replace else None


@cache
def rules() -> tuple[Rule, ...]:
    """Every pattern that has anchors; those without are read by rules of structure."""
    anchored = {row["id"] for row in table("anchors")}
    narrowed = {row["id"]: row for row in table("narrowed")}
    words = {row["id"]: row for row in table("messages")}
    return tuple(
        _rule(row, narrowed.get(row["id"], {}), words.get(row["id"], {}))
        for family in _FAMILIES
        for row in table(family)
        if row["id"] in anchored
    )


def _rule(row: Row, narrowed: Row, words: Row) -> Rule:
    pattern = narrowed.get("pattern") or row.get("pattern") or row["pattern (Python re, multiline)"]
    severity = BY_LABEL.get(narrowed.get("severity") or row.get("severity", ""))
    return Rule(
        row["id"],
        re.compile(pattern, re.MULTILINE),
        row.get("replacement", ""),
        severity or _SEVERITIES.get(row["id"], Severity.SERIOUS),
        words.get("message") or _SAYS.get(row["id"][:2], ""),
        words.get("advice") or row.get("replacement", ""),
        row.get("source") or "ours",
    )


def find(paper: Paper) -> Iterator[Hit]:
    """Everything the tables find."""
    text = paper.text
    every = rules()
    reached: dict[int, int] = {}
    tries = [0] * len(every)
    for which, start, end in scanning.places(paper, "patterns"):
        tries[which] += 1
        if tries[which] > MAX_TRIES:
            continue
        rule = every[which]
        low = max(0, start - REACH, reached.get(which, 0))
        if low > start:
            continue
        high = min(len(text), end + REACH)
        for match in rule.pattern.finditer(text, low, high):
            if match.end() == high < len(text) and match.start() > start:
                break
            reached[which] = max(match.end(), match.start() + 1)
            yield rule.hit(match)
            if match.start() > end:
                break


@scanning.register("patterns")
def _anchors() -> list[tuple[str, int]]:
    number = {rule.id: at for at, rule in enumerate(rules())}
    return [
        (anchor, number[row["id"]])
        for row in table("anchors")
        if row["id"] in number
        for anchor in row["anchors"].split("\x1f")
    ]
