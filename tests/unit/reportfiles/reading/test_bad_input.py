"""Files that are no reports, or are broken: one Chinese line each, in bounded time and memory."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.unit.reportfiles.reading.factories import telling_report
from tests.unit.reportfiles.reading.layouts import html_spans, plain_lines
from tests.unit.reportfiles.reading.packages import zipped

from gongkai.reportfiles.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    NotAReport,
    NotFound,
    ScannedPDF,
    TooLarge,
    TwoReports,
    TwoYears,
    UnreadableReport,
    WrongType,
)
from gongkai.reportfiles.reading import limits, read_bytes, read_report
from gongkai.reportfiles.writing import render

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, name: str) -> UnreadableReport:
    """What refuses a file; its message must be one Chinese line that begins with the name."""
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}：")
    assert "\n" not in message
    assert message.endswith("。")
    return caught.value


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="文件不存在"):
        read_report(tmp_path / "没有.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="文件夹"):
        read_report(tmp_path)


@pytest.mark.parametrize("path", ["a\x00b.txt", "x" * 5000, "\udce4\udcb8.txt"])
def test_a_path_that_cannot_be(path: str) -> None:
    with pytest.raises(NotFound) as caught:
        read_report(path)
    str(caught.value).encode("utf-8")


def test_a_file_over_the_cap_is_not_even_read(tmp_path: Path) -> None:
    """A sparse file of 200 MB: refused by its size, without reading it."""
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    started = time.perf_counter()
    with pytest.raises(TooLarge, match="200 MB"):
        read_report(path)

    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00" * 100])
def test_an_empty_file(data: bytes) -> None:
    assert isinstance(refusal(data, "a.txt"), EmptyFile)


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_a_truncated_office_file(fmt: str) -> None:
    data = render(telling_report(), fmt)

    for share in (0.3, 0.6, 0.95):
        assert isinstance(refusal(data[: int(len(data) * share)], f"a.{fmt}"), Damaged)


def test_a_truncated_pdf() -> None:
    data = render(telling_report(), "pdf")

    assert isinstance(refusal(data[:500], "a.pdf"), Damaged | ScannedPDF)


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * (limits.MAX_MEMBER_BYTES + 10)})

    assert isinstance(refusal(bomb, "a.docx"), TooLarge)


def test_a_part_whose_stated_size_lies() -> None:
    """The header may say 10 bytes and unpack to gigabytes: reading stops at the cap."""
    data = bytearray(zipped({"word/document.xml": b"x" * 3_000_000}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bytes(data).rindex(mark)
        data[at + offset : at + offset + 4] = (10).to_bytes(4, "little")

    assert isinstance(refusal(bytes(data), "a.docx"), Damaged)


def test_an_entity_in_office_xml() -> None:
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'

    assert isinstance(refusal(zipped({"word/document.xml": xml}), "a.docx"), Damaged)


def test_an_encrypted_office_file() -> None:
    data = OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100

    assert isinstance(refusal(data, "a.docx"), Encrypted)


def test_an_encrypted_pdf() -> None:
    """A PDF whose trailer names an encryption dictionary that no empty password opens."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    body = (
        b"3 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O("
        + b"a" * 32
        + b")/U("
        + b"b" * 32
        + b")>>endobj\n"
    )
    offsets = [0, head.index(b"1 0 obj"), head.index(b"2 0 obj"), len(head)]
    table = b"".join(
        b"%010d %05d %s \n" % (at, 0 if i else 65535, b"n" if i else b"f") for i, at in enumerate(offsets)
    )
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[(x)(x)]>>\nstartxref\n%d\n%%%%EOF" % len(
        head + body
    )

    assert isinstance(refusal(head + body + b"xref\n0 4\n" + table + trailer, "a.pdf"), Encrypted)


def test_a_pdf_without_text() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)

    assert isinstance(refusal(buffer.getvalue(), "a.pdf"), ScannedPDF)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.pdf"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.docx"),
        (b"{\\rtf1 abc}", "a.docx"),
        (OLE + b"\x00" * 600, "a.docx"),
        (OLE + b"\x00" * 100 + "Workbook".encode("utf-16-le"), "a.xlsx"),
        ("一、总体情况".encode(), "a.docx"),
        ("一、总体情况".encode(), "a.pdf"),
        (zipped({"readme.txt": b"x"}), "a.docx"),
        (zipped({"OFD.xml": b"x"}), "a.ofd"),
        (zipped({"content.xml": b"x"}), "a.odt"),
        (zipped({"word/document.xml": b"<a/>"}), "a.xlsx"),
        (zipped({"word/document.xml": b"<a/>"}), "a.txt"),
        (b"%PDF-1.4 ...", "a.docx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "a.mht"),
    ],
)
def test_another_kind_than_the_name_says_or_one_that_is_not_read(data: bytes, name: str) -> None:
    assert isinstance(refusal(data, name), WrongType)


def test_text_under_a_web_ending_and_a_page_under_a_text_ending_are_read() -> None:
    """Offices save pages as .txt and text as .html; neither can be mistaken."""
    report = telling_report()

    as_txt = read_bytes(html_spans(report).encode(), "a.txt")
    as_html = read_bytes("\n".join(plain_lines(report)).encode(), "a.html")

    assert (as_txt.source.format, as_html.source.format) == ("html", "txt")
    assert as_txt.report.values == as_html.report.values


@pytest.mark.parametrize(
    "data",
    [
        "通知\n请各单位按时上报。".encode(),
        b"<html><body><p>\xe6\x96\xb0\xe9\x97\xbb</p></body></html>",
        b'{"a": 1}',
    ],
)
def test_no_report_at_all(data: bytes) -> None:
    assert isinstance(refusal(data, "a.html" if data[:1] == b"<" else "a.txt"), NotAReport)


def test_broken_json() -> None:
    assert isinstance(refusal(b'{"table2": {', "a.json"), Damaged)
    assert isinstance(refusal(b'{"a":' * 100_000, "a.json"), Damaged)


def test_deeply_nested_html_ends_in_a_refusal() -> None:
    page = "<div>" * 100_000 + "一、总体情况" + "</div>" * 100_000

    assert isinstance(refusal(page.encode(), "a.html"), Damaged | NotAReport)


def test_a_workbook_of_a_million_rows_is_refused_in_time() -> None:
    row = '<row r="%d"><c r="A%d"><v>1</v></c></row>'
    sheet = (
        "<worksheet><sheetData>"
        + "".join(row % (n, n) for n in range(1, 400_001))
        + "</sheetData></worksheet>"
    )
    data = workbook(sheet)

    started = time.perf_counter()
    error = refusal(data, "a.xlsx")

    assert isinstance(error, TooLarge)
    assert time.perf_counter() - started < 5


def workbook(sheet: str) -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    book = (
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="年报" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return zipped(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )


def test_lines_without_end() -> None:
    assert isinstance(refusal(b"x" * (limits.MAX_LINE_CHARACTERS + 1), "a.txt"), TooLarge)
    assert isinstance(refusal(b"x\n" * (limits.MAX_LINES + 1), "a.txt"), TooLarge)
    assert isinstance(refusal(b"x" * (limits.MAX_TEXT_BYTES + 1), "a.txt"), TooLarge)


def test_a_cell_that_spans_a_million_columns_is_cut() -> None:
    page = html_spans(telling_report()).replace('colspan="1"', 'colspan="1000000" rowspan="1000000"', 1)

    result = read_bytes(page.encode(), "a.html")

    assert result.source.format == "html"


def test_two_reports_of_two_years_one_after_the_other() -> None:
    report = telling_report()
    other = report.with_values(dict.fromkeys(report.cells(), 5))
    lines = [line.replace("2023", "2022") for line in plain_lines(other)]

    text = "\n".join([*plain_lines(report), *lines])

    assert isinstance(refusal(text.encode(), "a.txt"), TwoYears | TwoReports)


def test_two_years_side_by_side_in_a_page() -> None:
    page = html_spans(telling_report())
    head, *rows = page.split("<tr>")
    doubled = [row.replace("</tr>", row.partition("</tr>")[0] + "</tr>", 1) for row in rows]

    assert isinstance(refusal("<tr>".join([head, *doubled]).encode(), "a.html"), TwoYears)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a", "a.json"])
)
@example(data="一、总体情况\ud800".encode("utf-8", "surrogatepass"), name="a.txt")
@example(data=b"<table><tr><td rowspan=0 colspan=0>", name="a.html")
@example(data=b"%PDF-", name="a.pdf")
@example(data=b"PK\x03\x04", name="a.docx")
def test_random_bytes_never_crash(data: bytes, name: str) -> None:
    try:
        result = read_bytes(data, name)
    except UnreadableReport:
        return
    assert not any(value is not None for value in result.report.values.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    fmt=st.sampled_from(["docx", "xlsx", "pdf", "html", "json"]),
    at=st.floats(0, 1),
    noise=st.binary(min_size=1, max_size=8),
)
def test_damaged_files_never_crash(fmt: str, at: float, noise: bytes) -> None:
    data = FILES.setdefault(fmt, render(telling_report(), fmt))
    place = int(at * len(data))
    broken = data[:place] + noise + data[place + len(noise) :]
    try:
        read_bytes(broken, f"a.{fmt}")
    except UnreadableReport as error:
        json.dumps(str(error))


FILES: dict[str, bytes] = {}
