"""Pictures of faulty pages: kept with their digest, the gravest first, never shown when changed."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests import factories as make
from tests.factories.site_server import serving

from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.crawling.pictures import camera
from gongkai.supervision.models import PageCopy, Run
from gongkai.supervision.services import picturing
from gongkai.supervision.services.picturing import photograph

from .test_inspecting import faulty, run_on

pytestmark = pytest.mark.django_db


class Taker:
    """A camera that gives the address as picture."""

    def __init__(self, *failing: str) -> None:
        self.asked: list[str] = []
        self.failing = failing

    def take(self, url: str) -> bytes:
        self.asked.append(url)
        return b"" if url.endswith(self.failing) and self.failing else url.encode()


@pytest.fixture
def run():
    return run_on(faulty())


def more_copies(run: Run, *paths: str) -> None:
    first = run.copies.get()
    for path in paths:
        PageCopy.objects.create(
            run=run,
            url=f"{run.address}{path}",
            status=200,
            fetched_at=first.fetched_at,
            digest="x",
            packed=first.packed,
        )


def test_without_a_camera_none_are_taken(run):
    assert photograph(run, None) == 0
    assert run.copies.get().picture_digest == ""


def test_a_picture_is_kept_with_its_digest_in_the_log(run):
    assert photograph(run, Taker()) == 1
    kept = run.copies.get()
    assert bytes(kept.picture) == kept.url.encode()
    assert kept.pictured_at is not None
    assert kept.picture_digest in Event.objects.get(action="inspection.pictured").data


def test_no_page_is_taken_twice_and_one_that_failed_is_left_out(run):
    more_copies(run, "a/")
    taker = Taker("a/")
    assert photograph(run, taker) == 1
    assert photograph(run, again := Taker()) == 1
    assert [url.rpartition("/")[0][-1:] for url in again.asked] == ["a"]


def test_the_gravest_come_first_and_there_is_an_end(run, monkeypatch):
    monkeypatch.setattr(picturing, "MAX_PICTURES", 1)
    more_copies(run, "a/", "b/")
    photograph(run, taker := Taker())
    assert len(taker.asked) == 1
    assert taker.asked[0].endswith("/jigou/1/")


def test_a_picture_is_shown_to_those_who_see_inspections(run):
    photograph(run, Taker())
    kept = run.copies.get()
    address = reverse("supervision:picture", args=[kept.pk])
    client = Client()
    client.force_login(make.reviewer(run.organ, Role.SUPERVISOR))
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/webp", kept.url.encode())
    assert address in client.get(reverse("supervision:run", args=[run.pk])).content.decode()

    stranger = Client()
    stranger.force_login(make.reviewer(make.organ(), Role.SUPERVISOR))
    assert stranger.get(address).status_code == 302
    PageCopy.objects.update(picture=b"other")
    assert client.get(address).status_code == 404


def test_a_page_without_a_picture_has_none_to_show(run):
    client = Client()
    client.force_login(make.reviewer(run.organ, Role.SUPERVISOR))
    assert client.get(reverse("supervision:picture", args=[run.copies.get().pk])).status_code == 404


def test_an_inspection_takes_its_pictures_by_a_real_browser(settings):
    if camera(["127.0.0.1"]) is None:
        pytest.skip("no browser on this machine")
    settings.BROWSER_PROGRAM = ""
    run = run_on(faulty())
    # The site is gone when the copies are kept under test, so the picture is the browser's own page of that.
    with serving({}):
        kept = run.copies.get()
    picture = Image.open(io.BytesIO(bytes(kept.picture)))
    assert picture.format == "WEBP"
