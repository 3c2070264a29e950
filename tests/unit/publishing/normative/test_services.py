"""Normative documents from draft to repeal, by the acts of an office."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests import factories
from tests.factories import normative as made

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.documents.normative import EffectKind, Impact, Outcome, Standing, Step
from gongkai.demo.days import at as at_moment
from gongkai.publishing.errors import NormativeRefused, NotReleased, ReviewRefused
from gongkai.publishing.models import Cleanup, DraftOpinion, ItemPage, NormativeDocument, NormativeOffice
from gongkai.publishing.normative import services
from gongkai.publishing.services import publish
from gongkai.publishing.signals import public_facts_changed

pytestmark = pytest.mark.django_db
H, K = DraftOpinion.Handling, EffectKind


def at(day: date):
    return at_moment(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_an_organ_without_the_power_is_sent_to_its_superior(organ):
    """portal-rules §4.1: who may issue is configuration with its basis."""
    NormativeOffice.objects.create(organ=organ)

    with pytest.raises(NormativeRefused, match="报上级人民政府"):
        services.begin(organ=organ, actor=factories.editor(organ), title="办法", text="正文")


def test_a_document_goes_its_way_and_is_in_force_with_its_term(organ):
    document = made.published(organ)

    assert (document.published_on, document.standing) == (timezone.localdate(), Standing.IN_FORCE)
    assert document.next_step == Step.FILING
    assert document.valid_to.year == timezone.localdate().year + 5 or document.valid_to.month == 12
    assert document.page.live
    assert document.page.document_number == document.document_number
    assert "<h2>一、总则</h2>" in document.page.body
    assert Event.objects.filter(action="normative.published").count() == 1


def test_who_drafted_does_not_review_the_legality(organ):
    document = made.take(made.document(organ), Step.DRAFTING)
    both = factories.editor(organ)
    from gongkai.agencies.models import RoleAssignment

    RoleAssignment.objects.create(user=both, organ=organ, role=Role.LEGAL_REVIEWER)

    with pytest.raises(NormativeRefused, match="其他人办理"):
        services.record_step(
            document=document,
            step=Step.LEGALITY,
            actor=both,
            on=timezone.localdate(),
            data={"opinion": "合法"},
        )
    with pytest.raises(AccessDenied):
        services.record_step(
            document=document, step=Step.LEGALITY, actor=made.clerk(organ), on=timezone.localdate(), data={}
        )


def test_no_plan_no_signature(organ):
    """三同步: the interpretation is signed off with the document."""
    document = made.document(organ)
    for step in (Step.DRAFTING, Step.LEGALITY, Step.DELIBERATION):
        document = made.take(document, step)

    with pytest.raises(NormativeRefused, match="解读方案"):
        made.take(document, Step.SIGNING)
    services.plan_interpretation(
        document=document,
        actor=made.clerk(organ),
        outline="背景",
        forms="文字、图解",
        channel="门户",
        interpreter="主任",
    )
    assert made.take(document, Step.SIGNING).next_step == Step.REGISTRATION


def test_without_a_number_there_is_nothing_to_publish(organ):
    """三统一: no number, no publication; nor by an item made by hand."""
    document = made.take(made.document(organ), Step.DRAFTING)
    with pytest.raises(NormativeRefused, match="还没有登记编号"):
        services.make_item(document=document, column=factories.column(), actor=made.clerk(organ))
    item = factories.draft_item(organ=organ)
    NormativeDocument.objects.filter(pk=document.pk).update(page=item)

    with pytest.raises(ReviewRefused, match="还没有完成“合法性审核”"):
        factories.signed_review(item)


@pytest.mark.parametrize("number", ["SL-2026-1", "SLYQ2026-1", "slyq-2026-1", ""])
def test_a_wrong_unified_number_is_refused(organ, number):
    document = made.document(organ)
    for step in (Step.DRAFTING, Step.LEGALITY, Step.DELIBERATION):
        document = made.take(document, step)
    services.waive_interpretation(document=document, actor=made.clerk(organ), reason="简明")
    document = made.take(document, Step.SIGNING)

    with pytest.raises(NormativeRefused, match="统一编号"):
        made.take(
            document, Step.REGISTRATION, effective_on=timezone.localdate(),
            data={"unified_number": number, "document_number": "示园发〔2026〕1号"},
        )  # fmt: skip


def test_a_term_beyond_the_usual_one_needs_a_reason(organ):
    document = made.document(organ, title="园区停车管理暂行规定")

    with pytest.raises(NormativeRefused, match="写明理由"):
        made.numbered(document, effective_on=date(2026, 1, 1), valid_to=date(2030, 1, 1))


def test_what_is_published_is_what_was_deliberated(organ):
    document = made.numbered(made.document(organ))
    item = services.make_item(document=document, column=factories.column(), actor=made.clerk(organ))
    item.body = item.body.replace("可以申请", "不可以申请")
    item.save_revision()

    with pytest.raises(ReviewRefused, match="与审议通过的文件不一致"):
        factories.signed_review(item)


def test_a_draft_changed_while_it_is_reviewed_stops_the_publication(organ):
    document = made.numbered(made.document(organ))
    item = services.make_item(document=document, column=factories.column(), actor=made.clerk(organ))
    factories.signed_review(item)
    services.change_draft(document=document, actor=made.clerk(organ), text=made.TEXT + "\n新的一条。")

    with pytest.raises(NotReleased, match="合法性审核"):
        publish(item=item, actor=factories.reviewer(organ, Role.FINAL_REVIEWER))


def test_a_failed_review_leads_back_to_the_draft(organ):
    document = made.take(made.document(organ), Step.DRAFTING)
    document = made.take(
        document, Step.LEGALITY, outcome=Outcome.FAILED, reason="增加了企业义务，没有上位法依据"
    )

    assert document.next_step == Step.DRAFTING


def test_a_replacing_document_ends_the_old_one_on_its_first_day(organ):
    old = made.published(organ, 1, on=date(2026, 1, 5), effective_on=date(2026, 1, 5))
    told = []
    public_facts_changed.connect(lambda item, **_: told.append(item.pk), weak=False, dispatch_uid="test")
    try:
        with at(date(2026, 3, 2)):
            new = made.numbered(
                made.document(organ, title="园区奖补资金管理办法（修订）"), 2, effective_on=date(2026, 3, 2)
            )
            services.relate(document=new, target=old, kind=EffectKind.REPLACES, actor=made.clerk(organ))
            item = services.make_item(document=new, column=factories.column(), actor=made.clerk(organ))
            assert NormativeDocument.objects.get(pk=old.pk).is_in_force
            body = ItemPage.objects.get(pk=old.page_id).released_digest
            factories.release(item)
    finally:
        public_facts_changed.disconnect(dispatch_uid="test")

    old = NormativeDocument.objects.get(pk=old.pk)
    assert (old.standing, old.ended_on) == (Standing.REPEALED, date(2026, 3, 2))
    assert old.page_id in told
    assert ItemPage.objects.get(pk=old.page_id).released_digest == body
    assert old.standing_on(date(2026, 3, 1)) is Standing.IN_FORCE


def test_a_paper_that_lapses_overnight_is_told_on_the_day(organ):
    document = made.published(
        organ, on=date(2026, 1, 5), effective_on=date(2026, 1, 5), valid_to=date(2026, 2, 27)
    )
    with at(date(2026, 2, 27)):
        assert services.tell_daily(date(2026, 2, 27)) == 0
    with at(date(2026, 3, 2)):
        assert services.tell_daily(date(2026, 3, 2)) == 1
        assert services.tell_daily(date(2026, 3, 2)) == 0

    event = Event.objects.filter(action="normative.standing").last()
    assert '"after": "lapsed"' in event.data
    assert document.ended_on == date(2026, 2, 28)


def consulted(organ, **fields):
    given = {"impact": Impact.RIGHTS.value, **fields}
    document = made.take(made.document(organ, **given), Step.DRAFTING)
    return services.prepare_consultation(
        document=document, column=factories.column(), explanation="背景和依据", days=5, short_reason="",
        contact="示例路1号", actor=made.clerk(organ),
    )  # fmt: skip


def test_a_consultation_opens_with_its_item_and_lasts_seven_working_days(organ):
    """≥ 7 working days; asked for 5 days, it lasts until the seventh working day."""
    with at(date(2026, 1, 9)):
        consultation = consulted(organ)
        with pytest.raises(NormativeRefused, match="没有开始"):
            services.give_opinion(
                consultation=consultation, text="好", name="", contact="", submission_key="a"
            )
        factories.release(consultation.page)
    consultation.refresh_from_db()

    assert (consultation.opens_on, consultation.closes_on) == (date(2026, 1, 9), date(2026, 1, 20))
    with at(date(2026, 1, 20)):
        one = services.give_opinion(
            consultation=consultation, text="好", name="甲", contact="1", submission_key="a"
        )
        same = services.give_opinion(
            consultation=consultation, text="好", name="甲", contact="1", submission_key="a"
        )
        assert one == same
    with at(date(2026, 1, 21)), pytest.raises(NormativeRefused, match="截止"):
        services.give_opinion(consultation=consultation, text="晚", name="", contact="", submission_key="b")


def test_opinions_are_answered_in_public_without_names(organ):
    with at(date(2026, 1, 9)):
        consultation = consulted(organ)
        factories.release(consultation.page)
    consultation.refresh_from_db()
    with at(date(2026, 1, 12)):
        opinion = services.give_opinion(
            consultation=consultation,
            text="我是张三，第二条应放宽",
            name="张三",
            contact="13800000000",
            submission_key="a",
        )
        with pytest.raises(NormativeRefused, match="截止以后"):
            services.prepare_feedback(
                consultation=consultation, column=factories.column(), actor=made.clerk(organ)
            )
    with at(date(2026, 1, 21)):
        with pytest.raises(NormativeRefused, match="还有 1 条"):
            services.prepare_feedback(
                consultation=consultation, column=factories.column(), actor=made.clerk(organ)
            )
        with pytest.raises(NormativeRefused, match="写明理由"):
            services.handle_opinion(
                opinion=opinion,
                handling=H.NOT_ADOPTED,
                summary="放宽条件",
                answer="",
                actor=made.clerk(organ),
            )
        services.handle_opinion(
            opinion=opinion,
            handling=H.NOT_ADOPTED,
            summary="放宽条件",
            answer="上级有明确规定",
            actor=made.clerk(organ),
        )
        document = made.take(consultation.document, Step.CONSULTATION)
        assert document.next_step == Step.FEEDBACK
        done = services.prepare_feedback(
            consultation=consultation, column=factories.column(), actor=made.clerk(organ)
        )
        factories.release(done.feedback_page)

    body = ItemPage.objects.get(pk=done.feedback_page_id).body
    assert "放宽条件" in body
    assert "不采纳" in body
    assert "上级有明确规定" in body
    assert "张三" not in body
    assert NormativeDocument.objects.get(pk=document.pk).next_step == Step.LEGALITY


def test_names_of_the_public_are_sealed_in_the_database(organ):
    from django.db import connection

    with at(date(2026, 1, 9)):
        consultation = consulted(organ)
        factories.release(consultation.page)
        consultation.refresh_from_db()
        services.give_opinion(
            consultation=consultation, text="意见", name="张三", contact="138", submission_key="a"
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM publishing_draftopinion")
        assert "张三" not in str(cursor.fetchall())


def test_a_clean_up_is_one_act(organ):
    """Lists, announcement, and on its going live the marks."""
    kept, wrong, changed = (
        made.published(organ, n, title=f"园区{n}号办法", on=date(2026, 1, 5), effective_on=date(2026, 1, 5))
        for n in (1, 2, 3)
    )
    given = {
        "organ": organ, "title": "清理结果公告", "kind": Cleanup.Kind.REGULAR, "basis": "县政府通知", "meeting": "第5次会",
        "column": factories.column(), "actor": made.clerk(organ), "decided_on": date(2026, 3, 2),
    }  # fmt: skip
    with at(date(2026, 3, 2)):
        with pytest.raises(NormativeRefused, match="还缺"):
            services.clean_up(**given, results=[services.Result(kept, K.CONTINUES)])
        cleanup = services.clean_up(
            **given,
            results=[
                services.Result(kept, K.CONTINUES), services.Result(wrong, K.REPEALS, "上位法已废止"),
                services.Result(changed, K.TO_BE_AMENDED, lapses_on=date(2026, 6, 30)),
            ],
        )  # fmt: skip
        assert NormativeDocument.objects.get(pk=wrong.pk).is_in_force
    with at(date(2026, 3, 4)):
        factories.release(cleanup.page)

    wrong = NormativeDocument.objects.get(pk=wrong.pk)
    assert wrong.standing_on(date(2026, 3, 3)) is Standing.IN_FORCE
    assert wrong.standing_on(date(2026, 3, 4)) is Standing.REPEALED
    changed = NormativeDocument.objects.get(pk=changed.pk)
    assert changed.standing_on(date(2026, 6, 30)) is Standing.IN_FORCE
    assert changed.standing_on(date(2026, 7, 1)) is Standing.LAPSED
    body = ItemPage.objects.get(pk=cleanup.page_id).body
    assert "继续有效的行政规范性文件目录（1件）" in body
    assert "园区3号办法（示园发〔2026〕3号），2026年6月30日前未修改的即行失效" in body


def test_the_stored_end_agrees_with_the_function(organ):
    made.published(organ, 1, on=date(2026, 1, 5), effective_on=date(2026, 1, 15), valid_to=date(2026, 2, 27))
    day = date(2026, 1, 1)
    while day < date(2026, 3, 10):
        held = set(NormativeDocument.objects.in_force_on(day))
        assert held == {one for one in NormativeDocument.objects.whole() if one.standing_on(day).is_in_force}
        day += timedelta(days=1)


def test_what_was_published_before_is_taken_over_and_watched(organ):
    document = services.take_over(
        organ=organ, actor=made.clerk(organ), title="老办法", document_number="示园发[2020]3号",
        published_on=date(2020, 1, 5), effective_on=None, valid_to=date(2024, 12, 31),
    )  # fmt: skip

    assert (document.document_number, document.next_step) == ("示园发〔2020〕3号", "")
    assert document.standing is Standing.LAPSED


def test_an_interpretation_is_linked_once(organ):
    document = made.published(organ)
    item = factories.published_item(organ=organ, title="一图读懂")
    services.link_interpretation(document=document, item=item, form="picture", actor=made.clerk(organ))

    with pytest.raises(NormativeRefused, match="已经关联"):
        services.link_interpretation(document=document, item=item, form="text", actor=made.clerk(organ))
    with pytest.raises(NormativeRefused, match="自己的解读"):
        services.link_interpretation(
            document=document, item=document.page, form="text", actor=made.clerk(organ)
        )
