"""What an office knows and a text cannot: its people and their posts, the laws it cites, the bodies it speaks for.

All of it is data that the caller brings; each rule that rests on it is silent without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a post, from a day to a day (both None: open); ``rank`` orders a list of several, 0 is unranked."""

    name: str
    post: str
    since: date | None = None
    until: date | None = None
    rank: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether the post is theirs on a day; ``until`` is the first day on which it is not."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Law:
    """A law as the office's table has it.

    Args:
        title: without 《》.
        instead: what is in force in its place since ``until``; empty when nothing is known.
        articles: how many articles the version in force has; 0 when not known.
    """

    title: str
    instead: str = ""
    since: date | None = None
    until: date | None = None
    articles: int = 0


@dataclass(frozen=True)
class Knowledge:
    """People, laws and bodies; ``bodies`` are the office's own name, its superiors', its departments', its partners'."""

    people: tuple[Person, ...] = ()
    laws: tuple[Law, ...] = ()
    bodies: frozenset[str] = frozenset()

    @cached_property
    def laws_by_title(self) -> dict[str, Law]:
        """Later rows of one title take the place of earlier ones."""
        return {bare(law.title): law for law in self.laws}


def bare(title: str) -> str:
    """A law's title as it is compared: without the state's name and blanks."""
    return "".join(title.split()).removeprefix("中华人民共和国")
