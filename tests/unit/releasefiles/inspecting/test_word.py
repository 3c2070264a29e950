"""What Word documents carry along, and the documents without it."""

import io

import docx
import pytest
from tests.unit.releasefiles import made

from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.sniffing import FileType, screen_upload

WHO = 'w:id="1" w:author="王小明"'


def kinds(data: bytes) -> set[Kind]:
    return {finding.kind for finding in inspect(data, FileType.DOCX)}


def cleaned(data: bytes, *chosen: Kind) -> bytes:
    """Clean, and check that the result is a document with none of these kinds that Word's own schema order keeps."""
    result = clean(data, FileType.DOCX, frozenset(chosen))
    assert not kinds(result) & set(chosen)
    assert screen_upload(result, "a.docx") is FileType.DOCX
    docx.Document(io.BytesIO(result))
    return result


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{tag}>{text}</w:{tag}></w:r>"


def test_a_plain_document_has_nothing_to_find_and_cleaning_leaves_it_alone():
    data = made.docx()

    assert inspect(data, FileType.DOCX) == ()
    assert clean(data, FileType.DOCX, frozenset(Kind)) == data


def test_insertions_and_deletions_are_found_with_author_and_place_and_accepted():
    data = made.docx(
        f"<w:p>{run('一')}</w:p>"
        f"<w:p>{run('金额')}<w:ins {WHO}>{run('二万')}</w:ins><w:del {WHO}>{run('三万', tag='delText')}</w:del></w:p>"
    )

    inserted, deleted = inspect(data, FileType.DOCX)

    assert (inserted.where, inserted.excerpt) == ("正文第 2 段", "王小明 插入：二万")
    assert deleted.excerpt == "王小明 删除：三万"
    assert inserted.fixable
    result = cleaned(data, Kind.TRACKED_CHANGES)
    assert paragraphs(result) == ["一", "金额二万"]
    assert "三万".encode() not in Package(result)["word/document.xml"]


def test_accepting_a_deleted_paragraph_mark_joins_it_to_the_next():
    """ECMA-376, Part 1, 17.13.5.15."""
    mark = f"<w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>"
    data = made.docx(
        f"<w:p>{mark}{run('上')}</w:p><w:p><w:pPr><w:jc w:val='center'/></w:pPr>{run('下')}</w:p><w:p>{mark}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )

    result = cleaned(data, Kind.TRACKED_CHANGES)

    assert paragraphs(result) == ["上下"]
    assert docx.Document(io.BytesIO(result)).paragraphs[0].alignment is not None


def test_moves_rows_cells_and_formats_are_accepted_too():
    data = made.docx(
        f"<w:p><w:moveFromRangeStart {WHO} w:name='a'/><w:moveFrom {WHO}>{run('移走')}</w:moveFrom>"
        f"<w:moveFromRangeEnd w:id='1'/><w:moveTo {WHO}>{run('移来')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr>"
        f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:ins {WHO}/></w:trPr><w:tc><w:p>{run('新行')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc><w:p>{run('旧行')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:cellDel {WHO}/></w:tcPr><w:p>{run('旧格')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )

    result = cleaned(data, Kind.TRACKED_CHANGES)

    document = docx.Document(io.BytesIO(result))
    assert paragraphs(result) == ["移来", "粗"]
    assert document.paragraphs[1].runs[0].bold
    assert [[cell.text for cell in row.cells] for table in document.tables for row in table.rows] == [
        ["新行"]
    ]


def test_a_cell_that_loses_its_text_keeps_a_paragraph():
    mark = f"<w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>"
    data = made.docx(
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p>{mark}"
        f"<w:del {WHO}>{run('a')}</w:del></w:p></w:tc></w:tr></w:tbl>"
    )

    result = cleaned(data, Kind.TRACKED_CHANGES)

    assert docx.Document(io.BytesIO(result)).tables[0].cell(0, 0).paragraphs[0].text == ""


def test_changes_in_footers_are_found():
    footer = f'<w:ftr xmlns:w="{made.W}"><w:p><w:ins {WHO}>{run("密")}</w:ins></w:p></w:ftr>'
    data = made.docx(parts={"word/footer1.xml": footer}, links=made.relations(("footer", "footer1.xml")))

    assert [finding.where for finding in inspect(data, FileType.DOCX)] == ["页脚第 1 段"]
    cleaned(data, Kind.TRACKED_CHANGES)


def test_many_changes_are_counted_rather_than_listed():
    data = made.docx("<w:p>" + f"<w:ins {WHO}>{run('字')}</w:ins>" * 50 + "</w:p>")

    findings = inspect(data, FileType.DOCX)

    assert len(findings) == 21
    assert findings[-1].where == "另有 30 处"


def with_comment() -> bytes:
    comments = f'<w:comments xmlns:w="{made.W}"><w:comment {WHO}><w:p>{run("此处不宜公开")}</w:p></w:comment></w:comments>'
    people = '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="王小明"/></w15:people>'
    body = (
        f'<w:p><w:commentRangeStart w:id="1"/>{run("正文")}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    links = made.relations(
        ("comments", "comments.xml"),
        ("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
    )
    return made.docx(body, {"word/comments.xml": comments, "word/people.xml": people}, links=links)


def test_comments_are_found_and_removed_with_the_names_of_their_authors():
    data = with_comment()

    assert [finding.excerpt for finding in inspect(data, FileType.DOCX)] == ["王小明：此处不宜公开", "王小明"]
    result = cleaned(data, Kind.COMMENTS)
    assert paragraphs(result) == ["正文"]
    assert not {name for name in Package(result) if "comments" in name or "people" in name}
    assert b"comment" not in Package(result)["word/document.xml"]
    assert b"/word/comments.xml" not in Package(result)["[Content_Types].xml"]


def test_only_the_kinds_asked_for_are_removed():
    data = made.docx(
        f"<w:p>{run('藏', '<w:vanish/>')}<w:ins {WHO}>{run('增')}</w:ins></w:p>",
        made.PROPERTY_PARTS,
        made.PROPERTY_RELATIONS,
    )

    assert kinds(data) == {Kind.HIDDEN_TEXT, Kind.TRACKED_CHANGES, Kind.PROPERTIES}
    assert kinds(cleaned(data, Kind.HIDDEN_TEXT)) == {Kind.TRACKED_CHANGES, Kind.PROPERTIES}
    assert kinds(cleaned(data, Kind.PROPERTIES)) == {Kind.HIDDEN_TEXT, Kind.TRACKED_CHANGES}


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("<w:vanish/>", True),
        ("<w:vanish w:val='1'/>", True),
        ("<w:vanish w:val='0'/>", False),
        ("<w:rStyle w:val='Secret'/>", True),
        ("<w:rStyle w:val='Child'/>", True),
        ("<w:rStyle w:val='Shown'/>", False),
        ("<w:rStyle w:val='Secret'/><w:vanish w:val='false'/>", False),
        ("<w:b/>", False),
    ],
)
def test_hidden_text_is_found_by_itself_and_through_its_style(properties, hidden):
    styles = (
        f'<w:styles xmlns:w="{made.W}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>'
        '<w:style w:styleId="Shown"><w:basedOn w:val="Secret"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    data = made.docx(
        f"<w:p>{run('明')}{run('暗', properties)}</w:p>",
        {"word/styles.xml": styles},
        links=made.relations(("styles", "styles.xml")),
    )

    assert (kinds(data) == {Kind.HIDDEN_TEXT}) is hidden
    assert Kind.HIDDEN_TEXT not in kinds(clean(data, FileType.DOCX, frozenset({Kind.HIDDEN_TEXT})))


def test_a_hidden_paragraph_style_hides_its_runs():
    styles = (
        f'<w:styles xmlns:w="{made.W}"><w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    data = made.docx(
        f"<w:p><w:pPr><w:pStyle w:val='S'/></w:pPr>{run('暗')}</w:p>",
        {"word/styles.xml": styles},
        links=made.relations(("styles", "styles.xml")),
    )

    assert [finding.excerpt for finding in inspect(data, FileType.DOCX)] == ["暗"]


def test_a_hidden_field_loses_its_words_and_keeps_its_ends():
    hidden = "<w:vanish/>"
    data = made.docx(
        f"<w:p><w:r><w:rPr>{hidden}</w:rPr><w:fldChar w:fldCharType='begin'/><w:instrText>XE 王某</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )

    result = Package(cleaned(data, Kind.HIDDEN_TEXT))["word/document.xml"]

    assert "王某".encode() not in result
    assert result.count(b"fldChar ") == 2


def test_properties_are_found_and_cleared_but_for_the_title():
    settings = f'<w:settings xmlns:w="{made.W}"><w:docVars><w:docVar w:name="来源" w:val="内网"/></w:docVars></w:settings>'
    data = made.docx(
        parts={**made.PROPERTY_PARTS, "word/settings.xml": settings},
        root=made.PROPERTY_RELATIONS,
        links=made.relations(("settings", "settings.xml")),
    )

    found = {(finding.where, finding.excerpt) for finding in inspect(data, FileType.DOCX)}

    assert found == {
        ("作者", "王小明"),
        ("最后修改者", "李四"),
        ("单位", "某某咨询公司"),
        ("经理", "赵主任"),
        ("自定义属性", "密级：内部"),
        ("文档变量", "来源 内网"),
    }
    result = cleaned(data, Kind.PROPERTIES)
    assert docx.Document(io.BytesIO(result)).core_properties.title == "通知"
    assert "docProps/custom.xml" not in Package(result)


def test_embedded_files_go_and_their_pictures_stay():
    body = (
        "<w:p><w:r><w:object><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:imagedata r:id='rId2'/></v:shape>"
        "<o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' r:id='rId1'/></w:object></w:r></w:p>"
    )
    data = made.docx(
        body,
        {"word/embeddings/a.xlsx": made.xlsx(), "word/media/a.png": made.png()},
        links=made.relations(("package", "embeddings/a.xlsx"), ("image", "media/a.png")),
    )

    assert [finding.excerpt for finding in inspect(data, FileType.DOCX)] == ["a.xlsx"]
    result = Package(cleaned(data, Kind.EMBEDDED))
    assert "word/embeddings/a.xlsx" not in result
    assert b"OLEObject" not in result["word/document.xml"]
    assert "word/media/a.png" in result


def test_links_to_the_office_are_cut_and_links_to_pages_stay():
    settings = f'<w:settings xmlns:w="{made.W}" xmlns:r="{made.RELATION}"><w:attachedTemplate r:id="rId1"/></w:settings>'
    data = made.docx(
        f"<w:p><w:hyperlink r:id='rId2'>{run('底稿')}</w:hyperlink><w:hyperlink r:id='rId3'>{run('官网')}</w:hyperlink></w:p>",
        {
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": made.relations(
                external=(("attachedTemplate", "file:///D:/王小明/a.dotm"),)
            ),
        },
        links=made.relations(
            ("settings", "settings.xml"),
            external=(("hyperlink", "file://10.1.1.1/share/a.docx"), ("hyperlink", "https://www.gov.cn/")),
        ),
    )

    assert {finding.excerpt for finding in inspect(data, FileType.DOCX)} == {
        "file:///D:/王小明/a.dotm",
        "file://10.1.1.1/share/a.docx",
    }
    result = Package(cleaned(data, Kind.EXTERNAL_LINKS))
    assert paragraphs(result.to_bytes()) == ["底稿官网"]
    assert b"attachedTemplate" not in result["word/settings.xml"]
    assert result["word/document.xml"].count(b"<w:hyperlink") == 1


def test_pictures_in_a_document_and_its_thumbnail_are_inspected():
    data = made.docx(
        parts={"word/media/a.png": made.png(texts={"Author": "li"}), "docProps/thumbnail.jpeg": made.jpeg()},
        root=(
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                "docProps/thumbnail.jpeg",
            ),
        ),
        links=made.relations(("image", "media/a.png")),
    )

    assert kinds(data) == {Kind.PICTURE_TEXT, Kind.THUMBNAIL}
    result = cleaned(data, Kind.PICTURE_TEXT, Kind.THUMBNAIL)
    assert b"li" not in Package(result)["word/media/a.png"]


def test_a_document_word_wrote_through_a_library_survives_cleaning():
    document = docx.Document()
    document.add_heading("通知", 1)
    document.add_table(2, 2).cell(0, 0).text = "格"
    document.core_properties.author = "王小明"
    buffer = io.BytesIO()
    document.save(buffer)

    result = cleaned(buffer.getvalue(), *Kind)

    assert docx.Document(io.BytesIO(result)).tables[0].cell(0, 0).text == "格"
    assert [finding for finding in inspect(result, FileType.DOCX) if finding.fixable] == []
