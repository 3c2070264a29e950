"""What a page hides does not come back when the page is redacted: layers, fake boxes, cropped text, pictures."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.unit.releasefiles import made

from gongkai.releasefiles import redacting
from gongkai.releasefiles.errors import RedactionFailed
from gongkai.releasefiles.inspecting import Kind, inspect
from gongkai.releasefiles.redacting import Mark, page_picture, redact
from gongkai.releasefiles.sniffing import FileType, screen_upload

CORNER = Mark(0, 0.0, 0.9, 0.1, 1.0, "第十五条")


@pytest.fixture
def maker():
    return made.PDFMaker()


def texts(data: bytes) -> list[str]:
    """The text of each page, as PDFium reads it."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            found.append(" ".join(textpage.get_text_range().split()))
            textpage.close()
            page.close()
    return found


def streams(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as document:
        return [each.read_raw_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]


def test_a_layer_that_is_off_neither_appears_nor_can_be_read(maker):
    """Without its layer settings, a page would show what it hid."""
    layer = maker.document.make_indirect(Dictionary(Type=Name.OCG, Name=String("底稿")))
    for _ in range(2):
        page = maker.page(
            made.words("Public", 30, 350) + "/OC /L BDC " + made.words("secret", 30, 300) + "EMC"
        )
        page.obj.Resources.Properties = Dictionary(L=layer)
    maker.document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))

    result = redact(maker.to_bytes(), [CORNER]).data

    assert texts(result) == ["Public", "Public"]


def test_text_under_a_box_drawn_earlier_is_not_brought_back_on_a_marked_page(maker):
    page = maker.page(
        made.words("Public", 30, 350)
        + made.words("Wang", 30, 300)
        + "0 g 25 295 60 20 re f "
        + made.words("Zhao", 30, 250)
    )
    page.obj.Annots = Array([Dictionary(Subtype=Name.Square, IC=[0, 0, 0], Rect=[25, 245, 85, 265])])

    made_file = redact(maker.to_bytes(), [CORNER])

    assert texts(made_file.data) == ["Public"]
    assert made_file.removed == 8


def test_text_outside_the_crop_box_is_not_brought_back(maker):
    page = maker.page(made.words("Public", 30, 350) + made.words("below", 30, 50))
    page.obj.CropBox = [0, 100, 300, 400]

    assert texts(redact(maker.to_bytes(), [CORNER]).data) == ["Public"]


def test_the_invisible_text_of_a_scan_stays_searchable_but_for_the_marked_words(maker):
    maker.page("3 Tr " + made.words("Public", 30, 350) + made.words("secret", 30, 300))
    secret = Mark(0, 0.0, 0.2, 1.0, 0.3, "第十五条")

    assert texts(redact(maker.to_bytes(), [secret]).data) == ["Public"]


def picture(maker, data: bytes) -> pikepdf.Object:
    return maker.document.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=30,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def test_pictures_of_marked_pages_go_also_from_lists_shared_with_other_pages(maker):
    secret, logo = made.jpeg(colour="red"), made.jpeg(colour="blue")
    shared = maker.document.make_indirect(Dictionary(S=picture(maker, secret), L=picture(maker, logo)))
    inner = maker.document.make_stream(
        b"/S Do",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 1, 1],
        Resources=Dictionary(XObject=shared),
    )
    maker.page("q 40 0 0 30 50 50 cm /Form Do Q /L Do", XObject=Dictionary(Form=inner, L=shared.L))
    maker.page("q 40 0 0 30 50 50 cm /L Do Q", XObject=shared)

    result = redact(maker.to_bytes(), [CORNER]).data

    assert secret not in streams(result)
    assert logo in streams(result)


def test_a_picture_that_would_survive_stops_the_file(maker, monkeypatch):
    """The check itself: a page that keeps its whole list of pictures."""
    shared = maker.document.make_indirect(Dictionary(S=picture(maker, made.jpeg(colour="red"))))
    maker.page("q 40 0 0 30 50 50 cm /S Do Q", XObject=shared)
    maker.page("", XObject=shared)
    monkeypatch.setattr(pikepdf.Pdf, "remove_unreferenced_resources", lambda document: None)

    with pytest.raises(RedactionFailed, match="原来的图片"):
        redact(maker.to_bytes(), [CORNER])


def test_nothing_fixable_is_left_to_find_in_a_redacted_file(maker):
    photo = maker.document.make_indirect(picture(maker, made.jpeg(comment=b"shot by Wang")))
    photo.Metadata = maker.document.make_stream(b"<x/>")
    for _ in range(2):
        page = maker.page("q 40 0 0 30 50 50 cm /P Do Q", XObject=Dictionary(P=photo))
        page.obj.Annots = Array([Dictionary(Subtype=Name.Text, Contents=String("核"), Rect=[0, 0, 9, 9])])
    maker.document.docinfo["/Author"] = "王小明"
    maker.document.attachments["a.txt"] = b"draft"
    maker.document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))
    data = maker.to_bytes()

    result = redact(data, [CORNER]).data

    assert {finding.kind for finding in inspect(data, FileType.PDF)} > {Kind.PROPERTIES, Kind.SCRIPTS}
    assert [finding for finding in inspect(result, FileType.PDF) if finding.fixable] == []
    assert screen_upload(result, "a.pdf") is FileType.PDF


def test_a_page_that_is_not_there_is_refused_in_words(maker):
    maker.page()

    with pytest.raises(RedactionFailed, match="没有第 3 页"):
        page_picture(maker.to_bytes(), 2, 100)


def test_a_redacted_file_cannot_be_told_by_a_second_save_or_old_bytes(maker):
    maker.page(made.words("secret", 30, 300) + made.words("Public", 30, 350))
    result = redact(maker.to_bytes(), [Mark(0, 0.0, 0.2, 1.0, 0.3, "第十五条")]).data

    assert result.count(b"startxref") == 1
    assert texts(result) == ["Public"]
    assert redacting.page_count(result) == 1


def colours(data: bytes, page: int) -> set[tuple[int, int, int]]:
    with Image.open(io.BytesIO(page_picture(data, page, 300))) as shown:
        return {colour for count, colour in shown.getcolors(100_000) if count > 50}


@pytest.mark.parametrize(
    "annotation", [{"Subtype": Name.Stamp}, {"Subtype": Name.Widget, "FT": Name.Sig, "T": String("章")}]
)
def test_seals_and_stamps_stay_to_be_seen_on_every_page(maker, annotation):
    look = maker.document.make_stream(
        b"1 0 0 rg 0 0 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 60]
    )
    fields = []
    for _ in range(2):
        seal = maker.document.make_indirect(
            Dictionary(Type=Name.Annot, Rect=[100, 100, 160, 160], F=4, AP=Dictionary(N=look), **annotation)
        )
        maker.page(made.words("Public", 30, 350)).obj.Annots = Array([seal])
        fields.append(seal)
    maker.document.Root.AcroForm = Dictionary(Fields=Array(fields))
    data = maker.to_bytes()

    result = redact(data, [CORNER]).data

    assert (255, 0, 0) in colours(data, 0)
    assert any(red > 240 and green < 20 for red, green, _ in colours(result, 0))
    assert (255, 0, 0) in colours(result, 1)


def test_a_comment_that_covers_text_on_a_page_without_marks_is_burnt_in(maker):
    """Stripped like other comments, it would show what it covered."""
    maker.page(made.words("Public", 30, 350))
    maker.page(made.words("Public", 30, 350) + made.words("Wang", 30, 300)).obj.Annots = Array(
        [
            Dictionary(Subtype=Name.FreeText, C=[1, 1, 1], Rect=[25, 295, 85, 315]),
            Dictionary(Subtype=Name.Square, IC=[1, 1, 0], Rect=[200, 10, 280, 20]),
        ]
    )

    made_file = redact(maker.to_bytes(), [CORNER])

    assert texts(made_file.data) == ["Public", "Public"]
    assert made_file.removed == 4
