"""Several people asking for the same is a sign that it should be published (第四十四条)."""

from datetime import date

import pytest
from tests import factories

from gongkai.inforequests.selectors import clusters, similar_open

pytestmark = pytest.mark.django_db
SINCE = date(2025, 1, 1)


def asked(organ, subject, on=date(2025, 3, 3), **fields):
    return factories.stored_request(organ, on, subject=subject, content=subject, **fields)


def found(organ):
    return [(cluster.subject, len(cluster.requests)) for cluster in clusters(organ, since=SINCE)]


def test_three_people_with_the_same_wish_make_a_cluster_and_the_largest_comes_first():
    organ = factories.organ()
    for _ in range(3):
        asked(organ, "道路保洁服务合同")
    for subject in (
        "农村危房改造补助名单",
        "危房改造补助名单（2025）",
        "农村危房改造补助",
        "危房改造补助名单",
    ):
        asked(organ, subject)
    asked(organ, "公园绿地建设计划")

    assert found(organ) == [("农村危房改造补助名单", 4), ("道路保洁服务合同", 3)]


def test_one_person_asking_again_is_no_crowd():
    organ = factories.organ()
    for _ in range(4):
        asked(organ, "道路保洁服务合同", identity_hash="the same person")
    asked(organ, "道路保洁服务合同", identity_hash="another")

    assert found(organ) == []


def test_what_was_published_meanwhile_is_no_suggestion():
    organ = factories.organ()
    for _ in range(3):
        asked(organ, "道路保洁服务合同")
    asked(organ, "道路保洁服务合同", closed_on=date(2025, 3, 10), outcome="D-36-1")

    assert found(organ) == []


def test_old_applications_redo_rounds_and_other_organs_do_not_count():
    organ = factories.organ()
    first = asked(organ, "道路保洁服务合同")
    asked(organ, "道路保洁服务合同", redo_of=first)
    asked(organ, "道路保洁服务合同", on=date(2024, 12, 31))
    asked(factories.organ(), "道路保洁服务合同")

    assert found(organ) == []


def test_open_applications_for_the_same_are_found_by_their_words():
    organ = factories.organ()
    one = asked(organ, "道路保洁服务合同", closed_on=date(2025, 3, 10), outcome="D-14-2")
    same = asked(organ, "道路保洁服务合同及附件")
    asked(organ, "公园绿地建设计划")
    asked(organ, "道路保洁服务合同", redo_of=one)

    assert similar_open(one) == [same]
