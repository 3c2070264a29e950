"""What a file needs besides the report itself: never a figure, never a sentence of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.core.annual_report import Report


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """How one file is to be made.

    Attributes:
        title: printed instead of the usual “机关＋年份＋政府信息公开工作年度报告”; "" for the usual one.
        issued_on: date of publication, printed under the title of the web page when given.
        stylesheet: address of a stylesheet for the web page; None puts our own into the page.
        made_at: moment for the file's metadata (aware); None takes noon UTC on 1 January after the report
            year, so that the same report always gives the same bytes.
    """

    title: str = ""
    issued_on: date | None = None
    stylesheet: str | None = None
    made_at: datetime | None = None


DEFAULT_CONTEXT = DocumentContext()
UNDATED = datetime(2020, 1, 1, 12, tzinfo=UTC)


def made_at(report: Report, context: DocumentContext) -> datetime:
    """The moment to put into a file's metadata: given, or fixed by the report year."""
    if context.made_at is not None:
        return context.made_at
    return UNDATED if report.year is None else datetime(report.year + 1, 1, 1, 12, tzinfo=UTC)
