"""Screens of long lists are those that a plain cut would give."""

import pytest
from django.core.paginator import Paginator
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.publishing.models import OfficialMedium
from gongkai.publishing.paging import KeysFirst, first_found


class TestKeysFirst(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        count=st.integers(0, 12), size=st.integers(1, 5), page=st.integers(1, 6), orphans=st.integers(0, 1)
    )
    def test_same_rows_as_the_plain_paginator(self, count, size, page, orphans):
        OfficialMedium.objects.all().delete()
        for number in range(count):
            OfficialMedium.objects.create(name=f"{number % 3}-{number}")
        rows = OfficialMedium.objects.order_by("-name", "pk")
        plain = Paginator(rows, size, orphans=orphans).get_page(page)
        ours = KeysFirst(rows, size, orphans=orphans).get_page(page)
        assert list(ours) == list(plain)
        assert (ours.has_next(), ours.number) == (plain.has_next(), plain.number)


@pytest.mark.django_db
def test_a_page_that_is_no_number_is_the_first():
    OfficialMedium.objects.all().delete()
    OfficialMedium.objects.create(name="甲")
    assert [one.name for one in KeysFirst(OfficialMedium.objects.order_by("pk"), 5).get_page("x")] == ["甲"]


@pytest.mark.django_db
def test_a_search_lists_no_more_than_it_can_and_says_so(monkeypatch, rf):
    OfficialMedium.objects.all().delete()
    for number in range(5):
        OfficialMedium.objects.create(name=f"{number}")
    rows = OfficialMedium.objects.order_by("-name")
    said = []
    monkeypatch.setattr("gongkai.publishing.paging.messages.info", lambda request, text: said.append(text))

    def found() -> list[str]:
        return [OfficialMedium.objects.get(pk=key).name for key in first_found(rf.get("/"), rows)]

    assert (found(), said) == (["4", "3", "2", "1", "0"], [])
    monkeypatch.setattr("gongkai.publishing.paging.MOST_FOUND", 3)
    assert found() == ["4", "3", "2"]
    assert said == ["找到的很多，只列出前 3 条；再加一个词可以缩小范围。"]
