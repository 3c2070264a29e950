"""Speed of reading, checking and writing single reports, on one core.

    python bench/report_files.py [--seconds 3]

Writing: median of warm runs over reports that differ, so that no cache answers. Reading: files per second with
all checks (identities, cells, figures in the prose, processing fee), in processor time of one core: over the real
text reports of the shared samples where they are on the machine ($GONGKAI_SHARED, or the folder ``shared`` beside the
repository), then over a text report and a PDF of six pages that this program wrote. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from gongkai.core.annual_report import CellKey, Report, TableId, zero_report
from gongkai.reportfiles.checking import check_result
from gongkai.reportfiles.reading import read_bytes
from gongkai.reportfiles.writing import FORMATS, render

PDF_PAGES = 6
LIMITS_MS = {"pdf": 150, "docx": 80}
LEAST_PER_SECOND = {"txt": 300, "pdf": 3}
SAMPLES = (
    Path(os.environ.get("GONGKAI_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "samples/reports"
)
REAL_REPORTS = ("004.txt", "006.txt", "010.txt", "reference-2023.txt")
SENTENCE = "依法、及时、准确公开政府信息，回应企业和群众关切，"


class Figure(NamedTuple):
    """One line of the result: what was measured, the figure, what is asked for, and whether it is met."""

    subject: str
    measured: str
    asked: str
    met: bool


def sample_report(paragraphs: int) -> Report:
    """A report with a real one's share of text; each paragraph has a heading of the second level."""
    report = zero_report("示例工业园区管委会", 2023)
    lines = [
        f"（{'一二三四五'[i % 5]}）工作情况。" + SENTENCE * 5 + f"全年办理事项{i}件。"
        for i in range(paragraphs)
    ]
    return replace(report, sections={"一": "\n".join(lines), "五": SENTENCE * 4, "六": SENTENCE * 2})


def with_licences(report: Report, number: int) -> Report:
    """The same report with another figure."""
    return report.with_values({**report.values, CellKey(TableId.TWO, "licences", "count"): number})


def six_page_pdf() -> bytes:
    """A PDF of exactly six pages, as most published reports have."""
    for paragraphs in count(8):
        content = render(sample_report(paragraphs), "pdf")
        if len(pypdfium2.PdfDocument(io.BytesIO(content))) >= PDF_PAGES:
            return content
    raise AssertionError("unreachable: a longer text makes more pages")


def median_ms(
    work: Callable[[int], object], seconds: float, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Median time of one call in milliseconds, after one call that is not counted."""
    work(0)
    times, end = [], time.perf_counter() + seconds
    for number in count(1):
        start = clock()
        work(number)
        times.append((clock() - start) * 1000)
        if time.perf_counter() > end:
            break
    return statistics.median(times)


def writing(seconds: float) -> list[Figure]:
    """Each format, warm."""
    report = sample_report(10)
    found = []
    for fmt in FORMATS:

        def write(number: int, fmt: str = fmt) -> bytes:
            return render(with_licences(report, number), fmt)

        taken = median_ms(write, seconds)
        limit = LIMITS_MS.get(fmt)
        asked = f"≤ {limit} ms" if limit else ""
        found.append(
            Figure(f"Writing one report as {fmt}", f"{taken:.1f} ms", asked, not limit or taken <= limit)
        )
    return found


def real_reports(seconds: float) -> list[Figure]:
    """Reading real text reports with all checks: one figure for all of them, and each for comparison."""
    if not SAMPLES.is_dir():
        return []
    taken = {}
    for name in REAL_REPORTS:
        content = (SAMPLES / name).read_bytes()

        def read(_: int, name: str = name, content: bytes = content) -> object:
            return check_result(read_bytes(content, name))

        taken[name] = median_ms(read, seconds, time.process_time)
    rate, least = 1000 / statistics.mean(taken.values()), LEAST_PER_SECOND["txt"]
    subject = f"Reading and checking one text report, mean of {len(taken)} real ones"
    each = [
        Figure(f"… {name}", f"{1000 / milliseconds:.0f} files/s", "", True)
        for name, milliseconds in taken.items()
    ]
    return [Figure(subject, f"{rate:.0f} files/s", f"≥ {least} files/s", rate >= least), *each]


def reading(seconds: float) -> list[Figure]:
    """Reading with all checks: text and PDF have a limit, the others are told for comparison."""
    report = sample_report(10)
    files = {fmt: six_page_pdf() if fmt == "pdf" else render(report, fmt) for fmt in FORMATS}
    found = []
    for fmt, content in files.items():

        def read(_: int, fmt: str = fmt, content: bytes = content) -> object:
            return check_result(read_bytes(content, f"report.{fmt}"))

        rate = 1000 / median_ms(read, seconds, time.process_time)
        least = LEAST_PER_SECOND.get(fmt)
        subject = f"Reading and checking one {fmt} report" + (
            f" of {PDF_PAGES} pages" if fmt == "pdf" else ""
        )
        asked = f"≥ {least} files/s" if least else ""
        found.append(Figure(subject, f"{rate:.0f} files/s", asked, not least or rate >= least))
    return found


def main() -> None:
    """Print the table; what misses the figure asked for says NO."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3, help="time for each figure")
    options = parser.parse_args()
    figures = [*writing(options.seconds), *real_reports(options.seconds), *reading(options.seconds)]
    print("| What | Measured | Asked | Met |\n|---|---|---|---|")
    for figure in figures:
        print(f"| {figure.subject} | {figure.measured} | {figure.asked} | {'yes' if figure.met else 'NO'} |")


if __name__ == "__main__":
    main()
