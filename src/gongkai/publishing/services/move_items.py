"""Moving many items to another column (批量移动), all of them or none.

The same words elsewhere are another publication (ADR 0009: the column counts into the digest). What is live is therefore
taken off first and reviewed anew; its 索引号 stays, and its old address leads to the new one once it is live again.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.publishing.canonical import latest_version
from gongkai.publishing.judging import judge_move
from gongkai.publishing.models import ColumnPage, ItemPage, Review
from gongkai.publishing.models.item_form import free_slug
from gongkai.publishing.services.submit import submit
from gongkai.publishing.services.withdraw import take_down
from gongkai.publishing.services.withdraw_items import chosen_pages, require_all, required

_S = Review.State


@transaction.atomic
def move_items(
    *, pages: Iterable[int], target: ColumnPage, actor: User, reason: str, resubmit: bool = False
) -> list[ItemPage]:
    """Move every chosen item below another column, with one reason; each leaves its own event.

    Args:
        pages: numbers of pages, as a person ticked them; a column among them is refused like the rest.
        resubmit: submit at once for review what was live, scheduled or under review; this asks for the right to submit.

    Raises:
        ManyRefused: some cannot be moved (roles at either end, the column does not fit, a record needs them), so none was.
        ReviewRefused: nothing chosen, too many, no reason; or what one lacks to be submitted.
        AccessDenied: ``resubmit`` is not for this person.
    """
    chosen = chosen_pages(pages)
    reason = required(reason, "移动")
    judged = judge_move(chosen, target, actor, timezone.localdate())
    require_all(judged)
    return [_moved(one.page, target, actor, reason, resubmit, was_shown=one.is_shown) for one in judged]


def _moved(
    page: Page, target: ColumnPage, actor: User, reason: str, resubmit: bool, *, was_shown: bool
) -> ItemPage:
    item, target = ItemPage.objects.get(pk=page.pk), ColumnPage.objects.get(pk=target.pk)  # as they are now
    source = item.get_parent()
    why = f"从“{source.title}”移到“{target.title}”：{reason}"
    running = item.reviews.filter(state__in=[_S.OPEN, _S.PASSED])
    was_reviewed = running.exists()
    if was_shown:
        take_down(item, actor=actor, reason=why)
        item = ItemPage.objects.get(pk=page.pk)
    running.update(state=_S.SUPERSEDED)  # what was signed was signed for the other column
    _free_its_address(item, source, target, actor)
    action = MovePageAction(ItemPage.objects.get(pk=page.pk), target, pos="last-child", user=actor)
    action.execute(skip_permission_checks=True)  # the roles were asked for at both ends
    item = ItemPage.objects.get(pk=page.pk)
    record_event(
        "item.moved", item, actor=actor, organ_code=item.organ.code, reason=reason, source=source.pk, target=target.pk,
        source_title=source.title, target_title=target.title, was_shown=was_shown, index_number=item.index_number or "",
    )  # fmt: skip
    if resubmit and (was_shown or was_reviewed):
        submit(item=item, actor=actor, remark=why)
    return item


def _free_its_address(item: ItemPage, source: Page, target: ColumnPage, actor: User) -> None:
    """Another address where one of the target's has it already: in the page and in the version that is edited on."""
    slug = free_slug(item.slug, target)
    while slug != item.slug and free_slug(slug, source) != slug:
        slug = free_slug(f"{slug}-x", target)
    if slug == item.slug:
        return
    draft = latest_version(item)
    item.slug = slug
    item.save()
    draft.slug = slug
    draft.save_revision(user=actor, clean=False)
