"""The web page: semantic tables, and fragments that a portal can turn into links or inputs."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from tests.unit.reportfiles.writing.written_reports import VARIANTS, numbered, zeros

from gongkai.core.annual_report import CellKey, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles.writing import DocumentContext, render
from gongkai.reportfiles.writing.html_tables import CellMarkup, render_tables_html
from gongkai.reportfiles.writing.web_page import render_body_html

FEES = CellKey(TableId.TWO, "fees", "amount")


def page_of(report, **context):
    return html.document_fromstring(render(report, "html", context=DocumentContext(**context)))


def test_the_page_declares_language_encoding_and_title():
    page = page_of(zeros())

    assert page.get("lang") == "zh-CN"
    assert page.xpath("//meta/@charset") == ["utf-8"]
    assert page.findtext(".//title") == "示例工业园区管委会2023年政府信息公开工作年度报告"


def test_the_page_fetches_nothing_and_runs_nothing():
    page = page_of(zeros())

    assert page.xpath("//script | //link | //img | //@src | //@onclick | //@style") == []


def test_a_stylesheet_of_the_portal_takes_the_place_of_our_own():
    page = page_of(zeros(), stylesheet="/static/portal.css")

    assert page.xpath("//link[@rel='stylesheet']/@href") == ["/static/portal.css"]
    assert page.xpath("//style") == []


def test_headings_go_down_one_level_at_a_time():
    page = page_of(zeros())

    assert [heading.tag for heading in page.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h3", *["h2"] * 5]


def test_each_table_has_a_caption_and_every_label_a_scope():
    page = page_of(zeros())

    assert [caption.text for caption in page.xpath("//table/caption")] == [
        "表二　主动公开政府信息情况",
        "表三　收到和处理政府信息公开申请情况",
        "表四　政府信息公开行政复议、行政诉讼情况",
    ]
    assert page.xpath("//th[not(@scope)]") == []
    assert page.xpath("//td[not(@data-cell)]/text()") == [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    ]


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
@pytest.mark.parametrize("table", TableId)
def test_spans_cover_the_grid_exactly(edition, divided, table):
    """A browser places cells by counting; a wrong span would shift every figure after it."""
    report = numbered(edition, divided=divided)
    laid = grid(report, table)
    fragment = html.fragment_fromstring(render_tables_html(report, table))

    covered, found = set(), {}
    for row, line in enumerate(fragment.xpath(".//tr")):
        for cell in line.xpath("th | td"):
            column = next(place for place in range(laid.columns + 1) if (row, place) not in covered)
            area = {
                (row + down, column + right)
                for down in range(int(cell.get("rowspan", 1)))
                for right in range(int(cell.get("colspan", 1)))
            }
            assert not area & covered
            covered |= area
            found[row, column] = cell.text_content()

    assert covered == {(row, column) for row in range(laid.rows) for column in range(laid.columns)}
    for cell in laid.cells:
        expected = cell.text if cell.cell is None else str(report[cell.cell])
        assert found[cell.row, cell.col] == expected


def test_a_figure_can_become_a_link_and_others_stay():
    def decorate(cell, text):
        return (
            CellMarkup(f'<a href="/records/{cell}">{text}</a>', {"class": "linked", "title": 'a"b<'})
            if cell == FEES
            else None
        )

    fragment = html.fragment_fromstring(render_tables_html(numbered(), TableId.TWO, decorate=decorate))

    (linked,) = fragment.xpath(".//td[@class='is-figure linked']")
    assert linked.get("title") == 'a"b<'
    assert linked.get("data-cell") == "table2.fees.amount"
    assert linked.find("a").text == "1010.2449"
    assert len(fragment.xpath(".//td[@class='is-figure']")) == 9


def test_attributes_alone_keep_the_figure():
    mark = {"aria-invalid": "true"}
    fragment = html.fragment_fromstring(
        render_tables_html(numbered(), TableId.TWO, decorate=lambda *_: CellMarkup(attributes=mark))
    )

    assert {cell.get("aria-invalid") for cell in fragment.xpath(".//td")} == {"true"}
    assert fragment.xpath(".//td/text()")[0] == "1001"


def test_a_blank_figure_is_an_empty_cell():
    report = numbered().with_values({})

    fragment = html.fragment_fromstring(render_tables_html(report, TableId.FOUR))

    assert fragment.xpath(".//td[@data-cell]/text()") == []


def test_what_an_office_wrote_cannot_become_markup():
    evil = '<script>alert(1)</script>"&amp;'
    report = replace(zeros(), agency=evil, preamble=evil, sections={"一": evil, "五": f"（一）{evil}"})

    page = page_of(report, title="")

    assert page.xpath("//script") == []
    assert evil in page.text_content()


def test_the_date_of_publication_is_printed_when_known():
    body = render_body_html(zeros(), context=DocumentContext(issued_on=date(2024, 1, 26)))

    assert '发布日期：<time datetime="2024-01-26">2024年1月26日</time>' in body
    assert "发布日期" not in render_body_html(zeros())


def test_no_label_breaks_inside_a_word():
    """商业企业 may break after 商业 only: the stylesheet keeps the rest together."""
    fragment = render_tables_html(zeros(), TableId.THREE)

    assert "社会<wbr>公益<wbr>组织" in fragment
    assert "（三）<wbr>不予公开" in fragment
