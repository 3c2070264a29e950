"""Forms of the organs-and-people screens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import (
    Appointment,
    Department,
    HandOver,
    HandOverLine,
    Organ,
    Post,
    RoleAssignment,
    User,
)
from gongkai.agencies.open_work import work_kinds
from gongkai.agencies.roles import Role


class OrganForm(forms.ModelForm):
    class Meta:
        model = Organ
        fields = [
            "code",
            "name",
            "short_name",
            "kind",
            "reports_separately",
            "not_counted_reason",
            "valid_from",
        ]
        widgets = {"valid_from": forms.DateInput(attrs={"type": "date"})}


class DepartmentForm(forms.Form):
    name = forms.CharField(label="名称", max_length=100)
    duties = forms.CharField(label="职责", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class PersonForm(forms.Form):
    username = forms.CharField(label="登录账号", max_length=150)
    name = forms.CharField(label="姓名", max_length=100)
    email = forms.EmailField(label="电子邮箱", help_text="用于到期提醒。")
    password = forms.CharField(
        label="初始密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="不少于 10 个字符，不要用常见密码。",
    )


class RoleForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.filter(is_active=True).order_by("name"), label="人员")
    role = forms.ChoiceField(label="角色", choices=Role.choices)


class EndOrganForm(forms.Form):
    on = forms.DateField(label="撤销日期", widget=forms.DateInput(attrs={"type": "date"}))
    successor = forms.ModelChoiceField(
        Organ.objects.filter(valid_to=None), label="职能承接机关", required=False, empty_label="无"
    )


class PostForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects.none(), label="内设机构")
    name = forms.CharField(label="岗位名称", max_length=100)
    duties = forms.CharField(label="岗位职责", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, organ: Organ, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = organ.departments.all()


class AppointmentForm(forms.Form):
    post = forms.ModelChoiceField(Post.objects.none(), label="岗位")
    user = forms.ModelChoiceField(User.objects.filter(is_active=True).order_by("name"), label="人员")
    valid_from = forms.DateField(label="任职日期", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, organ: Organ, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(department__organ=organ)


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class DrawUpForm(forms.Form):
    """Whose post goes to whom."""

    held = forms.ModelChoiceField(
        Appointment.objects.none(), label="移交的岗位和移交人", empty_label="请选择",
        help_text="这里列出现任的岗位；没有列出的，先在“机构与人员”里登记任职。",
    )  # fmt: skip
    taker = forms.ModelChoiceField(User.objects.none(), label="接收人", empty_label="请选择")
    on = day_field("移交日期", help_text="接收人从这一天起任职，移交人前一天离任。")

    def __init__(self, *given: Any, organs: Iterable[Organ], **more: Any) -> None:
        super().__init__(*given, **more)
        held = Appointment.objects.filter(valid_to=None, post__department__organ__in=organs)
        self.fields["held"].queryset = held.select_related("user", "post__department__organ").order_by("post")
        self.fields["held"].label_from_instance = _post_and_holder
        self.fields["taker"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")


def _post_and_holder(held: Appointment) -> str:
    return f"{held.post}（{held.post.department.organ.name}）：{held.user}"


class HandOverForm(forms.Form):
    """The list: a tick and a remark for each line, further lines, the roles that go with the post."""

    on = day_field("移交日期")
    remarks = forms.CharField(
        label="其他说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    extra = forms.CharField(
        label="补充移交内容", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="清单里没有的，每行写一项，保存后列入清单。",
    )  # fmt: skip
    roles = forms.ModelMultipleChoiceField(
        RoleAssignment.objects.none(), label="一并移交的系统角色", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="监交人确认时，从移交人收回，授予接收人；选了角色的，须由系统管理员监交。",
    )  # fmt: skip

    moves = forms.MultipleChoiceField(
        label="移交的在办事项", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="没有勾选的留在移交人名下。移交人还有其他岗位、继续办理的，不勾选。",
    )  # fmt: skip

    def __init__(self, *given: Any, hand_over: HandOver, **more: Any) -> None:
        kinds = [(kind, kind.listing(hand_over.giver, hand_over.organ)) for kind in work_kinds()]
        moves = [kind.key for kind, _ in kinds if kind.key not in hand_over.keeps]
        more.setdefault(
            "initial",
            {
                "on": hand_over.on,
                "remarks": hand_over.remarks,
                "roles": list(hand_over.roles.all()),
                "moves": moves,
            },
        )
        super().__init__(*given, **more)
        self.fields["moves"].choices = [
            (kind.key, f"{kind.label}（{len(items)} 件）") for kind, items in kinds
        ]
        self.lines = list(hand_over.lines.all())
        for line in self.lines:
            done, remark = f"第 {line.number} 项已移交", f"第 {line.number} 项备注"
            self.fields[f"done_{line.number}"] = forms.BooleanField(
                label=done, required=False, initial=line.is_done,
                widget=forms.CheckboxInput(attrs={"aria-label": done}),
            )  # fmt: skip
            self.fields[f"remark_{line.number}"] = forms.CharField(
                label=remark, required=False, max_length=200, initial=line.remark,
                widget=forms.TextInput(attrs={"aria-label": remark}),
            )  # fmt: skip
        own = RoleAssignment.objects.filter(
            user=hand_over.giver, valid_to=None, organ__path__startswith=hand_over.organ.path
        )
        self.fields["roles"].queryset = own.select_related("organ")
        self.fields["roles"].label_from_instance = lambda one: f"{one.organ.name}{one.get_role_display()}"

    @property
    def rows(self) -> list[tuple[HandOverLine, forms.BoundField, forms.BoundField]]:
        return [(line, self[f"done_{line.number}"], self[f"remark_{line.number}"]) for line in self.lines]

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "remarks": data["remarks"],
            "roles": list(data["roles"]),
            "extra": data["extra"].splitlines(),
            "keeps": [key for key, _ in self.fields["moves"].choices if key not in data["moves"]],
            "lines": {
                line.number: (data[f"done_{line.number}"], data[f"remark_{line.number}"].strip())
                for line in self.lines
            },
        }


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
