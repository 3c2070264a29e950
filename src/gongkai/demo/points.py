"""The demo's work points of this year: imported from a sheet, some done, one late, one that missed its check-in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.agencies.shell import xlsx
from gongkai.demo.days import at
from gongkai.supervision import services
from gongkai.supervision.services.point_import import HEADINGS


def load_points(park: Organ, users: dict[str, User]) -> None:
    """A superior's list for the park, met in part."""
    today = timezone.localdate()
    office, head, officer = users["gongkaiban"], users["fuzeren"], users["xinxiyuan"]
    issued = min(today, max(date(today.year, 1, 5), today - timedelta(days=200)))
    late = today - timedelta(days=20)
    with at(_moment(issued)):
        plan = services.make_plan(
            organ=park, by=office, year=today.year, title=f"{today.year}年政务公开工作要点任务清单",
            document_number=f"示政办发〔{today.year}〕9号", issued_by="示例县人民政府办公室", issued_on=issued,
        )  # fmt: skip
        rows = (
            ("1", "编制并公开主动公开基本目录，明确公开时限和责任部门", "党政办公室", "6月底前", ""),
            ("2", "集中公开惠企政策，逐项注明申报条件和经办电话", "经济发展局", "持续推进", "每季度"),
            ("3", "公开突发环境事件应急预案和演练情况", "安全生产和环境保护局", max(late, date(today.year, 1, 10)).isoformat(), ""),
            ("4", "公开园区规划调整公示及意见采纳情况", "规划建设局", "年底前", ""),
            ("5", "每季度至少举办一次政府开放日活动", "党政办公室", "持续推进", "每季度"),
            ("6", "开展网站和政务新媒体内容校对，问题按期整改", "党政办公室", "年底前", ""),
        )  # fmt: skip
        content = xlsx(HEADINGS, rows, sheet="任务清单")
        services.import_points(plan=plan, by=office, content=content)
    points = {one.number: one for one in plan.points.all()}
    done = (
        ("1", 60, "目录已按事项编好并公开，列明时限和责任部门。", "/zfxxgk/fdzdgknr/"),
        ("6", 30, "全站校对一遍，发现的问题已全部整改。", "/houtai/zhenggai/?zhuangtai=all"),
    )
    for number, days, note, link in done:
        with at(_moment(max(issued, today - timedelta(days=days)))):
            services.check_in(
                point=points[number], by=officer, on=timezone.localdate(), percent=100, note=note, link=link
            )
            services.confirm_point(
                point=points[number], by=head, passed=True, note="打开佐证逐项看过，属实。"
            )
    for number, days, percent, note in (
        ("2", 25, 60, "更新三项奖补政策，补上经办电话。"),
        ("3", 40, 40, "预案已修订，等专家意见。"),
        ("5", 130, 25, "第一次开放日参观污水处理厂，收到建议 9 条。"),
    ):
        with at(_moment(max(issued, today - timedelta(days=days)))):
            services.check_in(
                point=points[number], by=officer, on=timezone.localdate(), percent=percent, note=note
            )
    services.check_in(
        point=points["4"], by=officer, on=today, percent=100, note="两次调整均已公示，采纳情况随批复公开。",
        name="采纳情况.txt", data="收到意见 6 条，采纳 4 条，未采纳的已说明理由。\n".encode(),
    )  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10), timezone.get_current_timezone())
