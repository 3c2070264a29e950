"""Every test of the portal searches in an index and bakes into a folder of its own."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _search_folder(settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "search"


@pytest.fixture(autouse=True)
def _bake_folder(settings, tmp_path):
    settings.BAKE_FOLDER = tmp_path / "baked"


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Where the site's root lies is kept in the cache, which no transaction takes back."""
    cache.clear()
