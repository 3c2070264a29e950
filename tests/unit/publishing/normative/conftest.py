"""An organ with its portal."""

from __future__ import annotations

import pytest
from tests import factories


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at
