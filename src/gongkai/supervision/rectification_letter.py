"""整改通知书 as PDF, drawn by typst from the record alone: the same record gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.core.inspection import BY_CODE
from gongkai.reportfiles import fonts
from gongkai.supervision.errors import RectificationRefused
from gongkai.supervision.models import Rectification

_TEMPLATE = Path(__file__).with_name("rectification_letter.typ")
_LOCK = Lock()  # the compiler holds state of its last run


def rectification_pdf(rectification: Rectification) -> bytes:
    """The notice as it was issued.

    Raises:
        RectificationRefused: a character is in none of the vendored fonts; nothing is substituted.
    """
    data = _facts(rectification)
    if characters := fonts.missing(json.dumps(data, ensure_ascii=False)):
        raise RectificationRefused(f"整改通知里有字库没有的字：{'、'.join(characters)}，请改用其他写法。")
    first = rectification.steps.first()
    assert first is not None  # issuing is a step
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            timestamp=first.at.astimezone(UTC).replace(microsecond=0),
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def _facts(one: Rectification) -> dict[str, Any]:
    indicator = BY_CODE.get(one.code)
    rows = [["问题", one.problem]]
    if one.url:
        rows.append(["位置", one.url])
    if indicator is not None:
        rows.append(["检查指标", f"{indicator.code} {indicator.name}（{indicator.source}）"])
    rows.append(["整改要求", one.demand])
    provisional = "（放假安排公布后可能调整）" if one.due_is_provisional else ""
    rows.append(["整改期限", f"{_day(one.due_on)}前{provisional}"])
    return {
        "title": "网站问题整改通知书",
        "number": one.number,
        "to": one.department.name,
        "organ": one.organ.name,
        "rows": rows,
        "day": _day(one.issued_on),
        "closing": "请按期整改并反馈整改情况和原因。反馈后由巡查或者其他人员复查，复查通过才予销号。",
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )
