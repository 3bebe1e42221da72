"""Random conversations, decisions, promotions and acknowledgements."""

from datetime import date, timedelta

from catalogue import CODES, KINDS, box_of
from gen_base import Base


class RecordGen(Base):
    def few(self):
        return 1 if self.healthy and self.p(0.8) else 0

    # -- conversations

    def make_conversations(self, model):
        used, out = set(), []
        for _ in range(self.few() or self.pick([1, 2, 3, 4, 6, 8, max(1, len(self.ids) // 2)])):
            c = self.conversation(model, *self.pair(model))
            self.give_id(c, "--".join((c["owner"], c["with"], c["kind"], c["raised"])), used, "c")
            c["owner"], c["with"] = self.ref(c["owner"]), self.ref(c["with"])
            out.append(c)
        self.give_aliases(out, used)
        return out

    def pair(self, model):
        a, b = self.r.sample(self.ids, 2)
        outside = [i for i in self.ids if model.external[i]]
        if outside and self.p(0.25):
            b = self.pick(outside)
            a = self.pick([i for i in self.ids if i != b])
        elif self.p(0.4) and model.delivery[b]:
            a = model.delivery[b]
        elif self.p(0.1) and model.craft[b]:
            a = model.craft[b]
        return a, b

    def conversation(self, model, owner, other):
        r = self.r
        c = {"kind": self.pick([*KINDS, "performance", "performance", "conflict"]), "owner": owner, "with": other}
        raised, due = self.raised_and_due(model, c, other)
        c["raised"] = self.iso(raised)
        if self.p(0.35):
            at, pushed = (due if "due" in c else raised), []
            for _ in range(r.choice([1, 1, 2, 3, 4, 5, 7])):
                at += timedelta(self.pick([1, 7, 14, 30]))
                pushed.append(self.iso(at))
            c["deferred_to"] = pushed
        elif self.p(0.05):
            c["deferred_to"] = []
        x = r.random()
        if x < 0.2:
            c["held"] = self.iso(self.ending(model, other, raised, due))
        elif x < (0.7 if model.external[other] else 0.33):
            c["dropped"] = {"date": self.iso(self.ending(model, other, raised, due)), "reason": "moved guilds"}
        if self.p(0.3):
            c["topic"] = "Staff-plus case"
        return c

    def raised_and_due(self, model, c, other):
        r, grace = self.r, self.numbers["grace_days"]
        left = model.people[other].get("left")
        if left and self.p(0.7):  # around the day they left
            before = self.pick([-200, -120, -60, -30, -15, -14, -1, 0, 1])
            raised = min(self.t, date.fromisoformat(left) + timedelta(before))
        else:
            raised = self.d(-self.back(500))
        due = raised + timedelta(grace)
        if self.p(0.55):
            ago = [self.back(300), -1, 0, 1, -40, 7 * r.randint(1, 30)]
            due = max(raised, self.pick([*(self.d(-n) for n in ago), raised, raised + timedelta(1)]))
            c["due"] = self.iso(due)
        elif self.p(0.4) and not left:
            raised = self.d(-max(0, grace + self.pick([-1, 0, 1, 7, 14, 70, 7 * r.randint(1, 40)])))
            due = raised + timedelta(grace)
        if model.people[other]["leaves"] and not left and self.p(0.7):
            want = 7 * r.randint(1, 25) + self.pick([0, 0, -1])  # a whole number of counted weeks
            for n in range(600):
                if model.counted(self.d(-n), self.t, [other]) == want:
                    due = self.d(-n)
                    raised, c["due"] = due - timedelta(r.randint(0, 20)), self.iso(due)
                    break
        return raised, due

    def ending(self, model, other, raised, due):
        days = [self.t, self.d(-1), raised, *(due + timedelta(n) for n in (0, 1, 8, self.r.randint(0, 200)))]
        left = model.people[other].get("left")
        if left and self.p(0.6):
            days = [date.fromisoformat(left) - timedelta(n) for n in (-1, 0, 1, 89, 90, 30)]
        return max(raised, min(self.t, self.pick(days)))

    # -- decisions

    def make_decisions(self):
        used, out = set(), []
        for _ in range(self.few() or self.pick([1, 1, 2, 3, 4])):
            d = self.decision(self.fresh(used, self.pick(["vendor", "Pick-DB", "d1", "10"])))
            out.append(d)
        self.give_aliases(out, used)
        return out

    def decision(self, i):
        n = self.numbers
        raised = self.d(-self.back(500))
        if self.p(0.3):
            late = [0, 1, 2, 7, 8, 70, n["escalate_after_days"], n["escalate_after_days"] + 1]
            raised = self.d(-(n["grace_days"] + self.pick(late)))
        d = {"id": i, "title": "Leave vendor X", "owner": self.ref(self.pick(self.ids)), "raised": self.iso(raised)}
        if self.p(0.75):
            d["squad"] = self.sref(self.pick(self.squad_ids))
        if self.p(0.4):
            days = [raised, *(self.d(-x) for x in (1, 0, -1, self.back(300), -60))]
            d["due"] = self.iso(max(raised, self.pick(days)))
        if self.p(0.5):
            self.close_and_reopen(d, raised)
        if self.p(0.25):
            last = date.fromisoformat(d["reopened"][-1]) if d.get("reopened") else raised
            days = [raised, last - timedelta(1), last, last + timedelta(1), self.t, self.d(-self.back(300))]
            d["escalated"] = self.iso(max(raised, min(self.t, self.pick(days))))
        return d

    def close_and_reopen(self, d, raised):
        n, closed = self.numbers, max(raised, self.d(-self.back(300)))
        d["closed"] = self.iso(closed)
        if self.p(0.7):
            window, grace = n["reopened_window_days"], n["grace_days"]
            ago = [0, 1, window, window - 1, window + 1, grace, grace + 1, self.back(), self.back()]
            days = {closed, closed + timedelta(1), closed - timedelta(1), raised, *(self.d(-x) for x in ago)}
            days = sorted(x for x in days if raised <= x <= self.t)
            count = min(len(days), self.pick([1, 1, 2, 3, 4]))
            d["reopened"] = [self.iso(x) for x in sorted(self.r.sample(days, count))]
        elif self.p(0.1):
            d["reopened"] = []

    def close_by_decision(self, squads, decisions):
        """`context.closed` names decisions, open ones and closed ones."""
        for squad in squads:
            context = squad.get("context") or {}
            if decisions and context.get("closed") is not None and self.p(0.6):
                for d in self.r.sample(decisions, self.r.randint(1, min(2, len(decisions)))):
                    context["closed"].append({"decision": self.pick([d["id"], *d.get("aliases", [])])})

    # -- promotions

    def make_promotions(self, model, conversations):
        out, used = [], set()
        for _ in range(self.few() or self.pick([1, 1, 2, 3, 4])):
            x = self.promotion(model, conversations)
            self.give_id(x, x["person"] + "--" + x["decided"], used, "pr")
            x["person"] = self.ref(x["person"])
            out.append(x)
        self.give_aliases(out, used)
        return out

    def promotion(self, model, conversations):
        r, window, i = self.r, self.numbers["promotion_window_days"], self.pick(self.ids)
        decided = self.d(-self.pick([0, 1, 7, window - 1, window, window, window + 1, self.back(365), r.randint(0, window)]))
        hard = [c for c in conversations if c["kind"] in ("performance", "conflict")]
        if hard and self.p(0.5):  # around the days of a talk that was owed (D306)
            c = self.pick(hard)
            i, raised = model.person_ids[c["with"]], date.fromisoformat(c["raised"])
            due = date.fromisoformat(c["due"]) if "due" in c else raised + timedelta(self.numbers["grace_days"])
            days = [due, due + timedelta(1), due + timedelta(r.randint(1, 60)), self.t]
            if "held" in c:
                days += [date.fromisoformat(c["held"]) - timedelta(n) for n in (0, 1)]
            decided = min(self.t, self.pick(days))
        x = {"person": i, "to": "Staff engineer", "decided": self.iso(decided)}
        signed = self.pick([None, None, i, model.delivery[i], model.rated[i], model.craft[i], self.pick(self.ids)])
        if model.rated[i] not in (None, model.delivery[i]) and self.p(0.6):
            signed = model.rated[i]
        if signed:
            x["signed_off_by"] = self.ref(signed)
        if self.p(0.75):
            x["level"] = self.r.randint(1, 8)
        if self.p(0.75):
            x["to_track"] = self.pick(["officer", "officer", "officer", "warrant"])
        if self.p(0.75):
            x["from_track"] = self.pick(["warrant", "warrant", "warrant", "officer"])
        if self.p(0.15):
            x["reviewed"] = self.iso(min(self.t, decided + timedelta(r.choice([0, 1, 30, 900]))))
        return x

    # -- acknowledgements

    def make_acknowledgements(self, factor_ids, subjects):
        """Several for one factor (renewals), for other codes of its box, by alias, for what is not there."""
        ids = self.r.sample(factor_ids, min(len(factor_ids), 3))
        for i in list(ids):
            code, kind, subject = i.split(":", 2)
            if self.p(0.5):
                others = [c for c in box_of(code) if CODES[c][3] == kind]
                ids.append(f"{self.pick(others)}:{kind}:{subject}")
        code = self.pick(CODES)
        ids.append(f"{code}:{CODES[code][3]}:" + ("portfolio" if code == "D404" else "not-there"))
        out = []
        for i in sorted(set(ids)):
            out += self.renewals(i, subjects)
        return out

    def renewals(self, i, subjects):
        code, kind, subject = i.split(":", 2)
        named, rows = self.d(-self.r.randint(0, 200)), []
        for _ in range(self.pick([1, 1, 2, 3, 4, 6])):
            through = named + timedelta(self.pick([0, 1, 15, 30, 31]))
            said = self.pick([subject, *subjects.get((kind, subject), [])]) if self.p(0.3) else subject
            rows.append({self.pick(["factor", "factor", "finding"]): f"{code}:{kind}:{said}", "reason": "Cy joins",
                         "named_on": self.iso(named), "through": self.iso(through)})
            named = max(named + timedelta(1), through + timedelta(self.pick([-15, -1, 0, 1, 40])))
            if named > self.t:
                break
        return rows
