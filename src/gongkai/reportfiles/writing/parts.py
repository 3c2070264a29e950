"""A report as the sequence of parts that every printed form shares: title, preamble, six sections."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.core.annual_report import SECTION_TITLES, Report, TableId
from gongkai.reportfiles.writing.context import DocumentContext

REPORT_NAME = "政府信息公开工作年度报告"
TITLE_CHARACTERS_PER_LINE = 20  # 156 mm of characters of size 2 (22 pt)
_TABLE_OF_SECTION = {"二": TableId.TWO, "三": TableId.THREE, "四": TableId.FOUR}

# Characters no file format of ours can hold or no reader should meet: C0/C1 controls, zero-width and direction
# marks, soft hyphen, variation selectors, byte order mark, non-characters, lone surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029\x0b\x0c]")
_BLANKS = " \t\u3000\xa0"

# Level 2 heading of official papers that opens a paragraph: （一）主动公开情况。… (GB/T 9704, 7.3.3).
_LEVEL_TWO = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][^。；：:;]{0,28}(?:[。：:]|$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: the level-2 heading it opens with ("" if none) and the rest."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: either a table or paragraphs.

    Attributes:
        numeral: 一 to 六.
        title: heading as printed, with its numeral (二、主动公开政府信息情况).
    """

    numeral: str
    title: str
    table: TableId | None
    paragraphs: tuple[Paragraph, ...]


def title_lines(report: Report, context: DocumentContext) -> tuple[str, ...]:
    """The title in the pieces at which it may break: the organ, then year and name of the report."""
    if context.title:
        return (one_line(context.title),)
    year = "" if report.year is None else f"{report.year}年"
    agency = one_line(report.agency)
    return (agency, f"{year}{REPORT_NAME}") if agency else (f"{year}{REPORT_NAME}",)


def title(report: Report, context: DocumentContext) -> str:
    """The whole title on one line."""
    return "".join(title_lines(report, context))


def balanced_title(report: Report, context: DocumentContext) -> tuple[str, ...]:
    """The title on paper: one line when it fits, else broken after the organ."""
    lines = title_lines(report, context)
    whole = "".join(lines)
    return (whole,) if len(whole) <= TITLE_CHARACTERS_PER_LINE else lines


def preamble(report: Report) -> tuple[str, ...]:
    """Paragraphs before section 一."""
    return paragraph_texts(report.preamble)


def sections(report: Report) -> tuple[Section, ...]:
    """The six sections in order; one without text stands with its heading alone."""
    return tuple(
        Section(
            numeral,
            f"{numeral}、{report.form.section_five_title if numeral == '五' else name}",
            _TABLE_OF_SECTION.get(numeral),
            tuple(split_heading(text) for text in paragraph_texts(report.sections.get(numeral, ""))),
        )
        for numeral, name in SECTION_TITLES.items()
    )


def paragraph_texts(text: str) -> tuple[str, ...]:
    """Cut a section's text at line ends; blank lines and blanks at either end fall away."""
    lines = (printable(line).strip(_BLANKS) for line in _LINE_ENDS.split(text))
    return tuple(line for line in lines if line)


def one_line(text: str) -> str:
    """A name or title without line ends, fit to print."""
    return printable(_LINE_ENDS.sub("", text)).strip(_BLANKS)


def printable(text: str) -> str:
    """The text without characters that XML forbids or print cannot show; tabs become a space."""
    return _UNPRINTABLE.sub("", text.replace("\t", " "))


def split_heading(text: str) -> Paragraph:
    """Part the level-2 heading from the rest of its paragraph.

    >>> split_heading("（一）主动公开情况。全年公开 244 条。")
    Paragraph(heading='（一）主动公开情况。', text='全年公开 244 条。')
    """
    found = _LEVEL_TWO.match(text)
    return Paragraph(found.group(), text[found.end() :]) if found else Paragraph("", text)
