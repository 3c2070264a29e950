"""Laws cited by name and article against the office's table (LW-90).

Source: proofreading rules, section 2.2: a name in 《》 resolves in the table, a cited article exists in the version in force on
the paper's day. All are hints. Limitations: a law that is not in the table is not judged, unless its name is one character
off one that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.proofreading.chinese_numerals import chinese_to_int
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.knowledge import Knowledge, Law, bare
from gongkai.core.proofreading.masks import speaks_of_the_past
from gongkai.core.proofreading.paper import Paper

_RULE = "LW-90"
_NAMED = re.compile(r"《([^《》\n]{2,60})》")
_ARTICLE = re.compile(r"(?:[（(][^（）()\n]{0,30}[）)])?的?第([一二三四五六七八九十百零〇\d]{1,6})条")
_SHORTEST = 5


def find(paper: Paper, known: Knowledge) -> Iterator[Hit]:
    """Everything of this family; nothing without a table."""
    if not known.laws or "《" not in paper.characters:
        return
    titles = known.laws_by_title
    for match in _NAMED.finditer(paper.text):
        title = bare(match[1])
        law = titles.get(title)
        if law is None:
            if (near := _one_off(title, titles)) is not None:
                says = f"法律法规表里是《{near.title}》，差一个字"
                yield Hit(
                    _RULE,
                    *match.span(),
                    f"《{near.title}》",
                    Severity.HINT,
                    says,
                    "ours",
                    f"《{near.title}》",
                )
            continue
        yield from _of_another_day(paper, match, law)
        yield from _article(paper, match.end(), law)


def _of_another_day(paper: Paper, match: re.Match[str], law: Law) -> Iterator[Hit]:
    if law.until is not None and paper.on >= law.until:
        if speaks_of_the_past(paper.text, *match.span(), law.until.year):
            return
        told = f"，现行的是《{law.instead}》" if law.instead else ""
        says = f"《{law.title}》自{law.until:%Y-%m-%d}起不再施行{told}"
        yield Hit(
            _RULE,
            *match.span(),
            f"《{law.instead}》" if law.instead else "核对依据",
            Severity.HINT,
            says,
            "ours",
        )
    elif law.since is not None and paper.on < law.since:
        says = f"《{law.title}》自{law.since:%Y-%m-%d}起施行"
        yield Hit(_RULE, *match.span(), "核对依据", Severity.HINT, says, "ours")


def _article(paper: Paper, after: int, law: Law) -> Iterator[Hit]:
    """The article cited right after the name."""
    match = _ARTICLE.match(paper.text, after, after + 50) if law.articles else None
    if match is None:
        return
    number = int(match[1]) if match[1].isdecimal() else chinese_to_int(match[1])
    if number is not None and number > law.articles:
        says = f"《{law.title}》一共 {law.articles} 条，没有第{match[1]}条"
        yield Hit(_RULE, match.start(1) - 1, match.end(), "核对条文号", Severity.HINT, says, "ours")


def _one_off(title: str, titles: dict[str, Law]) -> Law | None:
    """The law whose name differs in one character: another, one too many, one too few."""
    if len(title) < _SHORTEST:
        return None
    for known, law in titles.items():
        if abs(len(known) - len(title)) > 1 or len(known) < _SHORTEST:
            continue
        head = next(
            (at for at, (a, b) in enumerate(zip(known, title, strict=False)) if a != b),
            min(len(known), len(title)),
        )
        skip_known, skip_title = (len(known) >= len(title)), (len(title) >= len(known))
        if known[head + skip_known :] == title[head + skip_title :]:
            return law
    return None
