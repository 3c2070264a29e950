"""The table of public page kinds in ``tests/functional/public_pages.py`` knows every address of the portal."""

from __future__ import annotations

from tests.functional.public_pages import JOURNEYS, NOT_PAGES, ROUTES
from wagtail.models import get_page_models

from gongkai.portal import urls as portal_urls
from gongkai.portal.applying import urls as applying_urls


def test_every_address_of_the_portal_is_in_the_table_or_is_no_page():
    named = {pattern.name for urls in (portal_urls, applying_urls) for pattern in urls.urlpatterns}

    assert named - ROUTES - NOT_PAGES.keys() == set()
    assert NOT_PAGES.keys() & ROUTES == set()
    assert NOT_PAGES.keys() - named == set(), "these addresses are gone"


def test_every_page_model_of_ours_is_in_the_table():
    ours = {model.__name__ for model in get_page_models() if model.__module__.startswith("gongkai.")}

    assert ours - ROUTES == set()


def test_no_two_page_kinds_bear_one_name():
    names = [stop.name for journey in JOURNEYS for stop in journey]

    assert len(names) == len(set(names))
