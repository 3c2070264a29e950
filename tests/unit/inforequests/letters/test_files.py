"""Both forms of a letter say the same, and the PDF is what an archive wants."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
from docx import Document
from tests.unit.core.disclosure.letters.facts_for_tests import BODIES, FULL

from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.core.disclosure.letters import LETTERS, compose
from gongkai.inforequests.letters import letter_docx, letter_pdf
from gongkai.inforequests.letters.words import in_words, title_lines
from gongkai.reportfiles.writing.errors import MissingGlyph

DAY = date(2026, 3, 30)


def letter(number=16, **facts):
    decision = next((d for d in DECISIONS if d.letter == number), None)
    text = compose(LETTERS[number], {**FULL, **facts}, dated=DAY, bodies=BODIES, decision=decision)
    return replace(text, document_number="" if LETTERS[number].is_form else "示园公复〔2026〕1号")


def squeezed(text):
    return "".join(text.split())


def words_of_pdf(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return squeezed("".join(page.extract_text() for page in pdf.pages)), len(pdf.pages)


def words_of_docx(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([p.text for p in document.paragraphs] + cells))


@pytest.mark.parametrize("number", LETTERS)
def test_every_letter_in_both_forms_holds_every_word(number):
    text = letter(number)
    pdf, _ = words_of_pdf(letter_pdf(text))
    docx = words_of_docx(letter_docx(text))
    for part in (text.title, text.document_number, text.organ, "2026年3月30日", *text.paragraphs):
        assert squeezed(part) in pdf
        assert squeezed(part) in docx
    for label, value in text.rows:
        assert squeezed(label) in docx
        assert squeezed(value) in docx


def test_the_same_text_gives_the_same_pdf():
    assert letter_pdf(letter()) == letter_pdf(letter())


def test_signature_and_date_never_stand_alone_on_a_page():
    for count in range(1, 60, 3):
        text = letter(不公开理由="\n".join(["这是一段理由。"] * count))
        content = letter_pdf(text)
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            last = squeezed(pdf.pages[-1].extract_text() or "")
        if "2026年3月30日" in last:
            assert "联系单位" in last


def test_a_pdf_has_a_title_an_organ_and_no_trace_of_who_made_it():
    with pdfplumber.open(io.BytesIO(letter_pdf(letter()))) as pdf:
        facts = pdf.metadata
    assert facts["Title"] == "政府信息不予公开告知书"
    assert facts["Author"] == "示例工业园区管理委员会"
    properties = Document(io.BytesIO(letter_docx(letter()))).core_properties
    assert (properties.author, properties.last_modified_by) == ("示例工业园区管理委员会",) * 2


@pytest.mark.parametrize("write", [letter_pdf, letter_docx])
def test_a_character_without_a_glyph_is_named_with_its_place(write):
    with pytest.raises(MissingGlyph, match="正文第 3 段中的字符“\U0001f600”"):
        write(letter(不公开理由="见\U0001f600"))


def test_long_titles_are_broken_evenly():
    assert title_lines("政府信息不存在告知书") == ["政府信息不存在告知书"]
    assert [len(line) for line in title_lines("政" * 31)] == [16, 15]


def test_dates_in_words_have_no_leading_zeros():
    assert in_words(date(2026, 3, 2)) == "2026年3月2日"
