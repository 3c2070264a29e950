"""Precision and recall of the proofreader on sentences typed by us: ``python bench/proofreading_quality.py``.

Clean sentences (``data/clean_sentences.txt``) are composed of clauses in official style, and of traps: right wording
that a careless rule would find. Erroneous ones (``data/planted_errors.tsv``) hold one error each: those of the rule
families are typed from their tables and so test the engine rather than the tables; wrong and missing characters are
planted by chance, whatever the rules know. A finding is right when it meets the place of the error.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from gongkai.core.proofreading import Finding, Severity, check

DATA = Path(__file__).parent / "data"
ON = date(2024, 12, 31)


def weighty(text: str) -> list[Finding]:
    """Findings of 一般 and above."""
    return [finding for finding in check(text, on=ON) if finding.severity is not Severity.HINT]


def main() -> None:
    """Print the figures."""
    clean = (DATA / "clean_sentences.txt").read_text(encoding="utf-8").split("\n")
    false = [(finding, text) for text in clean for finding in weighty(text)]
    characters = sum(map(len, clean))
    found: Counter[str] = Counter()
    hinted: Counter[str] = Counter()
    total: Counter[str] = Counter()
    beside = 0
    for line in (DATA / "planted_errors.tsv").read_text(encoding="utf-8").split("\n")[2:]:
        if not line:
            continue
        family, sentence, wrong, _ = line.split("\t")
        text, sought = sentence.replace("⏎", "\n"), wrong.replace("⏎", "\n")
        start = text.index(sought)
        end = start + len(sought)
        total[family] += 1
        findings = check(text, on=ON)
        at_place = [each for each in findings if each.start < end and start < each.end]
        hinted[family] += bool(at_place)
        found[family] += any(each.severity is not Severity.HINT for each in at_place)
        beside += sum(1 for each in findings if each.severity is not Severity.HINT and each not in at_place)
    right = sum(found.values())
    print(f"{'family':20}{'errors':>8}{'found':>8}{'recall':>8}{'with hints':>12}")
    for family, count in total.items():
        print(
            f"{family:20}{count:8}{found[family]:8}{found[family] / count:8.2f}{hinted[family] / count:12.2f}"
        )
    print(f"precision of 一般 and above: {right / (right + beside + len(false)):.3f}")
    print(
        f"false on {len(clean)} clean sentences: {len(false)} ({1000 * len(false) / characters:.3f} per 1,000)"
    )
    for finding, text in false:
        print("  ", finding.rule, finding.quote, text)


if __name__ == "__main__":
    main()
