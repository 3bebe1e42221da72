"""The deed of each act: how a portfolio is changed by whoever does what the program says (verbs.md, Deeds)."""

from catalogue import TOPICS
from edit_kit import Skip, derived, id_of, need
from records import jobs_of



def serves(kit, org, m, line):
    """Whether a 1:1 serves that line or, split, would."""
    return m.get("kind", "one-on-one") == "one-on-one" and line in jobs_of(m)


def owned(kit, org, owner, with_, line, but=None):
    return any(m is not but and m["owner"] == owner and m.get("with") == with_ and serves(kit, org, m, line)
               for m in kit.items("meetings"))


def add(kit, section, item):
    used = {id_of(section, x) for x in kit.items(section)} | {a for x in kit.items(section) for a in x.get("aliases", [])}
    if "id" not in item and derived(section, item) in used:
        item["id"] = kit.fresh("begun")
    kit.section(section).append(item)


def begin(kit, owner, with_, purpose, every):
    add(kit, "meetings", {"owner": owner, "with": with_, "purpose": purpose, "every": every, "since": kit.u.isoformat()})


def strip(m, line):
    topics = [x for x in m.get("agenda", []) if TOPICS[x] != line]
    if topics:
        m["agenda"] = topics
    else:
        m.pop("agenda", None)


def sides(kit, m):
    """Owner and `with` as they are read."""
    org, owner, with_ = kit.org(kit.head), m["owner"], m["with"]
    if org.line_owner_of(with_, owner) and not org.line_owner_of(owner, with_):
        owner, with_ = with_, owner
    return org, owner, with_


def hold_conversation(kit, c):
    c["held"] = kit.u.isoformat()


def hold_meeting(kit, m):
    m["last_held"] = kit.u.isoformat()
    m.pop("cancelled_in_a_row", None)


def label(kit, m):
    org, owner, with_ = sides(kit, m)
    m["purpose"] = "delivery" if owner == org.delivery[with_] else "craft"


def split(kit, m):
    org, owner, with_ = sides(kit, m)
    d, c = org.delivery[with_], org.craft[with_]
    mine, other, heir = ("craft", "delivery", d) if owner == c and owner != d else ("delivery", "craft", c)
    m["purpose"] = mine
    strip(m, other)
    if heir and org.active[heir] and heir not in (owner, with_) and not owned(kit, org, heir, with_, other, m):
        every = m.get("every", "monthly")
        begin(kit, heir, with_, other, "monthly" if other == "craft" and every in ("weekly", "biweekly") else every)


def hand_over_meeting(kit, m):
    org, _, with_ = sides(kit, m)
    line = next(iter(jobs_of(m)))
    heir = org.delivery[with_] if line == "delivery" else org.craft[with_]
    if owned(kit, org, heir, with_, line, m):
        m["until"] = kit.u.isoformat()
        need(m.get("since", "") <= m["until"])
        return
    m["owner"], m["with"] = heir, with_
    rederive(kit, "meetings", m)


def rederive(kit, section, item):
    if "id" not in item:
        same = [x for x in kit.items(section) if x is not item and derived(section, item) in [id_of(section, x), *x.get("aliases", [])]]
        if same:
            item["id"] = kit.fresh("taken-over")


def hand_over_conversation(kit, c):
    c["owner"] = kit.org(kit.head).delivery[c["with"]]
    rederive(kit, "conversations", c)


def hand_over_mentorship(kit, x):
    x["until"] = kit.u.isoformat()
    need(x.get("since", "") <= x["until"])


def start_craft(kit, p):
    begin(kit, kit.org(kit.head).craft[p["id"]], p["id"], "craft", "monthly")


def start_delivery(kit, p):
    begin(kit, kit.org(kit.head).delivery[p["id"]], p["id"], "delivery", "weekly")


def start_peer(kit, squad):
    org, lead = kit.org(kit.head), squad["lead"]
    others = sorted({s["lead"] for s in kit.items("squads") if s.get("lead") and org.active[s["lead"]]} - {lead})
    other = kit.pick(x for x in others if org.delivery[lead] != x and org.delivery[x] != lead)
    add(kit, "meetings", {"kind": "peer", "owner": lead, "with": other, "every": "monthly", "since": kit.u.isoformat()})


def name(key):
    def deed(kit, item):
        item[key] = kit.outsider()
    return deed


def write(key, value=None):
    def deed(kit, item):
        item[key] = value or kit.u.isoformat()
    return deed


def review_context(kit, squad):
    squad["context"]["reviewed"] = kit.u.isoformat()


def write_context(kit, squad):
    squad["context"] = {"success": "s", "constraints": ["c"], "closed": ["d"], "reviewed": kit.u.isoformat()}


def review_exit(kit, p):
    p["exit"]["reviewed"] = kit.u.isoformat()


def write_agenda(kit, m):
    m["agenda"] = [*m["agenda"], "career-lane" if "craft" in jobs_of(m) else "commitments"]


def settle_context(kit, squad):
    """Entries that name an open decision go; where none would remain, the decision is closed instead."""
    open_ = {d["id"]: d for d in kit.items("decisions")}
    open_ |= {a: d for d in kit.items("decisions") for a in d.get("aliases", [])}
    closed = squad["context"]["closed"]
    kept = [x for x in closed if isinstance(x, str) or open_[x["decision"]].get("closed")]
    if kept:
        squad["context"]["closed"] = kept
    else:
        for x in closed:
            open_[x["decision"]]["closed"] = kit.u.isoformat()


def officer_of(guild):
    return next((lane["levels"] for lane in guild.get("lanes", []) if lane["track"] == "officer"), [])


def write_lane(kit, guild):
    levels = [dict(level) for level in officer_of(guild)] or [{"level": 5, "pay": 100}]
    guild["lanes"] = [*guild.get("lanes", []), {"track": "warrant", "levels": levels}]


def level_pay(kit, guild):
    warrant = next(lane["levels"] for lane in guild["lanes"] if lane["track"] == "warrant")
    lowest = min((x["level"] for x in warrant), default=0)
    by_level = {x["level"]: x for x in warrant}
    for x in officer_of(guild):
        if x["level"] >= lowest:
            mine = by_level.get(x["level"])
            if mine is None:
                warrant.append(dict(x))
            elif x.get("pay") is not None and mine.get("pay") is not None:
                mine["pay"] = max(mine["pay"], x["pay"])


def move_rating(kit, p):
    p["rated_by"] = kit.org(kit.head).delivery[p["id"]]


def share_out(line, span):
    def deed(kit, p):
        org = kit.org(kit.head)
        owners = org.delivery if line == "delivery" else org.craft
        mine = sorted(i for i in org.scored if owners[i] == p["id"] and org.looked_at(line, i))
        new = kit.outsider()
        for i in mine[span:]:
            kit.person(i)[f"{line}_owner"] = new
            for m in kit.items("meetings"):
                if line == "delivery" and m["owner"] == p["id"] and m.get("with") == i and jobs_of(m) == {"delivery"}:
                    m["owner"] = new
                    rederive(kit, "meetings", m)
    return deed


def pair(kit, guild):
    org = kit.org(kit.head)
    members = sorted(org.guild_members[guild["id"]])
    level = {p["id"]: p.get("level", 0) for p in kit.items("people")}
    seniors = [i for i in members if level[i] >= 4]
    paired = 0
    for mentee in (i for i in members if 0 < level[i] < 4):
        mentors = [i for i in seniors if i not in (org.delivery[mentee], org.rated[mentee])]
        if mentors and not any(x["mentee"] == mentee for x in kit.items("mentorships")):
            add(kit, "mentorships", {"mentor": mentors[paired % len(mentors)], "mentee": mentee, "since": kit.u.isoformat()})
            paired += 1
    need(paired)


DEEDS = {
    "hold:conversation": hold_conversation, "hold:meeting": hold_meeting, "label:meeting": label, "split:meeting": split,
    "hand-over:meeting": hand_over_meeting, "hand-over:conversation": hand_over_conversation,
    "hand-over:mentorship": hand_over_mentorship, "start-craft-1on1:person": start_craft,
    "start-delivery-1on1:person": start_delivery, "start-peer-1on1:squad": start_peer, "name-lead:guild": name("lead"),
    "name-lead:squad": name("lead"), "name-craft-owner:person": name("craft_owner"),
    "name-delivery-owner:person": name("delivery_owner"), "name-escalation:squad": name("escalates_to"),
    "review:promotion": write("reviewed"), "review-context:squad": review_context, "write-context:squad": write_context,
    "decide:decision": write("closed"), "escalate:decision": write("escalated"), "declare-track:person": write("track", "warrant"),
    "show-lines:portfolio": None, "write-agenda:meeting": write_agenda, "review-exit:person": review_exit,
    "settle-context:squad": settle_context, "write-lane:guild": write_lane, "level-pay:guild": level_pay,
    "move-rating:person": move_rating, "share-out:person": share_out("craft", 15),
    "share-out-delivery:person": share_out("delivery", 10), "pair:guild": pair,
}
SECTION = {"person": "people"}


def advice(kit):
    """One to three acts of the head's day, done."""
    acts = sorted({f["act"] for f in kit.factors().values() if f["act"] and not f["act"].startswith("wait:")})
    need(acts)
    # Each kind of act as likely as any other, however many there are of it.
    verbs = sorted({a.split(":", 1)[0] for a in acts})
    done = []
    for verb in kit.r.sample(verbs, min(len(verbs), kit.r.choice([1, 1, 2, 3]))):
        act = kit.pick(a for a in acts if a.split(":", 1)[0] == verb)
        try:
            do(kit, act)
        except (StopIteration, KeyError) as error:  # an act before it has changed what this one is about
            raise Skip from error
        done.append(act)
    return "done: " + ", ".join(done)


def do(kit, act):
    verb, kind, subject = act.split(":", 2)
    if verb == "show-lines":
        kit.head["hr_system"]["shows"] = ["delivery", "craft"]
        return
    DEEDS[f"{verb}:{kind}"](kit, kit.one(SECTION.get(kind, kind + "s"), subject))


GOOD = (advice,)
