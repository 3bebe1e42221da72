"""Edits that no gate may stop: nothing changed, something happened in a life, something old is told."""

from datetime import timedelta

from edit_kit import PERSON_KEYS, SECTIONS, derived, hand_over, id_of, lead_of_members, need

DERIVED = ("meetings", "conversations", "promotions", "mentorships")

# -- neutral: another text, the same organisation


def untouched(kit):
    return "nothing"


def reorder(kit):
    for section in SECTIONS:
        if section in kit.head:
            kit.head[section] = [shuffle_keys(kit, x) for x in kit.shuffled(section)]
    kit.head = shuffle_keys(kit, kit.head)
    return "lists and keys in another order"


def shuffle_keys(kit, item):
    return {key: item[key] for key in kit.r.sample(list(item), len(item))}


def rename_person(kit):
    kit.head.pop("acknowledgements", None)
    kit.base.pop("acknowledgements", None)
    old, new = kit.pick(kit.both_days()), kit.fresh("renamed")
    p = kit.person(old)
    p["id"], p["aliases"] = new, [*p.get("aliases", []), old]
    for section, keys in PERSON_KEYS.items():
        for item in kit.items(section):
            for key in keys:
                if item.get(key) == old:
                    item[key] = new
    kit.head["meetings_of"] = [new if i == old else i for i in kit.head.get("meetings_of", [])]
    if "meetings_of" not in kit.base:
        del kit.head["meetings_of"]
    return f"{old} is called {new}"


def rename_group(kit):
    section, key = kit.pick([("squads", "squad"), ("guilds", "guild")])
    x = kit.pick(kit.items(section))
    old, new = x["id"], kit.fresh("renamed")
    x["id"], x["aliases"] = new, [*x.get("aliases", []), old]
    for item in [*kit.items("people"), *kit.items("decisions")]:
        if item.get(key) == old:
            item[key] = new
    return f"{old} is called {new}"


def new_id(kit):
    for doc in (kit.head, kit.base):
        doc.pop("acknowledgements", None)
    changed = 0
    for section in DERIVED:
        for x in kit.items(section):
            used = {id_of(section, y) for y in kit.items(section)} | {a for y in kit.items(section) for a in y.get("aliases", [])}
            if "id" not in x:
                x["id"] = kit.fresh("given")
                changed += 1
            elif derived(section, x) not in used and len(derived(section, x)) < 120:
                del x["id"]
                changed += 1
    need(changed)
    return f"{changed} ids are written instead of derived, or the other way round"


def reformat(kit):
    kit.flow = True
    return "written in flow style"


def split_files(kit):
    kit.split = True
    return "written in several files"


def retitle(kit):
    for section, key in (("people", "title"), ("squads", "name"), ("guilds", "name"), ("meetings", "title"),
                         ("conversations", "topic"), ("mentorships", "topic")):
        for x in kit.items(section):
            x[key] = "in other words"
    return "titles and names in other words"


# -- life


def join(kit):
    squad, lead = next(lead_of_members(kit, "squads", "lead"), (None, None))
    guild, craft = next(((g, x) for g, x in lead_of_members(kit, "guilds", "lead") if x != lead), (None, None))
    need(squad and guild)
    started = kit.since_base()
    p = {"id": kit.fresh("new"), "squad": squad["id"], "guild": guild["id"], "started": started.isoformat()}
    if kit.r.random() < 0.5:
        p["level"], p["track"] = kit.r.randint(1, 6), "warrant"
    kit.head["people"].append(p)
    return f"somebody joins {squad['id']} and {guild['id']} on {started}"


def leave(kit):
    need(len(kit.both_days()) > 2)
    p = kit.person(kit.pick(kit.settled()))
    left = kit.pick([kit.since_base(), kit.since_base(), kit.before_base(1, 60), kit.u + timedelta(10)])
    p["left"] = left.isoformat()
    if kit.r.random() < 0.6:
        p["exit"] = {"reason": kit.pick(["resigned", "resigned", "retired", "private"])}
    return f"{p['id']} leaves on {left}"


def leaver_deleted(kit):
    """Somebody on whom nothing hangs but their own 1:1s and seats is taken out of the file."""
    need(len(kit.both_days()) > 2)
    bound = {x.get(key) for section, keys in (("people", ("delivery_owner", "craft_owner", "rated_by")),
             ("decisions", ("owner",)), ("conversations", ("owner",)), ("promotions", ("signed_off_by",)))
             for x in kit.items(section) for key in keys}
    i = kit.pick(x for x in kit.settled() if x not in bound)
    kit.head["people"] = [p for p in kit.head["people"] if p["id"] != i]
    for section, keys in (("meetings", ("owner", "with")), ("conversations", ("with",)), ("promotions", ("person",)),
                          ("mentorships", ("mentor", "mentee"))):
        if section in kit.head:
            kit.head[section] = [x for x in kit.items(section) if i not in [x.get(key) for key in keys]]
    for section in ("squads", "guilds"):
        for x in kit.items(section):
            for key in ("lead", "escalates_to"):
                if x.get(key) == i:
                    del x[key]
    if "meetings_of" in kit.head:
        kit.head["meetings_of"] = [x for x in kit.head["meetings_of"] if x != i]
    return f"{i} left and is taken out of the file"


def go_on_leave(kit):
    need(len(kit.both_days()) > 2)
    p = kit.person(kit.pick(kit.settled()))
    start = kit.pick([kit.since_base(), kit.u + timedelta(kit.r.randint(1, 60))])
    p["away"] = [{"from": start.isoformat()}]
    if kit.r.random() < 0.7:
        p["away"][0]["until"] = (start + timedelta(kit.r.choice([3, 10, 40, 120]))).isoformat()
    return f"{p['id']} goes on leave on {start}"


def back_early(kit):
    need(len(kit.both_days()) > 2)
    i = kit.pick(kit.settled())
    base = next(p for p in kit.base["people"] if p["id"] == i)
    start = (kit.t - timedelta(40)).isoformat()
    base["away"] = [{"from": start, "until": (kit.u + timedelta(60)).isoformat()}]
    back = kit.since_base()
    kit.person(i)["away"] = [{"from": start, "until": back.isoformat()}]
    return f"{i} is back from leave on {back}"


def handover(kit):
    return hand_over(kit, strict=False)


# -- truth


def label(kit):
    m, x = kit.pick(kit.meetings(lambda m: "purpose" not in m))
    x["purpose"] = kit.pick(["delivery", "craft", "both", "both"])
    # A mixed 1:1 serves no craft, so a label may show that a Craft 1:1 is missing; a test of its own has that.
    need(not kit.rises() & {"D201", "D401"})
    return f"{m['id']} is labelled {x['purpose']}"


def describe(kit):
    words = {"context", "escalations", "peers", "lanes"} - set(kit.head.get("describes", []))
    word = kit.pick(sorted(words))
    kit.head["describes"] = [*kit.head.get("describes", []), word]
    return f"it is said that {word} is described in full"


def tell_context(kit):
    need("context" not in kit.head.get("describes", []))
    squad = kit.pick(s for s in kit.items("squads") if "context" not in s)
    squad["context"] = kit.pick([{}, {"success": "s"}, {"success": "s", "constraints": ["c"], "closed": ["d"]}])
    return f"the context of {squad['id']} is written down"


def tell_lanes(kit):
    need("lanes" not in kit.head.get("describes", []))
    guild = kit.pick(g for g in kit.items("guilds") if "lanes" not in g)
    officer = {"track": "officer", "levels": [{"level": 4, "pay": 100}, {"level": 5, "pay": 150}]}
    warrant = {"track": "warrant", "levels": [{"level": 4, "pay": 100}, {"level": 5, "pay": 120}]}
    guild["lanes"] = kit.pick([[], [officer], [officer, warrant]])
    need(not kit.rises() - {"D701", "D702"})
    return f"the lanes of {guild['id']} are written down"


def tell_escalation(kit):
    external = {p["id"] for p in kit.base["people"] if p.get("external")}
    squad = kit.pick(s for s in kit.items("squads") if "escalates_to" not in s and s.get("lead") not in external)
    squad["escalates_to"] = kit.outsider()
    need(not kit.rises() - {"D503", "D401", "D504"})
    return f"it is told to whom {squad['id']} escalates"


def tell_hr(kit):
    need("hr_system" not in kit.head)
    kit.head["hr_system"] = {"shows": kit.pick([[], ["delivery"], ["craft"]])}
    return "it is told what the HR system shows"


def tell_level(kit):
    p = kit.pick(p for p in kit.items("people") if "level" not in p)
    p["level"] = kit.r.randint(1, 8)
    return f"the level of {p['id']} is told"


def tell_dates(kit):
    m, x = kit.pick(kit.meetings(lambda m: "purpose" in m))
    need("cancelled_in_a_row" not in x and ("every" not in x or not {"last_held", "since"} & set(x)))
    x.setdefault("every", "weekly")
    if not {"last_held", "since"} & set(x):
        x["last_held"] = kit.before_base(10, 90).isoformat()
    return f"it is told when {m['id']} was last held"


def told_people(kit):
    org = kit.org()
    people = [i for i in kit.both_days() if org.delivery[i]]
    with_ = kit.pick(people)
    return kit.pick(o for o in kit.both_days() if o != with_ and with_ not in (org.delivery[o], org.craft[o])), with_


def old_meeting(kit):
    owner, with_ = told_people(kit)
    need("meetings" in kit.head)
    since = kit.before_base(0, 900)
    kit.section("meetings").append({"id": kit.fresh("old"), "owner": owner, "with": with_, "purpose": "both", "since": since.isoformat()})
    return f"a mixed 1:1 of {owner} with {with_} since {since} is written down"


def old_talk(kit):
    owner, with_ = told_people(kit)
    raised = kit.before_base(30, 300)
    kit.section("conversations").append({"id": kit.fresh("old"), "kind": kit.pick(["pay", "role", "performance", "exit-risk"]),
                                         "owner": owner, "with": with_, "raised": raised.isoformat()})
    need(not kit.rises() - {"D301", "D304", "D306"})
    return f"a talk of {owner} with {with_} from {raised} is written down"


def old_deferral(kit):
    c = kit.pick(c for c in kit.items("conversations") if not c.get("deferred_to") and not {"held", "dropped"} & set(c)
                 and c.get("due", c["raised"]) < kit.t.isoformat())
    c["deferred_to"] = [kit.t.isoformat()]
    return f"it is told that {id_of('conversations', c)} was pushed to {kit.t}"


def old_promotion(kit):
    decided = kit.before_base(1, 300)
    i = kit.pick(kit.both_days())
    kit.section("promotions").append({"id": kit.fresh("old"), "person": i, "to": "Staff", "decided": decided.isoformat()})
    return f"a promotion of {i} from {decided} is written down"


def old_mentorship(kit):
    org = kit.org()
    mentee = kit.pick(i for i in kit.both_days() if org.rated[i])
    kit.section("mentorships").append({"id": kit.fresh("old"), "mentor": org.rated[mentee], "mentee": mentee,
                                       "since": kit.before_base(0, 400).isoformat()})
    return f"a mentorship of {org.rated[mentee]} with {mentee} is written down"


def old_decision(kit):
    raised = kit.before_base(30, 300)
    kit.section("decisions").append({"id": kit.fresh("old"), "title": "t", "owner": kit.pick(kit.both_days()), "raised": raised.isoformat()})
    return f"a decision from {raised} is written down"


def old_reopening(kit):
    d = kit.pick(d for d in kit.items("decisions") if d.get("closed") and not d.get("reopened"))
    d["reopened"] = [d["closed"]]
    return f"it is told that {d['id']} was reopened on {d['closed']}"


def second_team(kit):
    a, b, c, squad, guild = (kit.fresh(stem) for stem in ("lead", "second", "third", "team", "craft"))
    kit.section("squads").append({"id": squad, "lead": a})
    kit.head["people"] += [{"id": a, "squad": squad}, {"id": b, "squad": squad}, {"id": c, "squad": squad, "guild": guild, "level": 5}]
    kit.section("guilds").append({"id": guild, "lead": kit.pick([a, b])})
    kit.section("meetings").append({"id": kit.fresh("theirs"), "owner": a, "with": b, "purpose": "both"})
    kit.section("conversations").append({"id": kit.fresh("theirs"), "kind": "pay", "owner": a, "with": c,
                                         "raised": kit.before_base(60, 90).isoformat()})
    need("meetings" in kit.base and "conversations" in kit.base)
    return f"a second team, {squad}, is written down"


NEUTRAL = (untouched, reorder, rename_person, rename_group, new_id, reformat, split_files, retitle)
LIFE = (join, leave, leaver_deleted, go_on_leave, back_early, handover)
TRUTH = (label, label, describe, tell_context, tell_lanes, tell_escalation, tell_hr, tell_level, tell_dates, old_meeting,
         old_talk, old_deferral, old_promotion, old_mentorship, old_decision, old_reopening, second_team)
