"""Before sending: what is published already is shown and may be taken; and the door to it all."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests import factories
from tests.unit.portal.applying.public import ANSWERS, FORM, ROOT, Visitor, text_of
from wagtail.models import Site

from gongkai.inforequests.models import ApplicationDraft, InfoRequest
from gongkai.portal.searching import items_like
from gongkai.publishing.models import ColumnPage, ColumnType


def column(slug, parent, title="栏目", kind=ColumnType.NEWS):
    page = ColumnPage(slug=slug, title=title, column_type=kind, description="说明", keywords="词")
    parent.add_child(instance=page)
    return page


def item(parent, title, **fields):
    return factories.published_item(column=parent, title=title, **fields)


@pytest.fixture
def root(db):
    cache.clear()
    at = factories.organ()
    factories.office_profile(at)
    factories.portal_site(at)
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def published(root):
    return item(
        column("tongzhi", root), "2025年度园区道路保洁服务合同公告", document_number="示园管发〔2022〕6号"
    )


@pytest.mark.parametrize(
    ("subject", "content"),
    [
        ("道路保洁合同", "2025年度道路保洁服务合同及其附件"),
        ("保洁服务", ""),
        ("一份文件", "想要示园管发[2022] 6号文件"),
    ],
    ids=["most of its words", "as typed", "document number in other brackets"],
)
def test_a_published_item_that_may_be_it_is_found(published, subject, content):
    assert items_like(subject, content) == [published]


@pytest.mark.parametrize("subject", ["垃圾焚烧厂监测数据", "", "关于公开信息的情况"])
def test_what_has_little_in_common_is_not_offered(published, subject):
    assert items_like(subject) == []


def test_an_item_taken_off_line_is_not_offered(published):
    published.unpublish()

    assert items_like("道路保洁合同") == []


def test_the_first_step_leads_to_what_is_published(published):
    visitor = Visitor()
    visitor.begin()
    response = visitor.post(FORM + "xinxi/", **ANSWERS["xinxi"])

    assert response.headers["location"] == FORM + "yigongkai/"
    assert published.title in text_of(visitor.get(FORM + "yigongkai/"))


def test_taking_it_files_nothing_and_keeps_nothing(published):
    visitor = Visitor()
    visitor.begin()
    visitor.post(FORM + "xinxi/", **ANSWERS["xinxi"])
    response = visitor.post(FORM + "yigongkai/", quyong="1")
    page = text_of(visitor.get(response.headers["location"]))

    assert "没有提交申请" in page
    assert published.title in page
    assert ANSWERS["xinxi"]["subject"] not in response.headers["location"]
    assert not InfoRequest.objects.exists()
    assert not ApplicationDraft.objects.exists()


def test_going_on_files_all_the_same(published):
    visitor = Visitor()
    visitor.begin()
    visitor.post(FORM + "xinxi/", **ANSWERS["xinxi"])
    response = visitor.post(FORM + "yigongkai/", jixu="1")

    assert response.headers["location"] == FORM + "huoqu/"


def test_without_a_match_the_way_goes_straight_on(root):
    visitor = Visitor()
    visitor.begin()
    response = visitor.post(FORM + "xinxi/", **ANSWERS["xinxi"])

    assert response.headers["location"] == FORM + "huoqu/"


@pytest.mark.parametrize("numbers", ["abc", "99999999999999999999", "-1,2;3", ""])
def test_a_made_up_list_of_items_shows_none(root, numbers):
    assert Visitor().get(f"{FORM}buyong/?tiaomu={numbers}").status_code == 200


class TestDoor:
    def test_without_a_column_the_door_stands_alone(self, root):
        page = text_of(Visitor().get(ROOT))

        assert f'href="{FORM}"' in page
        assert f'href="{ROOT}chaxun/"' in page
        assert 'href="/zfxxgk/ysqgk/jisuan/"' in page
        assert "示例县示例路1号" in page

    def test_the_column_of_the_portal_keeps_its_items_and_gains_the_door(self, root):
        below = column("ysqgk", column("zfxxgk", root), "依申请公开", ColumnType.APPLICATION)
        item(below, "如何申请获取政府信息")
        page = text_of(Visitor().get(ROOT))

        assert "如何申请获取政府信息" in page
        assert f'href="{FORM}"' in page

    def test_other_columns_have_no_door(self, root):
        column("tongzhi", root)

        assert FORM not in text_of(Client().get("/tongzhi/", headers={"host": "localhost"}))

    def test_the_privacy_page_says_how_long(self, root):
        page = text_of(Visitor().get(ROOT + "geren-xinxi/"))

        assert "满 10 年" in page
        assert "7 天" in page
