"""TX-1 and TX-2: what sentences claim, and when a claim contradicts the tables (disclosure-law §2.6)."""

import json
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.annual_report import CellKey, Edition, Severity, TableId, from_json_tables, zero_report
from gongkai.core.annual_report.figures import describe_figure, known_sum
from gongkai.core.annual_report.prose import (
    check_processing_fee,
    claims,
    processing_fees,
    text_mismatches,
)
from gongkai.core.annual_report.text_numbers import han_value, mark_numbers

YEAR = 2023
AGENCY = "样例市示例县人民政府"
SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).resolve().parents[5] / "shared"))

# The synthetic fixture of §2.6, with disputes and table 二 of our own.
TABLE_THREE = {
    "r1": (20, 4, 1, 0, 2, 1, 28),
    "r2": (3, 1, 0, 0, 0, 0, 4),
    "r3_1": (8, 2, 1, 0, 1, 0, 12),
    "r3_2": (3, 1, 0, 0, 0, 0, 4),
    "r3_3_4": (1, 0, 0, 0, 0, 0, 1),
    "r3_3_6": (0, 1, 0, 0, 0, 0, 1),
    "r3_3_7": (1, 0, 0, 0, 0, 0, 1),
    "r3_3_8": (1, 0, 0, 0, 0, 0, 1),
    "r3_4_1": (3, 0, 0, 0, 1, 1, 5),
    "r3_4_2": (1, 0, 0, 0, 0, 0, 1),
    "r3_5_1": (1, 0, 0, 0, 0, 0, 1),
    "r3_5_2": (1, 0, 0, 0, 0, 0, 1),
    "r3_6_1": (1, 0, 0, 0, 0, 0, 1),
    "r3_7": (21, 4, 1, 0, 2, 1, 29),
    "r4": (2, 1, 0, 0, 0, 0, 3),
}
COLUMNS = ("natural", "commercial", "research", "public_welfare", "legal_service", "other_org", "total")
TABLE_FOUR = {
    "reconsideration": (5, 1, 2, 1, 9),
    "direct_suit": (3, 0, 0, 1, 4),
    "suit_after": (1, 1, 0, 0, 2),
}
TABLE_TWO = {
    ("rules", "issued"): 1,
    ("rules", "in_force"): 6,
    ("normative", "issued"): 8,
    ("normative", "repealed"): 26,
    ("normative", "in_force"): 66,
    ("licences", "count"): 550,
    ("penalties", "count"): 4119,
    ("coercions", "count"): 195,
    ("fees", "amount"): Decimal("7730.28"),
}


def report_saying(text, section="一", **cells):
    """The fixture with a text; ``cells`` override figures as ``r1_total=None``."""
    values = dict(zero_report(AGENCY, YEAR).values)
    for row, figures in TABLE_THREE.items():
        values |= {
            CellKey(TableId.THREE, row, col): value for col, value in zip(COLUMNS, figures, strict=True)
        }
    four = ("upheld", "corrected", "other", "pending", "total")
    for row, figures in TABLE_FOUR.items():
        values |= {CellKey(TableId.FOUR, row, col): value for col, value in zip(four, figures, strict=True)}
    values |= {CellKey(TableId.TWO, *place): value for place, value in TABLE_TWO.items()}
    for name, value in cells.items():
        row, _, col = name.rpartition("_")
        values[CellKey(TableId.THREE, row, col)] = value
    return replace(zero_report(AGENCY, YEAR), values=values, sections={section: text})


def claimed(text, **options):
    """What a text claims, as (first candidate, value) pairs."""
    found = claims(text, year=YEAR, agency=AGENCY, **options)
    return [(claim.keys[0], claim.value) for claim in found]


# One sentence for each family: text with {} for the number, the first candidate figure.
STATED = [
    ("2023年，全县共收到政府信息公开申请{}件。", "r1.total"),
    ("本年新收政府信息公开申请{}件。", "r1.total"),
    ("我局2023年度受理依申请公开{}件，均按期答复。", "r1.total"),
    ("全年共接收公民、法人和其他组织提出的政府信息公开申请{}宗。", "r1.total"),
    ("通过网络、信函等多种渠道，全年共收到依申请公开政府信息申请{}件。", "r1.total"),
    ("全年收到{}件政府信息公开申请。", "r1.total"),
    ("（二）依申请公开。全年共收到申请{}件。", "r1.total"),
    ("示例县2023年共登记政府信息公开申请 {} 件。", "r1.total"),
    ("依申请公开方面，共收到{}件申请。", "r1.total"),
    ("依申请公开方面，当年新收{}件。", "r1.total"),
    ("截至2023年12月31日，全县共收到政府信息公开申请{}件。", "r1.total"),
    ("全县办理政府信息公开申请{}件。", "r1+r2.total"),
    ("依申请公开方面，上年结转{}件。", "r2.total"),
    ("依申请公开方面，2022年度结转{}件。", "r2.total"),
    ("依申请公开方面，{}件上年结转。", "r2.total"),
    ("全年办结政府信息公开申请{}件。", "r3_7.total"),
    ("依申请公开方面，已按期答复{}件。", "r3_7.total"),
    ("依申请公开方面，结转下年度继续办理{}件。", "r4.total"),
    ("依申请公开方面，另有{}件顺延到下年度答复。", "r4.total"),
    ("依申请公开方面，结转至2024年办理{}件。", "r4.total"),
    ("依申请公开答复中，予以公开{}件。", "r3_1.total"),
    ("依申请公开答复中，{}件予以公开。", "r3_1.total"),
    ("依申请公开答复中，部分公开{}件。", "r3_2.total"),
    ("依申请公开答复中，不予公开{}件。", "r3_3.total"),
    ("依申请公开答复中，无法提供{}件。", "r3_4.total"),
    ("依申请公开答复中，不予处理{}件。", "r3_5.total"),
    ("依申请公开答复中，作其他处理（含申请人主动撤回）{}件。", "r3_6.total"),
    ("依申请公开答复中，属于国家秘密{}件。", "r3_3_1.total"),
    ("依申请公开答复中，危及“三安全一稳定”{}件。", "r3_3_3.total"),
    ("依申请公开答复中，本机关不掌握相关政府信息{}件。", "r3_4_1.total"),
    ("依申请公开答复中，信访举报投诉类申请{}件。", "r3_5_1.total"),
    ("收到依申请公开申请，其中自然人申请{}件。", "r1.natural"),
    ("收到依申请公开申请，其中法人或其他组织{}件。", "r1.legal"),
    ("收到依申请公开申请，其中商业企业{}件。", "r1.commercial"),
    ("因政府信息公开引发行政复议{}件。", "reconsideration.total"),
    ("政府信息公开行政诉讼案件共计{}起。", "direct_suit+suit_after.total"),
    ("政府信息公开类行政复议、行政诉讼案件{}件。", "reconsideration+direct_suit+suit_after.total"),
    ("政府信息公开行政诉讼中，未经复议直接起诉{}件。", "direct_suit.total"),
    ("政府信息公开行政诉讼中，复议后起诉{}件。", "suit_after.total"),
    ("政府信息公开行政复议中，结果维持{}件。", "reconsideration.upheld"),
    ("政府信息公开行政复议中，被纠正{}件。", "reconsideration.corrected"),
    ("政府信息公开行政诉讼中，尚未审结{}件。", "direct_suit+suit_after.pending"),
    ("全年制发行政规范性文件{}件。", "normative.issued"),
    ("全年清理规范性文件，废止{}件。", "normative.repealed"),
    ("行政规范性文件：制发{}件。", "normative.issued"),
    ("我县现行有效的行政规范性文件{}件。", "normative.in_force"),
    ("全年制定政府规章{}件。", "rules.issued"),
    ("全县作出行政许可决定{}件。", "licences.count"),
    ("全县作出行政处罚决定{}件。", "penalties.count"),
    ("全年实施行政强制{}件。", "coercions.count"),
]


@pytest.mark.parametrize(("sentence", "figure"), STATED)
@given(value=st.integers(0, 99_999))
def test_a_stated_figure_is_found_with_its_value_whatever_the_number(sentence, figure, value):
    assert claimed(sentence.format(value)) == [(figure, value)]


@pytest.mark.parametrize(("sentence", "figure"), STATED)
def test_a_stated_figure_that_fits_the_table_is_no_mismatch_and_another_is_one(sentence, figure):
    true = known_sum(figure, report_saying("")).known

    assert text_mismatches(report_saying(sentence.format(true))) == ()
    wrong = report_saying(sentence.format(77_777))
    (mismatch,) = text_mismatches(wrong)
    assert (mismatch.section, mismatch.printed, mismatch.table[0]) == ("一", 77_777, true)
    assert "77777" in mismatch.fragment
    assert mismatch.figure in mismatch.message


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，县教育局收到政府信息公开申请50件。",
        "全县共收到政府信息公开申请28件（县政府12件、各部门13件、示范镇3件）。",
        "其中县政府办公室受理政府信息公开申请12件，办结11件，予以公开5件。",
        "其中通过网络收到政府信息公开申请22件，信函收到申请6件。",
        "2022年全县收到政府信息公开申请50件。",
        "收到政府信息公开申请的数量较上年增加15件，同比增长70.3%。",
        "2023年上半年收到政府信息公开申请15件。",
        "2023年1月至6月，全县收到政府信息公开申请15件。",
        "全年依申请公开工作中办结建议提案120件，答复网民留言356件。",
        "政府网站公开信息1136条，回复公众咨询50件。",
        "“双公示”系统公示行政许可1200件、行政处罚300件。",
        "对25件政府信息公开申请收取了信息处理费。",
        "做到“办结一件申请、解决一个问题”，办好每一件依申请公开案件。",
        "共收到政府信息公开申请28件，其中20件已办结。",
        "行政复议、行政诉讼分别为9件、6件。",
        "依申请公开中，予以公开、部分公开16件。",
        "依申请公开中，逾期答复7件，撤回申请2件。",
        "县司法局作为复议机关，全年受理行政复议案件134件。",
        "全年受理行政复议案件134件，审结120件。",
        "减免行政事业性收费120万元。",
        "主动公开规范性文件23件。",
        "建议提案办理中，收到申请77件，办结77件。",
        "政府信息公开申请办理满意度达98%，培训3次，参训200人次。",
        "审查规范性文件30件，其中制定12件。",
        "受理政府信息公开咨询28件次。",
        "主动公开政府信息1136条，依申请公开35条。",
        "全年办理行政许可事项320项。",
        "公开行政许可、行政处罚信息4000件。",
        "政府信息公开申请受理点35个。",
        "示例县下属各部门收到政府信息公开申请20件，办结19件，予以公开18件。",
        "根据《2022年政务公开工作要点》，收到第17号申请1件。",
        "自2019年网站开通以来，累计收到政府信息公开申请90件。",
    ],
)
def test_parts_other_years_other_organs_and_other_matters_are_left_alone(sentence):
    assert text_mismatches(report_saying(sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("2023年未收到政府信息公开申请。", "r1.total"),
        ("示例县人民政府2023年度没有收到公民、法人或其他组织提出的依申请公开事项。", "r1.total"),
        ("本年度无依申请公开案件。", "r1.total"),
        (
            "未发生因政府信息公开申请引起的行政复议、行政诉讼案件。",
            "reconsideration+direct_suit+suit_after.total",
        ),
        ("本机关未被提起行政诉讼。", "direct_suit+suit_after.total"),
        ("全年没有因政府信息公开工作引发的行政复议。", "reconsideration.total"),
    ],
)
def test_saying_that_there_was_nothing_claims_zero(sentence, figure):
    assert claimed(sentence) == [(figure, 0)]
    (mismatch,) = text_mismatches(report_saying(sentence))
    assert mismatch.printed == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "乡镇未收到政府信息公开申请。",
        "未收到当面提交的政府信息公开申请。",
        "未发生行政复议被纠正的情形。",
        "如未收到政府信息公开申请的答复，可以咨询。",
        "无正当理由大量反复申请已依法处理。",
        "没有因逾期答复政府信息公开申请被投诉。",
    ],
)
def test_other_denials_claim_nothing(sentence):
    assert claimed(sentence) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("收到政府信息公开申请 28 件", 28),
        ("收到政府信息公开申请２８件", 28),
        ("收到政府信息公开申请二十八件", 28),
        ("收到政府信息公开申请1,028件", 1028),
        ("收到政府信息公开申\n请 28\n件", 28),
        ("收到政府信息公开申请：28件", 28),
        ("2023 年 ，收到政府信息公开申请共计28件", 28),
        ("⼀年收到政府信息公开申请28件", 28),
        ("收到政府信息公开申请1.2万件", 12_000),
    ],
)
def test_numbers_are_read_however_they_are_printed(text, value):
    assert claimed(text) == [("r1.total", value)]


@pytest.mark.parametrize(
    "text", ["收到政府信息公开申请2 8件", "收到政府信息公开申请1，028件", "收到申请第3件"]
)
def test_digits_that_may_be_one_number_or_two_claim_nothing(text):
    assert claimed(text) == []


@pytest.mark.parametrize(
    ("words", "fits", "contradicts"),
    [
        ("100余件", (100, 199), (99, 200)),
        ("3100多件", (3100, 3199), (3099, 3200)),
        ("近100件", (80, 100), (79, 101)),
        ("约100件", (90, 110), (80, 120)),
        ("1.8万件", (17_950, 18_049), (16_999, 19_001)),
        ("18万余件", (180_000, 189_999), (179_999, 190_001)),
    ],
)
def test_rounded_numbers_fit_what_they_may_round(words, fits, contradicts):
    text = f"全县新收政府信息公开申请{words}。"
    for value in fits:
        assert text_mismatches(report_saying(text, r1_total=value)) == ()
    for value in contradicts:
        assert len(text_mismatches(report_saying(text, r1_total=value))) == 1


def test_received_may_count_this_years_applications_or_those_carried_in_too_or_those_closed():
    for value in (28, 32, 29):
        assert text_mismatches(report_saying(f"全县共收到政府信息公开申请{value}件。")) == ()


def test_a_blank_proves_nothing_unless_the_known_figures_are_already_too_many():
    text = "依申请公开答复中，无法提供{}件。"
    blank = {"r3_4_2_total": None}
    assert text_mismatches(report_saying(text.format(9), **blank)) == ()
    assert len(text_mismatches(report_saying(text.format(4), **blank))) == 1
    assert text_mismatches(report_saying("上年结转依申请公开9件。", r2_total=None)) == ()


def test_the_undivided_line_of_other_handling_counts_as_its_group():
    divided = report_saying("依申请公开答复中，其他处理5件。")
    values = {cell: value for cell, value in divided.values.items() if not cell.row.startswith("r3_6")}
    values[CellKey(TableId.THREE, "r3_6", "total")] = 5
    undivided = replace(divided, six_divided=False, values=values)

    assert text_mismatches(undivided) == ()
    assert len(text_mismatches(divided)) == 1


def test_a_long_sentence_binds_every_number_to_its_own_figure():
    text = (
        "2023年，全县共受理政府信息公开申请28件，答复29件（含上年度结转申请4件，另有3件顺延到下年度答复），"
        "其中予以公开12件、部分公开4件、不予公开4件、无法提供6件、不予处理2件、其他处理1件。"
        "政府信息公开行政复议9件，其中结果维持5件，结果纠正1件，其他结果2件，尚未审结1件；"
        "行政诉讼6件，其中结果维持4件，结果纠正1件，尚未审结1件。"
    )
    assert len(claimed(text)) == 19
    assert text_mismatches(report_saying(text)) == ()
    assert [m.printed for m in text_mismatches(report_saying(text.replace("维持5件", "维持6件")))] == [6]


def test_the_span_of_a_claim_is_the_number_in_the_original_text():
    text = "2023 年，全县共收到政府信息公开申请 ２８\n件。"
    (claim,) = claims(text, year=YEAR)
    assert text[claim.start : claim.end] == "２８"
    denial = "（二）依申请公开。2023年未收到政府信息公开申请。"
    (claim,) = claims(denial)
    assert denial[claim.start : claim.end] == "未收到政府信息公开申请"


def test_fees_are_compared_in_wan_with_what_was_rounded_away():
    for text in (
        "收取行政事业性收费7730.28万元。",
        "收取行政事业性收费7730万元。",
        "征收行政事业性收费77302800元。",
    ):
        assert text_mismatches(report_saying(text)) == ()
    (mismatch,) = text_mismatches(report_saying("收取行政事业性收费7000万元。"))
    assert mismatch.printed == 7000


def test_the_2019_form_has_no_cell_for_documents_issued_so_nothing_is_compared():
    old = replace(zero_report(AGENCY, 2020, Edition.E2019), sections={"一": "全年制发行政规范性文件8件。"})
    assert text_mismatches(old) == ()


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("全年收取政府信息公开信息处理费 3940 元。", 3940),
        ("对25件申请收取了信息处理费2950元。其中，甲局1件，收取420元。", 2950),
        ("信息处理费收取金额为1.5万元。", 15_000),
        ("本单位2023年未收取信息处理费。", 0),
        ("本年度没有产生政府信息公开信息处理费。", 0),
    ],
)
def test_processing_fees_are_read_in_yuan(text, yuan):
    assert [fee.yuan for fee in processing_fees(text)] == [yuan]


def test_a_processing_fee_over_the_fees_of_table_two_is_a_warning():
    """TX-2: 信息处理费 is part of 行政事业性收费."""
    within = report_saying("全年收取信息处理费3940元。", section="六")
    (finding,) = check_processing_fee(report_saying("全年收取信息处理费8000万元。", section="六"))

    assert check_processing_fee(within) == ()
    assert (finding.rule, finding.severity, finding.expected) == ("TX-2", Severity.WARNING, 8000)
    assert check_processing_fee(report_saying("全年收取信息处理费8000万元。", section="一")) == ()


@given(
    st.text(
        alphabet="收到受理政府信息公开申请件案的数量、，。（）()0123456789年月其中未无\n 余万", max_size=300
    )
)
def test_no_text_breaks_the_reading_and_spans_lie_in_it_in_order(text):
    found = claims(text, year=YEAR, agency=AGENCY)
    spans = [(claim.start, claim.end) for claim in found]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "fragment", ["案件", "申请", "总数", "被维持", "政府信息公开", "办理答复", "未收到任何", "(", "12,"]
)
def test_repeated_fragments_do_not_slow_the_matcher(fragment):
    import time

    start = time.perf_counter()
    claims(fragment * 3000 + "9件。", year=YEAR, agency=AGENCY)
    assert time.perf_counter() - start < 5


@given(st.integers(1, 9_999))
def test_chinese_numerals_are_read_as_they_are_spoken(number):
    digits = "零一二三四五六七八九"
    spoken = ""
    for place, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            spoken += digits[digit] + place
        elif spoken and number % power and not spoken.endswith("零"):
            spoken += "零"
    assert han_value(spoken) == number


def test_marks_keep_the_way_back_to_the_text():
    marked = mark_numbers("２０２３ 年 收到 12 件")
    (position,) = marked.numbers
    assert list(marked.years.values()) == [2023]
    assert marked.offsets[position] == 10


def test_figures_are_named_in_chinese():
    form = zero_report(AGENCY, YEAR).form
    assert describe_figure("r3_3.total", form) == "表三“（三）不予公开”总计"
    assert describe_figure("r1.legal", form) == "表三“一、本年新收政府信息公开申请数量”法人或其他组织"
    assert "行政诉讼未经复议直接起诉 加 行政诉讼复议后起诉" in describe_figure(
        "direct_suit+suit_after.total", form
    )


@pytest.mark.parametrize("sample", ["004", "006", "010"])
def test_real_reports_without_contradiction_give_none(sample):
    folder = SHARED / "samples" / "reports"
    if not folder.is_dir():
        pytest.skip("the shared samples are not on this machine")
    truth = json.loads((folder / f"{sample}.json").read_text(encoding="utf-8"))
    report = from_json_tables(truth, agency=truth["agency"], year=truth["year"], edition=Edition.E2021)
    text = (folder / f"{sample}.txt").read_text(encoding="utf-8")

    assert (
        text_mismatches(replace(report, sections={"一": text.split("第二十条")[0].split("第⼆⼗条")[0]}))
        == ()
    )
    assert len(claims(text, year=report.year, agency=report.agency)) >= 1


def test_the_real_contradiction_of_the_counter_example_is_seen():
    """The 2024 half of sample 015 says 134 reconsiderations where its table has 170."""
    text = "依申请公开方面。全市全年备案政府信息依申请公开领域行政复议案件134件，行政诉讼案件57件。"
    report = zero_report("样例市", YEAR)
    values = dict(report.values) | {
        CellKey(TableId.FOUR, "reconsideration", "total"): 170,
        CellKey(TableId.FOUR, "suit_after", "total"): 57,
    }
    (mismatch,) = text_mismatches(replace(report, values=values, sections={"一": text}))
    assert (mismatch.printed, mismatch.table[0]) == (134, 170)
    assert mismatch.fragment == "全市全年备案政府信息依申请公开领域行政复议案件134件"
