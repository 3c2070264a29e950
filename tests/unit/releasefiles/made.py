"""Files made in code for the tests of releasefiles: small, and each with exactly what a test is about."""

from __future__ import annotations

import io
import struct
import zipfile

import pikepdf
from PIL import Image, PngImagePlugin

_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD_MAIN = _OFFICE + "wordprocessingml.document.main+xml"
SHEET_MAIN = _OFFICE + "spreadsheetml.sheet.main+xml"
SLIDES_MAIN = _OFFICE + "presentationml.presentation.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_RELATION = _RELATIONS + "/metadata/core-properties"
_CONTENT_TYPES = {"docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def relations(*entries: tuple[str, str], external: tuple[tuple[str, str], ...] = ()) -> str:
    """A .rels part: (type's last word or whole type, target); ids are rId1, rId2, ... in order."""
    written = ""
    for number, (kind, target) in enumerate((*entries, *external), 1):
        whole = kind if kind.startswith("http") else f"{RELATION}/{kind}"
        mode = ' TargetMode="External"' if number > len(entries) else ""
        written += f'<Relationship Id="rId{number}" Type="{whole}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{_RELATIONS}">{written}</Relationships>'


def package(
    main: str, target: str, parts: dict[str, bytes | str], root: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """An OOXML file: the main part at ``target`` (it is in ``parts``), other relations of the root in ``root``."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Default Extension="{ending}" ContentType="application/octet-stream"/>'
            for ending in ("bin", "png", "jpeg", "xlsx", "vml")
        )
        + f'<Override PartName="/{target}" ContentType="{main}"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{_CONTENT_TYPES.get(name, "application/xml")}"/>'
            for name in parts
            if name.endswith(".xml") and name != target
        )
        + "</Types>"
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(("officeDocument", target), *root),
            **parts,
        }
    )


def docx(body: str = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>", parts=None, root=(), links: str = "") -> bytes:
    """A Word document with this body; ``links`` is the .rels part of the document."""
    space = f'xmlns:w="{W}" xmlns:r="{RELATION}"'
    return package(
        WORD_MAIN,
        "word/document.xml",
        {
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": links or relations(),
            **(parts or {}),
        },
        root,
    )


def xlsx(
    sheet: str = "", *, workbook: str = "", sheets: str = "", parts=None, root=(), links: str = ""
) -> bytes:
    """A workbook; by default one sheet with one cell."""
    space = f'xmlns="{S}" xmlns:r="{RELATION}"'
    sheet = sheet or '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    sheets = sheets or '<sheet name="表一" sheetId="1" r:id="rId1"/>'
    return package(
        SHEET_MAIN,
        "xl/workbook.xml",
        {
            "xl/workbook.xml": f"<workbook {space}><sheets>{sheets}</sheets>{workbook}</workbook>",
            "xl/_rels/workbook.xml.rels": links or relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet {space}>{sheet}</worksheet>",
            **(parts or {}),
        },
        root,
    )


def pptx(parts=None, *, attributes: str = "", root=(), links: str = "") -> bytes:
    """A presentation of one slide; ``attributes`` stand on the slide, ``links`` is its .rels part."""
    space = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{RELATION}"'
    slide = f"<p:sld {space} {attributes}><p:cSld><p:spTree/></p:cSld></p:sld>"
    return package(
        SLIDES_MAIN,
        "ppt/presentation.xml",
        {
            "ppt/presentation.xml": (
                f'<p:presentation {space}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'
            ),
            "ppt/_rels/presentation.xml.rels": relations(("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": slide,
            "ppt/slides/_rels/slide1.xml.rels": links or relations(),
            **(parts or {}),
        },
        root,
    )


CORE_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王小明</dc:creator>'
    "<cp:lastModifiedBy>李四</cp:lastModifiedBy><dc:title>通知</dc:title></cp:coreProperties>"
)
APP_PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>某某咨询公司</Company><Manager>赵主任</Manager><Pages>1</Pages></Properties>"
)
CUSTOM_PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="密级">'
    "<vt:lpwstr>内部</vt:lpwstr></property></Properties>"
)
PROPERTY_PARTS = {
    "docProps/core.xml": CORE_PROPERTIES,
    "docProps/app.xml": APP_PROPERTIES,
    "docProps/custom.xml": CUSTOM_PROPERTIES,
}
PROPERTY_RELATIONS = (
    (CORE_RELATION, "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
    ("custom-properties", "docProps/custom.xml"),
)


def ofd(parts: dict[str, bytes | str] | None = None, document_info: str = "", document: str = "") -> bytes:
    """An OFD file without pages."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": (
                f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>{document_info}</ofd:DocInfo>'
                "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
            "Doc_0/Document.xml": f"<ofd:Document {space}>{document}</ofd:Document>",
            **(parts or {}),
        }
    )


def compound_file(*names: str, content: bytes = b"") -> bytes:
    """An OLE file whose directory has these entries; ``content`` lies behind it."""
    entries = b""
    for name in ("Root Entry", *names):
        encoded = name.encode("utf-16-le") + b"\0\0"
        entries += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), 5, 1) + b"\0" * 60
    directory = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    sectors = len(directory) // 512
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<II", 1, 1)
    header = header.ljust(68, b"\0") + struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    return header + struct.pack("<128I", *table) + directory + content


def jpeg(size: tuple[int, int] = (40, 30), colour: str = "white", **saving) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG", **saving)
    return buffer.getvalue()


def png(size: tuple[int, int] = (40, 30), texts: dict[str, str] | None = None, **saving) -> bytes:
    buffer = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    for key, value in (texts or {}).items():
        info.add_text(key, value)
    Image.new("RGB", size, "white").save(buffer, "PNG", pnginfo=info, **saving)
    return buffer.getvalue()


class PDFMaker:
    """A PDF page by page; ``document`` may be changed before it is saved."""

    def __init__(self) -> None:
        self.document = pikepdf.new()
        self.font = self.document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )

    def page(self, content: str = "", size: tuple[float, float] = (300, 400), **resources) -> pikepdf.Page:
        """A page with this content stream; the font is /F."""
        page = self.document.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=self.font), **resources)
        page.obj.Contents = pikepdf.Stream(self.document, content.encode("latin-1"))
        return page

    def to_bytes(self, **saving) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer, **saving)
        self.document.close()
        return buffer.getvalue()


def words(text: str, x: float, y: float, size: float = 12) -> str:
    """The content stream that prints a text in Latin letters."""
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def pdf(*pages: str, **saving) -> bytes:
    """One page for each text."""
    maker = PDFMaker()
    for text in pages or ("A plain page of text.",):
        maker.page(words(text, 30, 350))
    return maker.to_bytes(**saving)
