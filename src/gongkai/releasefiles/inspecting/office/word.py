"""Word documents: tracked changes, comments, hidden text, and what all Office files share."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.office.common import clean_common, inspect_common
from gongkai.releasefiles.inspecting.office.office_file import OfficeFile
from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.inspecting.office.word_changes import accept_changes, change_of
from gongkai.releasefiles.inspecting.office.word_hidden import hidden_runs, hidden_styles, remove_runs
from gongkai.releasefiles.xml_parts import local_name

_PLACES = {
    "document": "正文",
    "hdr": "页眉",
    "ftr": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossaryDocument": "文档部件库",
    "styles": "样式",
    "numbering": "编号",
    "comments": "批注",
}
_COMMENT_RELATIONS = frozenset(
    {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"}
)
_COMMENT_MARKS = ("{*}commentRangeStart", "{*}commentRangeEnd", "{*}commentReference", "{*}annotationRef")


def inspect_word(office: OfficeFile, found: Found) -> None:
    """Add what the document holds."""
    styles = _hidden_styles(office)
    for _, place, root in _stories(office):
        for element in root.iter(etree.Element):
            if change := change_of(element):
                where = _where(place, element) if found.wants(Kind.TRACKED_CHANGES) else place
                found.add(Kind.TRACKED_CHANGES, where, f"{_by(element)}{change}：{_text(element)}")
        for run in hidden_runs(root, styles):
            where = _where(place, run) if found.wants(Kind.HIDDEN_TEXT) else place
            found.add(Kind.HIDDEN_TEXT, where, _text(run))
    _inspect_comments(office, found)
    for variable in _variables(office):
        found.add(Kind.PROPERTIES, "文档变量", " ".join(str(each) for each in variable.attrib.values()))
    inspect_common(office, found)


def clean_word(office: OfficeFile, kinds: frozenset[Kind]) -> None:
    """Take these kinds out."""
    styles = _hidden_styles(office)
    for name, _, root in _stories(office):
        if Kind.TRACKED_CHANGES in kinds and accept_changes(root):
            office.touch(name)
        if Kind.HIDDEN_TEXT in kinds and (runs := hidden_runs(root, styles)):
            remove_runs(runs)
            office.touch(name)
        if Kind.COMMENTS in kinds and _remove_comment_marks(root):
            office.touch(name)
    if Kind.COMMENTS in kinds:
        for relation in list(office.all_relations()):
            if relation.kind in _COMMENT_RELATIONS:
                office.remove_relation(relation)
    if Kind.PROPERTIES in kinds and (variables := _variables(office)):
        for variable in variables:
            remove(variable)
        office.touch(_settings(office))
    clean_common(office, kinds)


def _stories(office: OfficeFile) -> Iterator[tuple[str, str, etree._Element]]:
    """Every part with text or formats, and what it is called."""
    for name, root in office.trees("word/"):
        if local_name(root) in _PLACES:
            yield name, _PLACES[local_name(root)], root


def _hidden_styles(office: OfficeFile) -> frozenset[str]:
    return hidden_styles(
        next((root for _, root in office.trees("word/") if local_name(root) == "styles"), None)
    )


def _inspect_comments(office: OfficeFile, found: Found) -> None:
    for relation in office.all_relations():
        if relation.kind == "comments" and relation.part:
            for comment in office.tree(relation.part).iter("{*}comment"):
                found.add(Kind.COMMENTS, "批注", f"{_author(comment)}：{_text(comment)}")
        elif relation.kind == "people" and relation.part:
            for person in office.tree(relation.part).iter("{*}person"):
                found.add(Kind.COMMENTS, "批注和修订人名单", _author(person))


def _remove_comment_marks(root: etree._Element) -> bool:
    marks = list(root.iter(*_COMMENT_MARKS))
    for mark in marks:
        run = mark.getparent()
        remove(mark)
        if run is not None and local_name(run) == "r" and all(local_name(each) == "rPr" for each in run):
            remove(run)
    return bool(marks)


def _settings(office: OfficeFile) -> str:
    return next((name for name, root in office.trees("word/") if local_name(root) == "settings"), "")


def _variables(office: OfficeFile) -> list[etree._Element]:
    name = _settings(office)
    return list(office.tree(name).iter("{*}docVar")) if name else []


def _where(place: str, element: etree._Element) -> str:
    """The place, and in which of its paragraphs, counted from 1 with those in tables."""
    inside = next((each for each in (element, *element.iterancestors()) if local_name(each) == "p"), None)
    if inside is None:
        return place
    root = inside.getroottree().getroot()
    number = next(at for at, each in enumerate(root.iter(inside.tag), 1) if each is inside)
    return f"{place}第 {number} 段"


def _author(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}author")), "")


def _by(element: etree._Element) -> str:
    author = _author(element)
    return f"{author} " if author else ""


def _text(element: etree._Element) -> str:
    return "".join(
        each.text or "" for each in element.iter("{*}t", "{*}delText", "{*}instrText", "{*}delInstrText")
    )
