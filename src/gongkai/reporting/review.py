"""What stands between a draft and its freezing: errors, missing parts, mismatches between text and records."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.annual_report import CellKey, Finding, Report, Severity, TableId, number_text
from gongkai.core.annual_report.prose import check_processing_fee, text_mismatches
from gongkai.reporting import figures
from gongkai.reporting.compiling import Compiled, compiled, findings_of, previous_report
from gongkai.reporting.drafting import OVERVIEW_MAX_CHARACTERS, character_count, mentions
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.sources.facts import left_out

SECTION_FIELDS = {"一": "overview", "五": "problems", "六": "other_matters"}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the completeness list.

    ``blocks`` keeps the report from being sent for review; ``override_key`` names it when a written
    explanation lifts the block, and ``explanation`` is that text.
    """

    text: str
    blocks: bool
    override_key: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the report screen shows about one report."""

    compiled: Compiled
    previous: Report | None
    findings: tuple[Finding, ...]
    todos: tuple[Todo, ...] = ()
    by_cell: dict[CellKey, list[Finding]] = field(default_factory=dict)

    @property
    def blocking(self) -> list[str]:
        return [todo.text for todo in self.todos if todo.blocks]


def review(row: AnnualReport) -> Review:
    """Compute figures, findings and the completeness list of a report now."""
    now = compiled(row)
    before = previous_report(row)
    findings = findings_of(row, now.report, before)
    by_cell: dict[CellKey, list[Finding]] = {}
    for finding in findings:
        by_cell.setdefault(finding.cell, []).append(finding)
    todos = (*_from_findings(row, findings), *_from_text(row, now), *_from_ledger(row))
    return Review(now, before, findings, todos, by_cell)


def override_key(finding: Finding) -> str:
    """How a written explanation names the finding it answers."""
    return f"{finding.rule}@{finding.cell}"


def _from_findings(row: AnnualReport, findings: tuple[Finding, ...]) -> list[Todo]:
    todos = []
    for finding in findings:
        error = finding.severity is Severity.ERROR
        explainable = finding.rule in {"T3-4", "T4-2", "T4-3", "T2-1"}
        key = override_key(finding) if explainable else ""
        explanation = row.overrides.get(key, "") if key else ""
        todos.append(Todo(finding.message, error and not explanation, key, explanation))
    return todos


def _from_text(row: AnnualReport, now: Compiled) -> list[Todo]:
    todos = []
    for name in SECTION_FIELDS.values():
        text = getattr(row, name)
        label = row._meta.get_field(name).verbose_name
        if not text.strip():
            todos.append(Todo(f"“{label}”还没有写。", blocks=True))
        for mention in mentions(text, now):
            if not mention.agrees:
                quote = text[max(0, mention.start - 12) : mention.end + 4].replace("\n", "")
                todos.append(
                    Todo(
                        f"“{label}”中“…{quote}…”与台账不符：{figures.fact_name(mention.key).label}的记录为"
                        f" {number_text(mention.recorded) or '空'}，请改正文字或补录台账、记录。",
                        blocks=True,
                    )
                )
    todos += [Todo(mismatch.message, blocks=True) for mismatch in text_mismatches(now.report)]
    todos += [Todo(finding.message, blocks=False) for finding in check_processing_fee(now.report)]
    count = character_count(row.overview)
    if count > OVERVIEW_MAX_CHARACTERS:
        todos.append(
            Todo(
                f"“一、总体情况”共 {count} 字，超过一般要求的 {OVERVIEW_MAX_CHARACTERS} 字，请精简。",
                blocks=False,
            )
        )
    return todos


def _from_ledger(row: AnnualReport) -> list[Todo]:
    """Typed rows that do not count any more, so that nobody wonders where they went."""
    if row.is_fixed or row.scope == AnnualReport.Scope.ROLLUP:
        return []
    return [
        Todo(
            f"工作台账有 {one.rows} 条“{one.label}”在 {one.day} 以后：那天起按“{one.label}”里的记录计数，"
            "这些台账记录没有计入；记录里没有的请补登。",
            blocks=False,
        )
        for one in left_out(row.organ, row.year)
    ]


def differences_to(previous: Report | None, current: Report) -> dict[CellKey, str]:
    """Per cell of tables 二, 三, 四, the signed change to last year where both years have a figure."""
    if previous is None or previous.edition is not current.edition:
        return {}
    changes = {}
    for cell in current.cells():
        before, now = previous[cell], current[cell]
        if before is not None and now is not None and before != now:
            changes[cell] = f"{'+' if now > before else '−'}{number_text(abs(now - before))}"
    return changes


TABLE_SECTIONS = {"二": TableId.TWO, "三": TableId.THREE, "四": TableId.FOUR}
