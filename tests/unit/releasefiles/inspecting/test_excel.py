"""What workbooks carry along, and the workbooks without it."""

import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from tests.unit.releasefiles import made

from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.inspecting.office.excel_cells import column_of
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.sniffing import FileType, screen_upload


def kinds(data: bytes) -> set[Kind]:
    return {finding.kind for finding in inspect(data, FileType.XLSX)}


def saved(book: openpyxl.Workbook) -> bytes:
    book.properties.creator = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cleaned(data: bytes, *chosen: Kind) -> openpyxl.Workbook:
    """Clean, and open the result, which holds none of these kinds."""
    result = clean(data, FileType.XLSX, frozenset(chosen))
    assert not kinds(result) & set(chosen)
    assert screen_upload(result, "a.xlsx") is FileType.XLSX
    book = openpyxl.load_workbook(io.BytesIO(result))
    book.whole = Package(result)
    return book


@pytest.fixture
def book():
    made_book = openpyxl.Workbook()
    made_book.active.title = "公开"
    made_book.active.append(["项目", "金额"])
    return made_book


def test_a_plain_workbook_has_nothing_to_find_and_cleaning_leaves_it_alone(book):
    data = saved(book)

    assert inspect(data, FileType.XLSX) == ()
    assert clean(data, FileType.XLSX, frozenset(Kind)) == data


@pytest.mark.parametrize(("state", "word"), [("hidden", "隐藏"), ("veryHidden", "深度隐藏")])
def test_hidden_sheets_go_with_their_texts_and_names(book, state, word):
    secret = book.create_sheet("底 稿", 0)
    secret.append(["秘密人员"])
    secret.sheet_state = state
    book.create_sheet("附表").append(["附"])
    book.defined_names["指向"] = DefinedName("指向", attr_text="'底 稿'!$A$1")
    book["附表"].defined_names["本表"] = DefinedName("本表", attr_text="附表!$A$1")
    book.active = 1
    data = saved(book)

    (finding,) = inspect(data, FileType.XLSX)
    assert (finding.kind, finding.where, finding.excerpt) == (Kind.HIDDEN_SHEETS, "工作表“底 稿”", word)

    result = cleaned(data, Kind.HIDDEN_SHEETS)

    assert result.sheetnames == ["公开", "附表"]
    assert "指向" not in result.defined_names
    assert list(result["附表"].defined_names) == ["本表"]
    assert result["公开"]["A1"].value == "项目"
    everything = b"".join(result.whole.values())
    assert "秘密人员".encode() not in everything
    assert "底 稿".encode() not in everything


def test_formulas_become_values_when_what_they_stand_on_goes():
    sheet = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>7</v></c><c r="B1"><v>7</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" t="str"><v>王某</v></c></row>'
        '<row r="3" ht="0"><c r="A3" t="inlineStr"><is><t>李某</t></is></c></row></sheetData>'
    )
    data = made.xlsx(sheet)

    assert [(finding.where, finding.excerpt) for finding in inspect(data, FileType.XLSX)] == [
        ("工作表“表一”单元格 B1", "7"),
        ("工作表“表一”单元格 A2", "王某"),
        ("工作表“表一”单元格 A3", "李某"),
    ]
    result = cleaned(data, Kind.HIDDEN_CELLS)
    assert result["表一"]["A1"].value == 7
    assert [result["表一"][cell].value for cell in ("B1", "A2", "A3")] == [None] * 3


def test_rows_hidden_by_a_filter_and_hidden_sheets_lose_their_shared_texts():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet, secret = book.add_worksheet("公开"), book.add_worksheet("底稿")
        for row, text in enumerate(("项目", "涉密项目", "普通项目")):
            sheet.write(row, 0, text)
        sheet.autofilter("A1:A3")
        sheet.set_row(1, None, None, {"hidden": True})
        secret.write(0, 0, "秘密人员")
        secret.write(1, 0, "项目")
        secret.hide()
    data = buffer.getvalue()

    assert {finding.excerpt for finding in inspect(data, FileType.XLSX)} == {"涉密项目", "隐藏"}
    result = cleaned(data, Kind.HIDDEN_CELLS, Kind.HIDDEN_SHEETS)
    assert [cell.value for cell in result["公开"]["A"]] == ["项目", None, "普通项目"]
    everything = b"".join(result.whole.values())
    for word in ("涉密项目", "秘密人员", "底稿"):
        assert word.encode() not in everything


def test_comments_go_with_their_drawing(book):
    book["公开"]["A1"].comment = Comment("此数待核", "王小明")
    data = saved(book)

    assert {finding.excerpt for finding in inspect(data, FileType.XLSX)} == {"此数待核", "王小明"}
    result = cleaned(data, Kind.COMMENTS)
    assert result["公开"]["A1"].comment is None
    assert not [name for name in result.whole if "omment" in name or name.endswith(".vml")]


def test_threaded_comments_and_the_list_of_persons_are_found():
    space = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships/"
    data = made.xlsx(
        parts={
            "xl/threadedComments/a.xml": f'<ThreadedComments {space}><threadedComment ref="B2"><text>核</text></threadedComment></ThreadedComments>',
            "xl/persons/person.xml": f'<personList {space}><person displayName="王小明"/></personList>',
            "xl/worksheets/_rels/sheet1.xml.rels": made.relations(
                (microsoft + "threadedComment", "../threadedComments/a.xml")
            ),
        },
        links=made.relations(
            ("worksheet", "worksheets/sheet1.xml"), (microsoft + "person", "persons/person.xml")
        ),
    )

    assert {(finding.where, finding.excerpt) for finding in inspect(data, FileType.XLSX)} == {
        ("单元格 B2", "核"),
        ("批注人名单", "王小明"),
    }
    cleaned(data, Kind.COMMENTS)


def test_hidden_names_go_and_those_excel_makes_stay():
    names = (
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">表一!$A$1</definedName>'
        '<definedName name="暗" hidden="1">"内部口令"</definedName><definedName name="明">表一!$A$1</definedName></definedNames>'
    )
    data = made.xlsx(workbook=names)

    assert [(finding.where, finding.excerpt) for finding in inspect(data, FileType.XLSX)] == [
        ("名称“暗”", '"内部口令"')
    ]
    assert list(cleaned(data, Kind.HIDDEN_NAMES).defined_names) == ["明"]


def test_other_workbooks_are_cut_off_and_their_values_stay():
    link = (
        f'<externalLink xmlns="{made.S}" xmlns:r="{made.RELATION}"><externalBook r:id="rId1"><sheetNames>'
        '<sheetName val="人事"/></sheetNames></externalBook></externalLink>'
    )
    data = made.xlsx(
        '<sheetData><row r="1"><c r="A1"><f>[1]人事!A1*2</f><v>8</v></c><c r="B1"><f>A1+1</f><v>9</v></c></row></sheetData>',
        workbook='<externalReferences><externalReference r:id="rId2"/></externalReferences>'
        '<definedNames><definedName name="外">[1]人事!$A$1</definedName></definedNames>',
        parts={
            "xl/externalLinks/a.xml": link,
            "xl/externalLinks/_rels/a.xml.rels": made.relations(
                external=(("externalLinkPath", "file:///D:/人事.xlsx"),)
            ),
        },
        links=made.relations(("worksheet", "worksheets/sheet1.xml"), ("externalLink", "externalLinks/a.xml")),
    )

    assert {finding.excerpt for finding in inspect(data, FileType.XLSX)} == {
        "引用其他工作簿并保存了其中的数据",
        "file:///D:/人事.xlsx",
    }
    result = cleaned(data, Kind.EXTERNAL_LINKS)
    assert [cell.value for cell in result["表一"][1]] == [8, "=A1+1"]
    assert "人事".encode() not in b"".join(result.whole.values())


def test_caches_of_data_are_found_and_left_to_the_clerk():
    data = made.xlsx(
        parts={
            "xl/pivotCache/a.xml": f'<pivotCacheDefinition xmlns="{made.S}"/>',
            "xl/connections.xml": "<connections/>",
        },
        links=made.relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("pivotCacheDefinition", "pivotCache/a.xml"),
            ("connections", "connections.xml"),
        ),
    )

    findings = inspect(data, FileType.XLSX)

    assert [(finding.kind, finding.fixable) for finding in findings] == [(Kind.CACHED_DATA, False)] * 2
    assert clean(data, FileType.XLSX, frozenset({Kind.CACHED_DATA})) == data


def test_properties_and_embedded_files_are_found_as_in_other_office_files():
    sheet = '<sheetData/><oleObjects><oleObject progId="Word" r:id="rId1"/></oleObjects>'
    data = made.xlsx(
        sheet,
        parts={
            **made.PROPERTY_PARTS,
            "xl/embeddings/a.bin": made.compound_file("WordDocument"),
            "xl/worksheets/_rels/sheet1.xml.rels": made.relations(("oleObject", "../embeddings/a.bin")),
        },
        root=made.PROPERTY_RELATIONS,
    )

    assert kinds(data) == {Kind.PROPERTIES, Kind.EMBEDDED}
    result = cleaned(data, Kind.PROPERTIES, Kind.EMBEDDED)
    assert b"oleObject" not in result.whole["xl/worksheets/sheet1.xml"]


@given(st.integers(1, 16384), st.integers(1, 1_048_576))
def test_columns_are_counted_as_excel_counts_them(column, row):
    assert column_of(f"{get_column_letter(column)}{row}") == column


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.integers(1, 6)),
    st.sets(st.integers(1, 6)),
    st.lists(
        st.lists(st.text("甲乙丙丁", min_size=1, max_size=3), min_size=6, max_size=6), min_size=6, max_size=6
    ),
)
def test_whatever_is_hidden_goes_and_whatever_is_shown_stays(rows, columns, values):
    book = openpyxl.Workbook()
    for values_of_row in values:
        book.active.append(values_of_row)
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    for column in columns:
        book.active.column_dimensions[get_column_letter(column)].hidden = True

    result = cleaned(saved(book), Kind.HIDDEN_CELLS)

    for row in range(1, 7):
        for column in range(1, 7):
            shown = row not in rows and column not in columns
            assert result.active.cell(row, column).value == (values[row - 1][column - 1] if shown else None)
