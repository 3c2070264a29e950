"""What is taken in, and the words in which the rest is refused."""

import io
import re
import struct
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.releasefiles import made

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import FileType, screen_upload

DOS_PROGRAM = b"MZ\x90\x00" + b"\0" * 60 + b"This program cannot be run in DOS mode"
GOOD = {
    "通知.pdf": (made.pdf, FileType.PDF),
    "说明.docx": (made.docx, FileType.DOCX),
    "台账.XLSX": (made.xlsx, FileType.XLSX),
    "汇报.pptx": (made.pptx, FileType.PPTX),
    "旧文件.doc": (lambda: made.compound_file("WordDocument"), FileType.OLE),
    "旧表.et": (lambda: made.compound_file("Workbook"), FileType.OLE),
    "公文.ofd": (made.ofd, FileType.OFD),
    "身份证.JPG": (made.jpeg, FileType.JPEG),
    "截图.png": (made.png, FileType.PNG),
    "留言.txt": (lambda: "请公开2025年预算。\r\n".encode("gb18030"), FileType.TXT),
}


@pytest.mark.parametrize("name", GOOD)
def test_honest_files_are_taken_for_what_they_are(name):
    make, kind = GOOD[name]

    assert screen_upload(make(), name) is kind


@pytest.mark.parametrize("kind", FileType)
def test_every_kind_has_words_and_an_ending(kind):
    assert kind.label
    assert kind.extension.startswith(".")
    assert "/" in kind.content_type


@pytest.mark.parametrize("text", ["一行", "\ufeff一行", "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_text_is_taken_in_the_encodings_offices_use(text, encoding):
    assert screen_upload(text.encode(encoding), "a.txt") is FileType.TXT


def test_content_decides_when_the_name_says_nothing():
    assert screen_upload(made.png(), "扫描件") is FileType.PNG


def test_a_path_in_the_name_is_not_shown():
    with pytest.raises(UploadRefused, match=r"^“c\.pdf”：文件是空的"):
        screen_upload(b"", "C:\\a\\b/c.pdf")


def test_a_name_that_cannot_be_printed_is_made_printable():
    with pytest.raises(UploadRefused) as refusal:
        screen_upload(b"", "a\x00\ud800.pdf" + "x" * 300)

    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


def refused(data: bytes, name: str, words: str, **given_options) -> None:
    with pytest.raises(UploadRefused, match=words) as refusal:
        screen_upload(data, name, **given_options)
    assert re.search("[请不可]", str(refusal.value))


def test_too_large_names_both_sizes():
    refused(b"a" * 3_200_000, "a.txt", r"3\.1 MB，超过上限 3 MB", limit_bytes=3 * 1024 * 1024)
    refused(b"a" * 2000, "a.txt", r"2 KB，超过上限 1 KB", limit_bytes=1024)
    refused(b"a" * 20, "a.txt", r"20 字节，超过上限 10 字节", limit_bytes=10)


def test_the_limit_itself_is_not_over_the_limit():
    assert screen_upload(b"a" * 1024, "a.txt", limit_bytes=1024) is FileType.TXT


def test_a_name_that_promises_something_else_is_refused_with_both():
    refused(made.png(), "附件.pdf", r"“附件.pdf”：文件名以 .pdf 结尾，内容却是PNG 图片，.*改为 .png")
    refused(b"echo", "a.bat", "可执行程序的扩展名")


def test_a_kind_the_form_does_not_take_is_refused_with_those_it_takes():
    allowed = frozenset({FileType.JPEG, FileType.PNG})

    refused(made.pdf(), "a.pdf", "这里不接收PDF 文件，可以上传：JPEG 图片、PNG 图片", allowed=allowed)
    assert screen_upload(made.png(), "a.png", allowed=allowed) is FileType.PNG


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (DOS_PROGRAM, "可执行程序（Windows 程序）"),
        (b"\x7fELF" + b"\0" * 60, "可执行程序（Linux 程序）"),
        (b"#!/bin/sh\nrm -rf /\n", "可执行程序（脚本程序）"),
        (b"Rar!\x1a\x07\x01\x00", "rar 压缩包"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z 压缩包"),
        (b"\x1f\x8b\x08\x00", "gz 压缩包"),
        (b"PK\x05\x06" + b"\0" * 18, "空的或分卷的 zip"),
        (b"GIF89a\x01\x00", "GIF 图片.*JPEG 或 PNG"),
        (b"\0\0\0\x18ftypheic", "HEIC 图片.*JPEG"),
        (b"\0\0\0\x18ftypisom", "视频或音频"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP 图片"),
        (b"BM" + struct.pack("<I", 40) + b"\0" * 34, "BMP 图片"),
        (b"{\\rtf1 a}", "RTF 文档"),
        (b"\x00\x01\x02\x03", "无法识别文件内容"),
        (b"\xff\xff\xff", "无法识别文件内容"),
        (b" \n<!DOCTYPE html><p>", "网页、XML 或脚本"),
        (b"<?xml version='1.0'?><a/>", "网页、XML 或脚本"),
    ],
)
def test_other_content_is_refused_by_its_first_bytes(data, words):
    refused(data, "a.txt", words)


def test_zip_archives_are_refused_and_those_inside_them_named():
    refused(made.zipped({"a.txt": "a"}), "a.zip", "zip 压缩包，不接收压缩包，请解压")
    refused(made.zipped({"b.zip": made.zipped({"a.txt": "a"})}), "a.zip", "里面还套有压缩包")
    refused(made.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "OpenDocument")


def test_a_zip_under_a_password_is_refused():
    data = bytearray(made.docx())
    for at in [match.start() for match in re.finditer(b"PK\x01\x02", data)]:
        data[at + 8] |= 1  # the flag in the directory

    refused(bytes(data), "a.docx", "压缩包设有密码")


@pytest.mark.parametrize("make", [made.docx, made.ofd])
def test_a_zip_bomb_is_refused_by_its_ratio_and_by_its_size(make):
    refused(make(parts={"bomb.bin": b"\0" * 30_000_000}), "a", "压缩比异常")

    claim = bytearray(make(parts={"bomb.bin": b"a"}))
    at = claim.rindex(b"PK\x01\x02")
    claim[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFF00)
    refused(bytes(claim), "a", "解压后超过 128 MB")


def test_many_members_are_a_bomb():
    refused(made.zipped({str(number): "" for number in range(5001)}), "a", "压缩炸弹")


def test_a_size_that_lies_is_damage():
    data = bytearray(made.docx(parts={"word/media/a.bin": b"abcdefgh"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 4)

    refused(bytes(data), "a.docx", "不完整或已损坏")
    refused(made.docx()[:-40], "a.docx", "不完整或已损坏")


def test_two_members_of_one_name_are_damage():
    buffer = io.BytesIO(made.docx())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<a/>")

    refused(buffer.getvalue(), "a.docx", "不完整或已损坏")


def test_old_and_new_office_files_under_a_password_are_refused():
    refused(made.compound_file("EncryptionInfo", "EncryptedPackage"), "a.docx", "Office 文件设有打开密码")


def test_macros_are_refused_in_every_format():
    macro = "文件含有宏程序"

    refused(made.docx(parts={"word/vbaProject.bin": b"\0"}), "a.docx", macro)
    refused(made.xlsx(parts={"xl/VBAPROJECT.BIN": b"\0"}), "a.xlsx", macro)
    refused(
        made.package("application/vnd.ms-word.document.macroEnabled.main+xml", "a.xml", {"a.xml": "<a/>"}),
        "a.docm",
        macro,
    )
    refused(made.compound_file("WordDocument", "Macros", "VBA"), "a.doc", macro)
    refused(
        made.docx(parts={"word/embeddings/a.bin": made.compound_file("Workbook", "_VBA_PROJECT_CUR")}),
        "a.docx",
        "嵌入的对象（word/embeddings/a.bin）含有宏",
    )


def test_compound_files_that_are_no_office_document_are_refused():
    refused(made.compound_file("__properties_version1.0"), "a.msg", "不是能识别的 Office 文件")
    refused(made.compound_file("WordDocument")[:600], "a.doc", "不完整或已损坏")
    refused(made.compound_file("WordDocument", content=DOS_PROGRAM), "a.doc", "嵌有可执行程序")


def test_office_templates_are_not_taken():
    template = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

    refused(made.package(template, "a.xml", {"a.xml": "<a/>"}), "a.dotx", "不是 Word 文档")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused_in_any_encoding(encoding):
    attack = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    refused(
        made.docx(parts={"word/settings.xml": attack.encode(encoding)}),
        "a.docx",
        "“word/settings.xml”带有 DTD",
    )
    refused(made.ofd(parts={"Doc_0/Res.xml": attack.encode(encoding)}), "a.ofd", "DTD 或外部实体")
    refused(made.docx(parts={"word/media/a.png": attack.encode(encoding)}), "a.docx", "DTD 或外部实体")


def test_xml_that_is_cut_off_is_damage_but_drawings_of_office_may_be_sloppy():
    refused(made.docx(parts={"word/settings.xml": "<a>"}), "a.docx", "“word/settings.xml”已损坏")
    assert screen_upload(made.docx(parts={"word/a.vml": "<a><br></a>"}), "a.docx") is FileType.DOCX
    refused(made.docx(parts={"word/a.vml": "<br><!DOCTYPE a>"}), "a.docx", "DTD")


def test_programs_and_archives_inside_documents_are_refused():
    refused(
        made.docx(parts={"word/embeddings/a.bin": DOS_PROGRAM}),
        "a.docx",
        "嵌有可执行程序（word/embeddings/a.bin）",
    )
    wrapped = made.compound_file("\x01Ole10Native", content=DOS_PROGRAM)
    refused(made.docx(parts={"word/embeddings/a.bin": wrapped}), "a.docx", "嵌有可执行程序")
    refused(made.docx(parts={"word/embeddings/a.bin": b"Rar!\x1a\x07"}), "a.docx", "嵌有压缩包")
    refused(
        made.docx(parts={"word/embeddings/a.zip": made.zipped({"a": "a"})}),
        "a.docx",
        "嵌入的“word/embeddings/a.zip”有问题：内容是 zip",
    )


def test_a_table_inside_a_document_is_taken_but_not_a_nest_of_them():
    inner = made.xlsx()
    assert screen_upload(made.docx(parts={"word/embeddings/a.xlsx": inner}), "a.docx") is FileType.DOCX

    for _ in range(4):
        inner = made.docx(parts={"word/embeddings/a.docx": inner})

    refused(inner, "a.docx", "层层嵌套超过 2 层")


def with_action(action: pikepdf.Dictionary) -> bytes:
    maker = made.PDFMaker()
    maker.page().obj.AA = pikepdf.Dictionary(O=action)
    return maker.to_bytes()


def test_pdf_that_runs_something_is_refused():
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))

    refused(with_action(script), "a.pdf", "含有 JavaScript")
    refused(with_action(pikepdf.Dictionary(S=pikepdf.Name.Named, Next=script)), "a.pdf", "含有 JavaScript")
    refused(with_action(launch), "a.pdf", "启动外部程序")


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"x"), ("a.txt", DOS_PROGRAM)])
def test_pdf_with_a_program_attached_is_refused(name, content):
    maker = made.PDFMaker()
    maker.page()
    maker.document.attachments[name] = content

    refused(maker.to_bytes(), "a.pdf", f"附件“{name}”是可执行程序")


def test_pdf_with_an_honest_attachment_is_taken():
    maker = made.PDFMaker()
    maker.page()
    maker.document.attachments["清单.txt"] = "一".encode()

    assert screen_upload(maker.to_bytes(), "a.pdf") is FileType.PDF


def test_pdf_under_an_opening_password_is_refused_and_under_an_owner_password_is_not():
    locked = made.pdf(encryption=pikepdf.Encryption(user="a", owner="b"))
    restricted = made.pdf(encryption=pikepdf.Encryption(user="", owner="b"))

    refused(locked, "a.pdf", "设有打开密码")
    assert screen_upload(restricted, "a.pdf") is FileType.PDF


def test_damaged_pdf_is_refused():
    refused(b"%PDF-1.7\n", "a.pdf", "PDF 不完整或已损坏")
    refused(
        b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj trailer <</Root 1 0 R>>", "a.pdf", "PDF 不完整或已损坏"
    )


@pytest.mark.parametrize(("make", "label"), [(made.jpeg, "JPEG"), (made.png, "PNG")])
def test_pictures_that_are_cut_off_are_refused(make, label):
    whole = make()

    for kept in (9, len(whole) // 2, len(whole) - 3):
        refused(whole[:kept], "a", "已损坏|无法识别")
    broken = bytearray(whole)
    broken[len(broken) // 2 : len(broken) // 2 + 20] = b"\0" * 20
    if label == "PNG":
        refused(bytes(broken), "a", "PNG 图片不完整或已损坏")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    chunks = b""
    for name, content in ((b"IHDR", header), (b"IDAT", b""), (b"IEND", b"")):
        chunks += (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )
    wide = bytearray(made.jpeg())
    at = wide.index(b"\xff\xc0")
    wide[at + 5 : at + 9] = struct.pack(">HH", 60_000, 60_000)

    refused(b"\x89PNG\r\n\x1a\n" + chunks, "a.png", "60000×60000 像素.*解压炸弹")
    refused(bytes(wide), "a.jpg", "60000×60000 像素.*解压炸弹")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(GOOD)), st.integers(0, 400))
def test_any_bytes_are_taken_or_refused_but_never_break(noise, name, at):
    """Pure noise, and an honest file with noise written into it."""
    whole = GOOD[name][0]()
    for data in (noise, whole[:at] + noise + whole[at + len(noise) :]):
        assert outcome(data) in {*FileType, "refused"}


def outcome(data: bytes) -> str:
    try:
        return screen_upload(data, "无名")
    except UploadRefused:
        return "refused"
