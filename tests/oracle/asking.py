"""Asking rules of their subjects, and keeping what they answer."""

from catalogue import CODES, box_of
from model import day
from policy import fees_of
from records import Records

CLEAR = "clear"


class Unknown:
    """The portfolio lacks what the rule needs; `units` is what that adds to the high end of the range."""

    def __init__(self, units):
        self.units = units


class Asking(Records):
    def __init__(self, portfolio, policy, as_of):
        super().__init__(portfolio, policy, as_of)
        self.factors, self.high = [], 0
        self.tally = {code: {"factor": 0, "clear": 0, "unknown": 0} for code in CODES}
        self.acknowledgements = self.named_acknowledgements()

    # -- answers

    def answer(self, code, rule, *subject):
        """What a rule says of a subject; None where it is off."""
        if code in self.policy["disable"]:
            return None
        said = rule(*subject)
        if said == CLEAR:
            self.tally[code]["clear"] += 1
        elif isinstance(said, Unknown):
            self.tally[code]["unknown"] += 1
        else:
            self.tally[code]["factor"] += 1
            self.factors.append(said)
        return said

    def ask(self, code, rule, *subject):
        self.ask_box([(code, rule)], *subject)

    def ask_box(self, rules, *subject):
        """First match: the codes after a factor are not asked."""
        largest, found = 0, None
        for code, rule in rules:
            said = self.answer(code, rule, *subject)
            if isinstance(said, Unknown):
                largest = max(largest, said.units)
            elif isinstance(said, dict):
                found = said
                break
        self.high += max(0, largest - (found["mp"] if found else 0))

    def ask_absent(self, code):
        """A section that is not there at all."""
        self.ask(code, lambda: self.unknown(code))

    def unknown(self, code):
        if code == "D301":
            return Unknown(self.policy["kinds"]["feedback"])
        if code == "D404":
            return Unknown(2 * self.P(code) * len(self.scored))
        return Unknown(self.P(code))

    # -- factors

    def P(self, code):
        return self.policy["principal"][code]

    def factor(self, code, subject, principal, owner, booked, act, fees=0, interest=0, onset=None):
        """`booked` is a squad and a guild."""
        kind = CODES[code][3]
        fees += self.renewal_fee(code, kind, subject, principal)
        return {
            "id": f"{code}:{kind}:{subject}",
            "mp": principal + fees + interest,
            "principal_mp": principal,
            "fees_mp": fees,
            "interest_mp": interest,
            "onset": onset.isoformat() if onset else None,
            "owner": self.if_active(owner),
            "squad": booked[0],
            "guild": booked[1],
            "minutes": CODES[code][2],
            "act": act,
            "acknowledged": self.acknowledged_through(code, kind, subject),
        }

    def about(self, code, subject, person, principal, owner, act, **parts):
        """A factor that is booked where a person is."""
        p = self.people[person]
        return self.factor(code, subject, principal, owner, (p.get("squad"), p.get("guild")), act, **parts)

    # -- acknowledgements

    def named_acknowledgements(self):
        """(code, type, id) of those named by the day that is scored, in order, with the last day of each."""
        present = {"person": self.person_ids, "squad": self.squad_ids, "guild": self.guild_ids}
        for kind, items in (
            ("meeting", self.meetings),
            ("conversation", self.talks),
            ("decision", self.decisions.values()),
            ("promotion", self.promotions),
            ("mentorship", self.mentorships),
        ):
            present[kind] = {a: x["id"] for x in items for a in x.get("aliases", [])}
        named = []
        for x in self.doc.get("acknowledgements", []):
            code, kind, subject = (x.get("factor") or x.get("finding")).split(":", 2)
            if day(x["named_on"]) <= self.as_of:
                subject = present.get(kind, {}).get(subject, subject)
                named.append((day(x["named_on"]), code, kind, subject, day(x["through"])))
        return sorted(named, key=lambda row: row[0])

    def renewal_fee(self, code, kind, subject, principal):
        """A renewed acknowledgement is a deferral, under whichever code of its box it was named."""
        codes = box_of(code)
        count = sum(1 for _, c, k, s, _ in self.acknowledgements if c in codes and (k, s) == (kind, subject))
        return fees_of(principal, max(0, count - 1), self.policy)

    def acknowledged_through(self, code, kind, subject):
        """The last day of the last acknowledgement for this very factor, where it still holds."""
        own = [through for _, c, k, s, through in self.acknowledgements if (c, k, s) == (code, kind, subject)]
        return own[-1].isoformat() if own and own[-1] >= self.as_of else None
