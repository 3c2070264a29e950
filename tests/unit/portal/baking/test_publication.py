"""What is published is a file, what is withdrawn is none, and nothing else is touched."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from tests import factories

from gongkai.audit.models import Event
from gongkai.portal.baking import queue
from gongkai.portal.baking.models import BakeChange, BakedFile
from gongkai.portal.baking.rendering import Renderer
from gongkai.portal.baking.whole import BakeBusy, bake_whole
from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ColumnPage, ItemPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def name_of(page):
    return page.url.strip("/") + "/index.html"


def text(folder, name):
    content = folder.read(name)
    return content.decode() if content is not None else None


def all_bytes(folder):
    return {name: folder.read(name) for name in folder.walk()}


def test_a_published_item_is_a_file_and_stands_on_home_column_feed_and_map(folder, carried):
    item = carried(lambda: factories.published_item(title="园区道路保洁公告"))
    column = item.get_parent()

    assert "<h1>园区道路保洁公告" in text(folder, name_of(item))
    for name in ("index.html", name_of(column), f"rss/{column.pk}.xml", f"atom/{column.pk}.xml"):
        assert "园区道路保洁公告" in text(folder, name), name
    assert item.url in text(folder, f"sitemap/xinxi-{item.pk // 500}.xml")
    assert f"xinxi-{item.pk // 500}.xml" in text(folder, "sitemap.xml")
    assert not BakeChange.objects.exists()


def test_every_file_has_its_copy_for_readers_who_take_gzip(folder, carried):
    carried(factories.published_item)
    names = [name for name in folder.walk() if not name.endswith(".gz")]

    assert len(names) >= 6
    for name in names:
        assert gzip.decompress(folder.read(name + ".gz")) == folder.read(name)


def test_the_file_is_the_page_that_is_drawn_on_request(client, folder, carried, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    item = carried(lambda: factories.published_item(body='<p>文<a href="https://a.example/">链接</a></p>'))
    bake_whole()
    for row in BakedFile.objects.exclude(name__contains="@"):
        path = "/" + row.name.removesuffix("index.html")
        with mock.patch("gongkai.portal.baking.middleware.read", return_value=None):
            drawn = client.get(path)
        assert drawn.status_code == 200, path
        assert drawn.content == folder.read(row.name), path
    assert name_of(item) in BakedFile.objects.values_list("name", flat=True)


def test_a_withdrawn_item_has_no_file_and_stands_nowhere(folder, carried):
    item = carried(lambda: factories.published_item(title="园区道路保洁公告"))
    carried(lambda: factories.withdraw_item(item))

    assert folder.read(name_of(item)) is None
    assert folder.read(name_of(item) + ".gz") is None
    assert not [name for name, content in all_bytes(folder).items() if "道路保洁".encode() in content]
    assert not BakedFile.objects.filter(page=item.pk).exists()


def test_a_draft_leaves_no_note_and_no_file(folder, carried):
    carried(lambda: factories.draft_item(title="还没有审核的稿件"))

    assert not BakeChange.objects.filter(kind="item").exists()
    assert not [name for name, content in all_bytes(folder).items() if "还没有审核".encode() in content]


def test_only_what_changed_is_written(folder, carried):
    first = carried(lambda: factories.published_item(title="第一条"))
    bake_whole()
    before = {name: folder.place(name).stat().st_mtime_ns for name in folder.walk()}
    second = carried(
        lambda: factories.published_item(
            title="第二条", column=ColumnPage.objects.get(slug__startswith="lanmu")
        )
    )
    column = second.get_parent()
    touched = {
        name.removesuffix(".gz")
        for name in folder.walk()
        if before.get(name) != folder.place(name).stat().st_mtime_ns
    }

    assert touched == {
        "index.html",
        name_of(second),
        name_of(column),
        f"{column.slug}/index@{second.published_at.year}.html",
        f"rss/{column.pk}.xml",
        f"atom/{column.pk}.xml",
        f"sitemap/xinxi-{second.pk // 500}.xml",
    }
    assert name_of(first) not in touched


def test_a_change_outlives_the_process_that_made_it(folder, noted):
    """The note is written with the publication; the next process carries it over."""
    item = noted(lambda: factories.published_item(title="园区道路保洁公告"))
    assert folder.read(name_of(item)) is None

    queue.carry_over()
    assert "园区道路保洁公告" in text(folder, name_of(item))


def test_a_template_that_fails_is_reported_and_the_old_page_stays(folder, carried):
    item = carried(lambda: factories.published_item(title="第一条"))
    old = folder.read(name_of(item))
    serve = ItemPage.serve

    def fails(page, request, *args, **given):
        if page.pk == item.pk:
            raise ValueError("template")
        return serve(page, request, *args, **given)

    with mock.patch.object(ItemPage, "serve", fails):
        queue.note_item(item)
        other = carried(lambda: factories.published_item(title="第二条"))
        carried_over = queue.carry_over(again=True)
    assert folder.read(name_of(item)) == old
    assert "第二条" in text(folder, name_of(other))
    assert item.url in carried_over.faults
    left = BakeChange.objects.get()
    assert (left.subject, "ValueError" in left.fault) == (item.pk, True)

    queue.carry_over(again=True)
    assert not BakeChange.objects.exists()


def test_a_fault_is_tried_a_few_times_then_waits_for_the_daily_work(carried):
    item = carried(factories.published_item)
    with mock.patch.object(ItemPage, "serve", side_effect=ValueError("template")):
        queue.note_item(item)
        for _ in range(5):
            queue.carry_over()
    assert BakeChange.objects.get().attempts == queue.MAX_ATTEMPTS


def test_who_finds_another_baking_leaves_the_note_but_removes_what_is_withdrawn(folder, carried):
    item = carried(factories.published_item)
    with folder.lock(wait=False) as is_ours:
        assert is_ours
        carried(lambda: factories.withdraw_item(item))
        assert folder.read(name_of(item)) is None
        assert BakeChange.objects.exists()
        with pytest.raises(BakeBusy):
            bake_whole()
    queue.carry_over()
    assert not BakeChange.objects.exists()
    assert not BakedFile.objects.filter(page=item.pk).exists()


def test_what_is_published_during_a_full_bake_is_there_after_it(folder, carried, noted):
    carried(factories.published_item)
    made = []

    def publish(done, of):
        if not made:
            made.append(noted(lambda: factories.published_item(title="忙时发布")))

    bake_whole(told=publish)
    assert "忙时发布" in text(folder, name_of(made[0]))
    assert not BakeChange.objects.exists()


def test_a_full_bake_removes_what_is_no_page(folder, carried):
    carried(factories.published_item)
    (folder.root / "malware").mkdir(parents=True)
    (folder.root / "malware" / "index.html").write_text("x")
    (folder.root / "link").symlink_to("/etc")
    bake_whole()

    assert "malware/index.html" not in set(folder.walk())
    assert not (folder.root / "link").is_symlink()


def test_a_renamed_column_is_rewritten_with_everything_below_it(folder, carried):
    item = carried(factories.published_item)
    column = ColumnPage.objects.get(pk=item.get_parent().pk)
    column.title = "改名后的栏目"
    carried(column.save)

    for name in (name_of(item), name_of(column), f"rss/{column.pk}.xml", "ditu/index.html", "index.html"):
        assert "改名后的栏目" in text(folder, name), name


def test_a_column_with_another_address_leaves_no_old_files(folder, carried):
    item = carried(factories.published_item)
    column, old = ColumnPage.objects.get(pk=item.get_parent().pk), name_of(item)
    column.slug = "xin-dizhi"
    carried(column.save)

    assert folder.read(old) is None
    assert text(folder, f"xin-dizhi/{item.slug}/index.html")


def test_a_column_behind_a_password_is_never_a_file(folder, carried):
    from wagtail.models import PageViewRestriction

    item = carried(factories.published_item)
    assert folder.read(name_of(item))
    carried(
        lambda: PageViewRestriction.objects.create(
            page=item.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
    )
    assert folder.read(name_of(item)) is None
    assert folder.read(name_of(item.get_parent())) is None


def test_new_site_settings_are_on_every_page(folder, carried):
    item = carried(factories.published_item)
    settings = PortalSettings.objects.get()
    settings.telephone = "0510-99999999"
    carried(settings.save)

    assert "0510-99999999" in text(folder, name_of(item))
    assert "0510-99999999" in text(folder, "index.html")


def test_a_wide_change_waits_for_the_worker(folder, carried, monkeypatch):
    item = carried(factories.published_item)
    monkeypatch.setattr(queue, "WIDE_ITEMS", 0)
    column = ColumnPage.objects.get(pk=item.get_parent().pk)
    column.title = "改名后的栏目"
    carried(column.save)
    assert "改名后的栏目" not in text(folder, name_of(item))

    queue.carry_over()
    assert "改名后的栏目" in text(folder, name_of(item))


def test_an_address_too_long_for_a_file_stays_drawn_on_request(client, folder, carried):
    item = carried(lambda: factories.published_item(slug="长" * 80))

    assert not BakedFile.objects.filter(page=item.pk).exists()
    assert client.get(item.url).status_code == 200
    assert not BakeChange.objects.exists()


def test_each_bake_is_signed_in_the_audit_log(carried):
    before = Event.objects.filter(action="site.baked").count()
    carried(factories.published_item)

    assert Event.objects.filter(action="site.baked").count() == before + 1


def test_an_item_page_takes_at_most_six_queries(client, django_assert_max_num_queries, carried):
    item = carried(factories.published_item)
    with (
        mock.patch("gongkai.portal.baking.middleware.read", return_value=None),
        django_assert_max_num_queries(6),
    ):
        assert client.get(item.url).status_code == 200


def test_the_renderer_sees_what_an_unknown_reader_sees(carried):
    item = carried(factories.published_item)

    assert Renderer().is_public(item.path)
    assert not Renderer().is_public("0001")


def test_a_year_of_items_moves_page_by_page(folder, carried, settings):
    """Numbered pages stay as they are: the 41st item writes no page of the first twenty."""
    settings.BAKE_AT_PUBLICATION = False
    column = factories.column()
    start = datetime(2024, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    items = [
        factories.published_item(column=column, title=f"第{n}条", published_at=start + timedelta(days=n))
        for n in range(41)
    ]
    settings.BAKE_AT_PUBLICATION = True
    bake_whole()
    at = column.slug
    pages = sorted(name for name in folder.walk() if name.startswith(f"{at}/index@"))
    assert pages == [f"{at}/index@2024-1.html", f"{at}/index@2024-1.html.gz",
                     f"{at}/index@2024.html", f"{at}/index@2024.html.gz"]  # fmt: skip
    assert "第40条" in text(folder, f"{at}/index@2024.html")
    assert "?nian=2024&amp;ye=1" in text(folder, f"{at}/index@2024.html")

    old = folder.read(f"{at}/index@2024-1.html")
    carried(
        lambda: factories.published_item(column=column, title="新", published_at=start + timedelta(days=60))
    )
    assert folder.read(f"{at}/index@2024-1.html") == old

    carried(lambda: factories.withdraw_item(items[0]))
    first = text(folder, f"{at}/index@2024-1.html")
    assert "第0条" not in first
    assert "第20条" in first
    baked = all_bytes(folder)
    bake_whole()
    assert all_bytes(folder) == baked


def test_a_full_bake_names_what_failed_and_is_tried_again_by_the_command_alone(folder, carried):
    item = carried(factories.published_item)
    old = folder.read(name_of(item))
    with mock.patch.object(ItemPage, "serve", side_effect=ValueError("template")):
        assert item.url in bake_whole().faults
        assert folder.read(name_of(item)) == old
        assert queue.carry_over().faults == {}
        assert item.url in queue.carry_over(again=True).faults
    left = BakeChange.objects.get()
    assert (left.kind, left.attempts) == ("site", queue.MAX_ATTEMPTS)

    assert queue.carry_over(again=True).faults == {}
    assert not BakeChange.objects.exists()
