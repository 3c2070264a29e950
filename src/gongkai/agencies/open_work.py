"""Open work of a person: each room registers what it has in hand for somebody and how that goes to another.

Only work that is one person's: what a role or a department has to do stays with the role or the department.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Organ, User


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One thing in hand: its number or title, where it is seen, by when it is due."""

    text: str
    url: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """From whom to whom at an organ and those below it, by whose act and why."""

    giver: User
    taker: User
    organ: Organ
    actor: User
    reason: str


@dataclass(frozen=True, slots=True)
class WorkKind:
    """What a room has in hand for people.

    ``listing`` gives a person's open work at an organ and those below it; ``move`` gives all of it to the taker within the
    caller's transaction, says how many, and raises CannotMove when the taker may not do such work.
    """

    key: str
    label: str
    listing: Callable[[User, Organ], list[OpenWork]]
    move: Callable[[Transfer], int]


_kinds: dict[str, WorkKind] = {}


def register_work(kind: WorkKind) -> None:
    """Let a room take part in hand-overs; called when its app is ready."""
    _kinds[kind.key] = kind


def work_kinds() -> list[WorkKind]:
    """All kinds, in the order of their keys."""
    return [_kinds[key] for key in sorted(_kinds)]


def open_work_of(
    person: User, organ: Organ, *, without: Collection[str] = ()
) -> list[tuple[WorkKind, list[OpenWork]]]:
    """What a person has in hand at an organ and those below it, by kind; kinds with nothing are left out.

    Args:
        without: keys of kinds not asked for.
    """
    found = ((kind, kind.listing(person, organ)) for kind in work_kinds() if kind.key not in without)
    return [(kind, items) for kind, items in found if items]
