"""What presentations carry along, and the presentations without it."""

from tests.unit.releasefiles import made

from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.sniffing import FileType, screen_upload

SPACE = f'xmlns:p="{made.P}" xmlns:a="{made.A}" xmlns:r="{made.RELATION}"'


def said(data: bytes) -> set[tuple[Kind, str, str]]:
    return {(finding.kind, finding.where, finding.excerpt) for finding in inspect(data, FileType.PPTX)}


def cleaned(data: bytes, *chosen: Kind) -> Package:
    result = clean(data, FileType.PPTX, frozenset(chosen))
    assert not {kind for kind, _, _ in said(result)} & set(chosen)
    assert screen_upload(result, "a.pptx") is FileType.PPTX
    return Package(result)


def test_a_plain_presentation_has_nothing_to_find_and_cleaning_leaves_it_alone():
    data = made.pptx()

    assert inspect(data, FileType.PPTX) == ()
    assert clean(data, FileType.PPTX, frozenset(Kind)) == data


def test_notes_are_found_without_page_numbers_and_removed():
    notes = f"<p:notes {SPACE}><a:t>不要念出来</a:t><a:fld><a:t>1</a:t></a:fld></p:notes>"
    data = made.pptx(
        {"ppt/notesSlides/n.xml": notes}, links=made.relations(("notesSlide", "../notesSlides/n.xml"))
    )

    assert said(data) == {(Kind.NOTES, "第 1 张幻灯片", "不要念出来")}
    assert "ppt/notesSlides/n.xml" not in cleaned(data, Kind.NOTES)


def test_old_and_new_comments_are_found_with_their_authors():
    modern = "http://schemas.microsoft.com/office/2018/10/relationships/"
    data = made.pptx(
        {
            "ppt/comments/a.xml": f"<p:cmLst {SPACE}><p:cm><p:text>太多</p:text></p:cm></p:cmLst>",
            "ppt/comments/b.xml": f"<cmLst {SPACE}><cm><a:t>再议</a:t></cm></cmLst>",
            "ppt/authors.xml": '<authorLst><author name="王小明"/></authorLst>',
            "ppt/_rels/presentation.xml.rels": made.relations(
                ("slide", "slides/slide1.xml"), (modern + "authors", "authors.xml")
            ),
        },
        links=made.relations(("comments", "../comments/a.xml"), (modern + "comments", "../comments/b.xml")),
    )

    assert {excerpt for _, _, excerpt in said(data)} == {"太多", "再议", "王小明"}
    assert not [name for name in cleaned(data, Kind.COMMENTS) if "omment" in name or "author" in name]


def test_hidden_slides_go_from_the_show_its_sections_and_the_links_to_them():
    main = (
        f'<p:presentation {SPACE}><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst>'
        '<p:extLst><p14:sldIdLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        '<p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p:extLst></p:presentation>'
    )
    data = made.pptx(
        {
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": made.relations(
                ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")
            ),
            "ppt/slides/slide1.xml": f'<p:sld {SPACE}><a:hlinkClick r:id="rId1"/></p:sld>',
            "ppt/slides/slide2.xml": f'<p:sld {SPACE} show="0"><a:t>底价</a:t></p:sld>',
            "docProps/app.xml": "<Properties><TitlesOfParts>底价</TitlesOfParts></Properties>",
        },
        root=(("extended-properties", "docProps/app.xml"),),
        links=made.relations(("slide", "slide2.xml")),
    )

    assert said(data) == {(Kind.HIDDEN_SLIDES, "第 2 张幻灯片", "底价")}
    result = cleaned(data, Kind.HIDDEN_SLIDES)
    assert "ppt/slides/slide2.xml" not in result
    assert b"257" not in result["ppt/presentation.xml"]
    assert "底价".encode() not in b"".join(result.values())


def test_an_object_on_a_slide_leaves_its_picture():
    frame = (
        '<p:graphicFrame><a:graphic><a:graphicData><p:oleObj r:id="rId1"><p:embed/>'
        "<p:pic><p:blipFill/></p:pic></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"
    )
    data = made.pptx(
        {
            "ppt/slides/slide1.xml": f"<p:sld {SPACE}><p:cSld><p:spTree>{frame}</p:spTree></p:cSld></p:sld>",
            "ppt/embeddings/a.xlsx": made.xlsx(),
            **made.PROPERTY_PARTS,
        },
        root=made.PROPERTY_RELATIONS,
        links=made.relations(("package", "../embeddings/a.xlsx")),
    )

    assert {kind for kind, _, _ in said(data)} == {Kind.EMBEDDED, Kind.PROPERTIES}
    slide = cleaned(data, Kind.EMBEDDED, Kind.PROPERTIES)["ppt/slides/slide1.xml"]
    assert b"<p:pic>" in slide
    assert b"graphicFrame" not in slide
