"""OFD files: properties, attachments, annotations, in the parts that name them.

Source: GB/T 33190-2016, 7.4 (OFD.xml and document properties), 7.5 (document root), 15 (annotations), 20 (attachments).

Limitations: digital seals (Signs) are kept, and a change makes them invalid; covered text is not looked for.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from gongkai.releasefiles.inspecting import pictures
from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.picture_parts import PNG_SIGNATURE
from gongkai.releasefiles.xml_parts import local_name, parse_xml, xml_bytes

KINDS = frozenset({Kind.PROPERTIES, Kind.EMBEDDED, Kind.ANNOTATIONS}) | pictures.KINDS

_ROOT = "OFD.xml"
_PERSONAL = {
    "Author": "作者",
    "Subject": "主题",
    "Abstract": "摘要",
    "Keywords": "关键词",
    "CustomDatas": "自定义属性",
}
_LISTS = {"Attachments": Kind.EMBEDDED, "Annotations": Kind.ANNOTATIONS}
_NAMES = {Kind.EMBEDDED: "附件", Kind.ANNOTATIONS: "注释"}


def inspect_ofd(package: Package, found: Found) -> None:
    """Add what the file holds.

    Raises:
        BadXML: a part is damaged.
    """
    for element in parse_xml(package[_ROOT]).iter("{*}DocInfo"):
        for each in element:
            text = " ".join(each.itertext()).strip()
            if local_name(each) in _PERSONAL and text:
                found.add(Kind.PROPERTIES, _PERSONAL[local_name(each)], text)
    for name in _document_roots(package):
        for element, kind in _lists(parse_xml(package[name])):
            entries = _entries(package, name, element)
            for each in entries:
                found.add(kind, _NAMES[kind], each)
    for name in _pictures(package):
        pictures.inspect_picture(package[name], found, f"图片 {posixpath.basename(name)}")


def clean_ofd(package: Package, kinds: frozenset[Kind]) -> bytes:
    """The file without these kinds.

    Raises:
        BadXML: a part is damaged.
    """
    if Kind.PROPERTIES in kinds:
        _clean_properties(package)
    for name in _document_roots(package):
        root = parse_xml(package[name])
        for element, kind in list(_lists(root)):
            if kind in kinds:
                _remove_listed(package, _resolved(name, element.text))
                element.getparent().remove(element)
                package[name] = xml_bytes(root)
    for name in _pictures(package):
        package[name] = pictures.clean_picture(package[name], kinds)
    return package.to_bytes()


def _clean_properties(package: Package) -> None:
    root = parse_xml(package[_ROOT])
    for element in root.iter("{*}DocInfo"):
        for each in list(element):
            if local_name(each) in _PERSONAL:
                element.remove(each)
    package[_ROOT] = xml_bytes(root)


def _document_roots(package: Package) -> list[str]:
    return [
        name
        for element in parse_xml(package[_ROOT]).iter("{*}DocRoot")
        if (name := _resolved("", element.text)) in package
    ]


def _lists(root: etree._Element) -> list[tuple[etree._Element, Kind]]:
    return [(each, _LISTS[local_name(each)]) for each in root if local_name(each) in _LISTS]


def _entries(package: Package, document: str, element: etree._Element) -> list[str]:
    """What the list names: attachments by name, annotations by what they say or by their file."""
    name = _resolved(document, element.text)
    if name not in package:
        return []
    shown = []
    for each in parse_xml(package[name]).iter("{*}Attachment", "{*}Page"):
        file = _resolved(name, "".join(each.itertext("{*}FileLoc")).strip())
        shown.append(each.get("Name") or _said(package, file) or posixpath.basename(file))
    return shown


def _said(package: Package, file: str) -> str:
    if file not in package or not file.endswith(".xml"):
        return ""
    annotations = parse_xml(package[file]).iter("{*}Annot")
    return " ".join(
        " ".join(
            part for part in (each.get("Creator", ""), "".join(each.itertext("{*}Remark")).strip()) if part
        )
        for each in annotations
    )


def _remove_listed(package: Package, name: str) -> None:
    """Take the list and the files it names; pages of the document itself are not among them."""
    if name not in package:
        return
    for each in parse_xml(package[name]).iter("{*}FileLoc"):
        package.pop(_resolved(name, each.text), None)
    package.pop(name, None)


def _resolved(source: str, target: str | None) -> str:
    path = posixpath.join("/", posixpath.dirname(source), (target or "").strip())
    return posixpath.normpath(path).lstrip("/")


def _pictures(package: Package) -> list[str]:
    return [name for name, part in package.items() if part.startswith((b"\xff\xd8\xff", PNG_SIGNATURE))]
