"""JPEG and PNG: whole, decodable, and of a size that fits into memory."""

from __future__ import annotations

import io
import struct

from PIL import Image

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.picture_parts import BadPicture, jpeg_segments, jpeg_size, png_chunks, png_size

MAX_PIXELS = 89_000_000  # Pillow warns of a decompression bomb at 89 478 485


def screen_jpeg(data: bytes) -> FileType:
    """JPEG.

    Raises:
        UploadRefused: damaged, or too many pixels.
    """
    try:
        _check_pixels(*jpeg_size(jpeg_segments(data)[0]))
    except BadPicture as error:
        raise _damaged(FileType.JPEG) from error
    return _decode(data, FileType.JPEG)


def screen_png(data: bytes) -> FileType:
    """PNG.

    Raises:
        UploadRefused: damaged, or too many pixels.
    """
    try:
        _check_pixels(*png_size(png_chunks(data)[0]))
    except BadPicture as error:
        raise _damaged(FileType.PNG) from error
    return _decode(data, FileType.PNG)


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise UploadRefused(
            f"图片有 {width}×{height} 像素，超过 {MAX_PIXELS // 10_000} 万像素，可能是解压炸弹，不予接收。"
            "请缩小图片后再上传。"
        )


def _decode(data: bytes, found: FileType) -> FileType:
    try:
        with Image.open(io.BytesIO(data), formats=(found.name,)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise _damaged(found) from error
    return found


def _damaged(found: FileType) -> UploadRefused:
    return UploadRefused(f"{found.label}不完整或已损坏，无法打开，请重新拍照、扫描或导出后再上传。")
