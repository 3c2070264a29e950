"""A file storage that seals what it writes."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string
from django.utils.deconstruct import deconstructible

from gongkai.privacy.sealing import open_bytes, seal_bytes

PLACE = "file"


@deconstructible
class SealedStorage(FileSystemStorage):
    """Files under ``DATA_DIR/sealed``, unreadable without the keys, never served by the web server.

    Names say nothing about their content: the given one is replaced by a random one.
    """

    def __init__(self) -> None:
        super().__init__(location=Path(settings.DATA_DIR) / "sealed", base_url=None)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        folder = os.path.dirname(name)
        return os.path.join(folder, get_random_string(32)).replace("\\", "/")

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        data = content.read()
        sealed = seal_bytes(data if isinstance(data, bytes) else data.encode(), PLACE)
        stored = super()._save(name, ContentFile(sealed))
        # An application is acknowledged once it is stored: its files must outlive a power cut too.
        with open(self.path(stored), "rb") as stream:
            os.fsync(stream.fileno())
        return stored

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("a sealed file is written whole and read whole")
        with super()._open(name, "rb") as stream:
            return File(BytesIO(open_bytes(stream.read(), PLACE)), name)


def sealed_storage() -> Any:
    """For ``FileField(storage=…)``: read the settings late."""
    return SealedStorage()
