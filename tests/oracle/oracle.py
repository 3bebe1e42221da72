#!/usr/bin/env python3
"""A second scorer of Decision Debt, written from the design alone. Standard library only.

    oracle.py PORTFOLIO.json [--as-of DATE] [--policy POLICY.json|PRESET]
    oracle.py selftest

Reads a VALID portfolio (JSON); it does not validate. As a module: score(portfolio, policy_or_None, as_of) -> dict.
"""

import argparse
import json
import pathlib
import sys
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from catalogue import CODES, GROUPS  # noqa: E402, F401
from model import day  # noqa: E402
from policy import PRESETS, grade_of, half_up, read_policy  # noqa: E402
from rules_groups import DecisionRules, GuildRules, SquadRules  # noqa: E402
from rules_lines import DeliveryRules, OneOnOneRules  # noqa: E402
from rules_talks import TalkRules  # noqa: E402


class Scorer(OneOnOneRules, DeliveryRules, TalkRules, DecisionRules, SquadRules, GuildRules):
    def run(self):
        if not self.scored:
            raise ValueError("nobody is scored: there is nothing to score")
        self.ask_one_on_ones()
        self.ask_craft_line()
        self.ask_conversations()
        self.ask_promotions()
        self.ask_delivery_line()
        self.ask_decisions()
        self.ask_squads()
        self.ask_guilds()
        self.ask_mentorships()
        return self.report()

    def set_aside(self):
        counts = {"exempt": 0, "external": 0, "away": 0}
        for i, p in self.people.items():
            if self.has_left(p) or ("started" in p and day(p["started"]) > self.as_of):
                continue
            if self.external[i]:
                counts["external"] += 1
            elif not self.active[i]:
                counts["away"] += 1
            elif p["exempt"]:
                counts["exempt"] += 1
        return counts

    def coverage(self):
        asked = sum(sum(row.values()) for row in self.tally.values())
        unknown = {code: row["unknown"] for code, row in self.tally.items() if row["unknown"]}
        return {
            "answers": asked,
            "unknown": sum(unknown.values()),
            "ratio": half_up(asked - sum(unknown.values()), asked) if asked else None,
            "unknown_by_rule": unknown,
            "set_aside": self.set_aside(),
        }

    def sums_by(self, key):
        """Factors that cost nothing under the policy are left out; so is a sum of them."""
        sums = {}
        for factor in self.factors:
            if factor["mp"]:
                sums[key(factor)] = sums.get(key(factor), 0) + factor["mp"]
        return sums

    def report(self):
        total, people = sum(f["mp"] for f in self.factors), len(self.scored)
        return {
            "as_of": self.as_of.isoformat(),
            "people": people,
            "score_mp": total,
            "high_mp": total + self.high,
            "intensity": half_up(total, people * 1000),
            "grade": grade_of(total, people, self.policy),
            "parts": {key: sum(f[key] for f in self.factors) for key in ("principal_mp", "fees_mp", "interest_mp")},
            "coverage": self.coverage(),
            "by_rule": self.sums_by(lambda f: f["id"][:4]),
            "by_group": self.sums_by(lambda f: GROUPS[f["id"][1]]),
            "by_squad": self.sums_by(lambda f: f["squad"]),
            "by_guild": self.sums_by(lambda f: f["guild"]),
            "by_owner": self.sums_by(lambda f: f["owner"]),
            "factors": sorted(self.factors, key=lambda f: (-f["mp"], f["id"])),
            "written_off": self.written_off(),
            "tally": self.tally,
        }


def score(portfolio, policy, as_of):
    """`policy` is a mapping or the name of a preset; None: the portfolio's own, or the defaults."""
    return Scorer(portfolio, read_policy(portfolio.get("policy") if policy is None else policy), as_of).run()


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"), parse_float=Decimal)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("portfolio")
    parser.add_argument("--as-of")
    parser.add_argument("--policy")
    args = parser.parse_args()
    if args.portfolio == "selftest":
        import selftest

        sys.exit(selftest.main())
    portfolio = load(args.portfolio)
    policy = args.policy if args.policy in PRESETS else load(args.policy) if args.policy else None
    if policy is not None and portfolio.get("policy") is not None:
        sys.exit("oracle: a policy in the portfolio and with --policy: never both")
    as_of = args.as_of or portfolio.get("as_of")
    if as_of is None:
        sys.exit("oracle: no as_of in the portfolio: give --as-of")
    try:
        result = score(portfolio, policy, day(as_of))
    except ValueError as error:
        sys.exit(f"oracle: {error}")
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
