"""A draft lands in the organ's own site and cannot be read by the public."""

import pytest
from tests import factories
from wagtail.models import Page, Site

from gongkai.inforequests.services.converting import NoPlaceForDrafts, PublicationDraft, _drafter
from gongkai.portal.drafting import draft_item
from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ColumnPage, HomePage, ItemPage

DRAFT = PublicationDraft(
    "道路保洁合同", ("2025年度合同<script>", "附件二项"), ("合同.pdf",), request_number="2026-0001"
)
pytestmark = pytest.mark.django_db


def column(parent, slug, kind):
    page = ColumnPage(title=slug, slug=slug, column_type=kind, description=slug, keywords=slug)
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def site_of(organ, hostname):
    home = Page.get_first_root_node().add_child(instance=HomePage(title=hostname, slug=hostname))
    site = Site.objects.create(hostname=hostname, root_page=home)
    PortalSettings.objects.create(
        site=site, organ=organ, site_name=hostname, domain=hostname, site_code="0000000000",
        icp_number="宁ICP备00000000号-1", sponsor="示例", undertaker="示例", telephone="0000-0000000", address="示例",
    )  # fmt: skip
    return home


def test_the_portal_is_who_makes_drafts():
    assert _drafter == [draft_item]


def test_a_draft_is_not_live_and_its_text_is_escaped(client):
    organ = factories.organ()
    home = site_of(organ, "testserver")
    catalogue = column(home, "gongkai", "信息公开目录")
    inner = column(catalogue, "fading", "信息公开目录")
    column(home, "dongtai", "工作动态")

    drafted = draft_item(organ, DRAFT)

    item = ItemPage.objects.get()
    assert item.get_parent().specific == inner
    assert drafted.column == "fading"
    assert drafted.url == f"/houtai/pages/{item.pk}/edit/"
    assert (item.live, item.has_unpublished_changes, item.first_published_at) == (False, True, None)
    assert item.source == organ.name
    assert "2025年度合同&lt;script&gt;" in item.body
    assert "从申请 2026-0001 的答复文件中上传）：合同.pdf" in item.body
    assert client.get(item.get_url()).status_code == 404


def test_an_organ_without_its_own_site_uses_that_of_the_organ_above_it():
    county = factories.organ()
    town = factories.organ(superior=county)
    site_of(factories.organ(), "other")
    column(site_of(county, "county"), "news", "工作动态")

    draft_item(town, DRAFT)

    assert ItemPage.objects.get().get_parent().slug == "news"


def test_without_a_site_or_a_column_it_says_what_to_do():
    organ = factories.organ()
    with pytest.raises(NoPlaceForDrafts, match="还没有自己的门户站点"):
        draft_item(organ, DRAFT)
    site_of(organ, "empty")
    with pytest.raises(NoPlaceForDrafts, match="还没有栏目"):
        draft_item(organ, DRAFT)
