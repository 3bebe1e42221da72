"""1xx, D302: the 1:1s. 2xx: the craft line. 4xx: the delivery line."""

from asking import CLEAR, Asking, Unknown
from catalogue import BOTH, TELLING


class OneOnOneRules(Asking):
    def ask_one_on_ones(self):
        box = [("D101", self.d101), ("D102", self.d102), ("D103", self.d103), ("D104", self.d104), ("D105", self.d105)]
        for m in self.one_on_ones:
            self.ask_box(box, m)
            self.ask("D302", self.d302, m)

    def of_meeting(self, code, m, verb, **parts):
        principal = parts.pop("principal", self.P(code))
        act = parts.pop("act", f"{verb}:meeting:{m['id']}")
        return self.about(code, m["id"], m["with"], principal, m["owner"], act, **parts)

    def d101(self, m):
        return self.of_meeting("D101", m, "split") if self.is_conflated(m) else CLEAR

    def d102(self, m):
        return CLEAR if "purpose" in m or m.get("agenda") else self.of_meeting("D102", m, "label")

    def d103(self, m):
        other = m["with"]
        if m["jobs"] != {"craft"} or not self.looked_at("craft", other):
            return CLEAR
        craft, rater = self.craft[other], self.rated[other]
        if craft is not None and craft == self.delivery[other]:
            return CLEAR
        if rater is None:
            return self.unknown("D103")
        if rater != m["owner"]:
            return CLEAR
        if rater == craft:
            return self.of_meeting("D103", m, None, act=f"move-rating:person:{other}")
        return self.of_meeting("D103", m, "hand-over")

    def is_somebody_elses(self, m, owner):
        return owner is not None and owner != m["owner"] and self.active[owner]

    def d104(self, m):
        other = m["with"]
        if m["jobs"] == {"delivery"} and self.looked_at("delivery", other):
            if self.is_somebody_elses(m, self.delivery[other]):
                return self.of_meeting("D104", m, "hand-over")
        if m["jobs"] == {"craft"} and self.looked_at("craft", other):
            mentors = {x["mentor"] for x in self.mentorships if x["active"] and x["mentee"] == other}
            if self.is_somebody_elses(m, self.craft[other]) and m["owner"] not in mentors:
                return self.of_meeting("D104", m, "hand-over")
        return CLEAR

    def d105(self, m):
        agenda, owners = set(m.get("agenda", [])), {"delivery": self.delivery, "craft": self.craft}
        if not agenda:
            return CLEAR
        for line, telling in TELLING.items():
            held_by_owner = m["owner"] == owners[line][m["with"]]
            if m["jobs"] == {line} and held_by_owner and self.looked_at(line, m["with"]) and not agenda & telling:
                return self.of_meeting("D105", m, "write-agenda")
        return CLEAR

    def d302(self, m):
        cancelled, every = m.get("cancelled_in_a_row", 0), m["days"]
        start = m["last"] if m["last"] is not None else m["since_day"]
        later = m["last"] is not None and m["last"] > self.as_of
        if cancelled < 2 and (every is None or start is None or later):
            return self.unknown("D302")
        by_time = 0
        if every is not None and start is not None:
            by_time = max(0, self.counted(start, self.as_of, m["people"]) - 1) // every
        missed = max(by_time, cancelled)
        if missed < 2:
            return CLEAR
        principal, awake = (self.P("D302") * self.units(n) for n in (cancelled, missed))
        if cancelled < 2 and self.records_sleep(m):
            return Unknown(max(awake, self.P("D302")))
        return self.of_meeting("D302", m, "hold", principal=principal, interest=awake - principal)

    def units(self, missed):
        return max(0, min(missed, self.policy["missed_cap"]) - 1)


class CraftRules(Asking):
    def ask_craft_line(self):
        box = [("D201", self.d201), ("D202", self.d202), ("D203", self.d203), ("D204", self.d204)]
        for i in sorted(self.scored):
            if self.looked_at("craft", i):
                self.ask_box(box, i)
            self.ask("D205", self.d205, i)

    def of_person(self, code, i, owner, act, **parts):
        return self.about(code, i, i, parts.pop("principal", self.P(code)), owner, act, **parts)

    def name_craft_owner(self, i):
        """Where the owner comes with the guild: name its lead; that heals others too."""
        p = self.people[i]
        if "guild" in p and "craft_owner" not in p and self.guilds[p["guild"]].get("lead") != i:
            return f"name-lead:guild:{p['guild']}"
        return f"name-craft-owner:person:{i}"

    def d201(self, i):
        if self.craft[i] is not None:
            return CLEAR
        return self.of_person("D201", i, self.squad_lead_of(i), self.name_craft_owner(i))

    def d202(self, i):
        owner = self.craft[i]
        if owner is None or self.active[owner]:
            return CLEAR
        act, since = self.name_craft_owner(i), self.missing_since(owner)
        return self.of_person("D202", i, self.squad_lead_of(i), act, onset=since)

    def d203(self, i):
        owner = self.craft[i]
        if owner is not None and owner == self.delivery[i] and self.looked_at("delivery", i):
            return self.of_person("D203", i, owner, f"name-craft-owner:person:{i}")
        return CLEAR

    def d204(self, i):
        owner = self.craft[i]
        if owner is None or self.in_grace(i) or self.served(i, "craft"):
            return CLEAR
        if not self.holds_all_one_on_ones_of(owner):
            return self.unknown("D204")
        # The craft owner's own becomes the Craft 1:1; of others the first by id.
        conflated = sorted(
            (m["owner"] != owner, m["id"]) for m in self.one_on_ones if m["with"] == i and self.is_conflated(m)
        )
        act = f"split:meeting:{conflated[0][1]}" if conflated else f"start-craft-1on1:person:{i}"
        return self.of_person("D204", i, owner, act)

    def holds_all_one_on_ones_of(self, owner):
        """Does the portfolio claim to hold every 1:1 of this line owner?"""
        return self.has["meetings"] and (self.meetings_of is None or owner in self.meetings_of)

    def owned(self, owners, line, i):
        return sum(1 for q in self.scored if owners[q] == i and self.looked_at(line, q))

    def d205(self, i):
        over = self.owned(self.craft, "craft", i) - self.policy["max_craft_span"]
        if over <= 0:
            return CLEAR
        return self.of_person("D205", i, i, f"share-out:person:{i}", principal=self.P("D205") * over)


class DeliveryRules(CraftRules):
    def ask_delivery_line(self):
        box = [("D401", self.d401), ("D402", self.d402), ("D403", self.d403)]
        for i in sorted(self.scored):
            if self.looked_at("delivery", i):
                self.ask_box(box, i)
            self.ask("D405", self.d405, i)
        self.ask("D404", self.d404)

    def name_delivery_owner(self, i):
        p = self.people[i]
        if "squad" in p and "delivery_owner" not in p and self.squads[p["squad"]].get("lead") != i:
            return f"name-lead:squad:{p['squad']}"
        return f"name-delivery-owner:person:{i}"

    def d401(self, i):
        if self.delivery[i] is not None:
            return CLEAR
        leads = any(squad.get("lead") == i for squad in self.squads.values())
        if leads or any(self.delivery[q] == i for q in self.scored):
            return self.unknown("D401")  # the portfolio may just end there
        return self.of_person("D401", i, None, self.name_delivery_owner(i))

    def d402(self, i):
        owner = self.delivery[i]
        if owner is None or self.active[owner]:
            return CLEAR
        return self.of_person("D402", i, None, self.name_delivery_owner(i), onset=self.missing_since(owner))

    def d403(self, i):
        owner = self.delivery[i]
        if owner is None or self.in_grace(i) or self.served(i, "delivery"):
            return CLEAR
        if not self.holds_all_one_on_ones_of(owner):
            return self.unknown("D403")
        return self.of_person("D403", i, owner, f"start-delivery-1on1:person:{i}")

    def d404(self):
        hr = self.doc.get("hr_system")
        if hr is None:
            return self.unknown("D404")
        lacking = len(BOTH - set(hr.get("shows", [])))
        if not lacking:
            return CLEAR
        principal = self.P("D404") * len(self.scored) * lacking
        return self.factor("D404", "portfolio", principal, None, (None, None), "show-lines:portfolio:portfolio")

    def d405(self, i):
        over = self.owned(self.delivery, "delivery", i) - self.policy["max_delivery_span"]
        if over <= 0:
            return CLEAR
        owner = self.if_active(self.delivery[i]) or i
        principal = self.P("D405") * over
        return self.of_person("D405", i, owner, f"share-out-delivery:person:{i}", principal=principal)
