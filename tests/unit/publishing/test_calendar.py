"""The calendar of publications: what it gathers, for whom, on which day, and in how many questions."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests import factories
from tests.factories import at_moment
from tests.factories import normative as made

from gongkai.agencies.dated import Dated, DatedSource, Span, dated_entries, dated_kinds, register_dated
from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.core.documents.normative import Step
from gongkai.publishing import calendar_sources, services
from gongkai.publishing.models import ColumnPage, DraftConsultation, PublicConcern, SourceDetermination
from gongkai.publishing.normative import services as normative_services

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
URL = "/houtai/rili/"


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def office(organ):
    return factories.holder(organ, Role.DISCLOSURE_OFFICE, name="公开办人员")


def desk_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def around(days=60) -> Span:
    today = timezone.localdate()
    return Span(today - timedelta(days), today + timedelta(days), today)


def of(user, *kinds, span=None) -> list[Dated]:
    return dated_entries(user, span or around(), kinds=kinds)


def soon(**given) -> datetime:
    return timezone.now() + timedelta(**given)


def test_an_item_on_the_schedule_stands_on_its_day(organ, office):
    when = soon(days=3)
    factories.release(factories.draft_item(organ=organ, title="元旦值班安排", go_live_at=when))

    (entry,) = of(office, "dingshi")

    assert (entry.title, entry.on) == ("元旦值班安排", timezone.localdate(when))
    assert abs(entry.at - when) < timedelta(seconds=1)
    assert (entry.label, entry.mine, entry.is_duty) == ("定时发布", True, False)


def test_a_planned_item_whose_review_is_not_done_says_so_and_becomes_overdue(organ, office):
    when = soon(days=3)
    factories.signed_review(factories.draft_item(organ=organ, title="预告", go_live_at=when), stages=1)

    (entry,) = of(office, "dingshi")

    assert entry.title == "预告（审核还没有完成）"
    assert not entry.is_overdue(timezone.localdate())
    assert entry.is_overdue(timezone.localdate(when) + timedelta(1))


def test_a_withdrawn_schedule_leaves_the_calendar(organ, office):
    item = factories.release(factories.draft_item(organ=organ, go_live_at=soon(days=3)))
    factories.withdraw_item(item)

    assert of(office, "dingshi") == []


def test_an_item_that_goes_off_by_itself(organ, office):
    when = soon(days=5)
    factories.published_item(organ=organ, title="临时停车场", expire_at=when)

    (entry,) = of(office, "daoqi")

    assert (entry.title, entry.on) == ("临时停车场", timezone.localdate(when))


def test_twenty_working_days_from_the_day_of_forming(organ, office):
    """条例 Art. 26; the day after is the first of them. 2026-03-02 is a Monday without holidays behind it."""
    factories.draft_item(organ=organ, title="没有公开的信息", formed_on=date(2026, 3, 2))
    span = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 10))

    (entry,) = of(office, "gongkai", span=span)

    assert entry.on == date(2026, 3, 30)
    assert not entry.is_overdue(date(2026, 3, 30))
    assert entry.is_overdue(date(2026, 3, 31))


def test_what_is_overdue_is_given_whatever_the_month(organ, office):
    factories.draft_item(organ=organ, formed_on=date(2026, 3, 2))
    later = Span(date(2026, 9, 1), date(2026, 9, 30), date(2026, 9, 10))
    earlier = Span(date(2026, 2, 1), date(2026, 2, 28), date(2026, 4, 10))
    not_yet = Span(date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 30))

    assert len(of(office, "gongkai", span=later)) == 1
    assert len(of(office, "gongkai", span=earlier)) == 1
    assert of(office, "gongkai", span=not_yet) == []


def test_published_items_and_those_not_to_be_disclosed_have_no_clock(organ, office):
    factories.published_item(organ=organ)
    factories.draft_item(organ=organ, publicity="withheld", publicity_reason="内部事务")

    assert of(office, "gongkai") == []


def test_the_review_after_an_urgent_release_is_his_who_signs_next(organ):
    item = factories.release(factories.draft_item(organ=organ, title="大风提示"), urgent_reason="气象预警")
    first, second = (factories.reviewer(organ, role) for role in (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER))

    entries = [of(person, "bushen")[0] for person in (first, second)]

    assert [(entry.title, entry.mine, entry.who) for entry in entries] == [
        ("大风提示", True, "初审、一校"), ("大风提示", False, "初审、一校"),
    ]  # fmt: skip
    assert entries[0].on == timezone.localdate(item.reviews.get().finish_by)
    services.sign(review=item.reviews.get(), actor=first, opinion="同意", checked=True)
    assert [of(person, "bushen")[0].mine for person in (first, second)] == [False, True]


def test_a_published_document_waits_three_working_days_for_its_interpretation(organ):
    document = made.published(organ)
    type(document).objects.update(no_interpretation_reason="")
    clerk = made.clerk(organ)

    (entry,) = of(clerk, "jiedu")

    assert document.title in entry.title
    assert entry.mine
    assert entry.is_duty
    normative_services.waive_interpretation(document=document, actor=clerk, reason="内容简明")
    assert of(clerk, "jiedu") == []


def test_a_published_document_waits_for_its_filing(organ):
    """Provisional until the office has compared the time limit with its province's rules."""
    document = made.published(organ)

    (entry,) = of(made.clerk(organ), "beian")

    assert entry.title == f"{document.title}：报备案"
    assert (entry.on, entry.is_provisional) == (document.published_on + timedelta(days=30), True)
    made.take(document, Step.FILING)
    assert of(made.clerk(organ), "beian") == []


def test_the_last_day_of_a_consultation(organ):
    document = made.document(organ)
    DraftConsultation.objects.create(
        document=document, explanation="背景", days=30, contact="电话", page=factories.draft_item(organ=organ),
        opens_on=timezone.localdate(), closes_on=made.tomorrow(30), prepared_by=made.clerk(organ),
    )  # fmt: skip

    (entry,) = of(made.clerk(organ), "zhengqiu")

    assert (entry.title, entry.on, entry.is_duty) == (document.title, made.tomorrow(30), False)


def test_a_paper_not_disclosed_is_looked_at_again(organ, office):
    SourceDetermination.objects.create(
        organ=organ, title="请示", proposed="withheld", state="determined", proposed_by=office,
        proposed_at=timezone.now(), reassess_on=made.tomorrow(-2),
    )  # fmt: skip

    (entry,) = of(office, "pinggu")

    assert (entry.title, entry.is_overdue(timezone.localdate())) == ("请示", True)


def test_the_term_of_a_document_and_its_reminders(organ):
    """Six, two and one months before the end, and the end itself."""
    document = made.published(organ)
    type(document).objects.filter(pk=document.pk).update(valid_to=date(2027, 8, 31))
    span = Span(date(2027, 2, 1), date(2027, 8, 31), timezone.localdate())

    entries = of(made.clerk(organ), "youxiaoqi", span=span)

    assert [entry.on.isoformat() for entry in entries] == [
        "2027-02-28", "2027-06-30", "2027-07-31", "2027-08-31",
    ]  # fmt: skip
    assert entries[-1].title.endswith("有效期届满")
    ahead = Span(date(2027, 2, 1), date(2027, 2, 28), timezone.localdate())
    assert len(of(made.clerk(organ), "youxiaoqi", span=ahead)) == 1


def test_a_column_is_due_two_weeks_after_its_newest_item(organ, office):
    column = factories.column(title="工作动态", update_class="news")
    published = timezone.now() - timedelta(days=10)
    factories.published_item(organ=organ, column=column, published_at=published)

    (entry,) = of(office, "lanmu")

    assert entry.on == timezone.localdate(published) + timedelta(days=14)
    assert entry.place == column.path


def test_a_concern_waits_for_its_answer(organ, office):
    PublicConcern.objects.create(
        organ=organ, title="停水", source="热线", heard_at=timezone.now(), noted_by=office
    )

    (entry,) = of(office, "guanqie")

    assert (entry.title, entry.who, entry.mine) == ("停水", "公开办人员", True)


def test_nobody_sees_the_entries_of_another_organ(organ):
    factories.draft_item(organ=organ, title="别的机关的草稿", formed_on=timezone.localdate())
    factories.release(factories.draft_item(organ=organ, go_live_at=soon(days=3)))
    made.published(organ)
    elsewhere = factories.reviewer(factories.organ(), Role.DISCLOSURE_OFFICE)

    assert [entry for entry in of(elsewhere) if entry.kind != "lanmu"] == []


# ---- the registry


def test_another_room_adds_a_source_of_its_own(office, monkeypatch):
    from gongkai.agencies import dated

    monkeypatch.setattr(dated, "_sources", dict(dated._sources))
    today = timezone.localdate()
    register_dated(DatedSource("kaohe", "考核", lambda user, span: [Dated("kaohe", "考核打分", "/", today)]))

    text = desk_of(office).get(URL).content.decode()

    assert ("kaohe", "考核") in dated_kinds()
    assert "考核打分" in text


def test_every_kind_of_publishing_is_registered():
    assert {source.key for source in calendar_sources.SOURCES} <= {key for key, _ in dated_kinds()}


# ---- the screens


def test_the_month_is_a_table_of_its_days(organ, office):
    factories.release(
        factories.draft_item(
            organ=organ, title="国庆通告", formed_on=date(2026, 9, 29), go_live_at=datetime(2026, 10, 15, 9, 30, tzinfo=ZONE)
        )
    )  # fmt: skip
    with at_moment(datetime(2026, 10, 12, 10, tzinfo=ZONE)):
        text = desk_of(office).get(f"{URL}?yue=2026-10").content.decode()

    assert '<th scope="col">周一</th>' in text
    assert 'datetime="2026-10-01"' in text
    assert 'datetime="2026-11-01"' in text  # the last week is whole
    assert "休　国庆节、中秋节放假" in text or "休　国庆节放假" in text
    assert "班　调休上班" in text
    assert "yue=2026-09" in text
    assert "yue=2026-11" in text


def test_a_year_without_its_holiday_notice_says_so(office):
    desk = desk_of(office)

    assert "放假安排还没有导入" in desk.get(f"{URL}?yue=2099-10").content.decode()
    assert "放假安排还没有导入" not in desk.get(f"{URL}?yue=2026-10").content.decode()


def test_overdue_entries_are_red_and_stand_above_the_month(organ, office):
    factories.draft_item(organ=organ, title="早该公开的信息", formed_on=date(2026, 3, 2))

    with at_moment(datetime(2026, 10, 12, 10, tzinfo=ZONE)):
        text = desk_of(office).get(URL).content.decode()
        listed = desk_of(office).get(f"{URL}?xianshi=liebiao").content.decode()

    assert "▲ 已超期 1 件" in text
    assert "早该公开的信息" in text
    assert "应于 2026-03-30 前办结" in text
    assert "▲ 已超期" in listed


def test_filters_by_kind_column_and_what_is_mine(organ, office):
    here = factories.column(title="本栏目")
    own = factories.draft_item(organ=organ, column=here, title="本栏目的草稿")
    factories.draft_item(organ=organ, title="别处的草稿")
    factories.release(factories.draft_item(organ=organ, title="定时的信息", go_live_at=soon(days=2)))
    listed = f"{URL}?xianshi=liebiao&yue={of(office, 'gongkai')[0].on:%Y-%m}"
    desk, supervisor = desk_of(office), desk_of(factories.reviewer(organ, Role.SUPERVISOR))

    assert own.title in desk.get(f"{listed}&lanmu={here.pk}").content.decode()
    assert "别处的草稿" not in desk.get(f"{listed}&lanmu={here.pk}").content.decode()
    assert own.title not in desk.get(f"{listed}&lei=dingshi").content.decode()
    assert own.title in desk.get(f"{listed}&lei=gongkai").content.decode()
    assert own.title in desk.get(f"{listed}&wode=on").content.decode()
    assert own.title in supervisor.get(listed).content.decode()
    assert own.title not in supervisor.get(f"{listed}&wode=on").content.decode()


@pytest.mark.parametrize(
    "query", ["?yue=abc", "?yue=0001-01", "?yue=9999-12", "?lei=x&lanmu=x&ye=x", "?yue=2099-12"]
)
def test_odd_addresses_show_a_month(office, query):
    assert desk_of(office).get(URL + query).status_code == 200
    assert desk_of(office).get(f"{URL}{query}&xianshi=liebiao").status_code == 200


def test_the_sheet_holds_what_the_list_holds(organ, office):
    item = factories.draft_item(organ=organ, title="=没有公开的信息")
    month = f"{of(office, 'gongkai')[0].on:%Y-%m}"

    answer = desk_of(office).get(reverse("publishing:calendar_sheet") + f"?yue={month}&lei=gongkai")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("日期", "类别", "事项", "由谁办", "我能办", "状态")
    assert rows[1][1] == "公开期限"
    assert rows[1][2] != item.title  # no formula runs
    assert item.title[1:] in rows[1][2]


def test_who_has_no_role_sees_no_calendar(organ):
    stranger = factories.holder(organ, Role.PARK_SUPERVISOR)

    for name in ("calendar", "calendar_sheet"):
        assert desk_of(stranger).get(reverse(f"publishing:{name}")).status_code in {302, 403}


def test_the_menu_and_the_first_screen_lead_to_it(office):
    text = desk_of(office).get(reverse("wagtailadmin_home")).content.decode()

    assert URL in text
    assert "发布日历" in text


def test_the_number_of_questions_does_not_grow_with_the_entries(organ, office):
    department = Department.objects.create(organ=organ, name="办公室")

    def some() -> None:
        factories.draft_item(organ=organ, department=department)
        factories.release(factories.draft_item(organ=organ, department=department, go_live_at=soon(days=2)))
        factories.published_item(organ=organ, expire_at=soon(days=2))
        factories.release(factories.draft_item(organ=organ), urgent_reason="预警")
        factories.signed_review(factories.draft_item(organ=organ, go_live_at=soon(days=1)), stages=1)
        PublicConcern.objects.create(
            organ=organ, title="停水", source="热线", heard_at=timezone.now(), noted_by=office
        )

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = of(office)
        assert found
        return len(queries)

    some()
    made.published(organ, 1)
    first = asked()
    for number in (2, 3):
        some()
        made.published(organ, number)

    assert asked() == first
    assert first <= 70


def test_newest_items_of_columns_are_counted_by_the_database(organ):
    """Own items count; a column that only holds columns takes what is below."""
    from gongkai.publishing.clocks import column_states

    above = factories.column(title="上级")
    column = factories.column(title="下级")
    column.move(above, pos="last-child")
    for days in (3, 9):
        factories.published_item(
            organ=organ, column=ColumnPage.objects.get(pk=column.pk),
            published_at=timezone.now() - timedelta(days=days),
        )  # fmt: skip

    states = {state.column.pk: state for state in column_states(timezone.localdate())}

    assert states[column.pk].items == states[above.pk].items == 2
    assert states[above.pk].newest == timezone.localdate() - timedelta(days=3)
