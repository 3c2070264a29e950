"""Scripts and actions that run, send or start something, and links that tell of the author's computer.

Source: ISO 32000-1, 12.6 (actions), 12.6.3 (trigger events), 7.7.4 (name dictionary).
"""

from __future__ import annotations

import pikepdf

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.pdf_objects import dictionaries, text

_RUNS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoTo3DView"}
)
_LEADS_AWAY = frozenset({"/GoToR", "/GoToE"})
_HELD_IN = ("/A", "/PA", "/OpenAction", "/Next")
_PUBLIC = ("http://", "https://", "mailto:", "#", "tel:")


def inspect_actions(document: pikepdf.Pdf, found: Found) -> None:
    """Add scripts, actions and links."""
    if _script_names(document):
        found.add(Kind.SCRIPTS, "文档级脚本")
    for each in dictionaries(document):
        if "/AA" in each:
            found.add(Kind.SCRIPTS, "触发动作")
        for key in _HELD_IN:
            for action in _actions(each.get(key)):
                kind = _kind(action)
                if kind is Kind.SCRIPTS:
                    found.add(kind, "动作", f"{text(action.get('/S'))[1:]} {text(action.get('/JS'))}")
                elif kind is Kind.EXTERNAL_LINKS:
                    found.add(kind, "链接", _target(action))


def clean_actions(document: pikepdf.Pdf, kinds: frozenset[Kind]) -> None:
    """Take the actions of these kinds; what held them stays and does nothing."""
    for each in list(dictionaries(document)):
        if Kind.SCRIPTS in kinds and "/AA" in each:
            del each["/AA"]
        for key in _HELD_IN:
            if any(_kind(action) in kinds for action in _actions(each.get(key))):
                del each[key]
    if Kind.SCRIPTS in kinds and _script_names(document):
        del document.Root.Names["/JavaScript"]


def _script_names(document: pikepdf.Pdf) -> bool:
    names = document.Root.get("/Names")
    return isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names


def _actions(held: object) -> list[pikepdf.Object]:
    if isinstance(held, pikepdf.Dictionary) and "/S" in held:
        return [held]
    if isinstance(held, pikepdf.Array):
        return [each for each in held if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    return []


def _kind(action: pikepdf.Object) -> Kind | None:
    name = text(action.get("/S"))
    if name in _RUNS or "/JS" in action:
        return Kind.SCRIPTS
    if name in _LEADS_AWAY:
        return Kind.EXTERNAL_LINKS
    if name == "/URI" and not _target(action).lower().startswith(_PUBLIC):
        return Kind.EXTERNAL_LINKS
    return None


def _target(action: pikepdf.Object) -> str:
    file = action.get("/F")
    if isinstance(file, pikepdf.Dictionary):
        file = file.get("/UF") or file.get("/F")
    return text(action.get("/URI")) or text(file)
