"""The seeded bad site: each planted fault gives exactly its findings, from a served page to the outcome.

Source: portal-rules §1, §2; issue 5, "Done when".
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.factories.bad_site import ID_NUMBER, SITE, TODAY, BadSite, column_labels, html, item
from tests.factories.site_server import Answer

from gongkai.core.inspection import Channel, Inspection, State, Verdict, inspect

OLD = TODAY - timedelta(days=20)


def inspected(site: BadSite) -> tuple[Inspection, set[tuple[str, str]]]:
    """The inspection, and its findings as (code, path)."""
    evidence, origin = site.look()
    assert evidence.cut_short == ()
    found = inspect(evidence, on=TODAY)
    return found, {(one.code, one.url.removeprefix(origin)) for one in found.findings}


def test_the_sound_site_is_clean():
    found, findings = inspected(BadSite())

    assert findings == set()
    assert found.verdict is Verdict.NO_VETO_SO_FAR
    assert found.score == 100


def stale_home(site: BadSite) -> None:
    page = str(site.pages["/"])
    site.pages["/"] = page.replace(str(site.day), str(OLD))


def stale_news(site: BadSite) -> None:
    site.pages["/dongtai/"] = site.column("/dongtai/", day=OLD)


def blank(site: BadSite) -> None:
    site.blank_column("/guihua/", "规划计划")


def five_blanks(site: BadSite) -> None:
    for number in range(5):
        site.blank_column(f"/kong{number}/", f"空栏目{number}")


def unanswered(site: BadSite) -> None:
    asked = TODAY - timedelta(days=120)
    later = TODAY - timedelta(days=10)
    site.add(
        "/hudong/",
        f"<div>编号：LY1 留言时间：{asked} 标题</div><div>编号：LY2 留言时间：{later} 答复时间：{later}</div>",
    )


def altered(site: BadSite) -> None:
    site.tampered = "/jigou/1/"


def twelve_hours(site: BadSite) -> None:
    site.pages["/dongtai/1/"] = item("/dongtai/1/", site.day, pub_date=f"{site.day} 09:30 PM")


def missing_label(site: BadSite) -> None:
    labels = tuple(one for one in column_labels("/jigou/") if one[0] != "ColumnKeywords")
    site.pages["/jigou/"] = site.column("/jigou/", labels=labels)


def missing_footer(site: BadSite) -> None:
    site.pages["/ditu/"] = str(site.pages["/ditu/"]).replace("<p>承办单位：党政办公室</p>", "")


def dead_link(site: BadSite) -> None:
    site.add("/jigou/1/", '<a href="/meiyou/">旧页面</a>')
    site.earlier = ("/meiyou/",)


def hidden_link(site: BadSite) -> None:
    site.add("/jigou/1/", '<div style="display:none"><a href="http://casino.example.com/">x</a></div>')


def address_link(site: BadSite) -> None:
    site.add("/jigou/1/", '<a href="http://203.0.113.7/sys/">业务系统</a>')


def future_date(site: BadSite) -> None:
    day = TODAY + timedelta(days=3)
    site.pages["/jigou/1/"] = item("/jigou/1/", day)
    site.released["/jigou/1/"] = day


def re_dated(site: BadSite) -> None:
    site.released["/jigou/1/"] = OLD


def leak_in_page(site: BadSite) -> None:
    site.pages["/tongzhi/1/"] = item(
        "/tongzhi/1/", site.day, body=f"<p>张某，身份证号 {ID_NUMBER}，已通过审核。</p>"
    )


def leak_in_file(site: BadSite) -> None:
    site.attach("/wenjian/mingdan.docx", f"张某，身份证号 {ID_NUMBER}，已通过审核。")


def tracked_change(site: BadSite) -> None:
    site.attach("/wenjian/gongshi.docx", "现将结果予以公示。", tracked="删去的一句还在文件里。")


def wrong_word(site: BadSite) -> None:
    site.pages["/tongzhi/1/"] = item("/tongzhi/1/", site.day, body="<p>会议布署了下一阶段工作。</p>")


def broken_file(site: BadSite) -> None:
    site.pages["/wenjian/a.pdf"] = Answer(b"%PDF-1.4 torn", kind="application/pdf")
    site.add("/tongzhi/1/", '<a href="/wenjian/a.pdf">附件</a>')


def poor_guide(site: BadSite) -> None:
    site.pages["/fuwu/1/"] = item(
        "/fuwu/1/", site.day, body="<p>事项名称：企业入园。联系电话：0950-1234567。</p>"
    )


def lost_in_search(site: BadSite) -> None:
    site.pages["/sousuo/"] = html(
        "搜索", SITE, "<h1>搜索</h1><ul><li><a href='/fuwu/1/'>企业入园</a></li></ul>"
    )


def no_search(site: BadSite) -> None:
    site.pages["/"] = str(site.pages["/"]).replace('action="/sousuo/"', 'action="/sousuo/" method="post"')


def no_alternative(site: BadSite) -> None:
    site.add("/jigou/1/", '<img src="/a.png"><input name="x">')
    site.pages["/a.png"] = Answer(b"\x89PNG", kind="image/png")


def no_policy(site: BadSite) -> None:
    site.pages["/ditu/"] = Answer(
        str(site.pages["/ditu/"]), headers={"Referrer-Policy": "", "Server": "nginx/1.25.3"}
    )


def silent_account(site: BadSite) -> None:
    site.channels = (Channel("园区微信", OLD),)


def no_talk(site: BadSite) -> None:
    del site.columns["/hudong/"]
    for path in ("/", "/ditu/"):
        site.pages[path] = str(site.pages[path]).replace('<li><a href="/hudong/">咨询建议</a></li>', "")


Fault = Callable[[BadSite], None]
SEEDED: dict[Fault, set[tuple[str, str]]] = {
    stale_home: {("V-W-08", "/")},
    stale_news: {("D-04", "/dongtai/"), ("D-07", "/dongtai/")},
    blank: {("D-07", "/guihua/")},
    five_blanks: {(code, f"/kong{number}/") for number in range(5) for code in ("V-W-11", "D-07")},
    unanswered: {("V-W-13", "/hudong/")},
    altered: {("S-TAMPER", "/jigou/1/"), ("V-W-04", "/jigou/1/"), ("D-21", "/jigou/1/")},
    twelve_hours: {("D-21", "/dongtai/1/")},
    missing_label: {("D-21", "/jigou/")},
    missing_footer: {("D-18", "/ditu/")},
    dead_link: {("D-19", "/jigou/1/")},
    hidden_link: {("S-HIDDEN", "/jigou/1/")},
    address_link: {("S-FOREIGN", "/jigou/1/")},
    future_date: {("V-W-05", "/jigou/1/")},
    re_dated: {("V-W-05", "/jigou/1/")},
    leak_in_page: {("S-LEAK", "/tongzhi/1/")},
    leak_in_file: {("S-LEAK", "/wenjian/mingdan.docx")},
    tracked_change: {("S-LEAK", "/wenjian/gongshi.docx")},
    wrong_word: {("Q-WORDS", "/tongzhi/1/")},
    broken_file: {("Q-UNREAD", "/wenjian/a.pdf")},
    poor_guide: {("D-09", "/fuwu/1/"), ("V-W-16", "/fuwu/1/")},
    lost_in_search: {
        *(("D-20", path) for path in ("/dongtai/1/", "/tongzhi/1/", "/jiedu/1/", "/gaikuang/1/", "/jigou/1/", "/lingdao/1/"))
    },
    no_search: {("D-20", "/")},
    no_alternative: {("Q-ACCESS", "/jigou/1/")},
    no_policy: {("Q-HEADERS", "/ditu/")},
    silent_account: {("V-M-02", "/")},
    no_talk: {("V-W-12", "/")},
}  # fmt: skip
VETOES = {stale_home, five_blanks, unanswered, future_date, re_dated, silent_account, no_talk}


@pytest.mark.parametrize("fault", SEEDED, ids=lambda fault: fault.__name__)
def test_a_planted_fault_gives_exactly_its_findings(fault: Fault):
    site = BadSite()
    fault(site)

    found, findings = inspected(site)

    wanted = SEEDED[fault]
    if fault is lost_in_search:  # a search is told by the address asked
        probes = found.outcome("D-20").findings
        assert {("D-20", one.key.removeprefix(one.url.split("/sousuo")[0])) for one in probes} == wanted
    else:
        assert findings == wanted
    assert (found.verdict is Verdict.UNQUALIFIED) == (fault in VETOES)


def test_a_form_that_robots_are_kept_from_is_a_way_in():
    """V-W-12: the page to write on is looked at, and nothing is sent."""
    site = BadSite()
    form = str(site.pages["/hudong/"])
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /hudong/xie/", kind="text/plain")
    site.pages["/hudong/xie/"] = form
    main = '<h1>咨询建议</h1><p>欢迎咨询。</p><a href="/hudong/xie/">我要留言</a>'
    site.pages["/hudong/"] = html("咨询建议", column_labels("/hudong/"), main)

    found, findings = inspected(site)

    assert findings == set()
    assert found.outcome("V-W-12").state is State.CLEAR


def test_a_leak_is_alarming_though_no_veto_item_names_it():
    site = BadSite()
    leak_in_file(site)

    found, _ = inspected(site)

    assert found.is_alarming
    assert found.outcome("S-LEAK").state is State.HIT


def test_all_faults_together_are_all_found():
    """Nothing hides another; a page altered by two faults bears both."""
    site = BadSite()
    together = [
        stale_home,
        five_blanks,
        unanswered,
        missing_label,
        hidden_link,
        leak_in_file,
        silent_account,
        dead_link,
    ]
    for fault in together:
        fault(site)

    _, findings = inspected(site)

    assert findings == set().union(*(SEEDED[fault] for fault in together))
