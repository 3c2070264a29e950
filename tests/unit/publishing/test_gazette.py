"""The monthly gazette."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pdfplumber
import pytest
from django.urls import reverse
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.demo.days import at as at_moment
from gongkai.publishing import services
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.gazette.acts import compile_issue, shown_issues
from gongkai.publishing.gazette.text import pieces_of
from gongkai.publishing.models import ItemPage

pytestmark = pytest.mark.django_db
BODY = "<h2>范围</h2><p>全园区。</p><ul><li>甲</li></ul><table><tr><th>项</th><th>数</th></tr><tr><td>路</td><td>3</td></tr></table>"


def moment(month, day=10):
    return at_moment(datetime(2026, month, day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def organ():
    at = factories.organ(name="示例园区管委会")
    factories.portal_site(at)
    return at


def office(organ):
    return factories.reviewer(organ, Role.DISCLOSURE_OFFICE)


def released(organ, month, title, **given):
    with moment(month):
        draft = factories.draft_item(organ=organ, title=title, **given)
        factories.release(draft)
    return ItemPage.objects.get(pk=draft.pk)


def words(issue):
    with issue.file.open("rb") as stream:
        content = stream.read()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join(page.extract_text() or "" for page in pdf.pages)


def test_a_body_is_cut_into_what_is_printed():
    assert pieces_of(BODY) == [
        ("h", "范围"), ("p", "全园区。"), ("p", "· 甲"), ("t", [["项", "数"], ["路", "3"]]),
    ]  # fmt: skip
    assert pieces_of(" ") == []


def test_an_issue_holds_the_months_own_items_word_for_word(organ, client):
    released(organ, 6, "六月的通知", body=BODY)
    released(organ, 7, "七月的通知")
    released(factories.organ(), 6, "别家的通知")
    with moment(8):
        issue = compile_issue(organ=organ, year=2026, month=6, actor=office(organ))

    text = words(issue)

    for part in ("六月的通知", "全园区。", "范围", "路"):
        assert part in text
    assert "七月的通知" not in text
    assert "别家的通知" not in text
    page = client.get(reverse("portal:gazettes")).content.decode()
    assert "2026年6月公报（PDF）" in page
    assert '<meta name="ColumnType"' in page
    answer = client.get(reverse("portal:gazette", args=[2026, 6]))
    assert answer.content[:5] == b"%PDF-"
    assert client.get(reverse("portal:gazette", args=[2026, 7])).status_code == 404


def test_an_issue_is_not_shown_once_an_item_of_it_was_withdrawn(organ, client):
    item = released(organ, 6, "六月的通知")
    released(organ, 6, "留下的")
    with moment(7):
        compile_issue(organ=organ, year=2026, month=6, actor=office(organ))
    services.withdraw(item=item, actor=office(organ), reason="有误")
    assert shown_issues(organ) == []
    assert client.get(reverse("portal:gazette", args=[2026, 6])).status_code == 404

    with moment(8):
        second = compile_issue(organ=organ, year=2026, month=6, actor=office(organ))

    assert second.edition == 2
    assert shown_issues(organ) == [second]
    assert "六月的通知" not in words(second)


def test_a_month_under_way_or_empty_has_no_issue(organ):
    with moment(6), pytest.raises(ReviewRefused, match="没有过完"):
        compile_issue(organ=organ, year=2026, month=6, actor=office(organ))
    with moment(7), pytest.raises(ReviewRefused, match="没有本机关发布"):
        compile_issue(organ=organ, year=2026, month=6, actor=office(organ))
    with moment(7), pytest.raises(AccessDenied):
        compile_issue(organ=organ, year=2026, month=6, actor=factories.editor(organ))


def test_december_is_followed_by_january(organ):
    with at_moment(datetime(2025, 12, 31, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))):
        draft = factories.draft_item(organ=organ, title="年末通知")
        factories.release(draft)
    with moment(2):
        issue = compile_issue(organ=organ, year=2025, month=12, actor=office(organ))

    assert [pk for pk, _ in issue.contents] == [draft.pk]
