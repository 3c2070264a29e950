"""Lines and doors of the back office's first screen; each room contributes its own through a hook.

Hooks: ``register_waiting`` (called with user and day, gives lines), ``register_shortcuts`` (called with the user,
gives doors).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wagtail import hooks

from gongkai.agencies.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what to do, where, by when; ``mine`` when this person can do it."""

    text: str
    url: str
    due_on: date | None
    mine: bool

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A door on the first screen: what this person does most, in words."""

    label: str
    hint: str
    url: str


def contributed_lines(user: User, today: date) -> list[Waiting]:
    """Lines of all rooms that have some."""
    return [line for give in hooks.get_hooks("register_waiting") for line in give(user, today)]


def contributed_doors(user: User) -> list[Shortcut]:
    """Doors of all rooms, in the order of the hooks."""
    return [door for give in hooks.get_hooks("register_shortcuts") for door in give(user)]
