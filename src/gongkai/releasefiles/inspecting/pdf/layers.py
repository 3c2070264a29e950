"""Layers that are switched off when the file is opened: found, and their content taken out of the pages.

Only what paints goes; what sets the state of drawing stays, so that the rest of the page looks as before.

Source: ISO 32000-1, 8.11 (optional content). Visibility expressions (VE) count as visible.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.pdf_objects import text

_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS_PATH = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"})
_PAINTS = frozenset({"Do", "sh", "INLINE IMAGE"})
_MAX_DEPTH = 20

Group = tuple[int, int]


def inspect_layers(document: pikepdf.Pdf, found: Found) -> None:
    """Add the layers that are off."""
    for each in _off(document):
        found.add(Kind.HIDDEN_LAYERS, "图层", text(each.get("/Name")))


def clean_layers(document: pikepdf.Pdf) -> None:
    """Take out the layers that are off, with all they hold."""
    off = frozenset(each.objgen for each in _off(document))
    if not off:
        return
    done: set[Group] = set()
    for page in document.pages:
        _clean_content(document, page.obj, _resources(page.obj), off, done)
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            kept = [each for each in annotations if not _is_hidden(_oc(each), off)]
            page.obj.Annots = document.make_indirect(pikepdf.Array(kept))
    _forget(document.Root.OCProperties, off)


def _off(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    properties = document.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return []
    groups = [each for each in _items(properties.get("/OCGs")) if isinstance(each, pikepdf.Dictionary)]
    default = properties.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return []
    on = {each.objgen for each in _items(default.get("/ON"))}
    off = {each.objgen for each in _items(default.get("/OFF"))}
    if default.get("/BaseState") == pikepdf.Name.OFF:
        return [each for each in groups if each.objgen not in on]
    return [each for each in groups if each.objgen in off]


def _items(held: object) -> list[pikepdf.Object]:
    return list(held) if isinstance(held, pikepdf.Array) else []


def _oc(held: object) -> object:
    return held.get("/OC") if isinstance(held, pikepdf.Dictionary | pikepdf.Stream) else None


def _is_hidden(group: object, off: frozenset[Group]) -> bool:
    """Is what belongs to this group, or this membership in groups, not shown?"""
    if not isinstance(group, pikepdf.Dictionary):
        return False
    if group.get("/Type") != pikepdf.Name.OCMD:
        return group.objgen in off
    if "/VE" in group:
        return False
    members = group.get("/OCGs")
    listed = _items(members) if isinstance(members, pikepdf.Array) else [members]
    states = [each.objgen not in off for each in listed if isinstance(each, pikepdf.Dictionary)]
    if not states:
        return False
    shown = {
        "/AllOn": all(states),
        "/AnyOff": not all(states),
        "/AllOff": not any(states),
    }.get(text(group.get("/P")), any(states))
    return not shown


def _resources(page: pikepdf.Object) -> pikepdf.Object | None:
    """The resources of the page, or those it inherits."""
    node: object = page
    for _ in range(_MAX_DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if isinstance(found := node.get("/Resources"), pikepdf.Dictionary):
            return found
        node = node.get("/Parent")
    return None


def _clean_content(
    document: pikepdf.Pdf,
    holder: pikepdf.Object,
    resources: pikepdf.Object | None,
    off: frozenset[Group],
    done: set[Group],
) -> None:
    """Clean a page or a form, and the forms it draws."""
    if holder.objgen in done:
        return
    done.add(holder.objgen)
    if resources is None:
        return
    drawn = resources.get("/XObject")
    hidden = set()
    if isinstance(drawn, pikepdf.Dictionary):
        for name in list(drawn.keys()):
            each = drawn[name]
            if _is_hidden(_oc(each), off):
                hidden.add(name)
                del drawn[name]
            elif isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Form:
                own = each.get("/Resources")
                _clean_content(
                    document, each, own if isinstance(own, pikepdf.Dictionary) else resources, off, done
                )
    properties = resources.get("/Properties")
    groups = (
        {name for name in properties.keys() if _is_hidden(properties[name], off)}  # noqa: SIM118
        if isinstance(properties, pikepdf.Dictionary)
        else set()
    )
    if not groups and not hidden:
        return
    kept = pikepdf.unparse_content_stream(list(_visible(holder, groups, hidden)))
    if isinstance(holder, pikepdf.Stream):
        holder.write(kept)
    else:
        holder.Contents = pikepdf.Stream(document, kept)


Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def _visible(holder: pikepdf.Object, groups: set[str], hidden: set[str]) -> Iterator[Instruction]:
    """The instructions without those that paint inside a hidden group or draw a hidden object."""
    sections: list[bool] = []  # for each open section, whether it is hidden
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        operands = list(instruction.operands)
        concealed = any(sections)
        if operator in {"BDC", "BMC"}:
            is_group = operator == "BDC" and operands[0] == pikepdf.Name.OC and text(operands[1]) in groups
            sections.append(is_group)
            if concealed or is_group:  # its properties may repeat the text
                yield pikepdf.ContentStreamInstruction([pikepdf.Name.Span], pikepdf.Operator("BMC"))
                continue
        elif operator == "EMC" and sections:
            sections.pop()
        elif operator == "Do" and text(operands[0]) in hidden:
            continue
        elif concealed:
            if operator in _PAINTS_PATH:
                yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))
                continue
            if operator in {"'", '"'}:
                yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))
                continue
            if operator in _SHOWS_TEXT or operator in _PAINTS:
                continue
        yield instruction


def _forget(properties: pikepdf.Object, off: frozenset[Group]) -> None:
    """Take the groups from every list that names them."""
    held: list[object] = [properties, properties.get("/D"), *_items(properties.get("/Configs"))]
    for each in held:
        if isinstance(each, pikepdf.Dictionary):
            for key in ("/OCGs", "/ON", "/OFF", "/Locked", "/Order", "/RBGroups", "/AS"):
                if isinstance(each.get(key), pikepdf.Array):
                    each[key] = _without(each[key], off)


def _without(items: pikepdf.Object, off: frozenset[Group], depth: int = 0) -> pikepdf.Array:
    kept = []
    for each in items:
        if isinstance(each, pikepdf.Dictionary) and each.objgen in off:
            continue
        nested = isinstance(each, pikepdf.Array) and depth < _MAX_DEPTH
        kept.append(_without(each, off, depth + 1) if nested else each)
    return pikepdf.Array(kept)
