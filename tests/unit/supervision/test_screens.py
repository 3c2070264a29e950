"""Screens of inspections: who sees them, what they say."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.urls import reverse
from tests import factories as make
from tests.factories.bad_site import TODAY, BadSite
from tests.unit.supervision.test_inspecting import faulty, run_on, suspected

from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines
from gongkai.supervision.models import InspectionSettings, Ruling, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    organ = make.organ()
    person = make.holder(organ, Role.DISCLOSURE_OFFICE)
    client.force_login(person)
    return organ, person


def test_the_list_shows_each_run_with_both_figures(client, office):
    run = run_on(faulty(), organ=office[0])

    page = client.get(reverse("supervision:runs")).content.decode()

    assert reverse("supervision:run", args=[run.pk]) in page
    assert run.get_verdict_display() in page
    assert str(run.score) in page


def test_a_run_shows_its_findings_with_source_mark_and_evidence(client, office):
    run = run_on(faulty(), organ=office[0])

    page = client.get(reverse("supervision:run", args=[run.pk])).content.decode()

    assert "暗链" in page
    assert "两处核实" in page
    copy = reverse("supervision:copy", args=[run.copies.get().pk])
    assert copy in page
    kept = client.get(copy)
    assert kept["Content-Type"].startswith("text/plain")
    assert "casino" in kept.content.decode()


def test_a_past_day_is_replayed_indicator_by_indicator(client, office):
    run_on(faulty(), organ=office[0])

    page = client.get(reverse("supervision:replay"), {"on": str(TODAY)}).content.decode()

    assert "未发现问题" in page
    assert "未测" in page
    assert client.get(reverse("supervision:replay"), {"on": "2020-01-01"}).status_code == 302
    assert client.get(reverse("supervision:replay"), {"on": "x"}).status_code == 302


def test_the_evidence_can_be_taken_away_whole(client, office):
    run = run_on(faulty(), organ=office[0])

    found = client.get(reverse("supervision:evidence", args=[run.pk]))

    assert found.json()["start"] == run.address


def test_asking_for_an_inspection_queues_one(client, office):
    chosen = InspectionSettings.objects.create(
        site=make.portal_site(office[0]).site, organ=office[0], address="http://127.0.0.1:9/"
    )

    with patch("gongkai.supervision.tasks.carry_out") as carried:
        client.post(reverse("supervision:start"), {"site": chosen.pk})

    assert carried.call_count == 1
    assert Run.objects.get().asked_by == office[1]


def test_ruling_on_a_finding_is_kept_and_leaves_the_desk(client):
    finding = suspected()
    person = make.holder(finding.run.organ, Role.PROOFREADER)
    client.force_login(person)
    address = reverse("supervision:rule", args=[finding.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"says": "dismissed", "reason": ""}).status_code == 422
    assert client.post(address, {"says": "dismissed", "reason": "旧网址，已停用"}).status_code == 302
    assert Ruling.objects.get().says == "dismissed"


def test_the_desk_tells_of_a_leak_or_hidden_link_until_it_is_gone(office):
    organ, person = office
    run_on(faulty(), organ=organ)
    lines = [line for line in contributed_lines(person, TODAY) if "网站巡查" in line.text]

    run_on(BadSite(), organ=organ)
    after = [line for line in contributed_lines(person, TODAY) if "网站巡查" in line.text]

    assert [line.text for line in lines] == [f"网站巡查（{TODAY}）：否决项或安全问题 1 处"]
    assert after == []


@pytest.mark.parametrize("name", ["runs", "run", "evidence", "copy", "rule", "replay"])
def test_people_without_a_role_see_nothing(client, name):
    finding = run_on(faulty()).findings.first()
    keys = {
        "run": finding.run_id,
        "evidence": finding.run_id,
        "copy": finding.run.copies.get().pk,
        "rule": finding.pk,
    }
    client.force_login(make.holder(make.organ(), Role.PARK_SUPERVISOR))

    found = client.get(
        reverse(f"supervision:{name}", args=[keys[name]] if name in keys else []), {"on": str(TODAY)}
    )

    assert found.status_code in {302, 403}
    if found.status_code == 302:
        assert found["Location"] == reverse("wagtailadmin_home")
