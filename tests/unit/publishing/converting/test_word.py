"""Word documents as items."""

import io

import docx
import pytest
from PIL import Image

from gongkai.publishing.converting import from_word
from gongkai.releasefiles.errors import UploadRefused


def saved(paper) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(stream, "PNG")
    stream.seek(0)
    return stream


def test_headings_lists_bold_and_tables_keep_their_order():
    paper = docx.Document()
    paper.add_heading("第一部分", level=1)
    line = paper.add_paragraph("请")
    line.add_run("务必").bold = True
    line.add_run("核对 <数据>。")
    paper.add_paragraph("第一项", style="List Bullet")
    table = paper.add_table(rows=3, cols=2)
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    paper.add_heading("细目", level=3)

    made = from_word(saved(paper), "稿件.docx")

    assert made.body.startswith("<h2>第一部分</h2><p>请<b>务必</b>核对 &lt;数据&gt;。</p>")
    assert [block["type"] for block in made.blocks] == ["table", "text"]
    assert made.blocks[0]["value"]["mergeCells"] == [{"row": 1, "col": 0, "rowspan": 2, "colspan": 1}]
    assert made.blocks[1]["value"] == "<h3>细目</h3>"


def test_pictures_are_handed_over_with_what_they_show():
    paper = docx.Document()
    paper.add_picture(picture())
    paper.element.body.xpath(".//wp:docPr")[0].set("descr", "蓝色方块")
    kept = []

    made = from_word(saved(paper), "图.docx", lambda data, name: kept.append((len(data), name)) or 5)

    assert made.blocks == [{"type": "figure", "value": {"image": 5, "alt_text": "蓝色方块", "caption": ""}}]
    assert kept[0][0] > 0


def test_a_table_of_thousands_of_rows_is_named_and_does_not_take_long():
    """Bad input: a 5,000-row table."""
    paper = docx.Document()
    paper.add_paragraph("见表。")
    table = paper.add_table(rows=1, cols=2)
    row = table._tbl.tr_lst[0]
    for _ in range(4999):
        table._tbl.append(row.__deepcopy__({}))

    made = from_word(saved(paper), "大表.docx")

    assert made.blocks == []
    assert "5000 行" in made.notes[0]


@pytest.mark.parametrize(
    ("content", "said"), [(b"PK\x03\x04 broken", "损坏|打不开"), (b"MZ program", "程序"), (b"", "空")]
)
def test_what_is_no_sound_document_is_refused_in_words(content, said):
    """Bad input: a docx with macros, a program, nothing."""
    with pytest.raises(UploadRefused, match=said):
        from_word(content, "稿件.docx")
