"""Word documents: body, notes, headers and footers in reading order; a place is a paragraph and a run.

Text that was deleted under tracked changes is left out; that it is still there is said by the inspection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract, Gathering
from gongkai.prooffiles.limits import MAX_CHARACTERS
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.xml_parts import BadXML, local_name, parse_xml

BODY = "word/document.xml"
_OTHERS = ("word/footnotes.xml", "word/endnotes.xml")
_PARTS = ("word/header", "word/footer")
_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "instrText", "delText", "sectPr", "Fallback"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with the element that holds it, or a mark between pieces (then no element)."""

    text: str
    element: etree._Element | None
    where: str


def text_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Names of the parts that hold text, in reading order, with what a clerk calls them."""
    yield BODY, "正文"
    for name in sorted(package):
        if name in _OTHERS:
            yield name, "脚注尾注"
        elif name.startswith(_PARTS) and name.endswith(".xml"):
            yield name, "页眉" if "header" in name else "页脚"


def tokens(root: etree._Element, part: str) -> Iterator[Token]:
    """The text of a part, piece by piece; a paragraph ends with a line break, a cell with a tab."""
    paragraph = run = 0
    stack: list[Iterator[etree._Element]] = [iter(root)]
    opened: list[str] = [""]
    row_depth = 0
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            name = opened.pop()
            if name == "p":
                yield Token(" " if row_depth else "\n", None, "")
            elif name == "tc":
                yield Token("\t", None, "")
            elif name == "tr":
                row_depth -= 1
                yield Token("\n", None, "")
            continue
        name = local_name(child)
        if name in _SKIPPED or not name:
            continue
        if name == "p":
            paragraph += 1
            run = 0
        elif name == "r":
            run += 1
        elif name == "tr":
            row_depth += 1
        where = f"{part}第 {paragraph} 段第 {run} 个文字块"
        if name == "t":
            yield Token(child.text or "", child, where)
        elif name in {"tab", "ptab"}:
            yield Token(" ", None, where)
        elif name in {"br", "cr"}:
            yield Token("\n", None, where)
        elif name == "noBreakHyphen":
            yield Token("-", None, where)
        else:
            stack.append(iter(child))
            opened.append(name)


def read_docx(package: Package, name: str) -> Extract:
    """The text of the document.

    Raises:
        Unreadable: no body, or parts that are not XML.
    """
    if BODY not in package:
        raise Unreadable(name, "文档没有正文，请用 Word 或 WPS 重新保存。")
    gathering = Gathering(MAX_CHARACTERS)
    for part, label in text_parts(package):
        try:
            root = parse_xml(package[part])
        except BadXML as error:
            raise Unreadable(name, "文档已损坏，请用 Word 或 WPS 重新保存。") from error
        for token in tokens(root, label):
            if token.where:
                gathering.at(token.where)
            gathering.add(token.text)
    return gathering.done()
