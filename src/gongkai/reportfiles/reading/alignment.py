"""Give each run of figures its row, or say that it cannot be known.

The form prints its rows in a fixed order and both labels and figures keep it, torn or not. Rows whose whole
label stands beside their figures are *anchors*. Between two anchors the remaining labels, pieces of labels
and runs are aligned in order at least cost; a run gets a row only when every other row for it would cost
clearly more. The costs are a ranking of what goes wrong in real files, not probabilities:

- a row may lack figures (blank or lost), a run may lack its label (torn off by a page break),
- label lines may stand before, after, or on both sides of the figures of their row,
- a group label has no figures of its own, except that its line may fall beside those of one of its rows; then
  pieces of that row's label stand both above and below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.labels import Evidence, RowSet, Setting, Strength

_ROW_SKIPPED = 2.0  # neither label nor figures of a row are there
_NO_RUN = 4.0  # its label is there, figures are not
_NO_LABEL = 2.0  # figures were given to it without any sign of its label
_JUNK_RUN = 4.0  # a run of the right length belongs to no row
_JUNK_OTHER = 1.0  # a run of another length, or beside foreign words, belongs to no row
_JUNK_GROUP = 0.5
_FOREIGN = 6.0  # foreign words stand beside the figures
_GROUP = 2.0  # a group label stands beside the figures ...
_GROUP_LOOSE = 4.0  # ... and the row's own label is not on both sides
_WRONG_LENGTH = 1.0
_IGNORED = {Strength.PIECE: 1.0, Strength.COMMON: 1.0, Strength.ALIKE: 4.0, Strength.FULL: 6.0}
_MARGIN = 1.9  # by how much the second best row must be worse
_REACH = 4  # how many rows ahead an unlabelled run is tried

_BEFORE, _AFTER = 1, 2


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
        _fill_gap(_Gap(elements, evidence, rows, between, open_rows), result)
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


@dataclass(slots=True)
class _Gap:
    elements: Sequence[Element]
    evidence: Sequence[Evidence]
    rows: RowSet
    between: list[int]
    open_rows: list[int]


# Row within the gap, has a run (2: beside a group label), where its label was seen (bits _BEFORE, _AFTER).
_State = tuple[int, int, int]
_START: _State = (-1, 1, _BEFORE)


@dataclass(slots=True)
class _Edge:
    source: _State
    target: _State
    cost: float
    given: int | None  # row of the gap that gets the element's run


def _fill_gap(gap: _Gap, result: Alignment) -> None:
    runs = [at for at in gap.between if gap.elements[at].figures is not None]
    if not gap.open_rows or not runs:
        result.loose += runs
        _note_labels(gap, result)
        return
    steps = _lattice(gap)
    forward, backward = _costs(steps, gap)
    best_total = min(cost + _closing(state, gap) for state, cost in forward[-1].items())
    chosen: dict[int, int] = {}
    for at, edges, before, after in zip(gap.between, steps, forward, backward[1:], strict=False):
        if gap.elements[at].figures is None:
            continue
        totals: dict[int | None, float] = {}
        for edge in edges:
            total = before[edge.source] + edge.cost + after[edge.target]
            totals[edge.given] = min(total, totals.get(edge.given, total))
        ranked = sorted(totals.items(), key=lambda item: item[1])
        (row, cost) = ranked[0]
        clear = len(ranked) == 1 or ranked[1][1] >= cost + _MARGIN
        if row is not None and clear and cost <= best_total + 1e-9:
            chosen[gap.open_rows[row]] = at
        elif row is None and clear:
            result.loose.append(at)
        else:
            result.loose.append(at)
            result.doubtful |= {gap.open_rows[r] for r, _ in _close(ranked) if r is not None}
    _accept(gap, chosen, result)
    _note_labels(gap, result)


def _close(ranked: list[tuple[int | None, float]]) -> list[tuple[int | None, float]]:
    return [item for item in ranked if item[1] < ranked[0][1] + _MARGIN]


def _accept(gap: _Gap, chosen: dict[int, int], result: Alignment) -> None:
    """Take the alignment, unless a run is left over while a row stands open: then order proves nothing."""
    whole_left = [
        at
        for at in result.loose
        if at in gap.between
        and not gap.elements[at].label
        and len(gap.elements[at].figures or ()) in {gap.rows.rows[row].figures for row in gap.open_rows}
    ]
    empty = [row for row in gap.open_rows if row not in chosen]
    for row, at in chosen.items():
        certain = gap.evidence[at].rows.get(row, 0) >= Strength.ALIKE
        if whole_left and empty and not certain:
            result.doubtful.add(row)
            result.loose.append(at)
        else:
            result.runs[row] = at


def _note_labels(gap: _Gap, result: Alignment) -> None:
    for at in gap.between:
        for row, strength in gap.evidence[at].rows.items():
            if strength >= Strength.ALIKE and row in gap.open_rows and row not in result.runs:
                result.labelled.add(row)


def _lattice(gap: _Gap) -> list[list[_Edge]]:
    states: Iterable[_State] = [_START]
    steps: list[list[_Edge]] = []
    place = {row: at for at, row in enumerate(gap.open_rows)}
    for at in gap.between:
        hints = {place[row]: strength for row, strength in gap.evidence[at].rows.items() if row in place}
        step = [edge for state in states for edge in _edges(gap, at, hints, state)]
        steps.append(step)
        states = {edge.target for edge in step}
    return steps


def _edges(gap: _Gap, at: int, hints: dict[int, Strength], state: _State) -> Iterable[_Edge]:
    element, evidence = gap.elements[at], gap.evidence[at]
    if element.figures is None:
        yield from _label_edges(gap, hints, state)
    else:
        yield from _run_edges(gap, element.figures, evidence, hints, state)


def _label_edges(gap: _Gap, hints: dict[int, Strength], state: _State) -> Iterable[_Edge]:
    row, run, seen = state
    ignored = max((_IGNORED[strength] for strength in hints.values()), default=0.0)
    yield _Edge(state, state, ignored, None)
    for target in hints:
        if target == row:
            yield _Edge(state, (row, run, seen | (_AFTER if run else _BEFORE)), 0.0, None)
        elif target > row:
            yield _Edge(state, (target, 0, _BEFORE), _leaving(gap, state) + _skipped(gap, row, target), None)


def _run_edges(
    gap: _Gap, figures: tuple[str, ...], evidence: Evidence, hints: dict[int, Strength], state: _State
) -> Iterable[_Edge]:
    row, run, seen = state
    lengths = {gap.rows.rows[r].figures for r in gap.open_rows}
    group = evidence.setting is Setting.GROUP
    # Words of a row outside this gap are as foreign here as words of no row.
    elsewhere = evidence.setting is Setting.LABEL and not hints
    foreign = evidence.setting is Setting.FOREIGN or elsewhere
    other = foreign or len(figures) not in lengths
    junk = _JUNK_GROUP if group else _JUNK_OTHER if other else _JUNK_RUN
    if hints and not group:
        junk += max(_IGNORED[strength] for strength in hints.values())
    yield _Edge(state, state, junk, None)
    reach = set(range(max(row, 0), min(row + _REACH + 1, len(gap.open_rows)))) | set(hints)
    for target in reach:
        if target < row or (target == row and run) or not gap.rows.rows[gap.open_rows[target]].figures:
            continue
        cost = 0.0 if len(figures) == gap.rows.rows[gap.open_rows[target]].figures else _WRONG_LENGTH
        marks = seen if target == row else 0
        if target in hints and not group:
            marks |= _BEFORE | _AFTER
        elif foreign or (hints and not group):
            cost += _FOREIGN
        elif group:
            cost += _GROUP
        if target > row:
            cost += _leaving(gap, state) + _skipped(gap, row, target)
        yield _Edge(state, (target, 2 if group else 1, marks), cost, target)


def _leaving(gap: _Gap, state: _State) -> float:
    row, run, seen = state
    if row < 0 or not gap.rows.rows[gap.open_rows[row]].figures:
        return 0.0
    if not run:
        return _NO_RUN
    loose = _GROUP_LOOSE if run == 2 and seen != _BEFORE | _AFTER else 0.0
    return loose + (0.0 if seen else _NO_LABEL)


def _skipped(gap: _Gap, row: int, target: int) -> float:
    return _ROW_SKIPPED * sum(1 for r in gap.open_rows[row + 1 : target] if gap.rows.rows[r].figures)


def _closing(state: _State, gap: _Gap) -> float:
    return _leaving(gap, state) + _skipped(gap, state[0], len(gap.open_rows))


def _costs(
    steps: list[list[_Edge]], gap: _Gap
) -> tuple[list[dict[_State, float]], list[dict[_State, float]]]:
    forward: list[dict[_State, float]] = [{_START: 0.0}]
    for step in steps:
        costs: dict[_State, float] = {}
        for edge in step:
            total = forward[-1][edge.source] + edge.cost
            if total < costs.get(edge.target, float("inf")):
                costs[edge.target] = total
        forward.append(costs)
    last = {state: _closing(state, gap) for state in forward[-1]}
    backward = [last]
    for step in reversed(steps):
        costs = {}
        for edge in step:
            total = backward[-1][edge.target] + edge.cost
            if total < costs.get(edge.source, float("inf")):
                costs[edge.source] = total
        backward.append(costs)
    backward.reverse()
    return forward, backward
