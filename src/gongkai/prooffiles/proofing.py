"""A file and its findings together, text and hidden things in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.core.proofreading import Finding, Severity, Style, check, paper_day
from gongkai.prooffiles.extract import Extract, Hidden
from gongkai.prooffiles.reading import read


@dataclass(frozen=True, slots=True)
class Issue:
    """One line of the result: a finding in the text, or a hidden thing (then start and end are 0)."""

    rule: str
    start: int
    end: int
    text: str
    suggestion: str
    severity: Severity
    message: str
    where: str
    mark: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was proofread; ``on`` is the day its names were judged by."""

    path: Path
    extract: Extract
    findings: tuple[Finding, ...]
    on: date

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Hidden things first, then the text from beginning to end."""
        hidden = [
            Issue(
                each.rule,
                0,
                0,
                each.excerpt,
                each.advice,
                _weight(each),
                each.message,
                each.where,
                "ours",
            )
            for each in self.extract.hidden
        ]
        return (*hidden, *(self._issue(finding) for finding in self.findings))

    def _issue(self, finding: Finding) -> Issue:
        return Issue(
            finding.rule,
            finding.start,
            finding.end,
            finding.quote,
            finding.suggestion,
            finding.severity,
            finding.message,
            self.extract.where(finding.start),
            finding.mark,
        )


def _weight(hidden: Hidden) -> Severity:
    if hidden.is_serious:
        return Severity.SERIOUS
    return Severity.HINT if hidden.is_slight else Severity.ERROR


def proofread(path: Path, *, today: date, on: date | None = None, style: Style | None = None) -> Checked:
    """Proofread a file.

    Args:
        today: no text is dated after it.
        on: the day the text bears; None takes what the text says.

    Raises:
        Unreadable: no text could be taken.
    """
    extract = read(path)
    day = on or paper_day(extract.text, today=today)
    findings = check(extract.text, on=day, style=style, markdown=extract.is_markdown, title=path.stem)
    return Checked(path, extract, findings, day)
