"""Every test of the gate has files and a search index of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "search"
    settings.MEDIA_ROOT = tmp_path / "media"
