"""Work points: the year with its plans, one point with its check-ins, and the acts on them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import XLSX_TYPE, Crumb, download, page, xlsx
from gongkai.supervision import access, point_forms, services
from gongkai.supervision import point_selectors as selectors
from gongkai.supervision.models import CheckInFile, WorkPlan, WorkPoint
from gongkai.supervision.services.point_import import HEADINGS
from gongkai.supervision.services.pointing import CONFIRM, FILL, MAKE
from gongkai.supervision.views.acting import Refused, act_page, organ_for, typed, year_asked

LIST = ("工作要点", "/houtai/yaodian/")
SEE = selectors.SEE
MAX_SHOWN_FAULTS = 200
_EXAMPLES = (
    ("1", "公开本年度重大行政决策事项目录", "党政办公室", "6月底前", ""),
    ("2", "更新惠企政策专题", "经济发展局", "持续推进", "每季度"),
)


def _plan(request: HttpRequest, pk: int) -> WorkPlan:
    organ_for(request, SEE)
    found: WorkPlan | None = selectors.plans_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份工作要点")
    access.require(request.user, MAKE, found.organ)
    return found


def _point(request: HttpRequest, pk: int, act: str = SEE) -> WorkPoint:
    organ_for(request, SEE)
    found: WorkPoint | None = selectors.points_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这项任务")
    access.require(request.user, act, found.plan.organ)
    return found


def _url(point: WorkPoint) -> str:
    return reverse("supervision:point", args=[point.pk])


def _year(year: int) -> str:
    return f"{LIST[1]}?nian={year}"


def _crumb(year: int) -> Crumb:
    return (f"{year} 年工作要点", _year(year))


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """The plans of a year with every point, and how many are done, under way, late."""
    organ_for(request, SEE)
    asked, today = year_asked(request), timezone.localdate()
    plans = selectors.year_of(request.user, asked, today)
    years = set(selectors.plans_for(request.user).order_by().values_list("year", flat=True).distinct())
    return page(
        request,
        "supervision/points.html",
        title="工作要点",
        plans=plans,
        year=asked,
        years=sorted(years | {asked, today.year}, reverse=True),
        done=sum(one.counts.done for one in plans),
        under_way=sum(one.counts.under_way for one in plans),
        late=sum(one.counts.late for one in plans),
        makers={organ.pk for organ in access.organs_for(request.user, MAKE)},
        may_make=bool(access.organs_for(request.user, MAKE)),
    )


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The points of a year as a sheet, each with its last check-in."""
    organ_for(request, SEE)
    asked, today = year_asked(request), timezone.localdate()
    rows = []
    for plan in selectors.year_of(request.user, asked, today):
        for row in plan.rows:
            last = list(row.point.check_ins.all())[-1:]
            rows.append(
                [
                    plan.plan.title, row.point.number, row.point.text, row.point.department.name, row.point.limit,
                    row.says, f"{row.percent}%", last[0].note if last else "", row.point.closing_note,
                ]
            )  # fmt: skip
    headings = [
        "要点",
        "序号",
        "工作任务",
        "责任部门",
        "完成时限",
        "状态",
        "完成",
        "最近进展",
        "确认意见或者取消原因",
    ]
    return download(xlsx(headings, rows, sheet="工作要点"), f"{asked}年工作要点.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Enter the points of a year."""
    organ = organ_for(request, MAKE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        made = services.make_plan(organ=organ, by=request.user, **data)
        return _year(made.year), "已登记，请逐项添加任务，或者从表格导入。"

    initial = {"year": timezone.localdate().year, "issued_by": organ.name}
    form = point_forms.PlanForm(*typed(request), initial=initial)
    return act_page(
        request, form, act, title="登记工作要点", button="登记", back=LIST[1], crumbs=[LIST], intro=organ.name
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point to a plan."""
    plan = _plan(request, pk)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        made = services.add_point(plan=plan, by=request.user, **data)
        return _year(plan.year), f"任务 {made.number} 已添加。"

    initial = {"number": plan.points.count() + 1}
    form = point_forms.PointForm(*typed(request), organ=plan.organ, initial=initial)
    return act_page(
        request, form, act, title="添加任务", button="添加", back=_year(plan.year), intro=plan.title,
        crumbs=[LIST, _crumb(plan.year)],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the points of a sheet, all or none; what is wrong is listed row by row."""
    plan = _plan(request, pk)
    form = point_forms.ImportForm(*typed(request))
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = services.import_points(
                plan=plan, by=request.user, content=form.cleaned_data["file"].read()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            faults = done.faults
            if not faults:
                messages.success(request, f"已导入 {done.rows} 项任务。")
                return redirect(_year(plan.year))
    return page(
        request, "supervision/point_import.html", title="导入任务", crumbs=[LIST, _crumb(plan.year)],
        status=422 if form.errors or faults else 200, form=form, plan=plan, count=len(faults),
        faults=faults[:MAX_SHOWN_FAULTS], back=_year(plan.year),
    )  # fmt: skip


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with two examples."""
    organ_for(request, MAKE)
    return download(xlsx(HEADINGS, _EXAMPLES, sheet="工作要点"), "工作要点导入模板.xlsx", XLSX_TYPE)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One point: its limit, how it stands, every check-in with its evidence."""
    one = _point(request, pk)
    check_ins = list(one.check_ins.select_related("by").prefetch_related("files"))
    can = {act: access.allowed(request.user, act, one.plan.organ) for act in (MAKE, FILL, CONFIRM)}
    is_open = one.state == WorkPoint.State.OPEN
    standing = one.standing(timezone.localdate())
    last = check_ins[-1] if check_ins else None
    is_complete = last is not None and last.percent == 100 and not one.returned_note
    return page(
        request,
        "supervision/point.html",
        title=f"任务 {one.number}",
        crumbs=[LIST, _crumb(one.plan.year)],
        one=one,
        standing=standing,
        is_alarming=standing in selectors.ALARMING,
        check_ins=check_ins[::-1],
        percent=last.percent if last else 0,
        next_on=one.facts.next_on,
        is_open=is_open,
        may_make=is_open and can[MAKE],
        may_fill=is_open and can[FILL],
        may_confirm=is_open and can[CONFIRM] and is_complete and last.by_id != request.user.pk,
        is_complete=is_open and is_complete,
        may_reopen=one.state == WorkPoint.State.DONE and can[CONFIRM],
    )


def _on(
    request: HttpRequest, one: WorkPoint, form: Any, act: Any, *, title: str, button: str
) -> HttpResponse:
    return act_page(
        request, form, act, title=title, button=button, back=_url(one), intro=one.text,
        crumbs=[LIST, _crumb(one.plan.year), (f"任务 {one.number}", _url(one))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a point."""
    one = _point(request, pk, MAKE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.change_point(point=one, by=request.user, **data)
        return _url(one), "已修改，原来的内容留在审计日志里。"

    initial = {name: getattr(one, name) for name in ("text", "department", "due_on", "interval_months")}
    form = point_forms.PointForm(*typed(request), organ=one.plan.organ, with_number=False, initial=initial)
    return _on(request, one, form, act, title="修改任务", button="保存")


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    one = _point(request, pk, FILL)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        file = data.pop("file")
        sent = {"data": file.read(), "name": file.name} if file else {}
        made = services.check_in(point=one, by=request.user, **data, **sent)
        return _url(one), "已填报完成，由其他人确认。" if made.percent == 100 else "已填报。"

    last = one.check_ins.last()
    initial = {"on": timezone.localdate(), "percent": last.percent if last else 0}
    form = point_forms.CheckInForm(*typed(request), initial=initial)
    return _on(request, one, form, act, title="填报进展", button="填报")


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a point is done, or send it back."""
    one = _point(request, pk, CONFIRM)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        passed = data["passed"] == "1"
        services.confirm_point(point=one, by=request.user, passed=passed, note=data["note"])
        return _url(one), "已确认完成。" if passed else "已退回继续办理。"

    return _on(request, one, point_forms.ConfirmForm(*typed(request)), act, title="确认完成", button="确认")


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a point out of the plan."""
    one = _point(request, pk, MAKE)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.drop_point(point=one, by=request.user, **data)
        return _url(one), "已取消，原因留在任务里。"

    return _on(
        request, one, point_forms.ReasonForm(*typed(request)), act, title="取消任务", button="取消任务"
    )


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a confirmed point again."""
    one = _point(request, pk, CONFIRM)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.reopen_point(point=one, by=request.user, **data)
        return _url(one), "已重新打开，原因写在任务里。"

    form = point_forms.ReasonForm(*typed(request))
    return _on(request, one, form, act, title="重新打开", button="重新打开")


@require_GET
def evidence(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that shows what was done."""
    stored = get_object_or_404(CheckInFile, pk=file, check_in__point=_point(request, pk))
    with stored.file.open("rb") as stream:
        return download(stream.read(), stored.download_name, "application/octet-stream")
