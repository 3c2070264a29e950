"""Finding many literals at once (Aho–Corasick), and trying a pattern only where one of its literals stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation


class Literals:
    """Literals with the values that go with them; one literal may stand for several values."""

    def __init__(self, pairs: Sequence[tuple[str, int]]) -> None:
        values: dict[str, list[int]] = {}
        for literal, value in pairs:
            values.setdefault(literal, []).append(value)
        self._values = list(values.values())
        self._automaton = AhoCorasick(list(values), implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Value, start and end of every occurrence, overlapping ones too. No lone surrogates in the text."""
        for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for value in self._values[which]:
                yield value, start, end
