"""One pass over a text for the literals of every family; each family asks for its own places.

Looking for all literals at once costs about as much as looking for those of one family.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from gongkai.core.proofreading.literals import Literals
from gongkai.core.proofreading.paper import Paper

Pairs = Sequence[tuple[str, int]]
Place = tuple[int, int, int]  # value, start and end; half-open
_FAMILIES: dict[str, Callable[[], Pairs]] = {}
_MEMORY = "scanning"


def register(family: str) -> Callable[[Callable[[], Pairs]], Callable[[], Pairs]]:
    """Declare the literals of a family with their values, given by the decorated function when first needed."""

    def decorate(give: Callable[[], Pairs]) -> Callable[[], Pairs]:
        _FAMILIES[family] = give
        _automaton.cache_clear()
        return give

    return decorate


def places(paper: Paper, family: str) -> Sequence[Place]:
    """Where the literals of a family stand, in the order in which they end."""
    found = paper.memory.get(_MEMORY)
    if found is None:
        found = paper.memory[_MEMORY] = _scan(paper.text)
    assert isinstance(found, dict)
    here: Sequence[Place] = found.get(family, ())
    return here


@cache
def _automaton() -> tuple[list[tuple[str, int]], Literals]:
    owners: list[tuple[str, int]] = []
    pairs: list[tuple[str, int]] = []
    for family, give in _FAMILIES.items():
        for literal, value in give():
            pairs.append((literal, len(owners)))
            owners.append((family, value))
    return owners, Literals(pairs)


def _scan(text: str) -> dict[str, list[Place]]:
    owners, literals = _automaton()
    found: dict[str, list[Place]] = {family: [] for family in _FAMILIES}
    for which, start, end in literals.find(text):
        family, value = owners[which]
        found[family].append((value, start, end))
    return found
