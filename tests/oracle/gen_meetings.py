"""Random meetings and mentorships."""

from datetime import timedelta

from catalogue import CRAFT_TOPICS, DELIVERY_TOPICS, OTHER_TOPICS
from gen_base import Base
from records import every_days

CADENCES = ["weekly", "weekly", "biweekly", "monthly", "quarterly", "10d", "1d", "366d", "3w", "1w", "52w"]


class MeetingGen(Base):
    def agenda(self, purpose):
        r, topics = self.r, []
        if purpose != "craft":
            topics += r.sample(DELIVERY_TOPICS, r.randint(0, 2))
        if purpose != "delivery":
            topics += r.sample(CRAFT_TOPICS, r.randint(0, 2))
        if self.p(0.3):
            topics += r.sample(OTHER_TOPICS, r.randint(1, 2))
        if self.p(0.12):
            extra = self.pick(DELIVERY_TOPICS + CRAFT_TOPICS)
            topics += [extra] if extra not in topics else []
        r.shuffle(topics)
        return topics

    def span(self, item, probability=0.25):
        """`since` and `until`, around the day that is scored."""
        if self.p(probability):
            item["since"] = self.d(self.pick([1, 0, -1]) if self.p(0.2) else -self.back())
        if self.p(probability * 0.6):
            item["until"] = self.d(self.pick([-1, 0, 1, 1, 1, 30, 200, 200, -60]))
            if "since" in item and item["until"] < item["since"]:
                item["until"] = item["since"] + timedelta(self.pick([0, 1, 300]))
        for key in ("since", "until"):
            if key in item:
                item[key] = self.iso(item[key])

    def meeting(self, owner, other, purpose, kind=None):
        m, r = {"owner": owner}, self.r
        if other is not None:
            m["with"] = other
            if self.p(0.12):  # from the other side
                m["owner"], m["with"] = other, owner
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
            m["every"] = self.pick(CADENCES)
        self.span(m)
        if self.p(0.7):
            m["last_held"] = self.iso(self.d(-self.missed_days(m)))
        if self.p(0.3):
            m["cancelled_in_a_row"] = self.pick([0, 1, 1, 2, 2, 3, 4, 5, 6, 12])
        return m

    def missed_days(self, m):
        """Days since it was held: mostly around a whole number of its cadence."""
        if self.p(0.3):
            return self.back(200)
        every = every_days(m.get("every")) or 7
        return max(0, every * self.r.randint(0, 4 if every < 200 else 2) + 1 + self.pick([-1, 0, 0, 1, 3]))

    def good_meeting(self, owner, other, purpose):
        m = {"owner": owner, "with": other, "purpose": purpose, "every": self.pick(["weekly", "biweekly", "monthly"])}
        m["last_held"] = self.iso(self.d(-self.r.randint(0, 14)))
        if self.p(0.3):
            m["agenda"] = self.r.sample(DELIVERY_TOPICS if purpose == "delivery" else CRAFT_TOPICS, 2)
        return m

    def make_meetings(self, model):
        out, r = [], self.r
        care = 1.0 if self.healthy else r.choice([0.3, 0.6, 0.9])
        for i in self.ids:
            out += self.line_meetings(model, i, care)
        out += self.peer_meetings(model)
        for _ in range(r.choice([0, 0, 1, 2])):
            a, b = r.sample(self.ids, 2)
            kind = self.pick(["team", "other", "other", "skip-level", "peer"])
            alone = kind == "team" or kind == "other" and self.p(0.5)
            out.append(self.meeting(a, None if alone else b, self.pick(["delivery", "craft", None]), kind=kind))
        used = set()
        r.shuffle(out)
        for m in out:  # derived ids first, then references by alias
            self.give_id(m, m["owner"] + ("--" + m["with"] if "with" in m else ""), used, "m")
            for key in ("owner", "with"):
                if key in m:
                    m[key] = self.ref(m[key])
        self.give_aliases(out, used)
        return out

    def line_meetings(self, model, i, care):
        out = []
        for owner, line, off in ((model.delivery[i], "delivery", "craft"), (model.craft[i], "craft", "delivery")):
            if owner and self.p(care):
                purpose = self.pick([line] * 6 + ["both", off, None])
                good = self.healthy or self.p(0.1)
                out.append(self.good_meeting(owner, i, line) if good else self.meeting(owner, i, purpose))
        if self.p(0.05 if self.healthy else 0.2):
            other = self.pick([x for x in self.ids if x != i])
            out.append(self.meeting(other, i, self.pick(["craft", "craft", "delivery", "both", None])))
        if model.rated[i] and not self.healthy and self.p(0.12):
            out.append(self.meeting(model.rated[i], i, "craft"))
        return out

    def peer_meetings(self, model):
        out = []
        leads = sorted({squad["lead"] for squad in model.squads.values() if "lead" in squad})
        for a in leads:
            if not self.p(0.6):
                continue
            c = self.r.random()
            if c < 0.3 and model.delivery[a]:
                b = model.delivery[a]
            elif c < 0.5:
                b = self.pick([x for x in self.ids if model.delivery[x] == a] or self.ids)
            else:
                b = self.pick(leads)
            if a != b:
                out.append(self.meeting(a, b, None, kind="peer"))
        return out

    def make_mentorships(self, model):
        out, used = [], set()
        for _ in range(self.pick([1, 2, 3, 4, 8])):
            a, b = self.r.sample(self.ids, 2)
            if self.p(0.4) and model.rated[b]:
                a = model.rated[b]
            out.append(self.mentorship(a, b, used, 0.4))
        for m in self.meetings:  # a mentor who holds a Craft 1:1 without being the craft owner (D104)
            owner, other = model.person_ids[m["owner"]], model.person_ids.get(m.get("with"))
            if m.get("purpose") == "craft" and other and self.p(0.7 if owner != model.craft[other] else 0.1):
                out.append(self.mentorship(owner, other, used, 0.2))
        self.give_aliases(out, used)
        return out

    def mentorship(self, mentor, mentee, used, probability):
        x = {"mentor": mentor, "mentee": mentee}
        if self.p(0.3):
            x["topic"] = "System design"
        self.span(x, probability)
        self.give_id(x, mentor + "--" + mentee, used, "ms")
        x["mentor"], x["mentee"] = self.ref(mentor), self.ref(mentee)
        return x
