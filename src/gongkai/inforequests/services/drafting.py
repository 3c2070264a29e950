"""A public form that is not sent yet: kept sealed on the server, found by a token that only its writer has.

The token lies in a cookie and only its digest in the database. The draft carries the submission key, so
however often and from wherever it is sent, one application is made. Files lie sealed beside it until then.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import ApplicationDraft, InfoRequest
from gongkai.inforequests.services.intake import Filing, Given, submit_public
from gongkai.privacy.storage import sealed_storage
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import DEFAULT_LIMIT_BYTES, FileType, screen_upload

IDENTITY_FILE_TYPES = frozenset({FileType.JPEG, FileType.PNG, FileType.PDF})
MAX_FILES = 4  # both sides of a card, and a letter of authority
SWEPT_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a draft; ``stored`` is its place in the sealed storage."""

    name: str
    content_type: str
    size_bytes: int
    stored: str


@dataclass(frozen=True, slots=True)
class DraftBody:
    """What was typed so far, by name of the field, and the files."""

    answers: dict[str, str] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> DraftBody:
        found = json.loads(text)
        return cls(found["answers"], tuple(KeptFile(**file) for file in found["files"]))

    def filing(self) -> Filing:
        """The answers as a filing; what was not answered yet is blank."""
        return Filing(**{name: self.answers.get(name, "") for name in Filing.__dataclass_fields__})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def body_of(draft: ApplicationDraft) -> DraftBody:
    """What a draft holds; nothing once it was sent."""
    return DraftBody.from_json(draft.body) if draft.body else DraftBody()


def start_draft(organ: Organ) -> tuple[ApplicationDraft, str]:
    """Begin a draft; gives it and its token. Drafts past their time go on this occasion."""
    sweep_drafts()
    token = secrets.token_urlsafe(24)
    draft = ApplicationDraft.objects.create(
        organ=organ,
        token_hash=_digest(token),
        body=DraftBody().to_json(),
        submission_key=secrets.token_urlsafe(24),
    )
    return draft, token


def find_draft(token: str) -> ApplicationDraft | None:
    """The draft of a token, unless its time is over."""
    if not token:
        return None
    oldest = timezone.now() - timedelta(days=settings.APPLICATION_DRAFT_DAYS)
    return (
        ApplicationDraft.objects.select_related("organ", "request")
        .filter(token_hash=_digest(token), saved_at__gte=oldest)
        .first()
    )


@transaction.atomic
def keep_answers(draft: ApplicationDraft, answers: Mapping[str, str]) -> None:
    """Keep what was typed, right or wrong, beside what is there."""
    locked = _unsent(draft)
    body = body_of(locked)
    _write(draft, locked, DraftBody({**body.answers, **answers}, body.files))


@transaction.atomic
def keep_file(draft: ApplicationDraft, name: str, data: bytes) -> None:
    """Screen a file and keep it sealed.

    Raises:
        UploadRefused: kind, size, condition or number.
    """
    locked = _unsent(draft)
    body = body_of(locked)
    if len(body.files) >= MAX_FILES:
        raise UploadRefused(f"“{name[-60:]}”没有保存：最多上传 {MAX_FILES} 个文件，请先删除不需要的。")
    kind = screen_upload(data, name, limit_bytes=DEFAULT_LIMIT_BYTES, allowed=IDENTITY_FILE_TYPES)
    stored = sealed_storage().save(f"drafts/{timezone.localdate():%Y}/file", ContentFile(data))
    kept = KeptFile(name[-100:], kind.content_type, len(data), stored)
    _write(draft, locked, DraftBody(body.answers, (*body.files, kept)))


@transaction.atomic
def drop_file(draft: ApplicationDraft, index: int) -> None:
    """Take a file out again; an index that is not there changes nothing."""
    locked = _unsent(draft)
    body = body_of(locked)
    if not 0 <= index < len(body.files):
        return
    _destroy(body.files[index])
    _write(draft, locked, DraftBody(body.answers, (*body.files[:index], *body.files[index + 1 :])))


def read_within_limit(file: UploadedFile) -> bytes:
    """The content of an upload; one that is over the limit is refused without reading it into memory.

    Raises:
        UploadRefused: too large.
    """
    if file.size > DEFAULT_LIMIT_BYTES:
        size, limit = -(-file.size * 10 // 2**20) / 10, DEFAULT_LIMIT_BYTES // 2**20
        raise UploadRefused(
            f"“{file.name}”：文件有 {size:g} MB，超过上限 {limit} MB，请压缩图片或拆分后上传。"
        )
    return file.read()


def submit_draft(draft: ApplicationDraft) -> InfoRequest:
    """Send a draft, once: sent again it gives back the application it made.

    Raises:
        FilingFaulty: an answer is missing or wrong.
        ActRefused: the identity document is missing.
    """
    made = _made_from(draft)
    if made is None:
        body = body_of(draft)
        if not body.files:
            raise ActRefused("请上传身份证明的照片或者扫描件。")
        try:
            files = _given(body)
        except FileNotFoundError:  # the other click of a double click was quicker and has taken them
            made = _made_from(draft)
            if made is None:
                raise
        else:
            made = submit_public(
                organ=draft.organ, filing=body.filing(), submission_key=draft.submission_key, files=files
            )
    if draft.request_id is None:
        _mark_sent(draft, made)
    return made


def _made_from(draft: ApplicationDraft) -> InfoRequest | None:
    """The application that a draft became, whether or not the draft knows it yet."""
    return draft.request or InfoRequest.objects.filter(submission_key=draft.submission_key).first()


def _given(body: DraftBody) -> list[Given]:
    storage, given = sealed_storage(), []
    for file in body.files:
        with storage.open(file.stored) as stream:
            given.append(Given(file.name, file.content_type, stream.read()))
    return given


@transaction.atomic
def _mark_sent(draft: ApplicationDraft, request: InfoRequest) -> None:
    """Point the draft at its application and destroy what it held: the application has it now."""
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    for file in body_of(locked).files:
        _destroy(file)
    locked.request, locked.body = request, ""
    locked.save()
    draft.request, draft.body = request, ""


@transaction.atomic
def discard_draft(draft: ApplicationDraft) -> None:
    """Destroy a draft and its files; an application made from it stays."""
    for file in body_of(draft).files:
        _destroy(file)
    draft.delete()


def sweep_drafts() -> int:
    """Destroy drafts past their time, some at once; gives the number."""
    oldest = timezone.now() - timedelta(days=settings.APPLICATION_DRAFT_DAYS)
    old = list(ApplicationDraft.objects.filter(saved_at__lt=oldest)[:SWEPT_AT_ONCE])
    for draft in old:
        discard_draft(draft)
    return len(old)


def _unsent(draft: ApplicationDraft) -> ApplicationDraft:
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.request_id is not None:
        raise ActRefused("这份申请已经提交，不能再修改。")
    return locked


def _write(draft: ApplicationDraft, locked: ApplicationDraft, body: DraftBody) -> None:
    draft.body = locked.body = body.to_json()
    locked.save()


def _destroy(file: KeptFile) -> None:
    transaction.on_commit(partial(sealed_storage().delete, file.stored))
