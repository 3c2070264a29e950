"""The office's own wording, by version; letters that were issued keep theirs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.inforequests.office import on

from gongkai.agencies.access import AccessDenied
from gongkai.core.disclosure.letters import LETTERS
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import OfficeProfile
from gongkai.inforequests.services import consulting, deciding, lettering
from gongkai.inforequests.services.lettering import save_template, text_of

KIND = LETTERS[13]


def saved(office, body, **more):
    given = {"title": KIND.title, "note": "按本机关习惯", "actor": office.clerk, **more}
    return save_template(organ=office.organ, kind_number=13, body=body, **given)


def test_a_new_wording_is_used_from_then_on_and_an_issued_letter_keeps_its_own(office):
    before = office.approved()
    saved(office, KIND.default_body.replace("特此告知。", "特此告知，欢迎监督。"))
    after = office.approved()
    assert "欢迎监督" not in "".join(text_of(before.letters.get()).paragraphs)
    assert "特此告知，欢迎监督。" in text_of(after.letters.get()).paragraphs
    assert [c.letters.get().template_version for c in (before, after)] == [0, 1]


def test_versions_are_counted_and_the_same_wording_is_not_saved_again(office):
    body = KIND.default_body + "\n附注。"
    assert [saved(office, body).version, saved(office, body + "二").version] == [1, 2]
    with pytest.raises(ActRefused, match="没有变化"):
        saved(office, body + "二")


@pytest.mark.parametrize(
    ("body", "more", "said"),
    [
        (KIND.default_body.replace("{救济告知}", ""), {}, "必须保留“{救济告知}”"),
        (KIND.default_body + "{不存在}", {}, "不是可用的填充项"),
        (KIND.default_body, {"note": " "}, "请写明这次改了什么"),
        (KIND.default_body, {"title": ""}, "标题不能为空"),
    ],
)
def test_a_faulty_wording_is_not_saved(office, body, more, said):
    with pytest.raises(ActRefused, match=said):
        saved(office, body, **more)


def test_only_the_office_changes_its_wording(office):
    with pytest.raises(AccessDenied):
        saved(office, KIND.default_body, actor=office.officer)


def test_without_the_offices_data_no_letter_is_made(office):
    case = office.received()
    OfficeProfile.objects.all().delete()
    with pytest.raises(ActRefused, match="受理机构信息"):
        lettering.application_form(case)


def test_forms_hold_what_was_filed(office):
    case = office.processing(applicant_kind="commercial")
    form, register = lettering.application_form(case), lettering.registration_form(case)
    assert dict(form.rows)["申请人姓名或者名称"] == case.applicant_name
    assert dict(register.rows)["收到日期"] == "2026年3月2日"
    assert "经办人" in dict(register.rows)["办理经过"]


def test_who_objected_is_told_what_is_disclosed_all_the_same(office):
    case = office.processing()
    with on(date(2026, 3, 6)):
        asked, _ = consulting.consult(
            request_id=case.pk,
            actor=office.clerk,
            kind="third_party",
            party="示例企业",
            contact="",
            passages="合同金额",
            on=date(2026, 3, 6),
        )
        with pytest.raises(ActRefused, match="只有不同意公开"):
            lettering.tell_third_party(
                consultation_id=asked.pk,
                actor=office.head,
                content="金额",
                reasons="公共利益",
                on=date(2026, 3, 6),
            )
        consulting.answer(
            consultation_id=asked.pk,
            answer="objects",
            opinion="商业秘密",
            on=date(2026, 3, 6),
            actor=office.clerk,
        )
        letter = lettering.tell_third_party(
            consultation_id=asked.pk,
            actor=office.head,
            content="合同金额",
            reasons="涉及公共利益",
            on=date(2026, 3, 6),
        )
    text = text_of(letter)
    assert (text.recipient, text.remedy, letter.to_applicant) == ("示例企业", "choice", False)
    assert case.applicant_name not in str(text.to_json())


def test_every_way_of_service_has_its_return(office):
    case = office.approved()
    letter = case.letters.get()
    with on(date(2026, 3, 3)):
        delivery = deciding.record_service(
            letter=letter, actor=office.clerk, way="web", on=date(2026, 3, 3), receipt=""
        )
    rows = dict(lettering.service_return(letter, delivery).rows)
    assert rows["送达方式"] == "网上送达"
    assert "发出" in rows["送达凭证"]
