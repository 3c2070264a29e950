"""Forms of the organs-and-people screens."""

from __future__ import annotations

from django import forms

from gongkai.agencies.models import Department, Organ, Post, User
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
