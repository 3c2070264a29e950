"""The two entrances of the writers: bytes and files."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reportfiles.writing.written_reports import numbered, zeros

from gongkai.core.annual_report import Edition
from gongkai.reportfiles.writing import (
    FORMATS,
    DocumentContext,
    MissingGlyph,
    UnknownFormat,
    UnwritablePath,
    WritingError,
    render,
    write_report,
)

OPENINGS = {
    "html": b"<!DOCTYPE html>",
    "docx": b"PK",
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "json": b"{",
    "txt": "示".encode(),
}


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_suffix_chooses_the_format_whatever_its_case(tmp_path, fmt):
    path = tmp_path / f"年报.{fmt.upper()}"

    write_report(zeros(), path)

    assert path.read_bytes().startswith(OPENINGS[fmt])


@pytest.mark.parametrize("fmt", FORMATS)
def test_equal_reports_give_equal_bytes(fmt):
    """A published file can be compared with a fresh one: nothing tells the hour or the machine."""
    assert render(numbered(), fmt) == render(numbered(), fmt)


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx"])
def test_the_moment_of_making_can_be_given(fmt):
    noted = DocumentContext(made_at=datetime(2024, 1, 26, 9, 30, tzinfo=UTC))

    assert render(zeros(), fmt, context=noted) != render(zeros(), fmt)


@pytest.mark.parametrize("name", ["report.doc", "report", "report.csv"])
def test_an_unknown_suffix_is_refused_and_the_known_ones_named(tmp_path, name):
    with pytest.raises(UnknownFormat, match="html、docx、pdf、xlsx、json、txt"):
        write_report(zeros(), tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named_in_chinese(tmp_path):
    with pytest.raises(UnwritablePath, match="文件夹不存在，请") as refused:
        write_report(zeros(), tmp_path / "没有" / "report.txt")

    assert refused.value.path == tmp_path / "没有" / "report.txt"


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "report.txt").mkdir()

    with pytest.raises(UnwritablePath, match="该路径是文件夹"):
        write_report(zeros(), tmp_path / "report.txt")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_text("旧版", encoding="utf-8")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UnwritablePath, match="磁盘已满"):
        write_report(zeros(), path)

    assert path.read_text(encoding="utf-8") == "旧版"
    assert [found.name for found in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_written_file_has_the_usual_mode(tmp_path):
    path = tmp_path / "report.json"
    other = tmp_path / "other"
    other.touch()

    write_report(zeros(), path)

    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_every_refusal_is_one_kind_of_error():
    assert issubclass(UnknownFormat, WritingError)
    assert issubclass(UnwritablePath, WritingError)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_report_without_agency_year_or_text_can_be_written(fmt):
    bare = replace(zeros(), agency="", year=None, sections={}, preamble="")

    assert render(bare, fmt).startswith(
        OPENINGS[fmt] if fmt != "txt" else "政府信息公开工作年度报告".encode()
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_control_characters_and_markup_in_a_text_do_no_harm(fmt):
    """Texts come from other people's files: NUL, zero-width marks, a lone surrogate, tags."""
    text = "公开\x00信息\u200b<b>&amp;\"'</b>\ud83d\x0b完"
    report = replace(zeros(), agency="示例县<人民>\ud800政府&\x01\n", sections={"一": text})

    content = render(report, fmt)

    assert content.startswith(OPENINGS[fmt])


@pytest.mark.parametrize("fmt", FORMATS)
@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=60))
def test_no_text_whatever_breaks_a_writer(fmt, text):
    """The one refusal is of a character that the paper cannot show."""
    report = replace(zeros(), agency=text, preamble=text, sections={"一": text, "六": text})

    refused = ()
    try:
        render(report, fmt, context=DocumentContext(title=text))
    except MissingGlyph as error:
        refused = error.characters

    assert fmt == "pdf" or not refused
    assert all(char in text for char in refused)


def test_json_keeps_what_the_report_says_and_marks_the_edition():
    data = json.loads(render(numbered(Edition.E2019, divided=False), "json"))

    assert data["edition"] == "2019"
    assert data["table3"]["三（六）"]["自然人"] > 1000
    assert data["sections"]["五"].startswith("存在解读形式单一")


def test_txt_has_the_same_number_of_tabs_in_every_row_of_a_table():
    lines = render(numbered(), "txt").decode().splitlines()
    tabs = [line.count("\t") for line in lines]

    assert tabs.count(3) == 14  # 表二: 14 rows of 4 places
    assert tabs.count(9) == 28  # 表三: 28 rows of 10
    assert tabs.count(14) == 4  # 表四: 4 rows of 15
