"""Characters a second, all rules together, beside peers on what they cover: ``python bench/proofreading_speed.py``.

The text is the clean sentences of ``data/clean_sentences.txt`` in paragraphs, shuffled and numbered so that no
paragraph repeats. Figures are of processor time, best of several runs. autocorrect (PyPI ``autocorrect-py``) sets
spaces and the width of marks only; it is run when it is installed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gongkai.core.proofreading import check

SENTENCES = Path(__file__).parent / "data" / "clean_sentences.txt"
CHARACTERS = 1_000_000
RUNS = 5


def clean_text(characters: int) -> str:
    """Paragraphs of three sentences, each with a number of its own."""
    sentences = [line for line in SENTENCES.read_text(encoding="utf-8").split("\n") if line][:360]
    chance = random.Random(7)
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraph = f"{''.join(chance.sample(sentences, 3))}共办理{len(paragraphs) + 1}件。"
        paragraphs.append(paragraph)
        length += len(paragraph) + 1
    return "\n".join(paragraphs)


def rate(work: Callable[[str], object], text: str) -> float:
    """Characters a second of processor time, best of the runs."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
    return len(text) / best


def main() -> None:
    """Print the figures."""
    started = time.process_time()
    check("布署", on=date(2024, 12, 31))
    print(f"first check, tables and counts read: {time.process_time() - started:.2f} s")
    text = clean_text(CHARACTERS)
    ours = rate(lambda part: check(part, on=date(2024, 12, 31)), text)
    print(f"{'gongkai, all rules':32}{ours / 1e6:8.2f} million characters/s")
    try:
        import autocorrect_py
    except ImportError:
        print("autocorrect-py is not installed")
        return
    theirs = rate(autocorrect_py.format, text)
    print(f"{'autocorrect, spaces and widths':32}{theirs / 1e6:8.2f} million characters/s")


if __name__ == "__main__":
    main()
