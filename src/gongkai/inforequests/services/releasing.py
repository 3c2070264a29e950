"""Files before they are given out: screened, looked through for hidden data, redacted, reviewed.

Source: 《政府信息公开条例》 Arts. 17 (confidentiality review), 37 (separable parts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import ConfidentialityReview, InfoRequest, ReleaseFile
from gongkai.inforequests.services.moving import locked, note_step
from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.redacting import Mark, redact
from gongkai.releasefiles.sniffing import FileType, screen_upload

OWN_TEXT = "遮盖时由系统写入的可检索文字，已核对与页面上保留的文字一致"
LIMIT_BYTES = 50 * 1024 * 1024  # scanned volumes are larger than what the public may upload


def current_files(request: InfoRequest) -> list[ReleaseFile]:
    """The newest version of every file that is to go out."""
    return list(request.release_files.filter(following=None, withdrawn_at=None))


def files_digest(request: InfoRequest) -> str:
    """One digest over the files that would go out: a review stands for exactly these bytes."""
    digests = sorted(file.digest for file in current_files(request))
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


@transaction.atomic
def add_release_file(*, request_id: int, actor: User, name: str, data: bytes) -> ReleaseFile:
    """Take a file that is to be given out and look through it."""
    request = _changeable(request_id, actor)
    file_type = screen_upload(data, name, limit_bytes=LIMIT_BYTES)
    stored = _store(request, actor, name, data, file_type)
    _told(request, actor, f"上传拟公开文件，检查发现 {len(stored.findings)} 处隐藏信息")
    return stored


@transaction.atomic
def clean_release_file(*, file_id: int, actor: User, kinds: Iterable[str]) -> ReleaseFile:
    """Remove hidden data of the chosen kinds; the cleaned file follows the old one."""
    old = _newest(file_id, actor)
    wanted = frozenset(Kind(kind) for kind in kinds if kind in set(Kind))
    if not wanted:
        raise ActRefused("请选择要清除的内容。")
    file_type = FileType(old.file_type)
    data = clean(_bytes(old), file_type, wanted)
    stored = _store(old.request, actor, old.name, data, file_type, previous=old)
    _told(old.request, actor, f"清除“{old.name}”中的隐藏信息，余 {len(stored.open_findings)} 处")
    return stored


@transaction.atomic
def waive_finding(*, file_id: int, actor: User, key: str, reason: str) -> ReleaseFile:
    """Keep a finding as it is, with a reason."""
    file = _newest(file_id, actor)
    if key not in {finding["key"] for finding in file.findings}:
        raise ActRefused("没有这一处发现，请刷新页面。")
    if not reason.strip():
        raise ActRefused("请写明为什么可以保留。")
    file.waivers = {**file.waivers, key: {"reason": reason.strip(), "by": actor.get_username()}}
    file.save(update_fields=["waivers"])
    _told(file.request, actor, f"保留“{file.name}”的一处发现：{reason.strip()}")
    return file


@transaction.atomic
def redact_release_file(*, file_id: int, actor: User, marks: Sequence[Mark]) -> ReleaseFile:
    """Burn marks into a PDF, each with its ground; what lay under them is gone and was looked for again."""
    old = _newest(file_id, actor)
    if old.file_type != FileType.PDF:
        raise ActRefused("只能遮盖 PDF；其他格式请先转换为 PDF，或者在原文件中删除。")
    if not marks:
        raise ActRefused("请至少标出一处要遮盖的内容。")
    if any(not mark.ground.strip() for mark in marks):
        raise ActRefused("每一处遮盖都要选择依据。")
    result = redact(_bytes(old), marks)
    record = [
        {"page": m.page, "ground": m.ground, "box": [m.x0, m.y0, m.x1, m.y1], "by": actor.get_username()}
        for m in marks
    ]
    stored = _store(
        old.request,
        actor,
        old.name,
        result.data,
        FileType.PDF,
        previous=old,
        redactions=[*old.redactions, *record],
    )
    _waive_own_text(stored, old, {mark.page for mark in marks})
    _told(old.request, actor, f"遮盖“{old.name}” {len(marks)} 处")
    return stored


def _waive_own_text(stored: ReleaseFile, old: ReleaseFile, pages: set[int]) -> None:
    """The invisible text of a page just redacted is ours and was compared with what stayed visible."""
    known = {finding["where"] for finding in old.findings if finding["kind"] == Kind.INVISIBLE_TEXT}
    ours = {f"第 {page + 1} 页" for page in pages} - known
    for finding in stored.findings:
        if finding["kind"] == Kind.INVISIBLE_TEXT and finding["where"] in ours:
            stored.waivers[finding["key"]] = {"reason": OWN_TEXT, "by": "system"}
    stored.save(update_fields=["waivers"])


@transaction.atomic
def withdraw_release_file(*, file_id: int, actor: User) -> ReleaseFile:
    """Take a file out of the reply."""
    file = _newest(file_id, actor)
    file.withdrawn_at = timezone.now()
    file.save(update_fields=["withdrawn_at"])
    _told(file.request, actor, f"撤下拟公开文件“{file.name}”")
    return file


@transaction.atomic
def review_confidentiality(
    *, request_id: int, actor: User, conclusion: str, basis: str, opinion: str
) -> ConfidentialityReview:
    """Record the review of exactly the files that would go out, by somebody who did not put them there."""
    request = locked(request_id)
    access.require(actor, "保密审查", request.organ)
    if not request.is_open:
        raise ActRefused("申请已经办结。")
    if not basis.strip() or not opinion.strip():
        raise ActRefused("请填写审查依据和意见。")
    files = current_files(request)
    if any(file.added_by_id == actor.pk for file in files):
        raise ActRefused("上传文件的人不能作保密审查，请由另一位保密审查员审查。")
    review = ConfidentialityReview(
        request=request,
        conclusion=conclusion,
        basis=basis.strip(),
        opinion=opinion.strip(),
        files_digest=files_digest(request),
        reviewed_by=actor,
    )
    review.full_clean()
    review.save()
    note_step(
        request,
        "confidentiality_reviewed",
        user=actor,
        on=timezone.localdate(),
        note=f"保密审查：{review.get_conclusion_display()}",
    )
    return review


def read_release_file(file: ReleaseFile) -> bytes:
    """The bytes of a file."""
    return _bytes(file)


def _changeable(request_id: int, actor: User) -> InfoRequest:
    request = locked(request_id)
    access.require(actor, "办理申请", request.organ)
    if not request.is_open:
        raise ActRefused("申请已经办结，文件不能再改动。")
    if request.decisions.filter(state="approved").exists():
        raise ActRefused("答复已经批准，文件不能再改动；需要改动的，请先退回。")
    return request


def _newest(file_id: int, actor: User) -> ReleaseFile:
    file = ReleaseFile.objects.select_for_update().get(pk=file_id)
    file.request = _changeable(file.request_id, actor)
    if file.withdrawn_at or ReleaseFile.objects.filter(previous=file).exists():
        raise ActRefused("这个文件已有更新的版本或者已撤下，请刷新页面。")
    return file


def _bytes(file: ReleaseFile) -> bytes:
    with file.file.open("rb") as stream:
        return stream.read()


def _store(
    request: InfoRequest,
    actor: User,
    name: str,
    data: bytes,
    file_type: FileType,
    *,
    previous: ReleaseFile | None = None,
    redactions: list[dict[str, Any]] | None = None,
) -> ReleaseFile:
    seen: dict[str, int] = {}
    findings = []
    for finding in inspect(data, file_type):
        base = f"{finding.kind}:{finding.where}"
        seen[base] = seen.get(base, 0) + 1
        findings.append(
            {
                "key": hashlib.sha256(f"{base}:{seen[base]}:{finding.excerpt}".encode()).hexdigest()[:16],
                "kind": str(finding.kind),
                "label": finding.kind.label,
                "where": finding.where,
                "excerpt": finding.excerpt[:200],
                "advice": finding.advice,
                "fixable": finding.fixable,
            }
        )
    keys = {finding["key"] for finding in findings}
    kept = {key: value for key, value in (previous.waivers if previous else {}).items() if key in keys}
    file = ReleaseFile(
        request=request,
        name=name[-200:],
        file_type=str(file_type),
        digest=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        findings=findings,
        waivers=kept,
        redactions=redactions if redactions is not None else (previous.redactions if previous else []),
        previous=previous,
        added_by=actor,
    )
    file.file.save("release", ContentFile(data), save=False)
    file.save()
    return file


def _told(request: InfoRequest, actor: User, note: str) -> None:
    note_step(request, "release_file", user=actor, on=timezone.localdate(), note=note)
