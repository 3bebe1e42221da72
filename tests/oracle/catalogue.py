"""The rules, words and numbers of scoring.md and portfolio.md, as tables."""

# code: (name, principal in milli-points, minutes, type of the subject)
CODES = {
    "D101": ("conflated-1on1", 4000, 60, "meeting"),
    "D102": ("unlabelled-1on1", 2000, 10, "meeting"),
    "D103": ("rated-craft-1on1", 2000, 45, "meeting"),
    "D104": ("wrong-owner-1on1", 2000, 30, "meeting"),
    "D105": ("silent-1on1", 500, 10, "meeting"),
    "D201": ("missing-craft-owner", 5000, 90, "person"),
    "D202": ("absent-craft-owner", 5000, 90, "person"),
    "D203": ("collapsed-lines", 4000, 90, "person"),
    "D204": ("missing-craft-1on1", 2000, 30, "person"),
    "D205": ("overloaded-craft-owner", 500, 120, "person"),
    "D301": ("overdue-conversation", None, 60, "conversation"),
    "D302": ("lapsed-1on1", 500, 30, "meeting"),
    "D303": ("unsigned-promotion", 4000, 60, "promotion"),
    "D304": ("misplaced-performance-talk", 1000, 20, "conversation"),
    "D305": ("unspoken-exit", 3000, 60, "person"),
    "D306": ("promoted-over-a-talk", 3000, 60, "promotion"),
    "D401": ("missing-delivery-owner", 5000, 90, "person"),
    "D402": ("absent-delivery-owner", 5000, 90, "person"),
    "D403": ("missing-delivery-1on1", 2000, 30, "person"),
    "D404": ("hr-hides-a-line", 50, 240, "portfolio"),
    "D405": ("overloaded-delivery-owner", 500, 120, "person"),
    "D501": ("overdue-decision", 2000, 45, "decision"),
    "D502": ("reopened-decision", 1000, 0, "decision"),
    "D503": ("missing-escalation-path", 1000, 30, "squad"),
    "D504": ("unescalated-decision", 1000, 20, "decision"),
    "D601": ("missing-context", 1000, 60, "squad"),
    "D602": ("stale-context", 1000, 30, "squad"),
    "D603": ("no-peer-line", 1000, 30, "squad"),
    "D604": ("closed-and-open", 1000, 30, "squad"),
    "D701": ("no-warrant-lane", 3000, 240, "guild"),
    "D702": ("pay-needs-management", 2000, 240, "guild"),
    "D703": ("undeclared-track", 500, 20, "person"),
    "D704": ("absorbed-warrant", 2000, 60, "promotion"),
    "D801": ("mentor-owns-rating", 2000, 30, "mentorship"),
    "D802": ("unmentored-guild", 500, 45, "guild"),
}

GROUPS = {"1": "1:1s", "2": "craft line", "3": "deferred conversations", "4": "delivery line", "5": "decisions",
          "6": "context", "7": "lanes", "8": "mentoring"}

# One subject gets at most one code of a box, in this order.
BOXES = {
    "1:1": ("D101", "D102", "D103", "D104", "D105"),
    "craft": ("D201", "D202", "D203", "D204"),
    "delivery": ("D401", "D402", "D403"),
}

KINDS = {"exit-risk": 6000, "performance": 4000, "promotion": 4000, "role": 3000, "pay": 3000, "conflict": 3000,
         "feedback": 2000, "other": 2000}

DELIVERY_TOPICS = ("blockers", "commitments", "priorities", "resourcing", "performance", "escalations", "rating")
CRAFT_TOPICS = ("skill-depth", "standards", "career-lane", "track-choice", "craft-feedback", "promotion")
OTHER_TOPICS = ("wellbeing", "logistics", "other")
TOPICS = {
    **dict.fromkeys(DELIVERY_TOPICS, "delivery"),
    **dict.fromkeys(CRAFT_TOPICS, "craft"),
    **dict.fromkeys(OTHER_TOPICS),
}
# What D105 listens for.
TELLING = {
    "delivery": {"performance", "commitments", "rating"},
    "craft": {"career-lane", "track-choice", "promotion", "craft-feedback"},
}

EVERY = {"weekly": 7, "biweekly": 14, "monthly": 31, "quarterly": 92}
BOTH = frozenset(("delivery", "craft"))


def box_of(code):
    """The codes that share one answer for a subject; a rule in no box stands alone."""
    return next((codes for codes in BOXES.values() if code in codes), (code,))
