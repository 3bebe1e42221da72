"""Examples of the 1xx, 2xx and 4xx rules and of D302; see selftest_cases.py."""


def one_on_one(owner="bo", other="ana", **keys):
    return {"id": f"{owner}-{other}", "owner": owner, "with": other, **keys}


BOX = ["D101", "D102", "D103", "D104", "D105"]
CY_ANA = one_on_one("cy", "ana", purpose="craft")

LINE_CASES = [
    {
        "name": "D101: both lines of ana are looked at; the codes after it are not asked",
        "portfolio": {"meetings": [one_on_one(purpose="both")]},
        "rules": BOX, "factors": {"D101:meeting:bo-ana": (4000, 0, 0)},
        "act": ["split:meeting:bo-ana"], "owner": ["bo"], "answers": 1,
    },
    {
        "name": "D101: not where craft is exempt; the other four answer too",
        "portfolio": {"people__ana": {"exempt": {"craft": "sole lawyer"}}, "meetings": [one_on_one(purpose="both")]},
        "rules": BOX, "answers": 5,
    },
    {
        "name": "D102: no purpose and no topic",
        "portfolio": {"meetings": [one_on_one(agenda=[])]},
        "rules": BOX, "factors": {"D102:meeting:bo-ana": (2000, 0, 0)}, "act": ["label:meeting:bo-ana"],
    },
    {
        "name": "D103: bo rates ana, and is not ana's craft owner: bo hands it over",
        "portfolio": {"meetings": [one_on_one(purpose="craft")]},
        "rules": BOX, "factors": {"D103:meeting:bo-ana": (2000, 0, 0)}, "act": ["hand-over:meeting:bo-ana"],
    },
    {
        "name": "D103: cy owns ana's craft and rates ana: the rating moves",
        "portfolio": {"people__ana": {"rated_by": "cy"}, "meetings": [CY_ANA]},
        "rules": BOX, "factors": {"D103:meeting:cy-ana": (2000, 0, 0)}, "act": ["move-rating:person:ana"],
    },
    {
        "name": "D103: clear where one person owns both lines (D203 says that); no agenda for D105",
        "portfolio": {"people__ana": {"craft_owner": "bo"}, "meetings": [one_on_one(purpose="craft")]},
        "rules": BOX, "answers": 5,
    },
    {
        "name": "D103 unknown, then D104: 2.0 of the one is no more than 2.0 of the other",
        # eve has no delivery owner, so no rater; cy owns the craft line, bo holds it.
        "portfolio": {"people__eve": {"guild": "backend"}, "meetings": [one_on_one("bo", "eve", purpose="craft")]},
        "rules": BOX, "factors": {"D104:meeting:bo-eve": (2000, 0, 0)}, "unknown": {"D103": 1}, "high": 0, "answers": 4,
    },
    {
        "name": "D105: a Delivery 1:1 that never comes to performance",
        "portfolio": {"meetings": [one_on_one(purpose="delivery", agenda=["blockers", "wellbeing"])]},
        "rules": BOX, "factors": {"D105:meeting:bo-ana": (500, 0, 0)}, "act": ["write-agenda:meeting:bo-ana"],
    },
    {
        "name": "D105: commitments are on it",
        "portfolio": {"meetings": [one_on_one(purpose="delivery", agenda=["blockers", "commitments"])]},
        "rules": BOX, "answers": 5,
    },
    {
        "name": "D105: a Craft 1:1 of skills alone",
        "portfolio": {"meetings": [{**CY_ANA, "agenda": ["skill-depth"]}]},
        "rules": BOX, "factors": {"D105:meeting:cy-ana": (500, 0, 0)},
    },
    {
        "name": "D204: a conflated 1:1 is nobody's Craft 1:1, and splitting it is the act",
        # bo has no craft owner and cy leads the guild: only ana's line ends in a question. D201 finds bo.
        "portfolio": {"meetings": [one_on_one(purpose="both")]},
        "rules": ["D204"], "factors": {"D204:person:ana": (2000, 0, 0)},
        "act": ["split:meeting:bo-ana"], "owner": ["cy"], "answers": 2,
    },
    {
        "name": "D204: nothing there",
        "portfolio": {},
        "rules": ["D204"], "factors": {"D204:person:ana": (2000, 0, 0)}, "act": ["start-craft-1on1:person:ana"],
    },
    {
        "name": "D204, D403: 14 days after the start, the last day of grace",
        "portfolio": {"people__ana": {"started": "2026-11-06"}, "people__cy": {"started": "2026-11-06"},
                      "people__bo": {"started": "2026-11-06"}},
        "rules": ["D204", "D403"], "answers": 5,
    },
    {
        "name": "D204, D403: a day later",
        "portfolio": {"people__ana": {"started": "2026-11-05"}},
        "rules": ["D204", "D403"],
        "factors": {"D204:person:ana": (2000, 0, 0), "D403:person:ana": (2000, 0, 0), "D403:person:bo": (2000, 0, 0),
                    "D403:person:cy": (2000, 0, 0)},
    },
    {
        "name": "D204, D403: the portfolio holds bo's 1:1s, not those of cy and dee",
        # D403 for bo is a question to dee; D403 for ana and cy one to bo, and found; D204 for ana one to cy.
        "portfolio": {"meetings_of": ["bo"]},
        "rules": ["D204", "D403"], "factors": {"D403:person:ana": (2000, 0, 0), "D403:person:cy": (2000, 0, 0)},
        "unknown": {"D204": 1, "D403": 1}, "high": 4000,
    },
    {
        "name": "D204, D403: no section of meetings",
        "portfolio": {"meetings": None},
        "rules": ["D204", "D403"], "unknown": {"D204": 1, "D403": 3}, "high": 8000, "answers": 5, "ratio": 0.2,
    },
    {
        "name": "D201: two who lead each other's guilds: neither line ends, and cy has no craft owner at home",
        # ana leads design, where cy is; cy leads backend, where ana is. Each belongs to a guild of the other's.
        "portfolio": {"people__cy": {"guild": "design"}, "guilds__design": {"lead": "ana"}},
        "rules": ["D201", "D204"],
        "factors": {"D201:person:bo": (5000, 0, 0), "D204:person:ana": (2000, 0, 0), "D204:person:cy": (2000, 0, 0)},
    },
    {
        "name": "D202: an open-ended leave is a long one from its first day",
        "portfolio": {"people__cy": {"away": [{"from": "2026-11-20"}]}},
        "rules": ["D202"], "factors": {"D202:person:ana": (5000, 0, 0)},
        "onset": ["2026-11-20"], "owner": ["bo"], "act": ["name-lead:guild:backend"],
    },
    {
        "name": "D404: three scored people, 0.05 each, both lines lacking",
        "portfolio": {"hr_system": {"shows": []}},
        "rules": ["D404"], "factors": {"D404:portfolio:portfolio": (300, 0, 0)},
        "act": ["show-lines:portfolio:portfolio"],
    },
    {"name": "D404: unknown, twice 50 × 3", "portfolio": {}, "rules": ["D404"], "unknown": {"D404": 1}, "high": 300},
    {
        "name": "D405: bo owns the delivery of cy and ana, one over a span of one; dee can act",
        "portfolio": {},
        "policy": {"max_delivery_span": 1},
        "rules": ["D405"], "factors": {"D405:person:bo": (500, 0, 0)},
        "owner": ["dee"], "act": ["share-out-delivery:person:bo"], "answers": 3,
    },
    {
        "name": "D405: nobody above bo",
        "portfolio": {"squads__ledger": {"escalates_to": None}},
        "policy": {"max_delivery_span": 1},
        "rules": ["D405"], "factors": {"D405:person:bo": (500, 0, 0)}, "owner": ["bo"],
        # dee then has no tie to anybody, but stays outside.
        "answers": 3,
    },
    {
        "name": "D302: 23 days, 22 without today's: three weeks missed, two units by time; bo's other record is 5 days old",
        "portfolio": {"meetings": [one_on_one(every="weekly", last_held="2026-10-28"),
                                   {"id": "x", "kind": "team", "owner": "bo", "last_held": "2026-11-15"}]},
        "rules": ["D302"], "factors": {"D302:meeting:bo-ana": (0, 0, 1000)}, "act": ["hold:meeting:bo-ana"],
    },
    {
        "name": "D302 asleep: nothing of bo's within 14 days (2 × weekly), the 15th is too far; awake it would be 1000",
        "portfolio": {"meetings": [one_on_one(every="weekly", last_held="2026-10-28"),
                                   {"id": "x", "kind": "team", "owner": "bo", "last_held": "2026-11-05"}]},
        "rules": ["D302"], "unknown": {"D302": 1}, "high": 1000,
    },
    {
        "name": "D302: two cancelled are evidence, file asleep or not; one unit, and one more by time",
        "portfolio": {"meetings": [one_on_one(every="weekly", last_held="2026-10-28", cancelled_in_a_row=2)]},
        "rules": ["D302"], "factors": {"D302:meeting:bo-ana": (500, 0, 500)},
    },
]
