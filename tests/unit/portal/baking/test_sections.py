"""Guides and messages as files."""

import pytest
from tests.factories import interaction as made

from gongkai.portal.baking.models import BakedFile
from gongkai.portal.baking.whole import bake_whole
from gongkai.services.guides import acts as guide_acts
from gongkai.services.messages import acts

pytestmark = pytest.mark.django_db


def test_a_guide_is_baked_when_it_goes_live_and_taken_away_when_withdrawn(site, carried, folder):
    live = carried(lambda: made.live_guide(site, name="稳岗补贴"))
    name = f"fuwu/zhinan/{live.guide_id}/index.html"

    assert "稳岗补贴" in folder.place(name).read_text()
    assert "稳岗补贴" in folder.place("fuwu/zhinan/index.html").read_text()
    assert f"/fuwu/zhinan/{live.guide_id}/" in folder.place("sitemap/lanmu.xml").read_text()
    carried(lambda: guide_acts.withdraw(guide=live.guide, reason="取消", actor=made.office(site)))

    assert not folder.place(name).exists()
    assert "稳岗补贴" not in folder.place("fuwu/zhinan/index.html").read_text()
    assert not BakedFile.objects.filter(name=name).exists()


def test_a_shown_message_is_baked_with_its_year_and_removed_when_hidden(site, carried, folder):
    shown = carried(lambda: made.shown(site))
    year = shown.answered_at.year
    names = [f"hudong/liuyan/{shown.pk}/index.html", f"hudong/liuyan/index@{year}.html"]
    assert "奖补何时拨付" in folder.place(names[1]).read_text()
    assert "某企业问" in folder.place(names[0]).read_text()

    carried(lambda: acts.hide(message=shown, reason="核对", actor=made.office(site)))

    assert not any(folder.place(name).exists() for name in names)
    assert "奖补何时拨付" not in folder.place("hudong/liuyan/index.html").read_text()


def test_the_figures_follow_every_message_and_unanswered_words_stand_in_no_file(site, carried, folder):
    carried(lambda: made.message(site, title="机密之问", text="机密之语"))

    assert "收到留言 1 条" in folder.place("hudong/liuyan/tongji/index.html").read_text()
    files = [path.read_bytes() for path in folder.root.rglob("*.html")]
    assert files
    assert not any("机密之".encode() in one for one in files)


def test_a_full_bake_holds_both_and_leaves_the_forms_to_be_drawn(site, noted, folder):
    guide, shown = noted(lambda: (made.live_guide(site), made.shown(site)))
    bake_whole(processes=1)

    names = set(BakedFile.objects.values_list("name", flat=True))

    assert {
        f"fuwu/zhinan/{guide.guide_id}/index.html",
        f"hudong/liuyan/{shown.pk}/index.html",
        "hudong/liuyan/tongji/index.html",
    } <= names
    assert not any("/xie/" in name or "/chaxun/" in name or "/huizhi/" in name for name in names)
