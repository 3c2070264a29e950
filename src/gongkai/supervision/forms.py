"""Forms of supervision."""

from __future__ import annotations

from django import forms

from gongkai.supervision.models import Ruling


class RulingForm(forms.Form):
    """What a person says of a suspected finding."""

    says = forms.ChoiceField(label="核实结果", choices=Ruling.Says.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明看了什么、为什么这样认定。",
    )


class DayForm(forms.Form):
    """Which past day to judge again."""

    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
