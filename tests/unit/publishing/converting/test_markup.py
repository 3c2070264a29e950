"""Pasted pages: headings, lists and tables stay, junk goes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from gongkai.publishing.converting import from_html, from_text

WORD_PASTE = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</style></head><body>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<h1 style='text-align:center'><span style='font-family:黑体'>关于停水的通知</span></h1>
<p class=MsoNormal style='text-indent:32.0pt'><b><span>各企业</span></b>：<o:p></o:p></p>
<p class=MsoNormal><span lang=EN-US>12</span>月<a href="https://www.example.gov.cn/a?b=1&amp;c=2">3日</a>停水。
<span style='display:none'>隐藏</span></p>
<table border=1><tr><td colspan=2>时段</td><td>路段</td></tr><tr><td>8:00</td><td>12:00</td><td>一号路</td></tr></table>
<p>请储水。</p><script>alert(1)</script></body></html>
"""


def kinds(made):
    return [block["type"] for block in made.blocks]


def test_a_paste_from_word_keeps_headings_tables_and_links_and_drops_junk():
    """Issue 4 §11: paste from Word."""
    made = from_html(WORD_PASTE)

    assert made.body == (
        "<h2>关于停水的通知</h2><p><b>各企业</b>：</p>"
        '<p>12月<a href="https://www.example.gov.cn/a?b=1&amp;c=2">3日</a>停水。</p>'
    )
    assert kinds(made) == ["table", "text"]
    assert made.blocks[0]["value"]["data"] == [["时段", "", "路段"], ["8:00", "12:00", "一号路"]]
    assert made.blocks[0]["value"]["mergeCells"] == [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}]
    assert made.blocks[1]["value"] == "<p>请储水。</p>"


@pytest.mark.parametrize(
    "source",
    [
        "<p onclick='x()'>甲</p>",
        "<p>甲</p><iframe src='https://bad.example'></iframe>",
        "<p>甲<svg><script>alert(1)</script></svg></p>",
        "<p>甲</p><object data='x'></object><!-- 注释 -->",
    ],
)
def test_nothing_that_runs_gets_through(source):
    """Bad input: script in a pasted page."""
    assert from_html(source).body == "<p>甲</p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "#top", ""]
)
def test_a_link_that_leads_nowhere_good_loses_its_mark(address):
    assert from_html(f'<p><a href="{address}">看这里</a></p>').body == "<p>看这里</p>"


def test_a_table_that_only_frames_a_text_is_read_as_text():
    made = from_html("<table><tr><td><p>一段</p><p>二段</p></td></tr></table>")

    assert (made.body, made.blocks) == ("<p>一段</p><p>二段</p>", [])


def test_a_table_too_large_for_a_page_is_named():
    """Bad input: a 5,000-row table."""
    rows = "".join(f"<tr><td>{n}</td><td>甲</td></tr>" for n in range(5000))

    made = from_html(f"<p>见表。</p><table>{rows}</table>")

    assert made.blocks == []
    assert "5000 行" in made.notes[0]


def test_pictures_are_looked_up_or_named():
    made = from_html('<p>图</p><img src="a.png" alt="平面图"><img src="b.png">', {"a.png": 7}.get)

    assert made.blocks == [{"type": "figure", "value": {"image": 7, "alt_text": "平面图", "caption": ""}}]
    assert "b.png" in made.notes[0]


def test_a_rowspan_beyond_the_table_is_cut():
    made = from_html("<table><tr><td rowspan=99>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")

    assert made.blocks[0]["value"]["data"] == [["甲", "乙"], ["", "丙"]]


def test_plain_text_is_a_paragraph_a_line():
    assert from_text("一\n\n  二 <三>  ").body == "<p>一</p><p>二 &lt;三&gt;</p>"


def test_deep_nesting_ends():
    """Bad input: a page nested without end."""
    made = from_html("<div>" * 5000 + "深" + "</div>" * 5000)

    assert "深" in made.body


ALLOWED = {"p", "h2", "h3", "b", "a", "ul", "ol", "li", "br", "div"}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>", "<a href='x'>",
             "</a>", "<script>", "</script>", "<h3>", "</h3>", "甲", "&amp;", "<", "<br>", "<img src=x onerror=y>"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_whatever_comes_the_result_is_well_formed_and_only_what_is_allowed(source):
    made = from_html(source)

    for markup in [made.body, *(block["value"] for block in made.blocks if block["type"] == "text")]:
        if markup:
            tree = html.fromstring(f"<div>{markup}</div>")
            assert {element.tag for element in tree.iter()} <= ALLOWED
            assert all(set(element.attrib) <= {"href"} for element in tree.iter())
    assert json.loads(json.dumps(made.blocks)) == made.blocks
