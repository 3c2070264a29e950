"""Forms of the style book and of decisions on findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.core.proofreading import Severity
from gongkai.proofing.models import SEVERITY_CHOICES, StyleEntry
from gongkai.proofing.models.style_book import LONGEST

_LINES = {"rows": 3}
_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
_KIND = StyleEntry.Kind
_DATED = ("valid_from", "valid_to", "number")
_TRIED = ("unless", "must_find", "must_not_find")
# Fields that a kind of entry has not.
_WITHOUT = {
    _KIND.WORDING: _DATED,
    _KIND.WHITE: ("right", "severity", *_TRIED, *_DATED),
    _KIND.PERSON: ("severity", *_TRIED),
    _KIND.LAW: ("severity", *_TRIED),
}
# What a field is called for a kind, and what is said under it.
_WORDS = {
    _KIND.WHITE: {"wrong": ("放过的词", "人名、地名、品牌、已公布的电话等，至少两个字。")},
    _KIND.PERSON: {
        "wrong": ("姓名", "校对时，紧挨职务或者“同志”的姓名差一个字，按严重问题提出。"),
        "right": ("职务", "按文稿里紧挨姓名的写法，例如“管委会副主任”；一人多职的，每个职务各写一条。"),
        "valid_from": ("任职日期", "不清楚的可以不填。"),
        "valid_to": ("离任日期", "从这一天起不再担任；仍在任的不填。"),
        "number": ("排列次序", "1 排在最前；几个人的姓名连着写时，按它核对次序。不核对的不填。"),
    },
    _KIND.LAW: {
        "wrong": ("名称", "全称，不加书名号；“中华人民共和国”可以不写。"),
        "right": ("现行的是", "已经失效的，写代替它的法律法规。"),
        "valid_from": ("施行日期", "早于这一天的文稿引用它，会提示。"),
        "valid_to": ("失效日期", "从这一天起不再施行；现行的不填。"),
        "number": ("条数", "现行版本一共多少条；引用的条文号超过它，会提示。不清楚的不填。"),
    },
}


class StyleEntryForm(forms.Form):
    """One entry, or its next version."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="适用机关", empty_label=None,
                                   help_text="也适用于它的下级机关。")  # fmt: skip
    kind = forms.ChoiceField(choices=StyleEntry.Kind.choices, widget=forms.HiddenInput)
    wrong = forms.CharField(label="错误写法", max_length=LONGEST, help_text="至少两个字，按原样查找。")
    right = forms.CharField(
        label="正确写法", max_length=LONGEST, required=False, help_text="应当删去的词，这里不填。"
    )
    severity = forms.ChoiceField(
        label="程度",
        choices=SEVERITY_CHOICES,
        initial=Severity.ERROR.value,
        help_text="严重的没有处理，信息不能发布。",
    )
    reason = forms.CharField(label="理由或依据", max_length=300)
    unless = forms.CharField(
        label="例外词", required=False, max_length=600,
        help_text="碰巧含有错误写法的词，用顿号隔开。例如“预算内”里的“算内”。",
    )  # fmt: skip
    must_find = forms.CharField(
        label="应当查出的例句", required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text="每行一句，至少一句；保存时试验。",
    )  # fmt: skip
    must_not_find = forms.CharField(
        label="不应查出的例句", required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text="每行一句，至少一句；例如写对了的句子。",
    )  # fmt: skip
    valid_from = forms.DateField(required=False, **_DAY)
    valid_to = forms.DateField(required=False, **_DAY)
    number = forms.IntegerField(required=False, min_value=1, max_value=2000)
    in_force_from = forms.DateField(label="启用日期", help_text="从这一天起随校对核对。", **_DAY)

    def __init__(
        self,
        *args: Any,
        organs: Sequence[Organ] = (),
        entry: StyleEntry | None = None,
        kind: str = _KIND.WORDING,
        **given: Any,
    ) -> None:
        if entry is not None:
            kind = entry.kind
            shown = {name: getattr(entry, name) for name in self.base_fields if name not in {"organ", "kind"}}
            given["initial"] = {**shown, "in_force_from": max(timezone.localdate(), entry.in_force_from)}
        else:
            given.setdefault("initial", {"in_force_from": timezone.localdate(), "kind": kind})
        super().__init__(*args, **given)
        self._speak_of(_KIND(kind))
        if entry is not None:
            del self.fields["organ"], self.fields["kind"]
            return
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])
        self.fields["organ"].label_from_instance = str
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0].pk

    def _speak_of(self, kind: StyleEntry.Kind) -> None:
        """Leave out what a kind has not, and call the rest by its names."""
        for name in _WITHOUT[kind]:
            del self.fields[name]
        for name, (label, told) in _WORDS.get(kind, {}).items():
            self.fields[name].label, self.fields[name].help_text = label, told
        if kind == _KIND.PERSON:
            self.fields["right"].required = True
