"""Filing changes with the superior organ, receipts looked at by content, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from tests import factories as make
from tests.unit.agencies.test_working_groups import group_of

from gongkai.agencies import selectors, services
from gongkai.agencies.access import AccessDenied
from gongkai.agencies.errors import FilingRefused
from gongkai.agencies.models import FilingRecord, FilingRule
from gongkai.agencies.paper import Paper, paper_pdf
from gongkai.agencies.roles import Role
from gongkai.agencies.services.filings import Receipt
from gongkai.agencies.waiting import contributed_lines
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def organ():
    return make.organ()


@pytest.fixture
def clerk(organ):
    return make.holder(organ, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def group(organ, clerk):
    return group_of(organ, clerk)


@pytest.fixture
def pdf():
    return paper_pdf(Paper("回执", "示例县人民政府办公室", "2026年1月5日"), at=timezone.now())


def filed(clerk, group, **given) -> FilingRecord:
    words = {
        "what": "establishment",
        "filed_on": TODAY,
        "to_body": "县政府办公室",
        "changes": group.changes.all(),
    }
    return services.file_changes(**{"actor": clerk, "organ": group.organ, **words, **given})


def told(person):
    lines = contributed_lines(person, TODAY)
    return [line for line in lines if "报备" in line.text]


def test_an_unfiled_change_is_due_by_the_offices_limit_and_marked_until_compared(group, organ, clerk):
    (due,) = selectors.filings_due(clerk)
    (line,) = told(clerk)

    assert (due.group, due.count) == (group, 1)
    assert due.is_overdue(TODAY)
    assert "待核实" in line.text
    assert line.is_overdue(TODAY)
    services.set_rule(actor=clerk, organ=organ, days=20, basis="示政办发〔2024〕1号第三条", is_confirmed=True)
    assert "待核实" not in told(clerk)[0].text
    services.set_rule(actor=clerk, organ=organ, days=0)
    assert told(clerk) == []


def test_a_change_far_from_its_day_is_not_on_the_first_screen_yet(organ, clerk):
    group_of(organ, clerk, valid_from=TODAY, document_on=TODAY)
    services.set_rule(actor=clerk, organ=organ, days=60, in_working_days=False)

    assert len(selectors.filings_due(clerk)) == 1
    assert told(clerk) == []


def test_a_filing_takes_the_changes_off_the_list_and_is_recorded(group, clerk):
    made = filed(clerk, group)

    assert selectors.filings_due(clerk) == []
    assert list(made.changes.all()) == list(group.changes.all())
    assert Event.objects.filter(action="filing.recorded").count() == 1
    with pytest.raises(FilingRefused, match="已经报备过"):
        filed(clerk, group)


def test_a_filing_that_cannot_be_is_refused(group, clerk):
    other = make.organ()
    foreign = group_of(other, make.holder(other, Role.DISCLOSURE_OFFICE)).changes.all()

    for given, said in (
        ({"changes": []}, "请选择这次报备的变动"),
        ({"changes": foreign}, "别的机关"),
        ({"filed_on": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"filed_on": date(2025, 2, 1)}, "早于变动日期"),
        ({"to_body": " "}, "报备机关"),
    ):
        with pytest.raises(FilingRefused, match=said):
            filed(clerk, group, **given)
    assert not FilingRecord.objects.exists()
    assert filed(clerk, group, what="contacts", changes=[]).changes.count() == 0


def test_a_receipt_is_looked_at_by_its_content_sealed_and_kept_once(group, clerk, pdf):
    made = filed(clerk, group)
    for receipt, said in (
        (Receipt(), "请填写回执编号"),
        (Receipt(name="回执.pdf", data=b"MZ\x90\x00" + b"\0" * 100), "程序"),
        (Receipt(name="回执.jpg", data=pdf), "回执.jpg"),
        (Receipt(name="回执.txt", data="收到".encode()), "可以上传"),
        (Receipt(number="1号", on=TODAY + timedelta(days=1)), "回执日期"),
    ):
        with pytest.raises(FilingRefused, match=said):
            services.add_receipt(filing=made, actor=clerk, receipt=receipt)

    kept = services.add_receipt(
        filing=made, actor=clerk, receipt=Receipt("备〔2026〕1号", TODAY, "回执.pdf", pdf)
    )

    assert b"%PDF" not in Path(kept.receipt.path).read_bytes()
    assert (kept.receipt_name, kept.receipt_type) == ("回执.pdf", "application/pdf")
    with pytest.raises(FilingRefused, match="不能替换"):
        services.add_receipt(filing=made, actor=clerk, receipt=Receipt("2号"))


def test_a_limit_said_to_be_compared_names_its_basis(organ, clerk):
    with pytest.raises(FilingRefused, match="依据"):
        services.set_rule(actor=clerk, organ=organ, days=5, is_confirmed=True)
    with pytest.raises(FilingRefused, match="天"):
        services.set_rule(actor=clerk, organ=organ, days=999)

    assert not FilingRule.objects.exists()
    assert FilingRule(organ=organ).limit == "10 个工作日（待核实）"
    assert FilingRule(organ=organ, days=0).limit == "不要求报备"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INFORMATION_OFFICER])
def test_who_does_not_run_the_office_files_nothing(group, organ, clerk, role):
    other, made = make.holder(organ, role), filed(clerk, group)

    for act in (
        lambda: filed(other, group, what="contacts", changes=[]),
        lambda: services.add_receipt(filing=made, actor=other, receipt=Receipt("1号")),
        lambda: services.set_rule(actor=other, organ=organ, days=5),
    ):
        with pytest.raises(AccessDenied):
            act()
    assert FilingRecord.objects.get().receipt_number == ""


def test_the_screens_from_the_first_task_to_the_receipt(client, group, clerk, pdf):
    client.force_login(clerk)
    url = told(clerk)[0].url
    asked = client.get(url).content.decode()
    change = group.changes.get()
    client.post(
        url,
        {"what": "establishment", "changes": [change.pk], "filed_on": str(TODAY), "to_body": "县政府办公室"},
    )
    made = FilingRecord.objects.get()
    refused = client.post(reverse("agencies:filing_receipt", args=[made.pk]), {"receipt_number": ""})
    client.post(
        reverse("agencies:filing_receipt", args=[made.pk]),
        {
            "receipt_number": "备1号",
            "receipt_on": str(TODAY),
            "receipt_file": SimpleUploadedFile("回执.pdf", pdf),
        },
    )

    file = client.get(reverse("agencies:filing_receipt_file", args=[made.pk]))
    listing = client.get(reverse("agencies:filings")).content.decode()
    page = client.get(reverse("agencies:group", args=[group.pk])).content.decode()

    assert f'value="{change.pk}"' in asked
    assert "checked" in asked
    assert refused.status_code == 422
    assert file.content == pdf
    assert file["Content-Disposition"].startswith("attachment")
    assert "备1号" in listing
    assert "没有等待报备的变动" in listing
    assert reverse("agencies:filing", args=[made.pk]) in page


def test_a_refused_filing_keeps_what_was_typed(client, group, clerk):
    client.force_login(clerk)

    answer = client.post(
        reverse("agencies:file_changes"),
        {
            "what": "change",
            "filed_on": str(TODAY),
            "to_body": "县政府办公室",
            "document_number": "示园函〔2026〕8号",
        },
    )

    assert answer.status_code == 422
    assert "请选择这次报备的变动" in answer.content.decode()
    assert 'value="示园函〔2026〕8号"' in answer.content.decode()


def test_the_limit_is_set_on_its_page_and_a_supervisor_only_reads(client, group, organ, clerk):
    client.force_login(clerk)
    form = {"to_body": "县政府办公室", "days": "15", "in_working_days": "on", "basis": ""}
    client.post(reverse("agencies:filing_rule"), form)
    bad = client.post(reverse("agencies:filing_rule"), {**form, "is_confirmed": "on"})

    assert FilingRule.objects.get().days == 15
    assert bad.status_code == 422
    made = filed(clerk, group)
    client.force_login(make.holder(organ, Role.SUPERVISOR))
    assert "15 个工作日（待核实）" in client.get(reverse("agencies:filings")).content.decode()
    assert client.get(reverse("agencies:filing", args=[made.pk])).status_code == 200
    assert client.get(reverse("agencies:filing_receipt_file", args=[made.pk])).status_code == 404
    for name in ("file_changes", "filing_rule"):
        assert client.get(reverse(f"agencies:{name}")).status_code == 302


def test_a_picture_is_taken_as_a_receipt(group, clerk, tmp_path):
    path = tmp_path / "r.png"
    Image.new("RGB", (20, 20), "white").save(path)

    made = filed(clerk, group, receipt=Receipt(name="回执.png", data=path.read_bytes()))

    assert made.receipt_type == "image/png"
