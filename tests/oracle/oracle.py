#!/usr/bin/env python3
"""Reference scorer of Decision Debt (design/scoring.md, design/portfolio.md).

Standard library only.  Reads a VALID portfolio (JSON); does not validate.
    oracle.py PORTFOLIO.json [--as-of DATE] [--policy POLICY.json] [--reading NAME=VALUE]...
As a module: score(portfolio, policy_or_None, as_of_date) -> dict
`--reading` switches a doubtful place to its other reading; see doubts.md.
"""
import argparse
import json
import sys
from datetime import date, timedelta
from decimal import Decimal

DEFAULT_READINGS = {
    "external": "inside",        # inside: `external` is void for whoever has a delivery owner | flag: as written
    "reviewed-later": "unknown", # context.reviewed after as_of: unknown (as if missing) | clear
    "blank-items": "missing",    # a list of nothing but blank texts: missing | present
    "last-held-later": "zero",   # D302 with last_held after as_of, cancelled >= 2: zero by time | since
    "absent-nobody": "clear",    # D202/D402 where the owner is nobody and D201/D401 is off or unknown: clear | factor
    "principal-D301": "ignored", # policy principal {D301: x}: ignored | default (for kinds not given)
}

CODES = {  # code: (name, group, principal mp, minutes)
    "D101": ("conflated-1on1", "1:1s", 5000, 60),
    "D102": ("unlabelled-1on1", "1:1s", 1000, 10),
    "D103": ("rated-craft-1on1", "1:1s", 3000, 45),
    "D104": ("wrong-owner-1on1", "1:1s", 2000, 30),
    "D201": ("missing-craft-owner", "craft line", 5000, 90),
    "D202": ("absent-craft-owner", "craft line", 5000, 90),
    "D203": ("collapsed-lines", "craft line", 4000, 90),
    "D204": ("missing-craft-1on1", "craft line", 2000, 30),
    "D205": ("overloaded-craft-owner", "craft line", 500, 120),
    "D301": ("overdue-conversation", "deferred conversations", None, 60),
    "D302": ("lapsed-1on1", "deferred conversations", 500, 30),
    "D303": ("unsigned-promotion", "deferred conversations", 4000, 60),
    "D304": ("misplaced-performance-talk", "deferred conversations", 1000, 20),
    "D401": ("missing-delivery-owner", "delivery line", 5000, 90),
    "D402": ("absent-delivery-owner", "delivery line", 5000, 90),
    "D403": ("missing-delivery-1on1", "delivery line", 2000, 30),
    "D404": ("hr-hides-a-line", "delivery line", 5000, 240),
    "D501": ("overdue-decision", "decisions", 2000, 45),
    "D502": ("reopened-decision", "decisions", 1000, 45),
    "D503": ("missing-escalation-path", "decisions", 1000, 30),
    "D601": ("missing-context", "context", 1000, 60),
    "D602": ("stale-context", "context", 1000, 30),
    "D603": ("no-peer-line", "context", 1000, 30),
    "D701": ("no-warrant-lane", "lanes", 3000, 240),
    "D702": ("pay-needs-management", "lanes", 2000, 240),
    "D703": ("undeclared-track", "lanes", 500, 20),
    "D801": ("mentor-owns-rating", "mentoring", 2000, 30),
}
KINDS = {"exit-risk": 6000, "performance": 4000, "promotion": 4000, "role": 3000,
         "pay": 3000, "conflict": 3000, "feedback": 2000, "other": 2000}
TOPICS = {}
for _t in ("blockers", "commitments", "priorities", "resourcing", "performance", "escalations", "rating"):
    TOPICS[_t] = "delivery"
for _t in ("skill-depth", "standards", "career-lane", "track-choice", "craft-feedback", "promotion"):
    TOPICS[_t] = "craft"
for _t in ("wellbeing", "logistics", "other"):
    TOPICS[_t] = None
EVERY = {"weekly": 7, "biweekly": 14, "monthly": 31, "quarterly": 92}
ALL = "all"
BOTH = frozenset(("delivery", "craft"))


# ---------------------------------------------------------------- small tools

def strip_nulls(x):
    """A key whose value is null is left out."""
    if isinstance(x, dict):
        return {k: strip_nulls(v) for k, v in x.items() if v is not None}
    if isinstance(x, list):
        return [strip_nulls(v) for v in x]
    return x


def day(x):
    if x is None or type(x) is date:
        return x
    return date.fromisoformat(x)


def exact(x, factor):
    """A decimal number times a factor, which must come out whole."""
    d = (Decimal(repr(x)) if isinstance(x, float) else Decimal(x)) * factor
    if d != d.to_integral_value():
        raise ValueError(f"{x} does not fit")
    return int(d)


def every_days(x):
    if x is None:
        return None
    if x in EVERY:
        return EVERY[x]
    return int(x[:-1]) * (7 if x.endswith("w") else 1)


def read_policy(raw):
    raw = strip_nulls(raw or {})
    pol = {
        "principal": {c: v[2] for c, v in CODES.items() if v[2] is not None},
        "kinds": dict(KINDS),
        "rate_bp": 500, "cap": 5, "fee_bp": 2500, "fee_max": 4,
        "grace_days": 14, "max_craft_span": 15, "missed_cap": 5, "away_grace_days": 30,
        "promotion_window_days": 365, "reopened_window_days": 180, "context_review_days": 90,
        "track_from_level": 4, "disable": set(raw.get("disable", [])),
        "grades": {"a": 600, "b": 1700, "c": 4000, "d": 8000},
    }
    for c, v in raw.get("principal", {}).items():
        if c == "D301":
            pol["principal_d301"] = exact(v, 1000)
        else:
            pol["principal"][c] = exact(v, 1000)
    for k, v in raw.get("conversations", {}).items():
        pol["kinds"][k] = exact(v, 1000)
    pol["kinds_given"] = set(raw.get("conversations", {}))
    if "weekly_percent" in raw.get("interest", {}):
        pol["rate_bp"] = exact(raw["interest"]["weekly_percent"], 100)
    if "cap" in raw.get("interest", {}):
        pol["cap"] = int(raw["interest"]["cap"])
    if "deferral_percent" in raw.get("fees", {}):
        pol["fee_bp"] = exact(raw["fees"]["deferral_percent"], 100)
    if "max" in raw.get("fees", {}):
        pol["fee_max"] = int(raw["fees"]["max"])
    for k in ("grace_days", "max_craft_span", "missed_cap", "away_grace_days", "promotion_window_days",
              "reopened_window_days", "context_review_days", "track_from_level"):
        if k in raw:
            pol[k] = int(raw[k])
    for k, v in raw.get("grades", {}).items():
        pol["grades"][k] = exact(v, 1000)
    return pol


def growth_ppm(weeks, pol):
    g, top = 1_000_000, pol["cap"] * 1_000_000
    for _ in range(weeks):
        g = min((g * (10_000 + pol["rate_bp"]) + 5_000) // 10_000, top)
    return g


def interest_of(principal, weeks, pol):
    return (principal * (growth_ppm(weeks, pol) - 1_000_000) + 500_000) // 1_000_000


def fees_of(principal, deferrals, pol):
    return (principal * pol["fee_bp"] * min(deferrals, pol["fee_max"]) + 5_000) // 10_000


# ---------------------------------------------------------------- the model

class Model:
    def __init__(self, portfolio, policy, as_of, readings):
        doc = strip_nulls(portfolio)
        self.doc, self.pol, self.as_of = doc, policy, as_of
        self.rd = readings
        self.describes = set(doc.get("describes", []))
        self.has = {s: s in doc for s in ("conversations", "decisions", "promotions", "mentorships")}

        self.people = {p["id"]: dict(p) for p in doc.get("people", [])}
        self.squads = {s["id"]: dict(s) for s in doc.get("squads", [])}
        self.guilds = {g["id"]: dict(g) for g in doc.get("guilds", [])}
        self._pa = self._aliases("people")
        self._sa = self._aliases("squads")
        self._ga = self._aliases("guilds")
        for p in self.people.values():
            self._refs(p, self._sa, "squad")
            self._refs(p, self._ga, "guild")
            self._refs(p, self._pa, "delivery_owner", "craft_owner", "rated_by")
            p["leaves"] = [(day(a["from"]), day(a["until"])) for a in p.get("away", [])]
            p["exempt"] = set(p.get("exempt", {}))
        for s in self.squads.values():
            self._refs(s, self._pa, "lead", "escalates_to")
        for g in self.guilds.values():
            self._refs(g, self._pa, "lead")

        self._owners()
        self.active_p = {i: self._active(p) for i, p in self.people.items()}
        self.external = {}
        for i, p in self.people.items():
            ext = bool(p.get("external"))
            if ext and self.rd["external"] == "inside" and self.delivery[i] is not None:
                ext = False
            self.external[i] = ext
        self.scored = {i for i in self.people if self.active_p[i] and not self.external[i]}

        self.squad_members = {s: {i for i in self.scored if self.people[i].get("squad") == s} for s in self.squads}
        self.guild_members = {g: {i for i in self.scored if self.people[i].get("guild") == g} for g in self.guilds}

        self.leads_guild = set()
        for gid, g in self.guilds.items():
            lead = g.get("lead")
            if lead is not None and self.guild_members[gid] - {lead}:
                self.leads_guild.add(lead)

        self._items()

    def _aliases(self, section):
        m = {}
        for x in self.doc.get(section, []):
            m[x["id"]] = x["id"]
            for a in x.get("aliases", []):
                m[a] = x["id"]
        return m

    @staticmethod
    def _refs(item, table, *keys):
        for k in keys:
            if k in item:
                item[k] = table[item[k]]

    # -- people

    def _active(self, p):
        t = self.as_of
        if "started" in p and day(p["started"]) > t:
            return False
        if "left" in p and day(p["left"]) <= t:
            return False
        return self.long_leave(p) is None

    def long_leave(self, p):
        """First day of the long leave that covers as_of, or None."""
        for a, b in p["leaves"]:
            if (b - a).days >= self.pol["away_grace_days"] and a <= self.as_of < b:
                return a
        return None

    def _owners(self):
        self.delivery, self.craft, self.rated = {}, {}, {}
        for i, p in self.people.items():
            # delivery
            if "delivery_owner" in p:
                o = p["delivery_owner"]
            elif "squad" in p:
                s = self.squads[p["squad"]]
                o = s.get("lead")
                if o == i:
                    o = s.get("escalates_to")
                    if o == i:
                        o = None
            else:
                led = sorted(sid for sid, s in self.squads.items() if s.get("lead") == i)
                o = self.squads[led[0]].get("escalates_to") if led else None
                if o == i:
                    o = None
            self.delivery[i] = o
            # craft
            if "craft_owner" in p:
                o = p["craft_owner"]
            elif "guild" in p:
                o = self.guilds[p["guild"]].get("lead")
                if o == i:
                    o = None
            else:
                o = None
            self.craft[i] = o
            self.rated[i] = p.get("rated_by", self.delivery[i])

    def is_active(self, i):
        return i is not None and self.active_p[i]

    def if_active(self, i):
        return i if self.is_active(i) else None

    def line_owner_of(self, owner, person):
        """Is `owner` a line owner of `person`?"""
        return owner is not None and owner in (self.delivery[person], self.craft[person])

    def looked_at(self, line, i):
        p = self.people[i]
        if line in p["exempt"]:
            return False
        if line == "craft" and i in self.leads_guild and "craft_owner" not in p:
            return False
        return True

    def counted(self, a, b, who):
        """Days after a, up to and with b, on which none of `who` was away."""
        n, d = 0, a + timedelta(1)
        leaves = [iv for i in who for iv in self.people[i]["leaves"]]
        while d <= b:
            if not any(x <= d < y for x, y in leaves):
                n += 1
            d += timedelta(1)
        return n

    # -- items

    def _span_active(self, x, people):
        t = self.as_of
        if "since" in x and day(x["since"]) > t:
            return False
        if "until" in x and day(x["until"]) <= t:
            return False
        return all(self.active_p[i] for i in people)

    def _items(self):
        doc, t = self.doc, self.as_of
        self.meetings = []
        for m in doc.get("meetings", []):
            m = dict(m)
            self._refs(m, self._pa, "owner", "with")
            if "id" not in m:
                m["id"] = m["owner"] + ("--" + m["with"] if "with" in m else "")
            m["kind"] = m.get("kind", "one-on-one")
            if (m["kind"] != "team" and "with" in m and self.line_owner_of(m["with"], m["owner"])
                    and not self.line_owner_of(m["owner"], m["with"])):
                m["owner"], m["with"] = m["with"], m["owner"]
            m["people"] = [m["owner"]] + ([m["with"]] if "with" in m else [])
            m["active"] = self._span_active(m, m["people"])
            jobs = set()
            pu = m.get("purpose")
            if pu == "both":
                jobs |= BOTH
            elif pu:
                jobs.add(pu)
            for topic in m.get("agenda", []):
                if TOPICS[topic]:
                    jobs.add(TOPICS[topic])
            m["jobs"] = frozenset(jobs)
            m["is_1on1"] = (m["active"] and "with" in m and m["with"] in self.scored and m["kind"] != "team"
                            and (m["kind"] == "one-on-one" or self.line_owner_of(m["owner"], m["with"])))
            self.meetings.append(m)
        self.one_on_ones = [m for m in self.meetings if m["is_1on1"]]

        self.conversations = []
        for c in doc.get("conversations", []):
            c = dict(c)
            self._refs(c, self._pa, "owner", "with")
            if "id" not in c:
                c["id"] = "--".join((c["owner"], c["with"], c["kind"], c["raised"]))
            c["raised"] = day(c["raised"])
            if c["raised"] > t:
                continue                      # has not happened yet
            c["due"] = day(c["due"]) if "due" in c else c["raised"] + timedelta(self.pol["grace_days"])
            held = day(c.get("held"))
            c["held"] = held if held and held <= t else None
            dropped = day(c["dropped"]["date"]) if "dropped" in c else None
            c["dropped"] = dropped if dropped and dropped <= t else None
            c["open"] = c["held"] is None and c["dropped"] is None
            c["deferrals"] = len(c.get("deferred_to", []))
            p = self.pol["kinds"][c["kind"]]
            if (self.rd["principal-D301"] == "default" and "principal_d301" in self.pol
                    and c["kind"] not in self.pol["kinds_given"]):
                p = self.pol["principal_d301"]
            c["P"] = p
            self.conversations.append(c)

        self.decisions = []
        for d in doc.get("decisions", []):
            d = dict(d)
            self._refs(d, self._pa, "owner")
            self._refs(d, self._sa, "squad")
            d["raised"] = day(d["raised"])
            if d["raised"] > t:
                continue
            d["reopened"] = [r for r in map(day, d.get("reopened", [])) if r <= t]
            closed = day(d.get("closed"))
            if closed is None or closed > t:
                d["open"] = True
            else:
                d["open"] = bool(d["reopened"]) and d["reopened"][-1] > closed
            due = day(d["due"]) if "due" in d else d["raised"] + timedelta(self.pol["grace_days"])
            if d["open"] and d["reopened"]:
                due = max(due, d["reopened"][-1] + timedelta(self.pol["grace_days"]))
            d["due"] = due
            self.decisions.append(d)

        self.promotions = []
        for x in doc.get("promotions", []):
            x = dict(x)
            self._refs(x, self._pa, "person", "signed_off_by")
            if "id" not in x:
                x["id"] = x["person"] + "--" + x["decided"]
            x["decided"] = day(x["decided"])
            if x["decided"] > t:
                continue
            reviewed = day(x.get("reviewed"))
            x["reviewed"] = reviewed if reviewed and reviewed <= t else None
            self.promotions.append(x)

        self.mentorships = []
        for x in doc.get("mentorships", []):
            x = dict(x)
            self._refs(x, self._pa, "mentor", "mentee")
            if "id" not in x:
                x["id"] = x["mentor"] + "--" + x["mentee"]
            x["active"] = self._span_active(x, [x["mentor"], x["mentee"]])
            self.mentorships.append(x)

    def d301_amount(self, c, at):
        """principal, fees, interest of an overdue conversation as of the day `at`."""
        p = c["P"]
        weeks = self.counted(c["due"], at, [c["with"]]) // 7
        return p, fees_of(p, c["deferrals"], self.pol), interest_of(p, weeks, self.pol)


# ---------------------------------------------------------------- the rules

CLEAR, UNKNOWN = "clear", "unknown"


class F(dict):
    """A factor."""


class Scorer(Model):
    def run(self):
        self.factors, self.answers, self.unknown = [], 0, {}
        self.one_on_one_rules()
        self.craft_rules()
        self.conversation_rules()
        self.delivery_rules()
        self.decision_rules()
        self.squad_rules()
        self.guild_rules()
        self.people_rules()
        self.mentorship_rules()
        return self.report()

    # -- asking

    def ask(self, code, rule, *args):
        """Ask a rule of its subject; True where it gave a factor."""
        if code in self.pol["disable"]:
            return False
        a = rule(*args)
        self.answers += 1
        if a == UNKNOWN:
            self.unknown[code] = self.unknown.get(code, 0) + 1
        elif a != CLEAR:
            self.factors.append(a)
            return True
        return False

    def ask_box(self, codes_rules, *args):
        for code, rule in codes_rules:
            if self.ask(code, rule, *args):
                return

    def ask_absent(self, code):
        self.ask(code, lambda: UNKNOWN)

    def factor(self, code, typ, sid, principal, owner, squad, guild,
               fees=0, interest=0, onset=None, act=None):
        return F(id=f"{code}:{typ}:{sid}", mp=principal + fees + interest, principal_mp=principal, fees_mp=fees,
                 interest_mp=interest, onset=onset.isoformat() if onset else None, owner=self.if_active(owner),
                 squad=squad, guild=guild, act=act, minutes=CODES[code][3])

    def P(self, code):
        return self.pol["principal"][code]

    def about(self, code, typ, sid, person, principal, owner, **kw):
        p = self.people[person]
        return self.factor(code, typ, sid, principal, owner, p.get("squad"), p.get("guild"), **kw)

    def weeks(self, start):
        return (self.as_of - start).days // 7

    # -- 1xx and D302

    def one_on_one_rules(self):
        for m in self.one_on_ones:
            self.ask_box((("D101", self.d101), ("D102", self.d102), ("D103", self.d103), ("D104", self.d104)), m)
            self.ask("D302", self.d302, m)

    def meeting_factor(self, code, m, principal=None, **kw):
        return self.about(code, "meeting", m["id"], m["with"],
                          self.P(code) if principal is None else principal, m["owner"], **kw)

    def d101(self, m):
        w = m["with"]
        if m["jobs"] == BOTH and self.looked_at("delivery", w) and self.looked_at("craft", w):
            return self.meeting_factor("D101", m, act="split:meeting:" + m["id"])
        return CLEAR

    def d102(self, m):
        if "purpose" not in m and not m.get("agenda"):
            return self.meeting_factor("D102", m)
        return CLEAR

    def d103(self, m):
        w = m["with"]
        if m["jobs"] != {"craft"} or not self.looked_at("craft", w):
            return CLEAR
        if self.craft[w] is not None and self.craft[w] == self.delivery[w]:
            return CLEAR
        if self.rated[w] is None:
            return UNKNOWN
        return self.meeting_factor("D103", m) if self.rated[w] == m["owner"] else CLEAR

    def d104(self, m):
        w, o = m["with"], m["owner"]
        if m["jobs"] == {"delivery"} and self.looked_at("delivery", w):
            d = self.delivery[w]
            if d != o and self.is_active(d):
                return self.meeting_factor("D104", m)
        if m["jobs"] == {"craft"} and self.looked_at("craft", w):
            c = self.craft[w]
            if c != o and self.is_active(c) and not any(
                    x["active"] and x["mentor"] == o and x["mentee"] == w for x in self.mentorships):
                return self.meeting_factor("D104", m)
        return CLEAR

    def d302(self, m):
        cancelled = m.get("cancelled_in_a_row", 0)
        every, last, since = every_days(m.get("every")), day(m.get("last_held")), day(m.get("since"))
        later = last is not None and last > self.as_of
        if cancelled < 2 and (every is None or (last is None and since is None) or later):
            return UNKNOWN
        start = last if last is not None else since
        if later and self.rd["last-held-later"] == "since":
            start = since
        by_time = 0
        if every is not None and start is not None:
            by_time = max(0, self.counted(start, self.as_of, m["people"]) - 1) // every
        missed = max(by_time, cancelled)
        if missed < 2:
            return CLEAR

        def units(n):
            return max(0, min(n, self.pol["missed_cap"]) - 1)
        principal = self.P("D302") * units(cancelled)
        return self.meeting_factor("D302", m, principal=principal,
                                   interest=self.P("D302") * units(missed) - principal)

    # -- 2xx

    def craft_rules(self):
        for i in sorted(self.scored):
            if self.looked_at("craft", i):
                self.ask_box((("D201", self.d201), ("D202", self.d202), ("D203", self.d203), ("D204", self.d204)), i)
            self.ask("D205", self.d205, i)

    def squad_lead_of(self, i):
        s = self.people[i].get("squad")
        return self.squads[s].get("lead") if s is not None else None

    def lead_act(self, i):
        p = self.people[i]
        return "name-lead:guild:" + p["guild"] if "guild" in p and "craft_owner" not in p else None

    def missing_since(self, i):
        """The day the owner left, else the day they went away, where that is how they are missing."""
        p = self.people[i]
        if "left" in p and day(p["left"]) <= self.as_of:
            return day(p["left"])
        return self.long_leave(p)

    def d201(self, i):
        if self.craft[i] is None:
            return self.about("D201", "person", i, i, self.P("D201"), self.squad_lead_of(i))
        return CLEAR

    def d202(self, i):
        c = self.craft[i]
        if c is None:
            if self.rd["absent-nobody"] == "factor":
                return self.about("D202", "person", i, i, self.P("D202"), self.squad_lead_of(i))
            return CLEAR
        if not self.active_p[c]:
            return self.about("D202", "person", i, i, self.P("D202"), self.squad_lead_of(i),
                              onset=self.missing_since(c), act=self.lead_act(i))
        return CLEAR

    def d203(self, i):
        c = self.craft[i]
        if c is not None and c == self.delivery[i] and self.looked_at("delivery", i):
            return self.about("D203", "person", i, i, self.P("D203"), c)
        return CLEAR

    def has_1on1(self, i, job):
        return any(m["with"] == i and job in m["jobs"] for m in self.one_on_ones)

    def d204(self, i):
        if self.craft[i] is not None and not self.has_1on1(i, "craft"):
            return self.about("D204", "person", i, i, self.P("D204"), self.craft[i])
        return CLEAR

    def d205(self, i):
        n = sum(1 for q in self.scored if self.craft[q] == i and self.looked_at("craft", q))
        over = n - self.pol["max_craft_span"]
        return self.about("D205", "person", i, i, self.P("D205") * over, i) if over > 0 else CLEAR

    # -- 3xx (but D302)

    def conversation_rules(self):
        if not self.has["conversations"]:
            for _ in self.scored:
                self.ask_absent("D301")
        for c in self.conversations:
            if c["with"] in self.scored:
                self.ask("D301", self.d301, c)
                self.ask("D304", self.d304, c)
        if not self.has["promotions"]:
            self.ask_absent("D303")
        for x in self.promotions:
            if x["person"] in self.scored:
                self.ask("D303", self.d303, x)

    def d301(self, c):
        if not c["open"] or not self.as_of > c["due"]:
            return CLEAR
        p, f, n = self.d301_amount(c, self.as_of)
        owner = c["owner"] if self.active_p[c["owner"]] else self.delivery[c["with"]]
        return self.about("D301", "conversation", c["id"], c["with"], p, owner,
                          fees=f, interest=n, onset=c["due"] + timedelta(1))

    def d303(self, x):
        i = x["person"]
        if not self.looked_at("craft", i) or x["reviewed"] is not None:
            return CLEAR
        if (self.as_of - x["decided"]).days > self.pol["promotion_window_days"]:
            return CLEAR
        s = x.get("signed_off_by")
        if s is None or s == i or (s in (self.delivery[i], self.rated[i]) and s != self.craft[i]):
            p = self.P("D303")
            return self.about("D303", "promotion", x["id"], i, p, self.craft[i],
                              interest=interest_of(p, self.weeks(x["decided"]), self.pol), onset=x["decided"])
        return CLEAR

    def d304(self, c):
        d = self.delivery[c["with"]]
        if (c["open"] and c["kind"] == "performance" and self.looked_at("delivery", c["with"])
                and d is not None and d != c["owner"] and self.active_p[d] and self.active_p[c["owner"]]):
            return self.about("D304", "conversation", c["id"], c["with"], self.P("D304"), d)
        return CLEAR

    # -- 4xx

    def delivery_rules(self):
        for i in sorted(self.scored):
            if self.looked_at("delivery", i):
                self.ask_box((("D401", self.d401), ("D402", self.d402), ("D403", self.d403)), i)
        self.ask("D404", self.d404)

    def d401(self, i):
        if self.delivery[i] is not None:
            return CLEAR
        if any(s.get("lead") == i for s in self.squads.values()) or any(self.delivery[q] == i for q in self.scored):
            return UNKNOWN
        return self.about("D401", "person", i, i, self.P("D401"), None)

    def d402(self, i):
        d = self.delivery[i]
        if d is None:
            if self.rd["absent-nobody"] == "factor":
                return self.about("D402", "person", i, i, self.P("D402"), None)
            return CLEAR
        if not self.active_p[d]:
            return self.about("D402", "person", i, i, self.P("D402"), None, onset=self.missing_since(d))
        return CLEAR

    def d403(self, i):
        if self.delivery[i] is not None and not self.has_1on1(i, "delivery"):
            return self.about("D403", "person", i, i, self.P("D403"), self.delivery[i])
        return CLEAR

    def d404(self):
        hr = self.doc.get("hr_system")
        if hr is None:
            return UNKNOWN
        lacking = len(BOTH - set(hr.get("shows", [])))
        if lacking:
            return self.factor("D404", "portfolio", "portfolio", self.P("D404") * lacking, None, None, None)
        return CLEAR

    # -- 5xx decisions

    def decision_rules(self):
        if not self.has["decisions"]:
            self.ask_absent("D501")
        for d in self.decisions:
            self.ask("D501", self.d501, d)
            self.ask("D502", self.d502, d)

    def d501(self, d):
        if not d["open"] or not self.as_of > d["due"]:
            return CLEAR
        p = self.P("D501")
        return self.factor("D501", "decision", d["id"], p, d["owner"], d.get("squad"), None,
                           interest=interest_of(p, self.weeks(d["due"]), self.pol), onset=d["due"] + timedelta(1))

    def d502(self, d):
        n = sum(1 for r in d["reopened"] if (self.as_of - r).days < self.pol["reopened_window_days"])
        if n:
            return self.factor("D502", "decision", d["id"], self.P("D502") * n, d["owner"], d.get("squad"), None)
        return CLEAR

    # -- D503, 6xx

    def squad_rules(self):
        for sid in sorted(self.squads):
            if self.squad_members[sid]:
                s = self.squads[sid]
                self.ask("D503", self.d503, s)
                self.ask("D601", self.d601, s)
                self.ask("D602", self.d602, s)
                self.ask("D603", self.d603, s)

    def squad_factor(self, code, s, n=1, **kw):
        return self.factor(code, "squad", s["id"], self.P(code) * n, s.get("lead"), s["id"], None, **kw)

    def d503(self, s):
        lead, e = s.get("lead"), s.get("escalates_to")
        if lead is not None and "delivery" in self.people[lead]["exempt"]:
            return CLEAR
        if e is None:
            return self.squad_factor("D503", s) if "escalations" in self.describes else UNKNOWN
        if not self.active_p[e] or e == lead:
            return self.squad_factor("D503", s)
        return CLEAR

    def context_lacks(self, s):
        ctx = s.get("context", {})
        n = 0 if ctx.get("success", "").strip() else 1
        for k in ("constraints", "closed"):
            items = ctx.get(k, [])
            if self.rd["blank-items"] == "missing":
                items = [x for x in items if x.strip()]
            n += 0 if items else 1
        return n

    def d601(self, s):
        if "context" not in s and "context" not in self.describes:
            return UNKNOWN
        n = self.context_lacks(s)
        return self.squad_factor("D601", s, n) if n else CLEAR

    def d602(self, s):
        if "context" not in s and "context" not in self.describes:
            return UNKNOWN
        if self.context_lacks(s):
            return CLEAR
        reviewed = day(s["context"].get("reviewed"))
        if reviewed is not None and reviewed > self.as_of:
            if self.rd["reviewed-later"] == "clear":
                return CLEAR
            reviewed = None
        if reviewed is None:
            return UNKNOWN
        limit = self.pol["context_review_days"]
        if (self.as_of - reviewed).days > limit:
            return self.squad_factor("D602", s, onset=reviewed + timedelta(limit + 1))
        return CLEAR

    def d603(self, s):
        if sum(1 for x in self.squads if self.squad_members[x]) < 2:
            return CLEAR
        lead = s.get("lead")
        if not self.is_active(lead):
            return CLEAR
        others = []
        for m in self.meetings:
            if m["kind"] == "peer" and m["active"] and lead in m["people"]:
                others += [i for i in m["people"] if i != lead]
        if not others:
            return self.squad_factor("D603", s) if "peers" in self.describes else UNKNOWN
        if any(x != self.delivery[lead] and self.delivery[x] != lead for x in others):
            return CLEAR
        return self.squad_factor("D603", s)

    # -- 7xx

    def guild_rules(self):
        for gid in sorted(self.guilds):
            if self.guild_members[gid]:
                g = self.guilds[gid]
                self.ask("D701", self.d701, g)
                self.ask("D702", self.d702, g)

    def lanes(self, g):
        return {x["track"]: {l["level"]: l.get("pay") for l in x.get("levels", [])} for x in g.get("lanes", [])}

    def guild_factor(self, code, g, n=1):
        return self.factor(code, "guild", g["id"], self.P(code) * n, g.get("lead"), None, g["id"])

    def d701(self, g):
        if "lanes" not in g and "lanes" not in self.describes:
            return UNKNOWN
        return CLEAR if "warrant" in self.lanes(g) else self.guild_factor("D701", g)

    def d702(self, g):
        if "lanes" not in g and "lanes" not in self.describes:
            return UNKNOWN
        lanes = self.lanes(g)
        if "warrant" not in lanes or "officer" not in lanes:
            return CLEAR
        war, off = lanes["warrant"], lanes["officer"]
        low = min(war) if war else None
        n, gap = 0, False
        for level, pay in off.items():
            if low is not None and level < low:
                continue
            if level not in war:
                n += 1
            elif pay is None or war[level] is None:
                gap = True
            elif Decimal(str(pay)) > Decimal(str(war[level])):
                n += 1
        if n:
            return self.guild_factor("D702", g, n)
        return UNKNOWN if gap else CLEAR

    def people_rules(self):
        for i in sorted(self.scored):
            self.ask("D703", self.d703, i)

    def d703(self, i):
        p = self.people[i]
        if "track" in p:
            return CLEAR
        if "level" not in p:
            return UNKNOWN
        if p["level"] >= self.pol["track_from_level"]:
            return self.about("D703", "person", i, i, self.P("D703"), self.craft[i])
        return CLEAR

    # -- 8xx

    def mentorship_rules(self):
        if not self.has["mentorships"]:
            self.ask_absent("D801")
        for x in self.mentorships:
            if x["active"] and x["mentee"] in self.scored:
                self.ask("D801", self.d801, x)

    def d801(self, x):
        r = self.rated[x["mentee"]]
        if r is None:
            return UNKNOWN
        if r == x["mentor"]:
            return self.about("D801", "mentorship", x["id"], x["mentee"], self.P("D801"), x["mentor"])
        return CLEAR

    # -- the report

    def written_off(self):
        out = []
        if "D301" in self.pol["disable"]:
            return out
        for c in self.conversations:
            if self.external[c["with"]]:
                continue
            left = day(self.people[c["with"]].get("left"))
            if c["dropped"] is not None:
                on, how = c["dropped"], "dropped"
            elif c["open"] and left is not None and left <= self.as_of and c["raised"] <= left:
                on, how = left, "left"
            else:
                continue
            if on > c["due"]:
                out.append({"id": "D301:conversation:" + c["id"], "mp": sum(self.d301_amount(c, on)),
                            "on": on.isoformat(), "how": how})
        out.sort(key=lambda x: (-x["mp"], x["id"]))
        return out

    def set_aside(self):
        n = {"exempt": 0, "external": 0, "away": 0}
        for i, p in self.people.items():
            if "started" in p and day(p["started"]) > self.as_of:
                continue
            if "left" in p and day(p["left"]) <= self.as_of:
                continue
            if self.external[i]:
                n["external"] += 1
            elif not self.active_p[i]:
                n["away"] += 1
            elif p["exempt"]:
                n["exempt"] += 1
        return n

    def report(self):
        total, people = sum(f["mp"] for f in self.factors), len(self.scored)
        if not people:
            raise ValueError("nobody is scored: there is nothing to score")
        grade = "E"
        for g in ("d", "c", "b", "a"):
            if total <= self.pol["grades"][g] * people:
                grade = g.upper()
        self.factors.sort(key=lambda f: (-f["mp"], f["id"]))

        def by(key):
            out = {}
            for f in self.factors:
                k = key(f)
                out["" if k is None else k] = out.get("" if k is None else k, 0) + f["mp"]
            return dict(sorted(out.items()))
        return {
            "as_of": self.as_of.isoformat(), "people": people, "score_mp": total, "grade": grade,
            "factors": [dict(f) for f in self.factors],
            "coverage": {"answers": self.answers, "unknown": sum(self.unknown.values()),
                         "unknown_by_rule": dict(sorted(self.unknown.items())), "set_aside": self.set_aside()},
            "written_off": self.written_off(),
            "by_rule": by(lambda f: f["id"][:4]),
            "by_group": by(lambda f: CODES[f["id"][:4]][1]),
            "by_squad": by(lambda f: f["squad"]),
            "by_guild": by(lambda f: f["guild"]),
            "by_owner": by(lambda f: f["owner"]),
        }


def score(portfolio, policy, as_of, readings=None):
    """policy None: the portfolio's own (or the defaults)."""
    raw = policy if policy is not None else (portfolio.get("policy") or {})
    rd = dict(DEFAULT_READINGS)
    rd.update(readings or {})
    return Scorer(portfolio, read_policy(raw), as_of, rd).run()


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f, parse_float=Decimal)


def main(argv=None):
    ap = argparse.ArgumentParser()
    ap.add_argument("portfolio")
    ap.add_argument("--as-of")
    ap.add_argument("--policy")
    ap.add_argument("--reading", action="append", default=[], metavar="NAME=VALUE")
    a = ap.parse_args(argv)
    doc = load(a.portfolio)
    pol = load(a.policy) if a.policy else None
    if pol is not None and doc.get("policy") is not None:
        sys.exit("oracle: a policy in the portfolio and with --policy: never both")
    readings = {}
    for r in a.reading:
        k, v = r.split("=", 1)
        if k not in DEFAULT_READINGS:
            sys.exit(f"oracle: no reading {k}; there are {', '.join(DEFAULT_READINGS)}")
        readings[k] = v
    t = a.as_of or doc.get("as_of")
    if t is None:
        sys.exit("oracle: no as_of in the portfolio: give --as-of")
    try:
        out = score(doc, pol, day(t), readings)
    except ValueError as e:
        sys.exit(f"oracle: {e}")
    json.dump(out, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
