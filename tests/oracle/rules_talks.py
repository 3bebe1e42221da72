"""3xx but D302: deferred conversations, unsigned promotions, unspoken exits. What was written off."""

from datetime import timedelta

from asking import CLEAR, Asking
from model import day
from records import overdue_on

HEARD_DAYS = 90  # D305: a talk held on one of so many days up to and with `left`


class TalkRules(Asking):
    def ask_conversations(self):
        if not self.has["conversations"]:
            for _ in self.scored:
                self.ask_absent("D301")
        for c in self.talks:
            if c["with"] in self.scored:
                self.ask("D301", self.d301, c)
                self.ask("D304", self.d304, c)
        for i in sorted(self.people):
            if self.left_in_window(i) and not self.external[i]:
                self.ask("D305", self.d305, i)

    def ask_promotions(self):
        if not self.has["promotions"]:
            self.ask_absent("D303")
        for x in self.promotions:
            if x["person"] in self.scored:
                self.ask("D303", self.d303, x)
                self.ask("D306", self.d306, x)
                self.ask("D704", self.d704, x)

    # -- conversations

    def d301(self, c):
        if not c["open"] or self.as_of <= c["due"]:
            return CLEAR
        principal, fees, interest = self.talk_amount(c, self.as_of)
        owner = c["owner"]
        if not self.active[owner] or self.is_misplaced(c):
            owner = self.delivery[c["with"]]
        act, onset = f"hold:conversation:{c['id']}", c["due"] + timedelta(1)
        return self.about("D301", c["id"], c["with"], principal, owner, act, fees=fees, interest=interest, onset=onset)

    def d304(self, c):
        if not self.is_misplaced(c):
            return CLEAR
        act = f"hand-over:conversation:{c['id']}"
        return self.about("D304", c["id"], c["with"], self.P("D304"), self.delivery[c["with"]], act)

    # -- exits

    def left_in_window(self, i):
        left = day(self.people[i].get("left"))
        return left is not None and 0 <= (self.as_of - left).days < self.policy["exit_window_days"]

    def d305(self, i):
        person = self.people[i]
        left, ending = day(person["left"]), person.get("exit", {})
        reason = ending.get("reason")
        if self.by_now(ending.get("reviewed")) is not None or reason not in (None, "resigned"):
            return CLEAR
        if not self.has["conversations"]:
            return self.unknown("D305")
        with_them = [c for c in self.talks if c["with"] == i]
        if any(c["held"] is not None and 0 <= (left - c["held"]).days < HEARD_DAYS for c in with_them):
            return CLEAR
        if any(overdue_on(c, left) for c in with_them):
            return CLEAR  # D301 said it while they were here
        if reason is None:
            return self.unknown("D305")
        owner = self.if_active(self.delivery[i]) or self.squad_lead_of(i)
        return self.about("D305", i, i, self.P("D305"), owner, f"review-exit:person:{i}", onset=left)

    # -- promotions

    def of_promotion(self, code, x, owner):
        act = f"review:promotion:{x['id']}"
        return self.about(code, x["id"], x["person"], self.P(code), owner, act, onset=x["decided"])

    def d303(self, x):
        i, signed = x["person"], x.get("signed_off_by")
        if not x["counts"] or not self.looked_at("craft", i):
            return CLEAR
        pays_for_it = signed in (self.delivery[i], self.rated[i]) and signed != self.craft[i]
        if signed is None or signed == i or pays_for_it:
            return self.of_promotion("D303", x, self.craft[i])
        return CLEAR

    def d306(self, x):
        i = x["person"]
        if not x["counts"]:
            return CLEAR
        if not self.has["conversations"]:
            return self.unknown("D306")
        hard = [c for c in self.talks if c["with"] == i and c["kind"] in ("performance", "conflict")]
        if any(overdue_on(c, x["decided"]) for c in hard):
            return self.of_promotion("D306", x, self.if_active(self.craft[i]) or self.delivery[i])
        return CLEAR

    def d704(self, x):
        if not x["counts"] or x.get("to_track") != "officer":
            return CLEAR
        if "from_track" not in x:
            return self.unknown("D704")
        if x["from_track"] != "warrant":
            return CLEAR
        level, guild = x.get("level"), self.guilds.get(self.people[x["person"]].get("guild"))
        if level is None or guild is None or ("lanes" not in guild and "lanes" not in self.describes):
            return self.unknown("D704")
        lanes = self.lanes(guild)
        warrant, officer = lanes.get("warrant", {}), lanes.get("officer", {})
        if level not in warrant:
            return self.of_promotion("D704", x, guild.get("lead"))
        if level not in officer:
            return CLEAR
        if warrant[level] is None or officer[level] is None:
            return self.unknown("D704")
        return self.of_promotion("D704", x, guild.get("lead")) if warrant[level] < officer[level] else CLEAR

    # -- written off

    def written_off(self):
        """Talks that were overdue when their `with` left, or when they were dropped."""
        rows = []
        for c in self.talks:
            if "D301" in self.policy["disable"] or self.external[c["with"]]:
                continue
            left = day(self.people[c["with"]].get("left"))
            if c["dropped"] is not None:
                on, how = c["dropped"], "dropped"
            elif c["open"] and left is not None and c["raised"] <= left <= self.as_of:
                on, how = left, "left"
            else:
                continue
            if on > c["due"]:
                amount = sum(self.talk_amount(c, on))
                rows.append({"id": f"D301:conversation:{c['id']}", "mp": amount, "on": on.isoformat(), "how": how})
        return sorted(rows, key=lambda row: (-row["mp"], row["id"]))
