"""What waits for a person: the lines of the back office's first screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting, contributed_doors, contributed_lines
from gongkai.reporting import access, selectors
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.rolling_up import unit_statuses

State = AnnualReport.State
REMIND_FROM = (12, 1)  # month and day: two months before the statutory day
OTHERS = {State.IN_REVIEW: "等待审核", State.FROZEN: "等待发布", State.DRAFT: "起草中"}


def shortcuts_for(user: User) -> list[Shortcut]:
    """The doors that are open to this person."""
    doors = contributed_doors(user)
    if selectors.organs_for(user, "登记台账"):
        doors.append(Shortcut("登记台账", "逐条登记、从文件导入、查找、导出", reverse("reporting:ledgers")))
    elif selectors.organs_for(user, "查看年度报告"):
        doors.append(Shortcut("查看台账", "年报每个数字背后的记录", reverse("reporting:ledgers")))
    if selectors.organs_for(user, "编写年度报告"):
        doors.append(Shortcut("编写年度报告", "核对数据、写文字、送审、发布", reverse("reporting:reports")))
    elif selectors.organs_for(user, "查看年度报告"):
        doors.append(Shortcut("查看年度报告", "各年度报告的数据、状态和经过", reverse("reporting:reports")))
    if any(organ.numchild for organ in selectors.organs_for(user, "收集下级年报")):
        doors.append(Shortcut("下级年报汇总", "收集、核对、相加", reverse("reporting:rollups")))
    if user.is_superuser:
        doors.append(Shortcut("机构与人员", "设立机关、建立账号、授予角色", reverse("agencies:index")))
    return [*doors, Shortcut("门户网站", "看公众看到的页面", "/")]


def waiting_for(user: User, today: date) -> list[Waiting]:
    """Overdue first, then by due date, mine before others'."""
    lines = [
        *contributed_lines(user, today),
        *_open_reports(user),
        *_missing_reports(user, today),
        *_missing_units(user, today),
    ]
    return sorted(lines, key=lambda line: (not line.mine, line.due_on or date.max, line.text))


def _open_reports(user: User) -> Iterator[Waiting]:
    open_states = (State.DRAFT, State.IN_REVIEW, State.FROZEN)
    for report in selectors.reports_for(user).filter(state__in=open_states):
        url = reverse("reporting:report", args=[report.pk])
        due = selectors.report_due_on(report.year)
        name = f"{report.organ.short_name or report.organ.name}{report.year}年度报告"
        if report.state == State.DRAFT:
            verb, mine = "写完并送审", access.allowed(user, "编写年度报告", report.organ)
        elif report.state == State.IN_REVIEW:
            own = user.pk in {report.drafted_by_id, report.submitted_by_id}
            verb, mine = "审核定稿", access.allowed(user, "审核年度报告", report.organ) and not own
        else:
            verb, mine = "发布", access.allowed(user, "发布年度报告", report.organ)
        yield Waiting(
            f"{verb}：{name}" if mine else f"{name}（{OTHERS[State(report.state)]}）", url, due, mine
        )


def _missing_reports(user: User, today: date) -> Iterator[Waiting]:
    """From December on, the report of the ending year; afterwards, last year's until it exists."""
    year = today.year if (today.month, today.day) >= REMIND_FROM else today.year - 1
    for organ in selectors.organs_for(user, "编写年度报告"):
        if not organ.reports_separately or (organ.valid_from and organ.valid_from.year > year):
            continue
        if not AnnualReport.objects.filter(organ=organ, year=year, scope=AnnualReport.Scope.SELF).exists():
            yield Waiting(
                f"建立{organ.short_name or organ.name}{year}年度报告",
                reverse("reporting:reports"),
                selectors.report_due_on(year),
                mine=True,
            )


def _missing_units(user: User, today: date) -> Iterator[Waiting]:
    year = today.year - 1
    if today.month > 3:  # the government's own report closes on 31 March (Art. 49)
        return
    for organ in selectors.organs_for(user, "收集下级年报"):
        if not organ.numchild:
            continue
        missing = [
            s for s in unit_statuses(organ, year) if s.is_counted and s.report is None and s.unit != organ
        ]
        if missing:
            yield Waiting(
                f"催收 {len(missing)} 个单位的{year}年度报告",
                reverse("reporting:rollup", args=[organ.code, year]),
                selectors.report_due_on(year),
                mine=True,
            )
