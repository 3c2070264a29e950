"""The files of a folder that may be annual reports."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

# Kinds that are read, and kinds that hold reports but are refused with advice: those must not go unnoticed.
_SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".xlsx", ".pdf", ".json"})
_REFUSED = frozenset({".doc", ".xls", ".wps", ".et", ".ofd", ".odt", ".rtf", ".mht", ".mhtml"})


def report_files(folder: Path, *, leave_out: Collection[Path] = ()) -> list[Path]:
    """Files in a folder and the folders in it, by path; hidden and temporary ones (``~$``) are left out.

    Links to folders are not followed, so that a circle of links ends.
    """
    others = {os.path.realpath(path) for path in leave_out}
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if name.startswith((".", "~$")) or path.suffix.lower() not in _SUFFIXES | _REFUSED:
                continue
            if os.path.realpath(path) not in others:
                found.append(path)
    return found
