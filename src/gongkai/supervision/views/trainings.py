"""Trainings: the register of a year, one with its roll, material and test, and the acts on it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import XLSX_TYPE, download, page, refuse, xlsx
from gongkai.supervision import access, services
from gongkai.supervision import training_forms as forms
from gongkai.supervision import training_selectors as selectors
from gongkai.supervision.errors import TrainingRefused
from gongkai.supervision.models import Attendance, Question, Training, TrainingMaterial
from gongkai.supervision.views.acting import act_page, organ_for, typed, year_asked

LIST = ("培训", "/houtai/peixun/")
SEE, ORGANISE = "查看培训", "组织培训"
_FIELDS = ("subject", "kind", "held_on", "place", "hours", "pass_mark")


def _one(request: HttpRequest, pk: int, act: str = SEE) -> Training:
    organ_for(request, SEE)
    found: Training | None = selectors.trainings_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这次培训")
    access.require(request.user, act, found.organ)
    return found


def _url(training: Training) -> str:
    return reverse("supervision:training", args=[training.pk])


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The register of a year with its totals."""
    organ_for(request, SEE)
    year = year_asked(request)
    found = selectors.trainings_for(request.user).filter(held_on__year=year)
    years = {one.year for one in selectors.trainings_for(request.user).dates("held_on", "year")}
    return page(
        request,
        "supervision/trainings.html",
        title="培训",
        rows=found,
        totals=selectors.year_totals(found),
        year=year,
        years=sorted(years | {year, timezone.localdate().year}, reverse=True),
        today=timezone.localdate(),
        may_organise=bool(access.organs_for(request.user, ORGANISE)),
    )


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The register of a year as a sheet, the totals in its last row."""
    organ_for(request, ORGANISE)
    year = year_asked(request)
    organs = access.organs_for(request.user, ORGANISE)
    found = selectors.trainings_for(request.user).filter(held_on__year=year, organ__in=organs)
    rows = [
        [
            one.held_on.isoformat(), one.subject, one.get_kind_display(), one.organ.name, one.place, str(one.hours),
            one.get_state_display(), str(one.people), str(one.sat), str(one.passed), one.cancelled_reason,
        ]
        for one in found.order_by("held_on", "pk")
    ]  # fmt: skip
    sums = selectors.year_totals(found)
    rows.append(
        [
            "合计", f"已举办 {sums.trainings} 次", "", "", "", f"{sums.hours:g}", "", str(sums.person_times),
            str(sums.sat), str(sums.passed), f"合格率 {sums.pass_rate}",
        ]
    )  # fmt: skip
    headings = [
        "日期",
        "主题",
        "形式",
        "举办机关",
        "地点",
        "学时",
        "状态",
        "参训人次",
        "参加测试",
        "合格",
        "备注",
    ]
    return download(xlsx(headings, rows, sheet="培训"), f"{year}年培训台账.xlsx", XLSX_TYPE)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: what it is, its material, its roll and test; others' scores only for those who organise."""
    one = _one(request, pk)
    organises = access.allowed(request.user, ORGANISE, one.organ)
    mine = one.roll.filter(person=request.user).first()
    questions = list(one.questions.filter(dropped_at=None))
    tries = list(mine.attempts.all()) if mine else []
    is_open = one.state != Training.State.CANCELLED
    return page(
        request,
        "supervision/training.html",
        title=one.subject,
        crumbs=[LIST],
        one=one,
        departments=one.departments.all(),
        materials=one.materials.select_related("added_by"),
        organises=organises,
        results=selectors.results_of(one) if organises else [],
        questions=questions,
        may_question=organises and is_open and one.sat == 0,
        mine=mine,
        tries=tries,
        may_sit=bool(
            mine and questions and one.state == Training.State.HELD and not any(t.passed for t in tries)
        ),
        is_planned=one.state == Training.State.PLANNED,
        is_open=is_open,
        may_hold=is_open and one.held_on <= timezone.localdate(),
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a training."""
    organ = organ_for(request, ORGANISE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        made = services.plan_training(organ=organ, by=request.user, **data)
        return _url(made), "已登记。培训当天起可以登记签到。"

    form = forms.TrainingForm(*typed(request), organ=organ)
    return act_page(
        request, form, act, title="登记培训", button="登记", back=LIST[1], crumbs=[LIST], intro=organ.name
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is planned."""
    one = _one(request, pk, ORGANISE)
    initial = {name: getattr(one, name) for name in _FIELDS} | {"departments": one.departments.all()}

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.change_training(training=one, by=request.user, **data)
        return _url(one), "已修改，原来的内容留在审计日志里。"

    form = forms.TrainingForm(*typed(request), organ=one.organ, initial=initial)
    return _on(request, one, form, act, title="修改、更正培训", button="保存")


def _on(
    request: HttpRequest, one: Training, form: Any, act: Any, *, title: str, button: str, intro: str = ""
) -> HttpResponse:
    return act_page(
        request, form, act, title=title, button=button, back=_url(one), intro=intro,
        crumbs=[LIST, (one.subject, _url(one))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who was there."""
    one = _one(request, pk, ORGANISE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        done = services.hold_training(training=one, by=request.user, **data)
        return _url(one), f"已登记，名单共 {done.roll.count()} 人。"

    form = forms.HoldForm(*typed(request), initial={"roll": _roll_text(one), "minutes": one.minutes})
    return _on(request, one, form, act, title="登记签到", button="登记签到")


def _roll_text(one: Training) -> str:
    """The roll as it stands; before there is one, whoever works at the organ, to be gone through."""
    rows = one.roll.select_related("department")
    if rows:
        return "\n".join(
            "｜".join((row.name, row.department.name if row.department else "", row.get_presence_display(), row.reason))
            for row in rows
        )  # fmt: skip
    return "\n".join(f"{name}｜｜出席｜" for name in selectors.names_at(one.organ))


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned training."""
    one = _one(request, pk, ORGANISE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.cancel_training(training=one, by=request.user, **data)
        return _url(one), "已取消，不计数，原因留在台账里。"

    return _on(request, one, forms.CancelForm(*typed(request)), act, title="取消、撤销", button="确定")


@require_http_methods(["GET", "POST"])
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file with the training."""
    one = _one(request, pk, ORGANISE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        file = data["file"]
        services.add_material(
            training=one, by=request.user, title=data["title"], data=file.read(), name=file.name
        )
        return _url(one), "材料已上传。"

    return _on(request, one, forms.FileForm(*typed(request)), act, title="上传材料", button="上传")


@require_GET
def material(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of the training."""
    stored = get_object_or_404(TrainingMaterial, pk=file, training=_one(request, pk))
    with stored.file.open("rb") as stream:
        return download(stream.read(), stored.download_name, "application/octet-stream")


@require_http_methods(["GET", "POST"])
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a question to the test."""
    one = _one(request, pk, ORGANISE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.add_question(training=one, by=request.user, **data)
        return _url(one), "题目已添加。"

    form = forms.QuestionForm(*typed(request))
    intro = "有人参加测试以后，题目不能再改。"
    return _on(request, one, form, act, title="添加测试题", button="添加", intro=intro)


@require_http_methods(["GET", "POST"])
def drop_question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out."""
    one = _one(request, pk, ORGANISE)
    found = get_object_or_404(Question, pk=question, training=one, dropped_at=None)

    def act(_: dict[str, Any]) -> tuple[str, str]:
        services.drop_question(question=found, by=request.user)
        return _url(one), "题目已撤下。"

    return _on(
        request, one, django_forms.Form(*typed(request)), act, title="撤下题目", button="撤下", intro=found.text
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sit the short test."""
    one = _one(request, pk)
    try:
        place = services.place_on_roll(one, request.user)
    except TrainingRefused as refusal:
        refuse(request, refusal)
        return redirect(_url(one))
    form = forms.SitForm(*typed(request), questions=one.questions.filter(dropped_at=None))

    def act(_: dict[str, Any]) -> tuple[str, str]:
        done = services.sit_test(training=one, by=request.user, answers=form.answers)
        said = "合格。" if done.passed else f"没有到合格分数 {one.pass_mark}，可以再测。"
        return _url(one), f"第 {done.number} 次测试 {done.score} 分，{said}"

    intro = (
        f"合格分数 {one.pass_mark}，各题分值相同，交卷后立即出分。这是第 {place.attempts.count() + 1} 次。"
    )
    return _on(request, one, form, act, title="参加测试", button="交卷", intro=intro)


@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll with everybody's tries as a sheet."""
    one = _one(request, pk, ORGANISE)
    rows = [_result_row(found.place, found) for found in selectors.results_of(one)]
    headings = ["姓名", "部门", "出席", "原因", "测试次数", "最高分", "结果"]
    return download(xlsx(headings, rows, sheet="签到和成绩"), f"{one.subject}签到和成绩.xlsx", XLSX_TYPE)


def _result_row(place: Attendance, found: selectors.Result) -> list[str]:
    return [
        place.name, place.department.name if place.department else "", place.get_presence_display(), place.reason,
        str(found.tries), "" if found.best is None else str(found.best), found.says,
    ]  # fmt: skip
