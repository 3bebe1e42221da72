#!/usr/bin/env python3
"""Random VALID portfolios (JSON) for differential tests.

    generate.py --seed N [--people K]                      one, to standard output
    generate.py --seed N --count M --out DIR [--people K]  DIR/p-SEED.json, seeds N .. N+M-1
    generate.py --seed N --count M --tally                 how often each rule is factor, clear, unknown

The same arguments give the same bytes.
"""

import argparse
import json
import pathlib
import sys
from datetime import date, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import oracle  # noqa: E402
import validity  # noqa: E402
from gen_meetings import MeetingGen  # noqa: E402
from gen_people import PeopleGen  # noqa: E402
from gen_records import RecordGen  # noqa: E402
from model import People  # noqa: E402
from policy import read_policy  # noqa: E402

SHIFTS = (0, -20, 45)  # the days on which a portfolio is scored, from its own
SUBJECTS = {"meeting": "meetings", "person": "people", "squad": "squads", "guild": "guilds", "decision": "decisions",
            "conversation": "conversations", "promotion": "promotions", "mentorship": "mentorships"}


class Generator(PeopleGen, MeetingGen, RecordGen):
    def section(self, key, make, absent=0.1):
        c = self.r.random()
        if c < absent:
            if self.p(0.3):
                self.doc[key] = None
        else:
            self.doc[key] = [] if c < absent + 0.06 else make()

    def build(self):
        self.t = date(2026, 1, 1) + timedelta(self.r.randint(0, 700))
        if self.p(0.1):
            self.t = self.pick([date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31), date(2027, 1, 1)])
        self.doc = doc = {}
        self.head()
        policy = self.make_policy()
        self.people = doc["people"] = self.make_people()
        doc["squads"] = self.make_squads()
        doc["guilds"] = self.make_guilds()
        model = self.model(policy)
        if not model.scored:
            for key in ("started", "left", "exit", "away", "external"):
                self.people[0].pop(key, None)
            model = self.model(policy)
        if self.p(0.2):
            doc["meetings_of"] = [self.ref(i) for i in self.r.sample(self.ids, self.r.randint(0, len(self.ids)))]
        self.sections(model)
        self.write_nulls()
        if policy is not None or self.p(0.1):
            doc["policy"] = policy
        self.grades_at_the_edge(policy)
        if self.p(0.35):
            doc["acknowledgements"] = self.acknowledge()
        if self.p(0.15):
            keys = list(doc)
            self.r.shuffle(keys)
            doc = {key: doc[key] for key in keys}
        self.nulls("top", doc)
        return doc

    def model(self, policy):
        return People(self.doc, read_policy(policy), self.t)

    def head(self):
        doc = self.doc
        if self.p(0.5):
            doc["version"] = 1
        if self.p(0.3):
            doc["id"] = "payments"
        if self.p(0.5):
            doc["name"] = "Payments"
        doc["as_of"] = self.iso(self.t)
        if self.p(0.6):
            doc["describes"] = self.r.sample(["context", "escalations", "peers", "lanes"], self.r.randint(0, 4))

    def sections(self, model):
        doc = self.doc
        self.section("meetings", lambda: self.make_meetings(model), 0.06)
        self.meetings = doc.get("meetings") or []
        self.section("conversations", lambda: self.make_conversations(model))
        self.section("decisions", self.make_decisions)
        self.close_by_decision(doc["squads"], doc.get("decisions"))
        self.section("promotions", lambda: self.make_promotions(model, doc.get("conversations") or []))
        self.section("mentorships", lambda: self.make_mentorships(model))
        if self.p(0.75):
            shows = self.pick([[], ["delivery"], ["craft"], ["delivery", "craft"], ["craft", "delivery"]])
            doc["hr_system"] = {"shows": ["delivery", "craft"] if self.healthy and self.p(0.8) else shows}
            if self.p(0.5):
                doc["hr_system"]["name"] = "PeopleBase"

    def write_nulls(self):
        for section in SUBJECTS.values():
            for item in self.doc.get(section) or []:
                self.nulls(section, item)
        if self.doc.get("hr_system"):
            self.nulls("hr_system", self.doc["hr_system"])

    def grades_at_the_edge(self, policy):
        """Grades that the points a person just reach, or just miss."""
        if not policy or not self.p(0.4):
            return
        result = oracle.score(self.doc, None, self.t)
        each, rest = divmod(result["score_mp"], result["people"])
        # A grade is at most 1,000 points a person.
        if not rest and 10 <= each < 999_000:
            edges = [(0, 1, 500, 501), (-2, 0, 3, 4), (-4, -3, 0, 1), (-6, -5, -1, 0)]
            policy["grades"] = self.grades([each + n for n in self.pick(edges)])

    def acknowledge(self):
        ids = [factor["id"] for factor in oracle.score(self.doc, None, self.t)["factors"]]
        aliases = {
            (kind, item["id"]): item["aliases"]
            for kind, section in SUBJECTS.items()
            for item in self.doc.get(section) or []
            if item.get("id") and item.get("aliases")
        }
        rows = self.make_acknowledgements(ids, aliases)
        self.r.shuffle(rows)
        return rows


def generate(seed, people=None):
    portfolio = Generator(seed, people).build()
    validity.check(portfolio)
    return portfolio


def print_tally(seeds, people):
    """On three days for each portfolio, as differential.py does."""
    sums = {code: {"factor": 0, "clear": 0, "unknown": 0} for code in oracle.CODES}
    for seed in seeds:
        portfolio = generate(seed, people)
        own = date.fromisoformat(portfolio["as_of"])
        for shift in SHIFTS:
            try:
                result = oracle.score(portfolio, None, own + timedelta(shift))
            except ValueError:
                continue  # nobody is scored on that day
            for code, row in result["tally"].items():
                for said, count in row.items():
                    sums[code][said] += count
    print(f"{'rule':30}{'factor':>9}{'clear':>9}{'unknown':>9}")
    for code, row in sums.items():
        name = f"{code} {oracle.CODES[code][0]}"
        print(f"{name:30}{row['factor']:9}{row['clear']:9}{row['unknown']:9}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--people", type=int)
    parser.add_argument("--count", type=int)
    parser.add_argument("--out")
    parser.add_argument("--tally", action="store_true")
    args = parser.parse_args()
    if args.people is not None and args.people < 2:
        sys.exit("generate: two people at least")
    if args.tally:
        print_tally(range(args.seed, args.seed + (args.count or 120)), args.people)
    elif args.count is None:
        json.dump(generate(args.seed, args.people), sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif not args.out:
        sys.exit("generate: --count needs --out or --tally")
    else:
        folder = pathlib.Path(args.out)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(args.seed, args.seed + args.count):
            text = json.dumps(generate(seed, args.people), indent=1, ensure_ascii=False)
            (folder / f"p-{seed}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
