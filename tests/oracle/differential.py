"""Compares `debt` with the second opinion in oracle.py on random portfolios.

    python3 differential.py DEBT [COUNT] [FIRST_SEED] [--only CODE,…]

Each portfolio is scored on three days; every fourth without a policy of its own under a preset. Prints the first
differences, then how many there are, and exits with 1 where there is one. With --only, nothing is compared but the
factors of these rules and how often they could not answer. Only the standard library is needed.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import generate  # noqa: E402
import oracle  # noqa: E402
import selftest  # noqa: E402

FACTOR_KEYS = ("mp", "principal_mp", "fees_mp", "interest_mp", "onset", "owner", "squad", "guild", "minutes", "act")
BREAKDOWNS = ("by_rule", "by_group", "by_squad", "by_guild", "by_owner")
SHOWN = 40  # differences in full
PRESETS = ("one-line", "starter", "essay")


def report_of(debt, path, as_of, preset):
    policy = ["--policy", preset] if preset else []
    command = [debt, "score", path, "--format", "json", "--as-of", as_of, *policy]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return {"error": run.stderr}
    return json.loads(run.stdout)


def rows(items, key, value):
    """A list of the report as a mapping; rows that cost nothing are left out."""
    return {item[key]: item[value] for item in items if item[value]}


def flat_factors(factors, through):
    """{'D101:meeting:bo-ana mp': 4000, …}: one line for each number that may differ."""
    said = {}
    for factor in factors:
        for key in FACTOR_KEYS:
            said[f"{factor['id']} {key}"] = factor[key]
        said[f"{factor['id']} acknowledged through"] = through(factor)
    return said


def of_rules(codes, factors, through, unknown):
    """What both sides say of some rules."""
    factors = [factor for factor in factors if factor["id"][:4] in codes]
    return {
        "unknown_by_rule": {code: count for code, count in unknown.items() if code in codes and count},
        "order": [factor["id"] for factor in factors],
        "factors": flat_factors(factors, through),
    }


def acknowledged_through(factor):
    return (factor["acknowledged"] or {}).get("through")


def of_debt(report):
    score, coverage = report["score"], report["coverage"]
    return {
        "schema_version": report["schema_version"],
        "people": score["people"],
        "score_mp": score["mp"],
        "high_mp": report["range"]["high_mp"],
        "high_points": report["range"]["high_points"],
        "intensity": score["intensity"],
        "grade": score["grade"],
        "parts": report["parts"],
        "answers": coverage["answers"],
        "unknown": coverage["unknown"],
        "ratio": coverage["ratio"],
        "unknown_by_rule": rows(coverage["unknown_by_rule"], "key", "count"),
        "set_aside": coverage["set_aside"],
        **{breakdown: rows(report[breakdown], "key", "mp") for breakdown in BREAKDOWNS},
        "order": [factor["id"] for factor in report["factors"]],
        "factors": flat_factors(report["factors"], acknowledged_through),
        "written_off": [{key: row[key] for key in row if key != "words"} for row in report["written_off"]],
    }


def of_oracle(result):
    coverage = result["coverage"]
    return {
        "schema_version": 2,
        "people": result["people"],
        "score_mp": result["score_mp"],
        "high_mp": result["high_mp"],
        "high_points": result["high_mp"] / 1000,
        "intensity": result["intensity"],
        "grade": result["grade"],
        "parts": result["parts"],
        "answers": coverage["answers"],
        "unknown": coverage["unknown"],
        "ratio": coverage["ratio"],
        "unknown_by_rule": coverage["unknown_by_rule"],
        "set_aside": coverage["set_aside"],
        **{breakdown: result[breakdown] for breakdown in BREAKDOWNS},
        "order": [factor["id"] for factor in result["factors"]],
        "factors": flat_factors(result["factors"], lambda factor: factor["acknowledged"]),
        "written_off": [{**row, "points": row["mp"] / 1000} for row in result["written_off"]],
    }


def differences(expected, actual):
    """One line for each: what, what the oracle says, what debt says."""
    out = []
    for key, value in expected.items():
        other = actual[key]
        if value == other:
            continue
        if isinstance(value, dict):
            for inner in [*value, *(k for k in other if k not in value)]:
                if value.get(inner, "absent") != other.get(inner, "absent"):
                    out.append((f"{key}: {inner}", value.get(inner, "absent"), other.get(inner, "absent")))
        elif isinstance(value, list):
            ours, theirs = [x for x in value if x not in other], [x for x in other if x not in value]
            if key == "order" and (ours or theirs):
                continue  # said factor by factor
            if ours or theirs:
                out.append((key, ours[:3], theirs[:3]))
            else:
                at = next((n for n, (a, b) in enumerate(zip(value, other)) if a != b), min(len(value), len(other)))
                out.append((f"{key}, from place {at}", value[at : at + 3], other[at : at + 3]))
        else:
            out.append((key, value, other))
    return collapse(out)


def collapse(found):
    """A factor that only one side has is one difference, not one for each of its parts."""
    out = []
    for what, ours, theirs in found:
        if what.startswith("factors: ") and "absent" in (ours, theirs):
            identity, part = what.removeprefix("factors: ").split(" ", 1)
            if part != "mp":
                continue
            what = f"factor {identity}"
        out.append((what, ours, theirs))
    return out


class Comparison:
    def __init__(self, debt, folder, only):
        self.debt, self.path, self.only = debt, pathlib.Path(folder) / "portfolio.json", only
        self.compared = self.factors = self.different = 0
        self.kinds = {}

    def portfolio(self, seed):
        portfolio = generate.generate(seed)
        self.path.write_text(json.dumps(portfolio), encoding="utf-8")
        preset = None
        if portfolio.get("policy") is None and seed % 4 == 0:
            preset = PRESETS[seed // 4 % len(PRESETS)]
        own = datetime.date.fromisoformat(portfolio["as_of"])
        for shift in generate.SHIFTS:
            self.scorecard(seed, portfolio, own + datetime.timedelta(days=shift), preset)

    def scorecard(self, seed, portfolio, as_of, preset):
        where = f"seed {seed} on {as_of}" + (f" under {preset}" if preset else "")
        try:
            expected = self.expected(oracle.score(portfolio, preset, as_of))
        except ValueError as error:  # nobody is scored on that day
            expected = {"error": str(error)}
        report = report_of(self.debt, str(self.path), as_of.isoformat(), preset)
        self.compared += 1
        if "error" in expected or "error" in report:
            if ("error" in expected) != ("error" in report):
                self.tell(where, [("error", expected.get("error"), report.get("error"))])
            return
        actual = self.actual(report)
        self.factors += len(actual["order"])
        self.tell(where, differences(expected, actual))

    def expected(self, result):
        if self.only:
            unknown = result["coverage"]["unknown_by_rule"]
            return of_rules(self.only, result["factors"], lambda factor: factor["acknowledged"], unknown)
        return of_oracle(result)

    def actual(self, report):
        if self.only:
            unknown = report["coverage"]["unknown_by_rule"]
            unknown = unknown if isinstance(unknown, dict) else rows(unknown, "key", "count")
            return of_rules(self.only, report["factors"], acknowledged_through, unknown)
        return of_debt(report)

    def tell(self, where, found):
        for what, ours, theirs in found:
            self.different += 1
            kind = what[9:13] + " " + what.split(" ", 2)[2] if what.startswith("factors: ") else what.split(":")[0]
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            if self.different <= SHOWN:
                print(f"{where}: {what}\n  oracle: {ours}\n  debt:   {theirs}")

    def close(self):
        if self.different > SHOWN:
            print(f"… and {self.different - SHOWN} more")
        for kind, count in sorted(self.kinds.items(), key=lambda row: -row[1]):
            print(f"  {count:6} {kind}")
        print(f"{self.compared} scorecards with {self.factors} factors compared, {self.different} differences")
        return 1 if self.different else 0


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("debt")
    arguments.add_argument("count", type=int, nargs="?", default=200)
    arguments.add_argument("first", type=int, nargs="?", default=0)
    arguments.add_argument("--only", type=lambda codes: codes.split(","), default=[])
    given = arguments.parse_args()
    if selftest.main():
        sys.exit(1)
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(given.debt, folder, given.only)
        for seed in range(given.first, given.first + given.count):
            comparison.portfolio(seed)
    sys.exit(comparison.close())


if __name__ == "__main__":
    main()
