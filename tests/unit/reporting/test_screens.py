"""Back-office screens of the report by the test client: access, bad input, exports."""

import io

import pytest
from django.contrib.auth.models import Group
from openpyxl import load_workbook

from gongkai.reporting import services
from gongkai.reporting.models import AnnualReport, ApplicationRecord, ImportBatch, WorkRecord


@pytest.fixture
def screens(office, client):
    """Sign in as one of the office and fetch a screen."""

    def as_(person):
        if not person.groups.exists():  # a stranger who holds a role elsewhere
            person.groups.add(Group.objects.get(name="公开办"))
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def report(office):
    return services.start_report(organ=office.organ, year=2023, actor=office.clerk)


def text(response):
    return response.content.decode()


def test_a_stranger_sees_no_report(office, screens, report):
    stranger = screens(office.stranger)

    assert stranger.get(f"/houtai/nianbao/{report.pk}/").status_code in {302, 403}
    assert "2023 年" not in text(stranger.get("/houtai/nianbao/"))


def test_a_stranger_cannot_act_even_by_address(office, screens, report):
    screens(office.stranger).post(f"/houtai/nianbao/{report.pk}/songshen/")

    report.refresh_from_db()
    assert report.state == AnnualReport.State.DRAFT


@pytest.mark.parametrize("year", ["2018", "abc", "", "20233"])
def test_a_year_that_makes_no_sense_is_refused_beside_its_field(office, screens, year):
    response = screens(office.clerk).post(
        "/houtai/nianbao/", {"organ": office.organ.pk, "year": year, "scope": "self"}
    )

    assert response.status_code == 422
    assert not AnnualReport.objects.exists()


def test_a_figures_records_are_exported_with_formulas_neutralised(office, screens, report):
    WorkRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="hire",
        title="=1+1",
        occurred_on="2023-03-01",
        count=4,
    )
    response = screens(office.clerk).get(f"/houtai/nianbao/{report.pk}/zhibiao/fact.hires/?daochu=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active

    assert sheet["B1"].value == "事项"
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value.startswith("'=")


def test_an_unknown_figure_is_not_found(office, screens, report):
    assert screens(office.clerk).get(f"/houtai/nianbao/{report.pk}/zhibiao/table3.r9.x/").status_code == 404


@pytest.mark.parametrize("fmt", ["html", "docx", "pdf", "xlsx", "json", "txt"])
def test_a_draft_can_be_read_in_each_format(office, screens, report, fmt):
    response = screens(office.clerk).get(f"/houtai/nianbao/{report.pk}/wenjian/{fmt}/")

    assert response.status_code == 200
    assert len(response.content) > 500


def test_an_entry_that_breaks_a_rule_keeps_what_was_typed(office, screens):
    path = f"/houtai/taizhang/{office.organ.code}/shenqing/"
    response = screens(office.clerk).post(
        path,
        {
            "number": "公开〔2023〕1号",
            "applicant_kind": "natural",
            "received_on": "2023-03-09",
            "closed_on": "2023-03-01",
            "outcome": "r3_1",
            "fee_yuan": "0",
        },
    )

    assert response.status_code == 422
    assert "办结日期不得早于收到日期" in text(response)
    assert "公开〔2023〕1号" in text(response)
    assert not ApplicationRecord.objects.exists()


def test_a_good_entry_is_recorded_with_who_entered_it(office, screens):
    screens(office.officer).post(
        f"/houtai/taizhang/{office.organ.code}/gongzuo/",
        {"kind": "hire", "title": "招聘会", "occurred_on": "2023-03-09", "count": "12", "amount_yuan": "0"},
    )

    record = WorkRecord.objects.get()
    assert (record.count, record.entered_by) == (12, office.officer)


def upload(client, office, content, name="台账.csv"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(f"/houtai/taizhang/{office.organ.code}/gongzuo/daoru/", {"file": file})


def test_the_preview_changes_nothing_and_its_token_cannot_be_forged(office, screens):
    client = screens(office.clerk)
    response = upload(client, office, "类别,事项,日期,数量\n培训,培训班,2023-03-01,1\n".encode())

    assert "逐行核对无误" in text(response)
    assert not ImportBatch.objects.exists()
    run = f"/houtai/taizhang/{office.organ.code}/gongzuo/daoru/queren/"
    client.post(run, {"token": "forged"})
    assert not WorkRecord.objects.exists()
    client.post(run, {"token": response.context["token"]})
    assert WorkRecord.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x00\x00", "错误,表头\n1,2\n".encode()])
def test_a_bad_upload_is_refused_beside_the_field(office, screens, content):
    response = upload(screens(office.clerk), office, content)

    assert response.status_code == 422
    assert "gk-error" in text(response)


def test_the_template_has_the_headings_of_the_import(office, screens):
    response = screens(office.clerk).get(f"/houtai/taizhang/{office.organ.code}/gongzuo/moban/")
    first = [cell.value for cell in next(load_workbook(io.BytesIO(response.content)).active.iter_rows())]

    assert first[:4] == ["类别*", "事项*", "日期*", "数量"]


def test_the_first_screen_tells_what_waits_and_for_whom(office, screens, report):
    clerk = text(screens(office.clerk).get("/houtai/"))
    services.save_text(report_id=report.pk, actor=office.clerk, texts={"problems": "不足。"}, edit_mark=0)
    services.submit_report(report_id=report.pk, actor=office.clerk)
    head = text(screens(office.head).get("/houtai/"))
    clerk_after = text(screens(office.clerk).get("/houtai/"))

    assert "写完并送审：园区管委会2023年度报告" in clerk
    assert "审核定稿：园区管委会2023年度报告" in head
    assert "园区管委会2023年度报告（等待审核）" in clerk_after


def test_a_text_far_too_long_is_refused_and_kept(office, screens, report):
    response = screens(office.clerk).post(
        f"/houtai/nianbao/{report.pk}/wenzi/", {"problems": "长" * 20_001, "edit_mark": 0}
    )

    assert response.status_code == 422
    assert "超过 20000 字" in text(response)
    report.refresh_from_db()
    assert report.problems == ""
