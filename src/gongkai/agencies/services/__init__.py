"""Acts on organs and people."""

from gongkai.agencies.services.assign_role import assign_role, end_role, sync_groups
from gongkai.agencies.services.filings import add_receipt, file_changes, set_rule
from gongkai.agencies.services.hand_overs import (
    amend,
    confirm,
    draw_up,
    make_void,
    send_back,
    sign_as_giver,
    sign_as_taker,
)
from gongkai.agencies.services.organs import (
    OrganInUse,
    create_department,
    create_organ,
    create_person,
    end_organ,
    set_active,
)
from gongkai.agencies.services.posts import appoint, create_post
from gongkai.agencies.services.working_groups import (
    add_members,
    change_duties,
    change_member,
    end_group,
    establish_group,
)

__all__ = [
    "OrganInUse",
    "add_members",
    "add_receipt",
    "amend",
    "appoint",
    "assign_role",
    "change_duties",
    "change_member",
    "confirm",
    "create_department",
    "create_organ",
    "create_person",
    "create_post",
    "draw_up",
    "end_group",
    "end_organ",
    "end_role",
    "establish_group",
    "file_changes",
    "make_void",
    "send_back",
    "set_active",
    "set_rule",
    "sign_as_giver",
    "sign_as_taker",
    "sync_groups",
]
