"""Looking at a file by its content before one of supervision's records keeps it."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from gongkai.agencies.models import User
from gongkai.audit.chain import sm3
from gongkai.releasefiles.sniffing import screen_upload

MAX_FILE_BYTES = 20 * 1024 * 1024


def stored_fields(*, data: bytes, name: str, title: str, by: User) -> dict[str, Any]:
    """The fields of a ``StoredFile``.

    Args:
        name: as the sender named the file; its ending becomes the suffix.
        title: what the record calls it; the name without its ending when blank.

    Raises:
        UploadRefused: empty, too large, harmful, or not what its name says; Chinese.
    """
    screen_upload(data, name, limit_bytes=MAX_FILE_BYTES)
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return {
        "title": (title.strip() or (stem if dot else suffix))[:120],
        "file": ContentFile(data, name=name),
        "suffix": suffix.lower()[:10] if dot else "",
        "size_bytes": len(data),
        "digest": sm3(data),
        "added_by": by,
    }
