"""PDF of a letter, drawn by typst with the vendored fonts only (tagged PDF/A-2)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.core.disclosure.letters import LetterText
from gongkai.inforequests.letters.words import in_words, require_glyphs, title_lines
from gongkai.reportfiles import fonts

_TEMPLATE = Path(__file__).with_name("letter.typ")
_LOCK = Lock()  # the compiler holds state of its last run
_LONG = 500  # characters in the last paragraph that may not fit on one page with the signature


def letter_pdf(text: LetterText) -> bytes:
    """A letter as PDF; the same text gives the same bytes.

    Raises:
        MissingGlyph: a character is in none of the vendored fonts; nothing is substituted.
    """
    require_glyphs(text)
    data = {
        "organ": text.organ,
        "title": text.title,
        "title-lines": title_lines(text.title),
        "number": text.document_number,
        "recipient": text.recipient,
        "paragraphs": list(text.paragraphs),
        "rows": [[label, value.splitlines() or [""]] for label, value in text.rows],
        "attachments": list(text.attachments),
        "date": {"year": text.dated.year, "month": text.dated.month, "day": text.dated.day},
        "date-text": in_words(text.dated),
        "has-seal": text.has_seal,
        "long-end": len(text.paragraphs[-1]) > _LONG if text.paragraphs else True,
    }
    moment = datetime(text.dated.year, text.dated.month, text.dated.day, tzinfo=UTC)
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            timestamp=moment,
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )
