"""Corrected copies: only what is sure, everything else as it was."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from gongkai.prooffiles import CannotCorrect, corrected, proofread, read

TODAY = date(2026, 1, 1)


def fixed(path):
    return corrected(path, proofread(path, today=TODAY).findings)


def test_text_is_corrected_in_its_own_encoding_and_line_breaks(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("一、工作布署\r\n要贯切落实，，抓好防讯。\r\n".encode("gb18030"))

    assert fixed(path).decode("gb18030") == "一、工作部署\r\n要贯彻落实，抓好防汛。\r\n"


def test_hints_are_not_put_in(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("其它材料，布署工作。", encoding="utf-8")

    assert fixed(path).decode() == "其它材料，部署工作。"


def test_a_word_document_is_corrected_across_runs(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("工作布")
    paragraph.add_run("署").bold = True
    paragraph.add_run("完成，贯切落实。")
    path = tmp_path / "a.docx"
    document.save(path)

    copy = docx.Document(io.BytesIO(fixed(path)))

    assert copy.paragraphs[0].text == "工作部署完成，贯彻落实。"
    assert [run.bold for run in copy.paragraphs[0].runs] == [None, True, None]
    assert read(path).text.startswith("工作布署")


def test_other_kinds_are_not_written(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>工作布署</p>", encoding="utf-8")

    with pytest.raises(CannotCorrect, match="txt、md、docx"):
        fixed(path)
