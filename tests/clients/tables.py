"""What `reports.sh` wrote as CSV and JSON Lines, read by DuckDB, pandas and polars, and by LibreOffice where it is
installed: the same rows, whole numbers that are numbers, days that are days, names with their accents, with and without a
byte-order mark.

    python3 tests/clients/tables.py OUT

Needs: python3 -m pip install duckdb pandas polars; for the spreadsheet apt-get install libreoffice-calc
"""

import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars

out = pathlib.Path(sys.argv[1])
WHOLE = ["people", "mp", "principal_mp", "fees_mp", "interest_mp", "minutes"]
report = json.loads((out / "report" / "score-portfolio.json").read_text())
score = report["score"]["mp"]
labels = {factor["owner_label"] for factor in report["factors"] if factor["owner_label"]}


def same(what, found, wanted):
    assert found == wanted, f"{what}: {found!r} instead of {wanted!r}"


def check(what, rows):
    same(f"{what}: mp", sum(int(row["mp"]) for row in rows), score)
    same(f"{what}: parts", [r for r in rows if r["mp"] != r["principal_mp"] + r["fees_mp"] + r["interest_mp"]], [])
    same(f"{what}: owners", {row["owner_label"] for row in rows if isinstance(row["owner_label"], str)}, labels)
    same(f"{what}: grade", {row["grade"] for row in rows}, {report["score"]["grade"]})
    for row in rows:
        assert row["sentence"] and row["remedy"], what
        for name in WHOLE:
            assert int(row[name]) == row[name], f"{what}: {name} is {row[name]!r}"
        assert str(row["as_of"])[:10] == report["as_of"], f"{what}: {row['as_of']!r}"
    print(f"{what}: {len(rows)} rows")


for name in ["csv/names.csv", "csv/bom.csv", "jsonl/names.jsonl"]:
    file = str(out / name)
    lines = name.endswith("jsonl")
    relation = duckdb.read_json(file, format="newline_delimited") if lines else duckdb.read_csv(file)
    same(f"duckdb {name}", relation.columns[0], "portfolio")
    rows = [dict(zip(relation.columns, row)) for row in relation.fetchall()]
    assert isinstance(rows[0]["as_of"], datetime.date), rows[0]["as_of"]
    check(f"duckdb {name}", rows)
    frame = pandas.read_json(file, lines=True) if lines else pandas.read_csv(file, parse_dates=["as_of"])
    same(f"pandas {name}", frame.columns[0], "portfolio")
    check(f"pandas {name}", frame.to_dict("records"))
    frame = polars.read_ndjson(file) if lines else polars.read_csv(file, try_parse_dates=True)
    same(f"polars {name}", frame.columns[0], "portfolio")
    check(f"polars {name}", frame.to_dicts())

same("the mark", (out / "csv/bom.csv").read_bytes(), b"\xef\xbb\xbf" + (out / "csv/names.csv").read_bytes())
office = shutil.which("soffice")
if not office:
    print("skipped: LibreOffice is not installed")
    sys.exit()
with tempfile.TemporaryDirectory() as folder:
    for name in ["names", "bom"]:
        # UTF-8, comma, double quotes: what its dialog proposes for a file with a mark.
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=CSV:44,34,76,1,,0,false,true",
             "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", folder,
             str(out / "csv" / f"{name}.csv")],
            check=True, capture_output=True, timeout=300,
        )
        with open(f"{folder}/{name}.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update({column: int(row[column]) for column in WHOLE}, owner_label=row["owner_label"] or None)
        check(f"libreoffice {name}.csv", rows)
