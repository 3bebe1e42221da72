#!/usr/bin/env python3
"""Scores every portfolio of a folder on the cores of this machine, and writes Parquet by DuckDB.

    python3 duck.py PORTFOLIOS OUT [OPTION OF debt score]...

A portfolio is a file `*.yaml` in PORTFOLIOS, or a folder with a name of its own there. `OUT/reports`, `OUT/scores` and
`OUT/factors` are partitioned by what can be selected: whether it was scored, and the group of rules.
"""

import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

import one


def portfolios(folder: Path) -> list[str]:
    """Each file and each folder is a portfolio of its own."""
    return sorted(str(path) for path in folder.iterdir() if path.is_dir() or path.suffix in (".yaml", ".yml"))


def write(rows: list[dict], out: Path, name: str, columns: dict[str, str], by: str | None) -> None:
    """One Parquet table of rows, through a file of JSON Lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        lines.flush()
        read = f"read_json('{lines.name}', format = 'newline_delimited', columns = {columns}, maximum_object_size = 268435456)"
        shutil.rmtree(out / name, ignore_errors=True)
        how = f"format parquet, partition_by ({by})" if by else "format parquet, per_thread_output true"
        duckdb.sql(f"copy (select * from {read}) to '{out / name}' ({how})")


def main() -> None:
    folder, out, more = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(lambda path: one.row(path, *more), portfolios(folder)))
    text, whole = "VARCHAR", "BIGINT"
    write(rows, out, "reports", {"path": text, "status": whole, "seconds": "DOUBLE", "report": text, "errors": text}, None)
    write([one.score(row) for row in rows], out, "scores",
          {"path": text, "status": whole, "portfolio_id": text, "as_of": "DATE", "policy_hash": text, "grade": text, "mp": whole,
           "people": whole, "first_error": text}, "status")
    write([factor for row in rows for factor in one.factors(row)], out, "factors",
          {"path": text, "portfolio_id": text, "as_of": "DATE", "factor": text, "code": text, "grp": text, "mp": whole,
           "owner": text, "act": text}, "grp")
    failed = sum(1 for row in rows if row["status"] != 0)
    print(f"{len(rows)} portfolios, {failed} of them could not be scored", file=sys.stderr)


if __name__ == "__main__":
    main()
