"""A table as a sequence of labels and runs of figures, whatever it was laid out as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.reportfiles.reading.blocks import Line
from gongkai.reportfiles.reading.characters import canonical
from gongkai.reportfiles.reading.figures import DASH_WORDS, looks_like_figure


@dataclass(slots=True)
class Element:
    """A label, a run of figures, or both on one line.

    Attributes:
        label: the text beside or before the figures, "" for none.
        figures: the texts in the figures' places from left to right; None for a label alone. Blank cells are
            "" where the columns are known, and are not there at all otherwise.
        places: where each figure stands, in Chinese; one entry stands for all when there is only one.
        columns: the column keys of ``figures`` when the head of a grid gives them, else ().
    """

    label: str
    figures: tuple[str, ...] | None
    places: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def place(self, at: int) -> str:
        """Where the figure at a position stands."""
        return self.places[at] if at < len(self.places) else self.places[0]


_PAGE_NUMBER = re.compile(
    r"[-—–－―_~·•.\s]*(?:[-—–－―~·•]\s*\d{1,3}\s*[-—–－―~·•]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|"
    r"\d{1,3}\s*[/／]\s*\d{1,3}|[Pp]age\s*\d{1,3}(?:\s*of\s*\d{1,3})?)[-—–－―_~·•.\s]*"
)
_DRAWN_RULE = re.compile(r"[\s+|]*[-=─━]{3}[\s+|\-=─━]*")
# A label that runs into the first figure: 规章0 0 0. No label of the form ends with a digit.
_GLUED = re.compile(r"(.*[\u4e00-\u9fff”）)，、])(\d[\d,.]*)")
# A piece of a group label that a text layer puts behind the figures of the row beside it.
_TRAILING_GROUP = re.compile(r"[（(][三四五六][)）][不无其予法他公提处开供理]{0,4}|[三本年度办理结果]、?")
_UNIT_WORDS = frozenset({"件", "条", "项", "宗", "个", "份", "次", "万元"})


def is_page_number(text: str) -> bool:
    """Whether a line is surely a page number: - 4 -, 第 4 页, 4/6. A bare 4 is not sure."""
    text = text.strip()
    return len(text) < 40 and _PAGE_NUMBER.fullmatch(text) is not None


def split_line(text: str) -> tuple[str, tuple[str, ...]]:
    """A line's label and the figures at its end.

    >>> split_line("法提供 2.没有现成信息需要另行制作 11 0 -")
    ('法提供 2.没有现成信息需要另行制作', ('11', '0', '-'))
    """
    words = text.split()
    figures: list[str] = []
    if len(words) > 2 and _TRAILING_GROUP.fullmatch(words[-1]) and looks_like_figure(words[-2]):
        words.insert(0, words.pop())
    while words:
        word = words[-1]
        if word in _UNIT_WORDS and len(words) > 1 and words[-2][-1:].isdigit():
            words.pop()
            figures.append(words.pop() + word)
        elif looks_like_figure(word) or (word in DASH_WORDS and (figures or len(words) > 1)):
            figures.append(words.pop())
        else:
            break
    if words and (glued := _GLUED.fullmatch(words[-1])):
        words[-1] = glued[1]
        figures.append(glued[2])
    figures.reverse()
    return " ".join(words), tuple(figures)


def elements_of_lines(lines: Iterable[Line]) -> list[Element]:
    """One element per line that holds something; sure page numbers are left out."""
    found = []
    for line in lines:
        text = line.text
        if not text or text.isspace() or is_page_number(text) or _DRAWN_RULE.fullmatch(text):
            continue
        label, figures = split_line(text)
        found.append(Element(label, figures or None, (line.place,)))
    return found


def without_bare_page_numbers(elements: Sequence[Element], wanted: int) -> list[Element]:
    """Drop lone small whole numbers where the table is not written with figures on lines of their own.

    ``wanted`` is the length of a full run; 1 for table 二, whose rows then must stand beside their labels.
    """
    runs = [element for element in elements if element.figures]
    full = sum(bool(run.label) if wanted == 1 else len(run.figures or ()) == wanted for run in runs)
    if not runs or full * 2 < len(runs):
        return list(elements)
    return [element for element in elements if not _may_be_page_number(element)]


def _may_be_page_number(element: Element) -> bool:
    if element.label or not element.figures or len(element.figures) != 1:
        return False
    figure = element.figures[0]
    return figure.isdigit() and len(figure) <= 3


def with_totals_below(elements: Sequence[Element], wanted: int) -> list[Element]:
    """Join runs that lack one figure with the lone figure on the next line, where it is their sum.

    Only where that is how nearly the whole table is written, since a lone figure may be a page number.
    """
    short = [
        at for at, element in enumerate(elements) if element.figures and len(element.figures) == wanted - 1
    ]
    joining = {at for at in short if at + 1 < len(elements) and _is_sum(elements[at], elements[at + 1])}
    whole = sum(1 for element in elements if element.figures and len(element.figures) == wanted)
    if whole or len(joining) < wanted or len(joining) * 10 < len(short) * 9:
        return list(elements)
    joined: list[Element] = []
    for at, element in enumerate(elements):
        if at in joining:
            total = elements[at + 1].figures or ()
            joined.append(Element(element.label, (*(element.figures or ()), *total), element.places))
        elif at - 1 not in joining:
            joined.append(element)
    return joined


def _is_sum(run: Element, below: Element) -> bool:
    figures = (*(run.figures or ()), *(below.figures or ()))
    if below.label or len(below.figures or ()) != 1 or not all(figure.isdecimal() for figure in figures):
        return False
    *parts, total = map(int, figures)
    return sum(parts) == total


def without_doubles(elements: Sequence[Element]) -> list[Element]:
    """Drop a bare run that only repeats the one on the line before; it would pass for a neighbour's figures."""
    kept: list[Element] = []
    for element in elements:
        repeats = (
            kept
            and element.figures
            and not element.label
            and element.figures == kept[-1].figures
            and len(element.figures) > 1
            and any(figure != "0" for figure in element.figures)
        )
        if not repeats:
            kept.append(element)
    return kept


def gather_cells(elements: Sequence[Element], wanted: int) -> list[Element]:
    """Join figures that stand one to a line into the run of the label before them.

    Only where that is how the table is written: most figures stand alone, and hardly a line holds ``wanted``.
    """
    alone = sum(1 for element in elements if element.figures and len(element.figures) == 1)
    whole = sum(1 for element in elements if element.figures and len(element.figures) >= wanted)
    if wanted > 1 and alone <= 3 * whole:
        return list(elements)
    joined: list[Element] = []
    growing = False  # whether the last element takes further figures
    for given in elements:
        element = given
        if growing and element.figures is None and element.label in DASH_WORDS:
            element = Element("", (element.label,), element.places)
        single = element.figures is not None and len(element.figures) == 1
        if single and not element.label and growing:
            last = joined[-1]
            places = last.places if last.figures else ()
            joined[-1] = Element(
                last.label, (*(last.figures or ()), *(element.figures or ())), (*places, *element.places)
            )
            continue
        joined.append(element)
        growing = element.figures is None or (wanted > 1 and single)
    return joined


def attach_following_runs(elements: Sequence[Element]) -> list[Element]:
    """Join each run to the label line before it where the whole table is written label first.

    That is so when it begins with a label, ends with a run, and every run without label follows a label line.
    """
    lone = [at for at, element in enumerate(elements) if element.figures and not element.label]
    beside = sum(1 for element in elements if element.figures and element.label)
    if not lone or beside * 4 > len(lone) or not elements or elements[0].figures or not elements[-1].figures:
        return list(elements)
    if any(at == 0 or elements[at - 1].figures is not None for at in lone):
        return list(elements)
    joined: list[Element] = []
    for element in elements:
        if element.figures and not element.label:
            joined[-1] = Element(joined[-1].label, element.figures, element.places)
        else:
            joined.append(element)
    return joined


def shows_two_years(elements: Iterable[Element]) -> bool:
    """Whether rows hold label and figures twice: 规章 2 0 11 规章 2 1 12."""
    twice = 0
    for element in elements:
        if element.figures and " " in element.label:
            first, middle = split_line(element.label.rsplit(" ", 1)[0])
            second = element.label.rsplit(" ", 1)[1]
            if middle and canonical(first).endswith(canonical(second)[-6:]) and canonical(second):
                twice += 1
                if twice >= 3:
                    return True
    return False
