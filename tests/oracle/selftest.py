"""Small examples whose numbers were worked out by hand from scoring.md; `oracle.py selftest` runs them.

In each, all rules but those named are off, so that score, range and coverage are those of the rules in question.
The day is 2026-11-20, a Friday, and the policy the default one, where nothing else is said.
"""

import sys

from selftest_cases import CASES

DAY = "2026-11-20"


def team(**changes):
    """bo owns the delivery line of ana and cy, cy the craft line of ana; dee, from outside, stands above bo."""
    portfolio = {
        "people": [
            {"id": "dee", "external": True},
            {"id": "bo", "squad": "ledger"},
            {"id": "cy", "squad": "ledger", "guild": "backend"},
            {"id": "ana", "squad": "ledger", "guild": "backend"},
        ],
        "squads": [{"id": "ledger", "lead": "bo", "escalates_to": "dee"}],
        "guilds": [{"id": "backend", "lead": "cy"}],
        "meetings": [], "conversations": [], "decisions": [], "promotions": [], "mentorships": [],
    }
    for key, value in changes.items():
        section, _, i = key.partition("__")
        if not i:
            portfolio[key] = value
            continue
        item = next((x for x in portfolio[section] if x["id"] == i), None)
        if item is None:
            portfolio[section].append({"id": i, **value})
        else:
            item.update(value)
    return portfolio


def run(case):
    import oracle

    policy = {**case.get("policy", {})}
    policy["disable"] = [code for code in oracle.CODES if code not in case["rules"]]
    result = oracle.score(team(**case["portfolio"]), policy, oracle.day(case.get("as_of", DAY)))
    factors = {
        f["id"]: (f["principal_mp"], f["fees_mp"], f["interest_mp"]) for f in result["factors"]
    }
    said = {
        "factors": factors,
        "unknown": result["coverage"]["unknown_by_rule"],
        "high": result["high_mp"] - result["score_mp"],
    }
    expected = {"factors": case.get("factors", {}), "unknown": case.get("unknown", {}), "high": case.get("high", 0)}
    for key in ("answers", "ratio"):
        if key in case:
            said[key], expected[key] = result["coverage"][key], case[key]
    for key in ("owner", "onset", "act", "squad", "guild", "acknowledged"):
        if key in case:
            said[key], expected[key] = [f[key] for f in result["factors"]], case[key]
    for key in ("grade", "intensity", "written_off"):
        if key in case:
            said[key], expected[key] = result[key], case[key]
    return [(key, expected[key], said[key]) for key in expected if expected[key] != said[key]]


def wrong_presets():
    """What each preset changes, spelt out."""
    from policy import read_policy

    one_line, starter, essay = (read_policy(name) for name in ("one-line", "starter", "essay"))
    off = "D201 D202 D203 D204 D205 D401 D402 D403 D404 D405 D601 D602 D603 D604 D701 D702 D703 D704 D801 D802".split()
    checks = [
        ("one-line is off", one_line["disable"], {"D201", "D202", "D203", "D204", "D205", "D303"}),
        ("one-line D101, D103", [one_line["principal"][code] for code in ("D101", "D103")], [1000, 1000]),
        ("starter is off", starter["disable"], set(off)),
        ("essay is the defaults", essay, read_policy(None)),
    ]
    return [(name, said, expected) for name, said, expected in checks if said != expected]


def main():
    wrong = 0
    for name, said, expected in wrong_presets():
        wrong += 1
        print(f"{name}\n  by hand: {expected}\n  oracle:  {said}")
    for case in CASES:
        for key, expected, said in run(case):
            wrong += 1
            print(f"{case['name']}: {key}\n  by hand: {expected}\n  oracle:  {said}")
    print(f"{len(CASES)} examples worked out by hand, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
