"""Whole written files, kept to be reviewed as diffs.

Kept as they are: html, txt, json, the body of the docx. Of a PDF the text of each page is kept, as another
version of the typesetter may well write other bytes. After a wanted change run the test once with
GONGKAI_UPDATE_GOLDEN=1, look at the difference, and commit it.
"""

import io
import os
import re
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from tests.unit.reportfiles.writing.written_reports import large, numbered, zeros

from gongkai.core.annual_report import Edition
from gongkai.reportfiles.writing import render

FOLDER = Path(__file__).parents[3] / "golden" / "report"
REPORTS = {
    "zero-2023": zeros,
    "large-2023": large,
    "numbered-2020": lambda: numbered(Edition.E2019, divided=False),
}


def docx_body(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    return re.sub(r"(<w:(?:p|tbl|tr|sectPr)[ >])", r"\n\1", xml) + "\n"


def pdf_pages(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join(f"== {page.page_number} ==\n{page.extract_text()}\n" for page in pdf.pages)


def as_text(content):
    return content.decode("utf-8")


KEPT = {
    "html": ("html", as_text),
    "txt": ("txt", as_text),
    "json": ("json", as_text),
    "docx": ("document.xml", docx_body),
    "pdf": ("pages.txt", pdf_pages),
}


@pytest.mark.parametrize("fmt", KEPT)
@pytest.mark.parametrize("name", REPORTS)
def test_a_written_file_is_as_kept(name, fmt):
    suffix, show = KEPT[fmt]
    path = FOLDER / f"{name}.{suffix}"
    written = show(render(REPORTS[name](), fmt))
    if os.environ.get("GONGKAI_UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8", newline="")

    assert written == path.read_text(encoding="utf-8")
