"""Hidden rows and columns of a sheet, and what must happen to formulas and shared texts when cells go.

Source: ECMA-376, Part 1, 18.3.1.13 (columns), 18.3.1.73 (rows), 18.3.1.40 (formulas), 18.4.9 (shared strings).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.xml_parts import local_name

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]+)")
_ON = frozenset({"1", "true"})


def hidden_cells(sheet: etree._Element) -> Iterator[etree._Element]:
    """The cells that hold something and lie in a hidden row or column, or in one of no height or width."""
    columns = [
        (int(column.get("min", "0")), int(column.get("max", "0")))
        for column in sheet.iter("{*}col")
        if column.get("hidden") in _ON or _is_zero(column.get("width"))
    ]
    for row in sheet.iter("{*}row"):
        hidden = row.get("hidden") in _ON or _is_zero(row.get("ht"))
        number = 0
        for cell in row.iter("{*}c"):
            number = column_of(cell.get("r", "")) or number + 1
            if len(cell) and (hidden or any(first <= number <= last for first, last in columns)):
                yield cell


def column_of(reference: str) -> int:
    """The number of the column in a reference such as AB12, counted from 1; 0 when it is none."""
    matched = _REFERENCE.fullmatch(reference)
    number = 0
    for letter in matched.group(1).upper() if matched else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def empty(cells: Iterable[etree._Element]) -> bool:
    """Take everything out of the cells but their format; return whether there were any."""
    emptied = list(cells)
    for cell in emptied:
        for each in list(cell):
            remove(each)
        cell.attrib.pop("t", None)
    return bool(emptied)


def freeze(sheet: etree._Element, *, only: re.Pattern[str] | None = None) -> bool:
    """Leave the value and take the formula, of all cells or of those whose formula matches.

    A formula without a stored value is kept unless it matches: nothing would be left of it.
    """
    frozen = False
    for formula in list(sheet.iter("{*}f")):
        cell = formula.getparent()
        if cell is None or local_name(cell) != "c":
            continue
        text = formula.text or ""
        has_value = any(local_name(each) == "v" for each in cell)
        if (only is None and (has_value or formula.get("t"))) or (only is not None and only.search(text)):
            remove(formula)
            frozen = True
    return frozen


def used_strings(sheets: Iterable[etree._Element]) -> set[int]:
    """The numbers of the shared strings that some cell still shows."""
    return {
        int(value.text or "-1")
        for sheet in sheets
        for cell in sheet.iter("{*}c")
        if cell.get("t") == "s"
        for value in cell
        if local_name(value) == "v"
    }


def blank_unused(strings: etree._Element, used: set[int]) -> None:
    """Empty the shared strings no cell shows; their places stay, because cells count on them."""
    for number, item in enumerate(strings.iter("{*}si")):
        if number not in used and len(item):
            space = item.tag.rpartition("}")[0] + "}"
            for each in list(item):
                remove(each)
            etree.SubElement(item, f"{space}t")


def _is_zero(measure: str | None) -> bool:
    try:
        return measure is not None and float(measure) == 0
    except ValueError:
        return False
