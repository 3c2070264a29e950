"""Concerns of the public and the items that answer them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.publication.response import Weight, response_due
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.publishing.services import concerns

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 10, 1, 22, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def responses():
    column = factories.column(title="回应关切")
    ColumnPage.objects.filter(pk=column.pk).update(column_type="回应关切")
    column = ColumnPage.objects.get(pk=column.pk)
    column.save()
    return column


def noted(organ, **given):
    words = {"title": "园区自来水发黄", "source": "热线", "weight": "ordinary", "heard_at": NIGHT}
    return concerns.note_concern(organ=organ, actor=factories.editor(organ), **{**words, **given})


def test_hours_run_through_holidays():
    """国办发〔2016〕61号: 48 hours, 5 hours for major ones; 1 October is a holiday."""
    assert response_due(NIGHT, Weight.ORDINARY) == NIGHT + timedelta(hours=48)
    assert response_due(NIGHT, Weight.MAJOR) == NIGHT + timedelta(hours=5)


def test_item_and_column_show_concern_and_answer_once_it_is_live(organ, client):
    column, concern = responses(), noted(organ)
    draft = factories.draft_item(organ=organ, column=column, title="关于水质的说明")
    concerns.link_response(concern=concern, item=draft, actor=factories.editor(organ))
    assert "园区自来水发黄" not in client.get(column.url).content.decode()

    factories.release(draft)

    item = ItemPage.objects.get(pk=draft.pk)
    assert "园区自来水发黄" in client.get(column.url).content.decode()
    assert "园区自来水发黄" in client.get(item.url).content.decode()
    concern.refresh_from_db()
    assert concern.answered_at == item.published_at
    assert concern.is_late(timezone.now())


def test_an_answer_stands_in_a_column_for_answers_and_is_the_organs_own(organ):
    concern = noted(organ)
    elsewhere = factories.draft_item(organ=organ)
    others = factories.draft_item(column=responses())

    for item in (elsewhere, others):
        with pytest.raises(ReviewRefused):
            concerns.link_response(concern=concern, item=item, actor=factories.editor(organ))


def test_a_concern_is_noted_by_editors_and_not_in_advance(organ):
    with pytest.raises(ReviewRefused, match="晚于现在"):
        noted(organ, heard_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(AccessDenied):
        concerns.note_concern(
            organ=organ, title="x", source="y", weight="major", heard_at=NIGHT,
            actor=factories.reviewer(organ, Role.SUPERVISOR),
        )  # fmt: skip


def test_the_screens_note_link_close_and_mark_what_is_late(organ, client):
    column, person = responses(), factories.editor(organ)
    item = factories.draft_item(organ=organ, column=column)
    client.force_login(person)
    given = {"title": "停电", "source": "媒体", "weight": "major", "heard_at": "2026-10-01T22:00"}
    assert client.post(reverse("publishing:note_concern"), given).status_code == 302
    page = client.get(reverse("publishing:concerns")).content.decode()
    assert "2026-10-02 03:00" in page
    assert "已超时" in page
    first, second = noted(organ), noted(organ)
    assert (
        client.post(reverse("publishing:link_response", args=[first.pk]), {"item": item.pk}).status_code
        == 302
    )
    assert (
        client.post(reverse("publishing:close_concern", args=[second.pk]), {"reason": ""}).status_code == 422
    )
    client.post(reverse("publishing:close_concern", args=[second.pk]), {"reason": "已当面说明"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.response_id == item.pk
    assert not second.is_open
