"""Random people, squads and guilds."""

from datetime import date, timedelta

from gen_base import Base

FIRST = ("ana bo cy dee eve fay gus hal ida jon kim lea max nia oda pia quin ros sam tom una vic wes xia yan zoe "
         "Abe BEA Cal Dot").split()
ODD = ["x-1", "7of9", "a.b@c.example", "Bo_2", "007", "1e5", "no", "null", "true", "2026-01-01", "A", "a", "Z-",
       "q--r", "q", "r", "a" * 60, "0", "e.", "n_o@x"]
SQUADS = ["ledger", "Vault", "ops", "web-1", "b2b", "10", "zeta", "api.v2", "Core"]
GUILDS = ["backend", "Design", "sre", "data", "qa@eu", "20"]
REASONS = ["resigned", "resigned", "resigned", "dismissed", "retired", "moved", "ended", "private"]


class PeopleGen(Base):
    def name_everything(self):
        r = self.r
        count = self.size or self.pick([2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25])
        pool = FIRST[:] + (r.sample(ODD, r.randint(0, 6)) if self.p(0.6) else [])
        r.shuffle(pool)
        pool += [f"p{n}" for n in range(len(pool), count)]
        self.ids = pool[:count]
        self.squad_ids = r.sample(SQUADS, r.randint(1, 5))
        self.guild_ids = r.sample(GUILDS, r.randint(1, 4))
        if self.p(0.25):
            self.guild_ids = self.guild_ids[:1]  # one guild, large enough for D802
        if self.p(0.1) and self.ids[0] not in self.squad_ids and len(self.ids[0]) < 50:
            self.squad_ids[0] = self.ids[0]  # an id may be used in two sections
        self.person_aliases = self.make_aliases(self.ids, "old-", 0.2)
        self.squad_aliases = self.make_aliases(self.squad_ids, "was-", 0.15)
        self.guild_aliases = self.make_aliases(self.guild_ids, "was-", 0.15)

    def make_aliases(self, ids, stem, probability):
        used = set(ids)
        return {i: [self.fresh(used, stem + i) for _ in range(self.pick([1, 1, 2]))] for i in ids if self.p(probability)}

    # -- people

    def make_people(self):
        self.name_everything()
        # how much of this organisation is in motion
        motion = 0 if self.healthy and self.p(0.7) else self.pick([0, 0.05, 0.15, 0.3])
        leavy, levelled = self.pick([0, 0.1, 0.3]), self.pick([0.3, 0.65, 1])
        return [self.make_person(i, motion, leavy, levelled) for i in self.ids]

    def make_person(self, i, motion, leavy, levelled):
        p, others = {"id": i}, [x for x in self.ids if x != i]
        if self.p(0.4):
            p["name"] = self.pick(["Ana Souza", "Žofie Ö", "李雷", "O'Neil", "x: y # z", "Bo"])
        if self.p(0.2):
            p["title"] = self.pick(["Staff engineer", "Coach", "VP"])
        if self.p(1 if self.healthy else 0.85):
            p["squad"] = self.sref(self.pick(self.squad_ids))
        if self.p(1 if self.healthy else 0.8):
            p["guild"] = self.gref(self.pick(self.guild_ids))
        for key, probability in (("delivery_owner", 0.12), ("craft_owner", 0.12), ("rated_by", 0.1)):
            if self.p(probability):
                p[key] = self.ref(self.pick(others))
        if self.p(levelled):
            edge = self.numbers["track_from_level"]
            p["level"] = self.pick([1, 2, 3, 4, 5, 6, 7, 20, max(1, edge - 1), max(1, edge - 1), edge])
        if self.p(0.9 if self.healthy else 0.45):
            p["track"] = self.pick(["warrant", "officer"])
        self.come_and_go(p, motion)
        if self.p(leavy):
            p["away"] = self.leaves()
        elif self.p(0.05):
            p["away"] = []
        if self.p(0.07):
            p["external"] = True
        elif self.p(0.03):
            p["external"] = False
        if self.p(0.1):
            lines = self.pick([["craft"], ["delivery"], ["craft", "delivery"], []])
            p["exempt"] = {line: "sole lawyer" for line in lines}
        if i in self.person_aliases:
            p["aliases"] = list(self.person_aliases[i])
        elif self.p(0.03):
            p["aliases"] = []
        return p

    def come_and_go(self, p, motion):
        if self.p(0.25):
            p["started"] = self.iso(self.d(-self.r.randint(30, 900)))
        if self.p(motion):
            p["started"] = self.iso(self.d(self.pick([-1, 0, 1, 1, 30])))
        elif self.p(0.08):  # the edges of a new hire's grace
            p["started"] = self.iso(self.d(-max(0, self.numbers["grace_days"] + self.pick([-7, -1, 0, 1, 20]))))
        if self.p(motion):
            window = self.numbers["exit_window_days"]
            ago = [1, 0, -1, -1, -40, window - 1, window, *(self.r.randint(2, min(200, window + 2)) for _ in range(5))]
            left = self.d(-self.pick(ago))
            if "started" in p and date.fromisoformat(p["started"]) > left:
                p["started"] = self.iso(left - timedelta(self.pick([0, 1, 300])))
            p["left"] = self.iso(left)
            if self.p(0.75):
                p["exit"] = self.make_exit(left)

    def make_exit(self, left):
        ending = {"reason": self.pick(REASONS)} if self.p(0.85) else {}
        if left <= self.t and self.p(0.2):
            ending["reviewed"] = self.iso(min(self.t, left + timedelta(self.pick([0, 1, 20]))))
        return ending

    def leaves(self):
        r, grace, out = self.r, self.numbers["away_grace_days"], []
        for _ in range(r.choice([1, 1, 1, 2, 3])):
            length = max(1, self.pick([1, 3, 7, 14, 20, 29, 30, 31, grace - 1, grace, grace + 1, 60, 120]))
            c = r.random()
            if c < 0.15:
                start = 0  # begins today
            elif c < 0.25:
                start = 1
            elif c < 0.4:
                start = -length  # today is the first day back
            elif c < 0.5:
                start = -length + 1
            elif c < 0.6:
                start = -r.randint(0, length)  # covers today, perhaps
            else:
                start = r.randint(-400, 60)
            if all(start + length <= a or b <= start for a, b in out):
                out.append((start, start + length))
        ends = [self.iso(self.d(b)) for _, b in out]
        if self.p(0.12):
            ends[max(range(len(out)), key=lambda n: out[n])] = None  # the last one is open-ended
        rows = [{"from": self.iso(self.d(a)), "until": end} for (a, _), end in zip(out, ends)]
        for row in rows:
            if row["until"] is None and self.p(0.7):
                del row["until"]
        r.shuffle(rows)
        return rows

    # -- squads and guilds

    def lead_of(self, key, group, aliases):
        """Mostly a member."""
        mine = [p["id"] for p in self.people if p.get(key) in [group, *aliases.get(group, [])]]
        return self.pick(mine) if mine and self.p(0.6) else self.pick(self.ids)

    def make_squads(self):
        out = []
        for i in self.squad_ids:
            squad, lead = {"id": i}, self.lead_of("squad", i, self.squad_aliases)
            if self.healthy or self.p(0.94):
                squad["lead"] = self.ref(lead)
            if self.p(0.3):
                squad["name"] = "Squad " + i
            if self.p(0.75):
                squad["escalates_to"] = self.ref(lead if self.p(0.08) else self.pick(self.ids))
            if self.p(0.7):
                squad["context"] = self.make_context()
            if i in self.squad_aliases:
                squad["aliases"] = list(self.squad_aliases[i])
            out.append(squad)
        free = [p["id"] for p in self.people if "squad" not in p]
        if free and len(out) > 1 and self.p(0.6):
            lead = self.pick(free)  # without a squad, and leads two: the first by id counts
            for squad in self.r.sample(out, 2):
                squad["lead"] = self.ref(lead)
        return out

    def make_context(self):
        context, full = {}, self.p(0.9 if self.healthy else 0.55)
        if full or self.p(0.6):
            context["success"] = "In a minute" if full or self.p(0.7) else self.pick(["", "  ", " \t"])
        if full or self.p(0.6):
            context["constraints"] = ["No card data", "b"][: self.r.randint(1, 2)] if full or self.p(0.6) else []
        if full or self.p(0.6):
            context["closed"] = ["PostgreSQL"] if full or self.p(0.6) else []
        if self.p(0.04):
            context[self.pick(["constraints", "closed"])] = self.pick([["  "], [""], ["", "x"]])
        if self.p(0.75):
            context["reviewed"] = self.iso(self.d(-self.back(300)))
        self.nulls("context", context)
        return context

    def make_guilds(self):
        out = []
        for i in self.guild_ids:
            guild = {"id": i}
            if self.healthy or self.p(0.92):
                guild["lead"] = self.ref(self.lead_of("guild", i, self.guild_aliases))
            if self.p(0.3):
                guild["name"] = "Guild " + i
            if self.p(0.75):
                guild["lanes"] = self.make_lanes()
            if i in self.guild_aliases:
                guild["aliases"] = list(self.guild_aliases[i])
            out.append(guild)
        return out

    def make_lanes(self):
        lanes = [self.make_lane(t) for t in self.pick([[], ["warrant"], ["officer"]] + [["warrant", "officer"]] * 6)]
        if len(lanes) == 2 and self.p(0.35):  # the same lane twice, nearly
            levels = lanes[1]["levels"] = [dict(level) for level in lanes[0]["levels"]]
            if levels and self.p(0.5):
                levels.pop(self.r.randrange(len(levels)))
        if self.p(0.3):
            self.r.shuffle(lanes)
        return lanes

    def make_lane(self, track):
        r, levels = self.r, []
        for n in sorted(r.sample(range(1, 9), r.choice([0, 1, 2, 3, 4, 5]))):
            level = {"level": n, "pay": 80 + 10 * n + r.choice([0, 0, 0, 5, -5])}
            if self.p(0.06):
                level["pay"] = 0
            if self.p(0.12):
                del level["pay"]
                if self.p(0.3):
                    level["pay"] = None
            levels.append(level)
        if self.p(0.3):
            r.shuffle(levels)
        return {"track": track, "levels": levels}
