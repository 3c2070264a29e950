"""Redaction takes the text out: by every way of reading, on turned and cropped pages, and nothing else."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pdfplumber
import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.core.disclosure.letters.facts_for_tests import BODIES, FULL

from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.core.disclosure.letters import LETTERS, compose
from gongkai.inforequests.letters import letter_pdf
from gongkai.releasefiles import redacting
from gongkai.releasefiles.errors import RedactionFailed
from gongkai.releasefiles.invisible_font import FONT
from gongkai.releasefiles.redacting import Mark, find_text, page_count, page_picture, redact

SECRET = "行政复议"


@cache
def letter():
    text = compose(LETTERS[16], FULL, dated=date(2026, 3, 30), bodies=BODIES, decision=BY_CODE["D-16-1"])
    return letter_pdf(text)


@pytest.fixture
def paper():
    return letter()


def marks_on(data, words=SECRET, ground="第十五条　商业秘密"):
    return [Mark(p.page, p.x0, p.y0, p.x1, p.y1, ground) for p in find_text(data, words)]


def read(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)


def changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        stream = io.BytesIO()
        document.save(stream)
    return stream.getvalue()


def test_marked_words_are_gone_for_every_reader_and_the_others_stay(paper):
    before = read(paper)
    made = redact(paper, marks_on(paper))
    after = read(made.data)
    assert SECRET in before
    assert SECRET not in after
    assert find_text(made.data, SECRET) == ()
    assert find_text(made.data, "政府信息公开条例")
    assert made.removed == len(SECRET) * before.count(SECRET)
    assert sorted(before.replace(SECRET, "")) == sorted(after)
    assert SECRET.encode("utf-16-be") not in made.data


def test_the_place_of_a_mark_is_black_and_the_page_else_as_it_was(paper):
    mark = marks_on(paper)[0]
    pictures = []
    for data in (paper, redact(paper, [mark]).data):
        pictures.append(Image.open(io.BytesIO(page_picture(data, 0, 1000))).convert("L"))
    before, after = pictures
    middle = (int((mark.x0 + mark.x1) / 2 * 1000), int((mark.y0 + mark.y1) / 2 * before.height))
    assert after.getpixel(middle) < 10
    assert abs(before.getpixel((5, 5)) - after.getpixel((5, 5))) < 10


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_marked_where_they_are_seen(paper, turn):
    turned = changed(paper, lambda document: document.pages[0].rotate(turn, relative=False))
    made = redact(turned, marks_on(turned)).data
    assert SECRET not in read(made)
    assert find_text(made, SECRET) == ()


def test_cropped_pages_are_marked_where_they_are_seen(paper):
    def crop(document):
        document.pages[0].cropbox = [50, 50, 560, 800]

    cropped = changed(paper, crop)
    made = redact(cropped, marks_on(cropped)).data
    assert SECRET not in read(made)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [round(float(edge)) for edge in document.pages[0].mediabox] == [0, 0, 510, 750]


def test_what_only_programs_see_is_left_behind(paper):
    def burden(document):
        document.docinfo["/Author"] = "某人"
        document.attachments["原稿.txt"] = b"secret original"
        document.Root.Names.JavaScript = document.make_indirect(pikepdf.Dictionary(Names=[]))
        document.pages[0].Annots = document.make_indirect(
            pikepdf.Array(
                [
                    document.make_indirect(
                        pikepdf.Dictionary(
                            Type=pikepdf.Name.Annot,
                            Subtype=pikepdf.Name.Text,
                            Rect=[0, 0, 9, 9],
                            Contents=pikepdf.String("批注"),
                        )
                    )
                ]
            )
        )

    made = redact(changed(paper, burden), marks_on(paper)).data
    with pikepdf.open(io.BytesIO(made)) as document:
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert not dict(document.docinfo)
        assert "/Annots" not in document.pages[0]
    assert b"secret original" not in made


def test_pages_without_marks_stay_as_they_are(paper):
    with pikepdf.open(io.BytesIO(paper)) as one, pikepdf.new() as two:
        two.pages.extend(one.pages)
        two.pages.extend(one.pages)
        stream = io.BytesIO()
        two.save(stream)
    double = stream.getvalue()
    marks = [mark for mark in marks_on(double) if mark.page == 0]
    made = redact(double, marks).data
    assert page_count(made) == page_count(double)
    half = page_count(double) // 2
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert SECRET not in "".join((pdf.pages[0].extract_text() or "").split())
        assert SECRET in "".join("".join((p.extract_text() or "").split()) for p in pdf.pages[half:])


def test_a_picture_under_a_mark_does_not_survive_in_the_file(paper):
    """A scan has no text: the part under the mark must be gone from the picture itself."""
    noisy = Image.effect_noise((600, 800), 80).convert("RGB")
    stream = io.BytesIO()
    noisy.save(stream, "PDF")
    scan = stream.getvalue()
    with pikepdf.open(io.BytesIO(scan)) as document:
        old = next(iter(document.pages[0].Resources.XObject.values())).read_raw_bytes()
    made = redact(scan, [Mark(0, 0.2, 0.2, 0.6, 0.4, "第十五条　个人隐私")]).data
    middle = len(old) // 2
    assert old[middle : middle + 64] in scan
    assert old[middle : middle + 64] not in made


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Mark(9, 0.1, 0.1, 0.2, 0.2, "第十五条"), "不在文件的页面上"),
        (Mark(0, 0.2, 0.1, 0.1, 0.2, "第十五条"), "不在文件的页面上"),
        (Mark(0, 0.1, 0.1, 1.2, 0.2, "第十五条"), "不在文件的页面上"),
        (Mark(0, 0.1, 0.1, 0.2, 0.2, " "), "没有写依据"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(paper, mark, said):
    with pytest.raises(RedactionFailed, match=said):
        redact(paper, [mark])


def test_no_marks_no_file(paper):
    with pytest.raises(RedactionFailed, match="没有标出"):
        redact(paper, [])


def test_a_locked_or_broken_file_is_refused(paper):
    with pikepdf.open(io.BytesIO(paper)) as document:
        stream = io.BytesIO()
        document.save(stream, encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(RedactionFailed, match="密码"):
        redact(stream.getvalue(), [Mark(0, 0.1, 0.1, 0.2, 0.2, "第十五条")])
    with pytest.raises(RedactionFailed, match="打不开"):
        page_count(b"%PDF-1.7 broken")


def test_a_result_that_still_holds_the_text_is_not_given_out(paper, monkeypatch):
    monkeypatch.setattr(redacting, "_written", lambda data, drawn: data)
    with pytest.raises(RedactionFailed, match="仍能读出文字"):
        redact(paper, marks_on(paper))


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.1), st.floats(0.01, 0.1))
def test_no_character_is_left_under_any_mark(x, y, width, height):
    mark = Mark(0, x, y, min(1, x + width), min(1, y + height), "第十五条")
    made = redact(letter(), [mark])
    with pdfplumber.open(io.BytesIO(made.data)) as pdf:
        page = pdf.pages[0]
        inside = [
            char
            for char in page.chars
            if mark.x0 * page.width < (char["x0"] + char["x1"]) / 2 < mark.x1 * page.width
            and mark.y0 * page.height < (char["top"] + char["bottom"]) / 2 < mark.y1 * page.height
        ]
    assert inside == []


def test_words_are_found_across_lines_blanks_and_widths(paper):
    assert find_text(paper, "政府信息 公开条例")
    assert find_text(paper, "２０２６-0001")
    assert find_text(paper, "没有这几个字") == ()
    assert find_text(paper, " ") == ()


def test_the_invisible_font_is_the_box_it_claims_to_be():
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({})

    def box():
        pen = TTGlyphPen(None)
        pen.moveTo((0, -200))
        for point in ((0, 800), (1000, 800), (1000, -200)):
            pen.lineTo(point)
        pen.closePath()
        return pen.glyph()

    builder.setupGlyf({".notdef": box(), "box": box()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupMaxp()
    builder.font["head"].created = builder.font["head"].modified = 0
    del builder.font["cmap"]
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.font.save(stream)
    assert stream.getvalue() == FONT


def test_two_equal_marks_set_close_together_do_not_hinder_redaction():
    """Typesetters squeeze adjoining brackets; PDFium then reads the second as a bold printing of the first."""
    facts = {**FULL, "不公开理由": "属于内部事务（见甲（乙））。行政复议。"}
    text = compose(LETTERS[16], facts, dated=date(2026, 3, 30), bodies=BODIES, decision=BY_CODE["D-16-1"])
    data = letter_pdf(text)
    assert SECRET not in read(redact(data, marks_on(data)).data)
