"""Forms of the back office for applications."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone

from gongkai.agencies.models import Department, Organ
from gongkai.core.disclosure.clock import CONFIRMED_CHANNELS, Channel
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.inforequests.models import (
    ConfidentialityReview,
    Consultation,
    Delivery,
    Dispute,
    FeeNotice,
    InfoRequest,
    OfficeProfile,
)
from gongkai.inforequests.models.requests import APPLICANT_CHOICES, CHANNEL_LABELS
from gongkai.inforequests.services.deciding import MADE_ELSEWHERE
from gongkai.inforequests.services.intake import Filing

CHOSEN = [d for d in DECISIONS if d.code not in MADE_ELSEWHERE]
DECISION_GROUPS = [
    ("予以公开、部分公开", [d for d in CHOSEN if d.row in {"r3_1", "r3_2"}]),
    ("不予公开", [d for d in CHOSEN if d.row.startswith("r3_3")]),
    ("无法提供", [d for d in CHOSEN if d.row.startswith("r3_4")]),
    ("不予处理", [d for d in CHOSEN if d.row.startswith("r3_5")]),
    ("其他处理", [d for d in CHOSEN if d.row.startswith("r3_6")]),
]
GROUPED_CODES = [
    ("", "请选择"),
    *[
        (name, [(d.code, f"{d.ground}（{d.article}）" if d.article else d.ground) for d in group])
        for name, group in DECISION_GROUPS
    ],
]


def day_field(
    label: str, *, required: bool = True, initial_today: bool = True, **extra: Any
) -> forms.DateField:
    """A date with the browser's own picker."""
    return forms.DateField(
        label=label,
        required=required,
        initial=timezone.localdate if initial_today else None,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **extra,
    )


def text_field(label: str, *, rows: int = 3, required: bool = True, limit: int = 4000, **extra: Any):
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        **extra,
    )


class PickField(forms.TypedChoiceField):
    """Which of several; the view gives the choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


class RegisterForm(forms.Form):
    """An application from counter, post, fax or e-mail, typed by staff."""

    channel = forms.ChoiceField(
        label="提交方式",
        choices=[(c.value, label) for c, label in CHANNEL_LABELS.items() if c is not Channel.WEB],
    )
    submitted_on = day_field("提交、投寄或发出日期", initial_today=False)
    arrived_on = day_field("到达本机关日期", help_text="须签收的邮件为签收之日。", initial_today=False)
    confirmed_on = day_field(
        "与申请人确认日期",
        required=False,
        initial_today=False,
        help_text="平常信函、传真、电子邮件从确认之日起算期限；还没有确认的先空着。",
    )
    applicant_kind = forms.ChoiceField(label="申请人类别", choices=APPLICANT_CHOICES)
    applicant_name = forms.CharField(label="姓名或名称", max_length=100)
    identity_kind = forms.ChoiceField(label="证件类型", choices=InfoRequest.IdentityKind.choices)
    identity_number = forms.CharField(label="证件号码", max_length=40)
    contact_name = forms.CharField(label="联系人", max_length=50, required=False)
    telephone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码是 6 位数字，请核对。"},
    )
    subject = forms.CharField(label="信息名称", max_length=200, help_text="一句话，用于列表和文书。")
    content = text_field("所需政府信息内容描述", rows=6)
    medium = forms.ChoiceField(label="信息载体", choices=InfoRequest.Medium.choices)
    obtain = forms.ChoiceField(label="获取方式", choices=InfoRequest.Obtain.choices)
    assisted = forms.BooleanField(label="申请人书写确有困难，由我代为填写（第二十九条）", required=False)
    files = forms.FileField(label="身份证明", required=False, help_text="JPG、PNG 或 PDF，不超过 10 MB。")
    submission_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    GROUPS = (
        ("从哪里来", ("channel", "submitted_on", "arrived_on", "confirmed_on")),
        (
            "申请人",
            (
                "applicant_kind",
                "applicant_name",
                "identity_kind",
                "identity_number",
                "contact_name",
                "telephone",
                "email",
                "address",
                "postcode",
                "files",
                "assisted",
            ),
        ),
        ("要什么信息", ("subject", "content", "medium", "obtain")),
    )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(name, [self[field] for field in fields]) for name, fields in self.GROUPS]

    def filing(self) -> Filing:
        return Filing(**{name: self.cleaned_data[name] for name in Filing.__dataclass_fields__})

    def moments(self) -> dict[str, Any]:
        day = self.cleaned_data["submitted_on"]
        return {
            "channel": Channel(self.cleaned_data["channel"]),
            "submitted_at": timezone.make_aware(datetime.combine(day, time(0, 0))),
            "arrived_on": self.cleaned_data["arrived_on"],
            "confirmed_on": self.cleaned_data["confirmed_on"],
        }

    def clean(self):
        given = super().clean()
        channel = given.get("channel")
        if given.get("confirmed_on") and channel and Channel(channel) not in CONFIRMED_CHANNELS:
            self.add_error("confirmed_on", "当面提交和须签收的邮件不需要确认，请清空这一栏。")
        return given


class OnForm(forms.Form):
    """An act that needs only its day."""

    on = day_field("日期")


class ConfirmForm(OnForm):
    on = day_field("与申请人确认的日期")


class ContactForm(forms.Form):
    how = forms.CharField(label="联系方式", max_length=40, help_text="例如：电话、短信、电子邮件。")
    reached = forms.BooleanField(label="联系上了申请人", required=False)
    note = forms.CharField(label="情况", max_length=200, required=False)


class AssignForm(forms.Form):
    handler = forms.ModelChoiceField(get_user_model().objects.none(), label="经办人", empty_label=None)
    department = forms.ModelChoiceField(Department.objects.none(), label="承办部门", required=False)

    def __init__(self, *args: Any, handlers: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = handlers
        self.fields["department"].queryset = departments


class CorrectionNoticeForm(OnForm):
    unclear = text_field("哪里不明确", help_text="一次告知全部需要补正的内容。")
    guidance = text_field("怎样补正")


class CorrectionForm(OnForm):
    on = day_field("收到补正日期")
    content = text_field("补正后的描述", rows=5)
    late_reason = forms.CharField(label="逾期的正当理由", max_length=300, required=False)


class ConsultForm(OnForm):
    kind = forms.ChoiceField(label="征求对象", choices=Consultation.Kind.choices)
    party = forms.CharField(label="名称", max_length=100)
    contact = forms.CharField(label="联系方式", max_length=200, required=False)
    passages = text_field("涉及的信息", rows=4, help_text="只写与对方有关的部分，对方只看到这些。")
    on = day_field("发出日期")
    reached_on = day_field("对方收到日期", required=False, initial_today=False)


class ReachedForm(OnForm):
    consultation = PickField(label="哪一份征求意见函")
    on = day_field("对方收到日期")


class ConsultationAnswerForm(OnForm):
    consultation = PickField(label="哪一份征求意见函")
    answer = forms.ChoiceField(
        label="答复", choices=[c for c in Consultation.Answer.choices if c[0] != Consultation.Answer.SILENT]
    )
    opinion = text_field("意见和理由", required=False)
    on = day_field("收到答复日期")


class TellThirdPartyForm(OnForm):
    consultation = PickField(label="告知谁")
    content = text_field("决定公开的内容")
    reasons = text_field("公开的理由", help_text="写明不公开会怎样重大影响公共利益。")


class ConfirmOnlyForm(forms.Form):
    """An act that asks for nothing."""


class DepartmentForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects.none(), label="协办部门", empty_label=None)
    task = forms.CharField(label="协办事项", max_length=200)
    due_on = day_field("反馈期限", initial_today=False)

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


class DepartmentDoneForm(forms.Form):
    assignment = PickField(label="哪一项协办")
    result = text_field("协办意见")


class SearchForm(forms.Form):
    scope = forms.CharField(label="检索范围", max_length=300, help_text="查了哪些部门、案卷、年度。")
    systems = forms.CharField(
        label="检索系统", max_length=300, help_text="例如：公文系统、档案系统、纸质档案。"
    )
    keywords = forms.CharField(label="检索词", max_length=300)
    searched_by = forms.CharField(label="检索人", max_length=100)
    searched_on = day_field("检索日期")
    found = text_field("检索结果", rows=2, limit=500)


class ExtendForm(OnForm):
    working_days = forms.IntegerField(label="延长工作日数", min_value=1, max_value=20, initial=20)
    reason = text_field("理由", help_text="会告知申请人。")


class ReasonNoticeForm(OnForm):
    evidence = text_field("申请数量、频次的事实", help_text="例如：一定期间内的件数、内容和分布。")


class GivenReasonForm(OnForm):
    reason = text_field("申请人说明的理由")
    on = day_field("收到日期")


class AcceptReasonForm(OnForm):
    until = day_field(
        "延迟至",
        required=False,
        initial_today=False,
        help_text="能在原期限内答复的空着；不能的，写合理的日期。",
    )


class WhyForm(forms.Form):
    why = text_field("理由")


class FeeForm(OnForm):
    standard = forms.ChoiceField(label="计收标准", choices=FeeNotice.Standard.choices)
    count = forms.IntegerField(
        label="提供页数", min_value=0, initial=0, help_text="按量计收时填写；按件计收由系统按当月件数计算。"
    )
    reason = text_field("收费理由", limit=300)


class PaymentForm(OnForm):
    on = day_field("缴费日期")
    receipt = forms.CharField(label="票据号码", max_length=100)


class SplitForm(forms.Form):
    texts = text_field("分项", rows=5, help_text="每行一项。")


class ItemForm(forms.Form):
    item = PickField(label="哪一项")
    code = forms.ChoiceField(
        label="处理结果",
        choices=[
            (name, [c for c in group if c[0] != "D-37"]) if isinstance(group, list) else (name, group)
            for name, group in GROUPED_CODES
        ],
    )
    reason = text_field("理由或者提供情况", rows=2)


class CodeForm(forms.Form):
    """First half of drafting: which outcome."""

    code = forms.ChoiceField(label="办理结果", choices=GROUPED_CODES)


class ReviewForm(forms.Form):
    conclusion = forms.ChoiceField(label="结论", choices=ConfidentialityReview.Conclusion.choices)
    basis = forms.CharField(
        label="依据",
        max_length=300,
        initial="《中华人民共和国保守国家秘密法》《政府信息公开条例》第十四条至第十七条",
    )
    opinion = text_field("审查意见")


class UploadForm(forms.Form):
    file = forms.FileField(label="要提供的文件", help_text="PDF、Word、Excel 或图片，不超过 50 MB。")


class OpinionForm(forms.Form):
    opinion = forms.CharField(label="审批意见", max_length=500, required=False)


class ReturnForm(forms.Form):
    opinion = text_field("退回理由和修改要求", rows=2, limit=500)


class ServeForm(OnForm):
    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    on = day_field("日期", help_text="邮寄为交邮日期，当面领取为签收日期，电子送达为发出日期。")
    receipt = forms.CharField(
        label="送达凭证",
        max_length=100,
        required=False,
        help_text="邮件号码、签收人或者发送记录；网上送达可空着。",
    )


class WithdrawForm(OnForm):
    written_by = forms.CharField(
        label="书面材料和核对身份的方式",
        max_length=300,
        help_text="例如：申请人签名的撤回申请书，核对身份证原件。",
    )


class KindForm(forms.Form):
    kind = forms.ChoiceField(label="更正为", choices=APPLICANT_CHOICES)
    reason = forms.CharField(label="理由", max_length=200)


class RevealForm(forms.Form):
    reason = forms.CharField(label="查看理由", max_length=200, help_text="谁在何时为何查看会记入日志。")


class ProfileForm(forms.ModelForm):
    class Meta:
        model = OfficeProfile
        fields = [
            "mark",
            "office_name",
            "address",
            "postcode",
            "telephone",
            "fax",
            "email",
            "hours",
            "review_body",
            "court",
            "payment_guide",
            "correction_working_days",
            "reason_working_days",
            "retention_years",
            "region",
        ]
        widgets = {"payment_guide": forms.Textarea(attrs={"rows": 3})}


class TemplateForm(forms.Form):
    title = forms.CharField(label="标题", max_length=60)
    body = text_field("正文", rows=16, limit=20_000)
    note = forms.CharField(label="修改说明", max_length=200)


class DisputeForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=Dispute.Kind.choices)
    case_number = forms.CharField(label="案号", max_length=100)
    body = forms.CharField(label="复议机关或者法院", max_length=100)
    filed_on = day_field("收到日期", initial_today=False)
    requests = forms.CharField(
        label="涉及的申请编号",
        max_length=400,
        required=False,
        help_text="多件用空格隔开。本机关只作为复议机关被诉的，不填。",
    )
    after = forms.ModelChoiceField(Dispute.objects.none(), label="此前的复议", required=False)
    is_codefendant_here = forms.BooleanField(
        label="本机关作为复议机关是共同被告（由原行为机关填报，本机关不计）", required=False
    )

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = Dispute.objects.filter(organ=organ, kind=Dispute.Kind.RECONSIDERATION)


class StageForm(OnForm):
    name = forms.CharField(label="阶段", max_length=60, help_text="例如：提交答复、开庭、收到决定书。")
    due_on = day_field("下一期限", required=False, initial_today=False)
    note = text_field("说明", required=False, rows=2)


class ResultForm(OnForm):
    result = forms.ChoiceField(label="结果", choices=Dispute.Result.choices)
    on = day_field("审结日期")
    redo_due_on = day_field("责令重新答复的期限", required=False, initial_today=False)
    note = text_field("说明", required=False, rows=2)


class HandOverForm(forms.Form):
    leaving = forms.ModelChoiceField(get_user_model().objects.none(), label="移交人", empty_label=None)
    successor = forms.ModelChoiceField(get_user_model().objects.none(), label="接办人", empty_label=None)
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].queryset = people
        self.fields["successor"].queryset = people
