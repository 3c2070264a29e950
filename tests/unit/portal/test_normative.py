"""What the public sees of normative documents: marks, library, consultation, open data."""

from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests import factories
from tests.factories import normative as made

from gongkai.core.documents.normative import EffectKind, Step
from gongkai.demo.days import at as at_moment
from gongkai.portal.models import SearchChange
from gongkai.publishing.models import DraftOpinion, ItemPage, NormativeDocument
from gongkai.publishing.normative import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    cache.clear()
    at = factories.organ()
    factories.portal_site(at)
    return at


def at(day: date):
    return at_moment(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def read(client, address, **given):
    answer = client.get(address, given)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(client, document):
    return read(client, NormativeDocument.objects.get(pk=document.pk).page.url)


def test_the_mark_stands_on_the_page_itself_with_day_and_successor(client, organ):
    """P-CON-03: a repealed paper says so on its own page; its released content stays as it was."""
    old = made.published(organ, 1, title="园区老办法", on=date(2026, 1, 5), effective_on=date(2026, 1, 5))
    assert "现行有效" in page_of(client, old)
    digest = ItemPage.objects.get(pk=old.page_id).released_digest
    with at(date(2026, 3, 2)):
        new = made.numbered(made.document(organ, title="园区新办法"), 2, effective_on=date(2026, 3, 2))
        services.relate(document=new, target=old, kind=EffectKind.REPLACES, actor=made.clerk(organ))
        item = services.make_item(document=new, column=factories.column(), actor=made.clerk(organ))
        factories.release(item)
        page = page_of(client, old)

    assert "已废止" in page
    assert "2026年3月2日" in page
    assert f'<a href="{item.url}">园区新办法</a>代替' in page
    assert "废止的文件" in page_of(client, new)
    assert ItemPage.objects.get(pk=old.page_id).released_digest == digest


def test_a_change_of_standing_has_search_written_anew(organ, django_capture_on_commit_callbacks):
    document = made.published(
        organ, on=date(2026, 1, 5), effective_on=date(2026, 1, 5), valid_to=date(2026, 2, 27)
    )
    SearchChange.objects.all().delete()

    services.tell_daily(date(2026, 2, 28))
    assert list(SearchChange.objects.values_list("item", flat=True)) == [document.page_id]


def test_policy_and_interpretation_link_each_other(client, organ):
    """I-08."""
    document = made.published(organ)
    item = factories.published_item(organ=organ, title="一图读懂奖补办法")
    services.link_interpretation(document=document, item=item, form="picture", actor=made.clerk(organ))

    assert f'<a href="{item.url}">一图读懂奖补办法</a>' in page_of(client, document)
    assert f'解读的文件：<a href="{document.page.url}">' in read(client, item.url)


def test_an_interpretation_that_is_not_published_is_not_linked(client, organ):
    document = made.published(organ)
    item = factories.draft_item(organ=organ, title="还没发布的解读")
    services.link_interpretation(document=document, item=item, form="text", actor=made.clerk(organ))

    assert "还没发布的解读" not in page_of(client, document)


def test_the_library_narrows_by_state_year_words_and_day(client, organ):
    made.published(
        organ,
        1,
        title="园区旧规定",
        on=date(2026, 1, 5),
        effective_on=date(2026, 1, 5),
        valid_to=date(2026, 2, 27),
    )
    made.published(organ, 2, title="园区新规定", on=date(2026, 2, 2), effective_on=date(2026, 2, 2))
    address = reverse("portal:normative_library")
    with at(date(2026, 3, 2)):
        every, held = read(client, address), read(client, address, zhuangtai="youxiao")
        over = read(client, address, zhuangtai="shixiao")
    then = read(client, address, on="2026-01-31")

    assert ("园区旧规定" in every, "园区新规定" in every) == (True, True)
    assert ("园区旧规定" in held, "园区新规定" in held) == (False, True)
    assert ("园区旧规定" in over, "园区新规定" in over) == (True, False)
    assert ("园区旧规定" in then, "园区新规定" in then) == (True, False)
    assert "园区新规定" in read(client, address, ci="示园发[2026]2号")
    assert "没有符合条件" in read(client, address, ci="没有的词")
    assert "日期不对" in read(client, address, on="2026-02-30")
    assert "没有符合条件" in read(client, address, nian="2019")


def test_drafts_and_withdrawn_papers_are_not_in_the_library(client, organ):
    document = made.published(organ)
    made.document(organ, title="园区草案")
    factories.withdraw_item(document.page)

    page = read(client, reverse("portal:normative_library"))
    assert document.title not in page
    assert "园区草案" not in page


@pytest.mark.parametrize("form", ["wenjian.pdf", "wenjian.docx"])
def test_the_paper_of_a_draft_is_not_for_the_public(client, organ, form):
    draft, document = made.document(organ, title="园区草案"), made.published(organ)

    assert client.get(reverse("portal:normative_paper", args=[draft.pk, form])).status_code == 404
    assert client.get(reverse("portal:normative_paper", args=[document.pk, form])).status_code == 200


def asked(organ):
    document = made.take(made.document(organ, impact="rights"), Step.DRAFTING)
    consultation = services.prepare_consultation(
        document=document, column=factories.column(), explanation="背景", days=10, short_reason="", contact="示例路1号",
        actor=made.clerk(organ),
    )  # fmt: skip
    factories.release(consultation.page)
    consultation.refresh_from_db()
    return consultation


class Inputs(HTMLParser):
    """Names and values of a page's inputs."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            self.found[given["name"]] = given.get("value", "")


def test_an_opinion_is_given_without_javascript_and_counts_once(client, organ):
    consultation = asked(organ)
    address = reverse("portal:consultation", args=[consultation.pk])
    assert address in read(client, consultation.page.url)
    given = {
        "text": "请放宽条件",
        "name": "",
        "contact": "",
        "key": Inputs(read(client, address)).found["key"],
    }

    first, again = client.post(address, given), client.post(address, given)
    assert first.status_code == 302
    assert first.url == again.url
    opinion = DraftOpinion.objects.get()
    receipt = read(client, first.url)
    assert opinion.number in receipt
    assert "请放宽条件" not in receipt


def test_an_empty_opinion_says_what_to_do(client, organ):
    consultation = asked(organ)

    answer = client.post(reverse("portal:consultation", args=[consultation.pk]), {"text": " ", "key": "k"})
    assert answer.status_code == 422
    assert "请写下您的意见" in answer.content.decode()
    assert not DraftOpinion.objects.exists()


def test_after_the_last_day_no_opinion_is_taken(client, organ):
    consultation = asked(organ)
    address = reverse("portal:consultation", args=[consultation.pk])
    with at(consultation.closes_on + timedelta(days=1)):
        answer = client.post(address, {"text": "晚了", "key": "k"})

    assert answer.status_code == 410
    assert "不再接收意见" in answer.content.decode()
    assert not DraftOpinion.objects.exists()


def test_one_address_cannot_flood(client, organ, settings):
    settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "opinion": (1, 600)}
    address = reverse("portal:consultation", args=[asked(organ).pk])
    client.post(address, {"text": "一", "key": "a"})

    assert client.post(address, {"text": "二", "key": "b"}).status_code == 429
    assert DraftOpinion.objects.count() == 1


def test_the_open_interface_gives_the_standing_of_a_day(client, organ):
    made.published(organ, on=date(2026, 1, 5), effective_on=date(2026, 1, 5), valid_to=date(2026, 2, 27))
    address = "/api/v1/normative-documents"

    then = client.get(address, {"on": "2026-02-27"}).json()["documents"][0]
    later = client.get(address, {"on": "2026-02-28"}).json()["documents"][0]
    assert (then["standing"], later["standing_label"], later["ended_on"]) == (
        "in_force",
        "已失效",
        "2026-02-28",
    )
    assert client.get(address, {"on": "2026-02-28", "in_force": "true"}).json()["total"] == 0
    assert client.get(address, {"on": "nie"}).status_code == 422


def test_the_page_of_a_consultation_is_written_anew_when_it_has_closed(client, organ):
    consultation = asked(organ)
    SearchChange.objects.all().delete()
    day = consultation.closes_on + timedelta(days=1)
    with at(day):
        services.tell_daily(day)
        page = read(client, consultation.page.url)

    assert consultation.page_id in SearchChange.objects.values_list("item", flat=True)
    assert "征求意见已截止" in page
    assert "提出意见</a>" not in page
