"""The examples of selftest.py: what was written down, and the numbers that follow from it by hand.

`portfolio` changes the team of selftest.py: `people__ana` gives keys to a person, `meetings` replaces a section.
`factors` are principal, fees and interest in milli-points.
"""

from selftest_lines import LINE_CASES
from selftest_numbers import NUMBER_CASES


def left(**keys):
    """ana left 20 days ago, within the 180 days of the window."""
    return {"left": "2026-10-31", **keys}


def promoted(**keys):
    """50 days ago, within the 365 days of the window."""
    return [{"id": "p", "person": "ana", "to": "Lead", "decided": "2026-10-01", **keys}]


RESIGNED = {"reason": "resigned"}
TALK = {"id": "t", "owner": "bo", "with": "ana", "kind": "performance", "raised": "2026-09-01"}
LANES = [
    {"track": "warrant", "levels": [{"level": 4, "pay": 100}, {"level": 5, "pay": 120}, {"level": 6}]},
    {"track": "officer", "levels": [{"level": 4, "pay": 100}, {"level": 5, "pay": 130}, {"level": 6, "pay": 150}]},
]
TO_OFFICER = {"from_track": "warrant", "to_track": "officer"}
OPEN = {"id": "d", "squad": "ledger", "owner": "bo", "raised": "2026-09-01", "due": "2026-10-20"}


def juniors(*more):
    """Three below level 4 and one above, in a guild that zed leads from outside."""
    people = [{"id": i, "guild": "sre", "delivery_owner": "zed", "level": n} for i, n in zip("abcs", (1, 2, 3, 5))]
    return {"people": [*people, {"id": "zed", "external": True}, *more], "squads": [],
            "guilds": [{"id": "sre", "lead": "zed"}]}


TALK_CASES = [
    {
        "name": "D301: the talk belongs to the delivery owner, who also owns the overdue one",
        # due 2026-10-16: 35 days, 5 weeks; 4000 × (1.05 to the 5th, 1.276281 in ppm) = 4000 + 1105.124.
        "portfolio": {"conversations": [{**TALK, "owner": "cy", "due": "2026-10-16"}]},
        "rules": ["D301", "D304"],
        "factors": {"D301:conversation:t": (4000, 0, 1105), "D304:conversation:t": (1000, 0, 0)},
        "owner": ["bo", "bo"], "onset": ["2026-10-17", None],
        "act": ["hold:conversation:t", "hand-over:conversation:t"], "answers": 2,
    },
    {
        "name": "D301: no section is one unknown for each of the three, at the 2.0 of feedback",
        "portfolio": {"conversations": None},
        "rules": ["D301"], "unknown": {"D301": 3}, "high": 6000, "answers": 3, "ratio": 0.0,
    },
    {
        "name": "D303: signed by the delivery owner, without interest since 0.2.0",
        "portfolio": {"promotions": promoted(signed_off_by="bo")},
        "rules": ["D303"], "factors": {"D303:promotion:p": (4000, 0, 0)},
        "onset": ["2026-10-01"], "owner": ["cy"], "act": ["review:promotion:p"],
    },
    {
        "name": "D305: resigned, and nobody talked",
        "portfolio": {"people__ana": left(exit=RESIGNED)},
        "rules": ["D305"], "factors": {"D305:person:ana": (3000, 0, 0)},
        "owner": ["bo"], "onset": ["2026-10-31"], "act": ["review-exit:person:ana"], "answers": 1, "squad": ["ledger"],
    },
    {
        "name": "D305: a talk held on the first of the 90 days, 2026-08-03",
        "portfolio": {"people__ana": left(exit=RESIGNED),
                      "conversations": [{**TALK, "raised": "2026-08-01", "held": "2026-08-03"}]},
        "rules": ["D305"], "answers": 1,
    },
    {
        "name": "D305: held a day before those",
        "portfolio": {"people__ana": left(exit=RESIGNED),
                      "conversations": [{**TALK, "raised": "2026-08-01", "held": "2026-08-02"}]},
        "rules": ["D305"], "factors": {"D305:person:ana": (3000, 0, 0)},
    },
    {
        "name": "D305: one was overdue, due 2026-10-30; what is due on the day itself is not",
        "portfolio": {"people__ana": left(exit=RESIGNED), "conversations": [{**TALK, "due": "2026-10-30"}]},
        "rules": ["D305"], "answers": 1,
    },
    {
        "name": "D305: due on the day they left",
        "portfolio": {"people__ana": left(exit=RESIGNED), "conversations": [{**TALK, "due": "2026-10-31"}]},
        "rules": ["D305"], "factors": {"D305:person:ana": (3000, 0, 0)},
    },
    {
        "name": "D305: no reason written",
        "portfolio": {"people__ana": left()},
        "rules": ["D305"], "unknown": {"D305": 1}, "high": 3000,
    },
    {
        "name": "D305: private, without a section of conversations, is settled",
        "portfolio": {"people__ana": left(exit={"reason": "private"}), "conversations": None},
        "rules": ["D305"], "answers": 1,
    },
    {
        "name": "D305: 180 days after 2026-05-24 is 2026-11-20: out of the window, and not asked",
        "portfolio": {"people__ana": {"left": "2026-05-24", "exit": RESIGNED}},
        "rules": ["D305"], "answers": 0, "ratio": None,
    },
    {
        "name": "D306: promoted the day after a performance talk was due; cy owns ana's craft",
        "portfolio": {"promotions": promoted(), "conversations": [{**TALK, "due": "2026-09-30"}]},
        "rules": ["D306"], "factors": {"D306:promotion:p": (3000, 0, 0)},
        "owner": ["cy"], "onset": ["2026-10-01"], "act": ["review:promotion:p"],
    },
    {
        "name": "D306: held on the very day",
        "portfolio": {"promotions": promoted(), "conversations": [{**TALK, "due": "2026-09-30", "held": "2026-10-01"}]},
        "rules": ["D306"], "answers": 1,
    },
    {
        "name": "D306: no section of conversations",
        "portfolio": {"promotions": promoted(), "conversations": None},
        "rules": ["D306"], "unknown": {"D306": 1}, "high": 3000,
    },
]

GROUP_CASES = [
    {
        "name": "D504: due 2026-10-20, so not before 2026-11-20, the 31st day after it",
        "portfolio": {"decisions": [OPEN]},
        "rules": ["D504"], "factors": {"D504:decision:d": (1000, 0, 0)},
        "owner": ["bo"], "onset": ["2026-11-20"], "act": ["escalate:decision:d"], "squad": ["ledger"], "guild": [None],
    },
    {"name": "D504: a day earlier", "portfolio": {"decisions": [OPEN]}, "as_of": "2026-11-19", "rules": ["D504"]},
    {
        "name": "D504: escalated before it was reopened does not count",
        # reopened 2026-09-20 + 14 days lies before the due day, which stays.
        "portfolio": {"decisions": [
            {**OPEN, "closed": "2026-09-15", "reopened": ["2026-09-20"], "escalated": "2026-09-19"}]},
        "rules": ["D504"], "factors": {"D504:decision:d": (1000, 0, 0)},
    },
    {
        "name": "D504: escalated on the day it was reopened",
        "portfolio": {"decisions": [
            {**OPEN, "closed": "2026-09-15", "reopened": ["2026-09-20"], "escalated": "2026-09-20"}]},
        "rules": ["D504"], "answers": 1,
    },
    {
        "name": "D504: no squad",
        "portfolio": {"decisions": [{**OPEN, "squad": None}]},
        "rules": ["D504"], "unknown": {"D504": 1}, "high": 1000,
    },
    {
        "name": "D502: nothing to do but wait; no minutes",
        "portfolio": {"decisions": [{**OPEN, "closed": "2026-09-15", "reopened": ["2026-05-24", "2026-05-25"]}]},
        # 180 and 179 days ago: only the second is within the window.
        "rules": ["D502"], "factors": {"D502:decision:d": (1000, 0, 0)}, "act": ["wait:decision:d"],
    },
    {
        "name": "D604: of two that are named, one is open",
        "portfolio": {
            "squads__ledger": {"context": {"closed": ["Java", {"decision": "d"}, {"decision": "e"}]}},
            "decisions": [OPEN, {**OPEN, "id": "e", "closed": "2026-10-01"}],
        },
        "rules": ["D604"], "factors": {"D604:squad:ledger": (1000, 0, 0)}, "act": ["settle-context:squad:ledger"],
    },
    {"name": "D604: not asked without a context", "portfolio": {}, "rules": ["D604"], "answers": 0, "ratio": None},
    {
        "name": "D601: an entry that names a decision is an entry",
        "portfolio": {"squads__ledger": {"context": {"closed": [{"decision": "d"}], "constraints": [" "]}},
                      "decisions": [OPEN]},
        # success is missing, constraints are blank.
        "rules": ["D601"], "factors": {"D601:squad:ledger": (2000, 0, 0)},
    },
    {
        "name": "D603: no section of meetings is unknown, whatever is described",
        "portfolio": {"meetings": None, "describes": ["peers"], "squads__ops": {"lead": "cy"},
                      "people__eve": {"squad": "ops"}},
        "rules": ["D603"], "unknown": {"D603": 2}, "high": 2000,
    },
    {
        "name": "D704: the warrant lane pays 120 at level 5, the officer lane 130",
        "portfolio": {"promotions": promoted(level=5, **TO_OFFICER), "guilds__backend": {"lanes": LANES}},
        "rules": ["D704"], "factors": {"D704:promotion:p": (2000, 0, 0)},
        "owner": ["cy"], "onset": ["2026-10-01"], "act": ["review:promotion:p"], "guild": ["backend"],
    },
    {
        "name": "D704: as much at level 4",
        "portfolio": {"promotions": promoted(level=4, **TO_OFFICER), "guilds__backend": {"lanes": LANES}},
        "rules": ["D704"], "answers": 1,
    },
    {
        "name": "D704: no pay at level 6 of the warrant lane",
        "portfolio": {"promotions": promoted(level=6, **TO_OFFICER), "guilds__backend": {"lanes": LANES}},
        "rules": ["D704"], "unknown": {"D704": 1}, "high": 2000,
    },
    {
        "name": "D704: no level 7 in the warrant lane",
        "portfolio": {"promotions": promoted(level=7, **TO_OFFICER), "guilds__backend": {"lanes": LANES}},
        "rules": ["D704"], "factors": {"D704:promotion:p": (2000, 0, 0)},
    },
    {
        "name": "D704: from which track is not written",
        "portfolio": {"promotions": promoted(level=5, to_track="officer"), "guilds__backend": {"lanes": LANES}},
        "rules": ["D704"], "unknown": {"D704": 1}, "high": 2000,
    },
    {
        "name": "D704: no lanes, and they are described: there is no warrant lane",
        "portfolio": {"promotions": promoted(level=5, **TO_OFFICER), "describes": ["lanes"]},
        "rules": ["D704"], "factors": {"D704:promotion:p": (2000, 0, 0)},
    },
    {
        "name": "D802: 25 % of three, rounded up, is one; nobody is mentored",
        "portfolio": juniors(),
        "rules": ["D802"], "factors": {"D802:guild:sre": (500, 0, 0)},
        "owner": ["zed"], "act": ["pair:guild:sre"], "squad": [None], "guild": ["sre"],
    },
    {
        "name": "D802: zed is their delivery owner, s is not; 67 % of three is 2.01, so three",
        "portfolio": {**juniors(), "mentorships": [{"mentor": "zed", "mentee": "a"}, {"mentor": "s", "mentee": "b"}]},
        "policy": {"mentored_percent": 67},
        "rules": ["D802"], "factors": {"D802:guild:sre": (1000, 0, 0)},
    },
    {
        "name": "D802: no section of mentorships",
        "portfolio": {**juniors(), "mentorships": None},
        "rules": ["D802"], "unknown": {"D802": 1}, "high": 500,
    },
    {
        "name": "D802: nobody has a level",
        "portfolio": {},
        # cy leads backend from within: cy and ana are its members.
        "rules": ["D802"], "unknown": {"D802": 1}, "high": 500,
    },
]

CASES = LINE_CASES + TALK_CASES + GROUP_CASES + NUMBER_CASES
