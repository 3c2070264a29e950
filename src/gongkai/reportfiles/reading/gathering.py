"""From aligned runs to figures of the form, with every reason why a cell has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.core.annual_report import CellKey, InvalidCell, Kind, TableId, Value
from gongkai.core.annual_report.form import FORMS, Edition, Form
from gongkai.reportfiles.reading.alignment import Alignment, align
from gongkai.reportfiles.reading.columns import another_order_fits
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.figures import Status, parse_figure
from gongkai.reportfiles.reading.labels import RowSet
from gongkai.reportfiles.reading.result import StructureFinding

_NAMED_BLANKS = 3
TABLE_NUMBERS = {TableId.TWO: "表二", TableId.THREE: "表三", TableId.FOUR: "表四"}


@dataclass(slots=True)
class TableReading:
    """One table as read so far.

    Attributes:
        blanks: cells of rows that were read which hold nothing.
        rows_read, rows_wanted: how many rows of the form were identified, out of how many.
        differing_repeats: rows that stand twice with different figures.
    """

    table: TableId
    present: bool = False
    values: dict[CellKey, Value] = field(default_factory=dict)
    invalid: list[InvalidCell] = field(default_factory=list)
    structure: list[StructureFinding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unassigned: list[str] = field(default_factory=list)
    blanks: list[CellKey] = field(default_factory=list)
    rows_read: int = 0
    rows_wanted: int = 0
    repeats: int = 0
    differing_repeats: int = 0

    def blank_warning(self, form: Form) -> list[str]:
        """One sentence on all cells of the table that hold nothing; none where there are none."""
        blanks = [cell for cell in self.blanks if self.values.get(cell, 0) is None]
        if not blanks:
            return []
        named = "、".join(form.describe(cell) for cell in blanks[:_NAMED_BLANKS])
        more = "等" if len(blanks) > _NAMED_BLANKS else ""
        return [
            f"{TABLE_NUMBERS[self.table]}有 {len(blanks)} 格空白（{named}{more}），按未填处理；没有业务的应填 0。"
        ]

    def find(self, row: str, message: str) -> None:
        """Add a structural finding."""
        self.structure.append(StructureFinding(self.table, row, message))

    def take_row(
        self, form: Form, row: str, keys: Sequence[str], texts: Sequence[str], element: Element
    ) -> None:
        """Judge one row's texts and keep what they give; dashes are named in one warning per mark."""
        dashes: dict[str, list[str]] = {}
        cells = _cells_of(form.edition, self.table, row, tuple(keys))
        for at, ((cell, kind), text) in enumerate(zip(cells, texts, strict=True)):
            figure = parse_figure(text, kind)
            self.values[cell] = figure.value
            if figure.status is Status.INVALID:
                self.invalid.append(InvalidCell(cell, text, figure.reason, element.place(at)))
            elif figure.status is Status.BLANK:
                self.blanks.append(cell)
            elif figure.status is Status.DASH:
                dashes.setdefault(text.strip(), []).append(form.column(self.table, row, cell.col).label)
        name = row_name(form, self.table, row)
        for mark, labels in dashes.items():
            self.warnings.append(f"{name}的{'、'.join(labels)}填“{mark}”，按未填处理；没有业务的应填 0。")
        self.rows_read += 1


@lru_cache(maxsize=512)
def _cells_of(
    edition: Edition, table: TableId, row: str, keys: tuple[str, ...]
) -> tuple[tuple[CellKey, Kind], ...]:
    cells = (CellKey(table, row, key) for key in keys)
    return tuple((cell, FORMS[edition].kind(cell)) for cell in cells)


def read_aligned(
    table: TableId,
    edition: Edition,
    rows: RowSet,
    elements: Sequence[Element],
    order: dict[str, tuple[str, ...]],
) -> TableReading:
    """Align elements with the rows and read them.

    Args:
        order: column keys of a run by row key; "" is the default.
    """
    reading = TableReading(table)
    alignment = align(elements, rows)
    form = FORMS[edition]
    for at, spec in enumerate(rows.rows):
        if not spec.figures:
            continue
        reading.rows_wanted += 1
        columns = order.get(spec.key) or order[""]
        if at in alignment.repeated:
            _read_repeated(reading, form, spec.key, columns, at, alignment, elements)
        elif at in alignment.runs:
            _read_run(reading, form, spec.key, columns, elements[alignment.runs[at]])
        else:
            _explain_missing(reading, form, spec.key, at, alignment)
    _name_loose(reading, alignment, elements, rows)
    reading.present = bool(alignment.runs or any(rows.rows[at].figures for at in alignment.labelled))
    return reading


def row_name(form: Form, table: TableId, row: str) -> str:
    """A row in Chinese, for messages: 表三“（一）予以公开”."""
    return f"{TABLE_NUMBERS[table]}“{form.row(table, row).label}”"


def _read_run(
    reading: TableReading, form: Form, row: str, columns: tuple[str, ...], element: Element
) -> None:
    texts = element.figures or ()
    keys = element.columns or columns
    name = row_name(form, reading.table, row)
    if len(texts) != len(keys):
        message = (
            f"{name}应有 {len(columns)} 个数，{element.places[0]}只能读到 {len(texts)} 个，"
            "不能确定各属哪一列，整行未采用。"
            if len(texts) < len(keys)
            else f"{name}应有 {len(columns)} 个数，{element.places[0]}有 {len(texts)} 个，整行未采用。"
        )
        reading.find(row, message)
        reading.unassigned.append(f"{element.places[0]}：{_shown(element)}")
        return
    reading.take_row(form, row, keys, texts, element)


def _read_repeated(
    reading: TableReading,
    form: Form,
    row: str,
    columns: tuple[str, ...],
    at: int,
    alignment: Alignment,
    elements: Sequence[Element],
) -> None:
    """A row that stands more than once: the same figures are read once, different ones not at all."""
    first, *others = (elements[i] for i in (alignment.runs[at], *alignment.repeated[at]))
    reading.repeats += 1
    name = row_name(form, reading.table, row)
    places = "、".join(element.places[0] for element in (first, *others))
    if all((other.figures, other.columns) == (first.figures, first.columns) for other in others):
        _read_run(reading, form, row, columns, first)
        reading.warnings.append(f"{name}在{places}重复出现，数字相同，只计一次。")
        return
    reading.differing_repeats += 1
    reading.find(row, f"{name}出现不止一次且数字不同（{places}），整行未采用。")
    reading.unassigned += [f"{element.places[0]}：{_shown(element)}" for element in (first, *others)]


def _explain_missing(reading: TableReading, form: Form, row: str, at: int, alignment: Alignment) -> None:
    name = row_name(form, reading.table, row)
    if at in alignment.doubtful:
        reading.find(row, f"{name}的数字分不清属于这一行还是相邻的行，未采用。")
    elif at in alignment.labelled:
        reading.find(row, f"{name}有行名，没有读到数字。")
    else:
        reading.find(row, f"{name}缺少这一行。")


def _name_loose(
    reading: TableReading, alignment: Alignment, elements: Sequence[Element], rows: RowSet
) -> None:
    wanted = {row.figures for row in rows.rows}
    for at in sorted(alignment.loose):
        element = elements[at]
        if not element.figures or (len(element.figures) not in wanted and not element.label):
            continue
        if len(element.figures) == 1 and not element.label:
            continue  # most likely a page number
        shown = f"{element.places[0]}：{_shown(element)}"
        reading.unassigned.append(shown)
        reading.find("", f"{TABLE_NUMBERS[reading.table]}有不属于任何一行的数字，未采用（{shown}）。")


def _shown(element: Element) -> str:
    text = f"{element.label} {' '.join(element.figures or ())}".strip()
    return text if len(text) <= 80 else text[:79] + "…"


def withhold_if_order_is_wrong(reading: TableReading, keys: Sequence[str]) -> None:
    """Take table 三 back where its head does not prove the order of the columns and its figures deny it."""
    by_row: dict[str, dict[str, Value]] = {}
    for cell, value in reading.values.items():
        by_row.setdefault(cell.row, {})[cell.col] = value
    rows = [[value for key in keys if isinstance(value := row.get(key), int)] for row in by_row.values()]
    if not another_order_fits(rows):
        return
    reading.values = dict.fromkeys(reading.values)
    reading.rows_read = 0
    reading.find("", "表三的表头看不出各列顺序，数字又与“总计在最后一列”不符，整表未采用，请核对原件。")
    reading.unassigned.append("表三各列的含义")


def withhold_lone_third_of_six(reading: TableReading) -> None:
    """Take “3.其他” back where no word shows that （六） is divided and its other two rows were not read.

    A line of （六）其他处理 that lost its label stands in the same place.
    """
    rows = {cell.row for cell in reading.values}
    lone = [cell for cell in reading.values if cell.row == "r3_6_3"]
    if not lone or rows & {"r3_6_1", "r3_6_2"}:
        return
    reading.values.update(dict.fromkeys(lone))
    reading.rows_read -= 1
    reading.find(
        "r3_6_3", "表三看不出“（六）其他处理”是否分为三行，不能确定这一行数字的含义，未采用，请核对原件。"
    )


def withhold_astray_rows(reading: TableReading, form: Form, rows: RowSet) -> None:
    """Take back rows of table 三 that may hold another's figures, where the text's order is in doubt.

    In a text that names one cell per line, runs of the wrong length show that cells went astray. Rows whose
    total is not their sum, and rows next to one that could not be read, are then left out.
    """
    columns = [column.key for column in form.table3_columns]
    keys = [row.key for row in rows.rows]
    whole = [_adds_up(reading, row, columns) for row in keys]
    for at, row in enumerate(keys):
        cells = [CellKey(reading.table, row, column) for column in columns]
        if all(whole[max(at - 1, 0) : at + 2]) or not any(cell in reading.values for cell in cells):
            continue
        reading.values.update(dict.fromkeys(cells))
        reading.rows_read -= 1
        name = row_name(form, reading.table, row)
        reading.find(
            row, f"{name}所在处原文的单元格次序有错乱，不能确定数字是否属于这一行，未采用，请核对原件。"
        )


def _adds_up(reading: TableReading, row: str, columns: Sequence[str]) -> bool:
    figures = [reading.values.get(CellKey(reading.table, row, key)) for key in columns]
    known = [figure for figure in figures if figure is not None]
    return len(known) == len(figures) and 2 * known[-1] == sum(known)
