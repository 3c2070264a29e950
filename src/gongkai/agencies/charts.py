"""Plain charts drawn on the server: bars and columns as SVG shapes, without script and without style attributes.

Across, positions are shares of the width; down, they are pixels. So a chart fills any width while its words keep
their size, on a phone too. One message per chart: its title is a sentence; the table beside it holds every number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR_ROW, BAR_THICK, BAR_MOST = 46, 16, 84.0  # the longest bar leaves room for its number
PLOT_TOP, PLOT_HEIGHT, FOOT, LINE = 26, 150, 24, 20


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled box; ``x`` and ``width`` in percent."""

    x: str
    y: float
    width: str
    height: float
    kind: str = "main"


@dataclass(frozen=True, slots=True)
class Text:
    """Words; ``dx`` shifts them by pixels."""

    x: str
    y: float
    text: str
    anchor: str = "start"
    dx: int = 0
    kind: str = "label"


@dataclass(frozen=True, slots=True)
class Line:
    """A level line, or a mark of a column."""

    x1: str
    x2: str
    y: float
    kind: str = "limit"


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes of one chart and the sentence it says."""

    title: str
    height: int
    rects: tuple[Rect, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Datum:
    """One bar or column: what it is called, how long it is, how its number reads; ``mark`` is a second measure."""

    label: str
    value: float
    text: str
    mark: float | None = None
    kind: str = "main"


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def bars(title: str, data: Sequence[Datum]) -> Chart:
    """Lying bars, each under its name, the number at its end."""
    most = max((datum.value for datum in data), default=0) or 1
    rects, texts = [], []
    for number, datum in enumerate(data):
        top = number * BAR_ROW
        width = datum.value / most * BAR_MOST
        texts.append(Text("0%", top + 16, datum.label))
        if datum.value:
            rects.append(Rect("0%", top + 22, _percent(width), BAR_THICK, datum.kind))
        texts.append(Text(_percent(width), top + 35, datum.text, dx=6 if datum.value else 0, kind="number"))
    return Chart(title, max(len(data), 1) * BAR_ROW, tuple(rects), (), tuple(texts))


def columns(title: str, data: Sequence[Datum], *, limit: tuple[float, str] | None = None) -> Chart:
    """Standing columns, a mark for a second measure with its number, and a limit as a line named on top.

    The columns' own numbers stand on them, or under the axis where marks need the room.
    """
    highest = [value for datum in data for value in (datum.value, datum.mark or 0)]
    most = max([*highest, limit[0] if limit else 0]) or 1
    slot = 100 / max(len(data), 1)
    marked = any(datum.mark is not None for datum in data)
    foot = PLOT_TOP + PLOT_HEIGHT + (LINE if limit else 0)

    def level(value: float) -> float:
        return round(foot - value / most * PLOT_HEIGHT, 1)

    rects, lines, texts = [], [Line("0%", "100%", foot, "axis")], []
    if limit is not None:
        lines.append(Line("0%", "100%", level(limit[0])))
        texts.append(Text("0%", 12, limit[1], kind="limit"))
    for number, datum in enumerate(data):
        left, middle = number * slot, (number + 0.5) * slot
        top = level(datum.value)
        if datum.value:
            across = _percent(left + slot * 0.2), _percent(slot * 0.6)
            rects.append(Rect(across[0], top, across[1], round(foot - top, 1), datum.kind))
        if datum.mark is not None:
            high = level(datum.mark)
            lines.append(Line(_percent(left + slot * 0.1), _percent(left + slot * 0.9), high, "mark"))
            texts.append(Text(_percent(middle), high - 6, f"{datum.mark:g}", "middle"))
        if datum.text:
            height = foot + 17 + LINE if marked else top - 6
            texts.append(Text(_percent(middle), height, datum.text, "middle", kind="number"))
        texts.append(Text(_percent(middle), foot + 17, datum.label, "middle"))
    height = foot + FOOT + (LINE if marked else 0)
    return Chart(title, height, tuple(rects), tuple(lines), tuple(texts))
