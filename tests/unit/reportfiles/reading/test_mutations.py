"""Damage to a table's text may cost figures, never change one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.unit.reportfiles.reading.factories import telling_report, wrong_cells
from tests.unit.reportfiles.reading.layouts import TEXT_LAYOUTS

from gongkai.core.annual_report import Edition
from gongkai.reportfiles.errors import UnreadableReport
from gongkai.reportfiles.reading import read_bytes

Lines = list[str]
Mutation = Callable[[Lines, int, random.Random], None]


def _figures(line: str) -> tuple[list[str], list[int]]:
    parts = re.split(r"([ \t|│]+)", line)
    return parts, [at for at, part in enumerate(parts) if re.fullmatch(r"-?[\d.]+", part)]


def drop_line(lines: Lines, at: int, dice: random.Random) -> None:
    del lines[at]


def drop_figure(lines: Lines, at: int, dice: random.Random) -> None:
    parts, figures = _figures(lines[at])
    if figures:
        place = dice.choice(figures)
        del parts[max(place - 1, 0) : place + 1]
        lines[at] = "".join(parts)


def blank_figure(lines: Lines, at: int, dice: random.Random) -> None:
    parts, figures = _figures(lines[at])
    if figures:
        parts[dice.choice(figures)] = ""
        lines[at] = "".join(parts)


def botch_figure(lines: Lines, at: int, dice: random.Random) -> None:
    parts, figures = _figures(lines[at])
    if figures:
        parts[dice.choice(figures)] = dice.choice(["O", "-", "/", "—", "1.5.2", "?"])
        lines[at] = "".join(parts)


def page_number(lines: Lines, at: int, dice: random.Random) -> None:
    lines.insert(at, dice.choice(["- 4 -", "— 5 —", "第 3 页", "3/6", "第 3 页 共 6 页"]))


def bare_page_number(lines: Lines, at: int, dice: random.Random) -> None:
    lines.insert(at, "4")


def repeat_line(lines: Lines, at: int, dice: random.Random) -> None:
    lines.insert(at, lines[at])


def tear_label(lines: Lines, at: int, dice: random.Random) -> None:
    label = re.match(r"^[\d.]*[\u4e00-\u9fff（）、，“”.]+", lines[at])
    if label and len(label[0]) > 5:
        place = dice.randrange(2, len(label[0]))
        lines[at : at + 1] = [lines[at][:place], lines[at][place:]]


def drop_label(lines: Lines, at: int, dice: random.Random) -> None:
    label = re.match(r"^\D*?[\u4e00-\u9fff（）、，“”]+", lines[at])
    if label:
        lines[at] = lines[at][label.end() :].strip(" ")


def stray_group_piece(lines: Lines, at: int, dice: random.Random) -> None:
    lines.insert(
        at,
        dice.choice(
            ["三、", "本", "（三）", "不予", "公开", "（三）不", "予公开", "其他", "处理", "（六）其", "结果"]
        ),
    )


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        drop_line,
        drop_figure,
        blank_figure,
        botch_figure,
        page_number,
        bare_page_number,
        repeat_line,
        tear_label,
        drop_label,
        stray_group_piece,
    )
}
# Where every cell is a line, a line lost and a line gained make up for each other, and no reader can tell.
COUNTED_ONLY = {"cell_per_line", "cell_per_line_torn", "label_above"}


def tables_of(lines: Lines) -> range:
    """The lines of the three tables."""
    start = next(at for at, line in enumerate(lines) if line.endswith("二、主动公开政府信息情况"))
    end = next(at for at, line in enumerate(lines) if line.endswith("五、存在的主要问题及改进情况"))
    return range(start + 1, end)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    layout=st.sampled_from(sorted(TEXT_LAYOUTS)),
    edition=st.sampled_from(Edition),
    divided=st.booleans(),
    names=st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
)
@example(layout="label_above", edition=Edition.E2021, divided=True, names=["repeat_line"], seed=1461)
@example(
    layout="blocks_below",
    edition=Edition.E2021,
    divided=True,
    names=["blank_figure", "bare_page_number"],
    seed=9,
)
@example(
    layout="aligned",
    edition=Edition.E2021,
    divided=False,
    names=["bare_page_number", "drop_label", "stray_group_piece"],
    seed=48202424,
)
def test_damage_never_changes_a_figure(
    layout: str, edition: Edition, divided: bool, names: list[str], seed: int
) -> None:
    report = telling_report(edition, divided=divided)
    lines = TEXT_LAYOUTS[layout](report)
    dice = random.Random(seed)
    for name in names[:1] if layout in COUNTED_ONLY else names:
        MUTATIONS[name](lines, dice.choice(tables_of(lines)), dice)

    try:
        result = read_bytes("\n".join(lines).encode(), "report.txt")
    except UnreadableReport:
        return

    assert wrong_cells(report, result) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layout=st.sampled_from(["plain", "pages", "aligned", "glued"]), seed=st.integers(0, 2**32))
def test_rows_in_another_order_keep_their_figures(layout: str, seed: int) -> None:
    report = telling_report()
    lines = TEXT_LAYOUTS[layout](report)
    dice = random.Random(seed)
    at = dice.choice(tables_of(lines)[:-1])
    lines[at], lines[at + 1] = lines[at + 1], lines[at]

    try:
        result = read_bytes("\n".join(lines).encode(), "report.txt")
    except UnreadableReport:
        return

    assert wrong_cells(report, result) == []


@settings(max_examples=100, deadline=None)
@given(layout=st.sampled_from(sorted(TEXT_LAYOUTS)), share=st.floats(0.05, 1))
def test_a_text_cut_anywhere_gives_no_wrong_figure(layout: str, share: float) -> None:
    report = telling_report()
    text = "\n".join(TEXT_LAYOUTS[layout](report))

    try:
        result = read_bytes(text[: int(len(text) * share)].encode(), "report.txt")
    except UnreadableReport:
        return

    assert len(wrong_cells(report, result)) <= 1  # the very figure that the cut went through
