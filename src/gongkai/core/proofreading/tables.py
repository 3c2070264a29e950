"""The rule tables of this package, read once.

A table is a TSV file: a comment line with its source, a header line, then rows; columns are separated by TAB.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of ``data/<name>.tsv`` by column name; short rows are filled up with empty cells."""
    text = (resources.files(__package__) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
    header = lines[0].split("\t")
    return tuple(
        dict(zip(header, [*line.split("\t"), *[""] * len(header)], strict=False)) for line in lines[1:]
    )


def samples(cell: str) -> tuple[str, ...]:
    """The samples in a cell, separated by semicolons."""
    return tuple(part for part in cell.split(";") if part)
