"""Annotations, forms and embedded files of a PDF.

Electronic seals (signature fields) are not annotations a clerk may lose: they stay, though any change to the file
makes the signature itself invalid.

Source: ISO 32000-1, 12.5 (annotations), 12.7 (forms), 7.11.4 (embedded files).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.pdf_objects import dictionaries, text

KINDS = frozenset({Kind.ANNOTATIONS, Kind.FORM_VALUES, Kind.EMBEDDED, Kind.THUMBNAIL})

_CARRIES_A_FILE = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_STAYS = frozenset({"/Link", "/PrinterMark", "/TrapNet", "/Watermark"})
_WORDS = {
    "/Text": "便笺",
    "/FreeText": "文本框",
    "/Highlight": "高亮",
    "/Underline": "下划线",
    "/StrikeOut": "删除线",
    "/Squiggly": "波浪线",
    "/Stamp": "图章",
    "/Ink": "手绘",
    "/Square": "方框",
    "/Circle": "圆框",
    "/Redact": "待涂黑标记",
    "/Popup": "弹出窗口",
}


def inspect_attachments(document: pikepdf.Pdf, found: Found) -> None:
    """Add annotations, filled-in fields, embedded files and thumbnails of pages."""
    for number, page in enumerate(document.pages, 1):
        for annotation in _annotations(page.obj):
            kind = _kind(annotation)
            if kind in {Kind.ANNOTATIONS, Kind.EMBEDDED}:
                what = _WORDS.get(text(annotation.get("/Subtype")), "注释")
                said = " ".join(text(annotation.get(key)) for key in ("/T", "/Contents"))
                found.add(kind, f"第 {number} 页", f"{what} {said}")
        if "/Thumb" in page.obj:
            found.add(Kind.THUMBNAIL, f"第 {number} 页")
    for name, value in _filled_in(document):
        found.add(Kind.FORM_VALUES, f"表单域“{name}”", value)
    for each in dictionaries(document):
        if "/EF" in each:
            found.add(Kind.EMBEDDED, "附件", text(each.get("/UF")) or text(each.get("/F")))


def clean_attachments(document: pikepdf.Pdf, kinds: frozenset[Kind]) -> None:
    """Take these kinds out."""
    for page in document.pages:
        if "/Annots" in page.obj:
            kept = [each for each in _annotations(page.obj) if _kind(each) not in kinds]
            page.obj.Annots = document.make_indirect(pikepdf.Array(kept))
        if Kind.THUMBNAIL in kinds and "/Thumb" in page.obj:
            del page.obj["/Thumb"]
    if Kind.FORM_VALUES in kinds:
        _remove_form(document)
    if Kind.EMBEDDED in kinds:
        _remove_files(document)


def _annotations(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    held = page.get("/Annots")
    if isinstance(held, pikepdf.Array):
        yield from (each for each in held if isinstance(each, pikepdf.Dictionary))


def _kind(annotation: pikepdf.Object) -> Kind | None:
    """What the annotation counts as; None for links, seals and what belongs to the page."""
    name = text(annotation.get("/Subtype"))
    if name in _CARRIES_A_FILE:
        return Kind.EMBEDDED
    if name == "/Widget":
        return None if _inherited(annotation, "/FT") == pikepdf.Name.Sig else Kind.FORM_VALUES
    return None if name in _STAYS else Kind.ANNOTATIONS


def _inherited(field: pikepdf.Object, key: str) -> object:
    for _ in range(32):
        if key in field:
            return field[key]
        parent = field.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        field = parent
    return None


def _filled_in(document: pikepdf.Pdf) -> list[tuple[str, str]]:
    """The names and values of the fields that say something."""
    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return []
    filled = [("XFA", "动态表单")] if "/XFA" in form else []
    for each in dictionaries(document):
        if ("/V" not in each and "/DV" not in each) or _inherited(each, "/FT") in {None, pikepdf.Name.Sig}:
            continue
        value = each.get("/V", each.get("/DV"))
        shown = " ".join(text(part) for part in value) if isinstance(value, pikepdf.Array) else text(value)
        if isinstance(value, pikepdf.Stream):
            shown = "长文本"
        if shown and shown != "/Off":
            filled.append((text(each.get("/T")) or "未命名", shown))
    return filled


def _remove_form(document: pikepdf.Pdf) -> None:
    """Take every field but seals."""
    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    fields = form.get("/Fields")
    kept = [
        each
        for each in (fields if isinstance(fields, pikepdf.Array) else [])
        if isinstance(each, pikepdf.Dictionary) and _inherited(each, "/FT") == pikepdf.Name.Sig
    ]
    if kept:
        form.Fields = pikepdf.Array(kept)
        if "/XFA" in form:
            del form["/XFA"]
    else:
        del document.Root["/AcroForm"]


def _remove_files(document: pikepdf.Pdf) -> None:
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    if "/Collection" in document.Root:
        del document.Root["/Collection"]
    for each in list(dictionaries(document)):
        for key in ("/AF", "/EF"):
            if key in each:
                del each[key]
