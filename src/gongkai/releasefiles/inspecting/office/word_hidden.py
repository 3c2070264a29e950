"""Text set as hidden in a Word document, by itself or through its style.

Source: ECMA-376, Part 1, 17.3.2.41 (vanish), 17.7 (styles). A run's own setting decides, then its style, then the
paragraph's style. Hidden paragraph marks alone hide nothing and are kept.
"""

from __future__ import annotations

from lxml import etree

from gongkai.releasefiles.inspecting.office.references import remove
from gongkai.releasefiles.xml_parts import local_name

_OFF = frozenset({"0", "false", "off"})
_KEPT = frozenset({"rPr", "fldChar"})  # a field that loses one of its ends breaks the text around it


def hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, also through the style they are based on."""
    if styles is None:
        return frozenset()
    own: dict[str, bool | None] = {}
    based_on: dict[str, str] = {}
    for style in styles.iter("{*}style"):
        name = _attribute(style, "styleId")
        own[name] = _vanishes(_child(style, "rPr"))
        base = _child(style, "basedOn")
        based_on[name] = _attribute(base, "val") if base is not None else ""
    return frozenset(name for name in own if _resolve(name, own, based_on))


def hidden_runs(root: etree._Element, styles: frozenset[str]) -> list[etree._Element]:
    """The runs that hold something and are not shown."""
    return [run for run in root.iter("{*}r") if _is_hidden(run, styles) and _content(run)]


def remove_runs(runs: list[etree._Element]) -> None:
    """Take the content of runs out; runs that do not bound a field go whole."""
    for run in runs:
        if any(local_name(each) == "fldChar" for each in run):
            for each in _content(run):
                remove(each)
        else:
            remove(run)


def _content(run: etree._Element) -> list[etree._Element]:
    return [each for each in run if local_name(each) not in _KEPT]


def _is_hidden(run: etree._Element, styles: frozenset[str]) -> bool:
    properties = _child(run, "rPr")
    own = _vanishes(properties)
    if own is not None:
        return own
    if properties is not None and _style(properties, "rStyle") in styles:
        return True
    paragraph = next((each for each in run.iterancestors() if local_name(each) == "p"), None)
    about = _child(paragraph, "pPr") if paragraph is not None else None
    return about is not None and _style(about, "pStyle") in styles


def _resolve(name: str, own: dict[str, bool | None], based_on: dict[str, str]) -> bool:
    seen: set[str] = set()
    while name in own and name not in seen:
        seen.add(name)
        if (decided := own[name]) is not None:
            return decided
        name = based_on[name]
    return False


def _vanishes(properties: etree._Element | None) -> bool | None:
    """True or False as set; None when nothing is said."""
    setting = _child(properties, "vanish") if properties is not None else None
    return None if setting is None else _attribute(setting, "val").lower() not in _OFF


def _style(properties: etree._Element, kind: str) -> str:
    element = _child(properties, kind)
    return "" if element is None else _attribute(element, "val")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element if local_name(each) == name), None)


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute in whatever namespace: strict and transitional files differ in it."""
    return next(
        (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), ""
    )
