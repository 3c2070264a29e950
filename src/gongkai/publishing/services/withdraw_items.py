"""Taking many items off the portal at once (批量撤下), all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from gongkai.agencies.models import User
from gongkai.publishing.errors import ManyRefused, ReviewRefused
from gongkai.publishing.judging import MAX_AT_ONCE, Judged, judge_withdrawal, refusals
from gongkai.publishing.models import ItemPage
from gongkai.publishing.services.withdraw import take_down


@transaction.atomic
def withdraw_items(*, pages: Iterable[int], actor: User, reason: str) -> list[ItemPage]:
    """Take off every chosen item, with one reason; each leaves its own event.

    Args:
        pages: numbers of pages, as a person ticked them; a column among them is refused like the rest.

    Raises:
        ManyRefused: some cannot be taken off (not for this person, not live, a record needs it), so none was.
        ReviewRefused: nothing chosen, too many, or no reason.
    """
    chosen = chosen_pages(pages)
    reason = required(reason, "撤下")
    require_all(judge_withdrawal(chosen, actor, timezone.localdate()))
    items = list(ItemPage.objects.filter(pk__in=[page.pk for page in chosen]).order_by("path"))
    for item in items:
        take_down(item, actor=actor, reason=reason)
    return items


def chosen_pages(numbers: Iterable[int]) -> list[Page]:
    """The chosen pages in the tree's order, held until the transaction ends.

    Raises:
        ReviewRefused: none or too many.
    """
    wanted = set(numbers)
    if len(wanted) > MAX_AT_ONCE:
        raise ReviewRefused(f"一次最多办理 {MAX_AT_ONCE} 条，您选了 {len(wanted)} 条，请分几次办。")
    found = list(Page.objects.select_for_update().filter(pk__in=wanted).order_by("path"))
    if not found:
        raise ReviewRefused("没有选中信息，请回到栏目里勾选。")
    return found


def required(reason: str, act: str) -> str:
    """The reason without blanks around it."""
    if not reason.strip():
        raise ReviewRefused(f"请写明{act}的理由。")
    return reason.strip()


def require_all(judged: Sequence[Judged]) -> None:
    """Refuse the whole where a part cannot be done."""
    if refused := refusals(judged):
        raise ManyRefused([(one.title, one.why) for one in refused])
