"""Screens of long lists are those that a plain cut would give."""

import pytest
from django.core.paginator import Paginator
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.publishing.models import OfficialMedium
from gongkai.publishing.paging import KeysFirst


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
