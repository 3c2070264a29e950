"""The three tables as lines of text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.core.annual_report import CellKey, Edition, TableId
from gongkai.core.annual_report.form import FORMS
from gongkai.reportfiles.reading.characters import canonical
from gongkai.reportfiles.reading.columns import RESULTS, applicant_order, is_head_of_three
from gongkai.reportfiles.reading.elements import (
    Element,
    attach_following_runs,
    gather_cells,
    with_totals_below,
    without_bare_page_numbers,
    without_doubles,
)
from gongkai.reportfiles.reading.gathering import (
    TableReading,
    read_aligned,
    withhold_astray_rows,
    withhold_if_order_is_wrong,
)
from gongkai.reportfiles.reading.labels import table_four_rows, table_three_rows, table_two_rows


def read_two(elements: Sequence[Element], edition: Edition) -> TableReading:
    """Table 二 from lines."""
    rows = table_two_rows(edition)
    order = _order_of_two(elements, edition)
    body = without_doubles(without_bare_page_numbers(elements, 1))
    ready = attach_following_runs(gather_cells(body, 1))
    return read_aligned(TableId.TWO, edition, rows, ready, order)


def _order_of_two(elements: Sequence[Element], edition: Edition) -> dict[str, tuple[str, ...]]:
    """Column keys by row: as the heads say, where one line holds them all, else as the form has them."""
    heads = [canonical(element.label) for element in elements if not element.figures]
    order: dict[str, tuple[str, ...]] = {"": ()}
    for block in FORMS[edition].table2:
        keys = tuple(column.key for column in block.columns)
        labels = {column.key: canonical(column.label) for column in block.columns}
        for head in heads:
            if len(keys) > 1 and all(label in head for label in labels.values()):
                keys = tuple(sorted(keys, key=lambda key: head.index(labels[key])))
                break
        for row in block.rows:
            order[row.key] = keys
    return order


def read_three(elements: Sequence[Element], edition: Edition, *, divided: bool) -> TableReading:
    """Table 三 from lines."""
    rows = table_three_rows(divided=divided)
    wanted = rows.rows[0].figures
    start = _first_row(elements, divided=divided)
    order = applicant_order(element.label for element in elements[:start] if not element.figures)
    body = [element for element in elements[start:] if element.figures or not is_head_of_three(element.label)]
    body = with_totals_below(body, wanted)
    body = without_doubles(without_bare_page_numbers(body, wanted))
    gathered = gather_cells(body, wanted)
    ready = attach_following_runs(gathered)
    reading = read_aligned(TableId.THREE, edition, rows, ready, {"": order.keys})
    if len(gathered) < len(body) and _is_disordered(gathered, wanted):
        withhold_astray_rows(reading, FORMS[edition], rows)
    if not order.proven:
        withhold_if_order_is_wrong(reading, order.keys)
    return reading


def _is_disordered(gathered: Sequence[Element], wanted: int) -> bool:
    """Whether cells written one to a line went astray: a run is longer than a row."""
    return any(element.figures and len(element.figures) > wanted for element in gathered)


def _first_row(elements: Sequence[Element], *, divided: bool) -> int:
    """Where the head ends: at the first label of the first row, or the first run of seven figures."""
    rows = table_three_rows(divided=divided)
    for at, element in enumerate(elements):
        if element.figures and len(element.figures) >= rows.rows[0].figures:
            return at
        if 0 in rows.evidence(element.label).rows and not is_head_of_three(element.label):
            return at
    return 0


_MIN_PIECE = 4


def six_is_divided(elements: Sequence[Element]) -> bool | None:
    """Whether （六）其他处理 has its three rows here; None when the table does not show it."""
    divided = table_three_rows(divided=True)
    undivided = table_three_rows(divided=False)
    keys = [row.key for row in divided.rows]
    ones = {keys.index("r3_6_1"), keys.index("r3_6_2")}
    whole = [row.key for row in undivided.rows].index("r3_6")
    text = canonical("".join(element.label for element in elements))
    for element in elements:
        found = divided.evidence(element.label).rows
        if any(found.get(row, 0) > 1 for row in ones):
            return True
        # A piece of some length that only these two rows have.
        if found and set(found) <= ones and len(canonical(element.label)) >= _MIN_PIECE:
            return True
    if any(core in text for row in ones for core in divided.cores(row)):
        return True
    for element in elements:
        if undivided.evidence(element.label).only_full() == whole:
            return False
    return None


_BLOCKS = tuple(canonical(row.label) for row in FORMS[Edition.E2021].table4_rows)
_MARK = re.compile(f"({'|'.join(_BLOCKS)})")
_WIDTH = len(RESULTS)


def read_four(elements: Sequence[Element], edition: Edition) -> TableReading:
    """Table 四 from lines: one run of fifteen, or a run of five for each of the three blocks."""
    rows = table_four_rows()
    total = _WIDTH * len(rows.rows)
    gathered = gather_cells(_joined_halves(elements, total), total)
    fifteen = [element for element in gathered if element.figures and len(element.figures) == total]
    if fifteen:
        return _read_fifteen(gathered, fifteen, edition)
    five = gather_cells(elements, _WIDTH)
    if sum(len(element.figures or ()) for element in five) != total:
        # Figures are missing or there are too many: only those beside the name of their block are sure.
        five = [element for element in five if element.label or not element.figures]
    labelled = attach_following_runs(_with_block_names(five))
    reading = read_aligned(TableId.FOUR, edition, rows, labelled, {"": RESULTS})
    scattered = any(
        element.figures and not element.label and len(element.figures) < _WIDTH for element in elements
    )
    if scattered and reading.rows_read < len(rows.rows):
        # Written cell by cell, three blocks stand whole one after the other, or their order is not to be trusted.
        reading.values = dict.fromkeys(reading.values)
        reading.rows_read = 0
        reading.find("", "表四的单元格次序有错乱，不能确定数字各属哪一列，未采用，请核对原件。")
    return reading


def _joined_halves(elements: Sequence[Element], total: int) -> list[Element]:
    """Join the parts of a row of fifteen that ran over the line's end, when nothing stands between them."""
    joined: list[Element] = []
    for element in elements:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.figures
            and element.figures
            and not element.label
            and len(element.figures) > 1
            and len(last.figures) > 1
            and len(last.figures) + len(element.figures) <= total
        ):
            joined[-1] = Element(last.label, (*last.figures, *element.figures), last.places)
        else:
            joined.append(element)
    return joined


def _read_fifteen(elements: Sequence[Element], fifteen: Sequence[Element], edition: Edition) -> TableReading:
    """Fifteen figures in the order of the head, which is the form's unless it visibly is another."""
    reading = TableReading(TableId.FOUR, present=True, rows_wanted=3)
    first = fifteen[0]
    head = [element.label for element in elements[: elements.index(first)] if not element.figures]
    if any(other.figures != first.figures for other in fifteen[1:]):
        reading.differing_repeats = reading.repeats = 3
        reading.find("", "表四有不止一行数字且互不相同，未采用。")
        return reading
    order = order_of_fifteen(head)
    if order is None:
        reading.find("", f"表四的表头与格式不同，不能确定各列含义，未采用（{first.places[0]}）。")
        reading.unassigned.append(f"{first.places[0]}：{' '.join(first.figures or ())}")
        return reading
    take_fifteen(reading, edition, order, first)
    return reading


def take_fifteen(reading: TableReading, edition: Edition, order: Sequence[CellKey], element: Element) -> None:
    """Keep fifteen figures that stand in a known order."""
    texts = dict(zip(order, element.figures or (), strict=True))
    at = {cell: i for i, cell in enumerate(order)}
    for row in FORMS[edition].table4_rows:
        cells = [cell for cell in order if cell.row == row.key]
        places = tuple(element.place(at[cell]) for cell in cells)
        reading.take_row(
            FORMS[edition],
            row.key,
            [cell.col for cell in cells],
            [texts[cell] for cell in cells],
            Element("", None, places),
        )


def order_of_fifteen(head: Sequence[str]) -> tuple[CellKey, ...] | None:
    """The cells of the row; None where the head contradicts the form without giving its own order."""
    form = FORMS[Edition.E2021]
    text = canonical("".join(head))
    marks = list(dict.fromkeys(_MARK.findall(text)))
    if len(marks) == len(_BLOCKS) and tuple(marks) != _BLOCKS:
        return None
    for line in head:
        name = canonical(line)
        if "总计" in name and "结果维持" in name and name.index("总计") < name.index("结果维持"):
            return None
    return form.cells(TableId.FOUR)


def _with_block_names(elements: Sequence[Element]) -> list[Element]:
    """Leave out the lines of result names, so that a run follows the name of its block."""
    kept = []
    for element in elements:
        words = {canonical(word) for word in element.label.split()}
        names = {canonical(column.label) for column in FORMS[Edition.E2021].table4_columns}
        if not element.figures and words and words <= names:
            continue
        kept.append(element)
    return kept
