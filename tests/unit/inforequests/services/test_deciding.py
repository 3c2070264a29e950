"""From the drafted outcome to the served reply: evidence, two people, a preview, and the day that counts."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import timezone
from tests.unit.inforequests.office import on

from gongkai.agencies.access import AccessDenied
from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.core.disclosure.procedure import State, TransitionForbidden
from gongkai.inforequests.errors import ActRefused, TakenByAnother
from gongkai.inforequests.services import consulting, deciding, extending
from gongkai.inforequests.services.lettering import text_of

MONDAY = date(2026, 3, 2)
ROUTE = {"公开途径": "门户网站“法定主动公开内容”栏目"}


def test_a_reply_goes_out_numbered_sealed_and_on_the_day_of_posting(office):
    case = office.approved()
    with on(date(2026, 3, 10)):
        deciding.serve_reply(
            request_id=case.pk, actor=office.clerk, way="post", on=date(2026, 3, 9), receipt="挂号信 XA1"
        )
    case.refresh_from_db()
    letter = case.letters.get()

    assert (case.state, case.outcome, case.closed_on) == (State.REPLIED, "D-36-1", date(2026, 3, 9))
    assert case.due_on == date(2026, 3, 30)
    assert letter.document_number == "示园公复〔2026〕1号"
    assert text_of(letter).remedy == "choice"
    assert letter.deliveries.get().receipt == "挂号信 XA1"
    with letter.pdf.open("rb") as stream:
        assert stream.read(5) == b"%PDF-"


def test_numbers_of_letters_follow_each_other(office):
    first, second = office.approved(), office.approved()
    numbers = [case.letters.get().document_number for case in (first, second)]
    assert numbers == ["示园公复〔2026〕1号", "示园公复〔2026〕2号"]


def test_who_drafted_does_not_approve_not_even_with_both_roles(office):
    case = office.processing()
    with on(MONDAY, 12):
        deciding.draft_decision(request_id=case.pk, actor=office.head, code="D-36-1", facts=ROUTE)
        deciding.preview(request_id=case.pk, actor=office.head)
        with pytest.raises(ActRefused, match="拟稿人不能审批自己拟的决定"):
            deciding.approve_decision(request_id=case.pk, actor=office.head)


def test_nobody_approves_what_he_has_not_read(office):
    case = office.drafted()
    with on(MONDAY, 13), pytest.raises(ActRefused, match="请先打开答复书预览"):
        deciding.approve_decision(request_id=case.pk, actor=office.head)


def test_a_clerk_does_not_approve(office):
    case = office.drafted()
    deciding.preview(request_id=case.pk, actor=office.colleague)
    with on(MONDAY, 13), pytest.raises(AccessDenied):
        deciding.approve_decision(request_id=case.pk, actor=office.colleague)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("D-36-2", "请上传要提供的文件"),
        ("D-36-4", "须先登记检索记录"),
        ("D-30-UNCLEAR", "须先告知补正"),
        ("D-15", "须先书面征求第三方意见"),
        ("D-35", "须先要求申请人说明理由"),
        ("X-30", "不能由人选择"),
        ("X-FEE", "不能由人选择"),
        ("X-WITHDRAW", "不能由人选择"),
        ("nonsense", "请选择一种办理结果"),
    ],
)
def test_an_outcome_without_its_evidence_is_refused(office, code, said):
    case = office.processing()
    with on(MONDAY, 12), pytest.raises(ActRefused, match=said):
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code=code, facts={})


def test_what_the_letter_must_say_is_demanded_at_drafting(office):
    case = office.processing()
    with on(MONDAY, 12), pytest.raises(ActRefused, match="不属于理由、负责机关、负责机关联系方式"):
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-36-5", facts={})
    assert not case.decisions.exists()


def test_a_character_that_no_font_has_is_told_before_anything_is_issued(office):
    case = office.drafted(公开途径="见\U0001f600栏目")
    with on(MONDAY, 13):
        deciding.preview(request_id=case.pk, actor=office.head)
        with pytest.raises(ActRefused, match="U\\+1F600"):
            deciding.approve_decision(request_id=case.pk, actor=office.head)
    case.refresh_from_db()
    assert not case.letters.exists()
    assert case.decisions.get().state == "draft"


def test_the_second_of_two_clerks_is_told_what_changed(office):
    case = office.processing()
    seen = case.version
    with on(MONDAY, 12):
        deciding.draft_decision(
            request_id=case.pk, actor=office.clerk, code="D-36-1", facts=ROUTE, version=seen
        )
        with pytest.raises(TakenByAnother, match="已被他人处理") as caught:
            deciding.draft_decision(
                request_id=case.pk, actor=office.colleague, code="D-36-1", facts=ROUTE, version=seen
            )
    assert office.clerk.get_full_name() in str(caught.value)
    assert case.decisions.count() == 1


def test_a_returned_draft_can_be_written_anew(office):
    case = office.drafted()
    with on(MONDAY, 13):
        deciding.return_decision(request_id=case.pk, actor=office.head, opinion="途径写具体")
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-36-1", facts=ROUTE)
    assert [d.state for d in case.decisions.all()] == ["returned", "draft"]


def test_information_that_does_not_exist_needs_a_search_and_says_it(office):
    case = office.processing()
    with on(MONDAY, 12):
        deciding.record_search(
            request_id=case.pk,
            actor=office.officer,
            scope="办公室、规划建设局",
            systems="公文系统、档案系统",
            keywords="道路保洁 合同",
            searched_by="信息员",
            searched_at=timezone.now(),
            found="没有查到相应的合同",
        )
        decision = deciding.draft_decision(
            request_id=case.pk,
            actor=office.clerk,
            code="D-36-4",
            facts={"检索情况": "在公文系统中没有查到。"},
        )
    assert decision.rule is BY_CODE["D-36-4"]


def test_some_given_and_some_not_is_a_partial_reply_and_only_that(office):
    case = office.processing()
    with on(MONDAY, 12):
        deciding.split_items(request_id=case.pk, actor=office.clerk, texts=["合同", "会议记录"])
        for item, code in zip(case.items.all(), ["D-36-2", "D-16-1"], strict=True):
            deciding.decide_item(item_id=item.pk, actor=office.clerk, code=code, reason="见附件或内部事务")
        with pytest.raises(ActRefused, match="结果应当是“部分公开”"):
            deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-16-1", facts={})
    office.reviewed(case)
    with on(MONDAY, 13):
        decision = deciding.draft_decision(
            request_id=case.pk,
            actor=office.clerk,
            code="D-37",
            facts={"公开部分": "合同", "不公开部分及理由": "会议记录，内部事务", "提供方式": "当面领取"},
        )
    assert decision.refuses_under_14_to_16


def test_disclosure_needs_a_confidentiality_review_of_these_very_files(office):
    case = office.processing()
    facts = {"提供内容": "合同一份", "提供方式": "当面领取"}
    with on(MONDAY, 12), pytest.raises(ActRefused, match="须经保密审查"):
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-36-2", facts=facts)
    office.reviewed(case)
    with on(MONDAY, 13):
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-36-2", facts=facts)


def test_a_reply_cannot_be_served_before_it_is_dated_nor_tomorrow(office):
    case = office.approved()
    for day, said in ((date(2026, 2, 27), "早于答复书的日期"), (date(2026, 3, 4), "在今天以后")):
        with on(date(2026, 3, 3)), pytest.raises(ActRefused, match=said):
            deciding.serve_reply(request_id=case.pk, actor=office.clerk, way="post", on=day, receipt="1")
    with on(date(2026, 3, 3)), pytest.raises(ActRefused, match="请填写送达凭证"):
        deciding.serve_reply(
            request_id=case.pk, actor=office.clerk, way="counter", on=date(2026, 3, 3), receipt=" "
        )


def test_an_approved_reply_in_a_drawer_is_still_open_and_becomes_late(office):
    case = office.approved()
    assert case.is_open
    assert case.is_overdue(date(2026, 3, 31))


def test_an_answer_over_the_counter_is_approved_by_another_and_closes_at_once(office):
    case = office.received()
    with on(MONDAY, 12):
        deciding.answer_on_the_spot(
            request_id=case.pk, actor=office.head, code="D-36-1", facts=ROUTE, receipt="申请人签收"
        )
    case.refresh_from_db()
    assert (case.state, case.closed_on) == (State.REPLIED, MONDAY)


def test_who_registered_it_does_not_answer_on_the_spot(office):
    case = office.received()
    case.registered_by = office.head
    case.save()
    with on(MONDAY, 12), pytest.raises(ActRefused, match="登记人不能自己批准"):
        deciding.answer_on_the_spot(
            request_id=case.pk, actor=office.head, code="D-36-1", facts=ROUTE, receipt="申请人签收"
        )


def test_a_withdrawal_stops_the_clock_and_is_confirmed_in_writing(office):
    case = office.processing()
    with on(date(2026, 3, 5)):
        deciding.withdraw(
            request_id=case.pk, on=date(2026, 3, 5), written_by="签名的撤回申请书", actor=office.clerk
        )
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.WITHDRAWN, "X-WITHDRAW")
    assert case.letters.get().kind == 27


def test_a_case_is_archived_once_its_letters_are_served(office):
    case = office.served()
    with on(date(2026, 3, 6)):
        deciding.archive(request_id=case.pk, actor=office.clerk)
        with pytest.raises(TransitionForbidden):
            deciding.archive(request_id=case.pk, actor=office.clerk)
    case.refresh_from_db()
    assert case.state == State.ARCHIVED


def test_the_text_of_a_letter_stays_as_it_was_issued(office):
    case = office.served()
    text = text_of(case.letters.get())
    profile = office.organ.request_profile
    profile.telephone = "0510-81111111"
    profile.save()
    assert text == text_of(case.letters.get())
    assert "0510-80000000" in json.dumps(text.to_json(), ensure_ascii=False)


def test_consultation_time_does_not_count(office):
    """``disclosure-law`` §4.2: received 2 March, asked 6 March, answered 25 March: due 17 April."""
    case = office.processing()
    with on(date(2026, 3, 6)):
        asked, token = consulting.consult(
            request_id=case.pk,
            actor=office.clerk,
            kind="third_party",
            party="示例企业",
            contact="",
            passages="合同金额",
            on=date(2026, 3, 6),
        )
    assert token
    with on(date(2026, 3, 25)):
        consulting.answer(
            consultation_id=asked.pk, answer="agrees", opinion="", on=date(2026, 3, 25), actor=office.clerk
        )
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.PROCESSING, date(2026, 4, 17))
    assert [letter.kind for letter in case.letters.order_by("kind")] == [8, 9]


def test_an_extension_is_the_heads_and_only_once(office):
    case = office.processing()
    with on(date(2026, 3, 20)):
        with pytest.raises(AccessDenied):
            extending.extend_reply(
                request_id=case.pk, actor=office.clerk, working_days=20, reason="卷宗多", on=date(2026, 3, 20)
            )
        extending.extend_reply(
            request_id=case.pk, actor=office.head, working_days=20, reason="卷宗多", on=date(2026, 3, 20)
        )
    case.refresh_from_db()
    assert (case.due_on, case.is_extended) == (date(2026, 4, 28), True)
    with on(date(2026, 3, 23)), pytest.raises(ActRefused, match="不能再次延长"):
        extending.extend_reply(
            request_id=case.pk, actor=office.head, working_days=5, reason="卷宗多", on=date(2026, 3, 23)
        )
