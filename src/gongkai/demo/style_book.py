"""The demo office's style book: a few made-up entries of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.agencies.models import Organ, User
from gongkai.proofing import services

ENTRIES = (
    # wrong, right, severity, reason, unless, must find, must not find
    ("示例园区管委", "示例工业园区管委会", "error", "机关简称以编制文件为准", "示例园区管委会", "由示例园区管委负责。", "由示例工业园区管委会负责。"),
    ("企业服务大厅", "企业服务中心", "hint", "大厅自2025年起更名", "", "请到企业服务大厅办理。", "请到企业服务中心办理。"),
    ("工业园开发区", "工业园区", "serious", "没有这个机构名称，误用会指向其他单位", "", "工业园开发区企业名单。", "工业园区企业名单。"),
)  # fmt: skip
WHITE = (("示源智造", "园区企业字号，不是错字"),)
SINCE = date(2025, 1, 1)


def load_style_book(organ: Organ, users: Mapping[str, User]) -> None:
    """Entries kept by the demo's proofreader."""
    names = ("wrong", "right", "severity", "reason", "unless", "must_find", "must_not_find")
    for entry in ENTRIES:
        values = {**dict(zip(names, entry, strict=True)), "kind": "wording", "in_force_from": SINCE}
        services.add_entry(organ=organ, actor=users["jiaodui"], values=values)
    for word, reason in WHITE:
        values = {"kind": "white", "wrong": word, "reason": reason, "in_force_from": SINCE}
        services.add_entry(organ=organ, actor=users["jiaodui"], values=values)
