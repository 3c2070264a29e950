"""Tables, pictures, files of an item: what is taken, what is refused, what a review covers."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from tests import factories
from wagtail.documents.models import Document
from wagtail.images.models import Image

from gongkai.publishing import uploads
from gongkai.publishing.blocks import MAX_TABLE_ROWS, DataTableBlock, stored, words_of
from gongkai.publishing.canonical import digest_of
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemAttachment, ItemPage

pytestmark = pytest.mark.django_db


def table(rows, columns=2, **given):
    data = [[f"{row}-{column}" for column in range(columns)] for row in range(rows)]
    return {"data": data, "table_header_choice": "row", "first_row_is_table_header": True, **given}


def document(name="附件.txt", content="配套设施清单"):
    made = Document(title=name)
    made.file.save(name, ContentFile(content.encode()))
    return made


def picture(width=40, height=20):
    stream = io.BytesIO()
    Picture.new("RGB", (width, height), "navy").save(stream, "PNG")
    return stream.getvalue()


def image():
    return Image.objects.create(title="总平面图", file=ImageFile(io.BytesIO(picture()), name="map.png"))


def test_a_table_of_thousands_of_rows_belongs_into_an_attachment():
    """Bad input: a 5,000-row table."""
    with pytest.raises(ValidationError, match="作为附件上传"):
        DataTableBlock().clean(table(5000))
    assert DataTableBlock().clean(table(MAX_TABLE_ROWS))["data"][0] == ["0-0", "0-1"]


def test_an_empty_table_is_refused():
    with pytest.raises(ValidationError, match="空的"):
        DataTableBlock().clean({"data": [["", ""]], "table_header_choice": "neither"})


def test_the_page_shows_tables_pictures_questions_and_files():
    shown = image()
    item = factories.published_item(
        blocks=[
            stored("table", table(3, table_caption="监测点")),
            stored("figure", {"image": shown.pk, "alt_text": "园区总平面图", "caption": ""}),
            stored("questions", {"pairs": [{"question": "怎么报修？", "answer": "<p>打电话。</p>"}]}),
        ],
        attachments=[ItemAttachment(document=document(), title="清单")],
    )

    page = Client().get(item.url).content.decode()

    assert "<caption>监测点</caption>" in page.replace("\n", "").replace("  ", "")
    assert 'alt="园区总平面图"' in page
    assert "怎么报修？" in page
    assert ">清单</a>" in page
    assert "TXT" in page
    assert 'property="og:image"' in page


def test_script_in_a_block_is_shown_as_text_or_dropped():
    """Bad input: script in a pasted page."""
    item = factories.published_item(
        body="<p>正文</p>",
        blocks=[stored("table", table(2) | {"data": [["<script>alert(1)</script>", "甲"]]})],
    )

    page = Client().get(item.url).content.decode()

    assert "<script>alert(1)" not in page


def test_another_attachment_is_another_content():
    """Any edit after approval reopens the review, a changed file too."""
    item = factories.draft_item(attachments=[ItemAttachment(document=document(content="一"))])
    before = digest_of(item)
    item.attachments = [ItemAttachment(document=document(content="二"))]

    assert digest_of(item) != before


def test_a_released_item_with_files_has_the_digest_that_was_reviewed():
    """The numbers that the database gives to child records do not count."""
    item = factories.published_item(attachments=[ItemAttachment(document=document())])

    assert digest_of(ItemPage.objects.get(pk=item.pk)) == item.released_digest
    item.save()


def test_two_attachments_of_one_name_are_refused():
    """Bad input: an attachment with the same name."""
    item = factories.draft_item(
        attachments=[ItemAttachment(document=document()), ItemAttachment(document=document())]
    )

    with pytest.raises(ValidationError, match="请另起一个名称"):
        list(item.attachments.all())[1].clean()


def test_words_of_blocks_are_what_a_reader_reads():
    item = ItemPage(
        blocks=[
            stored("table", table(1, 2)),
            stored("link", {"title": "相关办法", "url": "https://www.gov.cn/"}),
        ]
    )

    assert words_of(item.blocks) == "0-0 0-1 相关办法"
    assert "相关办法" in item.plain_text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.docx", b"MZ\x90\x00 program", "程序"),
        ("片.mp4", b"not a video at all", "不是 MP4"),
        ("空.txt", b"", "空的"),
    ],
)
def test_a_document_is_looked_at_by_its_content(name, content, said):
    """Bad input: an upload is checked by content."""
    with pytest.raises(Exception, match=said):
        uploads.screened(SimpleUploadedFile(name, content))


def test_a_picture_of_two_hundred_megapixels_is_refused_before_it_is_unpacked(monkeypatch):
    """Bad input: an image of 200 megapixels."""
    monkeypatch.setattr(uploads, "MAX_PICTURE_PIXELS", 40 * 20 - 1)

    with pytest.raises(Exception, match="缩小"):
        uploads.measured(SimpleUploadedFile("大.png", picture()))


def test_an_svg_is_no_picture_here():
    """Bad input: SVG with script."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    with pytest.raises(Exception, match="另存为 JPG"):
        uploads.measured(SimpleUploadedFile("标.svg", svg))


def test_a_picture_without_words_is_not_submitted():
    """6.3: every informative picture says what it shows."""
    item = factories.draft_item(
        blocks=[stored("figure", {"image": image().pk, "alt_text": " ", "caption": ""})]
    )

    with pytest.raises(ReviewRefused, match="图片说明"):
        factories.signed_review(item)
