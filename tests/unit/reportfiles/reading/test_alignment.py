"""Which run of figures belongs to which row, and when it cannot be known."""

from __future__ import annotations

from gongkai.reportfiles.reading.alignment import Alignment, align
from gongkai.reportfiles.reading.elements import Element, split_line
from gongkai.reportfiles.reading.labels import table_three_rows

ROWS = table_three_rows(divided=True)
KEYS = [row.key for row in ROWS.rows]
SEVEN = "{0} {0} {0} {0} {0} {0} {0}"
BEFORE = "（二）部分公开 1 1 1 1 1 1 1"
AFTER = "4.保护第三方合法权益 9 9 9 9 9 9 9"


def aligned(*lines: str) -> tuple[dict[str, str], Alignment]:
    """The first figure given to each row, for lines of text."""
    elements = []
    for line in lines:
        label, figures = split_line(line)
        elements.append(Element(label, figures or None, ("",)))
    alignment = align(elements, ROWS)
    first = {KEYS[row]: (elements[at].figures or ("",))[0] for row, at in alignment.runs.items()}
    return first, alignment


def doubtful(alignment: Alignment) -> set[str]:
    return {KEYS[row] for row in alignment.doubtful}


def test_labels_above_their_figures() -> None:
    first, _ = aligned(
        BEFORE, "1.属于国家秘密", SEVEN.format(2), "2.其他法律行政法规禁止公开", SEVEN.format(3), AFTER
    )

    assert (first["r3_3_1"], first["r3_3_2"]) == ("2", "3")


def test_labels_below_their_figures() -> None:
    first, _ = aligned(
        BEFORE, SEVEN.format(2), "1.属于国家秘密", SEVEN.format(3), "2.其他法律行政法规禁止公开", AFTER
    )

    assert (first["r3_3_1"], first["r3_3_2"]) == ("2", "3")


def test_figures_between_the_halves_of_their_label() -> None:
    first, _ = aligned(
        BEFORE, "1.属于国家秘密", SEVEN.format(2), "2.其他法律行政", SEVEN.format(3), "法规禁止公开", AFTER
    )

    assert (first["r3_3_1"], first["r3_3_2"]) == ("2", "3")


def test_one_run_between_two_labels_is_nobodys() -> None:
    """It may be the first label's or the second's."""
    first, alignment = aligned(BEFORE, "1.属于国家秘密", SEVEN.format(2), "2.其他法律行政法规禁止公开", AFTER)

    assert not {"r3_3_1", "r3_3_2"} & set(first)
    assert doubtful(alignment) == {"r3_3_1", "r3_3_2"}


def test_one_run_without_label_for_two_rows_is_nobodys() -> None:
    first, alignment = aligned("1.属于国家秘密 1 1 1 1 1 1 1", SEVEN.format(2), AFTER)

    assert not {"r3_3_2", "r3_3_3"} & set(first)
    assert {"r3_3_2", "r3_3_3"} <= doubtful(alignment)


def test_one_run_without_label_for_one_row_is_that_rows() -> None:
    first, _ = aligned("2.其他法律行政法规禁止公开 1 1 1 1 1 1 1", SEVEN.format(2), AFTER)

    assert first["r3_3_3"] == "2"


def test_a_labels_block_before_a_block_of_figures_is_not_read() -> None:
    """As pdftotext writes a table column by column."""
    first, _ = aligned(
        BEFORE,
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        SEVEN.format(2),
        SEVEN.format(3),
        SEVEN.format(4),
        AFTER,
    )

    assert not {"r3_3_1", "r3_3_2", "r3_3_3"} & set(first)


def test_a_run_too_many_makes_loose_ones_doubtful() -> None:
    first, _ = aligned(
        BEFORE,
        "1.属于国家秘密",
        SEVEN.format(2),
        SEVEN.format(3),
        SEVEN.format(4),
        "2.其他法律行政法规禁止公开",
        AFTER,
    )

    assert "r3_3_3" not in first


def test_a_subtotal_beside_a_group_label_goes_to_no_row() -> None:
    first, alignment = aligned(BEFORE, "（三）不予公开 8 8 8 8 8 8 8", "1.属于国家秘密", AFTER)

    assert "r3_3_1" not in first
    assert {KEYS[row] for row in alignment.labelled} == {"r3_3_1"}


def test_figures_beside_a_group_label_but_within_a_torn_label_are_that_rows() -> None:
    first, _ = aligned(
        "1.属于国家秘密 1 1 1 1 1 1 1",
        "2.其他法律行政",
        "（三）不予公开 3 3 3 3 3 3 3",
        "法规禁止公开",
        AFTER,
    )

    assert first["r3_3_2"] == "3"


def test_figures_beside_foreign_words_go_to_no_row() -> None:
    first, alignment = aligned("1.属于国家秘密 1 1 1 1 1 1 1", "其中：网上申请 3 3 3 3 3 3 3", AFTER)

    assert set(first) == {"r3_3_1", "r3_3_4"}
    assert alignment.loose == [1]


def test_rows_in_another_order_keep_their_labels() -> None:
    first, _ = aligned(AFTER, "1.属于国家秘密 1 1 1 1 1 1 1", "2.其他法律行政法规禁止公开 2 2 2 2 2 2 2")

    assert (first["r3_3_4"], first["r3_3_1"], first["r3_3_2"]) == ("9", "1", "2")


def test_a_row_twice_is_noted() -> None:
    _, alignment = aligned(BEFORE, BEFORE)

    assert {KEYS[row] for row in alignment.repeated} == {"r3_2"}


def test_a_hundred_lines_without_order_end_soon() -> None:
    labels = [row.label for row in reversed(ROWS.rows)] * 2
    lines = [line for label in labels for line in (label[:4], SEVEN.format(1), label[4:])]

    first, _ = aligned(*lines)

    assert len(first) <= len(KEYS)
