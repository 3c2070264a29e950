"""The three tables as far as a document holds them as grids of cells."""

from __future__ import annotations

from gongkai.core.annual_report import Edition, TableId
from gongkai.reportfiles.reading import grid_four, grid_three, grid_two
from gongkai.reportfiles.reading.blocks import Document, Line
from gongkai.reportfiles.reading.gathering import TableReading
from gongkai.reportfiles.reading.grid_ranges import Parts, split_document
from gongkai.reportfiles.reading.line_tables import six_is_divided


class GridTables:
    """What the grids of a document hold of the three tables."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts.by_table

    @property
    def texts_of_two(self) -> list[str]:
        """The words of table 二, "" where it is not in a grid."""
        return grid_two.texts(self._parts[TableId.TWO])

    @property
    def has_three(self) -> bool:
        """Whether table 三 stands in a grid."""
        return bool(self._parts[TableId.THREE])

    @property
    def six_divided(self) -> bool | None:
        """Whether （六）其他处理 has its three rows; None when the table does not show it."""
        return six_is_divided(grid_three.labels(self._parts[TableId.THREE]))

    @property
    def two_years(self) -> bool:
        """Whether table 三 shows two years side by side."""
        return grid_three.shows_two_years(self._parts[TableId.THREE])

    def read_two(self, edition: Edition) -> TableReading:
        """Table 二; not present where no grid holds it."""
        return grid_two.read_two(self._parts[TableId.TWO], edition)

    def read_three(self, edition: Edition, *, divided: bool) -> TableReading:
        """Table 三; not present where no grid holds it."""
        return grid_three.read_three(self._parts[TableId.THREE], edition, divided=divided)

    def read_four(self, edition: Edition) -> TableReading:
        """Table 四; not present where no grid holds it."""
        return grid_four.read_four(self._parts[TableId.FOUR], edition)


def find_grid_tables(document: Document) -> tuple[GridTables, list[Line]]:
    """The tables in grids, and every line outside them."""
    parts, lines = split_document(document)
    return GridTables(parts), lines
