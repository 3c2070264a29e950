"""Whose report, of which year."""

from __future__ import annotations

import pytest

from gongkai.reportfiles.reading.title import find_title, years_in_titles

NAME = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        ([f"示例县人民政府2023年{NAME}"], "示例县人民政府", 2023),
        ([f"示例县人民政府 2023 年{NAME}"], "示例县人民政府", 2023),
        (["示例县人民政府", f"2023 年{NAME}"], "示例县人民政府", 2023),
        (["首页 > 公开年报", f"示例县财政局2023年度{NAME}"], "示例县财政局", 2023),
        ([f"2023年示例县财政局{NAME}"], "示例县财政局", 2023),
        ([f"2023年度示例县财政局{NAME}"], "示例县财政局", 2023),
        (["示例县财政局", "2023年政府信息公开工作", "年度报告"], "示例县财政局", 2023),
        (["示例县财政局2023年政府信息", "公开工作年度报告"], "示例县财政局", 2023),
        ([f"示例县财政局关于2023年{NAME}"], "示例县财政局", 2023),
        ([f"关于示例县财政局2023年{NAME}"], "示例县财政局", 2023),
        ([f"示例工业园区管委会二〇二三年{NAME}"], "示例工业园区管委会", 2023),
        ([f"示例县财政局二○二三年度{NAME}"], "示例县财政局", 2023),
        ([f"# title: 示例县财政局2023年{NAME}"], "示例县财政局", 2023),
        ([f"## **示例县财政局2023年{NAME}**"], "示例县财政局", 2023),
        (["示例县财政局 2020年政府信息公开年报"], "示例县财政局", 2020),
        (
            [f"示例县人民政府办公室（示例县外事办公室）2023年{NAME}"],
            "示例县人民政府办公室（示例县外事办公室）",
            2023,
        ),
        (["示例镇", f"2023年{NAME}"], "示例镇", 2023),
        (["示例县人民政府办公室关于2023年政府信息公开工作的年度报告"], "示例县人民政府办公室", 2023),
        (["示例县财政局关于2023年度政府信息公开工作情况的报告"], "示例县财政局", 2023),
        ([f"示例高新区社会发展局2023年{NAME}"], "示例高新区社会发展局", 2023),
        ([f"示例路街道办事处2023年{NAME}图文解读"], "示例路街道办事处", 2023),
        ([f"（2023年度）示例县财政局{NAME}"], "示例县财政局", 2023),
        ([f"{NAME}（2023年度）", "示例县财政局"], "示例县财政局", 2023),
        (["示例县财政局", NAME, "（2023年度）"], "示例县财政局", 2023),
        ([f"现将示例县财政局2023年度{NAME}公布如下："], "示例县财政局", 2023),
        ([f"示例县第一中学2023年{NAME}"], "示例县第一中学", 2023),
        ([f"示例县财政局2023年{NAME} |"], "示例县财政局", 2023),
        (
            ["索引号：0001/2024-001", "浏览次数：123", f"【年度报告】示例县财政局2023年{NAME}"],
            "示例县财政局",
            2023,
        ),
    ],
)
def test_titles_as_offices_print_them(lines: list[str], agency: str, year: int) -> None:
    title = find_title(lines, [], "", [])

    assert (title.agency, title.year) == (agency, year)


def test_the_introduction_gives_the_full_name() -> None:
    """A published report: 洪泽区人民政府 in the title, 淮安市洪泽区人民政府办公室 in the introduction."""
    lines = [f"示例区人民政府2023年{NAME}", "本报告由样本市示例区人民政府办公室编制。"]

    assert find_title(lines, [], "", []).agency == "样本市示例区人民政府"


def test_a_bare_place_is_its_government_with_a_warning() -> None:
    title = find_title([f"示例市2023年{NAME}"], [], "", [])

    assert title.agency == "示例市人民政府"
    assert "示例市人民政府" in title.warnings[0]


def test_an_area_run_by_a_committee_stays_as_printed() -> None:
    assert find_title([f"示例高新区2023年{NAME}"], [], "", []).agency == "示例高新区"


def test_title_and_period_that_disagree_are_named() -> None:
    title = find_title(
        [f"示例县财政局2023年{NAME}", "统计期限自2022年1月1日至2022年12月31日止。"], [], "", []
    )

    assert title.year == 2023
    assert "2022" in title.warnings[0]


def test_the_period_gives_the_year_where_no_title_does() -> None:
    title = find_title(["本报告所列数据的统计期限自2023年1月1日起至12月31日止。"], [], "", [])

    assert title.year == 2023


def test_an_organ_that_only_says_we_is_not_named() -> None:
    title = find_title([f"现公布我局2023年{NAME}。"], [], "", [])

    assert (title.agency, title.year) == ("", 2023)
    assert title.warnings == ("没有找到公开机关的名称。",)


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        (["一、总体情况", "2023年，我局认真落实条例。", "较2022年增长。"], 2023),
        (["统计期限自2023年1月1日至2023年12月31日。", "2022年，我局另有安排。"], 2023),
        (["2023年，我局认真落实条例。", "2022年，我局未收到申请。"], None),
        (["较2022年增长。"], None),
    ],
)
def test_the_text_tells_the_year_of_a_report_without_title(opening: list[str], year: int | None) -> None:
    title = find_title([], [], "", [], opening)

    assert (title.agency, title.year) == ("", year)
    assert len(title.warnings) == 2


def test_outside_names_help() -> None:
    title = find_title(["网页正文"], [f"示例县财政局2023年{NAME}_示例县门户网站"], "", [])

    assert (title.agency, title.year) == ("示例县财政局", 2023)


@pytest.mark.parametrize(
    ("head", "publisher", "tail", "agency"),
    [
        ([], "示例县财政局", [], "示例县财政局"),
        (["发布机构：示例县财政局"], "", [], "示例县财政局"),
        (["本报告由示例县财政局根据条例编制。"], "", [], "示例县财政局"),
        ([], "", ["示例县财政局", "2024年1月20日"], "示例县财政局"),
    ],
)
def test_an_agency_from_elsewhere_comes_with_a_warning(
    head: list[str], publisher: str, tail: list[str], agency: str
) -> None:
    title = find_title([f"2023年{NAME}", *head], [], publisher, tail)

    assert title.agency == agency
    assert any(agency in warning for warning in title.warnings)


def test_what_is_not_found_is_said() -> None:
    title = find_title(["一段文字"], [], "", [])

    assert (title.agency, title.year) == ("", None)
    assert len(title.warnings) == 2


def test_years_in_titles() -> None:
    lines = ["2023 年报告 2024 年报告", f"示例县2024年{NAME}", "二〇二二年报告", "2021年我县认真落实。"]

    assert years_in_titles(lines) == (2023, 2024, 2022)
