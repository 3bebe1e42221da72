"""What would be an error in a portfolio (portfolio.md, What is an error), so that none is generated."""

import re

from catalogue import CODES
from model import People, day
from policy import read_policy, strip_nulls
from records import every_days

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,127}\Z")


def check(doc):
    """Raises AssertionError where the portfolio would be an error."""
    doc = strip_nulls(doc)
    policy, as_of = read_policy(doc.get("policy")), day(doc["as_of"])
    Check(doc, as_of).run()
    weights = [*policy["principal"].values(), *policy["kinds"].values()]
    assert all(0 <= weight <= 1_000_000 for weight in weights)
    grades = policy["grades"]
    assert grades["a"] < grades["b"] < grades["c"] < grades["d"]
    assert 0 <= policy["rate_bp"] <= 10_000 and 0 <= policy["fee_bp"] <= 10_000 and 1 <= policy["cap"] <= 100
    assert 0 <= policy["mentored_percent"] <= 100
    assert People(doc, policy, as_of).scored, "nobody is scored"


def in_order(first, second, strict=False):
    if first is not None and second is not None:
        assert day(first) < day(second) if strict else day(first) <= day(second), (first, second)


def rising(days):
    for first, second in zip(days, days[1:]):
        in_order(first, second, strict=True)


class Check:
    def __init__(self, doc, as_of):
        self.doc, self.as_of, self.ids = doc, as_of, {}

    def run(self):
        for section in ("people", "squads", "guilds", "decisions"):
            self.index(section, lambda item: item["id"])
        people = self.ids["people"]
        self.index("meetings", lambda m: people[m["owner"]] + ("--" + people[m["with"]] if "with" in m else ""))
        self.index("conversations", lambda c: "--".join((people[c["owner"]], people[c["with"]], c["kind"], c["raised"])))
        self.index("promotions", lambda x: people[x["person"]] + "--" + x["decided"])
        self.index("mentorships", lambda x: people[x["mentor"]] + "--" + people[x["mentee"]])
        self.references()
        for section, rule in (
            ("people", self.person),
            ("squads", self.squad),
            ("guilds", self.guild),
            ("meetings", self.meeting),
            ("conversations", self.conversation),
            ("decisions", self.decision),
            ("promotions", self.promotion),
            ("mentorships", self.mentorship),
            ("acknowledgements", self.acknowledgement),
        ):
            for item in self.doc.get(section, []):
                rule(item)
        self.renewals()

    def index(self, section, derive):
        ids = self.ids[section] = {}
        for item in self.doc.get(section, []):
            own = item["id"] if "id" in item else derive(item)
            for i in [own, *item.get("aliases", [])]:
                assert ID.match(i) and i not in ids, (section, i)
                ids[i] = own

    def past(self, *days):
        for at in days:
            assert at is None or day(at) <= self.as_of, at

    def references(self):
        for section, keys, target in (
            ("people", ("squad",), "squads"),
            ("people", ("guild",), "guilds"),
            ("people", ("delivery_owner", "craft_owner", "rated_by"), "people"),
            ("squads", ("lead", "escalates_to"), "people"),
            ("guilds", ("lead",), "people"),
            ("meetings", ("owner", "with"), "people"),
            ("conversations", ("owner", "with"), "people"),
            ("decisions", ("owner",), "people"),
            ("decisions", ("squad",), "squads"),
            ("promotions", ("person", "signed_off_by"), "people"),
            ("mentorships", ("mentor", "mentee"), "people"),
        ):
            for item in self.doc.get(section, []):
                for key in keys:
                    assert key not in item or item[key] in self.ids[target], (section, item, key)
        for i in self.doc.get("meetings_of", []):
            assert i in self.ids["people"], i

    def differ(self, first, second):
        people = self.ids["people"]
        assert people[first] != people[second], first

    def person(self, p):
        for key in ("delivery_owner", "craft_owner", "rated_by"):
            if key in p:
                self.differ(p[key], p["id"])
        assert 1 <= p.get("level", 1) <= 20
        in_order(p.get("started"), p.get("left"))
        if "exit" in p:
            assert "left" in p
            in_order(p["left"], p["exit"].get("reviewed"))
            self.past(p["exit"].get("reviewed"))
        last = "0001-01-01"
        for leave in sorted(p.get("away", []), key=lambda leave: leave["from"]):
            assert last is not None, "a leave after an open-ended one"
            in_order(leave["from"], leave.get("until"), strict=True)
            in_order(last, leave["from"])
            last = leave.get("until")

    def squad(self, squad):
        context = squad.get("context", {})
        self.past(context.get("reviewed"))
        for entry in context.get("closed", []):
            assert isinstance(entry, str) or entry["decision"] in self.ids["decisions"], entry

    def guild(self, guild):
        tracks = [lane["track"] for lane in guild.get("lanes", [])]
        assert len(tracks) == len(set(tracks))
        for lane in guild.get("lanes", []):
            levels = [level["level"] for level in lane["levels"]]
            assert len(levels) == len(set(levels))
            assert all(level.get("pay", 0) >= 0 for level in lane["levels"])

    def meeting(self, m):
        kind = m.get("kind", "one-on-one")
        if kind != "other":
            assert ("with" in m) == (kind != "team"), m
        if "with" in m:
            self.differ(m["owner"], m["with"])
        in_order(m.get("since"), m.get("until"))
        self.past(m.get("last_held"))
        assert m.get("cancelled_in_a_row", 0) >= 0
        assert len(set(m.get("agenda", []))) == len(m.get("agenda", []))
        assert 1 <= (every_days(m.get("every")) or 1) <= 366

    def conversation(self, c):
        self.differ(c["owner"], c["with"])
        dropped = c.get("dropped", {}).get("date")
        self.past(c["raised"], c.get("held"), dropped)
        for key in (c.get("due"), c.get("held"), dropped):
            in_order(c["raised"], key)
        assert not ("held" in c and "dropped" in c)
        rising([c.get("due", c["raised"]), *c.get("deferred_to", [])])

    def decision(self, d):
        reopened = d.get("reopened", [])
        self.past(d["raised"], d.get("closed"), d.get("escalated"), *reopened)
        for key in (d.get("due"), d.get("closed"), d.get("escalated"), *reopened):
            in_order(d["raised"], key)
        assert not reopened or "closed" in d
        rising(reopened)

    def promotion(self, x):
        self.past(x["decided"], x.get("reviewed"))
        assert 1 <= x.get("level", 1) <= 20

    def mentorship(self, x):
        self.differ(x["mentor"], x["mentee"])
        in_order(x.get("since"), x.get("until"))

    def acknowledgement(self, a):
        self.past(a["named_on"])
        in_order(a["named_on"], a["through"])
        assert (day(a["through"]) - day(a["named_on"])).days <= 31
        assert ("factor" in a) != ("finding" in a)
        code, kind, _ = (a.get("factor") or a.get("finding")).split(":", 2)
        assert CODES[code][3] == kind

    def renewals(self):
        last = {}
        for a in sorted(self.doc.get("acknowledgements", []), key=lambda a: a["named_on"]):
            code, kind, subject = (a.get("factor") or a.get("finding")).split(":", 2)
            section = {"person": "people"}.get(kind, kind + "s")
            factor = (code, self.ids.get(section, {}).get(subject, subject))
            if factor in last:
                assert (day(a["named_on"]) - day(last[factor])).days >= -15, a
            last[factor] = a["through"]
