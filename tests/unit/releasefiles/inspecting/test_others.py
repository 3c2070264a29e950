"""OFD, old Office files and plain text."""

import pytest
from tests.unit.releasefiles import made

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.sniffing import FileType, screen_upload

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name_and_an_advice_that_says_whether_it_is_automatic(kind):
    assert kind.label
    assert kind.advice.startswith("可自动清除" if kind.fixable else "不能自动清除")


def test_old_office_files_say_that_they_cannot_be_inspected():
    data = made.compound_file("WordDocument")

    (finding,) = inspect(data, FileType.OLE)

    assert finding.kind is Kind.NOT_INSPECTED
    assert not finding.fixable
    assert "docx" in finding.advice
    assert clean(data, FileType.OLE, frozenset(Kind)) == data


def test_plain_text_has_nothing_to_find():
    assert inspect(b"a", FileType.TXT) == ()
    assert clean(b"a", FileType.TXT, frozenset(Kind)) == b"a"


@pytest.mark.parametrize("kind", [FileType.DOCX, FileType.XLSX, FileType.PPTX, FileType.OFD, FileType.PDF])
def test_a_damaged_file_is_not_said_to_be_clean(kind):
    for data in (b"PK\x03\x04", made.zipped({"a": "a"}), made.zipped({"OFD.xml": "<a>"})):
        with pytest.raises(CannotInspect, match="无法检查"):
            inspect(data, kind)
        with pytest.raises(CannotInspect, match="无法检查"):
            clean(data, kind, frozenset(Kind))


def test_properties_attachments_annotations_and_pictures_of_ofd():
    data = made.ofd(
        {
            "Doc_0/Attachs/Attachments.xml": f'<ofd:Attachments {OFD}><ofd:Attachment ID="1" Name="底稿.xlsx">'
            "<ofd:FileLoc>a.xlsx</ofd:FileLoc></ofd:Attachment></ofd:Attachments>",
            "Doc_0/Attachs/a.xlsx": made.xlsx(),
            "Doc_0/Annots.xml": f'<ofd:Annotations {OFD}><ofd:Page PageID="1"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc>'
            "</ofd:Page></ofd:Annotations>",
            "Doc_0/Annot_0.xml": f'<ofd:PageAnnot {OFD}><ofd:Annot Creator="王小明"><ofd:Remark>再核</ofd:Remark>'
            "</ofd:Annot></ofd:PageAnnot>",
            "Doc_0/Res/a.png": made.png(texts={"Author": "Wang"}),
        },
        document_info="<ofd:Title>通知</ofd:Title><ofd:Author>李四</ofd:Author><ofd:CustomDatas><ofd:CustomData "
        'Name="密级">内部</ofd:CustomData></ofd:CustomDatas>',
        document="<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
    )

    found = {(finding.kind, finding.excerpt) for finding in inspect(data, FileType.OFD)}

    assert found == {
        (Kind.PROPERTIES, "李四"),
        (Kind.PROPERTIES, "内部"),
        (Kind.EMBEDDED, "底稿.xlsx"),
        (Kind.ANNOTATIONS, "王小明 再核"),
        (Kind.PICTURE_TEXT, "Author Wang"),
    }
    only_properties = clean(data, FileType.OFD, frozenset({Kind.PROPERTIES}))
    assert {finding.kind for finding in inspect(only_properties, FileType.OFD)} == {
        Kind.EMBEDDED,
        Kind.ANNOTATIONS,
        Kind.PICTURE_TEXT,
    }
    result = clean(data, FileType.OFD, frozenset(Kind))
    assert inspect(result, FileType.OFD) == ()
    assert screen_upload(result, "a.ofd") is FileType.OFD
    assert set(Package(result)) == {"OFD.xml", "Doc_0/Document.xml", "Doc_0/Res/a.png"}
    assert "通知".encode() in Package(result)["OFD.xml"]
