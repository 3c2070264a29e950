"""A folder of units' reports on its way into a roll-up, and the roll-up as JSON and as a listing by unit."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from gongkai.core.annual_report import Severity, check, errors, number_text
from gongkai.core.annual_report.rollup import STANDING_LABELS, RollUp, Standing, Submission, undivided
from gongkai.core.annual_report.units import UnitTree
from gongkai.reportfiles.checking import finding_json, place_json
from gongkai.reportfiles.exchange import to_exchange
from gongkai.reportfiles.reading import ReadResult
from gongkai.reportfiles.spreadsheet_safety import neutralised


class Collected:
    """What reading a folder gave.

    Attributes:
        submissions: reports for the roll-up, named by their path within the folder.
        unreadable: Chinese line by path within the folder.
        faulty: number of errors by path within the folder, of those that have any.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.submissions: list[Submission] = []
        self.unreadable: dict[str, str] = {}
        self.faulty: dict[str, int] = {}

    def add(self, path: Path, outcome: ReadResult | str) -> None:
        """Take in a file that was read, or the reason why it was not."""
        name = str(path.relative_to(self.folder))
        if isinstance(outcome, str):
            self.unreadable[name] = outcome
            return
        self.submissions.append(Submission(path.stem, name, outcome.report))
        faults = len(errors(check(outcome.report))) + len(outcome.invalid_cells)
        if faults:
            self.faulty[name] = faults


def rollup_json(found: RollUp, collected: Collected, out: str) -> dict[str, Any]:
    """Keys: ``out complete report units missing excluded unknown repeated unreadable faulty blanks violations
    warnings``."""
    report = found.report
    return {
        "out": out,
        "complete": found.complete,
        "report": to_exchange(report),
        "units": [
            {
                "code": line.unit.code,
                "parent": line.unit.parent,
                "name": line.unit.name,
                "standing": line.standing.value,
                "label": STANDING_LABELS[line.standing],
                "reason": line.detail,
                "source": line.source,
            }
            for line in found.lines
        ],
        "missing": [unit.name for unit in found.units(Standing.MISSING)],
        "excluded": [
            {"code": line.unit.code, "name": line.unit.name, "reason": line.detail}
            for line in found.lines
            if line.standing is Standing.EXCLUDED
        ],
        "unknown": list(found.unknown),
        "repeated": list(found.repeated),
        "unreadable": [{"file": name, "error": error} for name, error in collected.unreadable.items()],
        "faulty": [{"file": name, "violations": count} for name, count in collected.faulty.items()],
        "blanks": [
            {**place_json(report, cell), "units": [unit.name for unit in units]}
            for cell, units in found.blanks.items()
        ],
        "violations": [
            finding_json(report, each) for each in found.findings if each.severity is Severity.ERROR
        ],
        "warnings": [each.message for each in found.findings if each.severity is Severity.WARNING],
    }


def write_listing(found: RollUp, tree: UnitTree, collected: Collected) -> bytes:
    """One line for each unit with its standing and figures, the sum last; CSV that a spreadsheet opens as UTF-8."""
    cells = list(found.report.cells())
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    titles = [found.report.form.describe(cell) for cell in cells]
    writer.writerow(["单位代码", "单位名称", "上级单位", "状态", "说明", "来源文件", *titles])
    by_source = {each.source: each.report for each in collected.submissions}
    for line in found.lines:
        report = by_source.get(line.source) if line.standing is Standing.INCLUDED else None
        if report and not found.report.six_divided:
            report = undivided(report)
        parent = tree[line.unit.parent].name if line.unit.parent else ""
        words = [
            line.unit.code,
            line.unit.name,
            parent,
            STANDING_LABELS[line.standing],
            line.detail,
            line.source,
        ]
        figures = [number_text(report[cell]) for cell in cells] if report else [""] * len(cells)
        writer.writerow([*map(neutralised, words), *figures])
    total = [number_text(found.report[cell]) for cell in cells]
    writer.writerow(["", neutralised(found.report.agency), "", "合计", "", "", *total])
    return stream.getvalue().encode("utf-8-sig", "replace")
