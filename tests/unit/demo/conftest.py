"""The demo office, loaded once for all its tests: living through its years takes longer than all of them."""

from datetime import date, datetime, time

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from gongkai.demo.run import load_demo

TODAY = date(2026, 6, 10)  # a working Wednesday


@pytest.fixture(scope="package")
def data_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, data_folder):
    """Loaded as on TODAY and rolled back in the end; what a test changes is undone after it."""
    with (
        django_db_blocker.unblock(),
        override_settings(DATA_DIR=data_folder),
        transaction.atomic(),
    ):
        assert load_demo(now=timezone.make_aware(datetime.combine(TODAY, time(15))))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The demo office, and its day."""
    return TODAY
