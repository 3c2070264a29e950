"""The demo's supervision: an account, messages about the site, rectifications in their stages, the last quarter's cards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.demo.days import at
from gongkai.supervision import services
from gongkai.supervision.models import Account


def load_supervision(park: Organ, users: dict[str, User]) -> None:
    """One of each stage: to be put right, to be re-checked, closed; a message answered, one waiting."""
    today = timezone.localdate()
    office, head, officer = users["gongkaiban"], users["fuzeren"], users["xinxiyuan"]
    department = Department.objects.filter(organ=park).order_by("pk").first()
    assert department is not None  # the demo's people come with theirs
    Account.objects.create(
        organ=park, name="示例园区发布", kind=Account.Kind.WECHAT, newest_on=today - timedelta(days=1),
        newest_title="冬季招聘会时间安排",
    )  # fmt: skip
    given = {"by": office, "organ": park, "department": department}
    services.issue(
        **given, problem="上级通报：部分附件没有写明格式和大小。", demand="逐个核对附件名称，补上格式。"
    )
    waiting = services.issue(
        **given, problem="“政府信息公开制度”栏目半年没有更新。", demand="补充本年修订的制度。"
    )
    services.report_fixed(rectification=waiting, by=officer, note="已补充两项制度，送审发布。", cause="stale")
    closed = services.issue(
        **given, problem="一张图片没有替代文字。", demand="补上图片说明。", working_days=2
    )
    services.report_fixed(rectification=closed, by=officer, note="已补上。", cause="review")
    services.recheck_by_person(rectification=closed, by=head, passed=True, note="打开页面看过，图片有说明。")
    told = services.take_ticket(
        organ=park, kind="wrong", text="园区介绍里的产业名称与政策文件不一致。", source="platform",
        received_on=today - timedelta(days=2), by=office,
    )  # fmt: skip
    services.answer_ticket(ticket=told, by=office, answer="属实，已按政策文件统一名称。谢谢您的提醒。")
    services.take_ticket(
        organ=park, kind="service", text="搜索结果里看不出是哪一年的文件。", received_on=today
    )
    _load_overdue(given)
    _load_accountability(given, users)
    _load_cards(park, office, head)


def _load_overdue(given: dict[str, object]) -> None:
    """One told three weeks ago and not reported: the board and the desk show it as late."""
    moment = datetime.combine(
        timezone.localdate() - timedelta(days=21), time(9), timezone.get_current_timezone()
    )
    with at(moment):
        services.issue(**given, problem="办事指南里的窗口电话停机。", demand="改为能接通的号码。")


def _load_accountability(given: dict[str, object], users: dict[str, User]) -> None:
    """One department criticised for a fault that came back twice."""
    today = timezone.localdate()
    told = services.issue(
        **given, problem="月度公报连续两期迟发。", demand="按月发布，迟发的说明原因。", working_days=10
    )
    forms = {one.name: one for one in services.forms_in_use()}
    services.enter_accountability(
        organ=given["organ"], by=users["jiandu"], decided_on=today, basis="47", form=forms["通报批评"],
        department=given["department"], role="信息员", document_number=f"示管办通〔{today.year}〕3号", rectification=told,
        matter="月度公报连续两期超过时限发布，提醒后仍未改正，在管委会范围内通报批评。",
        name="通报.txt", data="关于月度公报迟发情况的通报（演示）\n".encode(),
    )  # fmt: skip


def _last_quarter(today: date) -> tuple[date, date, str]:
    """Its first and last day and its name."""
    last = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    number = last.month // 3
    return date(last.year, number * 3 - 2, 1), last, f"{last.year}年第{'一二三四'[number - 1]}季度"


def _load_cards(park: Organ, office: User, head: User) -> None:
    """A published card of each department, so that the ranking has something to rank."""
    first_on, last_on, title = _last_quarter(timezone.localdate())
    found = Department.objects.filter(organ=park).order_by("pk")
    for department, good in zip(found, (10, 9, 8, 9), strict=False):
        card = services.make_card(
            organ=park, department=department, first_on=first_on, last_on=last_on, title=title, by=office
        )
        guide = card.entries.get(code="guide")
        services.enter_line(
            entry=guide, good=good, total=10, evidence="抽查 10 项要素，缺项已当面指出。", by=office
        )
        services.publish_card(card=card, by=head)
