"""Compares `debt lines --format json` with a reading of the same portfolio by the second scorer.

    python3 lines.py DEBT [COUNT] [FIRST_SEED]

Each random portfolio is read on three days: who owns which line of whom, by which key, which 1:1 carries it, who rates
and who mentors, who is set aside and why, the totals, and the line of the file that each key is on. Prints the first
differences, then how many there are, and exits with 1 where there is one.
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
from model import day  # noqa: E402
from policy import read_policy  # noqa: E402

SHOWN = 30
KEYS = {"own key": {"delivery": "delivery_owner", "craft": "craft_owner"}, "squad's lead": "lead",
        "guild's lead": "lead", "squad escalates to": "escalates_to"}


class Reader(oracle.Scorer):
    """Who owns what, in the words of the JSON."""

    def how(self, line, i):
        """(owner, by which key, through which squad or guild)."""
        p = self.people[i]
        own = p.get(f"{line}_owner")
        if own is not None:
            return own, "own key", None
        if line == "craft":
            guild = p.get("guild")
            lead = self.guilds[guild].get("lead") if guild else None
            return (lead, "guild's lead", guild) if lead not in (None, i) else (None, None, None)
        squad, how, key = p.get("squad"), "squad's lead", "lead"
        if squad is None:
            led = sorted(s for s in self.squads if self.squads[s].get("lead") == i)
            squad = led[0] if led else None
            how, key = "squad escalates to", "escalates_to"
        elif self.squads[squad].get("lead") == i:
            how, key = "squad escalates to", "escalates_to"
        owner = self.squads[squad].get(key) if squad else None
        return (owner, how, squad) if owner not in (None, i) else (None, None, None)

    def state(self, line, i, owner):
        if line in self.people[i]["exempt"]:
            return "exempt"
        if not self.looked_at(line, i):
            return "ends"
        if owner is not None:
            return "here" if self.active[owner] else "absent"
        leads = any(squad.get("lead") == i for squad in self.squads.values())
        owns = any(self.how("delivery", q)[0] == i for q in self.scored)
        return "unknown" if line == "delivery" and (leads or owns) else "nobody"

    def absence(self, i):
        p = self.people[i]
        if self.has_left(p):
            return {"reason": "left", "since": p["left"], "until": None}
        start = self.long_leave(p)
        if start is not None:
            end = next(b for a, b in p["leaves"] if a == start)
            return {"reason": "away", "since": start.isoformat(), "until": end and end.isoformat()}
        if not self.active[i]:
            return {"reason": "not-started", "since": None, "until": p["started"]}
        return {"reason": "external", "since": None, "until": None} if self.external[i] else None

    def held(self, m):
        return m["last"] if m["last"] is not None and m["last"] <= self.as_of else None

    def is_lapsed(self, m):
        cancelled = m.get("cancelled_in_a_row", 0)
        start = m["last"] or m["since_day"]
        by_time = 0
        if m["days"] and start and start <= self.as_of:
            by_time = max(0, self.counted(start, self.as_of, m["people"]) - 1) // m["days"]
        if max(cancelled, by_time) < 2:
            return False
        return cancelled >= 2 or not self.records_sleep(m)

    def one_on_one(self, line, i, owner):
        if not self.looked_at(line, i):
            owner = None
        mine = [m for m in self.one_on_ones if m["with"] == i]

        def best(meetings):
            far = datetime.date.min
            order = sorted(meetings, key=lambda m: m["id"])
            order.sort(key=lambda m: self.held(m) or far, reverse=True)
            return min(order, key=lambda m: (m["owner"] != owner, self.is_conflated(m)), default=None)

        carries = []
        for m in mine:
            both = self.is_conflated(m)
            if (line in m["jobs"] and not (both and line == "craft")) or (both and m["owner"] == owner):
                carries.append(m)
        m = best(carries)
        if m is not None:
            state = "held" if self.held(m) else "undated"
            if self.is_conflated(m):
                state = "both"
            elif self.is_lapsed(m):
                state = "lapsed"
            return self.carried(m, state, owner)
        if owner is None:
            return None
        m = best([m for m in mine if m["owner"] == owner and not m["jobs"]])
        if m is not None:
            return self.carried(m, "unlabelled", owner)
        state = "none" if self.holds_all_one_on_ones_of(owner) else "unknown"
        return {"id": None, "state": state, "last_held": None, "held_by": None, "by_mentor": False}

    def carried(self, m, state, owner):
        held, other = self.held(m), m["owner"] != owner
        mentors = self.mentors(m["with"])
        return {"id": m["id"], "state": state, "last_held": held and held.isoformat(),
                "held_by": m["owner"] if other else None, "by_mentor": other and m["owner"] in mentors}

    def mentors(self, i):
        return sorted({x["mentor"] for x in self.mentorships if x["active"] and x["mentee"] == i})

    def line(self, line, i):
        owner, how, through = self.how(line, i)
        state = self.state(line, i, owner)
        return {"owner": owner, "state": state, "how": how, "through": through,
                "absence": self.absence(owner) if state == "absent" else None,
                "one_on_one": self.one_on_one(line, i, owner)}

    def person(self, i):
        p = self.people[i]
        delivery, craft = self.line("delivery", i), self.line("craft", i)
        owned = [x["owner"] for x in (delivery, craft) if x["state"] in ("here", "absent")]
        rater = p.get("rated_by", delivery["owner"])

        def named(items, at):
            return at and (items[at].get("name") or at)

        return {"id": i, "label": named(self.people, i), "squad": p.get("squad"), "guild": p.get("guild"),
                "squad_label": named(self.squads, p.get("squad")), "guild_label": named(self.guilds, p.get("guild")),
                "delivery": delivery, "craft": craft, "rated_by": rater, "rated_by_label": named(self.people, rater),
                "same_person": len(owned) == 2 and owned[0] == owned[1], "mentors": self.mentors(i)}

    def lines(self):
        def place(i):
            squad = self.people[i].get("squad")
            return squad is None, squad or "", i

        people = [self.person(i) for i in sorted(self.scored, key=place)]
        owned = {line: [x for x in people if x[line]["state"] in ("here", "absent")] for line in ("delivery", "craft")}
        both = [x for x in owned["delivery"] if x["craft"]["state"] in ("here", "absent")]
        aside = [{"id": i, "because": self.absence(i)} for i in sorted(set(self.people) - self.scored)]
        return {
            "people": people,
            "set_aside": aside,
            "totals": {"squad": None, "people": len(people), "with_delivery_owner": len(owned["delivery"]),
                       "with_craft_owner": len(owned["craft"]),
                       "with_two_different": sum(1 for x in both if not x["same_person"])},
        }


def plain(report, text, portfolio):
    """What `debt` said, without what is compared elsewhere; each location is looked up in the file."""
    wrong = []

    def check(row, line):
        location = row["location"]
        if (location is None) != (row["how"] is None):
            wrong.append(f"{row} has no location")
        if location is not None:
            key = KEYS[row["how"]]
            key = key[line] if isinstance(key, dict) else key
            there = text[location["line"] - 1]
            names = next(p for p in portfolio["people"] if p["id"] == row["owner"])
            known = [names["id"], *(names.get("aliases") or [])]
            if not any(f'"{key}": "{name}"' in there for name in known):
                wrong.append(f"{row['how']} at {location}: {there.strip()}")

    people = []
    for row in report["people"]:
        row = {**row, "mentors": [mentor["id"] for mentor in row["mentors"]]}
        for line in ("delivery", "craft"):
            check(row[line], line)
            kept = {key: row[line][key] for key in ("owner", "state", "how", "through", "absence")}
            one = row[line]["one_on_one"]
            keys = ("id", "state", "last_held", "held_by", "by_mentor")
            kept["one_on_one"] = one and {key: one[key] for key in keys}
            row[line] = kept
        # A name that more than one person has is shown with the id.
        row["label"] = row["label"].removesuffix(f" ({row['id']})")
        row["rated_by_label"] = row["rated_by_label"] and row["rated_by_label"].removesuffix(f" ({row['rated_by']})")
        people.append(row)
    aside = [{"id": row["id"], "because": row["because"]} for row in report["set_aside"]]
    return {"people": people, "set_aside": aside, "totals": report["totals"]}, wrong


def differences(expected, actual, where=""):
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [one for key in sorted({*expected, *actual}, key=str)
                for one in differences(expected.get(key, "absent"), actual.get(key, "absent"), f"{where}.{key}")]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [one for n, (a, b) in enumerate(zip(expected, actual)) for one in differences(a, b, f"{where}[{n}]")]
    return [] if expected == actual else [f"{where}\n  oracle: {expected}\n  debt:   {actual}"]


def main():
    debt, count, first = sys.argv[1], *(int(x) for x in (sys.argv[2:4] + ["40", "0"][len(sys.argv) - 2:])[:2])
    portfolios = reports = people = 0
    found, states = [], {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "portfolio.json"
        for seed in range(first, first + count):
            portfolio = generate.generate(seed)
            text = json.dumps(portfolio, indent=1)
            path.write_text(text, encoding="utf-8")
            portfolios += 1
            for shift in generate.SHIFTS:
                at = day(portfolio["as_of"]) + datetime.timedelta(shift)
                reader = Reader(portfolio, read_policy(portfolio.get("policy")), at)
                command = [debt, "lines", "--in", str(path), "--format", "json", "--as-of", at.isoformat()]
                run = subprocess.run(command, capture_output=True, text=True, check=False)
                if not reader.scored or run.returncode:
                    if reader.scored or not run.returncode:
                        found.append(f"seed {seed} on {at}: {run.stderr}")
                    continue
                expected = reader.lines()
                actual, wrong = plain(json.loads(run.stdout), text.splitlines(), portfolio)
                reports, people = reports + 1, people + len(expected["people"])
                for row in expected["people"]:
                    for line in ("delivery", "craft"):
                        one = row[line]["one_on_one"] or {"state": "null"}
                        for said in (row[line]["state"], f"how {row[line]['how']}", f"1:1 {one['state']}"):
                            states[said] = states.get(said, 0) + 1
                found += [f"seed {seed} on {at}: {one}" for one in differences(expected, actual) + wrong]
    print("\n".join(found[:SHOWN]))
    for said, count in sorted(states.items()):
        print(f"{count:7} {said}")
    print(f"{portfolios} portfolios, {reports} reports of {people} people compared, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
