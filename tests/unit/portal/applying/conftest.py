"""The office that the public applies to."""

from __future__ import annotations

import pytest
from tests.unit.inforequests.office import office


@pytest.fixture(name="office")
def _office(db):
    return office()
