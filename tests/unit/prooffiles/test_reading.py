"""Text with places from every kind of file, what it hides, and files that are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
import typst
from openpyxl import Workbook

from gongkai.core.proofreading import Severity
from gongkai.prooffiles import Unreadable, limits, proofread, read, reading

TODAY = date(2026, 1, 1)


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "甲", "乙"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sheet(**hidden) -> bytes:
    workbook = Workbook()
    workbook.active.title = "一览"
    workbook.active.append(["事项", "说明"])
    workbook.active.append(["布署", None])
    if hidden:
        workbook.create_sheet("底稿").sheet_state = "hidden"
        workbook["底稿"].append(["内部数据"])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_keeps_its_characters_in_every_encoding(tmp_path, encoding):
    extract = read(saved(tmp_path, "a.txt", "第一行\r\n第二行：布署\n".encode(encoding)))

    assert extract.text == "第一行\n第二行：布署\n"
    assert extract.where(extract.text.index("布署")) == "第 2 行"


def test_markdown_marks_are_no_leftovers_but_its_words_are_read(tmp_path):
    path = saved(tmp_path, "a.md", "## 总体要求\n\n二是**加强布署**。\n".encode())

    assert [each.rule for each in proofread(path, today=TODAY).findings] == ["TY-001"]


def test_a_web_page_gives_what_its_reader_sees(tmp_path):
    page = "<html><head><title>t</title><style>p{}</style></head><body><h1>标题</h1><p>一段<b>粗</b>体</p>"
    page += "<table><tr><td>甲</td><td>乙</td></tr></table><script>布署()</script><!-- 布署 --></body></html>"

    extract = read(saved(tmp_path, "a.html", page.encode()))

    assert extract.text == "标题\n一段粗体\n甲\t乙\n"
    assert extract.where(3) == "第 1 行"


def test_what_a_page_hides_in_its_source_is_said(tmp_path):
    page = '<p style="mso-x-y:1">字</p><!-- 张三改 --><img src="file:///C:/a.png"><!-- x -->'

    extract = read(saved(tmp_path, "a.html", page.encode()))

    assert [(each.rule, each.excerpt) for each in extract.hidden] == [
        ("ME-11", "张三改"),
        ("ME-11", "file:///C:/a.png"),
        ("ME-11", "mso-x-y:"),
    ]


def test_a_word_document_gives_paragraphs_rows_and_places(tmp_path):
    extract = read(saved(tmp_path, "a.docx", word("第一段。", "第二段：布署。")))

    assert extract.text.startswith("第一段。\n第二段：布署。\n甲 \t乙 \t\n")
    assert extract.where(extract.text.index("布署")) == "正文第 2 段第 1 个文字块"


def test_a_sheet_gives_cells_with_their_addresses(tmp_path):
    extract = read(saved(tmp_path, "a.xlsx", sheet()))

    assert extract.text == "事项\t说明\n布署\n"
    assert extract.where(extract.text.index("布署")) == "“一览”表 A2"


def test_a_pdf_gives_its_pages(tmp_path):
    data = typst.compile("第一页文字\n#pagebreak()\n第二页布署".encode())

    extract = read(saved(tmp_path, "a.pdf", data))

    assert extract.where(extract.text.index("布署")) == "第 2 页"


def test_the_properties_and_thumbnail_of_an_ordinary_document_are_hints(tmp_path):
    issues = proofread(saved(tmp_path, "a.docx", word("工作正常开展。")), today=TODAY).issues

    assert issues
    assert {each.severity for each in issues} == {Severity.HINT}


def test_a_hidden_sheet_is_an_issue_though_its_text_is_not_read(tmp_path):
    checked = proofread(saved(tmp_path, "a.xlsx", sheet(hidden=True)), today=TODAY)

    assert "内部数据" not in checked.extract.text
    assert [(each.rule, each.severity) for each in checked.issues if each.rule == "ME-06"] == [
        ("ME-06", Severity.ERROR)
    ]


def test_a_tracked_change_is_serious(tmp_path):
    data = word("原来的话。")
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:r>", b'<w:ins w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r>', 1
    ).replace(b"</w:r>", b"</w:r></w:ins>", 1)  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)

    issues = proofread(saved(tmp_path, "a.docx", buffer.getvalue()), today=TODAY).issues

    assert ("ME-01", Severity.SERIOUS) in {(each.rule, each.severity) for each in issues}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "空的"),
        ("a.txt", b"\x00\x01\x02\x00" * 50, "不是文字"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
        ("a.xlsx", b"PK\x03\x04 broken", "已损坏"),
        ("a.pdf", b"%PDF-1.7 broken", "已损坏"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "旧格式"),
        ("a.zip", b"PK\x03\x04" + bytes(100), "不是可以校对的文件"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 50, "是图片，不能校对"),
        ("照片", b"\xff\xd8\xff\xe0\x80\x81" * 50, "是图片，不能校对"),
        ("a.rtf", b"{\\rtf1 text}", "RTF 文档，不能校对"),
        ("a.exe", b"MZ\x00\x01" * 50, "Windows 程序，不能校对"),
        ("a.gz", b"\x1f\x8b\x08\xff" * 50, "gz 压缩包，不能校对"),
        ("a.dat", b"\xff\xfe\xfd"[::-1] * 50, "不能校对 dat 这种文件"),
        ("a.txt", b"\xff\x80\x81\xff" * 50, "编码无法识别"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, name, data, why):
    with pytest.raises(Unreadable, match=why) as refused:
        read(saved(tmp_path, name, data))

    assert str(refused.value).startswith(name)


def test_a_text_that_begins_like_a_program_is_read(tmp_path):
    assert read(saved(tmp_path, "a.txt", "MZ 型设备采购公告".encode())).text == "MZ 型设备采购公告"


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="打不开"):
        read(tmp_path / "没有.txt")
    with pytest.raises(Unreadable, match="文件夹"):
        read(tmp_path)


def test_a_document_of_300_megabytes_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))

    with pytest.raises(Unreadable, match="300 MB，超过 80 MB"):
        read(path)


def test_a_zip_bomb_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(150 * 2**20))

    with pytest.raises(Unreadable, match="压缩炸弹"):
        read(saved(tmp_path, "a.docx", buffer.getvalue()))


def test_a_text_over_the_cap_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.prooffiles.text_files.MAX_CHARACTERS", 10)

    with pytest.raises(Unreadable, match="请拆分"):
        read(saved(tmp_path, "a.txt", ("字" * 11).encode()))


def test_a_pdf_with_too_many_pages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.prooffiles.pdf.MAX_PDF_PAGES", 1)

    with pytest.raises(Unreadable, match="超过 1 页"):
        read(saved(tmp_path, "a.pdf", typst.compile("一\n#pagebreak()\n二".encode())))


def test_a_pdf_of_3000_pages_is_read_to_its_end_without_being_looked_into(tmp_path):
    """Goal of the proofreader: a book of 3,000 pages is read in bounded time."""
    source = "#set page(width: 60pt, height: 40pt, margin: 4pt)\n" + "\n#pagebreak()\n".join(
        f"page {number}" for number in range(1, 3_001)
    )

    extract = read(saved(tmp_path, "a.pdf", typst.compile(source.encode())))

    assert extract.where(extract.text.index("page 3000")).startswith("第 3000 页")
    assert [each.rule for each in extract.hidden] == ["ME-10"]


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.prooffiles.pdf.MAX_SECONDS", -1.0)

    with pytest.raises(Unreadable, match="请拆分"):
        read(saved(tmp_path, "a.pdf", typst.compile("一".encode())))


def test_a_long_pdf_says_that_it_was_not_looked_into(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_INSPECTED_PAGES", 0)

    extract = read(saved(tmp_path, "a.pdf", typst.compile("一".encode())))

    assert [each.rule for each in extract.hidden] == ["ME-10"]
    assert limits.MAX_INSPECTED_PAGES > 0
