"""An OOXML file as parts and the relations between them, for taking parts and references out.

Source: ECMA-376, Part 2, 8 (parts and relationships), 10.1.2 (content types). Part names compare without case.

Taking out a relation also takes out what refers to it by its id; a part that nothing leads to any more is not
written. So nothing taken out stays behind unseen.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from gongkai.releasefiles.inspecting.office.references import drop_references
from gongkai.releasefiles.packages import Package
from gongkai.releasefiles.xml_parts import parse_xml, xml_bytes

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a .rels part; ``source`` is the part it belongs to, empty for the package.

    ``kind`` is the last word of its type; ``part`` the part it leads to, empty when there is none here.
    """

    source: str
    id: str
    kind: str
    target: str
    external: bool
    part: str


class OfficeFile:
    """The file in memory; changed trees are written back by ``to_bytes``."""

    def __init__(self, data: bytes) -> None:
        """Open.

        Raises:
            BadPackage: no zip that can be read.
        """
        self.package = Package(data)
        self._names = {name.lower(): name for name in self.package}
        self._trees: dict[str, etree._Element] = {}
        self._touched: set[str] = set()

    @property
    def main(self) -> str:
        """The part the whole file hangs on; empty when there is none."""
        return next((each.part for each in self.relations("") if each.kind == "officeDocument"), "")

    def tree(self, name: str) -> etree._Element:
        """A part as XML; the same tree each time.

        Raises:
            BadXML: not well formed.
            KeyError: no such part.
        """
        if name not in self._trees:
            self._trees[name] = parse_xml(self.package[name])
        return self._trees[name]

    def trees(self, folder: str = "") -> Iterator[tuple[str, etree._Element]]:
        """Every XML part below a folder, by name, but for relations and content types."""
        for name in list(self.package):
            if name.startswith(folder) and name.endswith(".xml") and name != CONTENT_TYPES:
                yield name, self.tree(name)

    def touch(self, name: str) -> None:
        """Note that the tree of this part was changed."""
        self._touched.add(name)

    @property
    def changed(self) -> bool:
        """Was anything touched or removed?"""
        return bool(self._touched)

    def relations(self, source: str) -> list[Relation]:
        """The relations of a part, or with "" those of the package."""
        name = _rels_name(source)
        if name not in self.package:
            return []
        found = []
        for element in self.tree(name).iter("{*}Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            part = "" if external else self._names.get(_resolved(source, target).lower(), "")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            found.append(Relation(source, element.get("Id", ""), kind, target, external, part))
        return found

    def all_relations(self) -> Iterator[Relation]:
        """Those of the package and of every part."""
        yield from self.relations("")
        for name in list(self.package):
            if not name.endswith(".rels"):
                yield from self.relations(name)

    def remove_relation(self, relation: Relation) -> None:
        """Take out the relation, and in its source whatever refers to it."""
        name = _rels_name(relation.source)
        for element in list(self.tree(name).iter("{*}Relationship")):
            if element.get("Id") == relation.id:
                element.getparent().remove(element)
        self.touch(name)
        if relation.source.endswith(".xml") and drop_references(self.tree(relation.source), relation.id):
            self.touch(relation.source)

    def remove_part(self, name: str) -> None:
        """Take out every relation that leads to the part; then it is not written any more."""
        for relation in list(self.all_relations()):
            if relation.part == name:
                self.remove_relation(relation)

    def replace(self, name: str, data: bytes) -> None:
        """Put other bytes in the place of a part."""
        self.package[name] = data
        self._trees.pop(name, None)
        self._touched.add(name)

    def to_bytes(self) -> bytes:
        """The file with its changes, without the parts nothing leads to."""
        for name in self._touched & self._trees.keys():
            if name in self.package:
                self.package[name] = xml_bytes(self._trees[name])
        reachable = self._reachable()
        for name in list(self.package):
            if name not in reachable:
                del self.package[name]
        types = self.tree(CONTENT_TYPES)
        for element in list(types.iter("{*}Override")):
            if self._names.get(element.get("PartName", "").lstrip("/").lower()) not in reachable:
                element.getparent().remove(element)
        self.package[CONTENT_TYPES] = xml_bytes(types)
        return self.package.to_bytes()

    def _reachable(self) -> set[str]:
        reachable = {CONTENT_TYPES}
        waiting = [""]
        while waiting:
            source = waiting.pop()
            rels = _rels_name(source)
            if rels in self.package:
                reachable.add(rels)
            for relation in self.relations(source):
                if relation.part and relation.part not in reachable:
                    reachable.add(relation.part)
                    waiting.append(relation.part)
        return reachable


def _rels_name(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(source: str, target: str) -> str:
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/")
