"""Presentations: speaker notes, comments, hidden slides.

Source: ECMA-376, Part 1, 19.3.1.26 (notes), 19.4 (comments), 19.3.1.38 (slides; attribute show).
"""

from __future__ import annotations

from lxml import etree

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.office.common import clean_common, forget_titles_of_parts, inspect_common
from gongkai.releasefiles.inspecting.office.office_file import OfficeFile
from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.xml_parts import local_name

_COMMENT_RELATIONS = frozenset({"comments", "commentAuthors", "authors"})
_NOTE_RELATION = "notesSlide"


def inspect_powerpoint(office: OfficeFile, found: Found) -> None:
    """Add what the presentation holds."""
    numbers = {part: number for number, part in enumerate(_slides(office), 1)}
    for part, number in numbers.items():
        if _is_hidden(office.tree(part)):
            found.add(Kind.HIDDEN_SLIDES, f"第 {number} 张幻灯片", _text(office.tree(part)))
    for relation in office.all_relations():
        where = f"第 {numbers[relation.source]} 张幻灯片" if relation.source in numbers else "演示文稿"
        if relation.kind == _NOTE_RELATION and relation.part and relation.source in numbers:
            if text := _text(office.tree(relation.part)).strip():
                found.add(Kind.NOTES, where, text)
        elif relation.kind in _COMMENT_RELATIONS and relation.part:
            for element in office.tree(relation.part).iter("{*}cm", "{*}cmAuthor", "{*}author"):
                found.add(Kind.COMMENTS, where, element.get("name", "") or "".join(element.itertext()))
    inspect_common(office, found)


def clean_powerpoint(office: OfficeFile, kinds: frozenset[Kind]) -> None:
    """Take these kinds out."""
    if Kind.HIDDEN_SLIDES in kinds:
        _remove_hidden_slides(office)
    for relation in list(office.all_relations()):
        if (Kind.NOTES in kinds and relation.kind == _NOTE_RELATION) or (
            Kind.COMMENTS in kinds and relation.kind in _COMMENT_RELATIONS
        ):
            office.remove_relation(relation)
    clean_common(office, kinds)


def _slides(office: OfficeFile) -> list[str]:
    """The parts of the slides, in the order they are shown."""
    parts = {
        each.id: each.part for each in office.relations(office.main) if each.kind == "slide" and each.part
    }
    return [
        parts[str(value)]
        for element in office.tree(office.main).iter("{*}sldId")
        for value in element.attrib.values()
        if value in parts
    ]


def _is_hidden(slide: etree._Element) -> bool:
    return slide.get("show") in {"0", "false"}


def _remove_hidden_slides(office: OfficeFile) -> None:
    """Take the slides, and their numbers from the sections."""
    main = office.tree(office.main)
    for part in _slides(office):
        if not _is_hidden(office.tree(part)):
            continue
        relation_ids = {each.id for each in office.relations(office.main) if each.part == part}
        numbers = {
            element.get("id")
            for element in main.iter("{*}sldId")
            if relation_ids & {str(value) for value in element.attrib.values()}
        }
        office.remove_part(part)
        for element in list(main.iter("{*}sldId")):
            if element.get("id") in numbers:
                remove(element)
        office.touch(office.main)
        forget_titles_of_parts(office)


def _text(slide: etree._Element) -> str:
    """The text of a slide or its notes, without fields: those are page numbers and dates."""
    return " ".join(
        element.text or ""
        for element in slide.iter("{*}t")
        if not any(local_name(above) == "fld" for above in element.iterancestors())
    )
