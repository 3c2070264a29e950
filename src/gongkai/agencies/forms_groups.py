"""Forms of groups and their members."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.errors import GroupRefused
from gongkai.agencies.forms import day_field
from gongkai.agencies.models import GroupMember, Organ, User, WorkingGroup
from gongkai.agencies.rosters import seats_of
from gongkai.agencies.services.working_groups import Seat

_LINES_HELP = (
    "每行一人：组内职务，姓名或者席位，单位和职务，办公电话（可以不写）。可以从表格里整列复制粘贴。"
    "例如：组长，管委会主要负责人，管委会主任"
)


def _lines_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label="成员",
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_LINES_HELP,
    )


class _SeatsMixin:
    """Lines of members, read with the number of each faulty line."""

    def clean_lines(self) -> list[Seat]:
        try:
            return seats_of(self.cleaned_data["lines"])
        except GroupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class EstablishForm(_SeatsMixin, forms.Form):
    """A new group by its document."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    name = forms.CharField(label="名称", max_length=100, help_text="写全称，例如：示例县政务公开领导小组。")
    kind = forms.ChoiceField(label="类别", choices=WorkingGroup.Kind.choices)
    document_number = forms.CharField(label="成立文件的文号", max_length=60)
    document_on = day_field("成立文件的日期")
    valid_from = day_field("成立日期")
    duties = forms.CharField(label="职责", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    lines = _lines_field(required=False)

    def __init__(self, *given: Any, organs: list[Organ], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])


class AddMembersForm(_SeatsMixin, forms.Form):
    """Who joins, from when, why."""

    lines = _lines_field(required=True)
    on = day_field("变动日期", help_text="从这一天起在组内。")
    reason = forms.CharField(label="原因或者依据", max_length=300, help_text="写明调整文件的文号，或者原因。")


class ChangeMemberForm(forms.Form):
    """Who leaves, and who comes instead."""

    on = day_field("变动日期", help_text="原成员到前一天为止；接任的从这一天起。")
    reason = forms.CharField(label="原因或者依据", max_length=300, help_text="写明调整文件的文号，或者原因。")
    name = forms.CharField(
        label="接任的姓名或者席位", max_length=60, required=False, help_text="不填表示只退出，不更换。"
    )
    post_title = forms.CharField(label="接任的单位和职务", max_length=100, required=False)
    position = forms.ChoiceField(label="接任的组内职务", choices=GroupMember.Position.choices, required=False)
    telephone = forms.CharField(label="接任的办公电话", max_length=40, required=False)
    user = forms.ModelChoiceField(
        User.objects.none(), label="接任的系统账号", required=False, empty_label="没有账号"
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("name") and not data.get("post_title"):
            self.add_error("post_title", "请填写接任人的单位和职务。")
        if (data.get("post_title") or data.get("user")) and not data.get("name"):
            self.add_error("name", "请填写接任的姓名或者席位。")
        return data

    @property
    def successor(self) -> Seat | None:
        data = self.cleaned_data
        if not data["name"]:
            return None
        return Seat(data["position"], data["name"], data["post_title"], data["telephone"], data["user"])


class DutiesForm(forms.Form):
    """The duties written anew."""

    duties = forms.CharField(label="职责", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    on = day_field("调整日期")
    reason = forms.CharField(label="原因或者依据", max_length=300)


class EndGroupForm(forms.Form):
    """The last day, and why."""

    on = day_field("撤销日期", help_text="小组和成员到这一天为止。")
    reason = forms.CharField(label="原因或者依据", max_length=300)
