"""JSON: the exchange format, one object per file, readable by people and programs."""

from __future__ import annotations

import json

from gongkai.core.annual_report import Report
from gongkai.reportfiles.exchange import to_exchange
from gongkai.reportfiles.writing.context import DocumentContext


def render_json(report: Report, context: DocumentContext) -> bytes:
    """UTF-8 JSON with one space of indent and a newline at the end; the context changes nothing."""
    text = json.dumps(to_exchange(report), ensure_ascii=False, indent=1)
    # A lone surrogate from a damaged source has no UTF-8 form; "?" keeps the file readable.
    return (text + "\n").encode("utf-8", "replace")
