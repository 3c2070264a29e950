"""Rosters of groups: the members that a list of lines names, and the roster of a day as XLSX or PDF."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from gongkai.agencies.errors import GroupRefused
from gongkai.agencies.models import GroupMember, WorkingGroup
from gongkai.agencies.paper import Paper, Table, day_of, paper_pdf
from gongkai.agencies.services.working_groups import Seat
from gongkai.agencies.shell import xlsx

COLUMNS = ("序号", "组内职务", "姓名或者席位", "单位和职务", "办公电话", "加入日期")
_APART = re.compile(r"[\t,，;；|]")
_POSITIONS = {label: value for value, label in GroupMember.Position.choices} | {
    "主任": GroupMember.Position.HEAD.value,
    "副主任": GroupMember.Position.DEPUTY.value,
}
_PARTS = (3, 4)  # position, name, title, and a telephone or none


def seats_of(lines: str) -> list[Seat]:
    """Members from lines of ``组内职务，姓名或者席位，单位和职务，办公电话``; the last may be left out.

    Raises:
        GroupRefused: with the number of each line that cannot be read and why.
    """
    seats, faults = [], []
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in _APART.split(line.strip())]
        if len(parts) not in _PARTS:
            faults.append(f"第 {number} 行有 {len(parts)} 项，应为 3 项或者 4 项")
        elif parts[0] not in _POSITIONS:
            faults.append(f"第 {number} 行的组内职务“{parts[0]}”应为{'、'.join(_POSITIONS)}之一")
        else:
            seats.append(
                Seat(_POSITIONS[parts[0]], parts[1], parts[2], parts[3] if len(parts) == max(_PARTS) else "")
            )
    if faults:
        raise GroupRefused("；".join(faults) + "。")
    return seats


def rows_on(group: WorkingGroup, day: date) -> list[list[str]]:
    """The roster of a day in the order of ``COLUMNS``."""
    return [
        [
            str(number),
            one.position_name,
            one.name,
            one.post_title,
            one.telephone,
            str(one.valid_from),
        ]
        for number, one in enumerate(group.roster_on(day), start=1)
    ]


def roster_xlsx(group: WorkingGroup, day: date) -> bytes:
    """The roster as a sheet."""
    return xlsx(COLUMNS, rows_on(group, day), sheet=f"名册{day}")


def roster_pdf(group: WorkingGroup, day: date) -> bytes:
    """The roster as a paper.

    Raises:
        PaperRefused: a character is in none of the vendored fonts.
    """
    facts = [
        ("类别", group.get_kind_display()),
        ("成立文件", f"{group.document_number}，{day_of(group.document_on)}"),
        (
            "起止",
            f"{day_of(group.valid_from)}起" + (f"，至{day_of(group.valid_to)}" if group.valid_to else ""),
        ),
        ("职责", group.duties),
    ]
    last = group.changes.order_by("at").last()
    return paper_pdf(
        Paper(
            title=f"{group.name}名册",
            organ=group.organ.name,
            day=f"截至{day_of(day)}",
            facts=facts,
            tables=[Table("成员", COLUMNS, (0.8, 1.2, 1.9, 2.3, 1.7, 1.3), rows_on(group, day))],
        ),
        at=last.at if last is not None else timezone.now(),
    )
