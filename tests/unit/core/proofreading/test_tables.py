"""Every row of the tables passes its own samples, in the engine as it runs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.core.proofreading import check
from gongkai.core.proofreading.patterns import rules
from gongkai.core.proofreading.tables import samples, table

ON = date(2026, 6, 1)
_STRUCTURE = {"PU-05", "PU-12a", "PU-12b", "PU-12c", "PU-12d", "PU-13", "PU-14", "PU-17", "PU-18", "LE-04"}
# Samples of the tables that we read otherwise; the reason stands beside the narrowed pattern.
_NARROWED = {
    ("NU-03", "二、三米"),
    ("NU-03", "三、五天"),
    ("NU-05", "9~16亿"),
    ("PU-12e", "首先、提高认识"),
    ("PU-12e", "第一、"),
    ("PU-15", "《关于贯彻《办法》的通知》"),
    ("LE-01", "××公司"),
    ("LE-02", "（待补充）"),
}


def found(text: str) -> set[str]:
    return {finding.rule for finding in check(text, on=ON)}


def rows(*families: str):
    known = {rule.id for rule in rules()}
    return [row for family in families for row in table(family) if row["id"] in known]


@pytest.mark.parametrize("row", rows("typing", "confusions"), ids=lambda row: row["id"])
def test_a_typing_error_is_found_and_corrected(row):
    for bad, good in zip(samples(row["bad"]), samples(row["good"]), strict=True):
        corrected = {
            bad[: each.start] + (each.replacement or each.suggestion) + bad[each.end :]
            for each in check(bad, on=ON)
            if each.rule == row["id"] or each.rule.startswith("CX")
        }

        assert good in corrected
        assert row["id"] not in found(good)


@pytest.mark.parametrize("row", rows("typing", "confusions"), ids=lambda row: row["id"])
def test_word_borders_do_not_look_like_typing_errors(row):
    for sample in samples(row["must_not_match"]):
        assert row["id"] not in found(sample)


@pytest.mark.parametrize(
    "row", rows("punctuation", "numerals", "leftovers", "own_patterns", "terms"), ids=lambda row: row["id"]
)
def test_a_pattern_finds_its_samples(row):
    rule = next(rule for rule in rules() if rule.id == row["id"])
    for sample in samples(row["must_match"]):
        if (row["id"], sample) in _NARROWED:
            continue
        assert rule.pattern.search(sample), sample
        settled = check(sample, on=ON)
        assert settled, sample
    for sample in samples(row["must_not_match"]):
        if (row["id"], sample) not in _NARROWED:
            assert row["id"] not in found(sample), sample


@pytest.mark.parametrize("row", rows("secrecy"), ids=lambda row: row["id"])
def test_marks_of_secrecy_are_found(row):
    for sample in samples(row["must_match"]):
        assert row["id"] in found(sample) or row["id"] in {"SE-06", "SE-08b"}, sample
    for sample in samples(row["must_not_match"]):
        assert row["id"] not in found(sample), sample


def test_a_draft_mark_counts_in_a_title_unless_comments_are_asked_for():
    assert "SE-06" in found("管理办法（送审稿）\n第一条　为了加强管理，制定本办法。")
    assert "SE-06" not in found("管理办法（征求意见稿）\n现公开征求意见。")


def test_a_password_is_found():
    assert "SE-08b" in found("系统初始密码：abc12345")


@pytest.mark.parametrize("row", table("dated_names"), ids=lambda row: row["id"])
def test_a_former_name_is_found_after_its_change_only(row):
    for sample in samples(row["must_match"]):
        assert row["id"] in found(sample), sample
        before = {finding.rule for finding in check(sample, on=date(2005, 1, 1))}
        assert row["id"] not in before, sample
    for sample in samples(row["must_not_match"]):
        assert row["id"] not in found(sample), sample


def test_every_anchored_pattern_has_an_anchor_in_its_samples():
    """A pattern is tried only where an anchor stands, so an anchor that misses a sample would hide an error."""
    anchors = {row["id"]: row["anchors"].split("\x1f") for row in table("anchors")}
    for family in ("typing", "confusions", "punctuation", "numerals", "leftovers", "own_patterns", "terms"):
        for row in rows(family):
            pattern = next(rule.pattern for rule in rules() if rule.id == row["id"])
            for sample in samples(row.get("bad") or row.get("must_match", "")):
                if pattern.search(sample):
                    assert any(anchor in sample for anchor in anchors[row["id"]]), (row["id"], sample)


def test_the_tables_of_structure_are_read_by_rules_of_structure():
    left_out = {row["id"] for row in table("punctuation")} - {rule.id for rule in rules()}

    assert left_out <= _STRUCTURE


def test_no_pattern_nests_unbounded_repetition():
    """(x+)+ and the like take exponential time on bait."""
    nested = re.compile(r"\([^()]*[+*]\)[+*{]")

    assert [rule.id for rule in rules() if nested.search(rule.pattern.pattern)] == []
