"""The editor's form of an item: defaults of its column, its free address, and what somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from gongkai.agencies.access import organs_of
from gongkai.agencies.models import Department
from gongkai.publishing.models.columns import ColumnPage


def free_slug(slug: str, parent: Page) -> str:
    """The slug itself, or with the next number where a sibling has it."""
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    number, found = 2, slug
    while found in taken:
        found = f"{slug[:240]}-{number}"
        number += 1
    return found


class ItemForm(WagtailAdminPageForm):
    """The editor's form; a person of one organ need not name it."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if self.for_user is None or "organ" not in self.fields:
            return
        organs = organs_of(self.for_user)
        self.fields["organ"].queryset = organs.order_by("path")
        chosen = self.instance.organ or (organs.first() if organs.count() == 1 else None)
        self.fields["organ"].initial = chosen
        if self.instance.organ_id is None and chosen is not None:
            self.initial["organ"] = chosen.pk
        if chosen is not None:
            self.fields["department"].queryset = Department.objects.filter(organ=chosen)
        if not self.instance.source and chosen is not None:
            self.initial["source"] = chosen.name
        if "catalogue_entry" in self.fields:
            entries = self.fields["catalogue_entry"].queryset
            self.fields["catalogue_entry"].queryset = entries.filter(
                edition__state="in_force", edition__organ=chosen
            )
        if self.instance.pk is None:
            self._take_defaults()

    def clean(self) -> dict[str, Any]:
        """Items of one name are common; their addresses are told apart without asking the clerk."""
        slug = self.cleaned_data.get("slug")
        if slug and self.instance.pk is None and self.parent_page is not None:
            self.cleaned_data["slug"] = free_slug(slug, self.parent_page)
        if (newer := self._saved_meanwhile()) is not None:
            by = newer.user or "别人"
            told = (
                f"您打开这一页以后，{by}在 {timezone.localtime(newer.created_at):%H:%M} 保存过这条信息，这次没有保存。"
                "您写的都还在这一页。请在“历史”里核对对方改了什么；再按一次保存，就以这一页的内容为准。"
            )
            self.add_error(None, told)
        when = self.cleaned_data.get("go_live_at")
        if when is not None and "go_live_at" in self.changed_data and when < timezone.now():
            told = f"定时发布的时间 {timezone.localtime(when):%Y-%m-%d %H:%M} 已经过去，请改为以后的时间，或者留空。"
            self.add_error("go_live_at", told)
        return super().clean()

    def _saved_meanwhile(self) -> Any:
        """The version that somebody saved after this form was opened; None where there is none.

        Wagtail's own question of automatic saves, asked of every save: another version is the latest now, or the one that
        was opened has been rewritten in its place by an automatic save elsewhere, which only its moment tells.
        """
        latest = self.instance.latest_revision if self.instance.pk else None
        if latest is None:
            return None
        # What this page saved by itself meanwhile is named first; no two pages rewrite the same version.
        if own := str(self.data.get("overwrite_revision_id") or ""):
            return latest if own.isdecimal() and int(own) != latest.pk else None
        loaded = str(self.data.get("loaded_revision_id") or "")
        if not loaded.isdecimal():
            return None
        if int(loaded) != latest.pk:
            return latest
        moment = str(self.data.get("loaded_revision_created_at") or "")
        return latest if moment and moment != latest.created_at.isoformat() else None

    def _take_defaults(self) -> None:
        """A new item begins as its column says."""
        column = self.parent_page.specific if self.parent_page is not None else None
        if not isinstance(column, ColumnPage):
            return
        for name, value in (
            ("category", column.category),
            ("topic", column.default_topic),
            ("body", column.body_template),
            ("department", column.owner_department_id),
        ):
            if name in self.fields and value and not self.initial.get(name):
                self.initial[name] = value
