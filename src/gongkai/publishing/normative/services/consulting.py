"""Consulting the public on a draft: the announcement, the opinions, the published answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.documents.normative import Step
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import (
    ColumnPage,
    DraftConsultation,
    DraftOpinion,
    NormativeDocument,
)
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.drafting import locked
from gongkai.publishing.normative.services.releasing import draft_item
from gongkai.publishing.normative.texts import as_html, paragraphs

NEEDS_REASON = {DraftOpinion.Handling.NOT_ADOPTED, DraftOpinion.Handling.PARTLY}


@transaction.atomic
def prepare_consultation(
    *, document: NormativeDocument, column: ColumnPage, explanation: str, days: int, short_reason: str, contact: str, actor: User
) -> DraftConsultation:  # fmt: skip
    """Make the announcement as a draft item; the consultation opens on the day it goes live.

    Raises:
        NormativeRefused: not the step, no draft text, or one is under way.
    """
    document = locked(document)
    access.require(actor, "起草规范性文件", document.organ)
    if document.progress.next_step is not Step.CONSULTATION:
        raise NormativeRefused("现在不是公开征求意见的步骤。")
    if not document.text.strip():
        raise NormativeRefused("请先填写草案正文。")
    latest = document.consultations.first()
    if latest is not None and not latest.is_closed:
        raise NormativeRefused("已经有一次公开征求意见，还没有结束。")
    title = f"关于公开征求《{document.title}》意见的公告"
    item = draft_item(
        column, document, actor, title=title, body=_announcement(document, explanation, contact),
        formed_on=timezone.localdate(), topic=document.topic,
        slug=f"zhengqiu-{document.pk}-{document.consultations.count() + 1}",
    )  # fmt: skip
    made = DraftConsultation.objects.create(
        document=document, explanation=explanation, days=days, short_reason=short_reason, contact=contact, page=item,
        prepared_by=actor,
    )  # fmt: skip
    record_event(
        "normative.consultation_prepared", document, actor=actor, organ_code=document.organ.code, item=item.pk, days=days,
        short_reason=short_reason,
    )  # fmt: skip
    return made


def _announcement(document: NormativeDocument, explanation: str, contact: str) -> str:
    opening = [
        f"{document.organ.name}起草了《{document.title}》，现向社会公开征求意见。",
        "截止日期见本页上方。可以在本页按“提出意见”在线提交，也可以按下面的方式提出。",
        contact,
    ]
    return (
        as_html(opening)
        + "<h2>起草说明</h2>"
        + as_html(paragraphs(explanation))
        + "<h2>征求意见稿</h2>"
        + f"<p><b>{escape(document.title)}</b></p>"
        + as_html(paragraphs(document.text))
    )


@transaction.atomic
def give_opinion(
    *, consultation: DraftConsultation, text: str, name: str, contact: str, submission_key: str
) -> DraftOpinion:
    """Take an opinion of the public; the same form sent twice gives the same receipt.

    Raises:
        NormativeRefused: not open today.
    """
    earlier = DraftOpinion.objects.filter(submission_key=submission_key, consultation=consultation).first()
    if earlier is not None:
        return earlier
    consultation = DraftConsultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not consultation.is_open:
        raise NormativeRefused("这次征求意见没有开始或者已经截止。")
    serial = consultation.opinions.count() + 1
    given = DraftOpinion.objects.create(
        consultation=consultation, number=f"YJ{consultation.pk:04d}-{serial:05d}", text=text, name=name, contact=contact,
        submission_key=submission_key, received_at=timezone.now(),
    )  # fmt: skip
    record_event("normative.opinion", given, actor="公众", organ_code=consultation.document.organ.code)
    return given


@transaction.atomic
def handle_opinion(
    *, opinion: DraftOpinion, handling: str, summary: str, answer: str, actor: User
) -> DraftOpinion:
    """Adopt an opinion or not, with the summary and the reason that will be published.

    Raises:
        NormativeRefused: answered publicly already, no summary, or no reason for not adopting.
    """
    opinion = DraftOpinion.objects.select_related("consultation__document__organ").get(pk=opinion.pk)
    organ = opinion.consultation.document.organ
    access.require(actor, "处理公众意见", organ)
    if opinion.consultation.feedback_page_id is not None:
        raise NormativeRefused("意见采纳情况已经成稿，不能再改。")
    if handling != DraftOpinion.Handling.IRRELEVANT and not summary.strip():
        raise NormativeRefused("请写意见摘要，公布时用。")
    if handling in NEEDS_REASON and not answer.strip():
        raise NormativeRefused("没有全部采纳的，请写明理由。")
    opinion.handling, opinion.summary, opinion.answer = handling, summary.strip(), answer.strip()
    opinion.handled_by, opinion.handled_at = actor, timezone.now()
    opinion.save()
    record_event("normative.opinion_handled", opinion, actor=actor, organ_code=organ.code, handling=handling)
    return opinion


@transaction.atomic
def prepare_feedback(
    *, consultation: DraftConsultation, column: ColumnPage, actor: User
) -> DraftConsultation:
    """Make the published answer to all opinions as a draft item.

    Raises:
        NormativeRefused: still open, opinions without handling, or made already.
    """
    consultation = DraftConsultation.objects.select_related("document__organ").get(pk=consultation.pk)
    document = consultation.document
    access.require(actor, "处理公众意见", document.organ)
    if not consultation.is_closed:
        raise NormativeRefused("征求意见截止以后才能公布采纳情况。")
    if consultation.feedback_page_id is not None:
        raise NormativeRefused("意见采纳情况已经成稿，请到“信息审核”里送审发布。")
    waiting = consultation.opinions.filter(handling="").count()
    if waiting:
        raise NormativeRefused(f"还有 {waiting} 条意见没有处理。")
    consultation.feedback_page = draft_item(
        column, document, actor, title=f"《{document.title}》公开征求意见采纳情况", body=_feedback(consultation),
        formed_on=timezone.localdate(), topic=document.topic, slug=f"fankui-{consultation.pk}",
    )  # fmt: skip
    consultation.save(update_fields=["feedback_page"])
    record_event("normative.feedback_prepared", document, actor=actor, organ_code=document.organ.code)
    return consultation


def _feedback(consultation: DraftConsultation) -> str:
    """Numbers, then each opinion in summary with what was done and why; no names."""
    opinions = list(consultation.opinions.exclude(handling=DraftOpinion.Handling.IRRELEVANT))
    counted = "，".join(
        f"{handling.label} {sum(one.handling == handling for one in opinions)} 条"
        for handling in DraftOpinion.Handling
        if handling is not DraftOpinion.Handling.IRRELEVANT
    )
    head = (
        f"{consultation.opens_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d} 公开征求意见，"
        f"共收到意见 {consultation.opinions.count()} 条，其中与草案有关的 {len(opinions)} 条：{counted}。"
    )
    if not opinions:
        return as_html([head.replace(f"：{counted}", "")])
    lines = "".join(
        f"<li>{escape(one.summary)}<br/><b>{one.get_handling_display()}</b>"
        f"{'：' + escape(one.answer) if one.answer else ''}</li>"
        for one in opinions
    )
    return f"{as_html([head])}<h2>意见和采纳情况</h2><ol>{lines}</ol>"
