"""Which file holds the page of an address. Pure; both the writer and the reader go through here.

``/zfxxgk/`` is ``zfxxgk/index.html``; ``/zfxxgk/?nian=2024&ye=3`` is ``zfxxgk/index@2024-3.html``; ``/rss/5.xml`` is itself.
Every other query belongs to a page that is drawn on request.
"""

from __future__ import annotations

import re

MAX_PART_BYTES = 200  # file systems take 255; room for the mark of the copy being written
PACKED = ".gz"
_FILE = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:xml|txt)")
_QUERY = re.compile(r"nian=([0-9]{4})(?:&ye=([1-9][0-9]{0,5}))?")
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}
FEED_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


def name_of(path: str, query: str = "") -> str | None:
    """The file of an address, relative, with ``/``; None for addresses that no file can stand for.

    Args:
        path: decoded path of the address, beginning with ``/``.
        query: what follows the question mark, as sent.
    """
    if not path.startswith("/"):
        return None
    *folders, last = path[1:].split("/")
    if not all(is_safe(part) for part in folders):
        return None
    if last:
        return "/".join([*folders, last]) if not query and _FILE.fullmatch(last) else None
    variant = variant_of(query)
    return None if variant is None else "/".join([*folders, f"index{variant}.html"])


def variant_of(query: str) -> str | None:
    """What the query adds to the file's name; None where no file stands for it."""
    if not query:
        return ""
    found = _QUERY.fullmatch(query)
    if found is None:
        return None
    return f"@{found[1]}" + (f"-{found[2]}" if found[2] else "")


def is_safe(part: str) -> bool:
    """Whether a piece of an address may be the name of a folder of ours."""
    return (
        bool(part)
        and not part.startswith(".")
        and part.isprintable()
        and "\\" not in part
        and len(part.encode("utf-8", "surrogatepass")) <= MAX_PART_BYTES
    )


def content_type_of(name: str) -> str:
    """The type that the page itself is sent with."""
    folder, _, _ = name.partition("/")
    if folder in FEED_TYPES and name.endswith(".xml"):
        return FEED_TYPES[folder]
    return CONTENT_TYPES[name[name.rindex(".") :]]
