"""Comparing the files, byte for byte, with the lists that the audit log has signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.audit.chain import sm3
from gongkai.audit.chain import verify as verify_chain
from gongkai.audit.models import Event
from gongkai.portal.baking.folder import Folder
from gongkai.portal.baking.models import BakedFile, BakeRecord
from gongkai.portal.baking.names import PACKED
from gongkai.portal.baking.work import REMOVED, digest_of_lists

CHAIN_BATCH = 5000


class What(StrEnum):
    CHANGED = "内容被改动"
    MISSING = "文件缺失"
    EXTRA = "多出的文件"
    UNSIGNED = "清单与审计日志不符"
    TABLE = "数据库登记与清单不符"


@dataclass(frozen=True, slots=True)
class Finding:
    what: What
    name: str


@dataclass(slots=True)
class Verdict:
    """How many files were looked at, and everything that does not fit."""

    files: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify(folder: Folder) -> Verdict:
    """Look at every file; the lock is held by the caller, so that no bake is under way."""
    signed = dict(_replayed())
    verdict = Verdict(files=len(signed))
    verdict.findings += _unsigned()
    verdict.findings += _table(signed)
    expected = {}
    for name, (digest, packed) in signed.items():
        expected[name] = digest
        expected[name + PACKED] = packed
    there = set(folder.walk())
    for name in sorted(expected.keys() | there):
        if name not in there:
            verdict.findings.append(Finding(What.MISSING, name))
        elif name not in expected:
            verdict.findings.append(Finding(What.EXTRA, name))
        else:
            content = folder.read(name)
            if content is None or sm3(content) != expected[name]:
                verdict.findings.append(Finding(What.CHANGED, name))
    return verdict


def _lists() -> list[BakeRecord]:
    """The lists since the last full bake that was signed, or all."""
    return list(BakeRecord.objects.order_by("pk"))


def _replayed() -> Iterator[tuple[str, tuple[str, str]]]:
    files: dict[str, tuple[str, str]] = {}
    for record in _lists():
        for line in record.lines.splitlines():
            digest, packed, name = line.split(" ", 2)
            if digest == REMOVED:
                files.pop(name, None)
            else:
                files[name] = (digest, packed)
    yield from files.items()


def _unsigned() -> Iterator[Finding]:
    """Lists that no sound event of the audit log covers, and a log that is not sound itself."""
    chain = verify_chain(Event.objects.order_by("pk").iterator(chunk_size=CHAIN_BATCH))
    if chain.broken_at is not None:
        yield Finding(What.UNSIGNED, f"审计日志第 {chain.broken_at} 号事件：{chain.reason}")
    lines = {record.pk: record.lines for record in _lists()}
    covered: set[int] = set()
    for data in Event.objects.filter(action="site.baked").order_by("pk").values_list("data", flat=True):
        given = json.loads(data)
        within = [pk for pk in sorted(lines) if given["first"] <= pk <= given["last"]]
        if within and digest_of_lists(lines[pk] for pk in within) == given["digest"]:
            covered.update(within)
    for pk in sorted(lines.keys() - covered):
        yield Finding(What.UNSIGNED, f"第 {pk} 批清单")


def _table(signed: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    rows = BakedFile.objects.values_list("name", "digest", "packed_digest")
    there = {name: (digest, packed) for name, digest, packed in rows}
    for name in sorted(signed.keys() | there.keys()):
        if signed.get(name) != there.get(name):
            yield Finding(What.TABLE, name)
