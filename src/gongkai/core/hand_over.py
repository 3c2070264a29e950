"""Hand-over of a post (岗位移交): its states, who does which act, what the list holds unless the office says otherwise.

Three different people: the giver (移交人), the taker (接收人) and the witness (监交人). Nothing moves before the third has confirmed.
The list and the order of the signatures are ours; no authority sets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a hand-over stands."""

    DRAFT = "draft"
    GIVEN = "given"
    TAKEN = "taken"
    CONFIRMED = "confirmed"
    VOID = "void"


class Act(StrEnum):
    """What happens to it."""

    DRAW_UP = "draw_up"
    GIVE = "give"
    TAKE = "take"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    VOID = "void"


class Bar(StrEnum):
    """Why a person may not do an act."""

    NOT_NOW = "not_now"
    GIVER_ONLY = "giver_only"
    TAKER_ONLY = "taker_only"
    A_THIRD_PERSON = "a_third_person"
    NOT_THE_GIVER = "not_the_giver"


@dataclass(frozen=True, slots=True)
class Parties:
    """Keys of the two who hand over and take over."""

    giver: int
    taker: int


OPEN = (Standing.DRAFT, Standing.GIVEN, Standing.TAKEN)
_NEXT: dict[tuple[Standing, Act], Standing] = {
    (Standing.DRAFT, Act.GIVE): Standing.GIVEN,
    (Standing.GIVEN, Act.TAKE): Standing.TAKEN,
    (Standing.TAKEN, Act.CONFIRM): Standing.CONFIRMED,
    (Standing.GIVEN, Act.SEND_BACK): Standing.DRAFT,
    (Standing.TAKEN, Act.SEND_BACK): Standing.DRAFT,
    (Standing.DRAFT, Act.VOID): Standing.VOID,
    (Standing.GIVEN, Act.VOID): Standing.VOID,
    (Standing.TAKEN, Act.VOID): Standing.VOID,
}


def after(standing: Standing, act: Act) -> Standing | None:
    """Where an act leads; None when it does not follow from where the hand-over stands."""
    return _NEXT.get((standing, act))


def bar(standing: Standing, act: Act, person: int, parties: Parties) -> Bar | None:
    """What keeps a person from an act; None when nothing does. Roles are asked apart.

    A hand-over under way is sent back by the taker, or once both have signed by a third person, never by its giver.
    """
    if after(standing, act) is None:
        return Bar.NOT_NOW
    if act is Act.GIVE and person != parties.giver:
        return Bar.GIVER_ONLY
    if act is Act.TAKE and person != parties.taker:
        return Bar.TAKER_ONLY
    if act is Act.CONFIRM and person in {parties.giver, parties.taker}:
        return Bar.A_THIRD_PERSON
    if act is Act.SEND_BACK and person == parties.giver:
        return Bar.NOT_THE_GIVER
    return None


# What a disclosure post usually holds: kind and what is handed over. The list of a hand-over starts as a copy of it.
CHECKLIST: tuple[tuple[str, str], ...] = (
    ("账号", "网站后台、政务新媒体、年报报送等系统的账号清单"),
    ("账号", "移交人用过的密码已由接收人修改，移交人的登录已退出"),
    ("账号", "公众号、政务新媒体的管理员和运营者已变更"),
    ("印章证照", "依申请公开专用章、业务章等印章"),
    ("印章证照", "数字证书、UKey、动态口令设备和保管人"),
    ("文件资料", "正在办理的公文、申请、留言和承诺的期限"),
    ("文件资料", "依申请公开、规范性文件等台账和纸质档案"),
    ("文件资料", "公开指南、基本目录、制度、年度报告等底稿"),
    ("联系事项", "网站备案、域名、网站标识码的责任人和联系人已变更"),
    ("联系事项", "上级主管部门、服务商、各部门信息员的联系名单"),
    ("联系事项", "对外公布的办公电话、邮箱、值班安排"),
    ("钥匙物品", "办公室、档案柜、机房的钥匙和门禁卡"),
)
