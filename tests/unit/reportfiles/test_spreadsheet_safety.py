"""Text that a spreadsheet would run is guarded, and the guard can be taken off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reportfiles.spreadsheet_safety import FORMULA_STARTS, is_dangerous, neutralised, restored


@pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
def test_every_dangerous_start_gets_an_apostrophe(start):
    assert neutralised(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", [" =1", "\u3000=1", "\n@x", "\ufeff=1"])
def test_blanks_before_the_sign_do_not_hide_it(text):
    assert neutralised(text) == "'" + text


@pytest.mark.parametrize("text", ["", "公开", "3 - 2", "'已有撇号", "（=）", "1=1"])
def test_harmless_text_stays(text):
    assert neutralised(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@\t\r＝＋－＠' \n公1"), max_size=8))
def test_nothing_dangerous_is_left_and_the_text_comes_back(text):
    guarded = neutralised(text)

    assert not is_dangerous(guarded)
    if not text.startswith("'"):
        assert restored(guarded) == text
