"""The engine by setting finds what the embedded one finds, over a local stub of its REST interface."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.searchindex.opensearch_stub import Stub

from gongkai.searchindex import Entry, IndexBusy, OpenSearchIndex, SearchIndex, Wanted

ENTRIES = [
    Entry("item-1", "道路保洁招标公告", "园区道路保洁服务。", date(2026, 3, 1), "示园发〔2026〕1号", "通知公告", "综合政务", "2026", "", "信息"),
    Entry("item-2", "企业奖补办法", "奖补资金，道路除外。", date(2025, 5, 1), "示园规〔2025〕2号", "规范性文件", "财政", "2025", "现行有效", "信息"),
    Entry("item-3", "旧奖补办法", "奖补。", date(2020, 5, 1), "示园规〔2020〕9号", "规范性文件", "财政", "2020", "已废止", "信息"),
    Entry("item-4", "補貼公示", "ＡＢＣ補貼名單", date(2026, 6, 1), "", "通知公告", "财政", "2026", "", "信息"),
]  # fmt: skip
QUERIES = [
    "道路",
    "路",
    "道路保洁",
    "奖补",
    "示园规[2025]2号",
    "补贴",
    "abc",
    "奖补 道路",
    "没有的词",
    "道 招标",
    "园",
]


@pytest.fixture
def stub():
    started = Stub()
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture
def server(stub):
    index = OpenSearchIndex(stub.url)
    index.rebuild(ENTRIES)
    return index


@pytest.fixture
def embedded(tmp_path):
    index = SearchIndex(tmp_path / "index")
    index.rebuild(ENTRIES)
    return index


def keys(found):
    return {hit.key for hit in found.hits}


@pytest.mark.parametrize("words", QUERIES)
@pytest.mark.parametrize("narrowed", [{}, {"column": "规范性文件"}, {"validity": "现行有效", "year": "2025"}])
def test_both_engines_find_and_count_the_same(server, embedded, words, narrowed):
    wanted = Wanted(words, narrowed)
    here, there = embedded.search(wanted), server.search(wanted)

    assert keys(there) == keys(here)
    assert there.total == here.total
    assert {k: dict(v) for k, v in there.facets.items()} == {k: dict(v) for k, v in here.facets.items()}


def test_both_order_by_day_and_page_alike(server, embedded):
    for offset in range(3):
        wanted = Wanted("园", order="date", offset=offset, size=1)
        assert len(server.search(wanted).hits) == len(embedded.search(wanted).hits) == 1
        assert keys(server.search(wanted)) == keys(embedded.search(wanted))


def test_a_title_counts_more_than_a_text(server):
    assert server.search(Wanted("道路")).hits[0].key == "item-1"


def test_changes_are_found_at_once_and_removals_of_the_absent_are_no_fault(server):
    server.update([replace(ENTRIES[0], title="桥梁养护公告", text="桥梁。")], removed=["item-2", "item-99"])

    assert keys(server.search(Wanted("桥梁"))) == {"item-1"}
    assert keys(server.search(Wanted("道路"))) == set()
    assert server.count() == 3


def test_a_rebuild_swaps_whole_indices_and_leaves_none_behind(server, stub):
    assert server.is_built()

    assert server.rebuild(iter(ENTRIES[:1])) == 1

    assert len(stub.indices) == 1
    assert server.count() == 1


def test_an_alias_that_leads_nowhere_is_not_built(stub):
    assert not OpenSearchIndex(stub.url).is_built()


def test_name_and_password_are_sent_decoded_and_no_text_leaves_as_typed(server, stub):
    import base64

    assert stub.authorizations == {"Basic " + base64.b64encode(b"reader:p@ss").decode()}
    ((documents, _),) = stub.indices.values()
    assert "道路保洁" not in str(documents)


def test_a_server_that_is_away_or_refuses_a_part_is_told(server, stub):
    stub.fail_bulk = True
    with pytest.raises(IndexBusy, match="refused"):
        server.update(ENTRIES[:1])
    with pytest.raises(IndexBusy):
        OpenSearchIndex("http://127.0.0.1:9/x").search(Wanted("道路"))
    with pytest.raises(ValueError, match="colour"):
        server.search(Wanted("道路", {"colour": "red"}))


def test_no_page_lies_deeper_than_the_server_goes(server):
    assert server.search(Wanted("道路", offset=20_000, size=20)).hits == ()
