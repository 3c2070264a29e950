"""Every test here has folders of its own and counts nobody's earlier requests."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests import factories


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_FOLDER = tmp_path / "search"
    settings.BAKE_FOLDER = tmp_path / "baked"
    cache.clear()


@pytest.fixture
def organ(db):
    at = factories.organ()
    factories.portal_site(at)
    return at
