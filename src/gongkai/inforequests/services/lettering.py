"""Letters: from the record and the office's wording to a numbered paper in two forms.

What a letter must say is checked in ``core.disclosure.letters``; here the facts are fetched from the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.core.disclosure.decisions import Decision as Rule
from gongkai.core.disclosure.letters import (
    LETTERS,
    FactsMissing,
    LetterKind,
    LetterText,
    RemedyBodies,
    TemplateFaulty,
    compose,
    template_faults,
)
from gongkai.core.documents.document_numbers import DocumentNumber
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.letters import letter_docx, letter_pdf
from gongkai.inforequests.letters.words import in_words
from gongkai.inforequests.models import (
    Consultation,
    Decision,
    Delivery,
    InfoRequest,
    Letter,
    LetterTemplate,
    OfficeProfile,
)
from gongkai.inforequests.models.requests import CHANNEL_LABELS
from gongkai.inforequests.services.moving import note_step, profile_of
from gongkai.inforequests.services.numbering import next_number
from gongkai.reportfiles.writing.errors import MissingGlyph

SILENCE = {
    True: "逾期未提出意见的，视为同意公开。",
    False: "逾期未答复的，由本机关依照条例的规定处理。",
}
ENCLOSED = "随本告知书附上（见附件）"


@contextmanager
def _told_in_chinese() -> Iterator[None]:
    try:
        yield
    except (FactsMissing, TemplateFaulty, MissingGlyph) as error:
        raise ActRefused(str(error)) from error


def current_template(organ: Organ, kind_number: int) -> LetterTemplate | None:
    """The office's newest wording; None where the default one is used."""
    return LetterTemplate.objects.filter(organ=organ, kind=kind_number).order_by("-version").first()


@transaction.atomic
def save_template(
    *, organ: Organ, kind_number: int, actor: User, title: str, body: str, note: str
) -> LetterTemplate:
    """Keep a new version of a wording; older letters keep theirs.

    Raises:
        ActRefused: with every fault of the wording.
    """
    access.require(actor, "维护文书模板", organ)
    kind = LETTERS[kind_number]
    body = "\n".join(line.rstrip() for line in body.strip().splitlines())
    if faults := template_faults(kind, title, body):
        raise ActRefused("\n".join(faults))
    if not note.strip():
        raise ActRefused("请写明这次改了什么、为什么改。")
    last = current_template(organ, kind_number)
    if last is not None and (last.title, last.body) == (title.strip(), body):
        raise ActRefused("内容没有变化，没有保存新版本。")
    return LetterTemplate.objects.create(
        organ=organ,
        kind=kind_number,
        version=last.version + 1 if last else 1,
        title=title.strip(),
        body=body,
        note=note.strip(),
        created_by=actor,
    )


def text_of(letter: Letter) -> LetterText:
    """The text of an issued letter."""
    return LetterText.from_json(json.loads(letter.text))


def compose_for(request: InfoRequest, decision: Decision, *, dated: date) -> LetterText:
    """The reply as it would go out; without a number, which only approval gives."""
    return _composed(
        request,
        LETTERS[decision.rule.letter],
        decision.facts,
        dated=dated,
        rule=decision.rule,
        refuses=decision.refuses_under_14_to_16,
    )


def check_facts(request: InfoRequest, rule: Rule, facts: Mapping[str, Any], refuses: bool) -> None:
    """Raise ActRefused when the reply of an outcome could not be written."""
    _composed(request, LETTERS[rule.letter], facts, dated=timezone.localdate(), rule=rule, refuses=refuses)


def preview_wording(organ: Organ, kind: LetterKind, wording: tuple[str, str]) -> LetterText:
    """A wording filled with the names of its facts, for the page that edits it."""
    profile = OfficeProfile.objects.filter(organ=organ).first()
    facts = {name: f"［{name}］" for name in (*kind.required, *kind.optional)}
    facts |= {name: f"［{name}］" for name in _RECORD_NAMES} | {"机关名称": organ.name, "称谓": "你"}
    bodies = RemedyBodies(
        profile.review_body if profile else "［行政复议机关］", profile.court if profile else "［管辖法院］"
    )
    rule = next((rule for rule in BY_CODE.values() if rule.letter == kind.number), None)
    with _told_in_chinese():
        return compose(kind, facts, dated=timezone.localdate(), bodies=bodies, wording=wording, decision=rule)


def issue(
    request: InfoRequest,
    kind_number: int,
    facts: Mapping[str, Any],
    *,
    user: User | None = None,
    dated: date,
    decision: Decision | None = None,
    outcome: str = "",
    to_applicant: bool = True,
) -> Letter:
    """Write a letter, number it and keep both its forms; the caller is inside a transaction.

    Raises:
        ActRefused: something it must say is missing, or a character cannot be printed.
    """
    kind = LETTERS[kind_number]
    rule = decision.rule if decision is not None else BY_CODE.get(outcome)
    text = _composed(
        request,
        kind,
        facts,
        dated=dated,
        rule=rule,
        refuses=decision.refuses_under_14_to_16 if decision is not None else False,
    )
    number = ""
    if not kind.is_form:
        mark = profile_of(request).mark
        number = str(DocumentNumber(mark, dated.year, next_number(request.organ, f"文号 {mark}", dated.year)))
    text = replace(text, document_number=number)
    template = current_template(request.organ, kind_number)
    with _told_in_chinese():
        pdf, docx = letter_pdf(text), letter_docx(text)
    letter = Letter(
        request=request,
        decision=decision,
        kind=kind_number,
        title=text.title,
        document_number=number,
        template_version=template.version if template else 0,
        text=json.dumps(text.to_json(), ensure_ascii=False),
        dated=dated,
        pdf_digest=hashlib.sha256(pdf).hexdigest(),
        to_applicant=to_applicant,
        issued_by=user,
    )
    name = f"{request.organ.code}-{request.number}-{kind_number}"
    letter.pdf.save(f"{name}.pdf", ContentFile(pdf), save=False)
    letter.docx.save(f"{name}.docx", ContentFile(docx), save=False)
    letter.save()
    return letter


def service_return(letter: Letter, delivery: Delivery) -> LetterText:
    """The 送达回证 of one service."""
    facts = {
        "送达文书": f"{letter.title}　{letter.document_number}".strip(),
        "送达方式": delivery.get_way_display(),
        "送达日期": delivery.on,
        "送达凭证": delivery.receipt,
    }
    return _composed(letter.request, LETTERS[28], facts, dated=delivery.on)


def application_form(request: InfoRequest) -> LetterText:
    """The 申请表 as filed, for the office's file."""
    return _composed(request, LETTERS[1], {}, dated=timezone.localdate(request.submitted_at))


def registration_form(request: InfoRequest) -> LetterText:
    """The 登记表 with everything done so far (第四十五条)."""
    return _composed(request, LETTERS[2], {}, dated=timezone.localdate())


@transaction.atomic
def tell_third_party(*, consultation_id: int, actor: User, content: str, reasons: str, on: date) -> Letter:
    """Tell a third party that objected what is disclosed all the same, and why (第三十二条)."""
    asked = Consultation.objects.select_related("request__organ").get(pk=consultation_id)
    request = asked.request
    access.require(actor, "审批申请", request.organ)
    if asked.answer not in {Consultation.Answer.OBJECTS, Consultation.Answer.PARTLY}:
        raise ActRefused("只有不同意公开的第三方才需要这份告知书。")
    letter = issue(
        request,
        10,
        {"对方名称": asked.party, "公开内容": content, "公开理由": reasons},
        user=actor,
        dated=on,
        to_applicant=False,
    )
    note_step(request, "third_party_told", user=actor, on=on, note=f"告知第三方决定公开：{letter}")
    return letter


def _composed(
    request: InfoRequest,
    kind: LetterKind,
    facts: Mapping[str, Any],
    *,
    dated: date,
    rule: Rule | None = None,
    refuses: bool = False,
) -> LetterText:
    profile = profile_of(request)
    template = current_template(request.organ, kind.number)
    given = {name: _printed(name, value) for name, value in facts.items()}
    enclosed: list[str] = []
    if rule is not None and rule.discloses:
        enclosed = [file.name for file in request.release_files.filter(following=None, withdrawn_at=None)]
        if enclosed and not given.get("提供方式", "").strip():
            given["提供方式"] = ENCLOSED
    with _told_in_chinese():
        text = compose(
            kind,
            {**_record_facts(request, profile), **given},
            dated=dated,
            bodies=RemedyBodies(profile.review_body, profile.court),
            wording=(template.title, template.body) if template else None,
            decision=rule,
            refuses_under_14_to_16=refuses,
        )
    return replace(text, attachments=tuple(enclosed))


def _printed(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return SILENCE[value] if name == "逾期后果" else ("是" if value else "否")
    if isinstance(value, datetime):
        return in_words(timezone.localdate(value))
    if isinstance(value, date):
        return in_words(value)
    return "" if value is None else str(value)


_RECORD_NAMES = (
    "机关名称", "受理机构", "联系电话", "办公地址", "邮政编码", "办公时间", "申请人", "称谓", "申请编号", "收到日期",
    "申请内容", "答复期限", "提交方式", "提交日期", "申请人类别", "证件名称", "证件号码", "申请人电话", "申请人邮箱",
    "申请人地址", "获取方式", "登记人", "经办部门", "办理经过",
)  # fmt: skip


def _record_facts(request: InfoRequest, profile: OfficeProfile) -> dict[str, str]:
    steps = "\n".join(
        f"{step.on:%Y-%m-%d}　{step.note or step.get_target_display()}"
        for step in request.steps.order_by("pk")
    )
    return {
        "机关名称": request.organ.name,
        "受理机构": profile.office_name,
        "联系电话": profile.telephone,
        "办公地址": profile.address,
        "邮政编码": profile.postcode,
        "办公时间": profile.hours,
        "申请人": request.applicant_name,
        "称谓": "你" if request.applicant_kind == "natural" else "你单位",
        "申请编号": request.number,
        "收到日期": _printed("", request.received_on or request.arrived_on),
        "申请内容": request.content,
        "答复期限": _printed("", request.due_on),
        "提交方式": CHANNEL_LABELS[request.channel],
        "提交日期": _printed("", request.submitted_at),
        "申请人类别": request.get_applicant_kind_display(),
        "证件名称": request.get_identity_kind_display(),
        "证件号码": request.identity_number,
        "申请人电话": request.telephone,
        "申请人邮箱": request.email,
        "申请人地址": request.address,
        "获取方式": f"{request.get_obtain_display()}，{request.get_medium_display()}",
        "登记人": request.registered_by.get_full_name() if request.registered_by else "网上提交",
        "经办部门": request.department.name if request.department else "",
        "办理经过": steps,
    }
