"""A comparison of two years as JSON."""

from __future__ import annotations

from typing import Any

from gongkai.core.annual_report import Report
from gongkai.core.annual_report.compare import Comparison
from gongkai.reportfiles.checking import finding_json, number_json, place_json


def comparison_json(
    comparison: Comparison, earlier: tuple[str, Report], later: tuple[str, Report]
) -> dict[str, Any]:
    """Keys: ``previous current consecutive same_body cross_year jumps not_compared prose``.

    ``ratio`` is change over the earlier figure, null where that was 0; ``share`` is identical sentences over
    all of the later text.
    """
    current = later[1]
    return {
        "previous": _named(*earlier),
        "current": _named(*later),
        "consecutive": comparison.consecutive,
        "same_body": comparison.same_body,
        "cross_year": [finding_json(current, finding) for finding in comparison.findings],
        "jumps": [
            {
                **place_json(current, jump.cell),
                "before": number_json(jump.before),
                "after": number_json(jump.after),
                "change": number_json(jump.change),
                "ratio": None if jump.ratio is None else round(float(jump.ratio), 4),
            }
            for jump in comparison.jumps
        ],
        "not_compared": [str(cell) for cell in comparison.not_compared],
        "prose": [
            {
                "section": section.section,
                "sentences": section.sentences,
                "share": round(float(section.share), 4),
                "identical": list(section.identical),
            }
            for section in comparison.prose
        ],
    }


def _named(file: str, report: Report) -> dict[str, Any]:
    return {"file": file, "agency": report.agency, "year": report.year}
