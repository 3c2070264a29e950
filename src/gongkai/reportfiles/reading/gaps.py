"""Align the labels and runs between two anchors with the open rows, at least cost.

The costs are a ranking of what goes wrong in real files, not probabilities:

- a row may lack figures (blank or lost), a run may lack its label (torn off by a page break),
- label lines may stand before, after, or on both sides of the figures of their row,
- a group label has no figures of its own, except that its line may fall beside those of one of its rows; then
  pieces of that row's label stand both above and below.

A run gets a row only when every other row for it would cost clearly more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
class Gap:
    """What lies between two anchors: positions of elements, and the rows that have no run yet."""

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


@dataclass(slots=True)
class Solution:
    """What the least costly alignment says.

    Attributes:
        chosen: element by row, where no other row comes near.
        loose: elements whose run goes to no row, or to none with certainty.
        doubtful: rows that such a run may belong to.
        ignored_labels: whether a whole label had to be passed over, as out of order.
    """

    chosen: dict[int, int] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)
    ignored_labels: bool = False


def solve(gap: Gap) -> Solution:
    """Align a gap that has both open rows and runs."""
    steps = _lattice(gap)
    forward, backward = _costs(steps, gap)
    best_total = min(backward[0].values())
    solution = Solution(ignored_labels=_ignores_labels(gap, steps, backward))
    for at, edges, before, after in zip(gap.between, steps, forward, backward[1:], strict=False):
        if gap.elements[at].figures is None:
            continue
        totals: dict[int | None, float] = {}
        for edge in edges:
            total = before[edge.source] + edge.cost + after[edge.target]
            totals[edge.given] = min(total, totals.get(edge.given, total))
        ranked = sorted(totals.items(), key=lambda item: item[1])
        near = [row for row, cost in ranked if cost < best_total + _MARGIN]
        if len(near) == 1 and near[0] is not None:
            solution.chosen[gap.open_rows[near[0]]] = at
            continue
        solution.loose.append(at)
        if len(near) > 1:
            solution.doubtful |= {gap.open_rows[row] for row in near if row is not None}
    return solution


def _ignores_labels(gap: Gap, steps: list[list[_Edge]], backward: list[dict[_State, float]]) -> bool:
    """Whether the best alignment passes over a line that names a row in full."""
    state = _START
    for at, edges, after in zip(gap.between, steps, backward[1:], strict=True):
        edge = min(
            (edge for edge in edges if edge.source == state),
            key=lambda edge: edge.cost + after[edge.target],
        )
        if (
            gap.elements[at].figures is None
            and edge.cost >= _IGNORED[Strength.ALIKE]
            and edge.target == state
        ):
            return True
        state = edge.target
    return False


def _lattice(gap: Gap) -> list[list[_Edge]]:
    states: Iterable[_State] = [_START]
    steps: list[list[_Edge]] = []
    place = {row: at for at, row in enumerate(gap.open_rows)}
    for at in gap.between:
        hints = {place[row]: strength for row, strength in gap.evidence[at].rows.items() if row in place}
        step = [edge for state in states for edge in _edges(gap, at, hints, state)]
        steps.append(step)
        states = {edge.target for edge in step}
    return steps


def _edges(gap: Gap, at: int, hints: dict[int, Strength], state: _State) -> Iterable[_Edge]:
    element, evidence = gap.elements[at], gap.evidence[at]
    if element.figures is None:
        yield from _label_edges(gap, hints, state)
    else:
        yield from _run_edges(gap, element.figures, evidence, hints, state)


def _label_edges(gap: Gap, hints: dict[int, Strength], state: _State) -> Iterable[_Edge]:
    row, run, seen = state
    ignored = max((_IGNORED[strength] for strength in hints.values()), default=0.0)
    yield _Edge(state, state, ignored, None)
    for target in hints:
        if target == row:
            yield _Edge(state, (row, run, seen | (_AFTER if run else _BEFORE)), 0.0, None)
        elif target > row:
            yield _Edge(state, (target, 0, _BEFORE), _leaving(gap, state) + _skipped(gap, row, target), None)


def _run_edges(
    gap: Gap, figures: tuple[str, ...], evidence: Evidence, hints: dict[int, Strength], state: _State
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


def _leaving(gap: Gap, state: _State) -> float:
    row, run, seen = state
    if row < 0 or not gap.rows.rows[gap.open_rows[row]].figures:
        return 0.0
    if not run:
        return _NO_RUN
    loose = _GROUP_LOOSE if run == 2 and seen != _BEFORE | _AFTER else 0.0
    return loose + (0.0 if seen else _NO_LABEL)


def _skipped(gap: Gap, row: int, target: int) -> float:
    return _ROW_SKIPPED * sum(1 for r in gap.open_rows[row + 1 : target] if gap.rows.rows[r].figures)


def _closing(state: _State, gap: Gap) -> float:
    return _leaving(gap, state) + _skipped(gap, state[0], len(gap.open_rows))


def _costs(steps: list[list[_Edge]], gap: Gap) -> tuple[list[dict[_State, float]], list[dict[_State, float]]]:
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
