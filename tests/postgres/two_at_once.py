"""Several people at the same moment; only a real server has them, so this runs with the data layer on PostgreSQL.

Its name keeps it out of the ordinary collection; ``test_data_layer_on_postgresql`` names it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from gongkai.audit.models import Event
from gongkai.inforequests.errors import TakenByAnother
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import deciding, intake
from tests import factories
from tests.unit.inforequests.office import office

PEOPLE = 8


@pytest.fixture(autouse=True)
def _emptied_afterwards(transactional_db):
    """The audit log lets nobody empty it, so the test database is emptied with its triggers put aside."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Event._meta.db_table} DISABLE TRIGGER ALL")


def at_once(act):
    """Run an act in several threads that start together; gives what each returned or raised."""
    gate = Barrier(PEOPLE)

    def run(number):
        gate.wait()
        try:
            return act(number)
        except TakenByAnother as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


def test_the_same_page_sent_by_impatient_fingers_makes_one_application():
    organ, given = office().organ, factories.filing()
    made = at_once(lambda n: intake.submit_public(organ=organ, filing=given, submission_key="one").number)
    assert len(set(made)) == 1
    assert InfoRequest.objects.count() == 1


def test_numbers_are_consecutive_however_many_come_at_once():
    organ = office().organ
    filings = [factories.filing() for _ in range(PEOPLE)]
    made = at_once(
        lambda n: intake.submit_public(organ=organ, filing=filings[n], submission_key=str(n)).number
    )
    assert sorted(int(number[-4:]) for number in made) == list(range(1, PEOPLE + 1))


def test_of_several_clerks_one_drafts_and_the_others_are_told():
    place = office()
    case = place.processing()
    done = at_once(
        lambda n: deciding.draft_decision(
            request_id=case.pk,
            actor=place.clerk if n % 2 else place.colleague,
            code="D-36-1",
            facts={"公开途径": "门户网站"},
            version=case.version,
        )
    )
    refused = [one for one in done if isinstance(one, TakenByAnother)]
    assert len(refused) == PEOPLE - 1
    assert all("已被他人处理" in str(error) for error in refused)
    assert case.decisions.count() == 1
