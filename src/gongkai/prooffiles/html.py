"""Web pages: what a reader sees, block by block; a place is the line of the source."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract, Gathering
from gongkai.prooffiles.hidden import hidden_in_page
from gongkai.prooffiles.limits import MAX_CHARACTERS, MAX_HTML_BYTES
from gongkai.prooffiles.text_files import decoded

_SILENT = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "textarea", "select", "iframe"}
)
# fmt: off
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
])
# fmt: on
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_DECLARED = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Extract:
    """The visible text.

    Raises:
        Unreadable: too large, or nothing in it.
    """
    if len(data) > MAX_HTML_BYTES:
        raise Unreadable(
            name, f"网页有 {len(data) // 2**20} MB，超过 {MAX_HTML_BYTES // 2**20} MB，请只保存正文后再校对。"
        )
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    source = _source(data, name)
    try:
        root = lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(name, "网页是空的或已损坏，无法读取。") from error
    gathering = Gathering(MAX_CHARACTERS)
    _Reader(gathering).walk(root)
    return replace(gathering.done(), hidden=hidden_in_page(source))


def _source(data: bytes, name: str) -> str:
    declared = _DECLARED.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", decoded(data, name)[0])


class _Reader:
    def __init__(self, gathering: Gathering) -> None:
        self._to = gathering
        self._ended = "\n"  # what the text ends with, so that blocks part by one line break

    def walk(self, root: etree._Element) -> None:
        """Every element in order, without recursion: pages nest deeply."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if self._is_silent(element, tag):
                    continue
                self._open(tag)
                self._say(element.text, element)
            else:
                if not self._is_silent(element, tag) and tag in _BLOCKS:
                    self._part("\n")
                above = element.getparent()
                if above is not None and not self._is_silent(above, str(above.tag)):
                    self._say(element.tail, element)

    def _is_silent(self, element: etree._Element, tag: str) -> bool:
        return tag in _SILENT or any(str(above.tag) in _SILENT for above in element.iterancestors(*_SILENT))

    def _open(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._part("\n")
        elif tag in _CELLS and self._ended != "\n":
            self._part("\t")

    def _part(self, mark: str) -> None:
        if self._ended != "\n":
            self._to.add(mark)
            self._ended = mark

    def _say(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        words = _SPACE.sub(" ", text)
        if self._ended in "\n\t":
            words = words.lstrip(" ")
        if words:
            self._to.at(f"第 {element.sourceline} 行")
            self._to.add(words)
            self._ended = words[-1]
