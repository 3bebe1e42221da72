"""Recomputes `debt sensitivity` with the second scorer: other weights drawn from the same seed, each portfolio scored
under each of them, grades counted, squads ordered. Only the standard library is needed.

    python3 sensitivity.py DEBT [COUNT] [FIRST_SEED] [RUNS]

Prints each difference, then how many runs were compared, and exits with 1 where there is a difference.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
from fractions import Fraction
from math import sqrt

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import generate  # noqa: E402
import oracle  # noqa: E402
from policy import grade_of, read_policy  # noqa: E402

MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def numbers(seed, run):
    state = mix((seed + run * STEP) & MASK)
    while True:
        state = (state + STEP) & MASK
        yield mix(state)


def weighted(policy, seed, run, spread):
    """Each weight times thousandths, in the order of the policy."""
    drawn = numbers(seed, run)

    def times(number, most):
        low, high = 1000 - 10 * spread, 1000 + 10 * spread
        factor = low + (((next(drawn) >> 11) * (high - low + 1)) >> 53)
        return min((number * factor + 500) // 1000, most)

    other = dict(policy)
    other["principal"] = {code: times(mp, 1_000_000) for code, mp in policy["principal"].items()}
    other["kinds"] = {kind: times(mp, 1_000_000) for kind, mp in policy["kinds"].items()}
    other["rate_bp"] = times(policy["rate_bp"], 10_000)
    other["fee_bp"] = times(policy["fee_bp"], 10_000)
    return other


def scored(portfolio, policy, as_of):
    scorer = oracle.Scorer(portfolio, policy, as_of)
    people = {}
    for person in scorer.scored:
        squad = scorer.people[person].get("squad")
        people[squad] = people.get(squad, 0) + 1
    result = scorer.run()
    sums = result["by_squad"]
    each = {squad: Fraction(sums.get(squad, 0), count) for squad, count in people.items() if squad is not None}
    return result["score_mp"], result["people"], each


def ranks(each, keys):
    values = [each[key] for key in keys]
    return [sum(other > one for other in values) * 2 + sum(other == one for other in values) + 1 for one in values]


def spearman(one, other):
    n = len(one)
    mean_one, mean_other = sum(one) / n, sum(other) / n
    together = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other))
    spread = sqrt(sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other))
    return together / spread if spread else float(one == other)


def percentile(values, percent):
    values = sorted(values)
    return values[max(-(-len(values) * percent // 100), 1) - 1]


def main():
    debt = sys.argv[1]
    count, first, runs = (int(word) for word in (sys.argv[2:] + ["4", "0", "200"][len(sys.argv) - 2:]))
    different = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "portfolio.json"
        for seed in range(first, first + count):
            portfolio = generate.generate(seed)
            path.write_text(json.dumps(portfolio), encoding="utf-8")
            command = [debt, "sensitivity", str(path), "--format", "json", "--runs", str(runs), "--seed", str(seed)]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode != 0:
                continue
            report = json.loads(run.stdout)
            policy, as_of = read_policy(portfolio.get("policy")), datetime.date.fromisoformat(report["as_of"])
            total, people, each = scored(portfolio, policy, as_of)
            keys = sorted(each)
            base = ranks(each, keys)
            totals, grades, alike = [], dict.fromkeys("ABCDE", 0), []
            for number in range(1, runs + 1):
                other = weighted(policy, seed, number, 50)
                mp, _, of_run = scored(portfolio, other, as_of)
                totals.append(mp)
                grades[grade_of(mp, people, other)] += 1
                alike.append(spearman(base, ranks(of_run, keys)))
            compared += runs
            expected = {
                "mp": total,
                "p5_mp": percentile(totals, 5),
                "median_mp": percentile(totals, 50),
                "p95_mp": percentile(totals, 95),
            }
            found = {key: report["score"][key] for key in expected}
            counted = {row["grade"]: row["runs"] for row in report["grades"]}
            for what, ours, theirs in (("score", expected, found), ("grades", grades, counted)):
                if ours != theirs:
                    different += 1
                    print(f"seed {seed}: {what}\n  oracle: {ours}\n  debt:   {theirs}")
            if len(keys) > 1:
                ours = [min(alike), percentile(alike, 5), percentile(alike, 50)]
                theirs = [report["spearman"][key] for key in ("least", "p5", "median")]
                if any(abs(a - b) > 0.00101 for a, b in zip(ours, theirs)):
                    different += 1
                    print(f"seed {seed}: spearman\n  oracle: {ours}\n  debt:   {theirs}")
    print(f"{compared} runs compared, {different} differences")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
