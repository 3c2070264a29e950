"""Precision and recall of TX-1 on sentences as reports have them: no false alarm, every plain contradiction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.core.annual_report.prose_sentences import CONSISTENT, CONTRADICTING
from tests.unit.core.annual_report.test_prose import report_saying

from gongkai.core.annual_report.prose import check_processing_fee, text_mismatches

some_sentences = st.lists(st.sampled_from(CONSISTENT), max_size=12, unique=True).map("".join)


@pytest.mark.parametrize("sentence", CONSISTENT)
def test_a_sentence_that_agrees_with_the_tables_raises_no_alarm(sentence):
    assert [mismatch.fragment for mismatch in text_mismatches(report_saying(sentence))] == []
    assert check_processing_fee(report_saying(sentence, section="六")) == ()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(CONSISTENT), min_size=2, max_size=40, unique=True))
def test_what_stands_before_a_sentence_does_not_make_it_an_alarm(sentences):
    assert [m.fragment for m in text_mismatches(report_saying("".join(sentences)))] == []


@pytest.mark.parametrize(("sentence", "value", "words", "figure"), CONTRADICTING)
def test_a_plain_contradiction_is_found_with_the_words_around_it(sentence, value, words, figure):
    (mismatch,) = text_mismatches(report_saying(sentence))
    assert int(mismatch.printed) == value
    assert words in mismatch.fragment
    assert mismatch.keys[0] == figure


@given(some_sentences, st.sampled_from(CONTRADICTING), some_sentences)
def test_a_contradiction_is_found_among_other_sentences_and_alone(before, contradiction, after):
    sentence, value, words, _ = contradiction
    (mismatch,) = text_mismatches(report_saying(f"{before}{sentence}{after}"))
    assert int(mismatch.printed) == value
    assert words in mismatch.fragment
    assert len(before) <= mismatch.start < len(before + sentence)
