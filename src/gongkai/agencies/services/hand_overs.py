"""Handing over a post (岗位移交): drawn up, signed by giver and taker, confirmed by a third person, who moves it all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import access, acts
from gongkai.agencies.errors import CannotMove, HandOverRefused
from gongkai.agencies.models import (
    Appointment,
    HandOver,
    HandOverLine,
    HandOverStep,
    Post,
    RoleAssignment,
    User,
)
from gongkai.agencies.open_work import Transfer, open_work_of, work_kinds
from gongkai.agencies.roles import Role
from gongkai.agencies.services.assign_role import assign_role, end_role
from gongkai.agencies.services.posts import place
from gongkai.audit.services import record_event
from gongkai.core.hand_over import CHECKLIST, Act, Bar, Standing, after, bar

MAX_LINES = 60
EXTRA_KIND = "补充"
BARS = {
    Bar.NOT_NOW: "移交单现在是“{standing}”，不能这样办理，请刷新后再看。",
    Bar.GIVER_ONLY: "须由移交人{giver}本人签字。",
    Bar.TAKER_ONLY: "须由接收人{taker}本人签字。",
    Bar.A_THIRD_PERSON: "监交人不能是移交人或者接收人，请由第三人确认。",
    Bar.NOT_THE_GIVER: "移交人签字以后，由接收人或者监交人退回。",
}


@transaction.atomic
def draw_up(*, actor: User, post: Post, giver: User, taker: User, on: date, remarks: str = "") -> HandOver:
    """Begin the hand-over of a post with the usual list.

    Raises:
        HandOverRefused: the giver does not hold the post, the taker cannot sign in, or another one is under way.
    """
    organ = post.department.organ
    acts.require(actor, "办理岗位移交", organ)
    _require_people(post, giver, taker)
    made = HandOver(post=post, giver=giver, taker=taker, on=on, remarks=remarks.strip())
    _require_day(made)
    try:
        made.full_clean()
    except ValidationError as error:
        raise HandOverRefused("；".join(error.messages)) from error
    made.save()
    HandOverLine.objects.bulk_create(
        HandOverLine(hand_over=made, number=number, kind=kind, text=text)
        for number, (kind, text) in enumerate(CHECKLIST, start=1)
    )
    _note(made, Act.DRAW_UP, actor)
    return made


def _require_people(post: Post, giver: User, taker: User) -> None:
    if giver == taker:
        raise HandOverRefused("移交人和接收人是同一个人，请重新选择。")
    _holding(post, giver)
    if not taker.is_active:
        raise HandOverRefused(f"接收人{taker}的账号已停用，请先启用。")
    may_enter = RoleAssignment.objects.valid_on(timezone.localdate()).filter(user=taker).exists()
    if not (may_enter or taker.is_superuser):
        raise HandOverRefused(f"接收人{taker}还没有任何角色，不能登录签字，请先授予一个角色。")


def _holding(post: Post, giver: User) -> Appointment:
    held = post.appointments.filter(user=giver, valid_to=None).first()
    if held is None:
        raise HandOverRefused(f"{giver}现在不在“{post}”岗位上，请先核对任职登记。")
    return held


def _require_day(hand_over: HandOver) -> None:
    held = _holding(hand_over.post, hand_over.giver)
    if hand_over.on <= held.valid_from:
        raise HandOverRefused(f"移交日期须在移交人任职（{held.valid_from}）之后。")


@transaction.atomic
def amend(
    *, hand_over: HandOver, actor: User, on: date, remarks: str, roles: Iterable[RoleAssignment],
    lines: Mapping[int, tuple[bool, str]], extra: Iterable[str] = (), keeps: Iterable[str] = (),
) -> HandOver:  # fmt: skip
    """Fill in the list, while nobody has signed.

    Args:
        lines: by number of the line: handed over or not, and the remark.
        extra: further things handed over, one line each.
        keeps: keys of the kinds of work that stay with the giver, who goes on in another post.

    Raises:
        HandOverRefused: signed already, or a role that is not the giver's at this organ.
    """
    found = _locked(hand_over)
    if actor != found.giver:
        acts.require(actor, "办理岗位移交", found.organ)
    if found.standing != Standing.DRAFT:
        raise HandOverRefused("已经签字的移交单不能修改，请先退回。")
    chosen, own = list(roles), set(roles_of(found))
    if not set(chosen) <= own:
        raise HandOverRefused("选择的角色里有移交人没有的，或者已经收回的，请重新选择。")
    found.on, found.remarks = on, remarks.strip()
    _require_day(found)
    known = {kind.key for kind in work_kinds()}
    found.keeps = [key for key in keeps if key in known]
    found.save(update_fields=["on", "remarks", "keeps"])
    found.roles.set(chosen)
    for line in found.lines.all():
        if line.number in lines:
            line.is_done, line.remark = lines[line.number]
            line.save(update_fields=["is_done", "remark"])
    _add_lines(found, extra)
    record_event("hand_over.amended", found, actor=actor, organ_code=found.organ.code, roles=len(chosen))
    return found


def _add_lines(found: HandOver, extra: Iterable[str]) -> None:
    count = found.lines.count()
    texts = [text.strip() for text in extra if text.strip()]
    if count + len(texts) > MAX_LINES:
        raise HandOverRefused(f"移交清单最多 {MAX_LINES} 项，请合并后再填。")
    if any(len(text) > 200 for text in texts):
        raise HandOverRefused("补充的移交内容每项不超过 200 字。")
    HandOverLine.objects.bulk_create(
        HandOverLine(hand_over=found, number=number, kind=EXTRA_KIND, text=text, is_done=True)
        for number, text in enumerate(texts, start=count + 1)
    )


def roles_of(hand_over: HandOver) -> list[RoleAssignment]:
    """The giver's open roles at the post's organ and those below it: what may go over with the post."""
    return list(
        RoleAssignment.objects.filter(
            user=hand_over.giver, valid_to=None, organ__path__startswith=hand_over.organ.path
        ).select_related("organ")
    )


@transaction.atomic
def sign_as_giver(*, hand_over: HandOver, actor: User) -> HandOver:
    """The giver signs: every line is handed over, or says why not.

    Raises:
        HandOverRefused: not the giver, not now, or lines left open without a word.
    """
    found = _locked(hand_over)
    _require_free(found, Act.GIVE, actor)
    blank = [str(line.number) for line in found.lines.filter(is_done=False, remark="")]
    if blank:
        raise HandOverRefused(
            f"清单第 {'、'.join(blank)} 项没有勾选“已移交”，也没有备注。没有的事项请备注“无”。"
        )
    return _step(found, Act.GIVE, actor)


@transaction.atomic
def sign_as_taker(*, hand_over: HandOver, actor: User) -> HandOver:
    """The taker signs for what was received."""
    found = _locked(hand_over)
    _require_free(found, Act.TAKE, actor)
    return _step(found, Act.TAKE, actor)


@transaction.atomic
def send_back(*, hand_over: HandOver, actor: User, reason: str) -> HandOver:
    """Back to the giver with a reason; signatures given so far stand no longer."""
    found = _locked(hand_over)
    _require_free(found, Act.SEND_BACK, actor)
    if actor != found.taker:
        acts.require(actor, "监交", found.organ)
    return _step(found, Act.SEND_BACK, actor, _reason(reason, "退回"))


@transaction.atomic
def make_void(*, hand_over: HandOver, actor: User, reason: str) -> HandOver:
    """Give the hand-over up; the post stays where it is."""
    found = _locked(hand_over)
    acts.require(actor, "办理岗位移交", found.organ)
    _require_free(found, Act.VOID, actor)
    return _step(found, Act.VOID, actor, _reason(reason, "作废"))


def _reason(reason: str, act: str) -> str:
    if not reason.strip():
        raise HandOverRefused(f"请填写{act}的原因。")
    return reason.strip()[:300]


@transaction.atomic
def confirm(*, hand_over: HandOver, actor: User) -> HandOver:
    """The witness confirms: appointment, roles and open work go over together, or nothing does.

    Raises:
        HandOverRefused: a condition does not hold, or some open work cannot go to the taker.
        AccessDenied: the person is no witness; or roles go over and the person is no administrator where they are held.
    """
    found = _locked(hand_over)
    acts.require(actor, "监交", found.organ)
    _require_free(found, Act.CONFIRM, actor)
    if found.on > timezone.localdate():
        raise HandOverRefused(f"移交日期是 {found.on}，到那一天才能确认。")
    _require_people(found.post, found.giver, found.taker)
    found.moved_roles = _move_roles(found, actor)
    place(actor=actor, post=found.post, user=found.taker, valid_from=found.on)
    found.moved, counts = _move_work(found, actor)
    found.save(update_fields=["moved", "moved_roles"])
    return _step(found, Act.CONFIRM, actor, counts=counts, roles=len(found.moved_roles))


def _move_roles(found: HandOver, actor: User) -> list[str]:
    moved = []
    open_ones = {one.pk for one in roles_of(found)}
    for held in found.roles.select_related("organ", "user"):
        if held.pk not in open_ones:
            raise HandOverRefused(
                f"“{held.get_role_display()}”角色在填写移交单以后已经收回，请退回移交单重新选择。"
            )
        if Role.ADMINISTRATOR not in access.held_roles(actor, held.organ):
            raise HandOverRefused(
                "这份移交单要移交角色，须由系统管理员监交确认；或者退回移交单，不选角色，另行授予。"
            )
        end_role(assignment=held, actor=actor)
        assign_role(user=found.taker, organ=held.organ, role=Role(held.role), actor=actor)
        moved.append(f"{held.organ.name}{held.get_role_display()}")
    return moved


def _move_work(found: HandOver, actor: User) -> tuple[list[dict[str, object]], dict[str, int]]:
    reason = f"岗位移交（{found.post.name}）"
    transfer = Transfer(found.giver, found.taker, found.organ, actor, reason)
    moved, counts = [], {}
    for kind, items in open_work_of(found.giver, found.organ, without=found.keeps):
        try:
            counts[kind.key] = kind.move(transfer)
        except CannotMove as error:
            raise HandOverRefused(
                f"移交没有完成，什么都没有变动：{kind.label} {len(items)} 件，{error}"
            ) from error
        moved.append({"key": kind.key, "label": kind.label, "texts": [item.text for item in items]})
    left = [
        f"{kind.label} {len(items)} 件"
        for kind, items in open_work_of(found.giver, found.organ, without=found.keeps)
    ]
    if left:
        raise HandOverRefused(
            f"移交没有完成，什么都没有变动：{'、'.join(left)}没有转走，请逐件处理后再确认。"
        )
    return moved, counts


def _locked(hand_over: HandOver) -> HandOver:
    return (
        HandOver.objects.select_for_update(of=("self",))
        .select_related("post__department__organ", "giver", "taker")
        .get(pk=hand_over.pk)
    )


def _require_free(found: HandOver, act: Act, actor: User) -> None:
    hindrance = bar(Standing(found.standing), act, actor.pk, found.parties)
    if hindrance is not None:
        raise HandOverRefused(
            BARS[hindrance].format(
                standing=found.get_standing_display(), giver=found.giver, taker=found.taker
            )
        )


def _step(found: HandOver, act: Act, actor: User, note: str = "", **facts: object) -> HandOver:
    reached = after(Standing(found.standing), act)
    assert reached is not None  # asked before
    found.standing = reached.value
    found.save(update_fields=["standing"])
    _note(found, act, actor, note, **facts)
    return found


def _note(found: HandOver, act: Act, actor: User, note: str = "", **facts: object) -> None:
    HandOverStep.objects.create(hand_over=found, act=act.value, person=actor, at=timezone.now(), note=note)
    record_event(
        f"hand_over.{act.value}", found, actor=actor, organ_code=found.organ.code,
        giver=found.giver.get_username(), taker=found.taker.get_username(), note=note, **facts,
    )  # fmt: skip
