"""Our own exchange format: one report as one JSON object, read back by ``reading.json_source``.

Shape: ``format`` (``gongkai-annual-report/1``), ``agency``, ``year`` (int or null), ``edition`` (``2019`` or
``2021``), ``preamble``, ``table2 table3 table4`` (see ``core.annual_report.to_json_tables``), ``sections``
(text of 一, 五, 六; paragraphs separated by a newline). Figures the report does not say are null.
Limitations: amounts are JSON numbers, exact up to 15 significant digits.
"""

from __future__ import annotations

from typing import Any

from gongkai.core.annual_report import NARRATIVE_SECTIONS, Report, to_json_tables

FORMAT_NAME = "gongkai-annual-report/1"


def to_exchange(report: Report) -> dict[str, Any]:
    """The report as the exchange object, keys in a fixed order."""
    return {
        "format": FORMAT_NAME,
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition.value,
        "preamble": report.preamble,
        **to_json_tables(report),
        "sections": {key: report.sections[key] for key in NARRATIVE_SECTIONS if key in report.sections},
    }
