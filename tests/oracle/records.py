"""Meetings, conversations, decisions, promotions and mentorships, as they stand on the day that is scored.

What is dated after that day has not happened yet.
"""

from datetime import timedelta

from catalogue import BOTH, EVERY, TOPICS
from model import People, day
from policy import fees_of, interest_of


def every_days(text):
    """A cadence in days."""
    if text is None or text in EVERY:
        return EVERY.get(text)
    return int(text[:-1]) * (7 if text.endswith("w") else 1)


def jobs_of(meeting):
    """The jobs that a 1:1 tries to do: what its purpose says and what its topics belong to."""
    purpose = meeting.get("purpose")
    jobs = set(BOTH) if purpose == "both" else {purpose} - {None}
    return frozenset(jobs | {TOPICS[topic] for topic in meeting.get("agenda", [])} - {None})


def overdue_on(talk, at):
    """Raised by that day, due before it, neither held nor dropped by it."""
    ended = [end for end in (talk["held"], talk["dropped"]) if end is not None]
    return talk["raised"] <= at and talk["due"] < at and not any(end <= at for end in ended)


class Records(People):
    def __init__(self, portfolio, policy, as_of):
        super().__init__(portfolio, policy, as_of)
        self.meetings = [self.meeting(dict(x)) for x in self.doc.get("meetings", [])]
        self.one_on_ones = [m for m in self.meetings if self.is_one_on_one(m)]
        self.talks = [self.talk(dict(x)) for x in self.happened("conversations", "raised")]
        self.decisions = {x["id"]: self.decision(dict(x)) for x in self.happened("decisions", "raised")}
        self.decision_ids = self.aliases("decisions")
        self.promotions = [self.promotion(dict(x)) for x in self.happened("promotions", "decided")]
        self.mentorships = [self.mentorship(dict(x)) for x in self.doc.get("mentorships", [])]

    def happened(self, section, key):
        return [x for x in self.doc.get(section, []) if day(x[key]) <= self.as_of]

    def by_now(self, value):
        """The day, where it is not later than the one that is scored."""
        at = day(value)
        return at if at is not None and at <= self.as_of else None

    def runs(self, item, people):
        since, until = day(item.get("since")), day(item.get("until"))
        if since is not None and since > self.as_of or until is not None and until <= self.as_of:
            return False
        return all(self.active[i] for i in people)

    # -- meetings

    def meeting(self, m):
        self.resolve(m, self.person_ids, "owner", "with")
        m.setdefault("id", m["owner"] + ("--" + m["with"] if "with" in m else ""))
        m.setdefault("kind", "one-on-one")
        if "with" in m and m["kind"] != "team":
            owner, other = m["owner"], m["with"]
            if self.line_owner_of(other, owner) and not self.line_owner_of(owner, other):
                m["owner"], m["with"] = other, owner  # written from the other side
        m["people"] = [m[key] for key in ("owner", "with") if key in m]
        m["active"] = self.runs(m, m["people"])
        m["jobs"] = jobs_of(m)
        m["days"] = every_days(m.get("every"))
        m["last"], m["since_day"] = day(m.get("last_held")), day(m.get("since"))
        return m

    def is_one_on_one(self, m):
        if not m["active"] or m.get("with") not in self.scored or m["kind"] == "team":
            return False
        return m["kind"] == "one-on-one" or self.line_owner_of(m["owner"], m["with"])

    def is_conflated(self, m):
        return m["jobs"] == BOTH and all(self.looked_at(line, m["with"]) for line in BOTH)

    def served(self, i, job):
        """Does a 1:1 with this person serve the job? A conflated 1:1 is not anybody's Craft 1:1."""
        return any(
            m["with"] == i and job in m["jobs"] and not (job == "craft" and self.is_conflated(m))
            for m in self.one_on_ones
        )

    def records_sleep(self, m):
        """No meeting with the same owner has a day that it was held on, near the day that is scored."""
        near = min(2 * m["days"], 28)
        return not any(
            other["owner"] == m["owner"]
            and other["last"] is not None
            and 0 <= (self.as_of - other["last"]).days <= near
            for other in self.meetings
        )

    # -- conversations

    def talk(self, c):
        self.resolve(c, self.person_ids, "owner", "with")
        c.setdefault("id", "--".join((c["owner"], c["with"], c["kind"], c["raised"])))
        c["raised"] = day(c["raised"])
        c["due"] = day(c["due"]) if "due" in c else c["raised"] + timedelta(self.policy["grace_days"])
        c["held"] = self.by_now(c.get("held"))
        c["dropped"] = self.by_now(c.get("dropped", {}).get("date"))
        c["open"] = c["held"] is None and c["dropped"] is None
        return c

    def talk_amount(self, c, at):
        """Principal, fees and interest of an overdue conversation as of the day `at`."""
        principal = self.policy["kinds"][c["kind"]]
        weeks = self.counted(c["due"], at, [c["with"]]) // 7
        fees = fees_of(principal, len(c.get("deferred_to", [])), self.policy)
        return principal, fees, interest_of(principal, weeks, self.policy)

    def is_misplaced(self, c):
        """What D304 asks."""
        owner = self.delivery[c["with"]]
        return (
            c["open"]
            and c["kind"] == "performance"
            and self.looked_at("delivery", c["with"])
            and owner is not None
            and owner != c["owner"]
            and self.active[owner]
            and self.active[c["owner"]]
        )

    # -- decisions, promotions, mentorships

    def decision(self, d):
        self.resolve(d, self.person_ids, "owner")
        self.resolve(d, self.squad_ids, "squad")
        d["raised"] = day(d["raised"])
        d["reopened"] = [r for r in map(day, d.get("reopened", [])) if r <= self.as_of]
        d["escalated"] = self.by_now(d.get("escalated"))
        closed = self.by_now(d.get("closed"))
        d["open"] = closed is None or bool(d["reopened"]) and d["reopened"][-1] > closed
        grace = timedelta(self.policy["grace_days"])
        d["due"] = day(d["due"]) if "due" in d else d["raised"] + grace
        if d["open"] and d["reopened"]:
            d["due"] = max(d["due"], d["reopened"][-1] + grace)
        return d

    def is_overdue(self, d):
        """What D501 asks."""
        return d["open"] and self.as_of > d["due"]

    def promotion(self, x):
        self.resolve(x, self.person_ids, "person", "signed_off_by")
        x.setdefault("id", x["person"] + "--" + x["decided"])
        x["decided"] = day(x["decided"])
        x["reviewed"] = self.by_now(x.get("reviewed"))
        age = (self.as_of - x["decided"]).days
        x["counts"] = age <= self.policy["promotion_window_days"] and x["reviewed"] is None
        return x

    def mentorship(self, x):
        self.resolve(x, self.person_ids, "mentor", "mentee")
        x.setdefault("id", x["mentor"] + "--" + x["mentee"])
        x["active"] = self.runs(x, [x["mentor"], x["mentee"]])
        return x
