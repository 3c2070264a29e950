"""Each indicator once with a hit and once with a miss. Source: portal-rules §1, §2, §6."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories import inspection as make
from tests.factories.inspection import NOW, ORIGIN, TODAY, column, content, days_ago, evidence, home

from gongkai.core.inspection import (
    BY_CODE,
    INDICATORS,
    Channel,
    Column,
    Difference,
    Entry,
    Evidence,
    Link,
    Message,
    PageKind,
    Place,
    SearchProbe,
    State,
    Try,
    Wording,
    inspect,
)
from gongkai.core.inspection.judging import MEASURES
from gongkai.core.publication import UpdateClass


def state(given: Evidence, code: str) -> State:
    return inspect(given, on=TODAY).outcome(code).state


def old(path: str, days: int) -> tuple[Entry, ...]:
    return (Entry("旧信息", f"{ORIGIN}{path}1/", days_ago(days)),)


def clocked(count: int, kind: UpdateClass, days: int, *, first_level: bool = True) -> Evidence:
    """So many columns whose newest item is so many days old."""
    paths = [f"/lm{number}/" for number in range(count)]
    pages = [column(path, f"栏目{path}", "工作动态", entries=old(path, days)) for path in paths]
    columns = tuple(Column(f"{ORIGIN}{path}", path, kind, first_level) for path in paths)
    return evidence(*pages, register=make.register(columns=columns))


def blanks(count: int) -> Evidence:
    paths = [f"/kong{number}/" for number in range(count)]
    pages = [column(p, p, "数据发布", entries=(), main_characters=20, says_empty=True) for p in paths]
    return evidence(*pages, register=make.register(columns=tuple(Column(f"{ORIGIN}{p}", p) for p in paths)))


def worded(rule: str, severity: str, url: str = f"{ORIGIN}/dongtai/1/") -> Evidence:
    return evidence(wordings=(Wording(url, rule, severity, "例", "说明"),))


def failing(*hours_ago: float) -> Evidence:
    url = f"{ORIGIN}/meiyou/"
    page = home(links=(*make.FOOTER_LINKS, Link(url, "没有的页面")))
    tries = tuple(Try(NOW - timedelta(hours=hours), 404) for hours in hours_ago)
    return evidence(page, tries={url: tries})


def answered(days: int, after: int | None) -> Evidence:
    day = days_ago(days)
    message = Message(f"{ORIGIN}/hudong/", "1", day, None if after is None else day + timedelta(days=after))
    return evidence(register=make.register(messages=(message,)))


def guides(count: int, elements: tuple[str, ...], *, sound: int = 0) -> Evidence:
    made = [content(f"/fuwu/{n}/", "办事", "办事服务", guide_elements=elements) for n in range(1, count + 1)]
    made += [content(f"/fuwu/s{n}/", "办事", "办事服务", guide_elements=make.GUIDE) for n in range(sound)]
    return evidence(*made)


def relabelled(name: str, value: str) -> Evidence:
    page = content("/dongtai/1/")
    return evidence(replace(page, labels=tuple((n, value if n == name else v) for n, v in page.labels)))


def footed(footer: str | None = None, links: tuple[Link, ...] | None = None) -> Evidence:
    return evidence(
        home(
            footer=make.FOOTER if footer is None else footer,
            links=make.FOOTER_LINKS if links is None else links,
        )
    )


def linked(url: str, *, hidden: bool = False, resource: bool = False) -> Evidence:
    return evidence(home(links=(*make.FOOTER_LINKS, Link(url, "链接", Place.MAIN, hidden, resource))))


def served(digest: str) -> Evidence:
    return evidence(
        content("/dongtai/1/", digest="a" * 64), register=make.register(signed={"/dongtai/1/": digest})
    )


SOUND = evidence()
CASES = {
    "V-W-05": (evidence(content("/dongtai/1/", day=days_ago(-3))), SOUND),
    "V-W-07": (evidence(register=make.register(visits=make.visits(failed=9))), SOUND),
    "V-W-08": (evidence(home(entries=old("/dongtai/", 15))), evidence(home(entries=old("/dongtai/", 14)))),
    "V-W-09": (clocked(5, UpdateClass.NEWS, 15), clocked(4, UpdateClass.NEWS, 15)),
    "V-W-10": (clocked(10, UpdateClass.NOTICE_OR_POLICY, 181, first_level=False), clocked(9, UpdateClass.NEWS, 15)),
    "V-W-11": (blanks(5), blanks(4)),
    "V-W-12": (make.without(SOUND, "/hudong/"), SOUND),
    "V-W-13": (answered(100, None), answered(100, 5)),
    "V-W-14": (make.without(SOUND, "/fuwu/1/"), SOUND),
    "V-W-15": (guides(5, make.GUIDE[:4], sound=1), guides(4, make.GUIDE[:4], sound=1)),
    "V-W-16": (guides(4, make.GUIDE[:4]), guides(4, make.GUIDE[:5])),
    "V-M-02": (
        evidence(register=make.register(channels=(Channel("微信", days_ago(15)),))),
        evidence(register=make.register(channels=(Channel("微信", days_ago(14)),))),
    ),
    "D-01": (make.without(SOUND, "/gaikuang/"), SOUND),
    "D-02": (make.without(SOUND, "/jigou/"), SOUND),
    "D-03": (make.without(SOUND, "/lingdao/"), SOUND),
    "D-04": (evidence(column("/dongtai/", "动态", "工作动态", entries=old("/dongtai/", 15))), SOUND),
    "D-05": (evidence(column("/zhengce/", "政策", "政策文件", entries=old("/zhengce/", 181))), SOUND),
    "D-06": (evidence(column("/jiedu/", "解读", "政策解读", entries=old("/jiedu/", 181))), SOUND),
    "D-07": (blanks(1), SOUND),
    "D-09": (guides(1, make.GUIDE[:7]), SOUND),
    "D-14": (
        evidence(column("/hudong/", "咨询", "咨询投诉", messages=(Message("u", "1", days_ago(63), days_ago(60)),))),
        evidence(column("/hudong/", "咨询", "咨询投诉", messages=(Message("u", "1", days_ago(62), days_ago(60)),))),
    ),
    "D-17": (evidence(register=make.register(domain="www.example.com")), SOUND),
    "D-18": (footed(make.FOOTER.replace("承办单位", "单位")), SOUND),
    "D-19": (failing(0, 12, 24), evidence()),
    "D-20": (evidence(searches=(SearchProbe("新信息", "u", "s", False),)), SOUND),
    "D-21": (relabelled("PubDate", "2026-11-24 09:30 PM"), relabelled("PubDate", f"{days_ago(2)} 21:30")),
    "S-LEAK": (worded("PI-01", "serious"), worded("PI-10", "hint")),
    "S-HIDDEN": (linked("https://bad.example.com/", hidden=True), linked("https://www.gov.cn/", hidden=True)),
    "S-FOREIGN": (linked("http://203.0.113.9/a"), linked("https://www.gov.cn/")),
    "S-TAMPER": (served("b" * 64), served("a" * 64)),
    "Q-WORDS": (worded("TY-001", "error"), worded("TY-001", "hint")),
    "Q-ACCESS": (evidence(home(pictures_without_alt=1)), SOUND),
    "Q-HTTPS": (linked("http://www.example.gov.cn/a.js", resource=True), SOUND),
    "Q-HEADERS": (evidence(home(headers=make.HEADERS[1:])), SOUND),
    "Q-UNREAD": (evidence(unread_files=((f"{ORIGIN}/a.pdf", "已加密"),)), SOUND),
}  # fmt: skip
SUSPECTED = {
    "V-W-01": worded("TY-900", "serious"),
    "V-W-02": worded("SE-02", "serious"),
    "V-W-04": served("b" * 64),
}


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_a_hit_and_its_absence_is_clear(code: str):
    hit, miss = CASES[code]

    assert state(hit, code) is State.HIT
    assert state(miss, code) is State.CLEAR


@pytest.mark.parametrize("code", SUSPECTED)
def test_what_needs_a_person_is_suspected_until_confirmed(code: str):
    """A machine finding is never itself a verdict."""
    found = inspect(SUSPECTED[code], on=TODAY).outcome(code)
    confirmed = {one.fingerprint for one in found.findings}

    assert found.state is State.SUSPECTED
    assert inspect(SUSPECTED[code], on=TODAY, confirmed=confirmed).outcome(code).state is State.HIT
    assert inspect(SUSPECTED[code], on=TODAY, dismissed=confirmed).outcome(code).state is State.CLEAR
    assert state(SOUND, code) is State.CLEAR


def test_every_indicator_that_is_measured_is_tested_here():
    assert set(MEASURES) == CASES.keys() | SUSPECTED.keys()
    assert set(MEASURES) <= set(BY_CODE)


def test_every_indicator_cites_a_source_and_says_what_to_do():
    assert all(one.source and one.fix and one.mark in {"2p", "1p", "mem", "ours"} for one in INDICATORS)


@pytest.mark.parametrize("code", sorted(set(MEASURES) - {"V-W-13", "D-14", "V-M-02"}))
def test_what_was_not_measured_is_never_clear(code: str):
    """An empty crawl of an office without records says nothing."""
    empty = Evidence(f"{ORIGIN}/", NOW, NOW)

    assert state(empty, code) is State.UNKNOWN


@pytest.mark.parametrize("code", ["V-W-13", "D-14", "V-M-02"])
def test_without_records_messages_and_accounts_are_unknown(code: str):
    assert state(Evidence(f"{ORIGIN}/", NOW, NOW), code) is State.UNKNOWN


def test_three_failures_within_an_hour_are_not_yet_a_broken_link():
    """portal-rules §2.5: three tries over 24 hours."""
    assert state(failing(0, 0.5, 1), "D-19") is State.SUSPECTED
    assert state(failing(0, 24), "D-19") is State.SUSPECTED


def test_a_link_that_opened_in_between_begins_to_count_anew():
    url = f"{ORIGIN}/meiyou/"
    page = home(links=(*make.FOOTER_LINKS, Link(url, "没有的页面")))
    tries = [
        Try(NOW - timedelta(hours=hours), status)
        for hours, status in ((48, 404), (24, 200), (12, 404), (0, 404))
    ]

    assert state(evidence(page, tries={url: tuple(tries)}), "D-19") is State.SUSPECTED


def test_a_page_dated_anew_after_it_was_seen_is_a_forged_date():
    seen = make.register(released=None, first_seen={f"{ORIGIN}/dongtai/1/": days_ago(30)})

    assert state(evidence(register=seen), "V-W-05") is State.HIT


def test_copies_shown_from_other_columns_do_not_make_a_column_fresh():
    """portal-rules §2.5: newest PubDate of its own items."""
    entries = (*old("/dongtai/", 40), Entry("别处", f"{ORIGIN}/zhengce/9/", days_ago(1)))
    given = evidence(column("/dongtai/", "动态", "工作动态", entries=entries))

    assert state(given, "D-04") is State.HIT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SiteDomain", "https://www.example.gov.cn/"),
        ("SiteIDCode", "123"),
        ("ColumnType", "新闻"),
        ("ContentSource", "null"),
        ("ArticleTitle", "另一个标题"),
        ("PubDate", "2026-11-24"),
    ],
)
def test_common_defects_of_labels_are_named(name: str, value: str):
    found = inspect(relabelled(name, value), on=TODAY).outcome("D-21").findings

    assert len(found) == 1
    assert name in found[0].says


def test_each_item_missing_from_the_footer_is_a_finding():
    bare = inspect(footed("", ()), on=TODAY).outcome("D-18").findings

    assert len(bare) == 9


def test_a_page_of_no_kind_needs_the_three_labels_of_the_site():
    page = make.page("/ditu/", PageKind.OTHER, labels=make.SITE[:2])

    assert inspect(evidence(page), on=TODAY).outcome("D-21").findings[0].says == "缺少标签 SiteIDCode。"


def test_tampering_on_disk_is_told_once_beside_what_was_served():
    register = make.register(
        signed={"/dongtai/1/": "b" * 64},
        differences=(Difference("dongtai/1/index.html", "内容被改动"), Difference("x.html", "多出的文件")),
    )
    given = evidence(content("/dongtai/1/", digest="a" * 64), register=register)

    assert [one.url for one in inspect(given, on=TODAY).outcome("S-TAMPER").findings] == [
        f"{ORIGIN}/dongtai/1/",
        "file:x.html",
    ]
