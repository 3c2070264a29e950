"""Our own exchange format: one report as one JSON object, written by ``writing`` and read by ``reading``.

Shape: ``format`` (``gongkai-annual-report/1``), ``agency``, ``year`` (int or null), ``edition`` (``2019`` or
``2021``), ``preamble``, ``table2 table3 table4`` (see ``core.annual_report.to_json_tables``), ``sections``
(text of 一, 五, 六; paragraphs separated by a newline). Figures the report does not say are null.
Limitations: amounts are JSON numbers, exact up to 15 significant digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongkai.core.annual_report import (
    NARRATIVE_SECTIONS,
    Edition,
    Report,
    form_for_year,
    from_json_tables,
    to_json_tables,
)

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


def from_exchange(data: Mapping[str, Any]) -> Report:
    """Read the exchange object back; files without ``edition`` take the form of their year.

    Raises:
        ValueError: no annual report, an unknown edition, or a figure that is no number.
    """
    if not any(table in data for table in ("table2", "table3", "table4")):
        raise ValueError("no table2, table3 or table4 in the object")
    year = data.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError(f"year is no whole number: {year!r}")
    report = from_json_tables(
        data, agency=str(data.get("agency") or ""), year=year, edition=_edition(data.get("edition"), year)
    )
    sections = data.get("sections") or {}
    texts = {key: str(sections[key]) for key in NARRATIVE_SECTIONS if sections.get(key) is not None}
    return replace(report, sections=texts, preamble=str(data.get("preamble") or ""))


def _edition(given: object, year: int | None) -> Edition:
    if given is not None:
        return Edition(str(given))
    return Edition.E2021 if year is None else form_for_year(year).edition
