"""The words of the back office's scripts are Chinese: what Wagtail's catalogue lacks stands in ours."""

import json

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Write something or type ‘/’ to insert a block", "在这里写正文，或者按“/”插入内容"),
        ("A network error occurred.", "网络断了，请检查网络后再试。"),
        ("Changes have been autosaved.", "修改已自动保存。"),
    ],
)
def test_a_string_is_served_in_chinese(admin_client, theirs, ours):
    answer = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert f"{json.dumps(theirs)}: {json.dumps(ours)}" in answer


def test_the_search_counts_pages_in_chinese(admin_client):
    shown = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": "Welcome"}).content.decode()
    assert "个None" not in shown
    assert "共 1 个页面" in shown
