"""The office every test of applications works in."""

from __future__ import annotations

import pytest
from tests.unit.inforequests.office import office


@pytest.fixture(name="office")
def _office(db):
    return office()
