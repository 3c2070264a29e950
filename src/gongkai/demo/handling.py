"""How the demo's applications go: each through the same services as in an office, step by step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone
from xlsxwriter import Workbook

from gongkai.agencies.models import Department, Organ, User
from gongkai.core.calendars import WorkingCalendar
from gongkai.core.disclosure.clock import CONFIRMED_CHANNELS, Channel
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.demo.applicants import Applicant
from gongkai.demo.days import Story
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import (
    charging,
    consulting,
    correcting,
    deciding,
    disputing,
    extending,
    intake,
    releasing,
)

Step = Generator[date, None, date | None]  # days on the way, then the last one; None ends the application
Facts = Mapping[str, str] | Callable[["Desk", InfoRequest], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """An office at work: who registers, who approves, who reviews; which days it works."""

    organ: Organ
    clerk: User
    head: User
    reviewer: User
    calendar: WorkingCalendar
    departments: Mapping[str, Department]

    def after(self, day: date, working_days: int) -> date:
        """So many working days later."""
        return self.calendar.reach(day, working_days).day

    def before(self, day: date, working_days: int) -> date:
        """So many working days earlier."""
        return self.calendar.working_day(self.calendar.count_upto(day) - working_days)

    def working(self, day: date) -> date:
        """The day itself, or the next on which the office works."""
        return self.after(day - timedelta(days=1), 1)


@dataclass(frozen=True, slots=True)
class Consult:
    """One letter to somebody else; no answer means that its period runs out."""

    kind: str
    party: str
    passages: str
    answer: str = ""
    opinion: str = ""
    takes: int = 8


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A dispute over the reply, counted in working days from service and from filing.

    Attributes:
        result: "" while it is not decided.
        redo: the reply that follows a reversal, within so many working days.
        suit: the lawsuit after a reconsideration.
    """

    kind: str
    number: str
    body: str
    filed_after: int
    result: str = ""
    takes: int = 40
    redo: tuple[str, Facts, int] | None = None
    suit: Quarrel | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One application and its way.

    Attributes:
        code: the outcome; "" leaves it on the handler's desk.
        wait: working days from assignment (or from the last step before) to the draft.
        correct: what the applicant adds when told that the content is unclear; ``unclear`` asks for it.
        pages: pages charged for; paid unless ``unpaid``.
        until: the step after which it rests: "filed", "received", "assigned", "drafted" or "" for the end.
        file: name of a list given out with the reply.
        quarrels: disputes over the reply.
    """

    on: date
    who: Applicant
    subject: str
    content: str
    code: str = ""
    facts: Facts = field(default_factory=dict)
    department: str = ""
    channel: Channel = Channel.WEB
    wait: int = 9
    extend: int = 0
    unclear: str = ""
    correct: str = ""
    consults: tuple[Consult, ...] = ()
    abnormal: str = ""
    reason: str = ""
    accepted: bool = False
    pages: int = 0
    unpaid: bool = False
    withdraw_after: int = 0
    on_the_spot: bool = False
    refuses: bool = False
    by_post: bool = False
    until: str = ""
    file: str = ""
    quarrels: tuple[Quarrel, ...] = ()


def life(desk: Desk, case: Case, key: str) -> Story:
    """An application from its filing to the archive, and the disputes after."""
    day = case.on if case.channel is Channel.WEB else desk.working(case.on)
    yield day
    request = _filed(desk, case, day, key)
    if case.until == "filed":
        return
    if case.channel in CONFIRMED_CHANNELS:
        day = desk.working(day)
        yield day
        intake.confirm(request_id=request.pk, actor=desk.clerk, on=day)
    if case.on_the_spot:
        _answer_on_the_spot(desk, case, request)
        return
    if case.until == "received":
        return
    day = desk.after(day, 1)
    yield day
    intake.assign(
        request_id=request.pk,
        actor=desk.clerk,
        handler=desk.clerk,
        department=desk.departments.get(case.department),
    )
    for step in (_corrected, _withdrawn, _consulted, _charged, _extended, _explained):
        day = yield from step(desk, case, request, day)
        if day is None:
            return
    if case.code:
        yield from _replied(desk, case, request, desk.after(day, case.wait))


def _corrected(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    if not case.unclear:
        return day
    day = desk.after(day, 2)
    yield day
    correcting.notify_correction(
        request_id=request.pk,
        actor=desk.clerk,
        unclear=case.unclear,
        guidance="请写明所需信息的名称、文号、年度，或者能够据以检索的其他特征。",
        on=day,
    )
    if case.correct:
        day = desk.after(day, 6)
        yield day
        correcting.correct(request_id=request.pk, content=case.correct, on=day, actor=desk.clerk)
        return day
    day = desk.after(day, 16)
    yield day
    correcting.lapse_correction(request_id=request.pk, today=day)
    yield from _archived(desk, request, day)
    return None


def _withdrawn(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    if not case.withdraw_after:
        return day
    day = desk.after(day, case.withdraw_after)
    yield day
    written = "当面提交亲笔签名的撤回申请，已核对身份证件"
    deciding.withdraw(request_id=request.pk, on=day, written_by=written, actor=desk.clerk)
    return None


def _consulted(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    for consult in case.consults:
        day = desk.after(day, 2)
        yield day
        asked, _token = consulting.consult(
            request_id=request.pk,
            actor=desk.clerk,
            kind=consult.kind,
            party=consult.party,
            contact="0510-80009000",
            passages=consult.passages,
            on=day,
        )
        day = desk.after(day, 1)
        yield day
        consulting.record_reached(consultation_id=asked.pk, actor=desk.clerk, on=day)
        if consult.answer:
            day = desk.after(day, consult.takes)
            yield day
            consulting.answer(
                consultation_id=asked.pk,
                answer=consult.answer,
                opinion=consult.opinion,
                on=day,
                actor=desk.clerk,
            )
        else:
            day = desk.after(day, 16)
            yield day
            consulting.lapse_consultation(consultation_id=asked.pk, today=day)
    return day


def _charged(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    if not case.pages:
        return day
    day = desk.after(day, 2)
    yield day
    charging.notify_fee(
        request_id=request.pk,
        actor=desk.head,
        standard="pages",
        count=case.pages,
        reason="要求提供纸质复制件，页数明显超过合理范围",
        on=day,
    )
    if case.unpaid:
        day = desk.after(day, 21)
        yield day
        charging.lapse_fee(request_id=request.pk, today=day)
        yield from _archived(desk, request, day)
        return None
    day = desk.after(day, 7)
    yield day
    receipt = f"示例财政票据{day:%Y%m%d}"
    charging.record_payment(request_id=request.pk, actor=desk.clerk, on=day, receipt=receipt)
    return day


def _extended(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    if not case.extend:
        return day
    day = desk.after(day, 10)
    yield day
    extending.extend_reply(
        request_id=request.pk,
        actor=desk.head,
        working_days=case.extend,
        reason="所涉材料形成时间较早，需要到城建档案室逐卷查找",
        on=day,
    )
    return day


def _explained(desk: Desk, case: Case, request: InfoRequest, day: date) -> Step:
    if not case.abnormal:
        return day
    day = desk.after(day, 1)
    yield day
    extending.ask_reason(request_id=request.pk, actor=desk.clerk, evidence=case.abnormal, on=day)
    day = desk.after(day, 5)
    yield day
    if case.reason:
        extending.give_reason(request_id=request.pk, reason=case.reason, on=day, actor=desk.clerk)
    day = desk.after(day, 1)
    yield day
    if case.accepted:
        until = desk.after(day, 25)
        extending.accept_reason(request_id=request.pk, actor=desk.head, until=until, on=day)
    else:
        why = "申请人说明的理由不足以说明短期内反复申请同类信息的合理性"
        extending.reject_reason(request_id=request.pk, actor=desk.head, why=why, on=day)
    return day


def _archived(desk: Desk, request: InfoRequest, day: date) -> Story:
    yield desk.after(day, 3)
    deciding.archive(request_id=request.pk, actor=desk.clerk)


def _filed(desk: Desk, case: Case, day: date, key: str) -> InfoRequest:
    filing = intake.Filing(
        subject=case.subject,
        content=case.content,
        medium="paper" if case.pages or case.by_post else "electronic",
        obtain="post" if case.pages or case.by_post else "web",
        **asdict(case.who),
    )
    if case.channel is Channel.WEB:
        return intake.submit_public(organ=desk.organ, filing=filing, submission_key=key)
    sent = day if case.channel in {Channel.COUNTER, Channel.FAX, Channel.EMAIL} else desk.before(day, 2)
    return intake.register(
        organ=desk.organ,
        filing=filing,
        channel=case.channel,
        submitted_at=timezone.make_aware(datetime.combine(sent, time(9))),
        arrived_on=day,
        confirmed_on=None,
        actor=desk.clerk,
        submission_key=key,
        assisted=case.channel is Channel.COUNTER and "代为填写" in case.content,
    )


def _facts(desk: Desk, request: InfoRequest, facts: Facts) -> Mapping[str, str]:
    return facts(desk, request) if callable(facts) else facts


def _replied(desk: Desk, case: Case, request: InfoRequest, day: date) -> Story:
    yield day
    if case.file:
        _given_out(desk, request, case.file)
    if not case.abnormal or case.accepted:
        _draft(desk, request, case.code, case.facts, case.refuses)
    if case.until == "drafted":
        return
    day = desk.after(day, 1)
    yield day
    deciding.preview(request_id=request.pk, actor=desk.head)
    deciding.approve_decision(request_id=request.pk, actor=desk.head, opinion="同意")
    day = desk.after(day, 1)
    yield day
    _serve(desk, request, day)
    served = day
    yield from _archived(desk, request, day)
    for quarrel in case.quarrels:
        yield from _disputed(desk, request, quarrel, served, None)


def _given_out(desk: Desk, request: InfoRequest, name: str) -> None:
    """A list with a hidden sheet, which the inspection finds and the office removes before it goes out."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        shown, hidden = book.add_worksheet("名单"), book.add_worksheet("内部备注")
        hidden.hide()
        hidden.write_column(0, 0, ("核对情况", "待核对"))
        shown.write_row(0, 0, ("序号", "名称", "金额（元）"))
        for number in range(1, 13):
            shown.write_row(number, 0, (number, f"示例对象{number}", 1000 * number))
    stored = releasing.add_release_file(
        request_id=request.pk, actor=desk.clerk, name=f"{name}.xlsx", data=stream.getvalue()
    )
    kinds = {finding["kind"] for finding in stored.open_findings}
    releasing.clean_release_file(file_id=stored.pk, actor=desk.clerk, kinds=kinds)


def _draft(desk: Desk, request: InfoRequest, code: str, facts: Facts, refuses: bool) -> None:
    rule = BY_CODE[code]
    if rule.needs_search_record:
        deciding.record_search(
            request_id=request.pk,
            actor=desk.clerk,
            scope="办公室、规划科、工程科 2015 年以来的公文和案卷",
            systems="公文系统、城建档案系统、纸质档案",
            keywords=request.subject,
            searched_by="办公室档案管理员",
            searched_at=timezone.now(),
            found="没有检索到与申请内容相符的信息",
        )
    if rule.discloses:
        releasing.review_confidentiality(
            request_id=request.pk,
            actor=desk.reviewer,
            conclusion="partly" if code == "D-37" else "pass",
            basis="《中华人民共和国保守国家秘密法》《政府信息公开条例》第十七条",
            opinion="不涉及国家秘密，可以提供" if code != "D-37" else "遮盖个人信息后可以提供",
        )
    deciding.draft_decision(
        request_id=request.pk,
        actor=desk.clerk,
        code=code,
        facts=_facts(desk, request, facts),
        refuses_under_14_to_16=refuses,
    )


def _serve(desk: Desk, request: InfoRequest, day: date) -> None:
    way, receipt = {
        "post": ("post", f"挂号信 示例{request.pk:08d}"),
        "web": ("web", ""),
    }[request.obtain]
    deciding.serve_reply(request_id=request.pk, actor=desk.clerk, way=way, on=day, receipt=receipt)


def _answer_on_the_spot(desk: Desk, case: Case, request: InfoRequest) -> None:
    deciding.answer_on_the_spot(
        request_id=request.pk,
        actor=desk.head,
        code=case.code,
        facts=_facts(desk, request, case.facts),
        receipt=f"{case.who.applicant_name}当场签收",
    )


def _disputed(
    desk: Desk, request: InfoRequest, quarrel: Quarrel, start: date, after: disputing.Dispute | None
) -> Story:
    day = desk.after(start, quarrel.filed_after)
    yield day
    dispute = disputing.open_dispute(
        organ=desk.organ,
        actor=desk.clerk,
        kind=quarrel.kind,
        case_number=quarrel.number,
        body=quarrel.body,
        filed_on=day,
        requests=[InfoRequest.objects.get(pk=request.pk)],
        after=after,
    )
    day = desk.after(day, 6)
    yield day
    disputing.add_stage(
        dispute_id=dispute.pk, actor=desk.clerk, name="提交答复书和证据", on=day, due_on=desk.after(day, 30)
    )
    if not quarrel.result:
        return
    day = desk.after(day, quarrel.takes)
    yield day
    redo_due = desk.after(day, quarrel.redo[2]) if quarrel.redo else None
    disputing.close_dispute(
        dispute_id=dispute.pk, actor=desk.clerk, result=quarrel.result, on=day, redo_due_on=redo_due
    )
    if quarrel.redo:
        code, facts, _ = quarrel.redo
        redo = InfoRequest.objects.filter(redo_of=request).latest("pk")
        yield desk.after(day, 6)
        _draft(desk, redo, code, facts, refuses=False)
        day = desk.after(day, 7)
        yield day
        deciding.preview(request_id=redo.pk, actor=desk.head)
        deciding.approve_decision(request_id=redo.pk, actor=desk.head, opinion="同意")
        yield day
        _serve(desk, redo, day)
    if quarrel.suit:
        yield from _disputed(desk, request, quarrel.suit, day, dispute)
