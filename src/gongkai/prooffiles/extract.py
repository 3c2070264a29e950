"""What is taken from a file: its text, where each part of it stands, and what it hides."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Place:
    """From this offset on, text stands here: in the words of the program that opens the file."""

    start: int
    where: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing that a file carries besides what its reader sees."""

    rule: str
    where: str
    excerpt: str
    message: str
    advice: str
    is_serious: bool = False
    is_slight: bool = False


@dataclass(frozen=True)
class Extract:
    """The text of a file. Offsets count code points of ``text``; places are in order of their start."""

    text: str
    places: tuple[Place, ...] = ()
    is_markdown: bool = False
    hidden: tuple[Hidden, ...] = ()
    name: str = ""

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def where(self, offset: int) -> str:
        """The place of an offset; empty when the file has no places but its lines."""
        at = bisect_right(self._starts, offset) - 1
        return self.places[at].where if at >= 0 else ""


@dataclass(slots=True)
class Gathering:
    """Collects text and places while a file is read."""

    limit: int
    _parts: list[str] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        """More text, as it stands."""
        self._parts.append(text)
        self.length += len(text)
        if self.length > self.limit:
            raise OverflowError

    def at(self, where: str) -> None:
        """What follows stands here."""
        if not self._places or self._places[-1].where != where:
            self._places.append(Place(self.length, where))

    def done(self, *, is_markdown: bool = False) -> Extract:
        """The whole."""
        return Extract("".join(self._parts), tuple(self._places), is_markdown)
