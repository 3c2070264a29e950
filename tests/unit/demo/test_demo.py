"""The demo office: loaded whole, once, with the reference's figures on the portal."""

from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import verify
from gongkai.audit.models import Event
from gongkai.core.annual_report import check, check_years
from gongkai.demo import people
from gongkai.demo.run import load_demo
from gongkai.reporting import figures, selectors
from gongkai.reporting.compiling import compiled
from gongkai.supervision import point_selectors


def test_the_demo_is_loaded_once_and_keeps_what_is_there(demo):
    Organ.objects.filter(code=people.PARK).update(short_name="改过的名称")

    assert load_demo() is False
    assert Organ.objects.get(code=people.PARK).short_name == "改过的名称"


def test_the_published_report_of_2023_has_the_references_tables_and_figures(demo):
    """Every cell of tables 二, 三, 四 is 0 and 244 items were published."""
    found = compiled(selectors.published_report(people.PARK, 2023))

    assert {found.report[cell] for cell in found.report.cells()} == {0}
    assert found.value("fact.proactive_items") == 244
    assert "主动公开各类信息244条" in found.report.sections["一"]
    assert "1709.7万元" in found.report.sections["六"]


def test_this_years_supervision_is_told_by_its_records(demo):
    """Two trainings held, two work points done of six; each number lists as many records."""
    park = Organ.objects.get(code=people.PARK)
    today = timezone.localdate()
    found = figures.compile_figures(park, today.year)

    assert (found["fact.trainings"], found["fact.training_people"]) == (2, 12)
    assert found["fact.work_points_done"] == 2
    assert found["fact.accountabilities"] == 1
    for key in ("trainings", "training_people", "rectifications_issued", "fault_tickets", "work_points_done"):
        assert figures.records_of(f"fact.{key}", park, today.year).count() == found[f"fact.{key}"], key
    year = point_selectors.year_of(User.objects.get(username="fuzeren"), today.year, today)[0]
    assert year.counts.total == 6


def test_the_second_body_has_two_years_that_agree(demo):
    years = [compiled(selectors.published_report(people.HOUSING, year)).report for year in (2022, 2023)]

    assert [check(report) for report in years] == [(), ()]
    assert check_years(*years) == ()
    assert years[1].get("table3", "r1", "total") == 28


def test_all_of_it_is_in_the_log_and_the_log_is_whole(demo):
    verdict = verify(Event.objects.order_by("pk"))

    assert verdict.broken_at is None
    assert verdict.events >= 6 + 4 * 5


def test_demo_data_is_marked_and_its_password_is_not_in_the_code(demo, data_folder):
    assert all(Organ.objects.values_list("is_demo", flat=True))
    assert (data_folder / "demo-password").stat().st_mode & 0o077 == 0
