#!/usr/bin/env python3
"""The fleet on GNU parallel, DuckDB and a Spark cluster of two workers: the same tables, and the bytes of single runs.

    python3 tests/clients/fleet.py [PORTFOLIOS]

Needs Python with duckdb, pyspark, pandas and pyarrow, Java 17, GNU parallel, jq. By default 40 portfolios; it says how
long each took, and how long single runs one after the other take.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent.parent
FLEET = ROOT / "examples/fleet"
DEBT = str(Path(os.environ.get("DEBT", ROOT / "target/release/debt")).absolute())
ENVIRONMENT = os.environ | {"DEBT": DEBT, "DEBT_TODAY": "2026-11-20", "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}


def make(folder: Path, count: int) -> None:
    """Portfolios that can be scored, each another one, and some that cannot."""
    example = (ROOT / "examples/portfolio.yaml").read_text(encoding="utf-8")
    for number in range(count):
        text = example.replace("id: northquay ", f"id: team-{number} ").replace("as_of: 2026-11-20", f"as_of: 2026-11-{20 + number % 9}")
        (folder / f"team-{number:05}.yaml").write_text(text, encoding="utf-8")
    (folder / "folder's own").mkdir()
    (folder / "folder's own/part.yaml").write_text((ROOT / "examples/minimal.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "broken.yaml").write_text("people: [{id: ana, squad: nope}]\n", encoding="utf-8")
    (folder / "empty.yaml").write_text("", encoding="utf-8")


def timed(what: str, command: list[str], **more: object) -> None:
    began = time.monotonic()
    ran = subprocess.run(command, env=ENVIRONMENT, stdout=more.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, text=True, check=False, **more)
    if ran.returncode:
        sys.exit(f"{what}: {ran.stderr}")
    print(f"{what}: {time.monotonic() - began:.1f} s")


def table(sql: str) -> list[tuple]:
    return duckdb.sql(sql).fetchall()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        folder = Path(place).resolve() / "portfolios"
        folder.mkdir()
        make(folder, count)
        began = time.monotonic()
        single = {}
        for path in sorted(folder.iterdir()):
            ran = subprocess.run([DEBT, "score", "--format", "json", str(path)], env=ENVIRONMENT, capture_output=True, text=True, check=False)
            single[str(path)] = ran.stdout if ran.returncode == 0 else None
        print(f"{len(single)} single runs: {time.monotonic() - began:.1f} s")
        with open("reports.jsonl", "w", encoding="utf-8") as out:
            timed("GNU parallel", ["sh", str(FLEET / "parallel.sh"), str(folder)], stdout=out)
        duckdb.sql((FLEET / "tables.sql").read_text(encoding="utf-8"))
        timed("DuckDB", [sys.executable, str(FLEET / "duck.py"), str(folder), "duck"])
        ENVIRONMENT["DEBT_SPARK_MASTER"] = "local-cluster[2,1,1024]"
        submit = Path(sys.executable).parent / "spark-submit"
        timed("Spark", [str(submit), "--py-files", str(FLEET / "one.py"), str(FLEET / "spark.py"), str(folder), "spark"])
        for source in ["read_json('reports.jsonl', format = 'newline_delimited')", "'duck/reports/*.parquet'", "'spark/reports/*.parquet'"]:
            reports = dict(table(f"select path, report from {source}"))
            if reports != single:
                sys.exit(f"{source}: not what single runs print")
        for name, order in [("scores", "path"), ("factors", "path, factor")]:
            columns = {
                "scores": "path, status::bigint, portfolio_id, as_of::date, policy_hash, grade, mp, people, first_error",
                "factors": "path, portfolio_id, as_of::date, factor, code, grp, mp, owner, act",
            }[name]
            made = [table(f"select {columns} from read_parquet('{where}{name}/**/*.parquet', hive_partitioning = true) order by {order}")
                    for where in ["", "duck/", "spark/"]]
            if not made[0] or made[0] != made[1] or made[1] != made[2]:
                sys.exit(f"{name}: not the same on all three")
            print(f"{name}: {len(made[0])} rows, the same on all three")


if __name__ == "__main__":
    main()
