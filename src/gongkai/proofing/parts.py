"""What the owner of a page hands over: its texts, its files, and what it found itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.core.proofreading import Severity


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of a page.

    Args:
        name: its address within the page, which the owner understands when a finding is accepted.
        label: what a clerk calls it.
        is_running: read together with the other running parts, in order, as one paper; else read alone.
        is_title: the title of the paper.
    """

    name: str
    label: str
    text: str
    is_running: bool = True
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a page; ``load`` gives its bytes and is asked only when the file was not read before."""

    name: str
    label: str
    file_name: str
    file_hash: str
    size_bytes: int
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Given:
    """What the owner of the page found: a dead link, for example. ``quote`` stands in the part's text or is empty."""

    part: str
    label: str
    rule: str
    quote: str
    message: str
    suggestion: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it is proofread; ``is_own`` is false for a reprint, which speaks for another unit."""

    kind: str
    key: str
    title: str
    digest: str
    texts: tuple[TextPart, ...]
    files: tuple[FilePart, ...] = ()
    given: tuple[Given, ...] = ()
    is_own: bool = True
