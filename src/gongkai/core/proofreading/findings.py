"""What the proofreader says: findings, their severity and where text may come from.

Offsets are half-open and count code points of the text that was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; a machine finding is never itself a verdict."""

    SERIOUS = "serious"
    ERROR = "error"
    HINT = "hint"

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return _RANKS[self]


_LABELS = {Severity.SERIOUS: "严重", Severity.ERROR: "一般", Severity.HINT: "提示"}
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
BY_LABEL = {label: severity for severity, label in _LABELS.items()}


class Origin(StrEnum):
    """Whose words a text is."""

    OFFICE = "office"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``paragraph`` counts non-empty paragraphs from 1; ``suggestion`` is empty when only a person can tell, and
    ``replacement`` is the text to put in place of the quote when that can be done without a person, else None;
    ``mark`` says how well the rule is attested (``2p`` two pages, ``1p`` one, ``mem`` from memory, ``ours``).
    """

    rule: str
    start: int
    end: int
    paragraph: int
    quote: str
    suggestion: str
    severity: Severity
    message: str
    mark: str
    replacement: str | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule says before places are worked out: offsets in the joined text."""

    rule: str
    start: int
    end: int
    suggestion: str
    severity: Severity
    message: str
    mark: str
    replacement: str | None = None
    lexical: bool = False  # silent inside titles, quotations of sources, addresses
