"""One portfolio as one row, for the programs in this folder: a portfolio that cannot be scored is a row as well."""

import json
import os
import subprocess
import time

TIMEOUT = 60


def row(path: str, *more: str) -> dict:
    """Scores the file or folder at a path. `report` holds what `debt score --format json` prints, byte for byte."""
    debt = os.environ.get("DEBT", "debt")
    began = time.monotonic()
    try:
        # One core for each portfolio: many of them run at the same time.
        ran = subprocess.run(
            [debt, "score", "--format", "json", "--no-config", "--quiet", *more, "--", path],
            capture_output=True, text=True, timeout=TIMEOUT, check=False, env=os.environ | {"RAYON_NUM_THREADS": "1"},
        )
        status, report, errors = ran.returncode, ran.stdout, ran.stderr
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        status, report, errors = -1, "", str(error)
    return {
        "path": path,
        "status": status,
        "seconds": round(time.monotonic() - began, 4),
        "report": report if status == 0 else None,
        "errors": None if status == 0 else errors,
    }


def score(a_row: dict) -> dict:
    """The line of the table of scores: what can be compared, or why there is nothing."""
    report = json.loads(a_row["report"]) if a_row["report"] else None
    return {
        "path": a_row["path"],
        "status": a_row["status"],
        "portfolio_id": report and report["portfolio_id"],
        "as_of": report and report["as_of"],
        "policy_hash": report and report["policy_hash"],
        "grade": report and report["score"]["grade"],
        "mp": report and report["score"]["mp"],
        "people": report and report["score"]["people"],
        "first_error": first_error(a_row["errors"]),
    }


def first_error(errors: str | None) -> str | None:
    """The first error of a portfolio, as its code and its message."""
    if errors is None:
        return None
    try:
        first = json.loads(errors)["errors"][0]
        return f"{first['code']}: {first['message']}"
    except (ValueError, LookupError, TypeError):
        return errors.strip()[:500]


def factors(a_row: dict) -> list[dict]:
    """The lines of the table of factors. Names stay out: ids are enough to join, and a report can be asked for more."""
    if not a_row["report"]:
        return []
    report = json.loads(a_row["report"])
    return [
        {
            "path": a_row["path"], "portfolio_id": report["portfolio_id"], "as_of": report["as_of"], "factor": one["id"],
            "code": one["code"], "grp": one["code"][1:2] + "xx", "mp": one["mp"], "owner": one["owner"], "act": one["act"],
        }
        for one in report["factors"]
    ]
