"""Roll-up of 1,000,000 reports held as one Parquet file: every cell by parent, all identities on every report.

    python bench/rollup.py [--reports 1000000] [--parents 3000] [--threads 2] [--keep FILE]

Writes the file in chunks under a temporary folder, then measures in a fresh process: wall time and peak memory of
``gongkai.reportfiles.rollup.roll_up_parquet``. Prints one row of a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from gongkai.core.annual_report import FORMS, CellKey, Edition, Kind, TableId, result_leaves
from gongkai.reportfiles.rollup_sql import cell_column, cell_columns, create_table_sql

CHUNK = 100_000
EDITION = Edition.E2021
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from gongkai.reportfiles.rollup import roll_up_parquet
start = time.perf_counter()
found = roll_up_parquet(Path(sys.argv[1]), threads=int(sys.argv[2]))
seconds = time.perf_counter() - start
peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "peak_mib": peak_kib / 1024, "reports": found.total.reports,
                  "parents": len(found.parents), "violations": len(found.violations),
                  "failing": len(found.total.failing)}))
"""


def figures_sql() -> dict[CellKey, str]:
    """One expression for each cell over ``n``, the number of the report, so that all identities hold."""
    form, three = FORMS[EDITION], TableId.THREE
    applicants = [column.key for column in form.table3_columns if column.key != "total"]
    leaves = [row.key for row in result_leaves(form)]
    found: dict[CellKey, str] = {}

    def small(seed: int, below: int) -> str:
        # Most cells of most reports are 0; what is left is skewed like real counts.
        return f"greatest(0, (hash(n * 1000 + {seed}) % {below + 40})::INTEGER - 40)"

    seed = 0
    for col in applicants:
        for row in (*leaves, "r4"):
            seed += 1
            found[CellKey(three, row, col)] = small(seed, 60)
        closed = " + ".join(cell_column(CellKey(three, leaf, col)) for leaf in leaves)
        found[CellKey(three, "r3_7", col)] = closed
        found[CellKey(three, "r2", col)] = f"least(3, {cell_column(CellKey(three, 'r3_7', col))})"
        found[CellKey(three, "r1", col)] = (
            " + ".join(cell_column(CellKey(three, row, col)) for row in ("r3_7", "r4"))
            + f" - {cell_column(CellKey(three, 'r2', col))}"
        )
    for row in form.table3_rows:
        parts = (cell_column(CellKey(three, row.key, col)) for col in applicants)
        found[CellKey(three, row.key, "total")] = " + ".join(parts)
    for row in form.table4_rows:
        parts = []
        for column in form.table4_columns[:-1]:
            seed += 1
            cell = CellKey(TableId.FOUR, row.key, column.key)
            found[cell] = small(seed, 20)
            parts.append(cell_column(cell))
        found[CellKey(TableId.FOUR, row.key, "total")] = " + ".join(parts)
    for cell in form.cells(TableId.TWO):
        seed += 1
        amount = form.kind(cell) is Kind.AMOUNT_WAN
        found[cell] = (
            f"((hash(n * 1000 + {seed}) % 9000000) / 100)::DECIMAL(18, 6)" if amount else small(seed, 5000)
        )
    return found


def write_file(path: Path, reports: int, parents: int) -> None:
    """Make the reports chunk by chunk, each a Parquet file of its own, then one file of them all."""
    expressions = figures_sql()
    ordered = [cell for cell in expressions if not cell.row.startswith(("r1", "r2"))]
    ordered += [cell for cell in expressions if cell.row.startswith("r2")]
    ordered += [cell for cell in expressions if cell.row.startswith("r1")]
    columns = ", ".join(
        f"{expressions[cell]} AS {cell_column(cell)}"
        if cell in expressions
        else f"NULL AS {cell_column(cell)}"
        for cell in [*(c for c in ordered if c.col != "total"), *(c for c in ordered if c.col == "total")]
    )
    names = ", ".join(cell_column(cell) if cell in expressions else "NULL" for cell in cell_columns(EDITION))
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET memory_limit = '1GB'")
        for start in range(0, reports, CHUNK):
            connection.execute("DROP TABLE IF EXISTS chunk")
            connection.execute(create_table_sql("chunk", EDITION))
            connection.execute(
                f"INSERT INTO chunk SELECT 'U' || n, 'P' || (n % {parents}), 2024, true, {names} FROM"
                f" (SELECT n, {columns} FROM range({start}, {min(start + CHUNK, reports)}) t(n))"
            )
            connection.execute(f"COPY chunk TO '{path.parent}/part{start:09d}.parquet' (FORMAT parquet)")
        connection.execute("DROP TABLE chunk; SET preserve_insertion_order = false")
        connection.execute(
            f"COPY (FROM read_parquet('{path.parent}/part*.parquet')) TO '{path}' (FORMAT parquet)"
        )
    for part in path.parent.glob("part*.parquet"):
        part.unlink()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=1_000_000)
    options.add_argument("--parents", type=int, default=3_000)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--keep", type=Path, help="use this file, made when it is not there")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        path = given.keep or Path(folder) / "reports.parquet"
        if not path.exists():
            write_file(path, given.reports, given.parents)
        results = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-c", MEASURE, str(path), str(given.threads)],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            )
            for _ in range(given.runs)
        ]
        size_mb = path.stat().st_size / 1e6
    best, slowest = (pick(results, key=lambda result: result["seconds"]) for pick in (min, max))
    peak = max(result["peak_mib"] for result in results)
    print("| what | reports | cells | threads | file | wall best (worst) | peak memory | violations |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| roll-up by {best['parents']} parents, all identities | {best['reports']:,} |"
        f" {len(FORMS[EDITION].all_cells)} | {given.threads} | {size_mb:.0f} MB |"
        f" {best['seconds']:.2f} s ({slowest['seconds']:.2f} s) | {peak:.0f} MiB |"
        f" {best['violations'] + best['failing']} |"
    )


if __name__ == "__main__":
    main()
