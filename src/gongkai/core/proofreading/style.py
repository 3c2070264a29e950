"""The office's own style book: entries, a white list, waivers. All of it is data that the caller brings.

Entries are literals, never patterns: no entry can make a check slow, and one that would find everything is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.proofreading.errors import EntryFaulty
from gongkai.core.proofreading.findings import Severity
from gongkai.core.proofreading.knowledge import Knowledge

_LONGEST = 60
# What stands in every text: an entry made of these alone would find everything.
_EVERYWHERE = frozenset("的一是了在和有为不对中与及等、，。；：（）“”《》年月日 \t\n\u3000")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``wrong`` is found unless it stands inside one of ``unless`` (words that hold it by chance).

    ``must_find`` and ``must_not_find`` are its tests; an entry that fails them is refused.
    """

    wrong: str
    right: str
    severity: Severity = Severity.ERROR
    reason: str = "本机关用语规范"
    unless: tuple[str, ...] = ()
    must_find: tuple[str, ...] = ()
    must_not_find: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_boundless(self.wrong, "规范用语条目")
        if self.wrong == self.right:
            raise EntryFaulty(f"规范用语条目“{self.wrong}”的错误写法和正确写法相同，请改正。")
        if len(self.wrong) > _LONGEST or len(self.right) > _LONGEST:
            raise EntryFaulty(f"规范用语条目“{self.wrong[:20]}……”超过 {_LONGEST} 字，请缩短。")
        for sample in self.must_find:
            if not any(True for _ in self.places(sample)):
                raise EntryFaulty(f"规范用语条目“{self.wrong}”在例句“{sample}”中没有找到，请改条目或例句。")
        for sample in self.must_not_find:
            if any(True for _ in self.places(sample)):
                raise EntryFaulty(f"规范用语条目“{self.wrong}”误报了例句“{sample}”，请在例外词中列出。")

    def places(self, text: str) -> list[int]:
        """Where the entry is found."""
        found = []
        at = text.find(self.wrong)
        while at >= 0:
            if not self.excused(text, at):
                found.append(at)
            at = text.find(self.wrong, at + 1)
        return found

    def excused(self, text: str, at: int) -> bool:
        """Is the place part of a longer word that holds it by chance?"""
        for word in self.unless:
            within = word.find(self.wrong)
            while within >= 0:
                if text.startswith(word, at - within) and at >= within:
                    return True
                within = word.find(self.wrong, within + 1)
        return False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person decided to keep, with the reason: for one rule and one quote."""

    rule: str
    quote: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise EntryFaulty("不予更正的条目要写明理由。")
        if not self.quote or not self.rule:
            raise EntryFaulty("不予更正的条目要写明规则和原文，不能对所有文字生效。")


@dataclass(frozen=True, slots=True)
class Style:
    """What an office brings: ``white`` are words (names, places, brands, published numbers) never to be found in,
    ``known`` is what it knows of people, laws and bodies."""

    entries: tuple[Entry, ...] = ()
    white: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    known: Knowledge = field(default_factory=Knowledge)

    def __post_init__(self) -> None:
        for word in self.white:
            _refuse_boundless(word, "白名单")

    @property
    def numbers(self) -> frozenset[str]:
        """The published numbers among the white list, digits only."""
        return frozenset(
            digits for word in self.white if len(digits := "".join(filter(str.isdigit, word))) >= 7
        )


def _refuse_boundless(text: str, what: str) -> None:
    if not text.strip():
        raise EntryFaulty(f"{what}不能是空的：空条目会匹配所有文字。")
    if len(text) < 2 or set(text) <= _EVERYWHERE:
        raise EntryFaulty(f"{what}“{text}”几乎在每篇文稿中都会出现，会造成大量误报，请写完整的词语。")
