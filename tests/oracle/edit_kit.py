"""What the random edits of portfolios share: a base and a head that begins as its copy, chance, days, and the scorer.

Nothing here, nor in the edits, knows how `debt` compares two portfolios.
"""

import copy
import functools
import random
from datetime import date, timedelta

import oracle
import validity
from catalogue import CODES, box_of
from generate import generate
from model import People
from policy import read_policy, strip_nulls
from records import Records, jobs_of

PERSON_KEYS = {"people": ("delivery_owner", "craft_owner", "rated_by"), "squads": ("lead", "escalates_to"),
               "guilds": ("lead",), "meetings": ("owner", "with"), "conversations": ("owner", "with"),
               "decisions": ("owner",), "promotions": ("person", "signed_off_by"), "mentorships": ("mentor", "mentee")}
SECTIONS = ("people", "squads", "guilds", "meetings", "conversations", "decisions", "promotions", "mentorships")


class Skip(Exception):
    """This edit cannot be made, or would not be what it says, in this portfolio."""


def need(condition):
    if not condition:
        raise Skip


class Kit:
    def __init__(self, seed, source, plain=True):
        """`seed` decides the edit, `source` the portfolio."""
        self.r = random.Random(f"edit-{seed}")
        base = copy.deepcopy(portfolio(source))
        if plain:  # only the organisation: the policy is the default one, and nothing is acknowledged
            for key in ("policy", "acknowledgements"):
                base.pop(key, None)
        self.t = date.fromisoformat(base["as_of"])
        self.u = self.t + timedelta(self.r.choice([1, 1, 2, 5, 10, 20, 25]))
        self.base, self.head = base, copy.deepcopy(base)
        self.flow = self.split = False

    # -- chance and days

    def pick(self, choices):
        choices = list(choices)
        need(choices)
        return self.r.choice(choices)

    def since_base(self):
        """A day after the base's, up to the head's."""
        return self.t + timedelta(self.r.randint(1, (self.u - self.t).days))

    def before_base(self, near=1, far=200):
        return self.t - timedelta(self.r.randint(near, far))

    # -- items of the head

    def items(self, section):
        return self.head.get(section) or []

    def section(self, name):
        """A section of the head, made where it is missing."""
        return self.head.setdefault(name, [])

    def person(self, i):
        return next(p for p in self.head["people"] if p["id"] == i)

    def one(self, section, i):
        return next(x for x in self.items(section) if id_of(section, x) == i)

    def fresh(self, stem):
        used = {i for s in SECTIONS for x in self.items(s) for i in [id_of(s, x), *x.get("aliases", [])]}
        n = 1
        while f"{stem}-{n}" in used:
            n += 1
        return f"{stem}-{n}"

    def outsider(self):
        i = self.fresh("new")
        self.head["people"].append({"id": i, "external": True})
        return i

    def shuffled(self, section):
        return self.r.sample(self.items(section), len(self.items(section)))

    # -- the organisation on a day

    def org(self, doc=None, at=None):
        doc = doc or self.base
        return People(doc, read_policy(doc.get("policy")), at or self.u)

    def both_days(self):
        """The people who are scored on the base's day and on the head's."""
        return sorted(self.org(at=self.t).scored & self.org().scored)

    def settled(self):
        """Those of them whose dates say nothing."""
        plain = {p["id"] for p in self.base["people"] if not {"started", "left", "away"} & set(p)}
        return [i for i in self.both_days() if i in plain]

    def meetings(self, want):
        """1:1s of the base that are asked on the head's day, as they are read, with the raw item of the head."""
        records = Records(self.base, read_policy(None), self.u)
        read = {m["id"]: m for m in records.one_on_ones}
        raw = [(read[id_of("meetings", x)], x) for x in self.shuffled("meetings") if id_of("meetings", x) in read]
        return [(m, x) for m, x in raw if want(m)]

    def both_lines(self, i):
        org = self.org(self.head)
        return org.looked_at("delivery", i) and org.looked_at("craft", i)

    # -- what the scorer says

    def weights(self, doc, at=None):
        """Principal and fees, by the rules that exclude each other and by whom they are about."""
        sums = {}
        for factor in oracle.score(doc, None, at or self.u)["factors"]:
            code, kind, subject = factor["id"].split(":", 2)
            key = (box_of(code)[0], about(doc, kind, subject))
            sums[key] = sums.get(key, 0) + factor["principal_mp"] + factor["fees_mp"]
        return sums

    def rises(self, at=None):
        """What is larger in the head, by the first code of its box."""
        old, new = self.weights(self.base, at), self.weights(self.head, at)
        return {key[0] for key, amount in new.items() if amount > old.get(key, 0)}

    def falls(self):
        old, new = self.weights(self.base), self.weights(self.head)
        return {key[0] for key, amount in old.items() if amount > new.get(key, 0)}

    def factors(self, doc=None, at=None):
        return {f["id"]: f for f in oracle.score(doc or self.base, None, at or self.u)["factors"]}

    def finish(self):
        """Both sides as they are written; both must read."""
        self.base["as_of"], self.head["as_of"] = self.t.isoformat(), self.u.isoformat()
        try:
            validity.check(self.base)
            validity.check(self.head)
        except (AssertionError, KeyError) as error:
            raise Skip from error
        # A shorter-lived portfolio has nothing to score on the head's day.
        need(self.org().scored)


@functools.cache
def portfolio(seed):
    """A random portfolio without nulls, and with references by id."""
    doc = strip_nulls(generate(seed))
    resolve(doc)
    return doc


def resolve(doc):
    """References by id, not by alias."""
    people = aliases(doc, "people")
    for section, keys in PERSON_KEYS.items():
        for item in doc.get(section, []):
            for key in keys:
                if key in item:
                    item[key] = people[item[key]]
    for section, target, key in (("people", "squads", "squad"), ("people", "guilds", "guild"),
                                 ("decisions", "squads", "squad")):
        ids = aliases(doc, target)
        for item in doc.get(section, []):
            if key in item:
                item[key] = ids[item[key]]
    if "meetings_of" in doc:
        doc["meetings_of"] = [people[i] for i in doc["meetings_of"]]


def aliases(doc, section):
    return {i: x["id"] for x in doc.get(section, []) for i in [x["id"], *x.get("aliases", [])]}


def id_of(section, x):
    return x["id"] if "id" in x else derived(section, x)


def derived(section, x):
    parts = {
        "meetings": ("owner", "with"),
        "conversations": ("owner", "with", "kind", "raised"),
        "promotions": ("person", "decided"),
        "mentorships": ("mentor", "mentee"),
    }[section]
    return "--".join(x[part] for part in parts if x.get(part) is not None)


def about(doc, kind, subject):
    """Whom a factor is about: a person where it has one, else its own subject."""
    section, key = {"meeting": ("meetings", "with"), "conversation": ("conversations", "with"),
                    "promotion": ("promotions", "person"), "mentorship": ("mentorships", "mentee")}.get(kind, (None, None))
    if section is None:
        return f"{kind}:{subject}"
    item = next(x for x in doc[section] if id_of(section, x) == subject)
    return "person:" + item[key]


def lead_of_members(kit, section, key):
    """Groups with scored members on both days whose lead is active on both."""
    before, now = kit.org(at=kit.t), kit.org()
    members = {"squads": (before.squad_members, now.squad_members), "guilds": (before.guild_members, now.guild_members)}
    old, new = members[section]
    for x in kit.shuffled(section):
        lead = x.get(key)
        if lead and before.active[lead] and now.active[lead] and old[x["id"]] and new[x["id"]]:
            yield x, lead


def hand_over(kit, strict):
    """A squad gets another lead, who takes over the 1:1s. With `strict` nobody gains from it either."""
    settled, tries = kit.settled(), 0
    for squad, old in lead_of_members(kit, "squads", "lead"):
        for new in kit.r.sample(settled, min(len(settled), 3)):
            if new in (old, squad.get("escalates_to")):
                continue
            tries += 1
            need(tries < 6)
            saved = copy.deepcopy(kit.head)
            before = kit.org(kit.head)
            mine = {p["id"] for p in kit.head["people"]
                    if before.delivery[p["id"]] == old and p.get("squad") == squad["id"] and "delivery_owner" not in p}
            kit.one("squads", squad["id"])["lead"] = new
            for m in kit.items("meetings"):
                if m.get("kind", "one-on-one") == "one-on-one" and m["owner"] == old and m.get("with") in mine - {new}:
                    if "delivery" in jobs_of(m) or not jobs_of(m):
                        m["owner"] = new
            try:
                validity.check({**kit.head, "as_of": kit.u.isoformat()})
                quiet = not kit.rises() - {"D401", "D201", "D304", "D101"}
                rates = [c for c in ("D103", "D201", "D202", "D203", "D401", "D402") if codes(kit, kit.head)[c] > codes(kit, kit.base)[c]]
                if quiet and not rates and not (strict and (kit.falls() or kit.rises())):
                    return f"{new} takes over {squad['id']} from {old}"
            except AssertionError:
                pass
            kit.head.clear()
            kit.head.update(saved)
    raise Skip


def codes(kit, doc):
    counts = dict.fromkeys(CODES, 0)
    for i in kit.factors(doc):
        counts[i[:4]] += 1
    return counts
