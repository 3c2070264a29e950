"""Sending a published item to the official account, and keeping what became of it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.integrations.wechat.delivery import CHANNEL, leave_article
from gongkai.publishing import access
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ChannelRelease, ItemPage

_C, _S = ChannelRelease.Channel, ChannelRelease.State
MAX_CONTENT = 19_000  # the platform takes fewer than 20,000 characters
MAX_DIGEST = 110
_PICTURE = re.compile(r"<(?:img|embed|iframe|video)\b[^>]*/?>", re.IGNORECASE)
_OWN_LINK = re.compile(r'\bhref="/')


def article_of(item: ItemPage) -> dict[str, Any]:
    """An item as the platform takes it: title, text without pictures, a way to the original.

    Raises:
        ReviewRefused: longer than the platform takes.
    """
    origin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    text = _OWN_LINK.sub(f'href="{origin}/', _PICTURE.sub("", expand_db_html(item.body)))
    if len(item.blocks) or item.attachments.exists():
        text += "<p>表格、图片和附件请点“阅读原文”。</p>"
    if len(text) > MAX_CONTENT:
        raise ReviewRefused("正文太长，公众号不超过 2 万字符。请另写一条简短的信息，送审后再发。")
    return {
        "title": item.title, "author": item.author[:8], "digest": (item.summary or item.plain_text)[:MAX_DIGEST],
        "content": f"<p>{escape(item.source)}</p>{text}", "content_source_url": item.full_url or "",
        "thumb_media_id": settings.WECHAT_COVER, "need_open_comment": 0,
    }  # fmt: skip


@transaction.atomic
def send_to_wechat(*, item: ItemPage, publish: bool, actor: User) -> ChannelRelease:
    """Send exactly what was released; the same content is sent once.

    Args:
        publish: ask the platform to publish the draft too; else a person does it there.

    Raises:
        ReviewRefused: not live, too long, sent already, or no cover set.
    """
    item = ItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    access.require(actor, "发布到其他渠道", item.organ)
    if not item.live or not item.released_digest:
        raise ReviewRefused("先在网站发布，再发到公众号。")
    if not settings.WECHAT_COVER:
        raise ReviewRefused("没有设置公众号的封面图片，请联系系统管理员。")
    key = f"{CHANNEL}-{item.pk}-{item.released_digest[:32]}"
    if ChannelRelease.objects.filter(key=key).exists():
        raise ReviewRefused("这一版内容已经发到公众号，看“其他渠道”里的记录。")
    made = ChannelRelease.objects.create(
        item=item, channel=_C.WECHAT, state=_S.QUEUED, key=key, digest=item.released_digest, by=actor
    )
    leave_article(
        article=article_of(item), publish=publish, key=key, what=f"发公众号：{item.title}"[:120],
        organ_code=item.organ.code,
    )  # fmt: skip
    record_event("item.to_wechat", item, actor=actor, organ_code=item.organ.code, publish=publish, key=key)
    return made


@transaction.atomic
def note_on_board(*, item: ItemPage, place: str, actor: User) -> ChannelRelease:
    """Note that a published item was put up on a board (公开栏).

    Raises:
        ReviewRefused: not live, or no place given.
    """
    access.require(actor, "发布到其他渠道", item.organ)
    if not item.live:
        raise ReviewRefused("先在网站发布，再张贴。")
    if not place.strip():
        raise ReviewRefused("请写明张贴在哪里。")
    serial = item.channel_releases.filter(channel=_C.BOARD).count() + 1
    made = ChannelRelease.objects.create(
        item=item, channel=_C.BOARD, state=_S.PUBLISHED, key=f"board-{item.pk}-{serial}",
        digest=item.released_digest, note=place.strip()[:500], by=actor,
    )  # fmt: skip
    record_event("item.on_board", item, actor=actor, organ_code=item.organ.code, place=place.strip())
    return made


def note_moved(key: str, state: str, reference: str, url: str, **_: Any) -> None:
    """What became of an article (signal ``article_moved``)."""
    found = ChannelRelease.objects.filter(key=key).first()
    if found is not None:
        found.state, found.reference = state, reference
        found.url, found.note = url or found.url, ""
        found.save()


def note_given_up(channel: str, key: str, why: str, **_: Any) -> None:
    """A message stands still (signal ``given_up``): the record says why."""
    ChannelRelease.objects.filter(key=key.removesuffix("-outcome"), channel=_C.WECHAT).update(
        state=_S.FAILED, note=why[:500]
    )
