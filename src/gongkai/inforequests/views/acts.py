"""The acts that staff can do to an application, as data: form, right, states, service.

A page of its own for each act keeps what was typed and shows the refusal beside it; which acts are offered follows
from the state machine and the person's roles, and the service checks both again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Department, User
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.core.disclosure.procedure import OPEN_STATES, Actor, Event, State, possible_events
from gongkai.inforequests import access, forms
from gongkai.inforequests.models import Consultation, InfoRequest
from gongkai.inforequests.services import (
    charging,
    consulting,
    converting,
    correcting,
    deciding,
    extending,
    intake,
    lettering,
)

Data = Mapping[str, Any]
Run = Callable[[InfoRequest, User, Data, int], str]
Initial = Callable[[InfoRequest], dict[str, Any]]
Extra = Callable[[InfoRequest, User], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        slug: part of its address.
        verb: on the button and as title.
        intro: one sentence: what it does and what follows from it.
        event, actor: as in the procedure; None for acts that move no state.
        right: name in ``access.ACTS`` where no event decides it.
        states: where it is offered when no event decides it.
        run: calls the service and returns the message.
        is_grave: set apart, in the colour of warnings.
        is_next: offered as the next step rather than among the others.
    """

    slug: str
    verb: str
    intro: str
    form: type[django_forms.Form]
    run: Run
    event: Event | None = None
    actor: Actor = Actor.HANDLER
    right: str = "办理申请"
    states: frozenset[State] = OPEN_STATES
    initial: Initial = lambda request: {}
    arguments: Extra = lambda request, user: {}
    when: Callable[[InfoRequest], bool] = lambda request: True
    is_grave: bool = False
    is_next: bool = False

    def is_open_to(self, user: User, request: InfoRequest) -> bool:
        """Whether the act can be done now by this person, as far as state and role decide."""
        state = State(request.state)
        if self.event is not None:
            if self.event not in possible_events(state, self.actor):
                return False
            right = access.ACT_OF_ACTOR[self.actor]
        else:
            if state not in self.states:
                return False
            right = self.right
        return access.allowed(user, right, request.organ) and self.when(request)


def _moment(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0, 0)))


def _handlers(request: InfoRequest, user: User) -> dict[str, Any]:
    people = [
        person.pk
        for person in get_user_model().objects.filter(is_active=True).order_by("name")
        if access.allowed(person, "办理申请", request.organ)
    ]
    return {
        "handlers": get_user_model().objects.filter(pk__in=people),
        **_departments(request, user),
    }


def _departments(request: InfoRequest, user: User) -> dict[str, Any]:
    return {"departments": Department.objects.filter(organ=request.organ)}


def _confirm(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = intake.confirm(request_id=request.pk, actor=user, version=version, **data)
    return f"已确认，答复期限为 {done.due_on:%Y年%-m月%-d日}。"


def _contact(request: InfoRequest, user: User, data: Data, version: int) -> str:
    intake.log_contact(request_id=request.pk, actor=user, at=timezone.now(), **data)
    return "联系记录已保存。"


def _assign(request: InfoRequest, user: User, data: Data, version: int) -> str:
    intake.assign(request_id=request.pk, actor=user, version=version, **data)
    return f"已交由{data['handler'].get_full_name()}办理。"


def _kind(request: InfoRequest, user: User, data: Data, version: int) -> str:
    intake.correct_kind(request_id=request.pk, actor=user, version=version, **data)
    return "申请人类别已更正，原来的类别留在经过里。"


def _notify_correction(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = correcting.notify_correction(request_id=request.pk, actor=user, version=version, **data)
    return f"补正告知书已制发，请送达申请人。补正期限 {done.task_due_on:%Y年%-m月%-d日}。"


def _correct(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = correcting.correct(request_id=request.pk, actor=user, version=version, **data)
    return f"补正已登记，答复期限重新计算为 {done.due_on:%Y年%-m月%-d日}。"


def _consult(request: InfoRequest, user: User, data: Data, version: int) -> str:
    _, token = consulting.consult(request_id=request.pk, actor=user, version=version, **data)
    link = settings.WAGTAILADMIN_BASE_URL + reverse("inforequests_public:consulted", args=[token])
    return f"征求意见函已制发。一次性答复链接（只显示这一次，请随函告知对方）：{link}"


def _reached(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = consulting.record_reached(consultation_id=data["consultation"], actor=user, on=data["on"])
    return f"已登记，对方应在 {done.answer_due_on:%Y年%-m月%-d日} 前答复。"


def _answer(request: InfoRequest, user: User, data: Data, version: int) -> str:
    consulting.answer(
        consultation_id=data["consultation"],
        answer=data["answer"],
        opinion=data["opinion"],
        on=data["on"],
        actor=user,
    )
    return "答复已登记。征求意见的时间不计算在答复期限内。"


def _tell_third_party(request: InfoRequest, user: User, data: Data, version: int) -> str:
    letter = lettering.tell_third_party(
        consultation_id=data["consultation"],
        actor=user,
        content=data["content"],
        reasons=data["reasons"],
        on=data["on"],
    )
    return f"{letter.title}已制发，请送达第三方。"


def _ask_department(request: InfoRequest, user: User, data: Data, version: int) -> str:
    consulting.ask_department(request_id=request.pk, actor=user, version=version, **data)
    return f"已交{data['department']}协办。"


def _department_done(request: InfoRequest, user: User, data: Data, version: int) -> str:
    consulting.department_done(assignment_id=data["assignment"], actor=user, result=data["result"])
    return "协办意见已登记。"


def _search(request: InfoRequest, user: User, data: Data, version: int) -> str:
    values = {name: value for name, value in data.items() if name != "searched_on"}
    deciding.record_search(
        request_id=request.pk, actor=user, searched_at=_moment(data["searched_on"]), **values
    )
    return "检索记录已保存，可以作为“信息不存在”的依据。"


def _extend(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = extending.extend_reply(request_id=request.pk, actor=user, version=version, **data)
    return f"延期答复告知书已制发，请在原期限内送达。新期限 {done.due_on:%Y年%-m月%-d日}。"


def _ask_reason(request: InfoRequest, user: User, data: Data, version: int) -> str:
    extending.ask_reason(request_id=request.pk, actor=user, version=version, **data)
    return "说明理由告知书已制发，请送达申请人。"


def _give_reason(request: InfoRequest, user: User, data: Data, version: int) -> str:
    extending.give_reason(request_id=request.pk, actor=user, version=version, **data)
    return "申请人说明的理由已登记，等待负责人判断。"


def _accept_reason(request: InfoRequest, user: User, data: Data, version: int) -> str:
    extending.accept_reason(request_id=request.pk, actor=user, version=version, **data)
    return "已认可理由，继续办理。"


def _reject_reason(request: InfoRequest, user: User, data: Data, version: int) -> str:
    extending.reject_reason(
        request_id=request.pk, actor=user, version=version, **data, on=timezone.localdate()
    )
    return "已拟不予处理，等待另一位负责人审批。"


def _fee(request: InfoRequest, user: User, data: Data, version: int) -> str:
    charging.notify_fee(request_id=request.pk, actor=user, version=version, **data)
    return "收费通知书已制发，请送达申请人。缴费之日起期限重新计算。"


def _paid(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = charging.record_payment(request_id=request.pk, actor=user, version=version, **data)
    return f"缴费已登记，答复期限重新计算为 {done.due_on:%Y年%-m月%-d日}。"


def _split(request: InfoRequest, user: User, data: Data, version: int) -> str:
    deciding.split_items(request_id=request.pk, actor=user, texts=data["texts"].splitlines(), version=version)
    return "已分项，请逐项写处理意见。"


def _item(request: InfoRequest, user: User, data: Data, version: int) -> str:
    deciding.decide_item(item_id=data["item"], actor=user, code=data["code"], reason=data["reason"])
    return "这一项的处理意见已保存。"


def _return(request: InfoRequest, user: User, data: Data, version: int) -> str:
    deciding.return_decision(request_id=request.pk, actor=user, version=version, **data)
    return "已退回经办人修改。"


def _serve(request: InfoRequest, user: User, data: Data, version: int) -> str:
    done = deciding.serve_reply(request_id=request.pk, actor=user, version=version, **data)
    late = "，已超过答复期限" if done.is_overdue(done.closed_on) else ""
    return f"送达已登记，申请于 {done.closed_on:%Y年%-m月%-d日} 办结{late}。"


def _withdraw(request: InfoRequest, user: User, data: Data, version: int) -> str:
    deciding.withdraw(request_id=request.pk, actor=user, version=version, **data)
    return "撤回已登记。"


def _convert(request: InfoRequest, user: User, data: Data, version: int) -> str:
    drafted = converting.convert(request.pk, user, version=version)
    return f"已在“{drafted.column}”栏目建立草稿，编辑、审核后才会发布：{drafted.url}"


def _archive(request: InfoRequest, user: User, data: Data, version: int) -> str:
    deciding.archive(request_id=request.pk, actor=user, version=version)
    return "已归档。"


def _approved(request: InfoRequest) -> bool:
    return request.decisions.filter(state="approved").exists() and request.state == State.REVIEWING


def _can_be_converted(request: InfoRequest) -> bool:
    rule = BY_CODE.get(request.outcome)
    return rule is not None and rule.discloses and not request.steps.filter(event=converting.STEP).exists()


_E, _S = Event, State
_WORKING = frozenset({_S.PROCESSING, _S.AWAIT_THIRD_PARTY, _S.AWAIT_ORGAN, _S.REVIEWING})

ACTS: tuple[Act, ...] = (
    Act(
        "queren", "确认收到", "与申请人确认之日就是收到申请之日，答复期限从次日起算（第三十一条）。",
        forms.ConfirmForm, _confirm, _E.CONFIRM, is_next=True,
    ),
    Act(
        "lianxi", "登记一次联系", "联系不上也要登记，作为已经尽力确认的依据。",
        forms.ContactForm, _contact, states=frozenset({_S.SUBMITTED}),
    ),
    Act(
        "fenpai", "交办", "交给经办人，期限不变。",
        forms.AssignForm, _assign, _E.ASSIGN, arguments=_handlers, is_next=True,
    ),
    Act(
        "zhuanjiao", "换经办人", "以后由新的经办人办理，期限不变。",
        forms.AssignForm, _assign, states=OPEN_STATES - {_S.SUBMITTED, _S.RECEIVED}, arguments=_handlers,
    ),
    Act(
        "buzheng", "告知补正", "内容不明确的，收到之日起 7 个工作日内一次告知补正，只能告知一次（第三十条）。",
        forms.CorrectionNoticeForm, _notify_correction, _E.NOTIFY_CORRECTION,
    ),
    Act(
        "shoubuzheng", "登记补正", "收到补正之日起，答复期限重新计算。",
        forms.CorrectionForm, _correct, _E.CORRECT, Actor.APPLICANT, is_next=True,
        initial=lambda request: {"content": request.content},
    ),
    Act(
        "jiansuo", "登记检索", "查了哪里、用什么词、查到什么：这是“信息不存在”的依据。",
        forms.SearchForm, _search, right="填写协办意见", states=_WORKING | {_S.RECEIVED},
    ),
    Act(
        "zhengqiu", "征求意见", "涉及第三方或者其他机关的，书面征求意见；所需时间不计算在答复期限内（第三十二条、第三十四条）。",
        forms.ConsultForm, _consult, states=frozenset({_S.PROCESSING, _S.AWAIT_THIRD_PARTY, _S.AWAIT_ORGAN}),
    ),
    Act(
        "duifangshoudao", "登记对方收到", "对方从收到之日起有 15 个工作日。",
        forms.ReachedForm, _reached, when=lambda request: request.consultations.filter(reached_on=None, answered_on=None).exists(),
    ),
    Act(
        "duifangdafu", "登记对方答复", "收到书面答复的在这里登记；用链接答复的自动登记。",
        forms.ConsultationAnswerForm, _answer, when=lambda request: request.consultations.filter(answered_on=None).exists(),
    ),
    Act(
        "gaozhidisanfang", "告知第三方决定公开", "第三方不同意而决定公开的，把公开的内容和理由书面告知第三方（第三十二条）。",
        forms.TellThirdPartyForm, _tell_third_party, right="审批申请", states=_WORKING | {_S.REPLIED},
        when=lambda request: request.consultations.filter(answer__in=["objects", "partly"]).exists(),
    ),
    Act(
        "xieban", "请部门协办", "部门有自己的反馈期限；本机关的答复期限不变。",
        forms.DepartmentForm, _ask_department, states=_WORKING, arguments=_departments,
        when=lambda request: Department.objects.filter(organ=request.organ).exists(),
    ),
    Act(
        "xiebanyijian", "登记协办意见", "部门查到了什么、建议怎样答复。",
        forms.DepartmentDoneForm, _department_done, right="填写协办意见",
        when=lambda request: request.assignments.filter(done_on=None).exists(),
    ),
    Act(
        "fenxiang", "分项", "一份申请要几件信息的，分成几项，逐项处理。",
        forms.SplitForm, _split, states=frozenset({_S.PROCESSING}), when=lambda request: not request.items.exists(),
    ),
    Act(
        "fenxiangyijian", "写分项处理意见", "每一项都要有处理结果和理由。",
        forms.ItemForm, _item, states=frozenset({_S.PROCESSING}), when=lambda request: request.items.filter(code="").exists(),
    ),
    Act(
        "yanqi", "延期答复", "在期限届满以前由负责人批准，只能延长一次，最多 20 个工作日（第三十三条）。",
        forms.ExtendForm, _extend, _E.EXTEND, Actor.HEAD, when=lambda request: not request.is_extended,
    ),
    Act(
        "shuomingliyou", "要求说明理由", "数量、频次明显超过合理范围的，可以要求申请人说明理由（第三十五条）。",
        forms.ReasonNoticeForm, _ask_reason, _E.ASK_REASON,
    ),
    Act(
        "shouliyou", "登记申请人说明的理由", "申请人书面说明的，照原文登记。",
        forms.GivenReasonForm, _give_reason, right="登记申请", states=frozenset({_S.AWAIT_REASON}), is_next=True,
    ),
    Act(
        "renkeliyou", "认可理由", "理由合理的继续办理；期限内答复不了的，确定延迟答复的合理期限。",
        forms.AcceptReasonForm, _accept_reason, _E.ACCEPT_REASON, Actor.HEAD,
    ),
    Act(
        "burenkeliyou", "不认可理由", "理由不合理或者没有说明的，拟不予处理，仍须另一位负责人审批。",
        forms.WhyForm, _reject_reason, _E.REJECT_REASON, Actor.HEAD, is_grave=True,
    ),
    Act(
        "shoufei", "收取信息处理费", "系统只提出建议，由负责人决定是否收取（第四十二条）。",
        forms.FeeForm, _fee, _E.NOTIFY_FEE, Actor.HEAD,
    ),
    Act(
        "jiaofei", "登记缴费", "缴费次日起，答复期限重新计算。",
        forms.PaymentForm, _paid, _E.PAY, Actor.APPLICANT, is_next=True,
    ),
    Act(
        "tuihui", "退回修改", "写明要改什么，退回经办人。",
        forms.ReturnForm, _return, _E.RETURN, Actor.HEAD, when=lambda request: request.decisions.filter(state="draft").exists(),
    ),
    Act(
        "songda", "登记送达", "邮寄为交邮之日，当面领取为签收之日，电子送达为发出之日；这一天就是答复之日。",
        forms.ServeForm, _serve, states=frozenset({_S.REVIEWING}), when=_approved, is_next=True,
    ),
    Act(
        "leibie", "更正申请人类别", "登记错的更正，年报按更正后的类别统计。",
        forms.KindForm, _kind, states=frozenset(State), initial=lambda request: {"kind": request.applicant_kind},
    ),
    Act(
        "chehui", "登记撤回", "申请人书面撤回，并已核对身份。",
        forms.WithdrawForm, _withdraw, _E.WITHDRAW, Actor.APPLICANT, is_grave=True,
    ),
    Act(
        "zhuanzhudong", "转为主动公开", "多个申请人都要的信息，可以转为主动公开（第四十四条）。这里只建立草稿，不会发布。",
        forms.ConfirmOnlyForm, _convert, states=frozenset({_S.REPLIED, _S.ARCHIVED}), when=_can_be_converted,
    ),
    Act(
        "guidang", "归档", "文书都已送达的，归入案卷。",
        forms.ConfirmOnlyForm, _archive, _E.ARCHIVE, is_next=True,
    ),
)  # fmt: skip
BY_SLUG = {act.slug: act for act in ACTS}


def acts_for(user: User, request: InfoRequest) -> list[Act]:
    """The acts this person can do now, in the order of the procedure."""
    return [act for act in ACTS if act.is_open_to(user, request)]


@dataclass(frozen=True, slots=True)
class Offered:
    """Acts as the case page shows them: one next step, the others in a list, the grave ones last."""

    next: list[Act] = field(default_factory=list)
    others: list[Act] = field(default_factory=list)
    grave: list[Act] = field(default_factory=list)


def offered(user: User, request: InfoRequest) -> Offered:
    """Sort what can be done."""
    found = Offered()
    for act in acts_for(user, request):
        (found.next if act.is_next else found.grave if act.is_grave else found.others).append(act)
    return found


def choices_of(request: InfoRequest, slug: str) -> list[tuple[int, str]]:
    """What an act is about, where a case has several: consultations, departments, items."""
    asked = request.consultations.all()
    if slug == "duifangshoudao":
        return [(c.pk, _asked(c)) for c in asked if c.reached_on is None and c.answered_on is None]
    if slug == "duifangdafu":
        return [(c.pk, _asked(c)) for c in asked if c.answered_on is None]
    if slug == "gaozhidisanfang":
        return [(c.pk, _asked(c)) for c in asked if c.answer in {"objects", "partly"}]
    if slug == "xiebanyijian":
        return [(a.pk, f"{a.department}：{a.task}") for a in request.assignments.filter(done_on=None)]
    if slug == "fenxiangyijian":
        return [(i.pk, f"{i.number}. {i.text}") for i in request.items.filter(code="")]
    return []


def _asked(consultation: Consultation) -> str:
    return f"{consultation.party}（{consultation.get_kind_display()}，{consultation.sent_on:%Y-%m-%d} 发出）"
