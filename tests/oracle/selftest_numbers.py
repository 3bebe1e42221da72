"""Examples of renewed acknowledgements, the range, grades, presets and what was written off; see selftest_cases.py."""

BO_ANA = {"id": "bo-ana", "owner": "bo", "with": "ana"}
BOX = ["D101", "D102", "D103", "D104", "D105"]


def acknowledged(code, named_on, through, key="factor"):
    return {key: f"{code}:meeting:bo-ana", "reason": "Cy joins", "named_on": named_on, "through": through}


NUMBER_CASES = [
    {
        "name": "one acknowledgement costs nothing",
        "portfolio": {"meetings": [{**BO_ANA, "purpose": "both"}],
                      "acknowledgements": [acknowledged("D101", "2026-11-10", "2026-12-10", "finding")]},
        "rules": BOX, "factors": {"D101:meeting:bo-ana": (4000, 0, 0)}, "acknowledged": ["2026-12-10"],
    },
    {
        "name": "a third, one of them for another code of the box: two renewals, 4000 × 25 % × 2",
        "portfolio": {
            "meetings": [{**BO_ANA, "purpose": "both"}],
            "acknowledgements": [
                acknowledged("D101", "2026-10-01", "2026-10-31"),
                acknowledged("D102", "2026-08-01", "2026-08-31"),
                acknowledged("D101", "2026-10-20", "2026-11-19"),
            ],
        },
        # the last one for D101 ran out yesterday
        "rules": BOX, "factors": {"D101:meeting:bo-ana": (4000, 2000, 0)}, "acknowledged": [None],
    },
    {
        "name": "six of them: at most four renewals count",
        "portfolio": {
            "meetings": [{**BO_ANA, "purpose": "both"}],
            "acknowledgements": [acknowledged("D101", f"2026-0{n}-01", f"2026-0{n}-20") for n in range(1, 7)],
        },
        "rules": BOX, "factors": {"D101:meeting:bo-ana": (4000, 4000, 0)},
    },
    {
        "name": "one that is named tomorrow is not there yet",
        "portfolio": {
            "meetings": [{**BO_ANA, "purpose": "both"}],
            "acknowledgements": [
                acknowledged("D101", "2026-11-01", "2026-11-30"),
                acknowledged("D101", "2026-11-21", "2026-12-20"),
            ],
        },
        "rules": BOX, "factors": {"D101:meeting:bo-ana": (4000, 0, 0)}, "acknowledged": ["2026-11-30"],
    },
    {
        "name": "the range: in a box only the largest, less what the box gave",
        # D103 unknown at 3.0, then D104 at 2.0: 1.0 more.
        "portfolio": {"people__eve": {"guild": "backend"},
                      "meetings": [{"id": "bo-eve", "owner": "bo", "with": "eve", "purpose": "craft"}]},
        "policy": {"principal": {"D103": 3}},
        "rules": BOX, "factors": {"D104:meeting:bo-eve": (2000, 0, 0)}, "unknown": {"D103": 1}, "high": 1000,
    },
    {
        "name": "grade: 1.7 points a person is still a B",
        # bo and cy have no craft owner of another; cy's line ends in cy, so only bo is found: 5100 / 3.
        "portfolio": {},
        "policy": {"principal": {"D201": 5.1}},
        "rules": ["D201"], "factors": {"D201:person:bo": (5100, 0, 0)}, "grade": "B", "intensity": 1.7,
    },
    {
        "name": "grade: a milli-point more is a C",
        "portfolio": {},
        "policy": {"principal": {"D201": 5.101}},
        "rules": ["D201"], "factors": {"D201:person:bo": (5101, 0, 0)}, "grade": "C", "intensity": 1.7,
    },
    {
        "name": "written off: left 42 days after it was due, 6 weeks: 3000 + 3000 × 0.340095 = 4020.285; one new date 750",
        "portfolio": {
            "people__ana": {"left": "2026-10-01"},
            "conversations": [{"id": "t", "owner": "bo", "with": "ana", "kind": "role", "raised": "2026-08-01",
                               "due": "2026-08-20", "deferred_to": ["2026-09-01"]}],
        },
        "rules": ["D301"],
        "written_off": [{"id": "D301:conversation:t", "mp": 4770, "on": "2026-10-01", "how": "left"}],
    },
    {
        "name": "written off: dropped a day late, whoever is still there; not where it is dropped on its day",
        "portfolio": {
            "conversations": [
                {"id": "t", "owner": "bo", "with": "ana", "kind": "pay", "raised": "2026-10-01", "due": "2026-11-01",
                 "dropped": {"date": "2026-11-02", "reason": "moved"}},
                {"id": "u", "owner": "bo", "with": "ana", "kind": "pay", "raised": "2026-10-01", "due": "2026-11-02",
                 "dropped": {"date": "2026-11-02", "reason": "moved"}},
            ]
        },
        "rules": ["D301"],
        "written_off": [{"id": "D301:conversation:t", "mp": 3000, "on": "2026-11-02", "how": "dropped"}],
    },
]
