"""The files of a page: their text through the proofreader, and what they hide. By its bytes a file is read once."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from gongkai.audit.chain import sm3
from gongkai.core.proofreading import Severity, TextTooLong
from gongkai.prooffiles import Issue, Unreadable, proofread
from gongkai.proofing.engine import engine_version
from gongkai.proofing.identity import identity_of
from gongkai.proofing.models import ProofedFile, ProofFinding
from gongkai.proofing.parts import FilePart
from gongkai.proofing.style_book import Book

MAX_BYTES_AT_SAVE = 2 * 1024 * 1024
MAX_FINDINGS = 500
_READ = frozenset({"txt", "md", "markdown", "html", "htm", "docx", "pdf", "xlsx"})
_SEEN_ONLY = frozenset({"mp4", "webm", "jpg", "jpeg", "png", "gif", "webp"})
NOT_READ = "FILE-00"


def is_read(part: FilePart, book: Book, on: date) -> bool:
    """Whether the file was read by these rules already."""
    known = ProofedFile.objects.filter(file_hash=part.file_hash, fingerprint=_fingerprint(part, book, on))
    return known.exists()


def findings_of_file(part: FilePart, book: Book, on: date) -> tuple[list[ProofFinding], int]:
    """The findings in a file and the number of characters read; from an earlier reading when there is one."""
    fingerprint = _fingerprint(part, book, on)
    known = ProofedFile.objects.filter(file_hash=part.file_hash, fingerprint=fingerprint).first()
    if known is None:
        found, characters = _read(part, book, on)
        known, _ = ProofedFile.objects.get_or_create(
            file_hash=part.file_hash,
            fingerprint=fingerprint,
            defaults={"findings": found, "characters": characters, "at": timezone.now()},
        )
    return [_row(part, given) for given in known.findings], known.characters


def _fingerprint(part: FilePart, book: Book, on: date) -> str:
    seen = (_ending(part), engine_version(), book.version, on.isoformat())
    return sm3("\x1f".join(seen).encode())


def _ending(part: FilePart) -> str:
    return Path(part.file_name).suffix.lower().lstrip(".")


def _read(part: FilePart, book: Book, on: date) -> tuple[list[dict[str, Any]], int]:
    ending = _ending(part)
    if ending in _SEEN_ONLY:
        return [], 0
    if ending not in _READ:
        return [_not_read(f"“{ending or '没有扩展名'}”文件不能自动校对", "请人工校对附件")], 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{ending}"
        try:
            path.write_bytes(part.load())
            checked = proofread(path, today=timezone.localdate(), on=on, style=book.style)
        except FileNotFoundError:
            return [_not_read("附件的文件不在了", "请重新上传", Severity.SERIOUS)], 0
        except (Unreadable, TextTooLong) as error:
            why = error.why if isinstance(error, Unreadable) else str(error)
            return [_not_read(f"附件没有校对：{why}", "请换一个文件，或者人工校对附件", Severity.ERROR)], 0
    issues = checked.issues[:MAX_FINDINGS]
    return [_kept(issue, checked.extract.text) for issue in issues], len(checked.extract.text)


def _kept(issue: Issue, text: str) -> dict[str, Any]:
    is_hidden = issue.start == issue.end == 0
    return {
        "rule": issue.rule,
        "where": issue.where,
        "quote": issue.text,
        "before": "" if is_hidden else text[max(0, issue.start - 20) : issue.start],
        "after": "" if is_hidden else text[issue.end : issue.end + 20],
        "suggestion": issue.suggestion,
        "severity": issue.severity.value,
        "message": issue.message,
        "mark": issue.mark,
        "is_hidden": is_hidden,
    }


def _not_read(message: str, suggestion: str, severity: Severity = Severity.HINT) -> dict[str, Any]:
    return {
        **dict.fromkeys(("where", "quote", "before", "after"), ""),
        "rule": NOT_READ,
        "suggestion": suggestion,
        "severity": severity.value,
        "message": message,
        "mark": "ours",
        "is_hidden": True,
    }


def _row(part: FilePart, given: dict[str, Any]) -> ProofFinding:
    shown = {
        name: given[name]
        for name in ("rule", "quote", "before", "after", "suggestion", "severity", "message", "mark")
    }
    of_file = part.file_hash if given["is_hidden"] else ""
    return ProofFinding(
        identity=identity_of(
            given["rule"], given["quote"] or given["where"], given["before"], given["after"], of_file=of_file
        ),
        part=part.name,
        label=f"{part.label}{'，' + given['where'] if given['where'] else ''}"[:200],
        start=0,
        end=0,
        replacement=None,
        **shown,
    )
