"""HTML: the whole report as a page fit for publication, or its body as a fragment for a portal."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from gongkai.core.annual_report import Report
from gongkai.reportfiles.writing.context import DEFAULT_CONTEXT, DocumentContext
from gongkai.reportfiles.writing.html_tables import Decorate, render_tables_html
from gongkai.reportfiles.writing.parts import (
    Paragraph,
    Section,
    one_line,
    preamble,
    sections,
    title,
    title_lines,
)

_STYLESHEET = Path(__file__).with_name("report.css")
_IDS = {"一": "overview", "二": "table2", "三": "table3", "四": "table4", "五": "problems", "六": "others"}


def render_html(report: Report, context: DocumentContext) -> bytes:
    """A complete UTF-8 page: no script, nothing fetched unless the context names a stylesheet."""
    head = escape(title(report, context), quote=False)
    style = (
        f"<style>\n{_own_style()}</style>"
        if context.stylesheet is None
        else f'<link rel="stylesheet" href="{escape(context.stylesheet)}">'
    )
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{head}</title>
<meta name="author" content="{escape(one_line(report.agency))}">
<meta name="report-year" content="{"" if report.year is None else report.year}">
{style}
</head>
<body>
<main class="annual-report">
{render_body_html(report, context=context)}
</main>
</body>
</html>
"""
    return page.encode("utf-8", "replace")


def render_body_html(
    report: Report, *, context: DocumentContext = DEFAULT_CONTEXT, decorate: Decorate | None = None
) -> str:
    """Title, preamble and six sections without page around them.

    Args:
        decorate: as for ``render_tables_html``.
    """
    lines = (f"<span>{escape(line, quote=False)}</span>" for line in title_lines(report, context))
    parts = [f"<h1>{''.join(lines)}</h1>"]
    if context.issued_on is not None:
        day = context.issued_on
        shown = f"{day.year}年{day.month}月{day.day}日"
        parts.append(f'<p class="issued">发布日期：<time datetime="{day.isoformat()}">{shown}</time></p>')
    parts += [f"<p>{escape(text, quote=False)}</p>" for text in preamble(report)]
    parts += [_section(report, section, decorate) for section in sections(report)]
    return "\n".join(parts)


def _section(report: Report, section: Section, decorate: Decorate | None) -> str:
    anchor = _IDS[section.numeral]
    content = (
        [_paragraph(part) for part in section.paragraphs]
        if section.table is None
        else [render_tables_html(report, section.table, decorate=decorate)]
    )
    heading = f'<h2 id="{anchor}">{escape(section.title, quote=False)}</h2>'
    return "\n".join((f'<section aria-labelledby="{anchor}">', heading, *content, "</section>"))


def _paragraph(part: Paragraph) -> str:
    heading, text = escape(part.heading, quote=False), escape(part.text, quote=False)
    if heading and not text:
        return f"<h3>{heading}</h3>"
    return f"<p>{f'<strong>{heading}</strong>' if heading else ''}{text}</p>"


@cache
def _own_style() -> str:
    return _STYLESHEET.read_text(encoding="utf-8")
