"""The open interface keeps to its own description, whatever is asked (Schemathesis over WSGI, no network).

Every operation of ``/api/v1/openapi.json`` is asked with generated parameters, right ones and wrong ones: no server error, no
undocumented status, content type or shape, and nothing that the description forbids is accepted.
"""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from tests import factories
from tests.factories import interaction
from tests.factories import normative as norms

from gongkai.agencies.roles import Role
from gongkai.portal.api import api
from gongkai.publishing import services

schemathesis = pytest.importorskip("schemathesis", reason="未安装 schemathesis：接口没有按说明核对")
pytestmark = pytest.mark.django_db


@pytest.fixture
def described():
    """The interface on an office that has something of each kind."""
    organ = factories.organ()
    factories.portal_site(organ)
    factories.published_item(organ=organ, title="道路保洁公告")
    norms.published(organ, 1, title="园区办法", on=date(2026, 1, 5), effective_on=date(2026, 1, 5))
    interaction.live_guide(organ)
    interaction.shown(organ)
    edition = services.start_edition(organ=organ, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))
    services.put_in_force(
        edition=edition,
        actor=factories.reviewer(organ, Role.DISCLOSURE_HEAD),
        effective_from=timezone.localdate(),
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


EXAMPLES = int(os.environ.get("GONGKAI_API_EXAMPLES", "25"))  # more, to look for faults for longer

PATHS = api.get_openapi_schema()["paths"]
RIGHT = [(path, schemathesis.GenerationMode.POSITIVE) for path in PATHS]
WRONG = [
    (path, schemathesis.GenerationMode.NEGATIVE)
    for path, methods in PATHS.items()
    if methods["get"]["parameters"]
]


@pytest.mark.parametrize(("path", "mode"), [*RIGHT, *WRONG], ids=lambda given: getattr(given, "value", given))
def test_every_operation_keeps_to_its_description(described, path, mode):
    """With what the description allows, and with what it forbids."""
    operation = described[path]["GET"]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate()

    ask()
