"""Lists with signatures (移交清单、名册) as PDF, drawn by typst from what they are given: the same data gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.agencies.errors import PaperRefused
from gongkai.reportfiles import fonts

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LOCK = Lock()  # the compiler holds state of its last run


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading; ``widths`` are shares of the line, one a column."""

    title: str
    columns: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, with name and time where it is done; both blank leaves a line to sign on paper."""

    label: str
    name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the PDF shows, from top to bottom."""

    title: str
    organ: str
    day: str
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = ()
    closing: str = ""
    signatures: Sequence[Signature] = field(default=())


def paper_pdf(paper: Paper, *, at: datetime) -> bytes:
    """The paper as tagged PDF/A-2.

    Args:
        at: the moment of the record, kept in the file.

    Raises:
        PaperRefused: a character is in none of the vendored fonts; nothing is substituted.
    """
    data = json.dumps(asdict(paper), ensure_ascii=False)
    if characters := fonts.missing(data):
        raise PaperRefused(f"清单里有字库没有的字：{'、'.join(characters)}，请改用其他写法。")
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"paper": data},
            timestamp=at.astimezone(UTC).replace(microsecond=0),
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def day_of(day: date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )
