"""The two channels of the account: an article to send, and the outcome of a publication to look up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.integrations.channels import DeliveryFailed
from gongkai.integrations.models import WechatArticle
from gongkai.integrations.outbox import leave
from gongkai.integrations.signals import article_moved
from gongkai.integrations.wechat.client import WechatClient
from gongkai.integrations.wechat.errors import FAILED, PUBLISHING

CHANNEL, OUTCOME = "wechat", "wechat_outcome"


def leave_article(
    *, article: Mapping[str, Any], publish: bool, key: str, what: str, organ_code: str = ""
) -> None:
    """Leave an article in the outbox, within the caller's transaction; ``publish`` asks to publish it too."""
    payload = {"article": dict(article), "publish": publish}
    leave(CHANNEL, payload, key=key, what=what, organ_code=organ_code)


def deliver(payload: Mapping[str, Any], key: str) -> None:
    """Add the draft, then submit it; what was done already is not done again.

    Raises:
        DeliveryFailed: what the platform says.
    """
    client = WechatClient()
    known, _ = WechatArticle.objects.get_or_create(key=key)
    if not known.media_id:
        known.media_id = client.add_draft(payload["article"])
        known.save()
        article_moved.send(WechatArticle, key=key, state="draft", reference=known.media_id, url="")
    if payload["publish"] and not known.publish_id:
        known.publish_id = client.submit(known.media_id)
        with transaction.atomic():
            known.save()
            leave(
                OUTCOME,
                {"publish_id": known.publish_id, "key": key},
                key=f"{key}-outcome",
                what="查公众号发布结果",
            )


def deliver_outcome(payload: Mapping[str, Any], key: str) -> None:
    """Look up whether a publication is done; one under way is looked up again.

    Raises:
        DeliveryFailed: under way, or failed (then for good).
    """
    state, url = WechatClient().status(payload["publish_id"])
    if state == PUBLISHING:
        raise DeliveryFailed("公众号正在发布，过一会儿再查。")
    if state in FAILED:
        article_moved.send(
            WechatArticle, key=payload["key"], state="failed", reference=payload["publish_id"], url=""
        )
        raise DeliveryFailed(f"公众号没有发布：{FAILED[state]}。", is_final=True)
    if state != 0:
        raise DeliveryFailed(f"看不懂发布状态 {state}，过一会儿再查。")
    article_moved.send(
        WechatArticle, key=payload["key"], state="published", reference=payload["publish_id"], url=url
    )
