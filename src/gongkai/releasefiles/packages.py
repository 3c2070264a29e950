"""Zip containers (docx, xlsx, pptx, ofd) in memory: unpacked under caps, written back in order.

Everything is read, not only what is needed: a size that lies, a member that is packed twice or a checksum that
fails shows only then. The caps stand far above what an attachment of ten megabytes unpacks to.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, MutableMapping

MAX_MEMBERS = 5_000
MAX_TOTAL_BYTES = 128 * 1024 * 1024
MAX_RATIO = 200  # unpacked to packed; sheets of repeated cells come to about 60
RATIO_COUNTS_FROM_BYTES = 5 * 1024 * 1024  # below this any ratio is harmless

_MADE_AT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; when a part was saved is nobody's business


class BadPackage(ValueError):
    """Not a zip that can be read whole; the reasons a caller tells apart are its subclasses."""


class EncryptedPackage(BadPackage):
    """A member is under a password."""


class PackageTooLarge(BadPackage):
    """More members, bytes or compression than the caps: a zip bomb, as far as we can tell."""


class Package(MutableMapping[str, bytes]):
    """The parts of a container by name, in their order; changing it does not touch the original."""

    def __init__(self, data: bytes, *, limit_bytes: int = MAX_TOTAL_BYTES) -> None:
        """Unpack, to no more than ``limit_bytes`` in all.

        Raises:
            BadPackage: damaged, or two members share a name.
            EncryptedPackage: under a password.
            PackageTooLarge: over the caps.
        """
        self._parts: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._read(archive, limit_bytes)
        # NotImplementedError: zipfile's word for a compression it does not know.
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise BadPackage(str(error)) from error

    def _read(self, archive: zipfile.ZipFile, limit_bytes: int) -> None:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise PackageTooLarge(f"{len(members)} members")
        if sum(member.file_size for member in members) > limit_bytes:
            raise PackageTooLarge("total size")
        for member in members:
            if member.flag_bits & 0x1:
                raise EncryptedPackage(member.filename)
            if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise BadPackage(f"{member.filename}: compression method {member.compress_type}")
            if member.file_size > RATIO_COUNTS_FROM_BYTES and member.file_size > MAX_RATIO * max(
                member.compress_size, 1
            ):
                raise PackageTooLarge(member.filename)
            if member.filename in self._parts:
                raise BadPackage(f"two members named {member.filename}")
            if not member.is_dir():
                with archive.open(member) as file:
                    # zipfile stops at the size the directory gives, and then compares the checksum.
                    self._parts[member.filename] = file.read()

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name]

    def __setitem__(self, name: str, data: bytes) -> None:
        self._parts[name] = data

    def __delitem__(self, name: str) -> None:
        del self._parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def to_bytes(self) -> bytes:
        """The container again, without the dates of its members."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in self._parts.items():
                member = zipfile.ZipInfo(name, _MADE_AT)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o600 << 16
                archive.writestr(member, data)
        return buffer.getvalue()
