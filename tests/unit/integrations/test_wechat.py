"""The official account against a local server that speaks its protocol."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from tests import factories
from tests.unit.integrations.wechat_platform import Platform

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.integrations.models import OutboxMessage
from gongkai.integrations.outbox import deliver_due
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ChannelRelease, ItemPage
from gongkai.publishing.services import channels

pytestmark = pytest.mark.django_db
_S = ChannelRelease.State


@pytest.fixture
def platform(settings):
    cache.clear()
    started = Platform()
    settings.WECHAT_API = started.url
    settings.WECHAT_APP_ID, settings.WECHAT_SECRET, settings.WECHAT_COVER = "wx-test", "s3cret", "cover-1"
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture
def item():
    organ = factories.organ()
    factories.portal_site(organ)
    body = (
        '<p>道路<b>保洁</b>招标，见<a href="/ditu/">公开区</a>。</p><p><embed embedtype="image" id="1"/></p>'
    )
    draft = factories.draft_item(organ=organ, title="保洁招标", body=body, author="小编")
    factories.release(draft)
    return ItemPage.objects.get(pk=draft.pk)


def head(item):
    return factories.reviewer(item.organ, Role.DISCLOSURE_OFFICE)


def later(hours=24):
    return deliver_due(now=timezone.now() + timedelta(hours=hours))


def record():
    return ChannelRelease.objects.get()


def test_an_item_becomes_a_draft_is_published_and_its_address_is_kept(platform, item):
    channels.send_to_wechat(item=item, publish=True, actor=head(item))
    assert record().state == _S.QUEUED
    assert platform.calls == []

    deliver_due()
    later()

    assert platform.paths() == ["stable_token", "draft/add", "freepublish/submit", "freepublish/get"]
    article = platform.drafts["draft-1"]
    assert article["title"] == "保洁招标"
    assert "道路<b>保洁</b>招标" in article["content"]
    assert 'href="http' in article["content"]
    assert "<img" not in article["content"]
    assert article["content_source_url"] == item.full_url
    raw = next(body for path, _, _, body in platform.calls if path == "draft/add")
    assert "保洁招标".encode() in raw  # the platform shows \\u escapes as typed
    assert (record().state, record().url) == (_S.PUBLISHED, "https://mp.weixin.qq.com/s/x")


def test_a_draft_alone_is_left_for_a_person(platform, item):
    channels.send_to_wechat(item=item, publish=False, actor=head(item))

    deliver_due()

    assert platform.paths() == ["stable_token", "draft/add"]
    assert (record().state, record().reference) == (_S.DRAFT, "draft-1")


def test_the_token_is_kept_and_taken_anew_once_when_stale(platform, item):
    channels.send_to_wechat(item=item, publish=False, actor=head(item))
    deliver_due()
    platform.token_number = 2
    other = factories.draft_item(organ=item.organ)
    factories.release(other)
    channels.send_to_wechat(item=ItemPage.objects.get(pk=other.pk), publish=False, actor=head(item))

    assert deliver_due() == (1, 0)

    assert platform.paths() == ["stable_token", "draft/add", "draft/add", "stable_token", "draft/add"]
    assert platform.calls[3][2]["force_refresh"] is True
    assert len(platform.drafts) == 2


def test_a_second_attempt_begins_where_the_first_broke_off(platform, item):
    """One draft, although the publication failed twice in between."""
    platform.answers["freepublish/submit"] = [(200, {"errcode": -1, "errmsg": "busy"}), (503, b"")]
    channels.send_to_wechat(item=item, publish=True, actor=head(item))
    deliver_due()
    assert "系统繁忙" in OutboxMessage.objects.get().fault
    assert record().state == _S.DRAFT

    later()
    later(48)

    assert platform.paths().count("draft/add") == 1
    assert platform.paths().count("freepublish/submit") == 3


@pytest.mark.parametrize(
    ("answer", "words", "state"),
    [
        ((200, {"errcode": 40164, "errmsg": "invalid ip"}), "白名单", OutboxMessage.State.DEAD),
        ((200, {"errcode": 45003, "errmsg": "title size out of limit"}), "标题太长", OutboxMessage.State.DEAD),
        ((200, {"errcode": 99999, "errmsg": "something new"}), "something new（错误码 99999）".replace("（", "。（"), OutboxMessage.State.DEAD),
        ((200, {"errcode": 45009, "errmsg": "reach max api daily quota limit"}), "明天再试", OutboxMessage.State.WAITING),
        ((502, b"bad gateway"), "502", OutboxMessage.State.WAITING),
        ((200, b"<html>"), "看不懂", OutboxMessage.State.WAITING),
        ((200, ["x"]), "看不懂", OutboxMessage.State.WAITING),
    ],
)  # fmt: skip
def test_what_the_platform_says_is_told_in_chinese_and_decides_what_follows(
    platform, item, answer, words, state
):
    platform.answers["draft/add"] = [answer]
    channels.send_to_wechat(item=item, publish=False, actor=head(item))

    deliver_due()

    message = OutboxMessage.objects.get()
    assert words in message.fault
    assert message.state == state
    assert "s3cret" not in message.fault
    assert (record().state == _S.FAILED) == (state == OutboxMessage.State.DEAD)


def test_a_publication_under_way_is_looked_up_again_and_a_refused_one_is_told(platform, item):
    platform.publish_status = 1
    channels.send_to_wechat(item=item, publish=True, actor=head(item))
    deliver_due()
    later()
    assert "正在发布" in OutboxMessage.objects.get(channel="wechat_outcome").fault
    platform.publish_status = 4

    later(48)

    assert OutboxMessage.objects.get(channel="wechat_outcome").state == OutboxMessage.State.DEAD
    assert record().state == _S.FAILED
    assert "平台审核不通过" in record().note


def test_an_account_that_is_down_loses_nothing(platform, item, settings):
    settings.WECHAT_API = "http://127.0.0.1:9"
    channels.send_to_wechat(item=item, publish=False, actor=head(item))
    assert deliver_due() == (0, 1)
    settings.WECHAT_API = platform.url

    later()

    assert record().state == _S.DRAFT


def test_only_released_content_is_sent_once_and_by_the_office(platform, item, settings):
    with pytest.raises(AccessDenied):
        channels.send_to_wechat(item=item, publish=False, actor=factories.editor(item.organ))
    draft = factories.draft_item(organ=item.organ)
    with pytest.raises(ReviewRefused, match="先在网站发布"):
        channels.send_to_wechat(item=draft, publish=False, actor=head(item))
    channels.send_to_wechat(item=item, publish=False, actor=head(item))
    with pytest.raises(ReviewRefused, match="已经发到公众号"):
        channels.send_to_wechat(item=item, publish=False, actor=head(item))
    settings.WECHAT_COVER = ""
    with pytest.raises(ReviewRefused, match="封面"):
        channels.send_to_wechat(item=item, publish=False, actor=head(item))


def test_the_screens_send_and_show_what_became_of_it(platform, item, client):
    client.force_login(head(item))
    send = reverse("publishing:send_to_channel", args=[item.pk])
    assert client.post(send, {"channel": "board", "place": ""}).status_code == 422
    client.post(send, {"channel": "board", "place": "服务大厅东墙"})
    client.post(send, {"channel": "draft"})
    deliver_due()

    page = client.get(reverse("publishing:channels")).content.decode()

    assert "服务大厅东墙" in page
    assert "已存草稿" in page
