"""Baking is on here."""

from __future__ import annotations

import pytest
from tests import factories
from wagtail.models import Site

from gongkai.portal.baking.queue import carry_over
from gongkai.portal.baking.work import baked_folder
from gongkai.publishing.models import HomePage


@pytest.fixture(autouse=True)
def _baking(settings):
    settings.BAKE_AT_PUBLICATION = True


@pytest.fixture
def folder():
    return baked_folder()


@pytest.fixture
def site(db, django_capture_on_commit_callbacks):
    """A portal with its settings, nothing noted."""
    with django_capture_on_commit_callbacks(execute=False):
        at = Site.objects.get(is_default_site=True)
        at.root_page = at.root_page.get_root().add_child(instance=HomePage(title="首页", slug="menhu"))
        at.save()
        organ = factories.organ()
        factories.portal_site(organ)
    carry_over()
    return organ


@pytest.fixture
def carried(django_capture_on_commit_callbacks):
    """Do something and let what follows the transaction happen."""

    def do(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return do


@pytest.fixture
def noted(django_capture_on_commit_callbacks):
    """Do something whose process dies right after the transaction."""

    def do(act):
        with django_capture_on_commit_callbacks(execute=False):
            return act()

    return do
