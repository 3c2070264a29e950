"""Which of many chosen pages an act on all of them can take, and why not the others: asked before anything is done.

Few questions for many pages: the records that forbid are read once for all, the roles once for each organ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wagtail.models import GroupPagePermission, Page

from gongkai.agencies.models import Organ, User
from gongkai.publishing import access, selectors
from gongkai.publishing.models import (
    ColumnPage,
    DraftConsultation,
    ItemPage,
    NormativeDocument,
    ReleaseGrant,
    Review,
)

MAX_AT_ONCE = (
    200  # ours: what one person can look through, and one transaction holds without keeping others waiting
)
UNSEEN = "（您看不到的信息）"
_S = Review.State


@dataclass(frozen=True, slots=True)
class Judged:
    """One chosen page: ``why`` the act cannot take it ("" where it can), ``note`` what the act brings with it."""

    page: Page
    title: str
    why: str = ""
    note: str = ""
    column: str = ""
    is_shown: bool = False

    @property
    def may(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Chosen:
    """Pages that a person chose, and what is known of them."""

    pages: Sequence[Page]
    user: User
    today: date

    @cached_property
    def items(self) -> dict[int, ItemPage]:
        numbers = [page.pk for page in self.pages]
        found = ItemPage.objects.filter(pk__in=numbers).select_related("organ", "locked_by")
        return {item.pk: item for item in found}

    @cached_property
    def granted(self) -> set[int]:
        """Items with an open grant: live or on the schedule."""
        rows = ReleaseGrant.objects.filter(page__in=self.items, ended_at=None)
        return set(rows.values_list("page", flat=True))

    @cached_property
    def in_force(self) -> set[int]:
        """Items that carry a normative document in force or about to be."""
        rows = NormativeDocument.objects.published().filter(page__in=self.items).whole()
        return {
            one.page_id
            for one in rows
            if one.standing_on(self.today).is_in_force or (one.effective_on or date.min) > self.today
        }

    @cached_property
    def consulting(self) -> set[int]:
        """Items by which the public is being asked for opinions."""
        rows = DraftConsultation.objects.filter(
            page__in=self.items, opens_on__lte=self.today, closes_on__gte=self.today
        )
        return set(rows.values_list("page", flat=True))

    @cached_property
    def under_review(self) -> set[int]:
        rows = Review.objects.filter(page__in=self.items, state__in=[_S.OPEN, _S.PASSED])
        return set(rows.values_list("page", flat=True))

    @cached_property
    def columns(self) -> dict[str, str]:
        """Path of a column → its title."""
        paths = {page.path[: -Page.steplen] for page in self.pages}
        return dict(Page.objects.filter(path__in=paths).values_list("path", "title"))

    def column_of(self, page: Page) -> str:
        return self.columns.get(page.path[: -Page.steplen], "")

    def is_shown(self, item: ItemPage) -> bool:
        """Live, or on the schedule to be."""
        return item.live or item.pk in self.granted

    @cached_property
    def _organs(self) -> dict[str, set[int]]:
        return {}

    def may(self, act: str, organ: Organ | None) -> bool:
        """Whether the person may do an act at an organ."""
        if act not in self._organs:
            self._organs[act] = {one.pk for one in selectors.organs_for(self.user, act)}
        return organ is not None and organ.pk in self._organs[act]

    def judged(self, page: Page, why: str, note: str = "") -> Judged:
        """Titles of drafts are for those who may see the organ's reviews."""
        item = self.items.get(page.pk)
        sees = page.live or item is None or self.may("查看审核", item.organ)
        shown = item is not None and self.is_shown(item)
        title = page.get_admin_display_title() if sees else UNSEEN
        return Judged(page, title, why, "" if why else note, self.column_of(page), shown)

    def obstacle_at_record(self, item: ItemPage) -> str:
        """Records that a taking off would break; such an item is looked at by itself."""
        if item.pk in self.in_force:
            return "是现行有效或者待施行的规范性文件，不能成批办理：先办废止、失效，或者单独撤下"
        if item.pk in self.consulting:
            return "正在公开征求意见，截止以前不能成批办理"
        return ""


def judge_withdrawal(pages: Sequence[Page], user: User, today: date) -> list[Judged]:
    """Each chosen page and whether it can be taken off."""
    chosen = Chosen(pages, user, today)
    return [chosen.judged(page, _why_not_off(chosen, page)) for page in pages]


def _why_not_off(chosen: Chosen, page: Page) -> str:
    item = chosen.items.get(page.pk)
    if item is None:
        return "是栏目，不是信息"
    if not chosen.may("撤下信息", item.organ):
        return "您没有这个机构“撤下信息”的权限"
    if not chosen.is_shown(item):
        return "没有发布，也没有定时发布"
    return chosen.obstacle_at_record(item)


def judge_move(pages: Sequence[Page], target: ColumnPage | None, user: User, today: date) -> list[Judged]:
    """Each chosen page and whether it can be moved; without a target only its own end is looked at."""
    chosen = Chosen(pages, user, today)
    end = _Target(target, user, today) if target is not None else None
    found = []
    for page in pages:
        why = _why_not_moved(chosen, page)
        if not why and end is not None:
            why = end.why_not(chosen.items[page.pk])
        found.append(chosen.judged(page, why, _what_moving_brings(chosen, page, target)))
    return found


def _why_not_moved(chosen: Chosen, page: Page) -> str:
    item = chosen.items.get(page.pk)
    if item is None:
        return "是栏目，不是信息"
    if not chosen.may("移动信息", item.organ):
        return "您没有这个机构“移动信息”的权限"
    if item.locked and item.locked_by_id != chosen.user.pk:
        return f"已被{item.locked_by or '别人'}锁定"
    if not chosen.is_shown(item):
        return ""
    if not chosen.may("撤下信息", item.organ):
        return "已发布，移动要先撤下，您没有“撤下信息”的权限"
    return chosen.obstacle_at_record(item)


def _what_moving_brings(chosen: Chosen, page: Page, target: ColumnPage | None) -> str:
    item = chosen.items.get(page.pk)
    if item is None:
        return ""
    notes = []
    if chosen.is_shown(item):
        notes.append("先撤下，重新审核通过后在新栏目发布")
    elif item.pk in chosen.under_review:
        notes.append("正在审核，移动后须重新送审")
    if target is not None and target.category and item.category and target.category != item.category:
        notes.append(f"法定类别仍是“{item.category_label}”，与栏目不同，请核对")
    return "；".join(notes)


@dataclass(frozen=True)
class _Target:
    """The column that items are to go to."""

    column: ColumnPage
    user: User
    today: date

    @cached_property
    def own(self) -> str:
        """Why nothing can go there; "" where something can."""
        if not self.column.live:
            return "目标栏目没有公开"
        if self.column.archived_on is not None and self.column.archived_on <= self.today:
            return "目标栏目已不再更新"
        owner = self.column.owner_department
        if owner is not None and not access.allowed(self.user, "移动信息", owner.organ):
            return f"目标栏目由{owner.organ.name}负责，您在那里没有“移动信息”的权限"
        return ""

    @cached_property
    def sites(self) -> list[tuple[str, str]]:
        """Each page above the column below which an organ's people draft, and the path of that organ."""
        ends = range(Page.steplen, len(self.column.path) + 1, Page.steplen)
        groups = GroupPagePermission.objects.filter(
            group__name__startswith=access.EDITORS_GROUP,
            page__path__in=[self.column.path[:end] for end in ends],
        )
        named = [
            (path, name.removeprefix(access.EDITORS_GROUP))
            for path, name in groups.values_list("page__path", "group__name").distinct()
        ]
        codes = [code for _, code in named]
        organs = dict(Organ.objects.filter(code__in=codes).values_list("code", "path"))
        return [(path, organs[code]) for path, code in named if code in organs]

    def is_on_its_site(self, item: ItemPage) -> bool:
        """Whether the column stands on the site where the item stands already, or on that of its organ or one above it."""
        if not self.sites:
            return True
        place = item.organ.path if item.organ is not None else ""
        return any(item.path.startswith(page) or place.startswith(organ) for page, organ in self.sites)

    def why_not(self, item: ItemPage) -> str:
        if self.own:
            return self.own
        if item.path[: -Page.steplen] == self.column.path:
            return "已经在这个栏目"
        if not self.is_on_its_site(item):
            return f"目标栏目不在{item.organ.name}的网站上"
        return ""


def refusals(judged: Iterable[Judged]) -> list[Judged]:
    return [one for one in judged if not one.may]
