"""Forms of the public pages: the three contents of Art. 29 in steps of one subject, look-up, the applicant's acts.

No purpose is asked (Art. 29 does not know it). Every message says what is wrong and what to do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.inforequests.errors import FilingFaulty
from gongkai.inforequests.models import Consultation, InfoRequest
from gongkai.inforequests.models.requests import APPLICANT_CHOICES
from gongkai.inforequests.services.intake import Filing, checked

KIND_WORDS = {
    "natural": "公民",
    "commercial": "商业企业",
    "research": "科研机构",
    "public_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他法人或者组织",
}
OBTAIN_WORDS = {
    InfoRequest.Obtain.WEB: "在本网站查询并下载",
    InfoRequest.Obtain.EMAIL: "发到我的电子邮箱",
    InfoRequest.Obtain.POST: "邮寄给我",
    InfoRequest.Obtain.COLLECT: "我到受理机构领取",
    InfoRequest.Obtain.ON_SITE: "我到受理机构当场阅读、抄录",
}


def choose(label: str, choices: Any, message: str, **extra: Any) -> forms.ChoiceField:
    """One of a few, all in view."""
    errors = {"required": message, "invalid_choice": message}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors, **extra
    )


def line(label: str, *, limit: int, message: str = "", complete: str = "", **extra: Any) -> forms.CharField:
    """One line; ``complete`` is the browser's name for what it may fill in."""
    attrs = {"autocomplete": complete} if complete else {"autocomplete": "off"}
    return forms.CharField(
        label=label,
        required=bool(message),
        widget=forms.TextInput(attrs={**attrs, **extra.pop("attrs", {})}),
        error_messages={"required": message, **too_long(limit)},
        max_length=limit,
        **extra,
    )


def text(label: str, *, rows: int, message: str = "", limit: int = 4000, **extra: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(message),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": message, **too_long(limit)},
        max_length=limit,
        **extra,
    )


def too_long(limit: int) -> dict[str, str]:
    return {"max_length": f"最多 {limit} 个字，现有 %(show_value)s 个字，请精简。"}


def tick(label: str, message: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": message})


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none screened yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=FilesInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file]


class PublicForm(forms.Form):
    """A form of the public pages.

    Attributes:
        optional_words: what stands beside the label of a field that may stay blank, where it is not "选填".
    """

    use_required_attribute = False  # the browser's own bubbles vanish and are not read out; ours stay
    optional_words: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name, field in self.fields.items():
            field.beside_label = "" if field.required else self.optional_words.get(name, "选填")


class StepForm(PublicForm):
    """One step of the application. ``so_far`` holds the answers of the other steps.

    What the whole filing would be refused for is told in the step that holds the field.
    """

    def __init__(self, *args: Any, so_far: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.so_far = so_far or {}

    def typed(self) -> dict[str, str]:
        """What was typed, right or wrong, without files."""
        return {
            name: str(self.data.get(name, ""))[: (getattr(field, "max_length", None) or 100) * 2]
            for name, field in self.fields.items()
            if name in Filing.__dataclass_fields__
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        answers = {**self.so_far, **self.typed()}
        for name, message in faults_of(answers).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, message)
        return given


def faults_of(answers: Mapping[str, str]) -> dict[str, str]:
    """Every fault of the answers as a whole, by field."""
    filing = Filing(**{name: answers.get(name, "") for name in Filing.__dataclass_fields__})
    faults: dict[str, str] = {}
    try:
        checked(filing)
    except FilingFaulty as error:
        faults = error.faults
    if filing.applicant_kind == "natural" and filing.identity_kind == InfoRequest.IdentityKind.CREDIT_CODE:
        faults.setdefault(
            "identity_kind", "公民申请请选择身份证、护照等个人证件；单位申请请把申请人改为单位。"
        )
    return faults


class InformationForm(StepForm):
    subject = line(
        "信息名称",
        limit=200,
        message="请填写想要的政府信息的名称。",
        help_text="一句话写明想要什么，知道文号的请写上。例如：示园管发〔2022〕6号文件；2025年道路保洁服务合同。",
    )
    content = text(
        "具体描述",
        rows=6,
        message="请描述想要的政府信息：名称、文号，或者便于查询的其他特征。",
        help_text="写明文件的名称、文号、时间、地点、涉及的事项等，写得越具体，查得越快。不需要说明用途。",
    )


class WayForm(StepForm):
    obtain = choose(
        "怎样取得信息",
        list(OBTAIN_WORDS.items()),
        "请选择取得信息的方式。",
    )
    medium = choose(
        "要什么形式",
        [("electronic", "电子文件"), ("paper", "纸质")],
        "请选择电子文件或者纸质。",
        help_text="信息本身只有一种形式，或者复制可能损坏原件的，本机关会改用适当的形式并说明（《条例》第四十条）。",
    )


class ApplicantForm(StepForm):
    optional_words = {"files": ""}  # needed, but one kept before will do
    applicant_kind = choose(
        "申请人是",
        [(key, KIND_WORDS[key]) for key, _ in APPLICANT_CHOICES],
        "请选择申请人的类别。",
        help_text="用于年度报告的分类统计（《条例》第五十条）。",
    )
    applicant_name = line(
        "姓名或者名称", limit=100, message="请填写申请人的姓名或者名称。", complete="name",
        help_text="与身份证明上的一致。",
    )  # fmt: skip
    identity_kind = choose("证件类型", InfoRequest.IdentityKind.choices, "请选择证件类型。")
    identity_number = line(
        "证件号码", limit=40, message="请填写证件号码。",
        help_text="《条例》第二十九条要求提供身份证明。加密保存，只有受理人员为办理这件申请可以查看，每次查看都有记录。",
        attrs={"inputmode": "text", "spellcheck": "false"},
    )  # fmt: skip
    files = FilesField(
        label="身份证明的照片或者扫描件",
        required=False,
        help_text="身份证请上传正反两面，单位请上传营业执照等登记证书。JPG、PNG 或 PDF，每个不超过 10 MB，最多 4 个。",
    )


NEEDED_FOR_WAY = {
    InfoRequest.Obtain.POST: ("address", "您选择了邮寄，请填写通信地址。"),
    InfoRequest.Obtain.EMAIL: ("email", "您选择了发到电子邮箱，请填写电子邮箱。"),
}


class ContactForm(StepForm):
    telephone = line(
        "联系电话", limit=40, complete="tel", attrs={"inputmode": "tel"},
        help_text="网上提交的申请要与您确认后才起算答复期限（《条例》第三十一条），电话最快。",
    )  # fmt: skip
    email = line("电子邮箱", limit=100, complete="email", attrs={"inputmode": "email"})
    address = line("通信地址", limit=200, complete="street-address")
    postcode = line("邮政编码", limit=20, complete="postal-code", attrs={"inputmode": "numeric"})
    contact_name = line(
        "联系人", limit=50, complete="name", help_text="单位申请的，写经办人；与申请人相同的不填。"
    )

    optional_words = dict.fromkeys(("telephone", "email", "address"), "三者至少填一种")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = NEEDED_FOR_WAY.get(self.so_far.get("obtain", ""))
        if needed:
            name, message = needed
            self.fields[name].required, self.fields[name].beside_label = True, ""
            self.fields[name].error_messages["required"] = message


class LookUpForm(PublicForm):
    number = line(
        "申请编号",
        limit=60,
        message="请填写申请编号，例如 2026-0012。",
        help_text="回执上的编号，例如 2026-0012。",
    )
    code = line(
        "查询码", limit=20, message="请填写回执上的 8 位查询码。",
        help_text="回执上的 8 位字母和数字，大小写、短横都可以不管。", attrs={"spellcheck": "false"},
    )  # fmt: skip

    def clean_number(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip()

    def clean_code(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["code"]).strip()


class CorrectForm(PublicForm):
    content = text(
        "补正后的描述", rows=6, message="请写下补正后的信息描述。",
        help_text="按补正告知书的要求写清楚。补正只有一次，请一次写全。",
    )  # fmt: skip
    late_reason = line("超过补正期限的正当理由", limit=300)
    files = FilesField(
        label="补充材料",
        required=False,
        help_text="没有的不传。JPG、PNG 或 PDF，每个不超过 10 MB，最多 4 个。",
    )
    sure = tick("我已核对，提交后不能修改。", "请核对补正内容后勾选这一项再提交。")


class ReasonForm(PublicForm):
    reason = text(
        "理由", rows=6, message="请写下理由。", help_text="说明为什么需要提出这些数量、频次的申请。"
    )
    sure = tick("我已核对，提交后不能修改。", "请核对理由后勾选这一项再提交。")


class WithdrawForm(PublicForm):
    identity_number = line(
        "证件号码", limit=40, message="请填写申请时用的证件号码，用来核对是您本人撤回。",
        help_text="与申请时填写的一致，用来核对是您本人撤回。", attrs={"spellcheck": "false"},
    )  # fmt: skip
    sure = tick("我自愿撤回这件申请，知道撤回后不再办理，需要时可以重新申请。", "确定撤回的，请勾选这一项。")


class OpinionForm(PublicForm):
    optional_words = {"opinion": "同意公开的可以不填"}
    answer = choose(
        "您的意见",
        [
            (Consultation.Answer.AGREES, "同意公开"),
            (Consultation.Answer.PARTLY, "同意公开一部分"),
            (Consultation.Answer.OBJECTS, "不同意公开"),
        ],
        "请选择一种意见。",
    )
    opinion = text(
        "理由", rows=6,
        help_text="不同意或者只同意一部分的，请写明哪些内容不宜公开，公开会怎样损害您的合法权益。",
    )  # fmt: skip
    sure = tick("我已核对，提交后不能修改。", "请核对后勾选这一项再提交。")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        objects = given.get("answer") in {Consultation.Answer.PARTLY, Consultation.Answer.OBJECTS}
        if objects and not given.get("opinion", "").strip() and "opinion" not in self.errors:
            self.add_error("opinion", "不同意公开或者只同意一部分的，请写明是哪些内容、有什么理由。")
        return given


STEPS: dict[str, tuple[str, type[StepForm]]] = {
    "xinxi": ("想要什么信息", InformationForm),
    "huoqu": ("怎样取得信息", WayForm),
    "shenqingren": ("申请人", ApplicantForm),
    "lianxi": ("联系方式", ContactForm),
}
STEP_OF_FIELD = {name: slug for slug, (_, form) in STEPS.items() for name in form.base_fields}
