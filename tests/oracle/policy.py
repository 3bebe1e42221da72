"""The policy: weights, windows, spans (scoring.md, Policy), and the presets."""

from decimal import Decimal

from catalogue import CODES, KINDS

# key: default
WHOLE = {
    "grace_days": 14,
    "max_craft_span": 15,
    "max_delivery_span": 10,
    "missed_cap": 5,
    "away_grace_days": 30,
    "promotion_window_days": 365,
    "reopened_window_days": 180,
    "context_review_days": 90,
    "exit_window_days": 180,
    "escalate_after_days": 30,
    "mentored_percent": 25,
    "track_from_level": 4,
}

PRESETS = {
    "essay": {},
    "one-line": {"disable": ["D201", "D202", "D203", "D204", "D205", "D303"], "principal": {"D101": 1, "D103": 1}},
    "starter": {"disable": [code for code in CODES if code[1] not in "135"]},
}


def strip_nulls(value):
    """A key whose value is null is left out."""
    if isinstance(value, dict):
        return {k: strip_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [strip_nulls(v) for v in value]
    return value


def exact(number, factor):
    """A decimal number times a factor, which must come out whole."""
    product = (Decimal(repr(number)) if isinstance(number, float) else Decimal(number)) * factor
    if product != product.to_integral_value():
        raise ValueError(f"{number} does not fit")
    return int(product)


def read_policy(raw):
    """`raw` is the mapping of a policy, the name of a preset, or nothing."""
    raw = PRESETS[raw] if isinstance(raw, str) else strip_nulls(raw or {})
    policy = {
        "principal": {code: rule[1] for code, rule in CODES.items() if rule[1] is not None},
        "kinds": dict(KINDS),
        "rate_bp": 500,
        "cap": 5,
        "fee_bp": 2500,
        "fee_max": 4,
        "disable": set(raw.get("disable", [])),
        "grades": {"a": 600, "b": 1700, "c": 4000, "d": 8000},
        **WHOLE,
    }
    for code, points in raw.get("principal", {}).items():
        if code != "D301":  # its principals go by kind
            policy["principal"][code] = exact(points, 1000)
    for kind, points in raw.get("conversations", {}).items():
        policy["kinds"][kind] = exact(points, 1000)
    interest, fees = raw.get("interest", {}), raw.get("fees", {})
    if "weekly_percent" in interest:
        policy["rate_bp"] = exact(interest["weekly_percent"], 100)
    if "cap" in interest:
        policy["cap"] = int(interest["cap"])
    if "deferral_percent" in fees:
        policy["fee_bp"] = exact(fees["deferral_percent"], 100)
    if "max" in fees:
        policy["fee_max"] = int(fees["max"])
    for key in WHOLE:
        if key in raw:
            policy[key] = int(raw[key])
    for grade, points in raw.get("grades", {}).items():
        policy["grades"][grade] = exact(points, 1000)
    return policy


def growth_ppm(weeks, policy):
    growth, top = 1_000_000, policy["cap"] * 1_000_000
    for _ in range(weeks):
        growth = min((growth * (10_000 + policy["rate_bp"]) + 5_000) // 10_000, top)
    return growth


def interest_of(principal, weeks, policy):
    return (principal * (growth_ppm(weeks, policy) - 1_000_000) + 500_000) // 1_000_000


def fees_of(principal, deferrals, policy):
    return (principal * policy["fee_bp"] * min(deferrals, policy["fee_max"]) + 5_000) // 10_000


def grade_of(total, people, policy):
    for grade in "abcd":
        if total <= policy["grades"][grade] * people:
            return grade.upper()
    return "E"


def half_up(numerator, denominator):
    """A ratio of whole numbers, rounded half up to three decimals."""
    return ((numerator * 2000 + denominator) // (2 * denominator)) / 1000
