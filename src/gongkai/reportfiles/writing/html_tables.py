"""The statutory tables as HTML fragments, for our own page, the portal and the web form.

Semantic: ``caption``, ``thead``, ``th scope``, spans as on the form. Every cell carries ``data-cell``
(``table3.r1.natural``) so that scripts and tests find figures by name. Class names, for any stylesheet:
``statutory-table`` with ``statutory-table--two|three|four``; on cells ``is-note is-head is-band is-row
is-group is-tall is-figure``; ``statutory-scroll`` around each table. The label in ``is-tall`` stands in a
``span`` of its own, to be set vertically.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from gongkai.core.annual_report import CellKey, Report, TableId
from gongkai.core.annual_report.form import TABLE_TITLES
from gongkai.reportfiles.writing.layout import PrintedCell, Role, printed_cells

_NUMERALS = {TableId.TWO: "二", TableId.THREE: "三", TableId.FOUR: "四"}
_CLASSES = {TableId.TWO: "two", TableId.THREE: "three", TableId.FOUR: "four"}


@dataclass(frozen=True, slots=True)
class CellMarkup:
    """What a caller puts into a figure's cell instead of the bare figure.

    Attributes:
        inner: HTML inside the ``td``; None keeps the figure. The caller escapes it.
        attributes: further attributes of the ``td``; values are escaped here. ``class`` is added to ours.
    """

    inner: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


Decorate = Callable[[CellKey, str], CellMarkup | None]
"""Given a cell and its printed figure ("" when not said), what to show; None for the bare figure."""

_PLAIN = CellMarkup()


def render_tables_html(report: Report, table: TableId, *, decorate: Decorate | None = None) -> str:
    """One table of the report as ``<div class="statutory-scroll"><table>…</table></div>``.

    Args:
        decorate: replaces figures by links, inputs or marked figures.
    """
    laid, _, cells = printed_cells(report, table)
    rows: list[list[str]] = [[] for _ in range(laid.rows)]
    for cell in sorted(cells, key=lambda cell: (cell.at.row, cell.at.col)):
        rows[cell.at.row].append(_figure(cell, decorate) if cell.role is Role.FIGURE else _label(cell))
    lines = [f"<tr>{''.join(row)}</tr>" for row in rows]
    head = lines[: laid.head_rows]
    body = lines[laid.head_rows :]
    parts = [
        '<div class="statutory-scroll" tabindex="0" role="region"'
        f' aria-label="表{_NUMERALS[table]}：{TABLE_TITLES[table]}">',
        f'<table class="statutory-table statutory-table--{_CLASSES[table]}">',
        f"<caption>表{_NUMERALS[table]}　{TABLE_TITLES[table]}</caption>",
        "<colgroup>" + "<col>" * laid.columns + "</colgroup>",
        *(["<thead>", *head, "</thead>"] if head else []),
        "<tbody>",
        *body,
        "</tbody>",
        "</table>",
        "</div>",
    ]
    return "\n".join(parts)


def _label(cell: PrintedCell) -> str:
    scope = f' scope="{cell.at.scope}"' if cell.at.scope else ""
    tag = "th" if cell.at.scope else "td"
    text = "<wbr>".join(escape(piece, quote=False) for piece in _pieces(cell))
    classes = f"is-{cell.role.value}"
    if cell.role is Role.GROUP and cell.at.col == 0:
        classes, text = f"{classes} is-tall", f"<span>{text}</span>"
    return f'<{tag}{scope}{_spans(cell)} class="{classes}">{text}</{tag}>'


def _pieces(cell: PrintedCell) -> tuple[str, ...]:
    """Where a label may break: a group after its number, a short head by words of two characters.

    The stylesheet keeps all else together, so that no screen shows 商业企／业.
    """
    if cell.role is Role.HEAD and len(cell.text) in (4, 6):
        return tuple(cell.text[i : i + 2] for i in range(0, len(cell.text), 2))
    return cell.lines


def _figure(cell: PrintedCell, decorate: Decorate | None) -> str:
    key = cell.at.cell
    assert key is not None  # the role says so
    markup = (decorate(key, cell.text) if decorate else None) or _PLAIN
    inner = escape(cell.text) if markup.inner is None else markup.inner
    extra = dict(markup.attributes)
    classes = " ".join(("is-figure", extra.pop("class", ""))).strip()
    attributes = {"class": classes, "data-cell": str(key), **extra}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<td{_spans(cell)}{written}>{inner}</td>"


def _spans(cell: PrintedCell) -> str:
    rowspan = f' rowspan="{cell.at.rowspan}"' if cell.at.rowspan > 1 else ""
    colspan = f' colspan="{cell.at.colspan}"' if cell.at.colspan > 1 else ""
    return rowspan + colspan
