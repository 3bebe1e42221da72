//! A policy as YAML that reads back as the same policy, whatever the defaults of the program that reads it.

use super::Policy;
use crate::base::catalog::Catalog;
use crate::base::decimal::{exact, thousandths};
use crate::base::ids::RuleIx;
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

fn points(amount: MilliPoints) -> String {
    thousandths(amount.mp())
}

/// The keys of a policy, two spaces in. Taken apart in full: a new setting that is not written does not compile.
pub(super) fn lines(policy: &Policy, catalog: &Catalog) -> String {
    let Policy {
        principal,
        conversations: _,
        weekly_bp,
        cap,
        deferral_bp,
        max_deferrals,
        grace_days,
        max_craft_span,
        missed_cap,
        away_grace_days,
        promotion_window_days,
        reopened_window_days,
        context_review_days,
        track_from_level,
        disabled,
        grades: [a, b, c, d],
    } = policy;
    let mut text = String::from("  principal:\n");
    for (entry, amount) in catalog.0.iter().zip(principal) {
        // D301 costs by kind, below.
        if entry.code != "D301" {
            text.push_str(&format!("    {}: {}\n", entry.code, points(*amount)));
        }
    }
    text.push_str("  conversations:\n");
    for kind in ConversationKind::ALL {
        text.push_str(&format!("    {}: {}\n", kind.word(), points(policy.conversation(*kind))));
    }
    text.push_str(&format!("  interest: {{weekly_percent: {}, cap: {cap}}}\n", exact(*weekly_bp, 2)));
    text.push_str(&format!(
        "  fees: {{deferral_percent: {}, max: {max_deferrals}}}\n",
        exact(*deferral_bp, 2)
    ));
    for (key, value) in [
        ("grace_days", i64::from(*grace_days)),
        ("max_craft_span", *max_craft_span),
        ("missed_cap", *missed_cap),
        ("away_grace_days", *away_grace_days),
        ("promotion_window_days", *promotion_window_days),
        ("reopened_window_days", *reopened_window_days),
        ("context_review_days", i64::from(*context_review_days)),
        ("track_from_level", i64::from(*track_from_level)),
    ] {
        text.push_str(&format!("  {key}: {value}\n"));
    }
    let off = (0..disabled.len()).map(RuleIx::at).filter(|rule| policy.is_disabled(*rule));
    let off: Vec<&str> = off.filter_map(|rule| catalog.0.get(rule.index())).map(|entry| entry.code).collect();
    text.push_str(&format!("  disable: [{}]\n", off.join(", ")));
    let [a, b, c, d] = [a, b, c, d].map(|most| points(*most));
    text.push_str(&format!("  grades: {{a: {a}, b: {b}, c: {c}, d: {d}}}\n"));
    text
}
