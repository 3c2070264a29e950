"""Letters (文书) as data: kinds, default wording, placeholders, remedies, composition."""

from gongkai.core.disclosure.letters.composing import (
    LetterText,
    compose,
    legal_basis,
    letter_for,
)
from gongkai.core.disclosure.letters.errors import FactsMissing, TemplateFaulty
from gongkai.core.disclosure.letters.facts import FACTS, LEGAL_BASIS, REMEDY, Fact, Origin
from gongkai.core.disclosure.letters.kinds import LETTERS, LetterKind
from gongkai.core.disclosure.letters.remedies import RemedyBodies, remedy_paragraph
from gongkai.core.disclosure.letters.templates import placeholders_of, require_usable, template_faults

__all__ = [
    "FACTS",
    "LEGAL_BASIS",
    "LETTERS",
    "REMEDY",
    "Fact",
    "FactsMissing",
    "LetterKind",
    "LetterText",
    "Origin",
    "RemedyBodies",
    "TemplateFaulty",
    "compose",
    "legal_basis",
    "letter_for",
    "placeholders_of",
    "remedy_paragraph",
    "require_usable",
    "template_faults",
]
