"""The quick look at a text drops nothing: with it and without it the same is claimed."""

import re
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.annual_report import claims as claims_module
from gongkai.core.annual_report import prose
from gongkai.core.annual_report.passages import passages
from gongkai.core.annual_report.phrases import LABEL_WORDS, NAMING, PHRASE_TOPICS, PHRASES
from gongkai.core.annual_report.screening import Screen, may_find, stretches

AGENCY = "样例市示例县人民政府"

# Pieces of sentences: labels, verbs, topics, numbers in every shape, other organs and years, brackets, quotation
# marks and stops, so that chance puts together what screening has to see through.
PIECES = (
    "政府信息公开申请", "依申请公开", "申请公开政府信息", "申请", "信息", "公开", "收到", "受理", "新收", "新增", "办结", "答复",
    "办理", "登记", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "重复申请", "属于国家秘密",
    "上年结转", "结转下年度继续办理", "转至", "行政复议", "行政诉讼", "复议后起诉", "未经复议直接起诉", "维持", "结果纠正",
    "其他结果", "尚未审结", "规范性文件", "行政规范性文件", "规章", "规章制度", "制发", "废止", "现行有效", "作出", "行政许可",
    "行政处罚决定", "行政强制", "行政事业性收费", "收取", "信息处理费", "未收取", "未收到", "没有", "无", "因", "引发的", "其中",
    "自然人", "商业企业", "法人或其他组织", "公民、法人和其他组织", "主动公开", "留言", "热线", "建议提案", "政务新媒体", "检查",
    "县教育局", "示例县", "全县", "我局", "各部门", "共", "共计", "案件", "数量", "为", "的", "和", "及", "上半年", "同比增长",
    "2023年", "2022年", "2024年", "1月至6月", "12件", "０件", "3起", "5项", "1,234件", "1，234件", "20余件", "近30件", "二十八件",
    "三份", "7", "8部", "12.5万元", "3000元", "1.2万件", "98%", "6人次", "第3件", "5 件", "2 8件",
    "，", "、", "；", "。", "！", "？", "\n", "：", "（", "）", "(", ")", "“", "”", "\"", "‘", "’", " ", "…",
)  # fmt: skip
ANYTHING = re.compile("")
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def unscreened(module, name):
    return mock.patch.object(module, name, None)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_screening_drops_no_claim_and_adds_none(text):
    with unscreened(claims_module, "_SCREEN"), mock.patch.object(claims_module, "LABEL_WORDS", ANYTHING):
        whole = claims_module.claims(text, year=2023, agency=AGENCY)
    assert claims_module.claims(text, year=2023, agency=AGENCY) == whole


@settings(max_examples=200, deadline=None)
@given(texts)
def test_screening_drops_no_statement_of_the_processing_fee(text):
    with unscreened(prose, "_FEES"):
        whole = prose.processing_fees(text)
    assert prose.processing_fees(text) == whole


@given(texts)
def test_every_clause_that_is_read_is_the_same_as_when_all_are_read(text):
    whole = list(passages(text, AGENCY))
    read = list(passages(text, AGENCY, Screen(NAMING, PHRASE_TOPICS)))
    spots = {clause.offsets: clause for clause in whole if clause.text}
    for clause in read:
        if clause.text:
            assert spots[clause.offsets] == clause


@given(texts)
def test_stretches_cover_a_text_without_gap_or_overlap(text):
    parts = stretches(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(start < end for start, end in parts)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("收到信息公开申请", True),
        ("收到信息公开申“请”", True),
        ("收到信息公开申（网上）请", False),
        ("收到信息公开申(网上)请", True),
        ("收到信息公开申(“网)上)请", False),
        ("收到建议", False),
    ],
)
def test_words_are_seen_through_quotation_marks_and_folded_brackets(text, seen):
    assert may_find(NAMING, text) is seen


def test_a_remark_or_a_quotation_that_runs_over_a_full_stop_keeps_its_sentences_together():
    assert stretches("甲。乙(丙。丁)戊。己") == [(0, 2), (2, 10), (10, 11)]
    assert stretches("甲“乙。丙”丁。戊") == [(0, 8), (8, 9)]
    assert stretches("") == []


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.keys[0])
def test_what_a_phrase_matches_always_has_a_word_that_phrases_are_known_by(phrase):
    """Generated from the pattern itself, so a new phrase without such a word is seen at once."""

    @settings(max_examples=30, deadline=None)
    @given(st.from_regex(phrase.pattern))
    def holds(text):
        assert LABEL_WORDS.search(text)
        assert phrase.topics or NAMING.search(text)

    holds()
