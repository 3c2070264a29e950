"""A letter's text from its template, its facts and the decision behind it.

Article, remedy and report row come from the decision's row in ``core.disclosure.decisions`` and can be given in no
other way (decision 2 of the architecture).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from gongkai.core.disclosure.decisions import REFUSAL_ROWS, Decision, Remedy, remedy_of
from gongkai.core.disclosure.letters.errors import FactsMissing
from gongkai.core.disclosure.letters.facts import FACTS, LEGAL_BASIS, REMEDY, Origin
from gongkai.core.disclosure.letters.kinds import LETTERS, LetterKind
from gongkai.core.disclosure.letters.remedies import RemedyBodies, remedy_paragraph
from gongkai.core.disclosure.letters.templates import PLACEHOLDER, placeholders_of, require_usable

REGULATION = "《中华人民共和国政府信息公开条例》"
FEE_MEASURES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
_ENDS = tuple("。；，、：！？.;,:!?")


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it will be printed.

    Attributes:
        recipient: without the colon; "" in forms.
        paragraphs: body, one string a paragraph, without indents.
        rows: label and value, for forms.
        attachments: names of enclosed files; whoever encloses them puts them in.
        has_seal: whether the organ's seal goes over signature and date.
        article, remedy, row: what the decision fixed; "" where there is none.
    """

    organ: str
    title: str
    document_number: str
    recipient: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    attachments: tuple[str, ...]
    dated: date
    has_seal: bool
    article: str = ""
    remedy: str = ""
    row: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, the date in ISO form."""
        return {**asdict(self), "dated": self.dated.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``."""
        return cls(
            **{
                **data,
                "dated": date.fromisoformat(data["dated"]),
                "paragraphs": tuple(data["paragraphs"]),
                "rows": tuple((label, value) for label, value in data["rows"]),
                "attachments": tuple(data["attachments"]),
            }
        )


def letter_for(decision: Decision) -> LetterKind:
    """The letter of an outcome."""
    return LETTERS[decision.letter]


def legal_basis(decision: Decision | None, kind: LetterKind, law: str = "") -> str:
    """The phrase that names the legal basis of a letter."""
    article = decision.article if decision is not None else kind.article
    if not article:
        return "依照政府信息公开的有关规定"
    if "109号" in article:
        return f"根据{FEE_MEASURES}的规定"
    if not article.startswith("第"):
        return f"根据{article}文件的规定"
    refuses = decision is not None and decision.row in REFUSAL_ROWS
    if decision is not None and decision.code == "D-37":
        articles = f"{article}、第三十六条第（三）项"
    else:
        articles = f"{article}、第三十六条第（三）项" if refuses else article
    also = f"和{law}" if refuses and law else ""
    return f"根据{REGULATION}{articles}{also}的规定"


def compose(
    kind: LetterKind,
    facts: Mapping[str, str],
    *,
    dated: date,
    bodies: RemedyBodies,
    wording: tuple[str, str] | None = None,
    decision: Decision | None = None,
    refuses_under_14_to_16: bool = False,
    document_number: str = "",
) -> LetterText:
    """The text of a letter.

    Args:
        facts: values by placeholder name, already as they are to be printed.
        wording: the office's title and body instead of the default ones.

    Raises:
        TemplateFaulty: the wording lacks or does not know a placeholder.
        FactsMissing: an obligatory fact has no value.
    """
    title, body = wording or (kind.title, kind.default_body)
    require_usable(kind, title, body)
    remedy = _remedy(kind, decision, dated, refuses_under_14_to_16)
    values = {name: str(value).strip() for name, value in facts.items()}
    values[LEGAL_BASIS] = legal_basis(decision, kind, values.get("法律名称", ""))
    values[REMEDY] = remedy_paragraph(remedy, bodies)
    _require_facts(kind, body, values, bodies, decision)
    paragraphs: list[str] = []
    rows: list[tuple[str, str]] = []
    for line in body.splitlines():
        label, bar, cell = line.partition("|")
        if kind.is_form and bar:
            rows.append((_filled(label, values), _filled(cell, values, keep_lines=True)))
        elif line.strip():
            paragraphs += _paragraphs(line.strip(), values)
    return LetterText(
        organ=values.get("机关名称", ""),
        title=title,
        document_number=document_number,
        recipient="" if kind.is_form else values.get(kind.recipient, ""),
        paragraphs=tuple(paragraphs),
        rows=tuple(rows),
        attachments=(),
        dated=dated,
        has_seal=not kind.is_form,
        article=(decision.article if decision is not None else kind.article),
        remedy=remedy.value,
        row=decision.row if decision is not None else "",
    )


def _remedy(kind: LetterKind, decision: Decision | None, dated: date, refuses: bool) -> Remedy:
    if not kind.has_remedy:
        return Remedy.NONE
    if decision is None:
        return Remedy.CHOICE
    return remedy_of(decision, dated, refuses_under_14_to_16=refuses)


def _require_facts(
    kind: LetterKind, body: str, values: Mapping[str, str], bodies: RemedyBodies, decision: Decision | None
) -> None:
    needed = [name for name in kind.required if FACTS[name].origin is not Origin.RULES]
    if not kind.is_form:
        needed.append(kind.recipient)
    needed += [n for n in placeholders_of(body) if FACTS[n].origin is Origin.RECORD and not kind.is_form]
    if decision is not None and decision.needs_law:
        needed.append("法律名称")
    missing = [name for name in dict.fromkeys(needed) if not values.get(name)]
    if kind.has_remedy:
        missing += [
            name
            for name, value in (("行政复议机关", bodies.review_body), ("管辖法院", bodies.court))
            if not value.strip()
        ]
    if missing:
        raise FactsMissing(kind.title, missing)


def _paragraphs(line: str, values: Mapping[str, str]) -> list[str]:
    alone = PLACEHOLDER.fullmatch(line)
    if alone:
        return [part.strip() for part in values.get(alone[1], "").splitlines() if part.strip()]
    return [_filled(line, values)]


def _filled(text: str, values: Mapping[str, str], *, keep_lines: bool = False) -> str:
    """One pass over the template, so that braces inside a value stay what they are."""

    def value(found: Any) -> str:
        given = values.get(found[1], "")
        return given if keep_lines else _one_line(given)

    return PLACEHOLDER.sub(value, text).strip(" ")


def _one_line(text: str) -> str:
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    return "".join(
        part if part.endswith(_ENDS) or number == len(parts) else f"{part}；"
        for number, part in enumerate(parts, start=1)
    )
