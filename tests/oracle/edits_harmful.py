"""Edits that every gate must stop: new debt, open or behind a date, a flag, a policy or an id."""

import copy
from datetime import date, timedelta

from edit_kit import Skip, hand_over, id_of, need
from records import jobs_of


def tomorrow(kit):
    return (kit.u + timedelta(1)).isoformat()


def stranger(kit, with_):
    """Somebody who can hold a 1:1 with them, and of whom they own no line."""
    org = kit.org(kit.head)
    return kit.pick(i for i in kit.settled() if i != with_ and with_ not in (org.delivery[i], org.craft[i]))


def somebody(kit):
    return kit.pick(i for i in kit.settled() if kit.both_lines(i))


def mixed(kit, with_, **more):
    owner = stranger(kit, with_)
    kit.section("meetings").append({"id": kit.fresh("mixed"), "owner": owner, "with": with_, "purpose": "both", **more})
    need("meetings" in kit.base)
    return f"a mixed 1:1 of {owner} with {with_}"


def labelled(kit, who=None):
    """A labelled 1:1 for one job, of two people whose dates say nothing, both of whose lines are looked at."""
    org, settled = kit.org(kit.head), set(kit.settled())
    return kit.pick(
        (m, x)
        for m, x in kit.meetings(lambda m: m.get("purpose") == "delivery" and len(jobs_of(m)) == 1)
        if m["with"] in settled and m["owner"] in settled and org.looked_at("delivery", m["with"])
        and org.looked_at("craft", m["with"]) and not {"since", "until"} & set(x) and who in (None, m["with"])
    )


def turned(kit):
    m, x = labelled(kit)
    x["purpose"] = "both"
    return m


# -- in the open


def new_conflated(kit):
    more = {"since": kit.since_base().isoformat()} if kit.r.random() < 0.4 else {}
    return mixed(kit, somebody(kit), **more)


def becomes_conflated(kit):
    return f"{turned(kit)['id']} becomes mixed"


def by_agenda(kit):
    m, x = labelled(kit)
    x["agenda"] = [*x.get("agenda", []), "career-lane", "promotion"]
    return f"craft topics on {m['id']}"


def craft_owner_removed(kit):
    before = kit.factors()
    i = kit.pick(i for i in kit.settled() if "guild" in kit.person(i) and "craft_owner" not in kit.person(i))
    need(not any(f"{code}:person:{i}" in before for code in ("D201", "D202")))
    del kit.person(i)["guild"]
    need(f"D201:person:{i}" in kit.factors(kit.head))
    return f"{i} has no craft owner any more"


def lead_removed(kit):
    squad = kit.pick(s for s in kit.items("squads") if s.get("lead"))
    del squad["lead"]
    before, now = kit.factors(), kit.factors(kit.head)
    new = [f for f in now if f.startswith("D401") and not {f, f.replace("D401", "D402")} & set(before)]
    # Of whom nobody could tell before whether the portfolio ends with them, it is only told now.
    owned = kit.org().delivery
    new = [f for f in new if owned[f.split(":", 2)[2]]]
    need(new and len(kit.both_days()) > 0)
    # A lead who is gone from a squad is nobody's debt where the same people are better off by it.
    need(len(new) * 3000 > 4000 * sum(f.startswith("D203") for f in before if f not in now))
    return f"{squad['id']} has no lead any more"


def open_talk(kit):
    fees = kit.factors()
    return kit.pick(
        c for c in kit.items("conversations")
        if f"D301:conversation:{id_of('conversations', c)}" in fees and len(c.get("deferred_to", [])) < 4
    )


def later(kit, c):
    last = date.fromisoformat([c.get("due", c["raised"]), *c.get("deferred_to", [])][-1])
    return (max(last, kit.u) + timedelta(kit.r.randint(1, 60))).isoformat()


def talk_deferred(kit):
    c = open_talk(kit)
    c["deferred_to"] = [*c.get("deferred_to", []), later(kit, c)]
    need("D301" in kit.rises())
    return f"{id_of('conversations', c)} is pushed once more"


def new_promotion(kit, **more):
    i = kit.pick(i for i in kit.settled() if kit.org(kit.head).looked_at("craft", i))
    kit.section("promotions").append({"id": kit.fresh("promoted"), "person": i, "to": "Staff",
                                      "decided": kit.since_base().isoformat(), **more})
    return f"{i} is promoted, and nobody signs"


def rater_mentors(kit, **more):
    org = kit.org(kit.head)
    i = kit.pick(i for i in kit.settled() if org.rated[i] in kit.settled())
    # A 1:1 that was nobody's business may be a mentor's; then the edit repairs something too.
    kit.section("mentorships").append({"id": kit.fresh("mentored"), "mentor": org.rated[i], "mentee": i, **more})
    need("D802" not in kit.falls() and not kit.falls())
    return f"{org.rated[i]} mentors {i}, whom they rate"


# -- behind a date


def since_tomorrow(kit):
    day = kit.u + timedelta(kit.r.choice([1, 1, 30, 200]))
    return mixed(kit, somebody(kit), since=day.isoformat()) + f" since {day}"


def until_soon(kit):
    day = kit.u + timedelta(kit.r.choice([1, 30, 200]))
    return mixed(kit, somebody(kit), until=day.isoformat()) + f" until {day}"


def mentor_since_tomorrow(kit):
    return rater_mentors(kit, since=tomorrow(kit))


def behind_dates(**dates):
    def edit(kit):
        need(len(kit.both_days()) > 3)
        m = turned(kit)
        who = kit.pick([m["owner"], m["with"]])
        for key, value in dates.items():
            kit.person(who)[key] = value(kit)
        need(kit.org(kit.head).scored)
        return f"{m['id']} becomes mixed behind {', '.join(dates)} of {who}"
    return edit


started_tomorrow = behind_dates(started=tomorrow)
away_until_tomorrow = behind_dates(away=lambda kit: [{"from": (kit.u - timedelta(45)).isoformat(), "until": tomorrow(kit)}])
on_open_leave = behind_dates(away=lambda kit: [{"from": kit.u.isoformat()}])
left_today = behind_dates(left=lambda kit: kit.u.isoformat())
left_long_ago = behind_dates(left=lambda kit: (kit.t - timedelta(30)).isoformat())

# -- behind a flag, a policy, what is described


def exempted(kit):
    m = turned(kit)
    p = kit.person(m["with"])
    p["exempt"] = {**p.get("exempt", {}), kit.pick(["craft", "delivery"]): "x"}
    return f"{m['id']} becomes mixed, and {m['with']} exempt"


def made_external(kit):
    need(len(kit.both_days()) > 3)
    m = turned(kit)
    kit.person(m["with"])["external"] = True
    return f"{m['id']} becomes mixed, and {m['with']} external"


def less_described(kit):
    m = turned(kit)
    need(kit.base.get("describes"))
    del kit.head["describes"]
    return f"{m['id']} becomes mixed, and nothing is described in full any more"


def meetings_of_nobody(kit):
    m = turned(kit)
    need("meetings_of" not in kit.base)
    kit.head["meetings_of"] = []
    return f"{m['id']} becomes mixed, and the 1:1s of nobody are held in full"


def section_out(kit):
    m = turned(kit)
    section = kit.pick(s for s in ("conversations", "decisions", "promotions", "mentorships") if s in kit.head)
    need(section != "decisions" or "closed" not in str(kit.items("squads")))
    del kit.head[section]
    return f"{m['id']} becomes mixed, and {section} is taken out"


def policy(kit):
    m = turned(kit)
    kit.head["policy"] = kit.pick([{"disable": ["D101"]}, {"principal": {"D101": 0}}, {"principal": {"D101": 2}, "disable": ["D204"]}])
    return f"{m['id']} becomes mixed under {kit.head['policy']}"


# -- behind an id


def conflated_in_base(kit, people):
    """A mixed 1:1 that was there already, in both sides."""
    with_ = kit.pick(people)
    item = {"id": kit.fresh("was-mixed"), "owner": stranger(kit, with_), "with": with_, "purpose": "both"}
    need("meetings" in kit.base)
    kit.base["meetings"].append(dict(item))
    kit.head["meetings"].append(item)
    return item


def two_people(kit):
    people = [i for i in kit.settled() if kit.both_lines(i)]
    need(len(people) > 1)
    return people


def id_reused(kit):
    people = two_people(kit)
    item = conflated_in_base(kit, people)
    org = kit.org(kit.head)
    new = kit.pick(i for i in people if i not in (item["with"], item["owner"]) and i not in (org.delivery[item["owner"]], org.craft[item["owner"]]))
    item["with"] = new
    return f"{item['id']} is a mixed 1:1 with somebody else, {new}"


def redirected(kit):
    exempt = [p["id"] for p in kit.base["people"] if p["id"] in kit.settled() and set(p.get("exempt", {})) == {"delivery", "craft"}]
    if not exempt:
        i = kit.fresh("sole")
        for doc in (kit.base, kit.head):
            doc["people"].append({"id": i, "exempt": {"delivery": "x", "craft": "x"}})
        exempt = [i]
    item = conflated_in_base(kit, two_people(kit))
    m, _ = labelled(kit)
    kit.one("meetings", m["id"])["purpose"] = "both"
    item["with"] = kit.pick(i for i in exempt if i != item["owner"])
    return f"{item['id']} is with {item['with']} now, and {m['id']} becomes mixed"


def deferred_under_a_new_id(kit):
    c = open_talk(kit)
    need(c.get("due", "9") > c["raised"])
    c["deferred_to"] = [*c.get("deferred_to", []), later(kit, c)]
    raised = date.fromisoformat(c["raised"]) + timedelta(1)
    if kit.r.random() < 0.5 and "id" not in c:
        c["raised"] = raised.isoformat()
    else:
        c["id"] = kit.fresh("another")
    need("D301" in kit.rises())
    # One talk of that kind with them, so that it is plain which one it was.
    need(sum(x["with"] == c["with"] for x in kit.items("conversations")) == 1)
    return f"the {c['kind']} talk with {c['with']} is pushed once more, under another id"


def reopening_swapped(kit):
    closed, old = kit.before_base(60, 80).isoformat(), kit.before_base(20, 50).isoformat()
    owner = kit.pick(kit.settled())
    d = {"id": kit.fresh("reopened"), "title": "t", "owner": owner, "raised": closed, "closed": closed, "reopened": [old]}
    d["due"] = (kit.u + timedelta(100)).isoformat()
    need("decisions" in kit.base)
    kit.base["decisions"].append(d)
    kit.head["decisions"].append({**d, "reopened": [kit.since_base().isoformat()]})
    return f"{d['id']} was reopened then, and is reopened now instead"


def signature_rewritten(kit):
    i = kit.pick(i for i in kit.settled() if kit.org(kit.head).looked_at("craft", i) and kit.org(kit.head).craft[i])
    p = {"id": kit.fresh("unsigned"), "person": i, "to": "Staff", "decided": kit.before_base(5, 100).isoformat()}
    need("promotions" in kit.base)
    kit.base["promotions"].append({**p, "signed_off_by": i})
    kit.head["promotions"].append({**p, "signed_off_by": kit.org(kit.head).craft[i]})
    need(f"D303:promotion:{p['id']}" not in kit.factors(kit.head))
    return f"{p['id']} is signed by somebody else now, and {turned(kit)['id']} becomes mixed"


OPEN = (new_conflated, becomes_conflated, by_agenda, craft_owner_removed, lead_removed, talk_deferred, new_promotion, rater_mentors)
DATES = (since_tomorrow, until_soon, mentor_since_tomorrow, started_tomorrow, away_until_tomorrow, on_open_leave, left_today, left_long_ago)
FLAGS = (exempted, made_external, less_described, meetings_of_nobody, section_out, policy)
IDS = (id_reused, redirected, deferred_under_a_new_id, reopening_swapped, signature_rewritten)
NAMES = {started_tomorrow: "started_tomorrow", away_until_tomorrow: "away_until_tomorrow", on_open_leave: "on_open_leave",
         left_today: "left_today", left_long_ago: "left_long_ago"}


# -- together with something honest


def alone(kit):
    return ""


def after_a_handover(kit):
    """One that repairs nothing, so that it cannot pay; it comes before the edit, which then meets the new lines."""
    return hand_over(kit, strict=True) + "; "


def with_a_lapsed_acknowledgement(kit):
    """Of every factor that the head has and the base had, and of the new ones too: all have run out."""
    rows = [{"factor": f, "reason": "x", "named_on": (kit.t - timedelta(60)).isoformat(),
             "through": (kit.t - timedelta(40)).isoformat()} for f in sorted(kit.factors(kit.head))]
    for doc in (kit.base, kit.head):
        doc["acknowledgements"] = copy.deepcopy(rows)
    return "; every factor was acknowledged long ago"


def with_an_until(kit):
    """The last 1:1 that was written ends some day."""
    changed = [m for m in kit.items("meetings") if m not in (kit.base.get("meetings") or [])]
    if not changed or "until" in changed[-1]:
        raise Skip
    changed[-1]["until"] = (kit.u + timedelta(kit.r.choice([2, 40, 300]))).isoformat()
    need(changed[-1].get("since", "") <= changed[-1]["until"])
    return f"; it ends on {changed[-1]['until']}"


HARMFUL = OPEN + DATES + FLAGS + IDS
FIRST = (after_a_handover,)
TOGETHER = (alone, after_a_handover, with_a_lapsed_acknowledgement, with_an_until)
