"""What stands in a text is found in it, however short the query and whatever the brackets."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.searchindex import Entry, IndexBusy, SearchIndex, Wanted
from gongkai.searchindex import index as module
from gongkai.searchindex.text import indexed, phrases, runs

DAY = date(2026, 3, 2)
TEXTS = [
    "示例工业园区关于加强危险化学品安全管理的通知，各企业应当落实主体责任。",
    "园区道路保洁服务合同公示（2025年度）",
    "安全生产月活动安排；环保督察整改情况",
    "惠企政策：稳岗返还、社会保险补贴",
]


@pytest.fixture
def index(tmp_path):
    made = SearchIndex(tmp_path / "search")
    made.update(
        Entry(
            key=f"item-{number}",
            title=text[:12],
            text=text,
            on=date(2026, 1, number + 1),
            number=f"示园发〔2026〕{number + 1}号",
            column="政策文件" if number % 2 else "工作动态",
            year="2026",
        )
        for number, text in enumerate(TEXTS)
    )
    return made


def keys(index, words, **more):
    return {hit.key for hit in index.search(Wanted(words, **more)).hits}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_exact_substring_of_any_length_is_missed(data):
    number = data.draw(st.sampled_from(range(len(TEXTS))))
    text = TEXTS[number]
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + data.draw(st.integers(1, 8))]
    if not runs(piece):
        return
    assert f"item-{number}" in keys(shared(), piece)


_SHARED: list[SearchIndex] = []


def shared():
    """One index for all examples."""
    if not _SHARED:
        import tempfile
        from pathlib import Path

        made = SearchIndex(Path(tempfile.mkdtemp()) / "search")
        made.update(Entry(key=f"item-{n}", title="题", text=text, on=DAY) for n, text in enumerate(TEXTS))
        _SHARED.append(made)
    return _SHARED[0]


@pytest.mark.parametrize(
    "number",
    ["示园发〔2026〕2号", "示园发[2026]2号", "示园发（2026） 2 号", "２０２６〕2号", "示園發〔2026〕2號"],
)
def test_a_document_number_is_found_in_any_brackets_width_and_script(index, number):
    assert "item-1" in keys(index, number)


def test_words_parted_by_blanks_are_all_wanted_and_no_pair_spans_two_sentences(index):
    assert keys(index, "道路 公示") == {"item-1"}
    assert keys(index, "道路 补贴") == set()
    assert keys(index, "通知各") == set()
    assert keys(index, "的通知，各企业") == {"item-0"}


@pytest.mark.parametrize("words", ["", " ", "，。", "〔〕", "没有这样的词"])
def test_nothing_is_found_for_nothing(index, words):
    assert index.search(Wanted(words)).total == 0


def test_a_hit_in_the_title_comes_before_one_in_the_text(index):
    index.update([Entry(key="late", title="别的", text="园区道路保洁", on=date(2026, 2, 1))])
    assert index.search(Wanted("园区道路")).hits[0].key == "item-1"


def test_newest_first_when_asked(index):
    hits = index.search(Wanted("安全", order="date")).hits
    assert [hit.key for hit in hits] == ["item-2", "item-0"]


def test_facets_count_what_was_found_and_narrow_it(index):
    found = index.search(Wanted("安全"))
    assert found.facets["column"] == [("工作动态", 2)]
    assert keys(index, "园区", narrowed={"column": "政策文件"}) == {"item-1"}
    with pytest.raises(ValueError, match="nonsense"):
        index.search(Wanted("园区", narrowed={"nonsense": "x"}))


def test_an_entry_is_replaced_and_taken_out_at_once(index):
    index.update([Entry(key="item-1", title="改了", text="改了", on=DAY)], removed=["item-0"])
    assert keys(index, "道路保洁") == set()
    assert keys(index, "危险化学品") == set()
    assert index.count() == len(TEXTS) - 1


def test_a_new_build_takes_the_place_of_the_old_whole(index):
    counts = []
    index.rebuild((Entry(key=f"n{n}", title="新", text="新建", on=DAY) for n in range(2500)), counts.append)
    assert counts == [1000, 2000, 2500]
    assert index.count() == 2500
    assert keys(index, "道路") == set()


def test_a_second_process_sees_what_the_first_wrote(index):
    other = SearchIndex(index.folder)
    assert other.search(Wanted("危险化学品")).total == 1
    index.update([], removed=["item-0"])
    assert other.search(Wanted("危险化学品")).total == 0


def test_a_failed_update_changes_nothing(index):
    def faulty():
        yield Entry(key="item-0", title="改", text="改", on=DAY)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.update(faulty())
    assert keys(index, "危险化学品") == {"item-0"}
    index.update([Entry(key="later", title="以后", text="以后", on=DAY)])
    assert keys(index, "以后") == {"later"}


def test_writers_wait_for_each_other_and_give_up_in_the_end(index, monkeypatch):
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.2)
    holder = SearchIndex(index.folder)._writer()
    with pytest.raises(IndexBusy):
        index.update([], removed=["item-0"])
    monkeypatch.setattr(module, "WAIT_SECONDS", 10)
    threading.Timer(0.3, holder.wait_merging_threads).start()
    index.update([], removed=["item-0"])
    assert index.count() == len(TEXTS) - 1


def test_an_index_of_another_version_is_built_anew(index, monkeypatch):
    monkeypatch.setattr(module, "FOLDER_VERSION", "another")
    assert not index.is_built()
    assert SearchIndex(index.folder).count() == 0


def test_queries_and_texts_are_cut_alike():
    assert indexed("安全。环保") == "安全 ¶ 环保"
    assert phrases("安全。环保 道路保洁") == [["安全"], ["环保"], ["道路", "路保", "保洁"]]
