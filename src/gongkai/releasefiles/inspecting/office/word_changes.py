"""Tracked changes of a Word text (修订), and the text as it reads when all of them are accepted.

Source: ECMA-376, Part 1, 17.13.5 (revisions). Accepting follows Word: a deleted paragraph mark joins the paragraph
to the next one, whose properties stay.
"""

from __future__ import annotations

from lxml import etree

from gongkai.releasefiles.inspecting.office.references import remove, unwrap
from gongkai.releasefiles.xml_parts import local_name

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_CELLS = frozenset({"cellIns", "cellDel", "cellMerge"})
_MARKS = frozenset(
    f"{kind}{'Range'}{end}"
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_WORDS = {
    "ins": "插入",
    "moveTo": "移入",
    "del": "删除",
    "moveFrom": "移出",
    "cellIns": "插入单元格",
    "cellDel": "删除单元格",
    "cellMerge": "合并单元格",
}


def change_of(element: etree._Element) -> str:
    """What the element records, in Chinese; empty when it records no change."""
    name = local_name(element)
    if name in _WORDS:
        return _WORDS[name]
    if name in _MARKS:
        return "移动"
    return "格式或属性" if name.endswith("Change") else ""


def accept_changes(root: etree._Element) -> bool:
    """Accept every change in a part; return whether there was any."""
    changes = [element for element in root.iter(etree.Element) if change_of(element)]
    for element in changes:
        if _is_within(element, root):
            _accept(element)
    _mend(root)
    return bool(changes)


def _is_within(element: etree._Element, root: etree._Element) -> bool:
    """Is it still there? It may have gone with what it stood in."""
    return element is root or any(above is root for above in element.iterancestors())


def _accept(element: etree._Element) -> None:
    name = local_name(element)
    parent = element.getparent()
    above = local_name(parent) if parent is not None else ""
    if name in _INSERTED and not above.endswith("Pr"):
        unwrap(element)
    elif name in _DELETED and above == "trPr":
        _remove_up(element, "tr")
    elif name == "cellDel":
        _remove_up(element, "tc")
    elif name in _DELETED and above == "rPr" and _is_paragraph_mark(parent):
        paragraph = next(each for each in element.iterancestors() if local_name(each) == "p")
        remove(element)
        _join_to_next(paragraph)
    else:
        remove(element)


def _is_paragraph_mark(properties: etree._Element) -> bool:
    above = properties.getparent()
    return above is not None and local_name(above) == "pPr"


def _remove_up(element: etree._Element, name: str) -> None:
    """Take out the nearest row or cell around the element."""
    for above in element.iterancestors():
        if local_name(above) == name:
            remove(above)
            return
    remove(element)


def _join_to_next(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    content = [each for each in paragraph if local_name(each) != "pPr"]
    if following is None or local_name(following) != "p":
        if not content:
            remove(paragraph)
        return
    at = 1 if len(following) and local_name(following[0]) == "pPr" else 0
    for offset, each in enumerate(content):
        following.insert(at + offset, each)
    remove(paragraph)


def _mend(root: etree._Element) -> None:
    """Take out rows and tables without cells; give a cell without a paragraph an empty one."""
    for name, inside in (("tr", "tc"), ("tbl", "tr")):
        for element in list(root.iter(f"{{*}}{name}")):
            if not any(local_name(each) == inside for each in element.iter(etree.Element)):
                remove(element)
    for cell in root.iter("{*}tc", "{*}hdr", "{*}ftr", "{*}footnote", "{*}endnote", "{*}txbxContent"):
        if not len(cell) or local_name(cell[-1]) in {"tbl", "tcPr"}:
            etree.SubElement(cell, cell.tag.rpartition("}")[0] + "}p")
