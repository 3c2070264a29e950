"""The statistics of a year: what each number means, and that chart, table and files say the same."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests import factories

from gongkai.agencies.charts import Datum, bars, columns
from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.calendar_files import working_calendar
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.inforequests import statistics
from gongkai.inforequests.models import Dispute
from gongkai.inforequests.statistics import NO_DEPARTMENT, Spread, spread_of, year_of_requests
from gongkai.inforequests.views.statistics import as_csv, as_xlsx, sections_of

TODAY = date(2025, 11, 26)


@pytest.fixture
def organ(db):
    return factories.organ(name="示例县建设局")


def year(organ, number=2025, today=TODAY):
    return year_of_requests([organ], number, today)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([7], Spread(1, 7, 7)),
        ([3, 1], Spread(2, 2.0, 3)),
        (range(1, 11), Spread(10, 5.5, 9)),
        (range(1, 21), Spread(20, 10.5, 18)),
    ],
)
def test_median_and_the_day_that_nine_of_ten_do_not_pass(days, expected):
    assert spread_of(days) == expected


@given(st.lists(st.integers(0, 300), min_size=1))
def test_at_least_nine_of_ten_took_no_longer_than_the_ninth_decile_and_some_took_exactly_that(days):
    spread = spread_of(days)

    assert sum(day <= spread.ninth_decile for day in days) * 10 >= len(days) * 9
    assert spread.ninth_decile in days
    assert sum(day < spread.ninth_decile for day in days) * 10 < len(days) * 9


def test_months_count_by_receipt_and_by_closing(organ):
    factories.stored_request(organ, date(2025, 1, 31), date(2025, 2, 28), "D-36-2", due_on=date(2025, 2, 27))
    factories.stored_request(organ, date(2025, 1, 2), is_extended=True)
    factories.stored_request(organ, date(2024, 12, 31), date(2025, 1, 2), "D-38")

    january, february = year(organ).months[:2]

    assert (january.received, january.extended, january.closed, january.late) == (2, 1, 1, 0)
    assert (february.received, february.extended, february.closed, february.late) == (0, 0, 1, 1)
    assert (year(organ).received, year(organ).closed, year(organ).extended) == (2, 2, 1)


def test_answers_are_timed_in_working_days_and_endings_without_an_answer_are_not_timed(organ):
    """2025-01-26 (Sunday) was a working day, 28 January to 4 February were holidays."""
    factories.stored_request(organ, date(2025, 1, 24), date(2025, 2, 5), "D-36-2")
    factories.stored_request(organ, date(2025, 1, 24), date(2025, 6, 5), "X-WITHDRAW")
    factories.stored_request(organ, date(2025, 1, 24), date(2025, 6, 5), "X-FEE")

    found = year(organ)

    assert working_calendar().between(date(2025, 1, 24), date(2025, 2, 5)) == 3
    assert found.answered == Spread(1, 3, 3)
    assert found.months[1].answered == Spread(1, 3, 3)
    assert found.months[5].answered is None


def test_redo_rounds_and_applications_never_confirmed_do_not_count(organ):
    first = factories.stored_request(organ, date(2025, 3, 3), date(2025, 3, 20), "D-36-2")
    factories.stored_request(organ, date(2025, 5, 6), date(2025, 5, 20), "D-36-2", redo_of=first)
    factories.stored_request(organ, None)

    assert (year(organ).received, year(organ).closed) == (1, 1)


def test_every_closed_application_stands_in_one_group_and_the_groups_are_those_of_the_form(organ):
    for decision in DECISIONS:
        factories.stored_request(organ, date(2025, 3, 3), date(2025, 3, 20), decision.code)

    outcomes = {label: (number, dict(parts)) for label, number, parts in year(organ).outcomes}

    assert {label: number for label, (number, _) in outcomes.items()} == {
        "予以公开": 2,
        "部分公开": 1,
        "不予公开": 8,
        "无法提供": 4,
        "不予处理": 5,
        "其他处理": 5,
    }
    assert outcomes["部分公开"][1] == {"部分公开": 1}
    assert all(number == sum(parts.values()) for number, parts in outcomes.values())


@pytest.mark.parametrize(
    ("closed", "due", "extended", "field"),
    [
        (date(2025, 3, 31), date(2025, 3, 31), False, "in_time"),
        (date(2025, 3, 31), date(2025, 3, 31), True, "in_time_extended"),
        (date(2025, 4, 1), date(2025, 3, 31), False, "late"),
        (date(2025, 4, 1), date(2025, 3, 31), True, "late"),
        (None, TODAY - timedelta(days=1), False, "overdue_open"),
        (None, TODAY, False, None),
    ],
)
def test_an_application_is_in_time_until_the_end_of_its_day(organ, closed, due, extended, field):
    factories.stored_request(
        organ, date(2025, 3, 3), closed, "D-36-2" if closed else "", due_on=due, is_extended=extended
    )

    kept = year(organ).timeliness

    assert kept.total == (field is not None)
    assert field is None or getattr(kept, field) == 1


def test_the_reversal_rate_is_corrected_by_decided_and_leaves_codefendant_cases_out(organ):
    for number, (result, closed, elsewhere) in enumerate(
        (
            ("upheld", date(2025, 5, 1), False),
            ("corrected", date(2025, 5, 1), False),
            ("corrected", date(2025, 5, 1), True),
            ("corrected", date(2024, 12, 31), False),
            ("", None, False),
        )
    ):
        Dispute.objects.create(
            organ=organ,
            kind="reconsideration",
            case_number=str(number),
            body="示例县人民政府",
            filed_on=date(2024, 9, 1),
            closed_on=closed,
            result=result,
            is_codefendant_here=elsewhere,
            entered_by=factories.user(),
        )

    reconsideration, direct, _ = year(organ).reversals

    assert (reconsideration.total, reconsideration.corrected, reconsideration.rate) == (2, 1, 0.5)
    assert (direct.total, direct.rate) == (0, None)


def test_departments_stand_apart_and_add_up_to_the_organ(organ):
    planning = Department.objects.create(organ=organ, name="规划科")
    for closed in (date(2025, 3, 14), None):
        factories.stored_request(
            organ,
            date(2025, 3, 3),
            closed,
            "D-36-2" if closed else "",
            department=planning,
            due_on=date(2025, 3, 10),
        )
    factories.stored_request(organ, date(2025, 12, 1))

    found = year(organ, today=date(2026, 1, 5))

    first, second = found.departments
    assert (first.name, first.received, first.closed, first.open, first.overdue) == ("规划科", 2, 1, 1, 2)
    assert (second.name, second.received, second.closed, second.open, second.overdue) == (
        NO_DEPARTMENT,
        1,
        0,
        1,
        0,
    )
    assert sum(place.received for place in found.departments) == found.received


def test_other_organs_and_other_years_stay_out(organ):
    factories.stored_request(factories.organ(), date(2025, 3, 3), date(2025, 3, 20), "D-36-2")
    factories.stored_request(organ, date(2024, 3, 3), date(2024, 3, 20), "D-36-2")

    assert year(organ).is_empty
    assert statistics.years_of([organ], TODAY) == [2025, 2024]


def test_columns_reach_from_the_axis_to_their_value_and_the_limit_has_its_name():
    chart = columns("题", [Datum("1", 10, "10", mark=20), Datum("2", 0, "")], limit=(40, "20 个工作日"))

    (rect,) = chart.rects
    axis = next(line.y for line in chart.lines if line.kind == "axis")
    limit = next(line.y for line in chart.lines if line.kind == "limit")
    mark = next(line.y for line in chart.lines if line.kind == "mark")
    assert rect.y + rect.height == axis
    assert rect.height * 4 == axis - limit
    assert rect.height * 2 == axis - mark
    assert [text.text for text in chart.texts if text.kind == "limit"] == ["20 个工作日"]
    numbers = {text.text: text.y for text in chart.texts if text.anchor == "middle" and text.x == "25.00%"}
    assert numbers["20"] < mark < rect.y < axis < numbers["1"] < numbers["10"]
    assert max(text.y for text in chart.texts) < chart.height


def test_bars_are_as_long_as_their_numbers_and_none_runs_out_of_the_picture():
    chart = bars("题", [Datum("甲", 10, "10 件"), Datum("乙", 5, "5 件"), Datum("丙", 0, "0 件")])

    widths = [float(rect.width.rstrip("%")) for rect in chart.rects]
    assert widths == [84.0, 42.0]
    assert [text.text for text in chart.texts if text.kind == "number"] == ["10 件", "5 件", "0 件"]


@pytest.fixture
def leader(organ):
    return factories.holder(organ, Role.SUPERVISOR)


def filled(organ):
    bad = Department.objects.create(organ=organ, name="=HYPERLINK(1)")
    factories.stored_request(
        organ, date(2025, 3, 3), date(2025, 3, 20), "D-37", department=bad, due_on=date(2025, 3, 31)
    )
    factories.stored_request(organ, date(2025, 4, 3), channel="web")


def test_files_hold_the_tables_with_numbers_as_numbers_and_no_formula_of_a_stranger(organ):
    filled(organ)
    sections = sections_of(year(organ))

    book = load_workbook(io.BytesIO(as_xlsx(sections)))
    rows = list(csv.reader(io.StringIO(as_csv(sections).decode("utf-8-sig"))))

    assert book.sheetnames == [section.name for section in sections]
    sheet = book["各月收件和办结"]
    assert [cell.value for cell in sheet[3]] == list(sections[0].headings)
    assert [cell.value for cell in sheet[6]] == ["3 月", 1, 0, 1, 0]
    assert book["各承办部门"]["A4"].value == "'=HYPERLINK(1)"
    assert ["各月收件和办结", "3 月", "收到", "1"] in rows
    assert ["各承办部门", "'=HYPERLINK(1)", "中位数（工作日）", "13"] in rows
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_page_shows_each_chart_with_its_table_and_offers_the_files(client, organ, leader):
    filled(organ)
    client.force_login(leader)

    shown = client.get("/houtai/shenqing/tongji/?nian=2025").content.decode()

    sections = sections_of(year_of_requests([organ], 2025, timezone.localdate()))
    assert len(sections) == 7
    for section in sections:
        assert f"<title>{section.chart.title}</title>" in shown
        assert f'aria-label="{section.name}数据表"' in shown
    assert "style=" not in "".join(part.split("</svg>")[0] for part in shown.split('<svg role="img"')[1:])
    for kind, start in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        file = client.get(f"/houtai/shenqing/tongji/?nian=2025&daochu={kind}")
        assert file.content.startswith(start)
        assert "attachment" in file["Content-Disposition"]


def test_a_year_without_anything_says_what_will_be_here(client, organ, leader):
    client.force_login(leader)

    shown = client.get("/houtai/shenqing/tongji/").content.decode()

    assert "这里将显示收件、办理结果" in shown
    assert "<figure" not in shown


def test_the_page_is_for_those_who_may_see_applications_and_shows_only_their_organs(client, organ, leader):
    other = factories.organ(name="示例镇人民政府")
    factories.stored_request(other, date(2025, 3, 3))
    client.force_login(leader)

    assert f"jigou={other.code}" not in client.get("/houtai/shenqing/tongji/").content.decode()
    assert (
        "没有申请、办结和审结的记录"
        in client.get(f"/houtai/shenqing/tongji/?nian=2025&jigou={other.code}").content.decode()
    )

    client.force_login(factories.holder(organ, Role.PROOFREADER))
    assert client.get("/houtai/shenqing/tongji/").status_code == 302
