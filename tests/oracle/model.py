"""Who is there, who owns what, whose lines are looked at (portfolio.md, Who owns what)."""

from datetime import date, timedelta

from policy import strip_nulls

SECTIONS = ("meetings", "conversations", "decisions", "promotions", "mentorships")


def day(value):
    if value is None or type(value) is date:
        return value
    return date.fromisoformat(value)


class People:
    """People, squads and guilds of a portfolio on one day."""

    def __init__(self, portfolio, policy, as_of):
        self.doc, self.policy, self.as_of = strip_nulls(portfolio), policy, as_of
        self.describes = set(self.doc.get("describes", []))
        self.has = {section: section in self.doc for section in SECTIONS}
        self.people = {p["id"]: dict(p) for p in self.doc.get("people", [])}
        self.squads = {s["id"]: dict(s) for s in self.doc.get("squads", [])}
        self.guilds = {g["id"]: dict(g) for g in self.doc.get("guilds", [])}
        self.person_ids = self.aliases("people")
        self.squad_ids = self.aliases("squads")
        self.guild_ids = self.aliases("guilds")
        self.link()
        self.meetings_of = None
        if "meetings_of" in self.doc:
            self.meetings_of = {self.person_ids[i] for i in self.doc["meetings_of"]}
        self.own()
        self.active = {i: self.is_there(p) for i, p in self.people.items()}
        # Whoever has a delivery owner here is no outsider.
        self.external = {
            i: bool(p.get("external")) and self.delivery[i] is None for i, p in self.people.items()
        }
        self.scored = {i for i in self.people if self.active[i] and not self.external[i]}
        self.squad_members = {
            s: {i for i in self.scored if self.people[i].get("squad") == s} for s in self.squads
        }
        self.guild_members = {
            g: {i for i in self.scored if self.people[i].get("guild") == g} for g in self.guilds
        }
        self.leads_guild = {i for i in self.people if self.craft_line_ends_in(i)}

    # -- links

    def aliases(self, section):
        ids = {}
        for item in self.doc.get(section, []):
            for i in [item["id"], *item.get("aliases", [])]:
                ids[i] = item["id"]
        return ids

    @staticmethod
    def resolve(item, ids, *keys):
        for key in keys:
            if key in item:
                item[key] = ids[item[key]]

    def link(self):
        for person in self.people.values():
            self.resolve(person, self.squad_ids, "squad")
            self.resolve(person, self.guild_ids, "guild")
            self.resolve(person, self.person_ids, "delivery_owner", "craft_owner", "rated_by")
            # A leave without `until` is open-ended.
            person["leaves"] = [(day(a["from"]), day(a.get("until"))) for a in person.get("away", [])]
            person["exempt"] = set(person.get("exempt", {}))
        for squad in self.squads.values():
            self.resolve(squad, self.person_ids, "lead", "escalates_to")
        for guild in self.guilds.values():
            self.resolve(guild, self.person_ids, "lead")

    # -- presence

    def is_there(self, person):
        if "started" in person and day(person["started"]) > self.as_of:
            return False
        return not self.has_left(person) and self.long_leave(person) is None

    def has_left(self, person):
        return "left" in person and day(person["left"]) <= self.as_of

    def long_leave(self, person):
        """The first day of the long leave that covers the day, or None."""
        for start, end in person["leaves"]:
            if start <= self.as_of and (
                end is None or (self.as_of < end and (end - start).days >= self.policy["away_grace_days"])
            ):
                return start
        return None

    def missing_since(self, i):
        """The day somebody left, else the day they went away, where that is how they are missing."""
        person = self.people[i]
        return day(person["left"]) if self.has_left(person) else self.long_leave(person)

    def in_grace(self, i):
        """The first weeks of a new hire."""
        started = day(self.people[i].get("started"))
        return started is not None and self.as_of <= started + timedelta(self.policy["grace_days"])

    def counted(self, start, end, who):
        """The days after `start`, up to and with `end`, on which none of `who` was away."""
        leaves = [leave for i in who for leave in self.people[i]["leaves"]]
        count, at = 0, start + timedelta(1)
        while at <= end:
            if not any(a <= at and (b is None or at < b) for a, b in leaves):
                count += 1
            at += timedelta(1)
        return count

    def if_active(self, i):
        return i if i is not None and self.active[i] else None

    # -- lines

    def own(self):
        self.delivery = {i: self.delivery_owner(i, p) for i, p in self.people.items()}
        self.craft = {i: self.craft_owner(i, p) for i, p in self.people.items()}
        self.rated = {i: p.get("rated_by", self.delivery[i]) for i, p in self.people.items()}

    def delivery_owner(self, i, person):
        if "delivery_owner" in person:
            return person["delivery_owner"]
        if "squad" in person:
            squad = self.squads[person["squad"]]
            owner = squad.get("lead")
            if owner == i:
                owner = squad.get("escalates_to")
        else:
            led = sorted(s for s, squad in self.squads.items() if squad.get("lead") == i)
            owner = self.squads[led[0]].get("escalates_to") if led else None
        return None if owner == i else owner

    def craft_owner(self, i, person):
        if "craft_owner" in person:
            return person["craft_owner"]
        owner = self.guilds[person["guild"]].get("lead") if "guild" in person else None
        return None if owner == i else owner

    def craft_line_ends_in(self, i):
        """`i` leads a guild with another scored member, and belongs to none that somebody else leads."""
        leads = any(g.get("lead") == i and self.guild_members[x] - {i} for x, g in self.guilds.items())
        own = self.people[i].get("guild")
        other = self.guilds[own].get("lead") if own is not None else None
        return leads and (other is None or other == i)

    def line_owner_of(self, owner, person):
        return owner is not None and owner in (self.delivery[person], self.craft[person])

    def looked_at(self, line, i):
        person = self.people[i]
        if line in person["exempt"]:
            return False
        return not (line == "craft" and i in self.leads_guild and "craft_owner" not in person)

    def squad_lead_of(self, i):
        squad = self.people[i].get("squad")
        return self.squads[squad].get("lead") if squad is not None else None

    def lanes(self, guild):
        return {
            lane["track"]: {level["level"]: level.get("pay") for level in lane.get("levels", [])}
            for lane in guild.get("lanes", [])
        }
