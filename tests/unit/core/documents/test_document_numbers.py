"""Document numbers are read in any brackets and printed in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.documents.document_numbers import (
    DocumentNumber,
    DocumentNumberFaulty,
    parse_document_number,
)


@pytest.mark.parametrize(
    "text",
    ["示园公复〔2026〕1号", "示园公复[2026]1号", "示园公复（2026）第 1 号", "示园公复【２０２６】01号"],
)
def test_every_bracket_form_reads_alike(text):
    assert parse_document_number(text) == DocumentNumber("示园公复", 2026, 1)


@pytest.mark.parametrize(
    "text", ["", "示园公复2026-1", "示园公复〔26〕1号", "示园公复〔2026〕0号", "〔2026〕1号"]
)
def test_what_is_no_number_is_refused_with_the_right_form(text):
    with pytest.raises(DocumentNumberFaulty, match="示园公复〔2026〕1号"):
        parse_document_number(text)


@given(st.integers(1000, 9999), st.integers(1, 999_999))
def test_printed_numbers_read_back(year, serial):
    number = DocumentNumber("示园公复", year, serial)
    assert parse_document_number(str(number)) == number
