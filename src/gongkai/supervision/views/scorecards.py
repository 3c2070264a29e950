"""Scorecards (考核): the list, one line by line, making, entering, publishing, appeals, the sheet to download."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import XLSX_TYPE, download, organs_or_refuse, page, post_only, refuse, xlsx
from gongkai.core.scorecards import Mode
from gongkai.supervision import access, selectors, services
from gongkai.supervision.errors import SupervisionError
from gongkai.supervision.forms import AppealForm, CardForm, DecideForm, LineForm
from gongkai.supervision.models import Appeal, Scorecard, ScoreEntry

LIST = ("考核", "/houtai/kaohe/")
Refused = (SupervisionError, PermissionDenied)


def _organ(request: HttpRequest, act: str) -> Organ:
    return organs_or_refuse(access.organs_for(request.user, act), act)[0]


def _card(request: HttpRequest, pk: int) -> Scorecard:
    _organ(request, "查看考核")
    found = selectors.scorecards_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份考核")
    return found


def _entry(request: HttpRequest, pk: int) -> ScoreEntry:
    found = get_object_or_404(ScoreEntry.objects.select_related("card__organ"), pk=pk)
    _card(request, found.card_id)
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every card the person may see, the last period first."""
    _organ(request, "查看考核")
    return page(
        request, "supervision/scorecards.html", title="考核", cards=selectors.scorecards_for(request.user)[:200],
        may_make=bool(access.organs_for(request.user, "编制考核")),
    )  # fmt: skip


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One card; every line says how it came about."""
    card = _card(request, pk)
    can = {act: access.allowed(request.user, act, card.organ) for act in ("编制考核", "公布考核", "申诉")}
    is_draft = card.state == Scorecard.State.DRAFT
    return page(
        request,
        "supervision/scorecard.html",
        title=str(card),
        crumbs=[LIST],
        card=card,
        entries=card.entries.prefetch_related("appeals__by", "appeals__decided_by"),
        may_enter=is_draft and can["编制考核"],
        may_publish=is_draft and can["公布考核"],
        may_appeal=not is_draft and can["申诉"],
        may_decide=can["公布考核"],
        manual=Mode.MANUAL.value,
    )


def _act(
    request: HttpRequest, form: Any, act: Any, *, title: str, button: str, back: str, intro: str = ""
) -> HttpResponse:
    """One act on a page of its own; what was typed stays beside the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            pk, said = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("supervision:scorecard", pk)
    return page(
        request, "supervision/form.html", title=title, crumbs=[LIST], status=422 if form.errors else 200, form=form,
        intro=intro, button=button, back=back, keep=request.path,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a card: automatic lines are measured at once."""
    organ = _organ(request, "编制考核")

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.make_card(organ=organ, by=request.user, **data)
        return made.pk, "已编制，请填写人工指标。"

    form = CardForm(request.POST or None, organ=organ)
    return _act(request, form, act, title="编制考核", button="编制", back=LIST[1], intro=f"{organ.name}")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a manual line."""
    entry = _entry(request, pk)
    access.require(request.user, "编制考核", entry.card.organ)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        services.enter_line(entry=entry, by=request.user, **data)
        return entry.card_id, "已填写。"

    given = {"good": entry.good, "total": entry.total, "evidence": entry.evidence} if entry.evidence else {}
    form = LineForm(request.POST or None, initial=given)
    back = reverse("supervision:scorecard", args=[entry.card_id])
    return _act(request, form, act, title=entry.name, button="填写", back=back, intro=entry.measure)


@post_only("supervision:scorecard", "pk")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a card known to the departments."""
    try:
        services.publish_card(card=_card(request, pk), by=request.user)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, "已公布，部门可以查看和申诉。")
    return redirect("supervision:scorecard", pk)


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a line."""
    entry = _entry(request, pk)
    access.require(request.user, "申诉", entry.card.organ)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        services.appeal(entry=entry, by=request.user, **data)
        return entry.card_id, "已提出申诉，由公开办负责人复核。"

    back = reverse("supervision:scorecard", args=[entry.card_id])
    return _act(request, AppealForm(request.POST or None), act, title=f"申诉：{entry.name}", button="提出申诉", back=back,
                intro=entry.says)  # fmt: skip


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an appeal."""
    found = get_object_or_404(Appeal.objects.select_related("entry__card__organ"), pk=pk)
    access.require(request.user, "公布考核", found.entry.card.organ)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        upheld = data.pop("upheld") == "1"
        services.decide_appeal(appeal=found, by=request.user, upheld=upheld, **data)
        return found.entry.card_id, "已复核，得分已调整。" if upheld else "已复核。"

    back = reverse("supervision:scorecard", args=[found.entry.card_id])
    return _act(request, DecideForm(request.POST or None), act, title=f"复核：{found.entry.name}", button="复核", back=back,
                intro=f"{found.entry.says} 申诉理由：{found.reason}")  # fmt: skip


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The card as a sheet, with what each line rests on."""
    card = _card(request, pk)
    rows = [
        [
            one.name, one.measure, one.source, str(one.weight), "" if one.points is None else str(one.points), one.says,
            "\n".join([*one.faults, *([one.evidence] if one.evidence else [])]),
        ]
        for one in card.entries.all()
    ]  # fmt: skip
    rows.append(
        [
            "合计",
            "",
            "",
            str(card.counted),
            str(card.earned),
            f"折合百分制 {card.total if card.total is not None else '—'}",
            "",
        ]
    )
    content = xlsx(
        ["指标", "怎样计算", "依据", "权重", "得分", "说明", "不符合的和填写依据"], rows, sheet="考核"
    )
    return download(content, f"{card}考核.xlsx", XLSX_TYPE)
