"""Findings beside an item: its own page, and the acts on them from there, the editor and the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Organ, User
from gongkai.agencies.shell import page, post_only, refuse
from gongkai.proofing import access as proofing_access
from gongkai.proofing.errors import ProofingError
from gongkai.proofing.models import ProofFinding
from gongkai.proofing.selectors import Judged, Outcome, outcome_of
from gongkai.publishing import access, services
from gongkai.publishing.authors import authors_of
from gongkai.publishing.canonical import latest_version
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.models import ItemPage

Refused = (PublishingError, ProofingError, PermissionDenied)
MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with what this person may do about it."""

    judged: Judged
    may_accept: bool = False
    may_ignore: bool = False
    may_waive: bool = False
    may_reopen: bool = False


def rows_for(
    user: User, item: ItemPage, outcome: Outcome, organ: Organ | None, *, may_edit: bool
) -> list[Row]:
    """The findings as rows; at most ``MAX_SHOWN``."""
    if organ is None:
        return [Row(each) for each in outcome.judged[:MAX_SHOWN]]
    decides = proofing_access.allowed(user, "处理校对发现", organ)
    is_author = user.pk in authors_of(item)
    waives = {
        act: not is_author and proofing_access.allowed(user, act, organ)
        for act in ("豁免严重问题", "豁免泄密和个人信息问题")
    }
    return [
        Row(
            each,
            may_accept=each.is_open and may_edit and _can_be_put_in(each.finding),
            may_ignore=each.is_open and decides and not each.finding.is_serious,
            may_waive=each.is_open
            and each.finding.is_serious
            and waives[proofing_access.act_of_waiver(each.finding.rule)],
            may_reopen=not each.is_open and decides,
        )
        for each in outcome.judged[:MAX_SHOWN]
    ]


def _can_be_put_in(finding: ProofFinding) -> bool:
    return finding.replacement is not None and not finding.part.startswith("file/")


def shown_proof(user: User, item: ItemPage, version: ItemPage, *, may_edit: bool) -> dict[str, Any]:
    """What the templates need to show the proof of a version."""
    outcome = outcome_of(services.proofread_item(version, at_save=True))
    return {
        "proof": outcome,
        "proof_rows": rows_for(user, item, outcome, version.organ, may_edit=may_edit),
        "proof_more": max(0, len(outcome.judged) - MAX_SHOWN),
        "proof_item": item,
    }


def _item(request: HttpRequest, pk: int) -> tuple[ItemPage, ItemPage]:
    item = ItemPage.objects.filter(pk=pk).first()
    if item is None:
        raise Http404("没有这条信息")
    version = latest_version(item)
    if not item.permissions_for_user(request.user).can_edit():
        if version.organ is None:
            raise PermissionDenied("您没有查看这条信息校对结果的权限。")
        access.require(request.user, "查看审核", version.organ)
    return item, version


def may_edit(user: User, item: ItemPage, version: ItemPage) -> bool:
    """Whether the person may put words into the draft."""
    return (
        version.organ is not None
        and access.allowed(user, "拟稿送审", version.organ)
        and item.permissions_for_user(user).can_edit()
    )


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof of an item's latest version."""
    item, version = _item(request, pk)
    can_edit = may_edit(request.user, item, version)
    return page(
        request,
        "publishing/proof.html",
        title="校对",
        crumbs=[("信息审核", reverse("publishing:desk"))],
        item=version,
        can_edit=can_edit,
        **shown_proof(request.user, item, version, may_edit=can_edit),
    )


@post_only("publishing:proof", "pk")
def decide(request: HttpRequest, pk: int, finding_pk: int) -> HttpResponse:
    """One act on one finding; back to where the person was."""
    item, version = _item(request, pk)
    finding = (
        ProofFinding.objects.select_related("run")
        .filter(pk=finding_pk, run__kind="item", run__key=pk)
        .first()
    )
    act, reason = request.POST.get("act", ""), request.POST.get(f"reason-{finding_pk}", "")
    try:
        if finding is None:
            messages.warning(request, "内容已经改过并重新校对，请看新的校对结果。")
        else:
            messages.success(request, _done(act, item, version, finding, request.user, reason))
    except Refused as error:
        refuse(request, error)
    return redirect(_back(request, pk))


def _done(act: str, item: ItemPage, version: ItemPage, finding: ProofFinding, user: User, reason: str) -> str:
    if act == "accept":
        if not may_edit(user, item, version):
            raise PermissionDenied("您没有编辑这条信息的权限。")
        services.accept_finding(item=item, finding=finding, actor=user)
        return f"已把“{finding.quote[:30]}”改为“{(finding.replacement or '')[:30]}”，存为新的草稿。"
    if act == "ignore":
        services.ignore_finding(item=item, finding=finding, actor=user, reason=reason)
        return "已记下不改的理由。"
    if act == "waive":
        services.waive_finding(item=item, finding=finding, actor=user, reason=reason)
        return "已豁免，理由记入校对记录。"
    if act == "reopen":
        services.reopen_finding(item=item, finding=finding, actor=user)
        return "已恢复为待处理。"
    raise Http404("没有这种处理")


def _back(request: HttpRequest, pk: int) -> str:
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("publishing:proof", args=[pk])
