"""What the generators of random portfolios share: chance, days, ids, the policy."""

import random
from datetime import timedelta

from catalogue import CODES, KINDS
from policy import WHOLE

# keys marked `?`, which may be written as null when they are left out
OPTIONAL = {
    "top": ["version", "id", "name", "describes", "meetings_of", "squads", "guilds", "meetings", "conversations",
            "decisions", "promotions", "mentorships", "hr_system", "acknowledgements", "policy"],
    "people": ["name", "title", "squad", "guild", "delivery_owner", "craft_owner", "rated_by", "level", "track",
               "started", "left", "exit", "away", "external", "exempt", "aliases"],
    "squads": ["name", "lead", "escalates_to", "context"],
    "context": ["success", "constraints", "closed", "reviewed"],
    "guilds": ["name", "lead", "lanes"],
    "meetings": ["id", "title", "kind", "purpose", "agenda", "every", "last_held", "cancelled_in_a_row", "since",
                 "until"],
    "conversations": ["id", "topic", "due", "deferred_to", "held", "dropped"],
    "decisions": ["squad", "due", "closed", "escalated", "reopened"],
    "promotions": ["id", "level", "from_track", "to_track", "signed_off_by", "reviewed"],
    "mentorships": ["id", "topic", "since", "until"],
    "hr_system": ["name"],
}

# days and counts that a policy may set, with values at their edges
EDGES = {
    "grace_days": [0, 1, 7, 14, 21, 30, 90, None],
    "missed_cap": [2, 3, 4, 5, 10, 50],
    "away_grace_days": [0, 1, 7, 29, 30, 31, 60],
    "promotion_window_days": [1, 30, 90, 365, 1000],
    "reopened_window_days": [1, 7, 30, 180, 365],
    "context_review_days": [0, 1, 30, 90, 365],
    "exit_window_days": [1, 30, 90, 365],
    "escalate_after_days": [0, 1, 7, 30, 90],
    "mentored_percent": [0, 1, 25, 33, 50, 67, 100],
    "track_from_level": [1, 3, 4, 5, 20],
}


class Base:
    def __init__(self, seed, people=None):
        self.r = random.Random(f"debt-{seed}-{people}")
        self.size = people
        self.healthy = self.p(0.3)  # a well-kept organisation, so that the good grades occur too
        self.numbers = dict(WHOLE)

    # -- chance

    def p(self, probability):
        return self.r.random() < probability

    def pick(self, choices):
        return self.r.choice(list(choices))

    # -- days

    def d(self, days):
        """The day so many days after the one that is scored."""
        return self.t + timedelta(days)

    @staticmethod
    def iso(at):
        return at.isoformat()

    def back(self, far=400):
        """How many days ago; edges first."""
        c = self.r.random()
        if c < 0.2:
            return self.pick([0, 1, 2])
        if c < 0.5:
            return max(0, 7 * self.r.randint(0, 20) + self.pick([-1, 0, 0, 1]))
        if c < 0.65:
            n = self.numbers
            edges = [n["grace_days"], n["context_review_days"], n["promotion_window_days"], n["reopened_window_days"],
                     n["away_grace_days"], 30, 31]
            return max(0, self.pick(edges) + self.pick([-1, 0, 1]))
        return self.r.randint(0, far)

    # -- ids

    def ref(self, i):
        """A person's id, or one of their aliases."""
        return self.by_alias(self.person_aliases, i, 0.35)

    def sref(self, i):
        return self.by_alias(self.squad_aliases, i, 0.4)

    def gref(self, i):
        return self.by_alias(self.guild_aliases, i, 0.4)

    def by_alias(self, aliases, i, probability):
        return self.pick(aliases[i]) if i in aliases and self.p(probability) else i

    @staticmethod
    def fresh(used, stem):
        n, i = 1, stem
        while i in used:
            n += 1
            i = f"{stem}.{n}"
        used.add(i)
        return i

    def give_id(self, item, derived, used, stem, probability=0.4):
        """An explicit id now and then, and wherever the derived one is taken or too long."""
        if self.p(probability) or derived in used or len(derived) > 120:
            anew = self.p(0.8) or derived in used
            item["id"] = self.fresh(used, f"{stem}{self.r.randint(1, 60)}" if anew else derived)
        else:
            used.add(derived)

    def give_aliases(self, items, used):
        for item in items:
            if self.p(0.08):
                item["aliases"] = [self.fresh(used, f"former-{self.r.randint(1, 99)}")]

    def nulls(self, section, item):
        """What is left out may be written as null."""
        if self.p(0.15):
            for key in OPTIONAL[section]:
                if key not in item and self.p(0.4):
                    item[key] = None

    # -- the policy

    def decimal(self, high, places):
        c = self.r.random()
        if c < 0.3:
            return self.r.randint(0, int(high))
        value = round(self.r.uniform(0, high), places)
        if c < 0.5:
            value = round(value, 1)
        return int(value) if value == int(value) and self.p(0.7) else value

    def make_policy(self):
        if self.p(0.35):
            return self.pick([None, None, {}, {"version": 1}])
        r, policy = self.r, {}
        if self.p(0.3):
            policy["version"] = 1
        if self.p(0.5):
            codes = r.sample([code for code in CODES if code != "D301"], r.randint(1, 9))
            points = [0.333, 0.5, 1, 2.125, 10]
            policy["principal"] = {
                code: self.pick([*points, self.decimal(9, 3), self.decimal(1000, 3), 0]) for code in codes
            }
            if self.p(0.2):
                policy["principal"][self.pick(codes)] = None
        if self.p(0.4):
            kinds = r.sample(list(KINDS), r.randint(1, 4))
            policy["conversations"] = {
                kind: self.pick([0.333, 1.001, 7, self.decimal(20, 3), self.decimal(1000, 3)]) for kind in kinds
            }
        if self.p(0.5):
            policy["interest"] = self.some(
                weekly_percent=[5, 2.5, 7.25, 0, 0.01, 100, 12.34, 3.33, self.decimal(30, 2)],
                cap=[1, 2, 3, 5, 8, 100, None],
            )
        if self.p(0.5):
            percents = [25, 33.33, 0, 100, 12.5, 0.01, self.decimal(100, 2)]
            policy["fees"] = self.some(deferral_percent=percents, max=[0, 1, 2, 3, 4, 5, 6])
        self.make_numbers(policy)
        if self.p(0.25):
            policy["disable"] = r.sample(list(CODES), r.randint(0, 6))
        if self.p(0.3):
            policy["grades"] = self.grades(sorted(r.sample(range(0, 12000), 4)))
        if self.p(0.2):
            for key in ("principal", "conversations", "interest", "fees", "grace_days", "disable", "grades", "version"):
                if key not in policy and self.p(0.3):
                    policy[key] = None
        return policy

    def make_numbers(self, policy):
        for key, values in EDGES.items():
            if self.p(0.3):
                policy[key] = self.pick(values)
        for key in ("max_craft_span", "max_delivery_span"):
            if self.p(0.45):
                policy[key] = self.pick([1, 1, 1, 2, 2, 3, 5])
        self.numbers.update({key: policy[key] for key in WHOLE if policy.get(key) is not None})

    def some(self, **choices):
        return {key: self.pick(values) for key, values in choices.items() if self.p(0.75)}

    @staticmethod
    def grades(milli_points):
        return {k: x // 1000 if x % 1000 == 0 else x / 1000 for k, x in zip("abcd", milli_points)}
