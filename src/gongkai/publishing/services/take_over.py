"""A draft from a Word file or a paste."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.blocks import words_of
from gongkai.publishing.converting import Converted, from_html, from_word
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.publishing.services.import_items import keep_picture


@transaction.atomic
def take_over(
    *, column: ColumnPage, organ: Organ, actor: User, title: str, word: Any = None, pasted: str = ""
) -> tuple[ItemPage, list[str]]:
    """Make a draft; gives it with what was left out, in words.

    Args:
        title: blank to take the first heading or line of the text.

    Raises:
        ReviewRefused: nothing to take over, or no title in sight.
        UploadRefused: the file is no sound docx.
    """
    access.require(actor, "拟稿送审", organ)
    _require_place(column, actor)
    made = _converted(word, pasted)
    if not made.body and not made.blocks:
        raise ReviewRefused("没有可以导入的文字，请选择 Word 文件，或者把内容粘贴到框里。")
    name = " ".join(title.split()) or first_line(made.body) or (PurePosixPath(word.name).stem if word else "")
    if not name:
        raise ReviewRefused("请填写标题。")
    item = ItemPage(
        title=name[:255], live=False, owner=actor, organ=organ, source=organ.name, body=made.body, blocks=made.blocks,
        category=column.category, topic=column.default_topic,
    )  # fmt: skip
    ColumnPage.objects.get(pk=column.pk).add_child(instance=item)
    item.save_revision(user=actor, clean=False)
    record_event("item.taken_over", item, actor=actor, organ_code=organ.code, word=bool(word))
    return item, made.notes


def _require_place(column: ColumnPage, actor: User) -> None:
    if not column.permissions_for_user(actor).can_add_subpage():
        raise ReviewRefused(f"您不能在栏目“{column.title}”里写信息，请联系系统管理员。")


def _converted(word: Any, pasted: str) -> Converted:
    if word is None:
        return from_html(pasted)
    return from_word(word.read(), word.name, lambda data, name: keep_picture(data, name, []))


def first_line(body: str) -> str:
    """The words of the first element of a body."""
    return words_of(body.split("</", 1)[0])[:120] if body else ""
