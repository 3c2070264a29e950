"""The two figures, and evidence that comes back from store as it was."""

import json
from decimal import Decimal

from tests.factories import inspection as make
from tests.factories.inspection import NOW, ORIGIN, TODAY, content, days_ago, evidence, home

from gongkai.core.inspection import Evidence, State, Verdict, from_json, inspect, to_json


def test_a_sound_site_still_has_items_that_only_a_person_can_see():
    """V-W-03 and V-W-06 are never measured by a machine, so the verdict says that something is open."""
    found = inspect(evidence(), on=TODAY)

    assert found.verdict is Verdict.NO_VETO_SO_FAR
    assert found.score == 100
    assert set(found.unmeasured) == {"D-08", "D-12", "D-14", "D-15", "D-16", "D-22", "D-23"}
    assert not found.is_alarming
    assert not found.findings


def test_a_verified_veto_makes_the_site_unqualified():
    found = inspect(evidence(home(entries=())), on=TODAY)
    stale = inspect(evidence(content("/dongtai/1/", day=days_ago(-1))), on=TODAY)

    assert found.outcome("V-W-08").state is State.UNKNOWN
    assert stale.verdict is Verdict.UNQUALIFIED
    assert stale.is_alarming


def test_a_veto_from_memory_never_carries_the_verdict():
    """V-W-16 is [mem]: it is shown beside the verdict."""
    poor = content("/fuwu/1/", "办事", "办事服务", guide_elements=make.GUIDE[:4])
    found = inspect(evidence(poor), on=TODAY)

    assert found.verdict is Verdict.NO_VETO_SO_FAR
    assert found.provisional_vetoes == ("V-W-16",)


def test_points_of_one_indicator_stop_at_its_cap():
    """portal-rules §2.1: deductions within one indicator never exceed its points."""
    found = inspect(evidence(home(footer="", links=())), on=TODAY)

    assert found.outcome("D-18").lost == Decimal(5)
    assert found.score == 95


def test_evidence_comes_back_from_json_as_it_was():
    given = evidence(register=make.register(signed={"/": "a"}, released={f"{ORIGIN}/": days_ago(3)}))

    kept = json.dumps(to_json(given), ensure_ascii=False)

    assert from_json(json.loads(kept)) == given


def test_none_and_nothing_are_told_apart_in_store():
    """Nobody recorded messages, or there were none: unknown and clear."""
    for messages in (None, ()):
        given = Evidence(f"{ORIGIN}/", NOW, NOW, register=make.register(messages=messages))
        assert from_json(to_json(given)).register.messages == messages
