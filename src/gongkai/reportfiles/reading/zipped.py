"""Parts of a docx or xlsx, unpacked under caps so that a zip bomb ends early."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from gongkai.reportfiles.errors import Damaged, Encrypted, TooLarge
from gongkai.reportfiles.reading.limits import MAX_COMPRESSION, MAX_MEMBER_BYTES, MAX_ZIP_MEMBERS

_SMALL = 1024 * 1024  # below this, any ratio is harmless


class Package:
    """The parts of one Office file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        # NotImplementedError: zipfile's word for a compression it does not know.
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Damaged(name, "文件不完整或已损坏，无法打开，请重新取得原件。") from error
        members = self._zip.infolist()
        if len(members) > MAX_ZIP_MEMBERS:
            raise TooLarge(
                name, f"文件内有 {len(members)} 个部件，超过 {MAX_ZIP_MEMBERS} 个，不是正常的 Office 文档。"
            )
        self._members = {member.filename: member for member in members}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._members)

    def read(self, part: str) -> bytes:
        """One part, unpacked.

        Raises:
            TooLarge: more than MAX_MEMBER_BYTES, or packed beyond MAX_COMPRESSION.
            Damaged: not there, or broken.
            Encrypted: under a zip password.
        """
        member = self._members.get(part)
        if member is None:
            raise Damaged(self.name, "文件缺少正文部件，请用 Office 重新保存。")
        if member.flag_bits & 0x1:
            raise Encrypted(self.name)
        self._check_size(member)
        try:
            with self._zip.open(member) as file:
                data = file.read(MAX_MEMBER_BYTES + 1)
        # NotImplementedError: zipfile's word for a compression it does not know.
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise Damaged(self.name, "文件不完整或已损坏，请重新取得原件。") from error
        if len(data) > MAX_MEMBER_BYTES:
            raise self._too_large()
        return data

    def _check_size(self, member: zipfile.ZipInfo) -> None:
        if member.file_size > MAX_MEMBER_BYTES:
            raise self._too_large()
        if member.file_size > _SMALL and member.file_size > MAX_COMPRESSION * max(member.compress_size, 1):
            raise self._too_large()

    def _too_large(self) -> TooLarge:
        cap = MAX_MEMBER_BYTES // 2**20
        return TooLarge(self.name, f"解压后的内容超过 {cap} MB 或压缩比异常，可能是压缩炸弹，已停止读取。")

    def xml(self, part: str) -> etree._Element:
        """One part as XML, without entities, network or huge trees.

        Raises:
            Damaged: not well formed; what ``read`` raises.
        """
        data = self.read(part)
        if b"<!DOCTYPE" in data[:1024] or b"<!ENTITY" in data[:4096]:
            raise Damaged(self.name, "文件含有不允许的 XML 实体声明，已停止读取。")
        try:
            return etree.fromstring(data, parser=safe_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Damaged(self.name, "文件不完整或已损坏，请重新取得原件。") from error


def safe_parser() -> etree.XMLParser:
    """An XML parser that resolves nothing from outside."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
