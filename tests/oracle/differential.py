"""Compares `debt` with the second opinion in oracle.py on random portfolios.

    python3 differential.py DEBT [COUNT] [FIRST_SEED]

Prints every difference and exits with 1 where there is one. Only the standard library is needed.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import generate  # noqa: E402
import oracle  # noqa: E402

FACTOR_KEYS = ["id", "mp", "principal_mp", "fees_mp", "interest_mp", "onset", "owner", "squad", "guild", "minutes"]


def report_of(debt, path, as_of):
    run = subprocess.run(
        [debt, "score", path, "--format", "json", "--as-of", as_of], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        return {"error": run.stderr}
    return json.loads(run.stdout)


def of_debt(report):
    coverage = report["coverage"]
    return {
        "people": report["score"]["people"],
        "score_mp": report["score"]["mp"],
        "grade": report["score"]["grade"],
        "factors": [{key: factor[key] for key in FACTOR_KEYS} for factor in report["factors"]],
        "answers": coverage["answers"],
        "unknown": coverage["unknown"],
        "unknown_by_rule": coverage["unknown_by_rule"],
        "set_aside": coverage["set_aside"],
        "written_off": report["written_off"],
    }


def of_oracle(result):
    coverage = result["coverage"]
    return {
        "people": result["people"],
        "score_mp": result["score_mp"],
        "grade": result["grade"],
        "factors": [{key: factor[key] for key in FACTOR_KEYS} for factor in result["factors"]],
        "answers": coverage["answers"],
        "unknown": coverage["unknown"],
        "unknown_by_rule": {code: count for code, count in coverage["unknown_by_rule"].items() if count},
        "set_aside": coverage["set_aside"],
        "written_off": [{**row, "points": row["mp"] / 1000} for row in result["written_off"]],
    }


def main():
    debt = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    different = compared = factors = 0
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "portfolio.json")
        for seed in range(first, first + count):
            portfolio = generate.generate(seed)
            pathlib.Path(path).write_text(json.dumps(portfolio))
            own = datetime.date.fromisoformat(portfolio["as_of"])
            for shift in (0, -20, 45):
                day = own + datetime.timedelta(days=shift)
                try:
                    expected = of_oracle(oracle.score(portfolio, None, day))
                except Exception as error:  # nobody is scored on that day
                    expected = {"error": str(error)}
                report = report_of(debt, path, day.isoformat())
                compared += 1
                if "error" in expected or "error" in report:
                    if ("error" in expected) != ("error" in report):
                        different += 1
                        print(f"seed {seed} on {day}: oracle {expected.get('error')!r}, debt {report.get('error')!r}")
                    continue
                actual = of_debt(report)
                factors += len(actual["factors"])
                for key, value in expected.items():
                    if value != actual[key]:
                        different += 1
                        print(f"seed {seed} on {day}: {key}")
                        if isinstance(value, list):
                            print("  only oracle:", [row for row in value if row not in actual[key]][:3])
                            print("  only debt:  ", [row for row in actual[key] if row not in value][:3])
                        else:
                            print("  oracle:", value, "\n  debt:  ", actual[key])
    print(f"{compared} scorecards with {factors} factors compared, {different} differences")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
