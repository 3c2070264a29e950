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


class StyleEntryForm(forms.Form):
    """One entry, or its next version."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="适用机关", empty_label=None,
                                   help_text="也适用于它的下级机关。")  # fmt: skip
    kind = forms.ChoiceField(
        label="类别",
        choices=StyleEntry.Kind.choices,
        help_text="规范用语：查出错误写法并给出正确写法。白名单：人名、地名、品牌、已公布的电话等，不再误报。",
    )
    wrong = forms.CharField(
        label="错误写法", max_length=LONGEST, help_text="至少两个字，按原样查找；白名单写要放过的词。"
    )
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
    in_force_from = forms.DateField(
        label="启用日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, *args: Any, organs: Sequence[Organ] = (), entry: StyleEntry | None = None, **given: Any
    ) -> None:
        if entry is not None:
            shown = {name: getattr(entry, name) for name in self.base_fields if name not in {"organ", "kind"}}
            given["initial"] = {**shown, "in_force_from": max(timezone.localdate(), entry.in_force_from)}
        else:
            given.setdefault("initial", {"in_force_from": timezone.localdate()})
        super().__init__(*args, **given)
        if entry is not None:
            del self.fields["organ"], self.fields["kind"]
            return
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])
        self.fields["organ"].label_from_instance = str
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0].pk
