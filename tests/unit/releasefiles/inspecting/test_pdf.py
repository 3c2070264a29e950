"""What PDF files carry along, and the files without it."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.unit.releasefiles import made

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.sniffing import FileType


@pytest.fixture
def maker():
    made_pdf = made.PDFMaker()
    made_pdf.page(made.words("Public text", 30, 350))
    return made_pdf


def said(data: bytes) -> set[tuple[Kind, str]]:
    return {(finding.kind, finding.excerpt) for finding in inspect(data, FileType.PDF)}


def cleaned(data: bytes, *chosen: Kind) -> pikepdf.Pdf:
    """Clean; the result holds none of these kinds, the others still, and the text as before."""
    result = clean(data, FileType.PDF, frozenset(chosen))
    left = {kind for kind, _ in said(result)}
    assert left == {kind for kind, _ in said(data)} - set(chosen)
    assert "Public text" in text(result)
    return pikepdf.open(io.BytesIO(result))


def text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        textpage = page.get_textpage()
        found = textpage.get_text_bounded()
        textpage.close()
        page.close()
    return found


def test_a_plain_file_has_nothing_to_find(maker):
    assert inspect(maker.to_bytes(), FileType.PDF) == ()


def test_properties_are_found_in_every_place_and_the_title_stays(maker):
    document = maker.document
    document.docinfo["/Title"], document.docinfo["/Author"] = "通知", "王小明"
    document.docinfo["/SourceModified"] = "D:2025"
    document.Root.Metadata = document.make_stream(b"<x:xmpmeta><dc:creator>Li Si</dc:creator></x:xmpmeta>")
    document.pages[0].obj.PieceInfo = Dictionary(Editor=Dictionary(Private=String("C:/draft")))
    data = maker.to_bytes(fix_metadata_version=False)

    assert said(data) == {
        (Kind.PROPERTIES, "王小明"),
        (Kind.PROPERTIES, "D:2025"),
        (Kind.PROPERTIES, "Li Si"),
        (Kind.PROPERTIES, ""),
    }
    with cleaned(data, Kind.PROPERTIES) as result:
        assert dict(result.docinfo) == {"/Title": "通知"}


def test_what_was_saved_before_is_found_and_gone_after(maker):
    first = maker.to_bytes()
    root = re.search(rb"/Root (\d+ 0 R)", first).group(1)
    size = re.search(rb"/Size (\d+)", first).group(1)
    before = re.search(rb"startxref\n(\d+)", first).group(1)
    appended = (
        first
        + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root %b /Size %b /Prev %b>>\n" % (root, size, before)
        + b"startxref\n%d\n%%%%EOF\n" % len(first)
    )

    assert said(appended) == {(Kind.EARLIER_STATES, "保存过 1 次，旧内容仍在文件里")}
    cleaned(appended, Kind.EARLIER_STATES).close()


def test_a_file_made_for_quick_viewing_has_no_earlier_state():
    assert inspect(made.pdf("Public text", linearize=True), FileType.PDF) == ()


def test_annotations_go_but_links_to_pages_and_seals_stay(maker):
    page = maker.document.pages[0].obj
    seal = maker.document.make_indirect(
        Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("章"), Rect=[0, 0, 9, 9])
    )
    page.Annots = Array(
        [
            Dictionary(Subtype=Name.Text, T=String("王小明"), Contents=String("再核"), Rect=[0, 0, 9, 9]),
            Dictionary(Subtype=Name.Highlight, Rect=[0, 0, 9, 9]),
            Dictionary(
                Subtype=Name.Link,
                Rect=[0, 0, 9, 9],
                A=Dictionary(S=Name.URI, URI=String("https://www.gov.cn/")),
            ),
            seal,
        ]
    )
    maker.document.Root.AcroForm = Dictionary(Fields=Array([seal]))
    data = maker.to_bytes()

    assert said(data) == {(Kind.ANNOTATIONS, "便笺 王小明 再核"), (Kind.ANNOTATIONS, "高亮")}
    with cleaned(data, Kind.ANNOTATIONS, Kind.FORM_VALUES) as result:
        assert [str(each.Subtype) for each in result.pages[0].obj.Annots] == ["/Link", "/Widget"]
        assert len(result.Root.AcroForm.Fields) == 1


def test_embedded_files_are_found_wherever_they_hang(maker):
    maker.document.attachments["底稿.txt"] = b"draft"
    hung = Dictionary(
        Type=Name.Filespec, UF=String("b.txt"), EF=Dictionary(F=maker.document.make_stream(b"second"))
    )
    page = maker.document.pages[0].obj
    page.AF = Array([hung])
    page.Annots = Array([Dictionary(Subtype=Name.FileAttachment, FS=hung, Rect=[0, 0, 9, 9])])
    data = maker.to_bytes()

    assert {excerpt for kind, excerpt in said(data) if kind is Kind.EMBEDDED} == {"底稿.txt", "b.txt", "注释"}
    with cleaned(data, Kind.EMBEDDED) as result:
        streams = [each.read_bytes() for each in result.objects if isinstance(each, pikepdf.Stream)]
        assert not {b"draft", b"second"} & set(streams)


def test_scripts_and_actions_are_found_and_removed(maker):
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    root = maker.document.Root
    root.OpenAction = script
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    root.AA = Dictionary(WC=script)
    page = maker.document.pages[0].obj
    page.Annots = Array(
        [
            Dictionary(
                Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=String("http://a")), Rect=[0, 0, 9, 9]
            ),
            Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, Next=Array([script])), Rect=[0, 0, 9, 9]),
        ]
    )
    data = maker.to_bytes()

    assert (Kind.SCRIPTS, "JavaScript app.alert(1)") in said(data)
    with cleaned(data, Kind.SCRIPTS) as result:
        assert b"app.alert" not in result.Root.unparse(resolved=True)


def test_links_to_the_office_are_cut(maker):
    maker.document.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("file:///D:/a.doc")), Rect=[0, 0, 9, 9]
            ),
            Dictionary(
                Subtype=Name.Link,
                A=Dictionary(S=Name.GoToR, F=Dictionary(UF=String("b.pdf"))),
                Rect=[0, 0, 9, 9],
            ),
        ]
    )
    data = maker.to_bytes()

    assert said(data) == {(Kind.EXTERNAL_LINKS, "file:///D:/a.doc"), (Kind.EXTERNAL_LINKS, "b.pdf")}
    cleaned(data, Kind.EXTERNAL_LINKS).close()


def test_filled_in_forms_are_found_and_removed(maker):
    field = maker.document.make_indirect(
        Dictionary(FT=Name.Tx, Subtype=Name.Widget, T=String("姓名"), V=String("王小明"), Rect=[0, 0, 9, 9])
    )
    box = maker.document.make_indirect(
        Dictionary(FT=Name.Btn, Subtype=Name.Widget, T=String("是"), V=Name.Off, Rect=[0, 0, 9, 9])
    )
    maker.document.pages[0].obj.Annots = Array([field, box])
    maker.document.Root.AcroForm = Dictionary(Fields=Array([field, box]), XFA=String("<xdp/>"))
    data = maker.to_bytes()

    assert said(data) == {(Kind.FORM_VALUES, "王小明"), (Kind.FORM_VALUES, "动态表单")}
    with cleaned(data, Kind.FORM_VALUES) as result:
        assert "/AcroForm" not in result.Root
        assert len(result.pages[0].obj.Annots) == 0


def test_pictures_inside_and_thumbnails_of_pages_are_found_and_removed(maker):
    photo = made.jpeg(comment=b"shot by Wang")
    picture = maker.document.make_stream(
        photo,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=30,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = maker.document.pages[0].obj
    page.Resources.XObject = Dictionary(P=picture)
    page.Contents = maker.document.make_stream(
        made.words("Public text", 30, 350).encode() + b"q 40 0 0 30 0 0 cm /P Do Q"
    )
    page.Thumb = maker.document.make_stream(b"\0")
    data = maker.to_bytes()

    assert said(data) == {(Kind.PICTURE_TEXT, "shot by Wang"), (Kind.THUMBNAIL, "")}
    with cleaned(data, Kind.PICTURE_TEXT, Kind.THUMBNAIL) as result:
        assert result.pages[0].obj.Resources.XObject.P.read_raw_bytes() == made.jpeg()


def layered(maker, *, off=True, base=False) -> bytes:
    document = maker.document
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("底稿")))
    shown = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("正文")))
    state = Dictionary(Order=Array([layer, Array([shown])]))
    if base:
        state.BaseState, state.ON = Name.OFF, Array([shown])
    elif off:
        state.OFF = Array([layer])
    document.Root.OCProperties = Dictionary(OCGs=Array([layer, shown]), D=state)
    stream = document.make_stream(
        made.words("Form secret", 10, 10).encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 99, 99],
        OC=layer,
    )
    nested = document.make_stream(
        b"/OC /L BDC " + made.words("Nested secret", 10, 10).encode() + b"EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 99, 99],
        Resources=Dictionary(Font=Dictionary(F=maker.font), Properties=Dictionary(L=layer)),
    )
    page = document.pages[0].obj
    page.Resources.Properties = Dictionary(L=layer, S=shown, M=Dictionary(Type=Name.OCMD, OCGs=layer))
    page.Resources.XObject = Dictionary(X=stream, N=nested)
    page.Contents = document.make_stream(
        (
            made.words("Public text", 30, 350)
            + "/OC /L BDC /Span <</ActualText (spoken secret)>> BDC "
            + made.words("Layer secret", 30, 300)
            + "EMC 0 0 10 10 re f BT /F 9 Tf (moved) ' ET EMC /OC /S BDC "
            + made.words("Shown", 30, 250)
            + "EMC /OC /M BDC "
            + made.words("Member secret", 30, 200)
            + "EMC /X Do /N Do"
        ).encode()
    )
    return maker.to_bytes()


@pytest.mark.parametrize("how", [{"off": True}, {"base": True}])
def test_layers_that_are_off_are_taken_out_with_all_they_hold(maker, how):
    data = layered(maker, **how)

    assert (Kind.HIDDEN_LAYERS, "底稿") in said(data)
    result = clean(data, FileType.PDF, frozenset({Kind.HIDDEN_LAYERS}))
    assert inspect(result, FileType.PDF) == ()
    assert text(result).split() == ["Public", "text", "Shown"]
    with pikepdf.open(io.BytesIO(result)) as document:
        contents = b"".join(
            each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)
        )
        assert b"secret" not in contents
        assert [str(each.Name) for each in document.Root.OCProperties.OCGs] == ["正文"]


def test_layers_that_are_on_are_no_finding(maker):
    assert inspect(layered(maker, off=False), FileType.PDF) == ()


NAME = made.words("Wang Xiaoming", 30, 300)


@pytest.mark.parametrize(
    ("later", "covered"),
    [
        ("0 g 25 295 120 20 re f", True),
        ("1 g 25 295 120 20 re f", True),
        ("0 g 25 295 m 145 295 l 145 315 l 25 315 l h f", True),
        ("q 1 0 0 1 20 290 cm 0 g 5 5 120 20 re f Q", True),
        ("0 g 0 0 1 1 re 25 295 120 20 re f", True),
        ("0 G 16 w 25 304 m 145 304 l S", True),
        ("0 G 1 w 25 295 120 20 re S", False),
        ("0 g 25 200 120 20 re f", False),
        ("0 g 25 295 120 3 re f", False),
        ("/Half gs 0 g 25 295 120 20 re f", False),
        ("/Multiply gs 1 1 0 rg 25 295 120 20 re f", False),
        ("/Box Do", True),
    ],
)
def test_text_under_a_box_is_found_and_cannot_be_cleaned(maker, later, covered):
    document = maker.document
    page = document.pages[0].obj
    page.Resources.ExtGState = Dictionary(Half=Dictionary(ca=0.5), Multiply=Dictionary(BM=Name.Multiply))
    page.Resources.XObject = Dictionary(
        Box=document.make_stream(
            b"0 g 0 0 120 20 re f", Subtype=Name.Form, BBox=[0, 0, 120, 20], Matrix=[1, 0, 0, 1, 25, 295]
        )
    )
    page.Contents = document.make_stream((made.words("Public text", 30, 350) + NAME + later).encode())
    data = maker.to_bytes()

    assert said(data) == ({(Kind.COVERED_TEXT, "Wang Xiaoming")} if covered else set())
    cleaned(data, *(kind for kind in Kind if kind.fixable)).close()


def test_a_ground_painted_before_the_text_covers_nothing(maker):
    maker.document.pages[0].obj.Contents = maker.document.make_stream(
        ("1 1 0 rg 0 0 300 400 re f 0 g " + made.words("Public text", 30, 350)).encode()
    )

    assert inspect(maker.to_bytes(), FileType.PDF) == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("annotation", "covered"),
    [
        ({"/Subtype": Name.Square, "/IC": [0, 0, 0]}, True),
        ({"/Subtype": Name.Square, "/C": [0, 0, 0]}, False),
        ({"/Subtype": Name.Square, "/IC": [0, 0, 0], "/CA": 0.3}, False),
        ({"/Subtype": Name.FreeText, "/C": [1, 1, 1]}, True),
        ({"/Subtype": Name.Redact}, True),
        ({"/Subtype": Name.Highlight, "/C": [1, 1, 0]}, False),
    ],
)
def test_text_under_an_opaque_annotation_is_found(maker, annotation, covered, turn):
    page = maker.document.pages[0].obj
    page.Rotate = turn
    page.Contents = maker.document.make_stream((made.words("Public text", 30, 350) + NAME).encode())
    page.Annots = Array([Dictionary({**annotation, "/Rect": Array([25, 295, 145, 315])})])

    found = said(maker.to_bytes())

    assert ((Kind.COVERED_TEXT, "Wang Xiaoming") in found) is covered


def picture(maker, **more) -> pikepdf.Object:
    return maker.document.make_stream(
        b"\0" * 3,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        **more,
    )


def test_pictures_over_text_are_boxes_or_scans_and_seals_are_neither(maker):
    page = maker.document.pages[0].obj
    mask = maker.document.make_stream(
        b"\x80",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources.XObject = Dictionary(P=picture(maker), S=picture(maker, SMask=mask))
    results = []
    for drawn in ("120 0 0 20 25 295 cm /P Do", "300 0 0 400 0 0 cm /P Do", "120 0 0 20 25 295 cm /S Do"):
        page.Contents = maker.document.make_stream((NAME + drawn).encode())
        buffer = io.BytesIO()
        maker.document.save(buffer)
        results.append(said(buffer.getvalue()))
    maker.document.close()

    assert results == [
        {(Kind.COVERED_TEXT, "Wang Xiaoming")},
        {(Kind.INVISIBLE_TEXT, "Wang Xiaoming")},
        set(),
    ]


def test_invisible_text_and_text_outside_the_page_are_found(maker):
    page = maker.document.pages[0].obj
    page.CropBox = [0, 100, 300, 400]
    page.Contents = maker.document.make_stream(
        (
            made.words("Public text", 30, 350)
            + "3 Tr "
            + made.words("scanned", 30, 200)
            + "0 Tr "
            + made.words("below", 30, 50)
        ).encode()
    )
    data = maker.to_bytes()

    findings = {
        (finding.kind, finding.where, finding.excerpt, finding.fixable)
        for finding in inspect(data, FileType.PDF)
    }

    assert findings == {
        (Kind.INVISIBLE_TEXT, "第 1 页", "scanned", False),
        (Kind.COVERED_TEXT, "第 1 页可见范围以外", "below", False),
    }


def test_a_locked_file_is_not_said_to_be_clean():
    locked = made.pdf(encryption=pikepdf.Encryption(user="a", owner="b"))

    with pytest.raises(CannotInspect, match="打开密码"):
        inspect(locked, FileType.PDF)
    with pytest.raises(CannotInspect, match="打开密码"):
        clean(locked, FileType.PDF, frozenset(Kind))
