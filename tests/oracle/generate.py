#!/usr/bin/env python3
"""Random VALID portfolios (JSON) for differential tests.

    generate.py --seed N [--people K] [--plain]                     one, to stdout
    generate.py --seed N --count M --out DIR [--people K] [--plain]  DIR/p-SEED.json, seeds N .. N+M-1

--plain leaves out what doubts.md calls doubtful (see there, "What --plain avoids").
The same arguments give the same bytes.
"""
import argparse
import json
import os
import random
import sys
from datetime import date, timedelta

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import oracle  # only for who owns what, and for "is anybody scored"

FIRST = ("ana bo cy dee eve fay gus hal ida jon kim lea max nia oda pia quin ros sam tom una vic wes xia yan zoe "
         "Abe BEA Cal Dot").split()
ODD = ["x-1", "7of9", "a.b@c.example", "Bo_2", "007", "1e5", "no", "null", "true", "2026-01-01", "A", "a", "Z-",
       "q--r", "q", "r", "a" * 60, "0", "e.", "n_o@x"]
SQUADS = ["ledger", "Vault", "ops", "web-1", "b2b", "10", "zeta", "api.v2", "Core"]
GUILDS = ["backend", "Design", "sre", "data", "qa@eu", "20"]
TOPICS_D = ["blockers", "commitments", "priorities", "resourcing", "performance", "escalations", "rating"]
TOPICS_C = ["skill-depth", "standards", "career-lane", "track-choice", "craft-feedback", "promotion"]
TOPICS_N = ["wellbeing", "logistics", "other"]
KINDS = ["performance", "promotion", "exit-risk", "role", "pay", "conflict", "feedback", "other"]
TYPE = {"1": "meeting", "2": "person", "6": "squad", "8": "mentorship"}
TYPES = {"D301": "conversation", "D302": "meeting", "D303": "promotion", "D304": "conversation",
         "D401": "person", "D402": "person", "D403": "person", "D404": "portfolio",
         "D501": "decision", "D502": "decision", "D503": "squad",
         "D701": "guild", "D702": "guild", "D703": "person"}
# keys marked `?`, which may be written as null when they are left out
OPTIONAL = {
    "top": ["version", "name", "describes", "squads", "guilds", "meetings", "conversations", "decisions", "promotions",
            "mentorships", "hr_system", "acknowledgements", "policy"],
    "people": ["name", "title", "squad", "guild", "delivery_owner", "craft_owner", "rated_by", "level", "track", "started",
               "left", "away", "external", "exempt", "aliases"],
    "squads": ["name", "escalates_to", "context"],
    "context": ["success", "constraints", "closed", "reviewed"],
    "guilds": ["name", "lanes"],
    "meetings": ["id", "title", "kind", "purpose", "agenda", "every", "last_held", "cancelled_in_a_row", "since", "until"],
    "conversations": ["id", "topic", "due", "deferred_to", "held", "dropped"],
    "decisions": ["squad", "due", "closed", "reopened"],
    "promotions": ["id", "signed_off_by", "reviewed"],
    "mentorships": ["id", "topic", "since", "until"],
    "hr_system": ["name"],
}


class Gen:
    def __init__(self, seed, people=None, plain=False):
        self.r = random.Random(f"debt-{seed}-{people}-{plain}")
        self.plain = plain
        self.K = people
        self.healthy = self.p(0.3)      # a well-kept organisation, so that the good grades occur too
        self.seed = seed

    # -- tools

    def p(self, x):
        return self.r.random() < x

    def pick(self, xs):
        return self.r.choice(list(xs))

    def d(self, n):
        """the day n days after as_of"""
        return self.t + timedelta(n)

    def back(self, far=400):
        """days before as_of, boundaries first; 0 or more"""
        c = self.r.random()
        if c < 0.2:
            return self.pick([0, 1, 2])
        if c < 0.5:
            return max(0, 7 * self.r.randint(0, 20) + self.pick([-1, 0, 0, 1]))
        if c < 0.65:
            g = self.pol_n
            return max(0, self.pick([g["grace_days"], g["context_review_days"], g["promotion_window_days"],
                                     g["reopened_window_days"], g["away_grace_days"], 30, 31]) + self.pick([-1, 0, 1]))
        return self.r.randint(0, far)

    def ref(self, i):
        """a person's id, or one of their aliases"""
        al = self.alias.get(i)
        return self.pick(al) if al and self.p(0.35) else i

    def sref(self, i):
        al = self.salias.get(i)
        return self.pick(al) if al and self.p(0.4) else i

    def gref(self, i):
        al = self.galias.get(i)
        return self.pick(al) if al and self.p(0.4) else i

    def fresh(self, used, stem):
        n = 1
        x = stem
        while x in used:
            n += 1
            x = f"{stem}.{n}"
        used.add(x)
        return x

    def iso(self, x):
        return x.isoformat()

    # -- policy

    def dec(self, hi, places):
        c = self.r.random()
        if c < 0.3:
            return self.r.randint(0, int(hi))
        v = round(self.r.uniform(0, hi), places)
        if c < 0.5:
            v = round(v, 1)
        return int(v) if v == int(v) and self.p(0.7) else v

    def policy(self):
        n = {"grace_days": 14, "max_craft_span": 15, "missed_cap": 5, "away_grace_days": 30, "promotion_window_days": 365,
             "reopened_window_days": 180, "context_review_days": 90, "track_from_level": 4}
        self.pol_n = n
        if self.p(0.35):
            return self.pick([None, {}, {"version": 1}])
        r, pol = self.r, {}
        if self.p(0.3):
            pol["version"] = 1
        if self.p(0.5):
            codes = [c for c in oracle.CODES if c != "D301"]
            pol["principal"] = {c: self.pick([0.333, 0.5, 1, 2.125, 10, self.dec(9, 3), self.dec(1000, 3), 0])
                                for c in r.sample(codes, r.randint(1, 9))}
            if self.p(0.2):
                pol["principal"][self.pick(codes)] = None
        if self.p(0.4):
            pol["conversations"] = {k: self.pick([0.333, 1.001, 7, self.dec(20, 3), self.dec(1000, 3)])
                                    for k in r.sample(KINDS, r.randint(1, 4))}
        if self.p(0.5):
            pol["interest"] = {}
            if self.p(0.8):
                pol["interest"]["weekly_percent"] = self.pick([5, 2.5, 7.25, 0, 0.01, 100, 12.34, 3.33, self.dec(30, 2)])
            if self.p(0.7):
                pol["interest"]["cap"] = self.pick([1, 2, 3, 5, 8, 100, None])
        if self.p(0.5):
            pol["fees"] = {}
            if self.p(0.8):
                pol["fees"]["deferral_percent"] = self.pick([25, 33.33, 0, 100, 12.5, 0.01, self.dec(100, 2)])
            if self.p(0.7):
                pol["fees"]["max"] = r.randint(1, 6) if self.plain or self.p(0.9) else 0

        def num(k, vals):
            if self.p(0.3):
                v = self.pick(vals)
                pol[k] = v
                if v is not None:
                    n[k] = v
        num("grace_days", [0, 1, 7, 14, 21, 30, 90, None])
        num("missed_cap", [2, 3, 4, 5, 10, 50])
        num("away_grace_days", [0, 1, 7, 29, 30, 31, 60])
        num("promotion_window_days", [1, 30, 90, 365, 1000])
        num("reopened_window_days", [1, 7, 30, 180, 365])
        num("context_review_days", [0, 1, 30, 90, 365])
        num("track_from_level", [1, 3, 4, 5, 20])
        if self.p(0.45):
            pol["max_craft_span"] = n["max_craft_span"] = self.pick([1, 1, 1, 2, 2, 3, 5])
        if self.p(0.25):
            pol["disable"] = r.sample(list(oracle.CODES), r.randint(0, 6))
        if self.p(0.3):
            g = sorted(r.sample(range(0, 12000), 4))
            pol["grades"] = dict(zip("abcd", [x // 1000 if x % 1000 == 0 else x / 1000 for x in g]))
        if self.p(0.2):
            for k in ("principal", "conversations", "interest", "fees", "grace_days", "disable", "grades", "version"):
                if k not in pol and self.p(0.3):
                    pol[k] = None
        return pol

    # -- people, squads, guilds

    def leaves(self):
        r, g = self.r, self.pol_n["away_grace_days"]
        out = []
        for _ in range(r.choice([1, 1, 1, 2, 3])):
            n = max(1, self.pick([1, 3, 7, 14, 20, 29, 30, 31, g - 1, g, g + 1, 60, 120]))
            c = r.random()
            if c < 0.15:
                a = 0                                   # begins today
            elif c < 0.25:
                a = 1                                   # begins tomorrow
            elif c < 0.4:
                a = -n                                  # today is the first day back
            elif c < 0.5:
                a = -n + 1                              # tomorrow is the first day back
            elif c < 0.6:
                a = -r.randint(0, n)                    # covers today, perhaps
            else:
                a = r.randint(-400, 60)
            gap = 1 if self.plain else 0                # plain: no leave that begins the day another ends
            if all(a + n + gap <= x or y + gap <= a for x, y in out):
                out.append((a, a + n))
        r.shuffle(out)
        return [{"from": self.iso(self.d(a)), "until": self.iso(self.d(b))} for a, b in out]

    def make_people(self):
        r = self.r
        n = self.K or self.pick([2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25])
        pool = FIRST[:] + (r.sample(ODD, r.randint(0, min(6, len(ODD)))) if self.p(0.6) else [])
        r.shuffle(pool)
        while len(pool) < n:
            pool.append(f"p{len(pool)}")
        self.ids = pool[:n]
        used = set(self.ids)
        self.alias, self.salias, self.galias = {}, {}, {}
        for i in self.ids:
            if self.p(0.2):
                self.alias[i] = [self.fresh(used, f"old-{i}") for _ in range(r.choice([1, 1, 2]))]
        self.squads = r.sample(SQUADS, r.randint(1, 5))
        self.guilds = r.sample(GUILDS, r.randint(1, 4))
        if self.p(0.1) and self.ids[0] not in self.squads and len(self.ids[0]) < 50:
            self.squads[0] = self.ids[0]                # an id may be used in two sections
        for xs, al in ((self.squads, self.salias), (self.guilds, self.galias)):
            used = set(xs)
            for x in xs:
                if self.p(0.15):
                    al[x] = [self.fresh(used, "was-" + x)]
        gone = 0 if self.healthy and self.p(0.7) else r.choice([0, 0.05, 0.15, 0.3])           # how much of this organisation is in motion
        leavy = r.choice([0, 0.1, 0.3])
        people = []
        for i in self.ids:
            p = {"id": i}
            if self.p(0.4):
                p["name"] = self.pick(["Ana Souza", "Žofie Ö", "李雷", "O'Neil", "x: y # z", "Bo"])
            if self.p(0.2):
                p["title"] = self.pick(["Staff engineer", "Coach", "VP"])
            if self.p(1 if self.healthy else 0.85):
                p["squad"] = self.sref(self.pick(self.squads))
            if self.p(1 if self.healthy else 0.8):
                p["guild"] = self.gref(self.pick(self.guilds))
            others = [x for x in self.ids if x != i]
            if self.p(0.12):
                p["delivery_owner"] = self.ref(self.pick(others))
            if self.p(0.12):
                p["craft_owner"] = self.ref(self.pick(others))
            if self.p(0.1):
                p["rated_by"] = self.ref(self.pick(others))
            if self.p(0.65):
                p["level"] = self.pick([1, 2, 3, 4, 5, 6, 7, 20, max(1, self.pol_n["track_from_level"] - 1),
                                        self.pol_n["track_from_level"]])
            if self.p(0.9 if self.healthy else 0.45):
                p["track"] = self.pick(["warrant", "officer"])
            if self.p(0.25):
                p["started"] = self.iso(self.d(-r.randint(30, 900)))
            if self.p(gone):
                p["started"] = self.iso(self.d(self.pick([-1, 0, 1, 1, 30])))
            if self.p(gone):
                left = self.d(self.pick([-1, 0, 1, 1, 40, -r.randint(2, 200), -r.randint(2, 200)]))
                if "started" in p and date.fromisoformat(p["started"]) > left:
                    p["started"] = self.iso(left - timedelta(self.pick([0, 1, 300])))
                p["left"] = self.iso(left)
            if self.p(leavy):
                p["away"] = self.leaves()
            elif self.p(0.05):
                p["away"] = []
            if self.p(0.07):
                p["external"] = True
            elif self.p(0.03):
                p["external"] = False
            if self.p(0.1):
                p["exempt"] = {k: "sole lawyer" for k in self.pick([["craft"], ["delivery"], ["craft", "delivery"], []])}
            if i in self.alias:
                p["aliases"] = list(self.alias[i])
            elif self.p(0.03):
                p["aliases"] = []
            people.append(p)
        return people

    def leader(self, key, x):
        """mostly a member"""
        table = self.salias if key == "squad" else self.galias
        mine = [p["id"] for p in self.people if p.get(key) in [x] + table.get(x, [])]
        return self.pick(mine) if mine and self.p(0.6) else self.pick(self.ids)

    def make_squads(self):
        out = []
        for x in self.squads:
            s = {"id": x, "lead": self.leader("squad", x)}
            lead = s["lead"]
            s["lead"] = self.ref(lead)
            if self.p(0.3):
                s["name"] = "Squad " + x
            if self.p(0.75):
                s["escalates_to"] = self.ref(lead if self.p(0.08) else self.pick(self.ids))
            if self.p(0.7):
                c = {}
                full = self.p(0.9 if self.healthy else 0.55)
                if full or self.p(0.6):
                    c["success"] = "In under a minute" if full or self.p(0.7) else self.pick(["", "  ", " \t"])
                if full or self.p(0.6):
                    c["constraints"] = ["No card data", "b"][:self.r.randint(1, 2)] if full or self.p(0.6) else []
                if full or self.p(0.6):
                    c["closed"] = ["PostgreSQL"] if full or self.p(0.6) else []
                if not self.plain and self.p(0.04):
                    c[self.pick(["constraints", "closed"])] = self.pick([["  "], [""], ["", "x"]])
                if self.p(0.75):
                    c["reviewed"] = self.iso(self.d(-self.back(300)))
                s["context"] = c
                self.nulls("context", c)
            if x in self.salias:
                s["aliases"] = list(self.salias[x])
            out.append(s)
        return out

    def lead_two(self, squads):
        """somebody without a squad leads two of them: the first by id counts"""
        free = [p["id"] for p in self.people if "squad" not in p]
        if free and len(squads) > 1 and self.p(0.6):
            i = self.pick(free)
            for s in self.r.sample(squads, 2):
                s["lead"] = self.ref(i)
        return squads

    def make_guilds(self):
        out, r = [], self.r
        for x in self.guilds:
            g = {"id": x, "lead": self.ref(self.leader("guild", x))}
            if self.p(0.3):
                g["name"] = "Guild " + x
            if self.p(0.75):
                lanes = []
                for track in self.pick([[], ["warrant"], ["officer"]] + [["warrant", "officer"]] * 6):
                    lv = sorted(r.sample(range(1, 9), r.choice([0, 1, 2, 3, 4])))
                    levels = []
                    for k in lv:
                        e = {"level": k, "pay": 80 + 10 * k + r.choice([0, 0, 0, 5, -5])}
                        if self.p(0.06):
                            e["pay"] = 0
                        if self.p(0.12):
                            del e["pay"]
                            if self.p(0.3):
                                e["pay"] = None
                        levels.append(e)
                    if self.p(0.3):
                        r.shuffle(levels)
                    lanes.append({"track": track, "levels": levels})
                if len(lanes) == 2 and self.p(0.35):            # the same lane twice, nearly
                    lanes[1]["levels"] = [dict(e) for e in lanes[0]["levels"]]
                    if lanes[1]["levels"] and self.p(0.5):
                        lanes[1]["levels"].pop(r.randrange(len(lanes[1]["levels"])))
                if self.p(0.3):
                    r.shuffle(lanes)
                g["lanes"] = lanes
            if x in self.galias:
                g["aliases"] = list(self.galias[x])
            out.append(g)
        return out

    # -- items

    def few(self):
        return 1 if self.healthy and self.p(0.8) else 0

    def two(self):
        a, b = self.r.sample(self.ids, 2)
        return a, b

    def agenda(self, purpose):
        a = []
        if purpose in ("delivery", None, "both"):
            a += self.r.sample(TOPICS_D, self.r.randint(0, 2))
        if purpose in ("craft", None, "both"):
            a += self.r.sample(TOPICS_C, self.r.randint(0, 2))
        if self.p(0.3):
            a += self.r.sample(TOPICS_N, self.r.randint(1, 2))
        if self.p(0.12):
            extra = self.pick(TOPICS_D + TOPICS_C)
            if extra not in a:
                a.append(extra)
        self.r.shuffle(a)
        return a

    def span(self, x, prob=0.25):
        """since / until, around as_of"""
        if self.p(prob):
            x["since"] = self.d(self.pick([1, 0, -1]) if self.p(0.2) else -self.back())
        if self.p(prob * 0.6):
            x["until"] = self.d(self.pick([-1, 0, 1, 1, 1, 30, 200, 200, -60]))
            if "since" in x and x["until"] < x["since"]:
                x["until"] = x["since"] + timedelta(self.pick([0, 1, 300]))
        for k in ("since", "until"):
            if k in x:
                x[k] = self.iso(x[k])

    def meeting(self, owner, with_, purpose, kind=None):
        m, r = {"owner": owner}, self.r
        if with_ is not None:
            m["with"] = with_
        if with_ is not None and self.p(0.12):                  # from the other side
            m["owner"], m["with"] = m["with"], m["owner"]
        kind = kind or ("one-on-one" if self.p(0.85) else self.pick(["skip-level", "peer", "other"]))
        if kind != "one-on-one" or self.p(0.3):
            m["kind"] = kind
        if self.p(0.2):
            m["title"] = self.pick(["Bo / Ana", "weekly", "Ünï"])
        c = r.random()
        if c < 0.7:
            if purpose:
                m["purpose"] = purpose
            if self.p(0.35):
                m["agenda"] = self.agenda(purpose)
        elif c < 0.85:
            m["agenda"] = self.agenda(purpose)
        elif c < 0.9:
            m["agenda"] = []
        if self.p(0.75):
            m["every"] = self.pick(["weekly", "weekly", "biweekly", "monthly", "quarterly", "10d", "1d", "366d", "3w", "1w", "52w"])
        self.span(m)
        if self.p(0.7):
            e = oracle.every_days(m.get("every")) or 7
            if self.p(0.7):
                m["last_held"] = self.iso(self.d(-max(0, e * r.randint(0, 4 if e < 200 else 2) + 1 + self.pick([-1, 0, 0, 1, 3]))))
            else:
                m["last_held"] = self.iso(self.d(-self.back(200)))
        if self.p(0.3):
            m["cancelled_in_a_row"] = self.pick([0, 1, 1, 2, 2, 3, 4, 5, 6, 12])
        return m

    def good_meeting(self, owner, with_, purpose):
        m = {"owner": owner, "with": with_, "purpose": purpose, "every": self.pick(["weekly", "biweekly", "monthly"])}
        m["last_held"] = self.iso(self.d(-self.r.randint(0, 14)))
        return m

    def make_meetings(self, model):
        out, r = [], self.r
        care = 1.0 if self.healthy else r.choice([0.3, 0.6, 0.9])
        for i in self.ids:
            dl, cr = model.delivery[i], model.craft[i]
            if dl and self.p(care):
                out.append(self.good_meeting(dl, i, "delivery") if self.healthy else
                           self.meeting(dl, i, self.pick(["delivery"] * 6 + ["both", "craft", None])))
            if cr and self.p(care):
                out.append(self.good_meeting(cr, i, "craft") if self.healthy else
                           self.meeting(cr, i, self.pick(["craft"] * 6 + ["both", "delivery", None])))
            if self.p(0.05 if self.healthy else 0.2):
                o = self.pick([x for x in self.ids if x != i])
                out.append(self.meeting(o, i, self.pick(["craft", "craft", "delivery", "both", None])))
            rb = model.rated[i]
            if rb and not self.healthy and self.p(0.12):
                out.append(self.meeting(rb, i, "craft"))
        leads = sorted({s["lead"] for s in model.squads.values()})
        for a in leads:
            if self.p(0.6):
                c = r.random()
                if c < 0.3 and model.delivery[a]:
                    b = model.delivery[a]
                elif c < 0.5:
                    b = self.pick([x for x in self.ids if model.delivery[x] == a] or self.ids)
                else:
                    b = self.pick(leads)
                if a != b:
                    out.append(self.meeting(a, b, None, kind="peer"))
        for _ in range(r.choice([0, 0, 1, 2])):
            a, b = self.two()
            kind = self.pick(["team", "other", "other", "skip-level", "peer"])
            out.append(self.meeting(a, None if kind == "team" or kind == "other" and self.p(0.5) else b,
                                    self.pick(["delivery", "craft", None]), kind=kind))
        # derived ids first, then references by alias
        used = set()
        r.shuffle(out)
        for m in out:
            derived = m["owner"] + ("--" + m["with"] if "with" in m else "")
            self.give_id(m, derived, used, "m")
            m["owner"] = self.ref(m["owner"])
            if "with" in m:
                m["with"] = self.ref(m["with"])
        self.settle(out, used)
        return out

    def give_id(self, x, derived, used, stem, prob=0.4):
        """an explicit id now and then; `_d` remembers the derived one"""
        if self.p(prob) or derived in used or len(derived) > 120:
            x["id"] = self.fresh(used, f"{stem}{self.r.randint(1, 60)}" if self.p(0.8) or derived in used else derived)
        else:
            used.add(derived)

    def settle(self, out, used):
        for x in out:
            if self.p(0.08):
                x["aliases"] = [self.fresh(used, f"former-{self.r.randint(1, 99)}")]

    def make_conversations(self, model):
        out, r = [], self.r
        for _ in range(self.few() or r.choice([1, 2, 3, 4, 6, 8, max(1, len(self.ids) // 2)])):
            a, b = self.two()
            out_ = [i for i in self.ids if model.external[i]]
            if out_ and self.p(0.25):
                b = self.pick(out_)
                a = self.pick([i for i in self.ids if i != b])
            elif self.p(0.4) and model.delivery[b]:
                a = model.delivery[b]
            elif self.p(0.1) and model.craft[b]:
                a = model.craft[b]
            c = {"kind": self.pick(KINDS + ["performance", "performance"]), "owner": a, "with": b}
            left = model.people[b].get("left")
            if left and self.p(0.7):                            # around the day they left
                left = date.fromisoformat(left)
                raised = min(self.t, left + timedelta(self.pick([-200, -60, -30, -15, -14, -1, 0, 1])))
            else:
                raised = self.d(-self.back(500))
            grace = self.pol_n["grace_days"]
            due = raised + timedelta(grace)
            if self.p(0.55):
                # the due day at a boundary from as_of
                due = max(raised, self.pick([self.d(-self.back(300)), self.d(1), self.d(0), self.d(-1), self.d(40),
                                             self.d(-7 * r.randint(1, 30)), raised, raised + timedelta(1)]))
                c["due"] = self.iso(due)
            elif self.p(0.4) and not left:
                raised = self.d(-max(0, grace + self.pick([-1, 0, 1, 7, 14, 70, 7 * r.randint(1, 40)])))
                due = raised + timedelta(grace)
            if model.people[b].get("leaves") and not left and self.p(0.7):
                want = 7 * r.randint(1, 25) + self.pick([0, 0, -1])
                for n in range(600):
                    if model.counted(self.d(-n), self.t, [b]) == want:
                        due = self.d(-n)
                        raised, c["due"] = due - timedelta(r.randint(0, 20)), self.iso(due)
                        break
            c["raised"] = self.iso(raised)
            if self.p(0.35):
                d, ds = (due if "due" in c else raised), []
                for _ in range(r.choice([1, 1, 2, 3, 4, 5, 7])):
                    d += timedelta(self.pick([1, 7, 14, 30]))
                    ds.append(self.iso(d))
                c["deferred_to"] = ds
            elif self.p(0.05):
                c["deferred_to"] = []
            end = lambda: max(raised, min(self.t, self.pick([self.t, self.d(-1), due, due + timedelta(1), due + timedelta(8),
                                                            raised, due + timedelta(r.randint(0, 200))])))
            x = r.random()
            if x < 0.12:
                c["held"] = self.iso(end())
            elif x < (0.7 if model.external[b] else 0.27):
                c["dropped"] = {"date": self.iso(end()), "reason": "moved guilds"}
            if self.p(0.3):
                c["topic"] = "Staff-plus case"
            out.append(c)
        used = set()
        for c in out:
            self.give_id(c, "--".join((c["owner"], c["with"], c["kind"], c["raised"])), used, "c")
            c["owner"], c["with"] = self.ref(c["owner"]), self.ref(c["with"])
        self.settle(out, used)
        return out

    def make_decisions(self):
        out, r, used = [], self.r, set()
        for _ in range(self.few() or r.choice([1, 1, 2, 3, 4])):
            raised = self.d(-self.back(500))
            if self.p(0.2):
                raised = self.d(-(self.pol_n["grace_days"] + self.pick([0, 1, 2, 7, 8, 70])))
            d = {"id": self.fresh(used, self.pick(["vendor", "Pick-DB", "d1", "10"])), "title": "Leave vendor X",
                 "owner": self.ref(self.pick(self.ids)), "raised": self.iso(raised)}
            if self.p(0.6):
                d["squad"] = self.sref(self.pick(self.squads))
            if self.p(0.5):
                d["due"] = self.iso(max(raised, self.pick([raised, self.d(-1), self.d(0), self.d(1), self.d(-self.back(300)),
                                                           self.d(60)])))
            if self.p(0.5):
                closed = max(raised, self.d(-self.back(300)))
                d["closed"] = self.iso(closed)
                if self.p(0.7):
                    w = self.pol_n["reopened_window_days"]
                    days = {closed, closed + timedelta(1), self.t, self.d(-1), self.d(-w), self.d(-w + 1), self.d(-w - 1),
                            self.d(-self.pol_n["grace_days"]), self.d(-self.pol_n["grace_days"] - 1),
                            self.d(-self.back()), self.d(-self.back()), closed - timedelta(1), raised}
                    days = sorted(x for x in days if raised <= x <= self.t)
                    if days:
                        d["reopened"] = [self.iso(x) for x in sorted(r.sample(days, min(len(days), r.choice([1, 1, 2, 3, 4]))))]
                elif self.p(0.1):
                    d["reopened"] = []
            out.append(d)
        self.settle(out, used)
        return out

    def make_promotions(self, model):
        out, r, used = [], self.r, set()
        for _ in range(self.few() or r.choice([1, 1, 2, 3, 4])):
            i = self.pick(self.ids)
            w = self.pol_n["promotion_window_days"]
            dec = self.d(-self.pick([0, 1, 7, w - 1, w, w, w + 1, self.back(365), r.randint(0, w)]))
            x = {"person": i, "to": "Staff engineer", "decided": self.iso(dec)}
            s = self.pick([None, None, i, model.delivery[i], model.rated[i], model.craft[i], self.pick(self.ids)])
            if model.rated[i] not in (None, model.delivery[i]) and self.p(0.6):
                s = model.rated[i]
            if s:
                x["signed_off_by"] = self.ref(s)
            if self.p(0.15):
                x["reviewed"] = self.iso(min(self.t, dec + timedelta(r.choice([0, 1, 30, 900]))))
            self.give_id(x, i + "--" + x["decided"], used, "pr")
            x["person"] = self.ref(i)
            out.append(x)
        self.settle(out, used)
        return out

    def make_mentorships(self, model):
        out, r, used = [], self.r, set()
        for _ in range(r.choice([1, 2, 3, 4])):
            a, b = self.two()
            if self.p(0.4) and model.rated[b]:
                a = model.rated[b]
            x = {"mentor": a, "mentee": b}
            if self.p(0.3):
                x["topic"] = "System design"
            self.span(x, 0.4)
            self.give_id(x, a + "--" + b, used, "ms")
            x["mentor"], x["mentee"] = self.ref(a), self.ref(b)
            out.append(x)
        # a mentor who holds a craft 1:1 without being the craft owner (D104)
        for m in getattr(self, "meetings", []):
            o, w = model._pa[m["owner"]], model._pa.get(m.get("with"))
            if m.get("purpose") == "craft" and w and self.p(0.7 if o != model.craft[w] else 0.1):
                if w != o:
                    x = {"mentor": o, "mentee": w}
                    if self.p(0.4):
                        x[self.pick(["since", "until"])] = self.iso(self.d(self.pick([0, 1, -30])))
                    self.give_id(x, o + "--" + w, used, "ms")
                    out.append(x)
        self.settle(out, used)
        return out

    def make_acks(self, doc):
        try:
            ids = [f["id"] for f in oracle.score(doc, None, self.t)["factors"]]
        except ValueError:
            ids = []
        code = self.pick(list(oracle.CODES))
        typ = TYPES.get(code) or TYPE[code[1]]
        ids = self.r.sample(ids, min(len(ids), 2)) + [f"{code}:{typ}:" + ("portfolio" if typ == "portfolio" else "not-there")]
        out = []
        for i in sorted(set(ids)):
            on = self.d(-self.r.randint(0, 50))
            out.append({"finding": i, "reason": "Cy joins", "named_on": self.iso(on),
                        "through": self.iso(on + timedelta(self.pick([0, 1, 15, 30, 31])))})
        return out

    # -- all of it

    def nulls(self, section, x):
        """What is left out may be written as null."""
        if self.p(0.15):
            for k in OPTIONAL[section]:
                if k not in x and self.p(0.4):
                    x[k] = None

    def section(self, doc, key, make, absent=0.1):
        c = self.r.random()
        if c < absent:
            if self.p(0.3):
                doc[key] = None
        elif c < absent + 0.06:
            doc[key] = []
        else:
            doc[key] = make()

    def build(self):
        r = self.r
        self.t = date(2026, 1, 1) + timedelta(r.randint(0, 700))
        if self.p(0.1):
            self.t = self.pick([date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31), date(2027, 1, 1)])
        doc = {}
        if self.p(0.5):
            doc["version"] = 1
        if self.p(0.5):
            doc["name"] = "Payments"
        doc["as_of"] = self.iso(self.t)
        if self.p(0.6):
            doc["describes"] = r.sample(["context", "escalations", "peers", "lanes"], r.randint(0, 4))
        pol = self.policy()
        self.people = doc["people"] = self.make_people()
        doc["squads"] = self.lead_two(self.make_squads())
        doc["guilds"] = self.make_guilds()

        def model():
            return oracle.Model(doc, oracle.read_policy(pol), self.t, oracle.DEFAULT_READINGS)
        m = model()
        if self.plain:
            for p in self.people:
                if m.delivery[p["id"]] is not None:
                    p.pop("external", None)
            m = model()
        nobody = dict(oracle.DEFAULT_READINGS, external="flag")
        if not oracle.Model(doc, oracle.read_policy(pol), self.t, nobody).scored:
            for k in ("started", "left", "away", "external"):
                self.people[0].pop(k, None)
            m = model()
        self.section(doc, "meetings", lambda: self.make_meetings(m), 0.03)
        self.meetings = doc.get("meetings") or []
        self.section(doc, "conversations", lambda: self.make_conversations(m))
        self.section(doc, "decisions", self.make_decisions)
        self.section(doc, "promotions", lambda: self.make_promotions(m))
        self.section(doc, "mentorships", lambda: self.make_mentorships(m))
        if self.p(0.75):
            doc["hr_system"] = {"shows": ["delivery", "craft"] if self.healthy and self.p(0.8) else self.pick([[], ["delivery"], ["craft"], ["delivery", "craft"], ["craft", "delivery"]])}
            if self.p(0.5):
                doc["hr_system"]["name"] = "PeopleBase"
        for s in ("people", "squads", "guilds", "meetings", "conversations", "decisions", "promotions", "mentorships"):
            for x in doc.get(s) or []:
                self.nulls(s, x)
        if doc.get("hr_system"):
            self.nulls("hr_system", doc["hr_system"])
        if pol is not None or self.p(0.1):
            doc["policy"] = pol
        if isinstance(pol, dict) and pol and self.p(0.4):
            o = oracle.score(doc, None, self.t)
            each, rest = divmod(o["score_mp"], o["people"])
            if not rest and each >= 10:
                g = self.pick([[each, each + 1, each + 500, each + 501], [each - 2, each, each + 3, each + 4],
                               [each - 4, each - 3, each, each + 1], [each - 6, each - 5, each - 1, each]])
                pol["grades"] = {k: x // 1000 if x % 1000 == 0 else x / 1000 for k, x in zip("abcd", g)}
        if self.p(0.25):
            doc["acknowledgements"] = self.make_acks(doc)
        if self.p(0.15):
            keys = list(doc)
            r.shuffle(keys)
            doc = {k: doc[k] for k in keys}
        self.nulls("top", doc)
        return doc


# ---------------------------------------------------------------- a check of "What is an error"

def check(doc):
    """Raises AssertionError where the portfolio would be an error (portfolio.md, What is an error)."""
    import re
    doc = oracle.strip_nulls(doc)
    t, D = oracle.day(doc["as_of"]), oracle.day
    ok = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,127}\Z")
    tab = {}
    for s in ("people", "squads", "guilds"):
        tab[s] = {}
        for x in doc.get(s, []):
            for i in [x["id"]] + x.get("aliases", []):
                assert ok.match(i) and i not in tab[s], (s, i)
                tab[s][i] = x["id"]
    P = tab["people"]

    def refs(x, table, *keys):
        for k in keys:
            if k in x:
                assert x[k] in table, (x, k)
    past = lambda d: (d is None) or D(d) <= t or (_ for _ in ()).throw(AssertionError(d))

    def order(a, b, strict=False):
        if a is not None and b is not None:
            assert D(a) < D(b) if strict else D(a) <= D(b), (a, b)
    for p in doc["people"]:
        refs(p, tab["squads"], "squad")
        refs(p, tab["guilds"], "guild")
        refs(p, P, "delivery_owner", "craft_owner", "rated_by")
        for k in ("delivery_owner", "craft_owner", "rated_by"):
            assert k not in p or P[p[k]] != p["id"]
        assert 1 <= p.get("level", 1) <= 20
        order(p.get("started"), p.get("left"))
        last = None
        for a in sorted(p.get("away", []), key=lambda a: a["from"]):
            order(a["from"], a["until"], True)
            order(last, a["from"])
            last = a["until"]
    for s in doc.get("squads", []):
        assert "lead" in s
        refs(s, P, "lead", "escalates_to")
        past(s.get("context", {}).get("reviewed"))
    for g in doc.get("guilds", []):
        assert "lead" in g
        refs(g, P, "lead")
        tr = [l["track"] for l in g.get("lanes", [])]
        assert len(tr) == len(set(tr))
        for l in g.get("lanes", []):
            lv = [e["level"] for e in l["levels"]]
            assert len(lv) == len(set(lv))
            assert all(e.get("pay", 0) >= 0 for e in l["levels"])

    def ids(section, derive):
        seen = set()
        for x in doc.get(section, []):
            for i in [x["id"] if "id" in x else derive(x)] + x.get("aliases", []):
                assert ok.match(i) and i not in seen, (section, i)
                seen.add(i)
    ids("meetings", lambda m: P[m["owner"]] + ("--" + P[m["with"]] if "with" in m else ""))
    ids("conversations", lambda c: "--".join((P[c["owner"]], P[c["with"]], c["kind"], c["raised"])))
    ids("decisions", lambda d: d["id"])
    ids("promotions", lambda x: P[x["person"]] + "--" + x["decided"])
    ids("mentorships", lambda x: P[x["mentor"]] + "--" + P[x["mentee"]])
    for m in doc.get("meetings", []):
        refs(m, P, "owner", "with")
        k = m.get("kind", "one-on-one")
        assert ("with" in m) if k in ("one-on-one", "skip-level", "peer") else (k == "other" or "with" not in m), m
        assert "with" not in m or P[m["owner"]] != P[m["with"]]
        order(m.get("since"), m.get("until"))
        past(m.get("last_held"))
        assert m.get("cancelled_in_a_row", 0) >= 0
        assert len(set(m.get("agenda", []))) == len(m.get("agenda", []))
        assert 1 <= (oracle.every_days(m.get("every")) or 1) <= 366
    for c in doc.get("conversations", []):
        refs(c, P, "owner", "with")
        assert P[c["owner"]] != P[c["with"]]
        past(c["raised"]), past(c.get("held")), past(c.get("dropped", {}).get("date"))
        for k in (c.get("due"), c.get("held"), c.get("dropped", {}).get("date")):
            order(c["raised"], k)
        assert not ("held" in c and "dropped" in c)
        ds = [c.get("due", c["raised"])] + c.get("deferred_to", [])
        for a, b in zip(ds, ds[1:]):
            order(a, b, True)
    for d in doc.get("decisions", []):
        refs(d, P, "owner")
        refs(d, tab["squads"], "squad")
        past(d["raised"]), past(d.get("closed")), order(d["raised"], d.get("due")), order(d["raised"], d.get("closed"))
        rs = d.get("reopened", [])
        assert not rs or "closed" in d
        for a in rs:
            past(a), order(d["raised"], a)
        for a, b in zip(rs, rs[1:]):
            order(a, b, True)
    for x in doc.get("promotions", []):
        refs(x, P, "person", "signed_off_by")
        past(x["decided"]), past(x.get("reviewed"))
    for x in doc.get("mentorships", []):
        refs(x, P, "mentor", "mentee")
        assert P[x["mentor"]] != P[x["mentee"]]
        order(x.get("since"), x.get("until"))
    for a in doc.get("acknowledgements", []):
        past(a["named_on"]), order(a["named_on"], a["through"])
        assert (D(a["through"]) - D(a["named_on"])).days <= 31
        assert a["finding"].split(":")[0] in oracle.CODES
    pol = oracle.read_policy(doc.get("policy"))
    assert all(0 <= v <= 1_000_000 for v in list(pol["principal"].values()) + list(pol["kinds"].values()))
    g = pol["grades"]
    assert g["a"] < g["b"] < g["c"] < g["d"]
    assert 0 <= pol["rate_bp"] <= 10_000 and 0 <= pol["fee_bp"] <= 10_000 and 1 <= pol["cap"] <= 100
    for r in ("inside", "flag"):
        assert oracle.Model(doc, pol, t, dict(oracle.DEFAULT_READINGS, external=r)).scored


def generate(seed, people=None, plain=False):
    return Gen(seed, people, plain).build()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--seed", type=int, required=True)
    ap.add_argument("--people", type=int)
    ap.add_argument("--count", type=int)
    ap.add_argument("--out")
    ap.add_argument("--plain", action="store_true")
    a = ap.parse_args()
    if a.people is not None and a.people < 2:
        sys.exit("generate: two people at least")
    if a.count is not None:
        if not a.out:
            sys.exit("generate: --count needs --out")
        os.makedirs(a.out, exist_ok=True)
        for s in range(a.seed, a.seed + a.count):
            with open(os.path.join(a.out, f"p-{s}.json"), "w", encoding="utf-8") as f:
                json.dump(generate(s, a.people, a.plain), f, indent=1, ensure_ascii=False)
                f.write("\n")
    else:
        json.dump(generate(a.seed, a.people, a.plain), sys.stdout, indent=1, ensure_ascii=False)
        print()


if __name__ == "__main__":
    main()
