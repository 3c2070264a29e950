"""From a drafted outcome to the reply that was served.

One choice fixes article, letter, remedy and report row (``core.disclosure.decisions``); what the outcome needs
as evidence is demanded here; who drafted it does not approve it; who approves has read the preview.
Source: 《政府信息公开条例》 Arts. 17, 30, 33, 36–39, 45; report form, rows of table 三.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.core.disclosure.clock import Entry, Kind
from gongkai.core.disclosure.decisions import BY_CODE, REFUSAL_ROWS
from gongkai.core.disclosure.decisions import Decision as Rule
from gongkai.core.disclosure.procedure import Actor, Event, State
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import (
    ConfidentialityReview,
    Decision,
    Delivery,
    InfoRequest,
    Letter,
    RequestItem,
    SearchRecord,
)
from gongkai.inforequests.services.lettering import check_facts, compose_for, issue
from gongkai.inforequests.services.moving import keep, locked, move, note_step, today_or_earlier
from gongkai.inforequests.services.releasing import current_files, files_digest

GIVEN_ROWS = frozenset({"r3_1", "r3_2"})
MADE_ELSEWHERE = frozenset({"X-30", "X-FEE", "X-WITHDRAW"})


@transaction.atomic
def split_items(
    *, request_id: int, actor: User, texts: Sequence[str], version: int | None = None
) -> InfoRequest:
    """Split an application into the things it asks for, each of which gets its own answer."""
    request = locked(request_id, version)
    access.require(actor, "办理申请", request.organ)
    if request.state != State.PROCESSING:
        raise ActRefused("只有办理中的申请可以分项。")
    wanted = [text.strip() for text in texts if text.strip()]
    if len(wanted) < 2:
        raise ActRefused("分项至少两项，每行写一项。")
    if request.items.exists():
        raise ActRefused("已经分过项，不能重新分项。")
    RequestItem.objects.bulk_create(
        RequestItem(request=request, number=n, text=text) for n, text in enumerate(wanted, start=1)
    )
    note_step(request, "split", user=actor, on=timezone.localdate(), note=f"分为 {len(wanted)} 项")
    return request


@transaction.atomic
def decide_item(*, item_id: int, actor: User, code: str, reason: str) -> RequestItem:
    """Say what becomes of one item."""
    item = RequestItem.objects.select_for_update().get(pk=item_id)
    request = locked(item.request_id)
    access.require(actor, "办理申请", request.organ)
    if request.state != State.PROCESSING:
        raise ActRefused("只有办理中的申请可以写分项处理意见。")
    if code not in BY_CODE or code in MADE_ELSEWHERE or code == "D-37":
        raise ActRefused("请为这一项选择一种处理结果。")
    if not reason.strip():
        raise ActRefused("请写明这一项的理由或者提供情况。")
    item.code, item.reason = code, reason.strip()
    item.save(update_fields=["code", "reason"])
    note_step(
        request,
        "item_decided",
        user=actor,
        on=timezone.localdate(),
        note=f"第 {item.number} 项：{item.get_code_display()}",
    )
    return item


@transaction.atomic
def record_search(*, request_id: int, actor: User, **values: Any) -> SearchRecord:
    """Keep a search as evidence: scope, systems, keywords, who, when, what was found."""
    request = locked(request_id)
    access.require(actor, "填写协办意见", request.organ)
    if not request.is_open:
        raise ActRefused("申请已经办结，不能再补检索记录。")
    record = SearchRecord(request=request, recorded_by=actor, **values)
    record.full_clean()
    today_or_earlier(timezone.localdate(record.searched_at), "检索时间")
    record.save()
    note_step(request, "searched", user=actor, on=timezone.localdate(), note=f"检索：{record.keywords}")
    return record


def outcome_of_items(items: Sequence[RequestItem]) -> str | None:
    """The one code that several items force, or None when the office chooses the dominant one.

    Some given and some not is 部分公开 and only that (note of the form).
    """
    rows = {BY_CODE[item.code].row for item in items if item.code}
    if rows & GIVEN_ROWS and rows - GIVEN_ROWS:
        return "D-37"
    return items[0].code if len({item.code for item in items}) == 1 else None


def unmet(request: InfoRequest, rule: Rule, facts: Mapping[str, Any]) -> list[str]:
    """What the record still lacks for an outcome, in Chinese."""
    missing = []
    if rule.code in MADE_ELSEWHERE:
        missing.append("这个结果由系统在逾期或者撤回时登记，不能由人选择。")
    if rule.needs_search_record and not request.searches.exists():
        missing.append("“信息不存在”须先登记检索记录：查了哪些范围、系统、关键词，由谁在何时检索。")
    if (
        rule.code == "D-30-UNCLEAR"
        and not request.ledger.filter(kind=Kind.CORRECTED, voided_at=None).exists()
    ):
        missing.append("“补正后仍不明确”须先告知补正并且收到补正。")
    if rule.code == "D-15" and not request.consultations.filter(kind="third_party").exists():
        missing.append("以损害第三方合法权益为由不予公开的，须先书面征求第三方意见（第三十二条）。")
    if rule.code == "D-35" and not request.steps.filter(event=Event.ASK_REASON.value).exists():
        missing.append("“无正当理由大量反复申请”须先要求申请人说明理由（第三十五条）。")
    if rule.discloses:
        files = current_files(request)
        if not files and not str(facts.get("提供方式", "")).strip():
            missing.append("请上传要提供的文件，或者写明获取的方式、途径和时间。")
        for file in files:
            if file.open_findings:
                missing.append(
                    f"“{file.name}”还有 {len(file.open_findings)} 处隐藏信息没有处理或者说明理由。"
                )
        missing += _unreviewed(request)
    return missing


def _unreviewed(request: InfoRequest) -> list[str]:
    review = request.confidentiality_reviews.order_by("-pk").first()
    if review is None:
        return ["公开前须经保密审查（第十七条），请先由保密审查员审查。"]
    if review.conclusion == ConfidentialityReview.Conclusion.REFUSE:
        return ["保密审查结论是“不得公开”，请改选不予公开的结果。"]
    if review.files_digest != files_digest(request):
        return ["保密审查之后文件有变动，请重新审查。"]
    return []


@transaction.atomic
def draft_decision(
    *,
    request_id: int,
    actor: User,
    code: str,
    facts: Mapping[str, Any],
    refuses_under_14_to_16: bool = False,
    version: int | None = None,
) -> Decision:
    """Draft the outcome and send it to approval. Everything it needs is in the record, or it is refused."""
    request = locked(request_id, version)
    rule = BY_CODE.get(code)
    if rule is None:
        raise ActRefused("请选择一种办理结果。")
    items = list(request.items.all())
    if items:
        if open_items := [item for item in items if not item.code]:
            raise ActRefused(f"第 {'、'.join(str(i.number) for i in open_items)} 项还没有处理意见。")
        forced = outcome_of_items(items)
        if forced and forced != code:
            raise ActRefused(f"按各分项的处理意见，结果应当是“{BY_CODE[forced].ground}”。")
    if code == "D-37" and items:
        refuses_under_14_to_16 = any(BY_CODE[item.code].row in REFUSAL_ROWS for item in items)
    if missing := unmet(request, rule, facts):
        raise ActRefused("；".join(missing))
    decision = Decision(
        request=request,
        code=code,
        refuses_under_14_to_16=refuses_under_14_to_16,
        facts={name: str(value) for name, value in facts.items()},
        drafted_by=actor,
    )
    check_facts(request, rule, decision.facts, refuses_under_14_to_16)
    request.decisions.filter(state=Decision.State.DRAFT).update(state=Decision.State.SUPERSEDED)
    decision.save()
    move(
        request,
        Event.DRAFT_DECISION,
        actor=Actor.HANDLER,
        user=actor,
        on=timezone.localdate(),
        note=f"{rule.ground}（{rule.article or '—'}）",
        code=code,
    )
    return decision


def pending(request: InfoRequest) -> Decision:
    """The decision that waits for approval."""
    found = request.decisions.filter(state=Decision.State.DRAFT).order_by("-pk").first()
    if found is None:
        raise ActRefused("没有等待审批的办理决定。")
    return found


@transaction.atomic
def preview(*, request_id: int, actor: User) -> tuple[Decision, Any]:
    """The reply as it would go out; reading it is recorded, because approval demands it."""
    request = InfoRequest.objects.select_related("organ").get(pk=request_id)
    access.require(actor, "查看申请", request.organ)
    decision = request.decisions.exclude(state__in=["superseded", "returned"]).order_by("-pk").first()
    if decision is None:
        raise ActRefused("没有可以预览的办理决定。")
    text = compose_for(request, decision, dated=timezone.localdate())
    decision.previewed_by.add(actor)
    return decision, text


@transaction.atomic
def approve_decision(
    *, request_id: int, actor: User, opinion: str = "", version: int | None = None
) -> Letter:
    """Approve by another person than the drafter: the reply gets its number and waits for service."""
    request = locked(request_id, version)
    access.require(actor, "审批申请", request.organ)
    decision = pending(request)
    if request.state != State.REVIEWING:
        raise ActRefused("申请不在审核中。")
    if decision.drafted_by_id == actor.pk:
        raise ActRefused("拟稿人不能审批自己拟的决定，请由另一位负责人审批。")
    if not decision.previewed_by.filter(pk=actor.pk).exists():
        raise ActRefused("请先打开答复书预览，看过全文再批准。")
    if missing := unmet(request, decision.rule, decision.facts):
        raise ActRefused("；".join(missing))
    decision.state, decision.decided_by = Decision.State.APPROVED, actor
    decision.decided_at, decision.opinion = timezone.now(), opinion.strip()
    decision.save()
    today = timezone.localdate()
    letter = issue(
        request,
        decision.rule.letter,
        decision.facts,
        user=actor,
        dated=today,
        decision=decision,
    )
    note_step(
        request,
        "approved",
        user=actor,
        on=today,
        note=f"批准“{decision.rule.ground}”，制发{letter.document_number or letter.title}，待送达",
        code=decision.code,
    )
    return letter


@transaction.atomic
def return_decision(*, request_id: int, actor: User, opinion: str, version: int | None = None) -> InfoRequest:
    """Send a draft back to its handler with what is to be changed."""
    request = locked(request_id, version)
    if not opinion.strip():
        raise ActRefused("请写明退回的理由和修改要求。")
    decision = pending(request)
    decision.state, decision.decided_by = Decision.State.RETURNED, actor
    decision.decided_at, decision.opinion = timezone.now(), opinion.strip()
    decision.save()
    move(
        request,
        Event.RETURN,
        actor=Actor.HEAD,
        user=actor,
        on=timezone.localdate(),
        note=opinion.strip(),
    )
    return request


@transaction.atomic
def serve_reply(
    *,
    request_id: int,
    actor: User,
    way: str,
    on: date,
    receipt: str,
    version: int | None = None,
) -> InfoRequest:
    """Serve the approved reply: the clock stops on the day that counts for the way of service.

    By post the day of posting, by hand the day of signature, electronically the day of sending (235号).
    The head's approval takes effect here, so an approved reply that lies in a drawer is still open.
    """
    request = locked(request_id, version)
    access.require(actor, "办理申请", request.organ)
    decision = request.decisions.filter(state=Decision.State.APPROVED).order_by("-pk").first()
    if decision is None or request.state != State.REVIEWING:
        raise ActRefused("没有已批准、待送达的答复。")
    letter = decision.letters.latest("pk")
    today_or_earlier(on, "送达日期")
    if on < letter.dated:
        raise ActRefused(f"送达日期 {on:%Y-%m-%d} 早于答复书的日期 {letter.dated:%Y-%m-%d}，请核对。")
    record_service(letter=letter, actor=actor, way=way, on=on, receipt=receipt)
    request.outcome, request.closed_on, request.task_due_on = decision.code, on, None
    move(
        request,
        Event.APPROVE,
        actor=Actor.HEAD,
        user=decision.decided_by,
        on=on,
        entries=[] if request.fixed_due_on else [Entry(Kind.REPLIED, on)],
        note=f"送达（{Delivery.Way(way).label}）：{letter.document_number or letter.title}",
        code=decision.code,
        row=decision.rule.row,
    )
    if request.ledger.filter(kind=Kind.REPLIED).exists():
        keep(request)
    return request


def record_service(*, letter: Letter, actor: User | None, way: str, on: date, receipt: str) -> Delivery:
    """Record one service of a letter with its proof (送达回证)."""
    if way == Delivery.Way.WEB and not receipt.strip():
        receipt = f"网上送达，{timezone.localtime():%Y-%m-%d %H:%M:%S} 发出"
    if not receipt.strip():
        raise ActRefused("请填写送达凭证：邮件号码、签收人姓名或者发送记录。")
    return Delivery.objects.create(letter=letter, way=way, on=on, receipt=receipt.strip(), recorded_by=actor)


@transaction.atomic
def serve_letter(*, letter_id: int, actor: User, way: str, on: date, receipt: str) -> Delivery:
    """Serve a letter on the way (补正、延期、征求意见、收费……); the reply itself has ``serve_reply``."""
    letter = Letter.objects.select_related("decision").get(pk=letter_id)
    request = locked(letter.request_id)
    access.require(actor, "办理申请", request.organ)
    if letter.decision is not None and request.state == State.REVIEWING:
        raise ActRefused("这是答复书，请用“登记送达”办理，答复之日由它确定。")
    today_or_earlier(on, "送达日期")
    if on < letter.dated:
        raise ActRefused(f"送达日期 {on:%Y-%m-%d} 早于文书的日期 {letter.dated:%Y-%m-%d}，请核对。")
    delivery = record_service(letter=letter, actor=actor, way=way, on=on, receipt=receipt)
    note_step(
        request, "served", user=actor, on=on, note=f"送达（{delivery.get_way_display()}）：{letter.title}"
    )
    return delivery


@transaction.atomic
def answer_on_the_spot(
    *,
    request_id: int,
    actor: User,
    code: str,
    facts: Mapping[str, Any],
    receipt: str,
    version: int | None = None,
) -> InfoRequest:
    """Answer at once over the counter (第三十三条第一款): same evidence, same letter, approved by the head."""
    request = locked(request_id, version)
    rule = BY_CODE.get(code)
    if rule is None:
        raise ActRefused("请选择一种办理结果。")
    if request.registered_by_id == actor.pk:
        raise ActRefused("登记人不能自己批准当场答复，请由另一位负责人办理。")
    if request.registered_by is None:
        raise ActRefused("当场答复只用于当面提交、由工作人员登记的申请。")
    if missing := unmet(request, rule, facts):
        raise ActRefused("；".join(missing))
    today = timezone.localdate()
    decision = Decision.objects.create(
        request=request,
        code=code,
        facts={name: str(value) for name, value in facts.items()},
        state=Decision.State.APPROVED,
        drafted_by=request.registered_by,
        decided_by=actor,
        decided_at=timezone.now(),
    )
    check_facts(request, rule, decision.facts, False)
    letter = issue(request, rule.letter, decision.facts, user=actor, dated=today, decision=decision)
    record_service(letter=letter, actor=actor, way=Delivery.Way.COUNTER, on=today, receipt=receipt)
    request.outcome, request.closed_on = code, today
    move(
        request,
        Event.ANSWER_ON_THE_SPOT,
        actor=Actor.HEAD,
        user=actor,
        on=today,
        entries=[Entry(Kind.REPLIED, today)],
        note=rule.ground,
        code=code,
    )
    return request


@transaction.atomic
def withdraw(
    *,
    request_id: int,
    on: date,
    written_by: str,
    actor: User | None = None,
    version: int | None = None,
) -> InfoRequest:
    """Take an application back in writing, its applicant's identity checked (local rule; the law is silent).

    Args:
        written_by: how it was written and the identity checked; the confirmation letter repeats it.
    """
    request = locked(request_id, version)
    if not written_by.strip():
        raise ActRefused("请写明撤回的书面材料和核对身份的方式。")
    request.outcome, request.closed_on, request.task_due_on = "X-WITHDRAW", on, None
    started = request.ledger.filter(voided_at=None).exists()
    if not started:
        # Never confirmed: not an application received in the sense of table 三, so it gets no result row either.
        request.outcome = ""
    move(
        request,
        Event.WITHDRAW,
        actor=Actor.APPLICANT,
        user=actor,
        on=on,
        entries=[Entry(Kind.WITHDRAWN, on)] if started and not request.fixed_due_on else [],
        note=written_by.strip(),
    )
    request.decisions.filter(state=Decision.State.DRAFT).update(state=Decision.State.SUPERSEDED)
    if started:
        issue(request, 27, {"撤回方式": written_by.strip()}, user=actor, dated=on, outcome="X-WITHDRAW")
    keep(request)
    return request


@transaction.atomic
def archive(*, request_id: int, actor: User, version: int | None = None) -> InfoRequest:
    """File a closed case once its letters are served."""
    request = locked(request_id, version)
    if request.state == State.REPLIED:
        unserved = [
            letter.title
            for letter in request.letters.exclude(decision=None)
            if not letter.deliveries.exists()
        ]
        if unserved:
            raise ActRefused(f"{'、'.join(unserved)}还没有送达记录，不能归档。")
    move(request, Event.ARCHIVE, actor=Actor.HANDLER, user=actor, on=timezone.localdate())
    return request
