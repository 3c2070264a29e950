"""A ledger on screen: found, sorted, exported; and what a slip of the hand or a wrong address does not do."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.reporting.models import ImportBatch, WorkRecord


@pytest.fixture
def screens(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def path(office):
    return f"/houtai/taizhang/{office.organ.code}/gongzuo/"


def record(office, title, **fields):
    given = {"kind": "hire", "occurred_on": "2023-03-01", "count": 1, **fields}
    return WorkRecord.objects.create(organ=office.organ, entered_by=office.clerk, title=title, **given)


def titles(response):
    return [
        next(cell.text for cell in cells if cell.label == "事项")
        for _record, cells in response.context["rows"]
    ]


def test_words_are_looked_for_in_every_text_and_in_the_names_of_choices(office, screens, path):
    record(office, "春季招聘会")
    record(office, "安全培训班", kind="training", party="春风公司")
    record(office, "别的")
    client = screens(office.clerk)

    assert set(titles(client.get(path, {"q": "春"}))) == {"春季招聘会", "安全培训班"}
    assert titles(client.get(path, {"q": "春 培训"})) == ["安全培训班"]
    assert titles(client.get(path, {"q": "为企业招聘 别"})) == ["别的"]


def test_a_search_without_a_hit_says_so_and_leads_back(office, screens, path):
    record(office, "春季招聘会")
    html = screens(office.clerk).get(path, {"q": "没有"}).content.decode()

    assert "没有符合条件的记录" in html


def test_a_column_sorts_up_and_down_and_no_other_name_does(office, screens, path):
    for title, count in (("乙", 2), ("丙", 3), ("甲", 1)):
        record(office, title, count=count)
    client = screens(office.clerk)

    assert titles(client.get(path, {"px": "count"})) == ["甲", "乙", "丙"]
    assert titles(client.get(path, {"px": "-count"})) == ["丙", "乙", "甲"]
    assert client.get(path, {"px": "organ__users__password"}).status_code == 200


@pytest.mark.parametrize("year", ["0", "99999", "-1", "²", "abc", "9" * 40])
def test_a_year_that_is_none_shows_every_year(office, screens, path, year):
    record(office, "春季招聘会")

    assert titles(screens(office.clerk).get(path, {"nian": year})) == ["春季招聘会"]


@pytest.mark.parametrize("year", ["0", "2018", "99999"])
def test_a_roll_up_of_a_year_without_a_form_is_not_found(office, screens, year):
    response = screens(office.clerk).get(f"/houtai/huizong/{office.organ.code}/{year}/")

    assert response.status_code == 404


def test_the_export_holds_what_was_asked_for_with_formulas_neutralised(office, screens, path):
    record(office, "=HYPERLINK(1)")
    record(office, "去年的", occurred_on="2022-03-01")
    response = screens(office.clerk).get(path, {"nian": "2023", "daochu": "xlsx"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)

    assert rows[0][:3] == ("类别", "事项", "日期")
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)"]


def test_the_same_record_sent_twice_at_once_is_entered_once(office, screens, path):
    client = screens(office.officer)
    sent = {"kind": "hire", "title": "招聘会", "occurred_on": "2023-03-09", "count": "12", "amount_yuan": "0"}
    client.post(path, sent)
    again = client.post(path, sent, follow=True)
    client.post(path, {**sent, "title": "另一场"})

    assert "没有重复登记" in again.content.decode()
    assert WorkRecord.objects.count() == 2


def test_an_import_confirmed_twice_is_done_once_and_says_so(office, screens, path):
    client = screens(office.clerk)
    file = SimpleUploadedFile("台账.csv", "类别,事项,日期,数量\n培训,培训班,2023-03-01,1\n".encode())
    token = client.post(path + "daoru/", {"file": file}).context["token"]
    client.post(path + "daoru/queren/", {"token": token})
    again = client.post(path + "daoru/queren/", {"token": token}, follow=True)

    assert "已经导入，没有重复导入" in again.content.decode()
    assert ImportBatch.objects.count() == 1


def test_an_act_opened_as_a_page_leads_to_its_screen_and_does_nothing(office, screens, path):
    held = record(office, "春季招聘会")
    response = screens(office.clerk).get(f"{path}{held.pk}/chexiao/", follow=True)
    held.refresh_from_db()

    assert response.redirect_chain == [(path, 302)]
    assert "操作没有执行" in response.content.decode()
    assert held.withdrawn_at is None


def test_the_evidence_of_a_record_is_for_those_who_may_see_the_ledger(office, screens, path):
    held = record(office, "春季招聘会", evidence=SimpleUploadedFile("名单.txt", "张三".encode()))
    address = f"{path}{held.pk}/zhengming/"
    seen = screens(office.clerk).get(address)

    assert b"".join(seen.streaming_content).decode() == "张三"
    assert screens(office.stranger).get(address).status_code == 302
    assert screens(office.clerk).get(f"{path}{record(office, '无').pk}/zhengming/").status_code == 404


def test_markup_in_a_record_is_shown_as_text(office, screens, path):
    record(office, "<script>alert(1)</script>", note="\u202e<b>")
    html = screens(office.clerk).get(path).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
