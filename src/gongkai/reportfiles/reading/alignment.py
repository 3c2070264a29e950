"""Give each run of figures its row, or say that it cannot be known.

The form prints its rows in a fixed order and both labels and figures keep it, torn or not. Rows whose whole
label stands beside their figures are *anchors*. What lies between two anchors is aligned in order (``gaps``).
An alignment is taken only as far as it proves itself: a text whose order was lost on the way out of its file
leaves whole labels or whole runs over, and then only runs beside their own label count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.gaps import Gap, Solution, solve
from gongkai.reportfiles.reading.labels import Evidence, RowSet, Strength


@dataclass(slots=True)
class Alignment:
    """Rows (positions in the row set) and elements (positions in the sequence) that belong together.

    Attributes:
        runs: element by row.
        repeated: further elements of a row that is already taken, by row.
        doubtful: rows whose figures could not be told from a neighbour's.
        labelled: rows whose label was seen without figures.
        loose: elements with figures that were given to no row.
    """

    runs: dict[int, int] = field(default_factory=dict)
    repeated: dict[int, list[int]] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    labelled: set[int] = field(default_factory=set)
    loose: list[int] = field(default_factory=list)


def align(elements: Sequence[Element], rows: RowSet) -> Alignment:
    """Align a table's elements with the rows of the form."""
    evidence = [rows.evidence(element.label) for element in elements]
    result = Alignment()
    anchors = _anchors(elements, evidence, rows, result)
    bounds = [(-1, -1), *anchors, (len(elements), len(rows.rows))]
    for (left, above), (right, below) in pairwise(bounds):
        between = [at for at in range(left + 1, right) if at not in result.loose]
        between = [at for at in between if not _taken(at, result)]
        open_rows = [row for row in range(above + 1, below) if row not in result.runs]
        _fill_gap(Gap(elements, evidence, rows, between, open_rows), result)
    return result


def _taken(at: int, result: Alignment) -> bool:
    return at in result.runs.values() or any(at in more for more in result.repeated.values())


def _anchors(
    elements: Sequence[Element], evidence: Sequence[Evidence], rows: RowSet, result: Alignment
) -> list[tuple[int, int]]:
    """Assign rows named in full beside their figures; give the longest part of them that is in order."""
    found: list[tuple[int, int]] = []
    for at, element in enumerate(elements):
        if element.figures is None:
            continue
        row = evidence[at].only_full()
        if row is None or not rows.rows[row].figures:
            continue
        if row in result.runs:
            result.repeated.setdefault(row, []).append(at)
            continue
        result.runs[row] = at
        found.append((at, row))
    return _longest_increasing(found)


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if all(first[1] < second[1] for first, second in pairwise(pairs)):
        return pairs
    best: list[list[tuple[int, int]]] = []
    for pair in pairs:
        before = [chain for chain in best if chain[-1][1] < pair[1]]
        best.append([*max(before, key=len, default=[]), pair])
    return max(best, key=len, default=[])


def _fill_gap(gap: Gap, result: Alignment) -> None:
    runs = [at for at in gap.between if gap.elements[at].figures is not None]
    if runs and any(gap.rows.rows[row].figures for row in gap.open_rows):
        _accept(gap, solve(gap), result)
    else:
        result.loose += runs
    _note_labels(gap, result)


def _accept(gap: Gap, solution: Solution, result: Alignment) -> None:
    """Take what a gap's solution proves."""
    result.loose += solution.loose
    result.doubtful |= solution.doubtful
    open_rows = [row for row in gap.open_rows if gap.rows.rows[row].figures]
    lengths = {gap.rows.rows[row].figures for row in open_rows}
    whole_left = any(
        not gap.elements[at].label and len(gap.elements[at].figures or ()) in lengths for at in solution.loose
    )
    empty = any(row not in solution.chosen for row in open_rows)
    disordered = solution.ignored_labels or (whole_left and empty)
    for row, at in solution.chosen.items():
        named = gap.evidence[at].rows.get(row, 0) >= Strength.ALIKE
        proven = not disordered and not _beside_torn_run(gap, at) and (not empty or _is_held(gap, row, at))
        if named or proven:
            result.runs[row] = at
        else:
            result.doubtful.add(row)
            result.loose.append(at)


def _is_held(gap: Gap, row: int, at: int) -> bool:
    """Whether a piece of the row's label stands beside the run or on the next line above or below it."""
    place = gap.between.index(at)
    near = gap.between[max(place - 1, 0) : place + 2]
    return any(row in gap.evidence[i].rows for i in near if i == at or gap.elements[i].figures is None)


def _beside_torn_run(gap: Gap, at: int) -> bool:
    """Whether the line above or below holds a run of another length: the two may be parts of one row."""
    lengths = {row.figures for row in gap.rows.rows}
    near = (*gap.elements[max(at - 1, 0) : at], *gap.elements[at + 1 : at + 2])
    return any(element.figures and len(element.figures) not in lengths for element in near)


def _note_labels(gap: Gap, result: Alignment) -> None:
    for at in gap.between:
        for row, strength in gap.evidence[at].rows.items():
            if strength >= Strength.ALIKE and row in gap.open_rows and row not in result.runs:
                result.labelled.add(row)
