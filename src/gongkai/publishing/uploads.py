"""What the media library takes: a file is looked at by its content before it is kept."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import screen_upload

MAX_DOCUMENT_BYTES = 200 * 1024 * 1024
MAX_PICTURE_PIXELS = 60_000_000
VIDEO_ENDS = (".mp4", ".webm")
_VIDEO_MARKS = ((4, b"ftyp"), (0, b"\x1a\x45\xdf\xa3"))


def screened(upload: Any) -> Any:
    """Refuse a document that harms, or is not what its name says.

    Raises:
        forms.ValidationError: in Chinese, what is wrong and what to do.
    """
    upload.seek(0)
    head = upload.read(32)
    upload.seek(0)
    if upload.name.lower().endswith(VIDEO_ENDS):
        if not any(head[at : at + len(mark)] == mark for at, mark in _VIDEO_MARKS):
            raise forms.ValidationError("这个文件的内容不是 MP4 或 WebM 视频，请重新导出后上传。")
        return upload
    try:
        screen_upload(upload.read(), upload.name, limit_bytes=MAX_DOCUMENT_BYTES)
    except UploadRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    finally:
        upload.seek(0)
    return upload


def measured(upload: Any) -> Any:
    """Refuse a picture that is too large to show, before anything unpacks it.

    Raises:
        forms.ValidationError: in Chinese.
    """
    upload.seek(0)
    try:
        with Image.open(io.BytesIO(upload.read())) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        raise forms.ValidationError("图片的像素太多，请缩小到 6000 万像素以内再上传。") from None
    except (OSError, ValueError, SyntaxError):
        raise forms.ValidationError("无法读取这张图片，请用看图软件另存为 JPG 或 PNG 后上传。") from None
    finally:
        upload.seek(0)
    if width * height > MAX_PICTURE_PIXELS:
        raise forms.ValidationError(
            f"图片有 {width}×{height} 像素，请缩小到 6000 万像素以内（例如 6000×4000）再上传。"
        )
    return upload


class ScreenedDocumentForm(BaseDocumentForm):
    """Upload form of documents and videos."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return screened(upload) if "file" in self.changed_data and upload else upload


class MeasuredImageForm(BaseImageForm):
    """Upload form of pictures. SVG is not among the formats taken: it can carry programs."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return measured(upload) if "file" in self.changed_data and upload else upload
