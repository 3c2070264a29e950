"""Acts on guides: draft, submit, review, publish, withdraw; each one transaction, checked and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.guides import vague_words
from gongkai.core.proofreading import Finding, Severity, check
from gongkai.releasefiles.sniffing import screen_upload
from gongkai.services import access
from gongkai.services.errors import GuideRefused
from gongkai.services.guides.models import CONTENT, Guide, GuideFile, GuideVersion
from gongkai.services.signals import shown_changed

_S = GuideVersion.State
MAX_FILE_BYTES = 20 * 1024 * 1024


def _locked(version: GuideVersion) -> GuideVersion:
    Guide.objects.select_for_update(of=("self",)).get(pk=version.guide_id)
    return GuideVersion.objects.select_related("guide__organ").get(pk=version.pk)


@transaction.atomic
def begin(*, organ: Organ, department: Department | None, name: str, actor: User) -> GuideVersion:
    """Begin the guide of a matter.

    Raises:
        GuideRefused: the organ has a guide of this name already.
    """
    access.require(actor, "编写办事指南", organ)
    taken = GuideVersion.objects.filter(guide__organ=organ, name=name).exclude(state=_S.SUPERSEDED)
    if taken.exists():
        raise GuideRefused(f"“{name}”已有办事指南，请在列表里找到它，起草新的一版。")
    guide = Guide.objects.create(organ=organ, department=department)
    made = GuideVersion.objects.create(guide=guide, number=1, name=name, drafted_by=actor)
    record_event("guide.begun", made, actor=actor, organ_code=organ.code)
    return made


@transaction.atomic
def begin_version(*, guide: Guide, actor: User) -> GuideVersion:
    """Begin the next version with everything the newest one says.

    Raises:
        GuideRefused: one is being worked on.
    """
    guide = Guide.objects.select_for_update(of=("self",)).select_related("organ").get(pk=guide.pk)
    access.require(actor, "编写办事指南", guide.organ)
    newest = guide.versions.first()
    assert newest is not None  # a guide is begun with its first version
    if newest.state in {_S.DRAFT, _S.SUBMITTED, _S.RETURNED}:
        raise GuideRefused("这个事项有一版正在拟稿或者审核，请先办完那一版。")
    made = GuideVersion.objects.create(
        guide=guide, number=newest.number + 1, drafted_by=actor, **{key: getattr(newest, key) for key in CONTENT}
    )  # fmt: skip
    for one in newest.files.all():
        GuideFile.objects.create(
            version=made, title=one.title, is_sample=one.is_sample, file=one.file.name, suffix=one.suffix,
            size=one.size, digest=one.digest,
        )  # fmt: skip
    record_event("guide.version_begun", made, actor=actor, organ_code=guide.organ.code)
    return made


@transaction.atomic
def change(*, version: GuideVersion, given: Mapping[str, Any], actor: User) -> GuideVersion:
    """Write the elements of a draft; who writes last answers for it as its drafter.

    Raises:
        GuideRefused: submitted or published already.
    """
    version = _locked(version)
    access.require(actor, "编写办事指南", version.guide.organ)
    _require_editable(version)
    for key in CONTENT:
        if key in given:
            setattr(version, key, given[key])
    version.drafted_by = actor
    version.save()
    record_event("guide.changed", version, actor=actor, organ_code=version.guide.organ.code)
    return version


def _require_editable(version: GuideVersion) -> None:
    if not version.is_editable:
        raise GuideRefused("已送审或者已公布的指南不能改，请退回后修改，或者起草新的一版。")


@transaction.atomic
def add_file(
    *, version: GuideVersion, title: str, data: bytes, name: str, is_sample: bool, actor: User
) -> GuideFile:
    """Add a form or a sample to a draft, looked at by its content.

    Raises:
        GuideRefused: not a draft any more, or two files of one name.
        UploadRefused: the file harms, or is not what its name says.
    """
    version = _locked(version)
    access.require(actor, "编写办事指南", version.guide.organ)
    _require_editable(version)
    screen_upload(data, name, limit_bytes=MAX_FILE_BYTES)
    suffix = name.rpartition(".")[2].lower()[:10]
    try:
        with transaction.atomic():
            made = GuideFile.objects.create(
                version=version, title=title, is_sample=is_sample, suffix=suffix, size=len(data), digest=sm3(data),
                file=ContentFile(data, name=name),
            )  # fmt: skip
    except IntegrityError:
        raise GuideRefused(f"已有表格叫“{title}”，请另起一个名称。") from None
    record_event(
        "guide.file_added", made, actor=actor, organ_code=version.guide.organ.code, digest=made.digest
    )
    return made


@transaction.atomic
def drop_file(*, file: GuideFile, actor: User) -> None:
    """Take a file out of a draft; its bytes stay where another version shows them."""
    version = _locked(file.version)
    access.require(actor, "编写办事指南", version.guide.organ)
    _require_editable(version)
    record_event(
        "guide.file_dropped", file, actor=actor, organ_code=version.guide.organ.code, digest=file.digest
    )
    file.delete()


def findings_of(version: GuideVersion) -> tuple[Finding, ...]:
    """What the proofreader says of the office's own words."""
    found = check(version.plain_text, on=timezone.localdate(), title=version.name)
    return tuple(one for one in found if one.severity is not Severity.HINT)


def faults_of(version: GuideVersion) -> list[str]:
    """What stands between a version and the public, in sentences."""
    faults = [f"缺少“{label}”，请补上。" for label in version.missing]
    listed = "\n".join(f"{one.name} {one.note}" for one in version.material_list)
    faults += [f"办理材料里有兜底的话“{word}”，请逐项列出材料。" for word in vague_words(listed)]
    return faults


@transaction.atomic
def submit(*, version: GuideVersion, waived: str, actor: User) -> GuideVersion:
    """Submit a complete version for review.

    Raises:
        GuideRefused: an element is missing, materials are vague, or serious findings stand with no reason to keep them.
    """
    version = _locked(version)
    access.require(actor, "编写办事指南", version.guide.organ)
    _require_editable(version)
    if faults := faults_of(version):
        raise GuideRefused("".join(faults))
    serious = [one for one in findings_of(version) if one.severity is Severity.SERIOUS]
    if serious and not waived.strip():
        quoted = "、".join(f"“{one.quote}”" for one in serious[:5])
        raise GuideRefused(f"校对发现严重疑点：{quoted}。请修改；确需保留的，写明理由。")
    version.state, version.submitted_at, version.waived = _S.SUBMITTED, timezone.now(), waived.strip()
    version.digest = version.content_digest()
    version.save()
    record_event(
        "guide.submitted", version, actor=actor, organ_code=version.guide.organ.code, digest=version.digest,
        waived=version.waived,
    )  # fmt: skip
    return version


@transaction.atomic
def send_back(*, version: GuideVersion, note: str, actor: User) -> GuideVersion:
    """Return a submitted version with what is to be mended.

    Raises:
        GuideRefused: not under review, or no reason given.
    """
    version = _reviewable(version, actor)
    if not note.strip():
        raise GuideRefused("请写明退回的理由。")
    version.state, version.digest, version.review_note = _S.RETURNED, "", note.strip()
    version.reviewed_by, version.reviewed_at = actor, timezone.now()
    version.save()
    record_event(
        "guide.returned", version, actor=actor, organ_code=version.guide.organ.code, note=note.strip()
    )
    return version


def _reviewable(version: GuideVersion, actor: User) -> GuideVersion:
    version = _locked(version)
    access.require(actor, "审核办事指南", version.guide.organ)
    if version.state != _S.SUBMITTED:
        raise GuideRefused("这一版不在审核中。")
    if version.drafted_by_id == actor.pk:
        raise GuideRefused("拟稿人不能审核自己写的指南，请由另一人审核。")
    return version


@transaction.atomic
def publish(*, version: GuideVersion, note: str, is_clear: bool, actor: User) -> GuideVersion:
    """Approve exactly what was submitted and put it on the public pages in place of the version before.

    Raises:
        GuideRefused: not under review, the drafter's own, changed since, incomplete, or confidentiality not confirmed.
    """
    version = _reviewable(version, actor)
    if not is_clear:
        raise GuideRefused("请确认内容不涉及国家秘密、商业秘密和个人隐私。")
    if not version.is_as_reviewed:
        raise GuideRefused("内容与送审时不一致，请退回重新送审。")
    if faults := faults_of(version):
        raise GuideRefused("".join(faults))
    guide, now = version.guide, timezone.now()
    guide.versions.filter(state=_S.LIVE).update(state=_S.SUPERSEDED)
    version.state, version.reviewed_by, version.reviewed_at = _S.LIVE, actor, now
    version.review_note, version.published_at = note.strip(), now
    version.save()
    guide.live, guide.withdrawn_reason = version, ""
    guide.first_published_at = guide.first_published_at or now
    guide.save()
    record_event(
        "guide.published", version, actor=actor, organ_code=guide.organ.code, digest=version.digest,
        confidentiality="clear",
    )  # fmt: skip
    shown_changed.send(Guide, kind="guide", number=guide.pk)
    return version


@transaction.atomic
def withdraw(*, guide: Guide, reason: str, actor: User) -> Guide:
    """Take a guide off the public pages.

    Raises:
        GuideRefused: not published, or no reason given.
    """
    guide = Guide.objects.select_for_update(of=("self",)).select_related("organ", "live").get(pk=guide.pk)
    access.require(actor, "撤下办事指南", guide.organ)
    if guide.live is None:
        raise GuideRefused("这个事项的指南没有公布。")
    if not reason.strip():
        raise GuideRefused("请写明撤下的理由。")
    guide.versions.filter(state=_S.LIVE).update(state=_S.WITHDRAWN)
    guide.live, guide.withdrawn_reason = None, reason.strip()
    guide.save()
    record_event("guide.withdrawn", guide, actor=actor, organ_code=guide.organ.code, reason=reason.strip())
    shown_changed.send(Guide, kind="guide", number=guide.pk)
    return guide
