"""信息发布审核表 as PDF, drawn by typst from the record alone: the same record gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils import timezone

from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import Review
from gongkai.reportfiles import fonts

_TEMPLATE = Path(__file__).with_name("review_form.typ")
_LOCK = Lock()  # the compiler holds state of its last run


def review_form_pdf(review: Review) -> bytes:
    """The form of one review: what was submitted, who agreed to it when, what came of it.

    Raises:
        ReviewRefused: a character is in none of the vendored fonts; nothing is substituted.
    """
    data = _facts(review)
    if characters := fonts.missing(json.dumps(data, ensure_ascii=False)):
        raise ReviewRefused(f"审核表里有字库没有的字：{'、'.join(characters)}，请改用其他写法后重新送审。")
    last = max([review.submitted_at, *(step.at for step in review.steps.all())])
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"form": json.dumps(data, ensure_ascii=False)},
            timestamp=last.astimezone(UTC).replace(microsecond=0),
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def _facts(review: Review) -> dict[str, Any]:
    item = review.revision.as_object()
    grant = review.grants.first()
    rows = [
        ["标题", review.title],
        ["发布机构", str(item.organ)],
        ["责任部门", str(item.department or "—")],
        ["发布栏目", review.page.get_parent().title],
        [
            "公开属性",
            item.get_publicity_display() + (f"（{item.publicity_reason}）" if item.publicity_reason else ""),
        ],
        ["信息来源", _source(item)],
        ["文号", item.document_number or "—"],
        ["成文日期", f"{item.formed_on:%Y-%m-%d}" if item.formed_on else "—"],
        ["拟稿人", "、".join(person.get_full_name() for person in review.authors.all())],
        ["送审", f"{review.submitted_by.get_full_name()}　{_moment(review.submitted_at)}"],
        ["审核方式", review.get_route_display()],
        *([["送审说明", review.remark]] if review.remark else []),
        *([["紧急理由", review.urgent_reason]] if review.urgent_reason else []),
    ]
    stages = [
        [label, step.opinion or "同意。", step.person.get_full_name(), _moment(step.at)]
        if step
        else [label, "", "", ""]
        for _, label, step in review.stages
    ]
    others = [
        [
            f"{step.get_stage_display()}（{step.get_act_display()}"
            + (f"到{step.get_back_to_display()}" if step.back_to else "")
            + "）",
            step.opinion,
            step.person.get_full_name(),
            _moment(step.at),
        ]
        for step in review.other_steps
    ]
    outcome = review.get_state_display()
    if grant is not None:
        outcome = f"{grant.granted_by.get_full_name()}　{_moment(grant.granted_at)} 准予发布"
        if review.page.index_number:
            outcome += f"，索引号 {review.page.index_number}"
        if grant.ended_at:
            outcome += f"；{_moment(grant.ended_at)} 失效：{grant.ended_why}"
    return {
        "title": "信息发布审核表",
        "organ": str(item.organ),
        "number": str(review.pk),
        "rows": rows,
        "stages": stages,
        "others": others,
        "outcome": outcome,
        "digest": review.digest,
    }


def _source(item: Any) -> str:
    if item.source_kind == item.SourceKind.ORIGINAL:
        return f"{item.get_source_kind_display()}：{item.source}"
    medium = str(item.medium) if item.medium else item.source
    return f"{item.get_source_kind_display()}：{medium}　{item.source_url}"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )
