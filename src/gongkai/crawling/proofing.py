"""Proofreading what the crawl saw: the middle of item pages, and attached files. Never what visitors wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from gongkai.core.inspection import Page, PageKind, Wording
from gongkai.core.inspection.technical import published_on
from gongkai.core.proofreading import Severity, Style, TextTooLong, check
from gongkai.crawling.fetching import Fetched
from gongkai.prooffiles import Unreadable, proofread
from gongkai.prooffiles.html import read_html

_TYPES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/plain": ".txt",
}
_READ = frozenset(_TYPES.values())
_OTHERS_WORDS = ("咨询投诉", "征集调查")
MAX_PER_PAGE = 100
_WHOLE = b'<html><head><meta charset="utf-8"></head><body>%s</body></html>'


def words_are_ours(page: Page) -> bool:
    """Whether a page holds the office's own words: an item, and none of the columns where visitors write."""
    kind = page.label("ColumnType") or ""
    return (
        page.kind is PageKind.CONTENT and not page.messages and not any(one in kind for one in _OTHERS_WORDS)
    )


def page_wordings(page: Page, main_html: bytes, style: Style, today: date) -> Iterator[Wording]:
    """Findings of an item's page."""
    if not words_are_ours(page) or not main_html:
        return
    try:
        extract = read_html(_WHOLE % main_html, page.url)
        found = check(extract.text, on=published_on(page) or today, style=style, title=page.heading)
    except (Unreadable, TextTooLong):
        return
    for one in found[:MAX_PER_PAGE]:
        if one.severity is not Severity.HINT:
            yield Wording(
                page.url,
                one.rule,
                one.severity.value,
                masked(one.rule, one.quote),
                one.message,
                mark=one.mark,
            )


def file_wordings(page: Page, found: Fetched, style: Style, today: date) -> tuple[list[Wording], str]:
    """Findings of a file, and why it could not be read; empty when it could, or is of no kind that is read."""
    kind = kind_of(page)
    if kind not in _READ or not page.is_open:
        return [], ""
    if page.fault:
        return [], page.fault
    with tempfile.TemporaryDirectory(prefix="gongkai-inspect-") as folder:
        path = Path(folder) / f"fujian{kind}"
        path.write_bytes(found.body)
        try:
            checked = proofread(path, today=today, style=style)
        except (Unreadable, TextTooLong) as error:
            return [], str(error).replace(path.name, "").lstrip("：:， ")
    return [
        Wording(
            page.url,
            one.rule,
            one.severity.value,
            masked(one.rule, one.text),
            one.message,
            one.where,
            one.mark,
        )
        for one in checked.issues
        if one.severity is not Severity.HINT
    ][:MAX_PER_PAGE], ""


def kind_of(page: Page) -> str:
    """The suffix that tells how to read a file: by its type as sent, else by its name."""
    sent = dict(page.headers).get("content-type", "").split(";")[0].strip().lower()
    return _TYPES.get(sent) or PurePosixPath(unquote(urlsplit(page.url).path)).suffix.lower()


def masked(rule: str, quote: str) -> str:
    """A quotation fit to be stored: personal data keeps its first three and last two characters."""
    if not rule.startswith("PI-") or len(quote) <= 5:
        return quote[:120]
    return f"{quote[:3]}{'*' * min(len(quote) - 5, 20)}{quote[-2:]}"
