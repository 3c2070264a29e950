"""What the proofreader found in published texts, sorted by what it means for an inspection (V-W-01, V-W-02, S-LEAK, Q-WORDS).

A machine finding is never itself a verdict: serious wording and marks of secrecy are suspected until a person confirms.
"""

from __future__ import annotations

from gongkai.core.inspection.facts import Evidence, Wording
from gongkai.core.inspection.findings import Finding, Measured
from gongkai.core.proofreading.findings import Severity

NOT_READ = "没有校对。"
_LEAKS = ("PI-", "ME-")
_SECRECY = ("SE-02", "SE-03")


def is_leak(wording: Wording) -> bool:
    """Personal data, or what a file hides."""
    return wording.rule.startswith(_LEAKS)


def _finding(code: str, one: Wording) -> Finding:
    place = f"（{one.where}）" if one.where else ""
    return Finding(code, one.url, f"{one.says}：“{one.quote}”{place}", key=f"{one.rule}|{one.quote}")


def serious_wording(evidence: Evidence) -> Measured:
    """V-W-01."""
    if evidence.wordings is None:
        return Measured(unknown=NOT_READ)
    return Measured(tuple(
        _finding("V-W-01", one) for one in evidence.wordings
        if one.severity == Severity.SERIOUS and not is_leak(one) and not one.rule.startswith(_SECRECY)
    ))  # fmt: skip


def secrecy_marks(evidence: Evidence) -> Measured:
    """V-W-02."""
    if evidence.wordings is None:
        return Measured(unknown=NOT_READ)
    return Measured(
        tuple(_finding("V-W-02", one) for one in evidence.wordings if one.rule.startswith(_SECRECY))
    )


def leaks(evidence: Evidence) -> Measured:
    """S-LEAK: personal data with a sound check digit, hidden parts of files; slight ones are left out."""
    if evidence.wordings is None:
        return Measured(unknown=NOT_READ)
    return Measured(tuple(
        _finding("S-LEAK", one) for one in evidence.wordings if is_leak(one) and one.severity == Severity.SERIOUS
    ))  # fmt: skip


def errors(evidence: Evidence) -> Measured:
    """Q-WORDS: errors of 一般; hints are left to the desk."""
    if evidence.wordings is None:
        return Measured(unknown=NOT_READ)
    return Measured(
        tuple(_finding("Q-WORDS", one) for one in evidence.wordings if one.severity == Severity.ERROR)
    )


def unread_files(evidence: Evidence) -> Measured:
    """Q-UNREAD."""
    if evidence.wordings is None:
        return Measured(unknown=NOT_READ)
    return Measured(
        tuple(Finding("Q-UNREAD", url, f"附件读不出来：{why}") for url, why in evidence.unread_files)
    )
