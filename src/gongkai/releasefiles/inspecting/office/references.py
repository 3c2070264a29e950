"""What goes from a part when the thing its relation led to is gone: as little as leaves a valid part.

Source: ECMA-376, Part 1: 17.3.3.19 (objects in text), 17.16.22 (hyperlinks in text), 18.3.1 (sheets), 19.3.2
(objects on slides), 20.1.8.13 (pictures), 21.2.2.63 (data of charts).
"""

from __future__ import annotations

from lxml import etree

from gongkai.releasefiles.xml_parts import local_name

_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
# Elements that say nothing without what they point to.
_GO_WITH_IT = frozenset(
    {"OLEObject", "externalData", "control", "altChunk", "oleObject", "attachedTemplate", "externalReference"}
    | {"hlinkClick", "hlinkHover", "hlinkMouseOver", "legacyDrawing", "sheet", "sldId", "sld", "videoFile"}
    | {
        "audioFile",
        "wavAudioFile",
        "quickTimeFile",
        "dataSource",
        "headerSource",
        "linkedToFile",
        "smartTags",
    }
)
_LISTS = frozenset({"oleObjects", "controls", "externalReferences", "hyperlinks", "sldLst", "Choice"})


def drop_references(root: etree._Element, relation_id: str) -> bool:
    """Take out what refers to the relation; return whether anything did."""
    found = [
        (element, attribute)
        for element in root.iter(etree.Element)
        for attribute, value in element.attrib.items()
        if value == relation_id and str(attribute).startswith(tuple(f"{{{each}}}" for each in _RELATIONS))
    ]
    for element, attribute in found:
        _drop(element, str(attribute))
    return bool(found)


def _drop(element: etree._Element, attribute: str) -> None:
    name = local_name(element)
    if name == "oleObj":
        _drop_object_on_slide(element)
    elif name == "hyperlink":
        # In a text it wraps runs that stay; in a sheet it stands in a list.
        unwrap(element) if len(element) else remove(element)
    elif name in _GO_WITH_IT:
        remove(element)
    else:
        del element.attrib[attribute]


def _drop_object_on_slide(element: etree._Element) -> None:
    """Put the picture of the object where its frame was; without one the frame goes."""
    frame = next((each for each in element.iterancestors() if local_name(each) == "graphicFrame"), None)
    if frame is None:
        remove(element)
        return
    parent = frame.getparent()
    if parent is None:
        return  # the fallback of an object that is already replaced
    picture = next((each for each in frame.iter("{*}pic")), None)
    if picture is None:
        remove(frame)
    else:
        parent.replace(frame, picture)


def remove(element: etree._Element) -> None:
    """Take an element out; its following text stays, and a list it leaves empty goes too."""
    parent = element.getparent()
    if parent is None:
        return
    keep_tail(element)
    parent.remove(element)
    if (not len(parent) and local_name(parent) in _LISTS) or (
        local_name(parent) == "AlternateContent" and not any(local_name(each) == "Choice" for each in parent)
    ):
        remove(parent)


def unwrap(element: etree._Element) -> None:
    """Put the children in the place of the element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    keep_tail(element)
    parent.remove(element)


def keep_tail(element: etree._Element) -> None:
    """Hand the text after an element to what stands before it (lxml would take it along)."""
    if not element.tail:
        return
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    elif parent is not None:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
