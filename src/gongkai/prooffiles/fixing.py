"""Corrected copies: sure corrections put in place, everything else left as it was (txt, md, docx)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.core.proofreading import Finding, Severity
from gongkai.prooffiles.docx import Token, text_parts, tokens
from gongkai.prooffiles.errors import CannotCorrect
from gongkai.prooffiles.reading import kind_of, load
from gongkai.prooffiles.text_files import decoded
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.xml_parts import parse_xml, xml_bytes

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def sure(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that may be corrected without asking: one right form, and an error rather than a hint."""
    return tuple(
        finding
        for finding in findings
        if finding.replacement is not None and finding.severity is not Severity.HINT
    )


def corrected(path: Path, findings: Sequence[Finding]) -> bytes:
    """The bytes of a corrected copy.

    Raises:
        CannotCorrect: of a kind that is not written.
        Unreadable: the file cannot be read any more.
    """
    data = load(path)
    kind = kind_of(data, path)
    edits = sure(findings)
    if kind in {"txt", "md"}:
        text, encoding = decoded(data, path.name)
        broken = b"\r\n" in data[:65536]
        fixed = apply(text, edits)
        return (fixed.replace("\n", "\r\n") if broken else fixed).encode(encoding, "replace")
    if kind == "docx":
        return _corrected_docx(data, edits)
    raise CannotCorrect(path.name, "只能为 txt、md、docx 写出改好的副本，其他格式请在原文件中改正。")


def apply(text: str, edits: Sequence[Finding]) -> str:
    """The text with the edits put in; they do not overlap.

    >>> apply("部署", ())
    '部署'
    """
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda each: each.start):
        parts += [text[at : edit.start], edit.replacement or ""]
        at = edit.end
    return "".join([*parts, text[at:]])


def _corrected_docx(data: bytes, edits: Sequence[Finding]) -> bytes:
    package = Package(data)
    offset = 0
    for part, label in text_parts(package):
        root = parse_xml(package[part])
        pieces: list[tuple[int, Token]] = []
        for token in tokens(root, label):
            pieces.append((offset, token))
            offset += len(token.text)
        here = [edit for edit in edits if pieces and pieces[0][0] <= edit.start and edit.end <= offset]
        done = [_put_in(pieces, edit) for edit in sorted(here, key=lambda each: -each.start)]
        if any(done):
            package[part] = xml_bytes(root)
    return package.to_bytes()


def _put_in(pieces: Sequence[tuple[int, Token]], edit: Finding) -> bool:
    """Put one edit in, last edit first; one that crosses a paragraph or a break is left alone."""
    touched = [
        (start, token) for start, token in pieces if start < edit.end and edit.start < start + len(token.text)
    ]
    if not touched or any(token.element is None for _, token in touched):
        return False
    rest = edit.replacement or ""
    for start, token in touched:
        element = token.element
        assert element is not None
        now = element.text or ""
        low, high = max(0, edit.start - start), min(len(token.text), edit.end - start)
        element.text = now[:low] + rest + now[high:]
        element.set(_SPACE, "preserve")
        rest = ""
    return True
