"""Units' reports in a superior's roll-up (§2.9)."""

import json

import pytest
from tests import factories
from tests.unit.core.annual_report.test_form_grid_identities import fixture_report

from gongkai.agencies.roles import Role
from gongkai.core.annual_report import Edition, to_json_tables, zero_report
from gongkai.reportfiles.writing import render
from gongkai.reporting import services
from gongkai.reporting.errors import RefusedUpload
from gongkai.reporting.models import AnnualReport, CollectedReport
from gongkai.reporting.rolling_up import unit_statuses, unit_sums

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return factories.organ(name="示例县人民政府", reports_separately=False)


@pytest.fixture
def collector(county):
    return factories.holder(county, Role.DISCLOSURE_OFFICE)


def hand_in(county, collector, unit, report, year=2023):
    return services.collect_report(
        superior=county,
        unit=unit,
        year=year,
        actor=collector,
        file_name="年报.json",
        content=render(report, "json"),
    )


def test_each_unit_is_summed_once_and_the_missing_are_named(county, collector):
    first = factories.organ(superior=county)
    second = factories.organ(superior=county)
    missing = factories.organ(superior=county)
    factories.organ(superior=county, not_counted_reason="垂直管理部门")
    hand_in(county, collector, first, fixture_report())
    hand_in(county, collector, second, fixture_report())

    statuses = unit_statuses(county, 2023)
    sums = unit_sums(county, 2023)

    assert [s.unit for s in statuses if s.is_counted and s.report is None] == [missing]
    assert sums["table3.r1.total"] == 56
    assert sums["table3.r3_7.natural"] == 42


def test_a_second_file_replaces_the_first_and_the_first_is_kept(county, collector):
    unit = factories.organ(superior=county)
    hand_in(county, collector, unit, fixture_report())
    hand_in(county, collector, unit, zero_report("示例镇", 2023))

    assert unit_sums(county, 2023)["table3.r1.total"] == 0
    assert CollectedReport.objects.filter(unit=unit).count() == 2


def test_a_file_of_another_year_is_refused(county, collector):
    unit = factories.organ(superior=county)

    with pytest.raises(RefusedUpload, match="2022"):
        hand_in(county, collector, unit, fixture_report(2022))


def test_a_file_that_is_no_report_is_refused(county, collector):
    unit = factories.organ(superior=county)

    with pytest.raises(RefusedUpload):
        services.collect_report(
            superior=county, unit=unit, year=2023, actor=collector, file_name="a.docx", content=b"hello"
        )
    assert not CollectedReport.objects.exists()


def test_an_undivided_six_is_summed_under_other(county, collector):
    unit = factories.organ(superior=county)
    content = json.loads(render(fixture_report(), "json"))
    report = zero_report("示例镇", 2023)
    tables = to_json_tables(report)
    zeros = tables["table3"].pop("三（六）1")
    tables["table3"].pop("三（六）2")
    tables["table3"].pop("三（六）3")
    tables["table3"]["三（六）"] = {**zeros, "自然人": 2, "总计": 2}
    CollectedReport.objects.create(
        unit=unit,
        year=2023,
        tables=tables,
        edition=Edition.E2021,
        digest="0" * 64,
        file_name="a.json",
        collected_by=collector,
    )

    assert content["year"] == 2023
    assert unit_sums(county, 2023)["table3.r3_6_3.total"] == 2


def test_a_government_publishes_the_sum_as_its_own_report(county, collector):
    unit = factories.organ(superior=county)
    head = factories.holder(county, Role.DISCLOSURE_HEAD)
    hand_in(county, collector, unit, fixture_report())
    report = services.start_report(organ=county, year=2023, actor=collector, scope=AnnualReport.Scope.ROLLUP)
    services.save_text(
        report_id=report.pk,
        actor=collector,
        texts={"problems": "不足。", "other_matters": "无。"},
        edit_mark=0,
    )
    services.submit_report(report_id=report.pk, actor=collector)
    frozen = services.freeze_report(report_id=report.pk, actor=head)

    figure = frozen.figures.get(key="table3.r1.total")
    assert (figure.value, figure.record_count) == (28, 1)
