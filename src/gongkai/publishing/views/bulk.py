"""Many items at once, from the bar below a column's list: taking off (批量撤下) and moving (批量移动), with a reason.

Wagtail's own bulk actions on items stay refused (``wagtail_hooks.no_bulk_way_around``); these ask our services.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from gongkai.agencies.shell import organs_or_refuse, page, sentence
from gongkai.publishing import selectors, services
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.forms import MoveManyForm, WithdrawManyForm
from gongkai.publishing.judging import MAX_AT_ONCE, Judged, judge_move, judge_withdrawal
from gongkai.publishing.models import ColumnPage

Refused = (PublishingError, PermissionDenied)
_DIGITS = 12  # of a page's number; longer ones are nobody's


class _ItemsAction(PageBulkAction):
    """What both share: the pages ticked, what stands against each, one form with a reason."""

    act = ""
    verb = ""
    warning = ""
    button_class = ""

    def dispatch(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        organs_or_refuse(selectors.organs_for(request.user, self.act), self.act)
        return super().dispatch(request, *args, **given)

    @cached_property
    def ticked(self) -> list[Page]:
        """The pages ticked in the list, one more than allowed at the most."""
        wanted = self.request.GET.getlist("id")
        if "all" in wanted:
            parent = Page.objects.filter(pk=_number(self.request.GET.get("childOf", ""))).first()
            if parent is None:
                raise Http404("没有这个栏目")
            wanted = self.get_all_objects_in_listing_query(parent.pk)[: MAX_AT_ONCE + 1]
        numbers = {_number(str(one)) for one in wanted}
        found = list(Page.objects.filter(pk__in=numbers).order_by("path")[: MAX_AT_ONCE + 1])
        if not found:
            raise Http404("没有选中的信息")
        return found

    @cached_property
    def column(self) -> Page:
        return self.ticked[0].get_parent()

    @property
    def back(self) -> str:
        is_own = self.next_url == self.request.path
        return reverse("wagtailadmin_explore", args=[self.column.pk]) if is_own else self.next_url

    @abstractmethod
    def judged(self, form: forms.Form) -> list[Judged]:
        """Each ticked page, and what stands against the act."""

    @abstractmethod
    def carry_out(self, pages: list[int], given: dict[str, Any]) -> str:
        """Do it; gives what to tell."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            told = self.carry_out(self._wanted(), form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
            return self.form_invalid(form)
        messages.success(self.request, told)
        return redirect(self.back)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self._page(form, status=422)

    def get(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        return self._page(self.get_form())

    def _wanted(self) -> list[int]:
        """All that were ticked; or those of them that the second button names."""
        ticked = [one.pk for one in self.ticked]
        named = {_number(one) for one in self.request.POST.get("only", "").split(",")}
        return [pk for pk in ticked if pk in named] if self.request.POST.get("only") else ticked

    def _page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        rows = self.judged(form)
        able = [one.page.pk for one in rows if one.may]
        explore = reverse("wagtailadmin_explore", args=[self.column.pk])
        return page(
            self.request,
            "publishing/bulk.html",
            title=self.display_name,
            crumbs=[(self.column.get_admin_display_title(), explore)],
            status=status,
            rows=rows,
            form=form,
            verb=self.verb,
            warning=self.warning,
            button_class=self.button_class,
            keep=self.action_type,
            back=self.back,
            able=able,
            unable=len(rows) - len(able),
            only=",".join(map(str, able)),
            too_many=len(self.ticked) > MAX_AT_ONCE,
            limit=MAX_AT_ONCE,
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


class WithdrawItemsAction(_ItemsAction):
    """批量撤下."""

    display_name = "批量撤下"
    aria_label = "撤下选中的信息，写明理由"
    action_type = "chexia"
    action_priority = 1
    form_class = WithdrawManyForm
    act = "撤下信息"
    verb = "撤下"
    warning = "撤下后公众立即看不到，定时发布的也一并取消；索引号不变，再发布须重新送审。"
    button_class = "no"

    def judged(self, form: forms.Form) -> list[Judged]:
        return judge_withdrawal(self.ticked[:MAX_AT_ONCE], self.request.user, timezone.localdate())

    def carry_out(self, pages: list[int], given: dict[str, Any]) -> str:
        done = services.withdraw_items(pages=pages, actor=self.request.user, reason=given["reason"])
        return f"已撤下 {len(done)} 条信息，公众不能再看到。"


class MoveItemsAction(_ItemsAction):
    """批量移动."""

    display_name = "批量移动"
    aria_label = "把选中的信息移到别的栏目，写明理由"
    action_type = "yidong"
    action_priority = 2
    form_class = MoveManyForm
    act = "移动信息"
    verb = "移动"
    warning = (
        "审核是对“在哪个栏目发布什么”作出的：已发布的信息先撤下，移到新栏目，重新审核通过后才上线。"
        "索引号不变；上线后，原来的网址自动转到新网址。"
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        may_submit = bool(selectors.organs_for(self.request.user, "拟稿送审"))
        return {**super().get_form_kwargs(), "may_submit": may_submit}

    def judged(self, form: forms.Form) -> list[Judged]:
        target = getattr(form, "cleaned_data", {}).get("target")
        return judge_move(self.ticked[:MAX_AT_ONCE], target, self.request.user, timezone.localdate())

    def carry_out(self, pages: list[int], given: dict[str, Any]) -> str:
        target: ColumnPage = given["target"]
        done = services.move_items(
            pages=pages, target=target, actor=self.request.user, reason=given["reason"],
            resubmit=given.get("resubmit", False),
        )  # fmt: skip
        return f"已把 {len(done)} 条信息移到“{target.title}”。"
