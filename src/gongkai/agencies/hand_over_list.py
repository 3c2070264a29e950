"""移交清单: a hand-over as a paper."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.models import HandOver
from gongkai.agencies.open_work import open_work_of, work_kinds
from gongkai.agencies.paper import Paper, Signature, Table, day_of, paper_pdf
from gongkai.core.hand_over import Act, Standing


def hand_over_pdf(hand_over: HandOver) -> bytes:
    """The list as it stands; before the confirmation with the open work of today, after it with what went over.

    Raises:
        PaperRefused: a character is in none of the vendored fonts.
    """
    last = hand_over.steps.last()
    assert last is not None  # drawing up is a step
    return paper_pdf(paper_of(hand_over), at=last.at)


def paper_of(hand_over: HandOver) -> Paper:
    """What the list says."""
    is_confirmed = hand_over.standing == Standing.CONFIRMED
    lines = [
        (str(line.number), line.kind, line.text, "已移交" if line.is_done else "未移交", line.remark)
        for line in hand_over.lines.all()
    ]
    tables = [Table("一、移交内容", ("序号", "类别", "内容", "情况", "备注"), (0.75, 1.3, 4, 1, 1.8), lines)]
    title = "二、移交的在办事项" if is_confirmed else "二、待移交的在办事项"
    rows = [(kind, text) for kind, texts in work_of(hand_over) for text in texts]
    tables.append(Table(title, ("类别", "事项"), (1, 3), rows or [("—", "没有在办事项")]))
    facts = [
        ("岗位", str(hand_over.post)),
        ("移交人", str(hand_over.giver)),
        ("接收人", str(hand_over.taker)),
        ("移交日期", day_of(hand_over.on)),
        ("状态", hand_over.get_standing_display()),
    ]
    if roles := roles_of_paper(hand_over):
        facts.append(("系统角色", "、".join(roles)))
    if kept := kept_of(hand_over):
        facts.append(("留在移交人名下", "、".join(kept)))
    if hand_over.remarks:
        facts.append(("其他说明", hand_over.remarks))
    return Paper(
        title="岗位移交清单",
        organ=hand_over.organ.name,
        day=day_of(hand_over.on),
        facts=facts,
        tables=tables,
        closing="移交人、接收人对上列内容核对无误。监交人确认后，任职、系统角色和在办事项同时转给接收人。",
        signatures=_signatures(hand_over),
    )


def work_of(hand_over: HandOver) -> list[tuple[str, list[str]]]:
    """The open work by kind: what went over, or what is to go over."""
    if hand_over.standing == Standing.CONFIRMED:
        return [(kind["label"], kind["texts"]) for kind in hand_over.moved]
    found = open_work_of(hand_over.giver, hand_over.organ, without=hand_over.keeps)
    return [(kind.label, [item.text for item in items]) for kind, items in found]


def kept_of(hand_over: HandOver) -> list[str]:
    """Kinds of work that stay with the giver, in words."""
    return [kind.label for kind in work_kinds() if kind.key in hand_over.keeps]


def roles_of_paper(hand_over: HandOver) -> list[str]:
    """The roles in words: what went over, or what is to go over."""
    if hand_over.standing == Standing.CONFIRMED:
        return list(hand_over.moved_roles)
    chosen = hand_over.roles.select_related("organ").order_by("pk")
    return [f"{one.organ.name}{one.get_role_display()}" for one in chosen]


def _signatures(hand_over: HandOver) -> list[Signature]:
    done = hand_over.signatures
    found = []
    for act, label in ((Act.GIVE, "移交人"), (Act.TAKE, "接收人"), (Act.CONFIRM, "监交人")):
        step = done.get(act)
        if step is None:
            found.append(Signature(label))
        else:
            at = timezone.localtime(step.at)
            found.append(Signature(label, str(step.person), f"{day_of(at.date())}{at:%H:%M}"))
    return found
