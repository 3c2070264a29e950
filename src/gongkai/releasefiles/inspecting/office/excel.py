"""Excel workbooks: hidden sheets, rows, columns and names, comments, links to other workbooks, data caches.

Taking out a sheet or cells turns formulas into the values they show: recalculated without what they stood on,
they would show something else. Texts that only removed cells showed go from the table of shared strings.

Source: ECMA-376, Part 1, 18.2.19 (sheets), 18.2.5 (defined names), 18.14 (external links), 18.10 (pivot caches).
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.office.common import clean_common, forget_titles_of_parts, inspect_common
from gongkai.releasefiles.inspecting.office.excel_cells import (
    blank_unused,
    empty,
    freeze,
    hidden_cells,
    used_strings,
)
from gongkai.releasefiles.inspecting.office.office_file import OfficeFile, Relation
from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.xml_parts import BadXML

_COMMENT_RELATIONS = frozenset({"comments", "threadedComment", "person"})
_CACHES = {"pivotCacheDefinition": "数据透视表缓存", "connections": "外部数据连接", "queryTable": "外部查询"}
_OTHER_WORKBOOK = re.compile(r"\[\d+\]")
_SHEET_RELATIONS = frozenset({"worksheet", "chartsheet", "dialogsheet"})
_HIDDEN = {"hidden": "隐藏", "veryHidden": "深度隐藏"}


def inspect_excel(office: OfficeFile, found: Found) -> None:
    """Add what the workbook holds."""
    for element, part in _sheets(office):
        name = element.get("name", "")
        if element.get("state") in _HIDDEN:
            found.add(Kind.HIDDEN_SHEETS, f"工作表“{name}”", _HIDDEN[element.get("state")])
        elif part:
            for cell in hidden_cells(office.tree(part)):
                where = f"工作表“{name}”单元格 {cell.get('r', '')}"
                found.add(
                    Kind.HIDDEN_CELLS, where, _shown(office, cell) if found.wants(Kind.HIDDEN_CELLS) else ""
                )
    for defined in _hidden_names(office):
        found.add(Kind.HIDDEN_NAMES, f"名称“{defined.get('name', '')}”", defined.text or "")
    for relation in office.all_relations():
        _inspect_relation(office, relation, found)
    inspect_common(office, found)


def clean_excel(office: OfficeFile, kinds: frozenset[Kind]) -> None:
    """Take these kinds out."""
    if Kind.HIDDEN_NAMES in kinds:
        _remove_names(office, _hidden_names(office))
    if Kind.COMMENTS in kinds:
        _remove_comments(office)
    if Kind.EXTERNAL_LINKS in kinds:
        _cut_other_workbooks(office)
    removed = Kind.HIDDEN_SHEETS in kinds and _remove_hidden_sheets(office)
    emptied = Kind.HIDDEN_CELLS in kinds and _empty_hidden_cells(office)
    if removed or emptied:
        _settle(office)
    clean_common(office, kinds)


def _inspect_relation(office: OfficeFile, relation: Relation, found: Found) -> None:
    if relation.kind in _CACHES and relation.source == office.main:
        found.add(Kind.CACHED_DATA, _CACHES[relation.kind], relation.target)
    elif relation.kind == "externalLink":
        found.add(Kind.EXTERNAL_LINKS, "工作簿", "引用其他工作簿并保存了其中的数据")
    elif relation.kind in _COMMENT_RELATIONS and relation.part:
        for element in office.tree(relation.part).iter("{*}comment", "{*}threadedComment"):
            found.add(Kind.COMMENTS, f"单元格 {element.get('ref', '')}", "".join(element.itertext()))
        for element in office.tree(relation.part).iter("{*}author", "{*}person"):
            if author := (element.text or element.get("displayName", "")):
                found.add(Kind.COMMENTS, "批注人名单", author)


def _sheets(office: OfficeFile) -> list[tuple[etree._Element, str]]:
    """The sheets of the workbook in order, each with its part (empty when it leads nowhere)."""
    parts = {each.id: each.part for each in office.relations(office.main) if each.kind in _SHEET_RELATIONS}
    return [
        (element, next((parts[str(value)] for value in element.attrib.values() if value in parts), ""))
        for element in office.tree(office.main).iter("{*}sheet")
    ]


def _worksheets(office: OfficeFile) -> list[tuple[str, etree._Element]]:
    return [(part, office.tree(part)) for _, part in _sheets(office) if part]


def _shown(office: OfficeFile, cell: etree._Element) -> str:
    text = "".join(cell.itertext("{*}v", "{*}t"))
    if cell.get("t") == "s" and text.isdigit():
        strings = _strings(office)
        items = list(office.tree(strings).iter("{*}si")) if strings else []
        return "".join(items[int(text)].itertext()) if int(text) < len(items) else ""
    return text


def _strings(office: OfficeFile) -> str:
    return next((each.part for each in office.relations(office.main) if each.kind == "sharedStrings"), "")


def _hidden_names(office: OfficeFile) -> list[etree._Element]:
    """Without those Excel makes for itself: the range of a filter, functions newer than the program."""
    return [
        each
        for each in office.tree(office.main).iter("{*}definedName")
        if each.get("hidden") in {"1", "true"} and not each.get("name", "").startswith("_xl")
    ]


def _remove_names(office: OfficeFile, names: list[etree._Element]) -> None:
    for each in names:
        holder = each.getparent()
        remove(each)
        if holder is not None and not len(holder):
            remove(holder)
        office.touch(office.main)


def _remove_comments(office: OfficeFile) -> None:
    """Take the comments, and the drawings in which Excel shows them."""
    for relation in list(office.all_relations()):
        if relation.kind not in _COMMENT_RELATIONS:
            continue
        office.remove_relation(relation)
        for drawing in office.relations(relation.source):
            if drawing.kind == "vmlDrawing" and _is_for_comments(office, drawing.part):
                office.remove_relation(drawing)


def _is_for_comments(office: OfficeFile, part: str) -> bool:
    """Does the drawing hold nothing but comments? Buttons may stand in it as well."""
    try:
        data = list(office.tree(part).iter("{*}ClientData"))
    except (BadXML, KeyError):
        return True
    return all(each.get("ObjectType") == "Note" for each in data)


def _cut_other_workbooks(office: OfficeFile) -> None:
    links = [each for each in office.relations(office.main) if each.kind == "externalLink"]
    if not links:
        return
    for link in links:
        office.remove_relation(link)
    for name, sheet in _worksheets(office):
        if freeze(sheet, only=_OTHER_WORKBOOK):
            office.touch(name)
    _remove_names(
        office,
        [
            each
            for each in office.tree(office.main).iter("{*}definedName")
            if _OTHER_WORKBOOK.search(each.text or "")
        ],
    )


def _remove_hidden_sheets(office: OfficeFile) -> bool:
    """Take the sheets, the names that lead to them, and the places counted over them."""
    sheets = _sheets(office)
    hidden = [at for at, (element, _) in enumerate(sheets) if element.get("state") in _HIDDEN]
    if not hidden:
        return False
    titles = [sheets[at][0].get("name", "") for at in hidden]
    _remove_names(
        office,
        [
            each
            for each in office.tree(office.main).iter("{*}definedName")
            if each.get("localSheetId") in {str(at) for at in hidden} or _leads_to(each.text or "", titles)
        ],
    )
    for each in office.tree(office.main).iter("{*}definedName"):
        if (own := each.get("localSheetId")) is not None and own.isdigit():
            each.set("localSheetId", str(int(own) - sum(at < int(own) for at in hidden)))
    for view in office.tree(office.main).iter("{*}workbookView"):
        view.attrib.pop("activeTab", None)
        view.attrib.pop("firstSheet", None)
    for at in hidden:
        element, part = sheets[at]
        if part:
            office.remove_part(part)
        if element.getparent() is not None:
            remove(element)
    pattern = re.compile("|".join(_quoted(title) for title in titles))
    for name, sheet in _worksheets(office):
        if freeze(sheet, only=pattern):
            office.touch(name)
    office.touch(office.main)
    forget_titles_of_parts(office)
    return True


def _leads_to(formula: str, titles: list[str]) -> bool:
    return any(re.search(_quoted(title), formula) for title in titles)


def _quoted(title: str) -> str:
    """The sheet as formulas name it, with quotes when the name needs them."""
    doubled = re.escape(title.replace("'", "''"))
    return rf"(?:'{doubled}'|(?<![\w.]){re.escape(title)})!"


def _empty_hidden_cells(office: OfficeFile) -> bool:
    emptied = False
    for name, sheet in _worksheets(office):
        if empty(hidden_cells(sheet)):
            office.touch(name)
            emptied = True
    return emptied


def _settle(office: OfficeFile) -> None:
    """After cells are gone: values for formulas, no order of calculation, no texts of removed cells."""
    sheets = _worksheets(office)
    for name, sheet in sheets:
        if freeze(sheet):
            office.touch(name)
    for relation in office.relations(office.main):
        if relation.kind == "calcChain":
            office.remove_relation(relation)
    if strings := _strings(office):
        blank_unused(office.tree(strings), used_strings(sheet for _, sheet in sheets))
        office.touch(strings)
