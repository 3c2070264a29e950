"""Table 三 as a grid of cells, in one piece or several."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.annual_report import Edition, TableId
from gongkai.reportfiles.reading.columns import (
    APPLICANTS,
    Order,
    applicant_key,
    applicant_order,
    is_head_of_three,
)
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.gathering import TableReading, read_aligned, withhold_if_order_is_wrong
from gongkai.reportfiles.reading.grid_ranges import Part
from gongkai.reportfiles.reading.grid_rows import (
    counted_element,
    figure_cells,
    head_columns,
    label_of,
    mapped_element,
    row_texts,
)
from gongkai.reportfiles.reading.labels import RowSet, table_three_rows
from gongkai.reportfiles.reading.text_rows import Fields, fields_of, follow_labels, order_of, ordered_element

_WIDTH = len(APPLICANTS)
_MIN_AGREEING = 3  # rows of seven figures that must lie under each other to stand for a head
_MIN_AGREEING_TEXT = 10  # the same, where merged cells left no trace
_MIN_DOUBLED = 4  # applicant columns named twice: two years side by side


def read_three(parts: Sequence[Part], edition: Edition, *, divided: bool) -> TableReading:
    """Read table 三 from its parts."""
    rows = table_three_rows(divided=divided)
    elements: list[Element] = []
    order: Order | None = None
    columns: dict[str, set[int]] = {}
    width = 0
    proven = False
    for part in parts:
        found, _ = head_columns(part.grid, part.head, applicant_key)
        head = row_texts(part.grid, part.head)
        if order is None or any(applicant_key(text) for line in head for text in line.split()):
            order = applicant_order(head)
        own = _columns(part, found, order, rows)
        proven = proven or (bool(own) and own == found)
        if not own and not part.grid.spans_known and (in_order := _in_order(part, found, order, rows)):
            elements += in_order
            continue
        if own:
            columns, width = own, len(part.grid.rows[part.body[0]])
        elif width != len(part.grid.rows[part.body[0]]):
            columns = {}
        elements += _elements(part, columns, rows)
    if not elements:
        return TableReading(TableId.THREE)
    keys = order.keys if order else APPLICANTS
    reading = read_aligned(TableId.THREE, edition, rows, elements, {"": keys})
    if not (proven or (order and order.proven)):
        withhold_if_order_is_wrong(reading, keys)
    return reading


def shows_two_years(parts: Sequence[Part]) -> bool:
    """Whether a head names the applicant columns twice."""
    return any(head_columns(part.grid, part.head, applicant_key)[1] >= _MIN_DOUBLED for part in parts)


def labels(parts: Sequence[Part]) -> list[Element]:
    """The row labels, as elements without figures."""
    return [Element(label_of(part.grid, row), None, ("",)) for part in parts for row in part.body]


def _columns(part: Part, head: dict[str, set[int]], order: Order, rows: RowSet) -> dict[str, set[int]]:
    """Columns by key: by the head where figures lie under it, else where rows of seven all agree."""
    full = []
    for row in part.body:
        at = [col for col, _ in figure_cells(part.grid, row)]
        if len(at) == _WIDTH and rows.evidence(label_of(part.grid, row)).only_full() is not None:
            full.append(tuple(at))
    complete = set(head) == set(APPLICANTS) and _lie_under(full, head)
    if part.grid.spans_known:
        if complete:
            return head
        return _agreed(full, order, _MIN_AGREEING)
    apart = len(set().union(*head.values())) >= _WIDTH
    if complete and apart and _is_regular(part, set().union(*head.values())):
        return head
    columns = _agreed(full, order, _MIN_AGREEING_TEXT)
    return columns if _is_regular(part, set().union(*columns.values())) else {}


def _in_order(part: Part, head: dict[str, set[int]], order: Order, rows: RowSet) -> list[Element]:
    """The rows of a text that lost its columns, blanks in their places; none where its order is in doubt."""
    labelled: dict[int, Fields] = {}
    for row in part.body:
        if rows.evidence(label_of(part.grid, row)).only_full() is not None:
            fields = fields_of(part.grid, row)
            if fields is not None and fields.cells:
                labelled[row] = fields
    if not follow_labels(
        list(labelled.values()), _WIDTH, head_agrees=_begins(part, order) or _overlaps(head)
    ):
        return []
    kept = order_of([(fields, _WIDTH) for fields in labelled.values()], _MIN_AGREEING)
    found = []
    for row in part.body:
        label = label_of(part.grid, row)
        if row in labelled:
            last = row == part.body[-1]
            found.append(ordered_element(part.grid, labelled[row], label, order.keys, kept, last=last))
            continue
        counted = counted_element(part.grid, row, label)
        if counted.figures is not None or (label and not is_head_of_three(label)):
            found.append(counted)
    return found


def _begins(part: Part, order: Order) -> bool:
    """Whether the name of the first column begins a line of the head, where labels would stand below it."""
    first = [own[0][1].text for row in part.head if (own := part.grid.own(row))]
    return any(applicant_key(text) == order.keys[0] for text in first)


def _overlaps(head: dict[str, set[int]]) -> bool:
    """Whether names of columns stand below each other, so that they are not over their columns."""
    return len(head) == _WIDTH > len(set().union(*head.values()))


def _agreed(full: Sequence[tuple[int, ...]], order: Order, needed: int) -> dict[str, set[int]]:
    if len(full) < needed or len(set(full)) != 1:
        return {}
    return {key: {place} for key, place in zip(order.keys, full[0], strict=True)}


def _is_regular(part: Part, columns: set[int]) -> bool:
    """Whether a table taken from text kept its columns: rows of one length, no figure outside the columns."""
    lengths = {len(part.grid.rows[row]) for row in (*part.head, *part.body)}
    return len(lengths) == 1 and all(
        col in columns for row in part.body for col, _ in figure_cells(part.grid, row)
    )


def _lie_under(full: Sequence[tuple[int, ...]], head: dict[str, set[int]]) -> bool:
    """Whether each row of seven figures has one in every column of the head."""
    return all(
        all(sum(place in reach for place in places) == 1 for reach in head.values()) for places in full
    )


def _elements(part: Part, columns: dict[str, set[int]], rows: RowSet) -> list[Element]:
    found = []
    for at, row in enumerate(part.body):
        label = label_of(part.grid, row)
        mapped = mapped_element(part.grid, row, columns, label) if columns else None
        if mapped is not None and (any(mapped.figures or ()) or _is_left_blank(part, at, label, rows)):
            found.append(mapped)
            continue
        counted = counted_element(part.grid, row, label)
        if counted.figures is not None or (label and not is_head_of_three(label)):
            found.append(counted)
    return found


def _is_left_blank(part: Part, at: int, label: str, rows: RowSet) -> bool:
    """Whether a row of blank cells is one that was left blank, not a group or a label above its figures."""
    row = rows.evidence(label).only_full()
    if row is None or not rows.rows[row].figures:
        return False
    below = part.body[at + 1 : at + 2]
    return all(label_of(part.grid, other) or not figure_cells(part.grid, other) for other in below)
