"""Points of a plan from CSV or XLSX: every row checked, every fault named, all taken or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Department, User
from gongkai.agencies.sheets import SheetRefused, date_of, rows_of, text_of
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.work_points import DEFAULT_INTERVAL, INTERVALS, DueUnknown, due_of
from gongkai.supervision import access
from gongkai.supervision.errors import PointRefused
from gongkai.supervision.models import WorkPlan, WorkPoint
from gongkai.supervision.services.pointing import MAKE, limit_fault

HEADINGS = ("序号", "工作任务", "责任部门", "完成时限", "报送间隔")
REQUIRED = HEADINGS[:4]
MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_ROWS = 500
_INTERVALS = {label: months for months, label in INTERVALS.items()} | {"": DEFAULT_INTERVAL}


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault: row as the spreadsheet numbers it, column heading, what stands there, what to do."""

    row: int
    column: str
    text: str
    message: str


@dataclass(slots=True)
class Imported:
    """How many points were taken; none while there is a fault."""

    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)


@transaction.atomic
def import_points(*, plan: WorkPlan, by: User, content: bytes) -> Imported:
    """Take a sheet's points into a plan.

    Raises:
        PointRefused: the file as a whole cannot be taken: too large, of another kind, headings missing or unknown.
    """
    access.require(by, MAKE, plan.organ)
    if len(content) > MAX_FILE_BYTES:
        raise PointRefused(f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB，请检查是不是选错了文件。")
    if not content.strip():
        raise PointRefused("文件是空的，请选择填好的表格。")
    try:
        table = list(rows_of(content))
    except SheetRefused as refusal:
        raise PointRefused(str(refusal)) from refusal
    at = _columns(table[0][1] if table else [])
    rows = [(number, cells) for number, cells in table[1:] if any(text_of(cell) for cell in cells)]
    if not rows:
        raise PointRefused("表头下面没有数据行，请填写后再导入。")
    if len(rows) > MAX_ROWS:
        raise PointRefused(f"超过 {MAX_ROWS} 行，请分到几份要点里。")
    done = Imported()
    points = _points(plan, rows, at, done)
    if done.faults:
        return done
    WorkPoint.objects.bulk_create(points)
    done.rows = len(points)
    record_event(
        "workplan.imported", plan, actor=by, organ_code=plan.organ.code, rows=done.rows, digest=sm3(content)
    )
    return done


def _columns(heading: list[Any]) -> dict[str, int]:
    found = {text_of(cell).rstrip("*＊"): index for index, cell in enumerate(heading) if text_of(cell)}
    missing = [name for name in REQUIRED if name not in found]
    unknown = [name for name in found if name not in HEADINGS]
    if missing or unknown:
        parts = [f"缺少列“{'”“'.join(missing)}”"] if missing else []
        parts += [f"不认识列“{'”“'.join(unknown[:5])}”"] if unknown else []
        raise PointRefused(f"第 1 行表头{'，'.join(parts)}。请下载导入模板，按模板填写。")
    return found


def _points(
    plan: WorkPlan, rows: list[tuple[int, list[Any]]], at: Mapping[str, int], done: Imported
) -> list[WorkPoint]:
    departments = {one.name: one for one in Department.objects.filter(organ=plan.organ, valid_to=None)}
    taken = set(plan.points.values_list("number", flat=True))
    points = []
    for number, cells in rows:
        raw = {name: cells[index] if index < len(cells) else None for name, index in at.items()}
        said = {name: text_of(raw.get(name)) for name in HEADINGS}
        faults: dict[str, str] = {}
        for name, most in (("序号", 12), ("工作任务", 500)):
            if not said[name]:
                faults[name] = "不能为空，请补填。"
            elif len(said[name]) > most:
                faults[name] = f"超过 {most} 个字，请精简。"
        if said["序号"] in taken:
            faults["序号"] = "序号重复，请换一个。"
        if said["责任部门"] not in departments:
            faults["责任部门"] = "没有这个部门，请按机构里的名称写。"
        due_on, interval = None, None
        try:
            due_on, interval = _limit(raw.get("完成时限"), said, plan.year)
        except DueUnknown as unknown:
            faults["完成时限"] = str(unknown)
        except KeyError:
            faults["报送间隔"] = "只能写每月、每季度、每半年。"
        else:
            if fault := limit_fault(due_on, interval, plan.year):
                faults["完成时限"] = fault
        taken.add(said["序号"])
        done.faults += [RowFault(number, name, said[name], message) for name, message in faults.items()]
        if not faults:
            points.append(
                WorkPoint(
                    plan=plan, number=said["序号"], text=said["工作任务"], department=departments[said["责任部门"]],
                    due_on=due_on, interval_months=interval,
                )
            )  # fmt: skip
    return points


def _limit(raw: Any, said: Mapping[str, str], year: int) -> tuple[date | None, int | None]:
    """Last day or interval of a row; raises DueUnknown, or KeyError for an unknown interval."""
    try:
        return date_of(raw), None
    except ValueError:
        due_on = due_of(said["完成时限"], year)
    return due_on, _INTERVALS[said["报送间隔"]] if due_on is None else None
