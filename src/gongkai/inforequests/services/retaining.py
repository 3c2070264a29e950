"""Personal data: reading it is an act with a reason; after its time it is destroyed, the statistics stay.

Decision 8 of the architecture; 个人信息保护法 Arts. 19 and 47 name the principle, the office sets the years.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Attachment, InfoRequest, OfficeProfile
from gongkai.privacy.services import reveal

PERSONAL_FIELDS = {
    "applicant_name": "姓名或名称",
    "identity_number": "证件号码",
    "contact_name": "联系人",
    "telephone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
}
GONE = "（已按保存期限销毁）"


@transaction.atomic
def reveal_applicant(*, request_id: int, actor: User, reason: str) -> dict[str, str]:
    """The applicant's data in clear, by label; who read it and why goes to the log."""
    request = InfoRequest.objects.select_related("organ").get(pk=request_id)
    access.require(actor, "查看申请人信息", request.organ)
    if not reason.strip():
        raise ActRefused("请写明查看申请人信息的理由。")
    return {
        label: reveal(request, name, actor=actor, reason=reason.strip(), organ_code=request.organ.code)
        for name, label in PERSONAL_FIELDS.items()
        if getattr(request, name)
    }


@transaction.atomic
def reveal_attachment(*, attachment_id: int, actor: User, reason: str) -> tuple[Attachment, bytes]:
    """A file of the applicant in clear; logged."""
    attachment = Attachment.objects.select_related("request__organ").get(pk=attachment_id)
    organ = attachment.request.organ
    access.require(actor, "查看申请人信息", organ)
    if not reason.strip():
        raise ActRefused("请写明查看申请人材料的理由。")
    if attachment.destroyed_at is not None:
        raise ActRefused("这份材料已按保存期限销毁。")
    record_event(
        "privacy.revealed",
        attachment.request,
        actor=actor,
        organ_code=organ.code,
        field=f"attachment {attachment.pk}",
        reason=reason.strip(),
    )
    with attachment.file.open("rb") as stream:
        return attachment, stream.read()


def due_for_anonymisation(organ: Organ, today: date) -> list[InfoRequest]:
    """Filed cases whose retention period is over."""
    profile = OfficeProfile.objects.filter(organ=organ).first()
    years = profile.retention_years if profile else OfficeProfile._meta.get_field("retention_years").default
    last = today.replace(year=today.year - years, day=min(today.day, 28))
    return list(
        InfoRequest.objects.filter(
            organ=organ, state=State.ARCHIVED, closed_on__lt=last, anonymised_at=None
        ).exclude(disputes__closed_on=None, disputes__isnull=False)
    )


@transaction.atomic
def anonymise(*, organ: Organ, actor: User, today: date | None = None) -> int:
    """Destroy the personal data of cases past their retention; kind, dates, outcome stay for the statistics."""
    access.require(actor, "销毁申请人信息", organ)
    cases = due_for_anonymisation(organ, today or timezone.localdate())
    now = timezone.now()
    for request in cases:
        for name in PERSONAL_FIELDS:
            setattr(request, name, GONE if name in {"applicant_name", "identity_number"} else "")
        request.identity_hash, request.postcode, request.anonymised_at = "", "", now
        request.content = GONE
        request.save()
        for consultation in request.consultations.all():
            consultation.party, consultation.contact, consultation.opinion = GONE, "", ""
            consultation.save()
        request.steps.update(note="")
        request.decisions.update(facts={})
        for letter in request.letters.all():
            _destroy_later(letter.docx, letter.pdf)
            letter.text, letter.docx, letter.pdf = GONE, "", ""
            letter.save()
        for attachment in request.attachments.filter(destroyed_at=None):
            _destroy_later(attachment.file)
            attachment.name, attachment.file, attachment.destroyed_at = GONE, "", now
            attachment.save()
        record_event("inforequest.anonymised", request, actor=actor, organ_code=organ.code)
    return len(cases)


def _destroy_later(*files: FieldFile) -> None:
    """Delete files once the records say so for good: a transaction undone must still find them."""
    for file in files:
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name))
