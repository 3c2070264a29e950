"""Any file that is proofread: its size, its kind, its text and what it hides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gongkai.prooffiles.docx import read_docx
from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract
from gongkai.prooffiles.hidden import hidden_in, not_inspected
from gongkai.prooffiles.html import read_html
from gongkai.prooffiles.limits import MAX_CHARACTERS, MAX_FILE_BYTES, MAX_INSPECTED_PAGES
from gongkai.prooffiles.pdf import read_pdf
from gongkai.prooffiles.text_files import read_text
from gongkai.prooffiles.xlsx import read_xlsx
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.packages import BadPackage, EncryptedPackage, Package, PackageTooLarge
from gongkai.releasefiles.sniffing.signatures import JPEG, PNG, archive, known_but_not_taken, program

_TAKEN = "txt、md、html、docx、pdf、xlsx"
_TEXT_ENDINGS = {"", "txt", "md", "markdown", "text", "csv", "log"}
_OLD = b"\xd0\xcf\x11\xe0"


def read(path: Path) -> Extract:
    """The text of a file with its places and hidden things.

    Raises:
        Unreadable: the message says why and what to do.
    """
    data = load(path)
    try:
        return replace(_extract(data, path), name=path.name)
    except OverflowError as error:
        raise Unreadable(path.name, f"文字超过 {MAX_CHARACTERS} 字，请拆分后再校对。") from error


def load(path: Path) -> bytes:
    """The bytes of a file, if they may be read.

    Raises:
        Unreadable: missing, a folder, empty, or over the cap; nothing is read then.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Unreadable(path.name, "这是文件夹，请写文件名。")
        if size > MAX_FILE_BYTES:
            raise Unreadable(
                path.name,
                f"文件有 {size // 2**20} MB，超过 {MAX_FILE_BYTES // 2**20} MB，请压缩图片或拆分后再校对。",
            )
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(path.name or str(path), "打不开，请核对路径和权限。") from error
    if not data.strip():
        raise Unreadable(path.name, "文件是空的。")
    return data


def kind_of(data: bytes, path: Path) -> str:
    """The kind by content first, by name where content cannot tell: docx, xlsx, pdf, html, md, txt."""
    ending = path.suffix.lower().lstrip(".")
    if data.startswith(b"PK\x03\x04"):
        return ending if ending in {"docx", "xlsx"} else "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD):
        return "ole"
    if ending in {"html", "htm"} or data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return "md" if ending in {"md", "markdown"} else "txt"


def _extract(data: bytes, path: Path) -> Extract:
    name, kind = path.name, kind_of(data, path)
    if kind in {"docx", "xlsx"}:
        package = _package(data, name)
        if kind == "docx":
            return replace(read_docx(package, name), hidden=hidden_in(data, FileType.DOCX))
        return replace(read_xlsx(data, name), hidden=hidden_in(data, FileType.XLSX))
    if kind == "pdf":
        extract, pages = read_pdf(data, name)
        if pages > MAX_INSPECTED_PAGES:
            return replace(extract, hidden=(not_inspected(pages),))
        return replace(extract, hidden=hidden_in(data, FileType.PDF))
    if kind == "html":
        return read_html(data, name)
    if kind == "ole":
        raise Unreadable(name, "是旧格式的 Office 文件或加密文件，请另存为 docx 或 xlsx 后再校对。")
    if kind == "zip":
        raise Unreadable(name, f"不是可以校对的文件，请提供 {_TAKEN}。")
    if other := _other_kind(data):
        raise Unreadable(name, f"是{other}，不能校对，请提供 {_TAKEN}。")
    try:
        return read_text(data, name, is_markdown=kind == "md")
    except Unreadable as error:
        ending = path.suffix.lower().lstrip(".")
        if ending in _TEXT_ENDINGS:
            raise
        raise Unreadable(name, f"不能校对 {ending} 这种文件，请提供 {_TAKEN}。") from error


def _other_kind(data: bytes) -> str:
    """What a file of a kind that is not proofread is called, told by how it begins; empty for what may be text."""
    if data.startswith((JPEG, PNG)):
        return "图片"
    if known := known_but_not_taken(data):
        return known[0]
    # Some of these begin with letters, as a text may: "MZ", "#!".
    return archive(data) or (program(data) if b"\x00" in data[:4096] else "")


def _package(data: bytes, name: str) -> Package:
    try:
        return Package(data)
    except EncryptedPackage as error:
        raise Unreadable(name, "文件有密码，请去掉密码后再校对。") from error
    except PackageTooLarge as error:
        raise Unreadable(name, "文件解开后过大（可能是压缩炸弹），没有读取。") from error
    except BadPackage as error:
        raise Unreadable(name, "文件不完整或已损坏，请用 Office 或 WPS 重新保存。") from error
