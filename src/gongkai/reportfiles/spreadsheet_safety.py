"""Text that a spreadsheet must not run as a formula.

A cell that begins with = + - @, a tab or a carriage return may be run when a CSV is opened, and some programs
take the full-width forms (＝ ＋ － ＠) for the half-width ones. The usual remedy: an apostrophe first, which a
spreadsheet takes as “this is text”. Use it for everything a person typed, in CSV and XLSX alike;
figures go into cells as numbers and need none of this.

Source: OWASP, “CSV Injection” (list of characters; full-width forms added).
"""

from __future__ import annotations

FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
_GUARD = "'"


def neutralised(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet could run it.

    Blanks and line ends before a dangerous sign do not make it harmless: some programs trim them.

    >>> neutralised("=HYPERLINK(1)"), neutralised("－5"), neutralised("公开 3 件")
    ("'=HYPERLINK(1)", "'－5", '公开 3 件')
    """
    return _GUARD + text if is_dangerous(text) else text


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could run the text as a formula."""
    bare = text.lstrip(" \n\u3000\xa0\ufeff\u200b")
    return bool(bare) and bare[0] in FORMULA_STARTS


def restored(text: str) -> str:
    """The text as it was before ``neutralised``; other leading apostrophes stay."""
    return text[1:] if text.startswith(_GUARD) and is_dangerous(text[1:]) else text
