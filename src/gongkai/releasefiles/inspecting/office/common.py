"""What Word, Excel and PowerPoint files have in common: properties, embedded files, links, pictures.

Limitations: data-bound custom XML (customXml/) is kept; what it shows, the document shows too.
"""

from __future__ import annotations

import posixpath

from gongkai.releasefiles.inspecting import pictures
from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.office.office_file import OfficeFile, Relation
from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.picture_parts import PNG_SIGNATURE
from gongkai.releasefiles.xml_parts import local_name

KINDS = frozenset({Kind.PROPERTIES, Kind.EMBEDDED, Kind.EXTERNAL_LINKS}) | pictures.KINDS

_PROPERTY_RELATIONS = frozenset({"core-properties", "extended-properties"})
_PERSONAL = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
    "identifier": "标识",
    "Company": "单位",
    "Manager": "经理",
    "HyperlinkBase": "链接基址",
}
_EMBEDDED = frozenset(
    {"oleObject", "package", "control", "aFChunk", "attachedToolbars", "activeXControlBinary"}
)
_LINKS_TO_READ = ("http://", "https://", "mailto:", "#")


def inspect_common(office: OfficeFile, found: Found) -> None:
    """Add properties, embedded files, links and what pictures carry."""
    _inspect_properties(office, found)
    for relation in office.all_relations():
        if _is_embedded(relation):
            found.add(Kind.EMBEDDED, relation.source, posixpath.basename(relation.target))
        elif _is_telling_link(relation):
            found.add(Kind.EXTERNAL_LINKS, relation.source, relation.target)
        elif relation.kind == "thumbnail":
            found.add(Kind.THUMBNAIL, "文件属性", "首页缩略图")
    for name in _pictures(office):
        pictures.inspect_picture(office.package[name], found, f"图片 {posixpath.basename(name)}")


def clean_common(office: OfficeFile, kinds: frozenset[Kind]) -> None:
    """Take these kinds out."""
    if Kind.PROPERTIES in kinds:
        _clean_properties(office)
    for relation in list(office.all_relations()):
        if (
            (Kind.EMBEDDED in kinds and _is_embedded(relation))
            or (Kind.EXTERNAL_LINKS in kinds and _is_telling_link(relation))
            or (Kind.THUMBNAIL in kinds and relation.kind == "thumbnail")
        ):
            office.remove_relation(relation)
    for name in _pictures(office):
        before = office.package[name]
        after = pictures.clean_picture(before, kinds)
        if after != before:
            office.replace(name, after)


def forget_titles_of_parts(office: OfficeFile) -> None:
    """Take the list of sheet names or slide titles out of the properties: it names what was removed."""
    for relation in office.relations(""):
        if relation.kind == "extended-properties" and relation.part:
            for element in list(office.tree(relation.part)):
                if local_name(element) in {"TitlesOfParts", "HeadingPairs"}:
                    remove(element)
                    office.touch(relation.part)


def _inspect_properties(office: OfficeFile, found: Found) -> None:
    for relation in office.relations(""):
        if not relation.part:
            continue
        if relation.kind in _PROPERTY_RELATIONS:
            for element in office.tree(relation.part):
                if local_name(element) in _PERSONAL and (element.text or "").strip():
                    found.add(Kind.PROPERTIES, _PERSONAL[local_name(element)], element.text)
        elif relation.kind == "custom-properties":
            for element in office.tree(relation.part):
                value = "".join(element.itertext())
                found.add(Kind.PROPERTIES, "自定义属性", f"{element.get('name', '')}：{value}")


def _clean_properties(office: OfficeFile) -> None:
    for relation in office.relations(""):
        if relation.kind == "custom-properties":
            office.remove_relation(relation)
        elif relation.kind in _PROPERTY_RELATIONS and relation.part:
            for element in list(office.tree(relation.part)):
                if local_name(element) in _PERSONAL:
                    remove(element)
                    office.touch(relation.part)


def _is_embedded(relation: Relation) -> bool:
    return relation.kind in _EMBEDDED and not relation.external


def _is_telling_link(relation: Relation) -> bool:
    """Any link but one a reader clicks to a page or an address: those are part of the text."""
    if not relation.external:
        return False
    return relation.kind != "hyperlink" or not relation.target.lower().startswith(_LINKS_TO_READ)


def _pictures(office: OfficeFile) -> list[str]:
    return [
        name for name, part in office.package.items() if part.startswith((b"\xff\xd8\xff", PNG_SIGNATURE))
    ]
