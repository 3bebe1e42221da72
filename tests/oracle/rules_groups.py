"""5xx: decisions. 6xx and D503: squads. 7xx: lanes. 8xx: mentoring."""

from datetime import timedelta

from asking import CLEAR, Asking
from model import day
from policy import interest_of


class DecisionRules(Asking):
    def ask_decisions(self):
        if not self.has["decisions"]:
            self.ask_absent("D501")
        for d in self.decisions.values():
            self.ask("D501", self.d501, d)
            self.ask("D502", self.d502, d)
            self.ask("D504", self.d504, d)

    def of_decision(self, code, d, principal, verb, **parts):
        return self.factor(code, d["id"], principal, d["owner"], (d.get("squad"), None), f"{verb}:decision:{d['id']}", **parts)

    def d501(self, d):
        if not self.is_overdue(d):
            return CLEAR
        principal, weeks = self.P("D501"), (self.as_of - d["due"]).days // 7
        interest = interest_of(principal, weeks, self.policy)
        return self.of_decision("D501", d, principal, "decide", interest=interest, onset=d["due"] + timedelta(1))

    def d502(self, d):
        window = self.policy["reopened_window_days"]
        count = sum(1 for r in d["reopened"] if (self.as_of - r).days < window)
        return self.of_decision("D502", d, self.P("D502") * count, "wait") if count else CLEAR

    def d504(self, d):
        limit = d["due"] + timedelta(self.policy["escalate_after_days"])
        since = max([d["raised"], *d["reopened"][-1:]])
        if not self.is_overdue(d) or self.as_of <= limit or (d["escalated"] and d["escalated"] >= since):
            return CLEAR
        above = self.squads[d["squad"]].get("escalates_to") if "squad" in d else None
        if above is None:
            return self.unknown("D504")
        if not self.active[above] or above == d["owner"]:
            return CLEAR
        return self.of_decision("D504", d, self.P("D504"), "escalate", onset=limit + timedelta(1))


class SquadRules(Asking):
    def ask_squads(self):
        for sid in sorted(self.squads):
            squad = self.squads[sid]
            if not self.squad_members[sid]:
                continue
            self.ask("D503", self.d503, squad)
            self.ask("D601", self.d601, squad)
            self.ask("D602", self.d602, squad)
            self.ask("D603", self.d603, squad)
            if "context" in squad:
                self.ask("D604", self.d604, squad)

    def of_squad(self, code, squad, verb, count=1, **parts):
        act = f"{verb}:squad:{squad['id']}"
        return self.factor(code, squad["id"], self.P(code) * count, squad.get("lead"), (squad["id"], None), act, **parts)

    def d503(self, squad):
        lead, above = squad.get("lead"), squad.get("escalates_to")
        if lead is not None and "delivery" in self.people[lead]["exempt"]:
            return CLEAR
        if above is None and "escalations" not in self.describes:
            return self.unknown("D503")
        if above is None or not self.active[above] or above == lead:
            return self.of_squad("D503", squad, "name-escalation")
        return CLEAR

    def is_described(self, squad):
        return "context" in squad or "context" in self.describes

    def lacks(self, squad):
        """How many of the three texts are missing or blank."""
        context = squad.get("context", {})
        count = 0 if context.get("success", "").strip() else 1
        for key in ("constraints", "closed"):
            said = [x for x in context.get(key, []) if not isinstance(x, str) or x.strip()]
            count += 0 if said else 1
        return count

    def d601(self, squad):
        if not self.is_described(squad):
            return self.unknown("D601")
        count = self.lacks(squad)
        return self.of_squad("D601", squad, "write-context", count) if count else CLEAR

    def d602(self, squad):
        if not self.is_described(squad):
            return self.unknown("D602")
        if self.lacks(squad):
            return CLEAR
        reviewed, limit = self.by_now(squad["context"].get("reviewed")), self.policy["context_review_days"]
        if reviewed is None:
            return self.unknown("D602")
        if (self.as_of - reviewed).days > limit:
            return self.of_squad("D602", squad, "review-context", onset=reviewed + timedelta(limit + 1))
        return CLEAR

    def d603(self, squad):
        lead = squad.get("lead")
        if sum(1 for members in self.squad_members.values() if members) < 2 or self.if_active(lead) is None:
            return CLEAR
        if not self.has["meetings"]:
            return self.unknown("D603")
        peers = [m for m in self.meetings if m["kind"] == "peer" and m["active"] and lead in m["people"]]
        others = [i for m in peers for i in m["people"] if i != lead]
        if any(i != self.delivery[lead] and self.delivery[i] != lead for i in others):
            return CLEAR
        if not others and "peers" not in self.describes:
            return self.unknown("D603")
        return self.of_squad("D603", squad, "start-peer-1on1")

    def d604(self, squad):
        named = [x["decision"] for x in squad["context"].get("closed", []) if not isinstance(x, str)]
        decisions = [self.decisions.get(self.decision_ids[i]) for i in named]
        count = sum(1 for d in decisions if d is not None and d["open"])
        return self.of_squad("D604", squad, "settle-context", count) if count else CLEAR


class GuildRules(Asking):
    def ask_guilds(self):
        for gid in sorted(self.guilds):
            if self.guild_members[gid]:
                self.ask("D701", self.d701, self.guilds[gid])
                self.ask("D702", self.d702, self.guilds[gid])
                self.ask("D802", self.d802, self.guilds[gid])
        for i in sorted(self.scored):
            self.ask("D703", self.d703, i)

    def ask_mentorships(self):
        if not self.has["mentorships"]:
            self.ask_absent("D801")
        for x in self.mentorships:
            if x["active"] and x["mentee"] in self.scored:
                self.ask("D801", self.d801, x)

    def of_guild(self, code, guild, verb, count=1):
        act = f"{verb}:guild:{guild['id']}"
        return self.factor(code, guild["id"], self.P(code) * count, guild.get("lead"), (None, guild["id"]), act)

    def has_lanes(self, guild):
        return "lanes" in guild or "lanes" in self.describes

    def d701(self, guild):
        if not self.has_lanes(guild):
            return self.unknown("D701")
        return CLEAR if "warrant" in self.lanes(guild) else self.of_guild("D701", guild, "write-lane")

    def d702(self, guild):
        if not self.has_lanes(guild):
            return self.unknown("D702")
        lanes = self.lanes(guild)
        if "warrant" not in lanes or "officer" not in lanes:
            return CLEAR
        warrant, officer = lanes["warrant"], lanes["officer"]
        lowest = min(warrant, default=0)
        judged = {level: pay for level, pay in officer.items() if level >= lowest}
        both = {level: pay for level, pay in judged.items() if level in warrant}
        told = [level for level, pay in both.items() if pay is not None and warrant[level] is not None]
        count = len(judged) - len(both) + sum(1 for level in told if officer[level] > warrant[level])
        if count:
            return self.of_guild("D702", guild, "level-pay", count)
        return self.unknown("D702") if len(told) < len(both) else CLEAR

    def d703(self, i):
        p = self.people[i]
        if "track" in p:
            return CLEAR
        if "level" not in p:
            return self.unknown("D703")
        if p["level"] < self.policy["track_from_level"]:
            return CLEAR
        return self.about("D703", i, i, self.P("D703"), self.craft[i], f"declare-track:person:{i}")

    def d801(self, x):
        rater = self.rated[x["mentee"]]
        if rater is None:
            return self.unknown("D801")
        if rater != x["mentor"]:
            return CLEAR
        return self.about("D801", x["id"], x["mentee"], self.P("D801"), rater, f"hand-over:mentorship:{x['id']}")

    def d802(self, guild):
        members = self.guild_members[guild["id"]]
        levels = {i: self.people[i]["level"] for i in members if "level" in self.people[i]}
        juniors = [i for i, level in levels.items() if level < self.policy["track_from_level"]]
        if len(juniors) >= 3 and len(juniors) < len(levels):
            if not self.has["mentorships"]:
                return self.unknown("D802")
            needed = -(-len(juniors) * self.policy["mentored_percent"] // 100)
            short = needed - sum(1 for i in juniors if self.is_mentored(i))
            if short > 0:
                return self.of_guild("D802", guild, "pair", short)
        return self.unknown("D802") if 2 * (len(members) - len(levels)) > len(members) else CLEAR

    def is_mentored(self, i):
        mentors = {x["mentor"] for x in self.mentorships if x["active"] and x["mentee"] == i}
        return bool(mentors - {self.delivery[i], self.rated[i]})
