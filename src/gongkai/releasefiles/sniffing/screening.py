"""The screen as a whole: size, first bytes, then the check of the kind, then the name and what the form takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.sniffing import signatures
from gongkai.releasefiles.sniffing.compound import screen_compound_file
from gongkai.releasefiles.sniffing.containers import screen_container
from gongkai.releasefiles.sniffing.pdfs import screen_pdf
from gongkai.releasefiles.sniffing.pictures import screen_jpeg, screen_png
from gongkai.releasefiles.sniffing.texts import screen_text

DEFAULT_LIMIT_BYTES = 10 * 1024 * 1024

Screen = Callable[[bytes], FileType]


def screen_upload(
    data: bytes,
    filename: str,
    *,
    limit_bytes: int = DEFAULT_LIMIT_BYTES,
    allowed: frozenset[FileType] | None = None,
) -> FileType:
    """Return what the upload is.

    Args:
        data: the whole content.
        filename: as the sender named it; a path before it is ignored, and no ending is fine.
        limit_bytes: the largest size taken.
        allowed: the kinds the form takes; None for all.

    Raises:
        UploadRefused: the message opens with the file's name and says why and what to do.
    """
    name = _shown(filename)
    if not data:
        raise UploadRefused(f"{name}：文件是空的，没有任何内容，请重新选择文件。")
    if len(data) > limit_bytes:
        raise UploadRefused(
            f"{name}：文件有 {_size(len(data))}，超过上限 {_size(limit_bytes)}，请压缩图片或拆分后上传。"
        )
    try:
        found = _screen(data)(data)
        _check_name(found, filename)
        if allowed is not None and found not in allowed:
            takes = "、".join(kind.label for kind in FileType if kind in allowed)
            raise UploadRefused(f"这里不接收{found.label}，可以上传：{takes}。")
    except UploadRefused as refusal:
        raise UploadRefused(f"{name}：{refusal}") from refusal
    return found


def _screen(data: bytes) -> Screen:
    """The check that goes with the first bytes.

    Raises:
        UploadRefused: they are those of a program, an archive or a kind that is not taken.
    """
    if label := signatures.program(data):
        raise UploadRefused(f"内容是可执行程序（{label}），不予接收。请上传文档、图片或 PDF。")
    if label := signatures.archive(data):
        raise UploadRefused(f"内容是{label}，不接收压缩包，请解压后把里面的文件逐个上传。")
    if data.startswith(signatures.EMPTY_OR_SPLIT_ZIP):
        raise UploadRefused("内容是空的或分卷的 zip 压缩包，不予接收，请解压后把里面的文件逐个上传。")
    starts: tuple[tuple[bytes, Screen], ...] = (
        (signatures.ZIP, screen_container),
        (signatures.JPEG, screen_jpeg),
        (signatures.PNG, screen_png),
        (b"\xd0\xcf\x11\xe0", screen_compound_file),
    )
    for start, screen in starts:
        if data.startswith(start):
            return screen
    if other := signatures.known_but_not_taken(data):
        label, advice = other
        raise UploadRefused(f"内容是{label}，不接收这种格式，{advice}。")
    if signatures.PDF in data[: signatures.PDF_WITHIN]:
        return screen_pdf
    return screen_text


def _check_name(found: FileType, filename: str) -> None:
    """Raise when the ending promises something else than the content is."""
    ending = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if not ending or ending in found.extensions:
        return
    if ending in signatures.PROGRAM_ENDINGS:
        raise UploadRefused(
            f"文件名以 {ending} 结尾，是可执行程序的扩展名，不予接收。请上传文档、图片或 PDF。"
        )
    raise UploadRefused(
        f"文件名以 {ending} 结尾，内容却是{found.label}，两者不符。"
        f"请确认选对了文件；如果内容没错，请把扩展名改为 {found.extension} 再上传。"
    )


def _shown(filename: str) -> str:
    """The last part of the name, printable and not too long to read."""
    last = filename.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode("utf-8")
    shown = "".join(character if character.isprintable() else "�" for character in last)
    return f"“{shown if len(shown) <= 80 else shown[:40] + '……' + shown[-30:]}”"


def _size(count: int) -> str:
    """A size as a clerk reads it; rounded up to the next tenth, so that it never equals the limit it exceeds."""
    for unit, name in ((1024 * 1024, "MB"), (1024, "KB")):
        if count >= unit:
            tenths = -(-count * 10 // unit)
            return f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''} {name}"
    return f"{count} 字节"
