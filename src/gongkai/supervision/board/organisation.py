"""What the organisation tells the board: filings that are late or near, hand-overs not confirmed on their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from gongkai.agencies import acts, selectors
from gongkai.agencies.models import HandOver, Organ, User
from gongkai.supervision.board.registry import Record, Risk, pressing, register_risk, standing


def filings_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Groups whose changes are not filed, past their day or near it."""
    return pressing(
        Record(
            f"{one.group.name}，变动 {one.count} 项没有报备{one.mark}",
            reverse("agencies:group", args=[one.group.pk]),
            one.group.organ.name,
            one.due_on,
            standing(one.due_on, today),
        )
        for one in selectors.filings_due_at(organs)
    )


def hand_overs_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Hand-overs under way whose day is past or near."""
    rows = HandOver.objects.open().filter(post__department__organ__in=organs)
    return pressing(
        Record(
            f"{one.post.name}移交：{one.get_standing_display()}",
            reverse("agencies:hand_over", args=[one.pk]),
            one.organ.name,
            one.on,
            standing(one.on, today),
            str(one.post.department),
        )
        for one in rows.select_related("post__department__organ")
    )


def _sees_groups(user: User) -> bool:
    return bool(acts.organs_for(user, "查看领导小组"))


def _sees_hand_overs(user: User) -> bool:
    return bool(acts.organs_for(user, "查看岗位移交"))


def register_organisation() -> None:
    """Take both onto the board."""
    register_risk(
        Risk(
            "baobei", "机构和人员报备", "没有报备，已超期或者 3 个工作日内到期", filings_due, _sees_groups, 70
        )
    )
    register_risk(
        Risk(
            "yijiao",
            "岗位移交",
            "没有办完，移交日期已过或者 3 个工作日内",
            hand_overs_due,
            _sees_hand_overs,
            75,
        )
    )
