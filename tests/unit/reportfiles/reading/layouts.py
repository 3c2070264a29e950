"""Renders any report into the layouts in which offices publish it, for the reader's tests.

Each layout is a pure function from a report to lines of text (or a page of html); none of them uses the
writers of the product, so that a mistake made twice is not taken for a round trip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.core.annual_report import CellKey, Report, TableId, number_text
from gongkai.core.annual_report.form import BLOCK_THREE_LABEL, GROUP_LABELS, Row
from gongkai.core.annual_report.grid import GridCell, grid

Lines = list[str]

HEAD_THREE = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况",
    "法人或其他组织",
    "自然人 总计",
    "商业 科研 社会公益 法律服务",
    "其他",
    "企业 机构 组织 机构",
)
HEAD_FOUR = (
    "行政复议 行政诉讼",
    "未经复议直接起诉 复议后起诉",
    "结果维持 结果纠正 其他结果 尚未审结 总计",
    "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
)


def figure(report: Report, cell: CellKey) -> str:
    """A figure as printed."""
    return number_text(report[cell])


def row_figures(report: Report, table: TableId, row: Row, columns: list[str]) -> list[str]:
    return [figure(report, CellKey(table, row.key, column)) for column in columns]


def report_lines(report: Report, two: Lines, three: Lines, four: Lines) -> Lines:
    """A whole report around the lines of its tables."""
    sections = report.sections
    return [
        f"{report.agency}{report.year}年政府信息公开工作年度报告",
        f"本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自{report.year}年1月1日至{report.year}年12月31日。",
        "一、总体情况",
        sections.get("一", ""),
        "二、主动公开政府信息情况",
        *two,
        "三、收到和处理政府信息公开申请情况",
        *three,
        "四、政府信息公开行政复议、行政诉讼情况",
        *four,
        "五、存在的主要问题及改进情况",
        sections.get("五", ""),
        "六、其他需要报告的事项",
        sections.get("六", ""),
    ]


def two_rows(report: Report) -> Iterator[tuple[str, str, list[str]]]:
    """Table 二 as (kind, text, figures): kind is ``block``, ``head`` or ``row``."""
    for block in report.form.table2:
        yield "block", block.title, []
        yield "head", "信息内容", [column.label for column in block.columns]
        for row in block.rows:
            yield "row", row.label, row_figures(report, TableId.TWO, row, [c.key for c in block.columns])


def three_rows(report: Report) -> Iterator[tuple[Row, list[str]]]:
    columns = [column.key for column in report.form.table3_columns]
    for row in report.table3_rows:
        yield row, row_figures(report, TableId.THREE, row, columns)


def four_figures(report: Report) -> list[str]:
    return [figure(report, cell) for cell in report.form.cells(TableId.FOUR)]


def _two_plain(report: Report) -> Lines:
    return [" ".join([text, *figures]) for _, text, figures in two_rows(report)]


def plain_lines(report: Report) -> Lines:
    """Label and figures on one line; group labels on lines of their own."""
    three = list(HEAD_THREE)
    seen: set[str] = set()
    for row, figures in three_rows(report):
        for group, label in (("r3", BLOCK_THREE_LABEL), (row.group, GROUP_LABELS.get(row.group, ""))):
            if row.group and label and group not in seen:
                seen.add(group)
                three.append(label)
        three.append(" ".join([row.label, *figures]))
    return report_lines(report, _two_plain(report), three, [*HEAD_FOUR, " ".join(four_figures(report))])


def pages(report: Report) -> Lines:
    """As plain lines, with a page number and the head repeated every nine rows."""
    lines: Lines = []
    rows = 0
    for line in plain_lines(report):
        lines.append(line)
        if len(line.split()) == 8:
            rows += 1
            if rows % 9 == 0:
                lines += [f"- {rows // 9} -", *HEAD_THREE]
    return lines


def torn_labels(report: Report) -> Lines:
    """Long labels torn: one half above the line of the figures, the other below it."""
    three = list(HEAD_THREE)
    for row, figures in three_rows(report):
        half = len(row.label) // 2
        if len(row.label) > 14:
            three += [row.label[:half], " ".join(figures), row.label[half:]]
        else:
            three.append(" ".join([row.label, *figures]))
    return report_lines(report, _two_plain(report), three, [*HEAD_FOUR, " ".join(four_figures(report))])


def torn_beside(report: Report) -> Lines:
    """Long labels over three lines, the middle one beside the figures; group labels torn between them."""
    three = list(HEAD_THREE)
    upright = iter(BLOCK_THREE_LABEL)
    for row, figures in three_rows(report):
        third = len(row.label) // 3
        side = next(upright, "") if row.group else ""
        if len(row.label) > 14:
            three += [
                row.label[:third],
                " ".join([side, row.label[third : 2 * third], *figures]).strip(),
                row.label[2 * third :],
            ]
        else:
            three.append(" ".join([side, row.label, *figures]).strip())
    return report_lines(report, _two_plain(report), three, [*HEAD_FOUR, " ".join(four_figures(report))])


def torn_top(report: Report) -> Lines:
    """Long labels torn, the figures beside the first part; group labels in pieces on lines between."""
    return _torn(report, at_top=True)


def torn_tail(report: Report) -> Lines:
    """The last two characters of long labels on a line of their own, beside the figures."""
    return _torn(report, at_top=False)


def _torn(report: Report, *, at_top: bool) -> Lines:
    three = list(HEAD_THREE)
    seen: set[str] = set()
    for row, figures in three_rows(report):
        label = GROUP_LABELS.get(row.group, "")
        if label and row.group not in seen:
            three += [label[:3], label[3:5], label[5:]]
        elif label:
            three.append("")
        seen.add(row.group)
        numbers = " ".join(figures)
        if len(row.label) <= 12:
            three.append(f"{row.label} {numbers}")
        elif at_top:
            three += [f"{row.label[:-5]} {numbers}", row.label[-5:]]
        else:
            three += [row.label[:-2], f"{row.label[-2:]} {numbers}"]
    return report_lines(report, _two_plain(report), three, [*HEAD_FOUR, " ".join(four_figures(report))])


def cell_per_line_torn(report: Report) -> Lines:
    """Every line of every cell on a line of its own, labels torn after eight characters."""
    lines = []
    for line in cell_per_line(report):
        long_label = (
            len(line) > 8 and line[:1] in "（12345678一二四" and not line.isdigit() and "情况" not in line
        )
        lines += [line[at : at + 8] for at in range(0, len(line), 8)] if long_label else [line]
    return lines


def glued(report: Report) -> Lines:
    """The label runs into the first figure."""
    return [
        line.replace(" ", "", 1) if len(line.split()) in {2, 3, 4, 8} and line.split()[1].isdigit() else line
        for line in plain_lines(report)
    ]


def repeated_merged(report: Report) -> Lines:
    """A Markdown table in which the text of a merged cell stands in every position that it covers."""
    tables = []
    for table in TableId:
        printed = grid(report, table)
        rows = [[""] * printed.columns for _ in range(printed.rows)]
        for cell in printed.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for col in range(cell.col, cell.col + cell.colspan):
                    rows[row][col] = _cell_text(report, cell)
        lines = [f"| {' | '.join(row)} |" for row in rows]
        tables.append([lines[0], "|" + "---|" * printed.columns, *lines[1:]])
    return report_lines(report, *tables)


def boxed(report: Report) -> Lines:
    """A table drawn with box characters; long labels run over several lines of their cell."""
    tables = []
    for table in TableId:
        lines = []
        for row in _grid_rows(report, table):
            texts = [_cell_text(report, cell) for cell in row]
            height = max(1, *(-(-len(text) // 12) for text in texts))
            for at in range(height):
                lines.append("│" + "│".join(text[at * 12 : at * 12 + 12] for text in texts) + "│")
            lines.append("├" + "┼".join("──" for _ in texts) + "┤")
        tables.append(lines)
    return report_lines(report, *tables)


def label_above(report: Report) -> Lines:
    """The label on one line, its figures on the next."""
    two = [line for kind, text, figures in two_rows(report) for line in _stacked(kind, text, figures)]
    three = list(HEAD_THREE)
    for row, figures in three_rows(report):
        three += [row.label, " ".join(figures)]
    return report_lines(report, two, three, [*HEAD_FOUR, " ".join(four_figures(report))])


def _stacked(kind: str, text: str, figures: list[str]) -> Lines:
    return [" ".join([text, *figures])] if kind != "row" else [text, " ".join(figures)]


def cell_per_line(report: Report) -> Lines:
    """Every cell on a line of its own, as text copied from a web page."""
    two = [line for _, text, figures in two_rows(report) for line in (text, *figures)]
    three = ["申请人情况", "自然人", "法人或其他组织", "总计"]
    three += [column.label for column in report.form.table3_columns if column.group]
    for row, figures in three_rows(report):
        three += [row.label, *figures]
    four = ["行政复议", "行政诉讼"]
    results = [column.label for column in report.form.table4_columns]
    four += [*results, "未经复议直接起诉", "复议后起诉", *results, *results, *four_figures(report)]
    return report_lines(report, two, three, four)


def blocks_below(report: Report) -> Lines:
    """Table 四 as three rows of five."""
    lines = plain_lines(report)
    figures = four_figures(report)
    four = ["结果维持 结果纠正 其他结果 尚未审结 总计"]
    for at, row in enumerate(report.form.table4_rows):
        four.append(" ".join([row.label, *figures[at * 5 : at * 5 + 5]]))
    start = lines.index("四、政府信息公开行政复议、行政诉讼情况") + 1
    return [*lines[:start], *four, *lines[lines.index("五、存在的主要问题及改进情况") :]]


def _grid_rows(report: Report, table: TableId) -> list[list[GridCell | None]]:
    printed = grid(report, table)
    rows: list[list[GridCell | None]] = [[None] * printed.columns for _ in range(printed.rows)]
    for cell in printed.cells:
        rows[cell.row][cell.col] = cell
    return rows


def _cell_text(report: Report, cell: GridCell | None) -> str:
    if cell is None:
        return ""
    return figure(report, cell.cell) if cell.cell else cell.text


def tabs(report: Report) -> Lines:
    """Tabbed text that keeps every column."""
    return report_lines(report, *(_delimited(report, table, "\t") for table in TableId))


def _delimited(report: Report, table: TableId, mark: str) -> Lines:
    return [mark.join(_cell_text(report, cell) for cell in row) for row in _grid_rows(report, table)]


def tabs_without_merged(report: Report) -> Lines:
    """Tabbed text in which covered cells left nothing, so that columns do not lie under each other."""
    tables = []
    for table in TableId:
        rows = _grid_rows(report, table)
        tables.append(
            ["\t".join(_cell_text(report, cell) for cell in row if cell is not None) for row in rows]
        )
    return report_lines(report, *tables)


def commas(report: Report) -> Lines:
    """CSV of every column."""
    return report_lines(report, *(_delimited(report, table, ",") for table in TableId))


def pipes(report: Report) -> Lines:
    """A Markdown table of every column."""
    tables = []
    for table in TableId:
        lines = [f"| {line} |" for line in _delimited(report, table, " | ")]
        width = lines[0].count("|") - 1
        tables.append([lines[0], "|" + " --- |" * width, *lines[1:]])
    lines = report_lines(report, *tables)
    return [f"## {line}" if line[1:2] == "、" else line for line in lines]


def aligned(report: Report) -> Lines:
    """Columns set apart by many spaces, as a text layer keeps them."""
    lines = plain_lines(report)
    return [line.replace(" ", "      ") if len(line.split()) > 3 else line for line in lines]


TEXT_LAYOUTS: dict[str, Callable[[Report], Lines]] = {
    "plain": plain_lines,
    "pages": pages,
    "torn_labels": torn_labels,
    "torn_beside": torn_beside,
    "label_above": label_above,
    "cell_per_line": cell_per_line,
    "blocks_below": blocks_below,
    "tabs": tabs,
    "tabs_without_merged": tabs_without_merged,
    "pipes": pipes,
    "commas": commas,
    "aligned": aligned,
    "torn_top": torn_top,
    "torn_tail": torn_tail,
    "cell_per_line_torn": cell_per_line_torn,
    "glued": glued,
    "boxed": boxed,
    "repeated_merged": repeated_merged,
}


# Spellings: each turns a text into another that must read the same.

_RADICALS = str.maketrans("一二人行文方法工立用高", "⼀⼆⼈⾏⽂⽅法⼯⽴⽤⾼")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def radicals(text: str) -> str:
    return text.translate(_RADICALS)


def full_width_digits(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def half_width_brackets(text: str) -> str:
    return text.replace("（", "(").replace("）", ") ")


def comma_numbering(text: str) -> str:
    """1、 in place of 1."""
    for number in range(1, 9):
        text = text.replace(f"{number}.属", f"{number}、属").replace(f"{number}.", f"{number}．")
    return text


def no_break_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


def thousands(text: str) -> str:
    return re.sub(r"(?<![\d.年至自])(\d)(\d{3})(?![\d.年])", r"\1,\2", text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as_printed": lambda text: text,
    "radicals": radicals,
    "full_width_digits": full_width_digits,
    "half_width_brackets": half_width_brackets,
    "no_break_spaces": no_break_spaces,
    "thousands": thousands,
}


def html_spans(report: Report, *, nested: bool = False) -> str:
    """A page with rowspan and colspan; ``nested`` puts it all in a layout table."""
    tables = [_html_table(report, table, spans=True) for table in TableId]
    return _page(report, tables, nested=nested)


def html_divs(report: Report) -> str:
    """Every line of the one-cell-per-line layout in a block element."""
    body = "".join(f"<div><span>{line}</span></div>" for line in cell_per_line(report))
    return f"<html><body>{body}</body></html>"


def _html_table(report: Report, table: TableId, *, spans: bool) -> str:
    rows = []
    for row in _grid_rows(report, table):
        cells = []
        for cell in row:
            if cell is None:
                continue
            span = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"' if spans else ""
            text = "<br>".join(_cell_text(report, cell).split("、", 1)) if cell.colspan > 8 else ""
            cells.append(f"<td{span}><p>&nbsp;<span>{text or _cell_text(report, cell)}</span></p></td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1><tbody>{''.join(rows)}</tbody></table>"


def _page(report: Report, tables: list[str], *, nested: bool) -> str:
    lines = report_lines(report, *([table] for table in tables))
    body = "".join(line if line.startswith("<table") else f"<p>{line}</p>" for line in lines)
    if nested:
        body = f"<table><tr><td>导航</td><td>{body}</td></tr></table>"
    title = f"<title>{lines[0]}_示例县人民政府门户网站</title>"
    return (
        f"<!DOCTYPE html><html><head>{title}</head><body><div>首页</div>{body}<p>版权所有</p></body></html>"
    )


HTML_LAYOUTS: dict[str, Callable[[Report], str]] = {
    "spans": html_spans,
    "nested": lambda report: html_spans(report, nested=True),
    "divs": html_divs,
}
