"""Stating, reviewing and deciding the 公开属性 of a paper while it is drafted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.publication.source import Missing, Publicity, goes_to_the_office, missing
from gongkai.publishing import access
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ColumnPage, ItemPage, SourceDetermination

_S = SourceDetermination.State
_STATED = (
    "title",
    "department",
    "document_number",
    "is_policy",
    "is_joint",
    "lead_organ",
    "proposed",
    "ground",
    "reason",
)
LACKS = {
    Missing.REASON: "依申请公开、不予公开的，请写明理由",
    Missing.GROUND: "不予公开的，请选择依据的条款",
    Missing.SECRET_ON_THE_PLATFORM: "国家秘密不得在本系统登记，请按保密规定在系统外办理，这里不要写任何内容",
    Missing.LEAD_ORGAN: "联合发文请填写主办机关",
}


@transaction.atomic
def propose(
    *, organ: Organ, actor: User, values: Mapping[str, Any], paper: SourceDetermination | None = None
) -> SourceDetermination:
    """State the attribute of a paper, or state it anew after a return.

    Raises:
        ReviewRefused: what is missing, or the paper is already on its way.
        AccessDenied: not for this person.
    """
    access.require(actor, "拟稿送审", organ)
    if paper is not None and paper.state != _S.RETURNED:
        raise ReviewRefused("这份公文的属性已经提交，不能再改。")
    paper = paper or SourceDetermination(organ=organ)
    for name in _STATED:
        setattr(paper, name, values.get(name, getattr(paper, name)))
    publicity = Publicity(paper.proposed)
    lacks = missing(
        publicity,
        reason=paper.reason,
        ground=paper.ground,
        is_joint=paper.is_joint,
        lead_organ=paper.lead_organ,
    )
    if lacks:
        raise ReviewRefused("；".join(LACKS[one] for one in lacks) + "。")
    if publicity is not Publicity.WITHHELD:
        paper.ground = ""
    paper.state = _S.OFFICE if goes_to_the_office(publicity, is_policy=paper.is_policy) else _S.SIGNER
    paper.proposed_by, paper.proposed_at = actor, timezone.now()
    paper.full_clean()
    paper.save()
    _record("proposed", paper, actor, proposed=paper.proposed, ground=paper.ground)
    return paper


@transaction.atomic
def review_attribute(
    *, paper: SourceDetermination, actor: User, publicity: str, opinion: str
) -> SourceDetermination:
    """The disclosure office's opinion on a policy paper that is proposed not to be disclosed.

    Raises:
        ReviewRefused: not at this step, no opinion, or by the drafter.
    """
    paper = _locked(paper, _S.OFFICE, "这份公文不在公开办审核的环节。")
    access.require(actor, "审核公开属性", paper.organ)
    if actor.pk == paper.proposed_by_id:
        raise ReviewRefused("起草人不能审核自己提出的公开属性，请交公开办其他人员。")
    if not opinion.strip():
        raise ReviewRefused("请写明审核意见。")
    paper.office_by, paper.office_opinion = actor, opinion.strip()
    paper.office_publicity, paper.state = publicity, _S.SIGNER
    paper.save()
    _record("reviewed", paper, actor, advice=publicity)
    return paper


@transaction.atomic
def send_paper_back(*, paper: SourceDetermination, actor: User, reason: str) -> SourceDetermination:
    """Return a draft whose attribute is not stated as it must be (退文)."""
    paper = SourceDetermination.objects.select_for_update().get(pk=paper.pk)
    act = "审核公开属性" if paper.state == _S.OFFICE else "认定公开属性"
    access.require(actor, act, paper.organ)
    if paper.state not in {_S.OFFICE, _S.SIGNER}:
        raise ReviewRefused("这份公文现在不能退文。")
    if not reason.strip():
        raise ReviewRefused("请写明退文的理由。")
    paper.state, paper.office_opinion = _S.RETURNED, f"退文：{reason.strip()}"
    paper.save(update_fields=["state", "office_opinion"])
    _record("returned", paper, actor, reason=reason.strip())
    return paper


@transaction.atomic
def decide(
    *,
    paper: SourceDetermination,
    actor: User,
    publicity: str,
    formed_on: date,
    reason: str = "",
    number: str = "",
) -> SourceDetermination:
    """The signer's decision; it stands also where the office and the drafter differ.

    Raises:
        ReviewRefused: not at this step, a day that has not come, or no word why the proposal is not followed.
    """
    paper = _locked(paper, _S.SIGNER, "这份公文还没有到签发人认定的环节。")
    access.require(actor, "认定公开属性", paper.organ)
    if formed_on > timezone.localdate():
        raise ReviewRefused("成文日期晚于今天，请核对。")
    if publicity not in {paper.proposed, paper.office_publicity} and not reason.strip():
        raise ReviewRefused("与拟定属性不同的，请写明理由。")
    if publicity == Publicity.WITHHELD and not paper.ground:
        raise ReviewRefused("起草时没有写不予公开的依据，请先退文补充。")
    paper.decided, paper.decision_reason, paper.decided_by = publicity, reason.strip(), actor
    paper.decided_on, paper.formed_on, paper.state = timezone.localdate(), formed_on, _S.DETERMINED
    paper.document_number = number.strip() or paper.document_number
    paper.reassess_on = _next_look(paper)
    paper.save()
    _record("determined", paper, actor, decided=publicity)
    return paper


@transaction.atomic
def reassess(*, paper: SourceDetermination, actor: User, publicity: str, reason: str) -> SourceDetermination:
    """Look again at information that is not disclosed (条例 Art. 18)."""
    paper = _locked(paper, _S.DETERMINED, "这份公文还没有认定。")
    access.require(actor, "审核公开属性", paper.organ)
    if paper.decided == Publicity.PROACTIVE:
        raise ReviewRefused("主动公开的信息不需要评估。")
    if not reason.strip():
        raise ReviewRefused("请写明评估意见。")
    before = paper.decided
    paper.decided, paper.decision_reason = publicity, reason.strip()
    paper.reassess_on = _next_look(paper)
    paper.save()
    _record("reassessed", paper, actor, before=before, decided=publicity, reason=reason.strip())
    return paper


@transaction.atomic
def draft_of(*, paper: SourceDetermination, column: ColumnPage, actor: User) -> ItemPage:
    """Begin the item that publishes a paper; the text is put in by the editor."""
    paper = _locked(paper, _S.DETERMINED, "这份公文还没有认定。")
    access.require(actor, "拟稿送审", paper.organ)
    if paper.decided != Publicity.PROACTIVE:
        raise ReviewRefused("只有认定为主动公开的公文可以发布。")
    if paper.item_id is not None:
        raise ReviewRefused("这份公文已经有发布草稿。")
    item = ItemPage(
        title=paper.title, live=False, owner=actor, organ=paper.organ, department=paper.department, source=paper.organ.name,
        document_number=paper.document_number, formed_on=paper.formed_on, category=column.category,
        topic=column.default_topic, publicity=ItemPage.Publicity.PROACTIVE,
    )  # fmt: skip
    ColumnPage.objects.get(pk=column.pk).add_child(instance=item)
    item.save_revision(user=actor, clean=False)
    paper.item = item
    paper.save(update_fields=["item"])
    return item


def _locked(paper: SourceDetermination, state: str, refusal: str) -> SourceDetermination:
    found = SourceDetermination.objects.select_for_update().get(pk=paper.pk)
    if found.state != state:
        raise ReviewRefused(refusal)
    return found


def _next_look(paper: SourceDetermination) -> date | None:
    if paper.decided == Publicity.PROACTIVE:
        return None
    return timezone.localdate() + timedelta(days=30 * settings.REASSESS_MONTHS)


def _record(what: str, paper: SourceDetermination, actor: User, **facts: Any) -> None:
    record_event(f"paper.{what}", paper, actor=actor, organ_code=paper.organ.code, title=paper.title, **facts)
