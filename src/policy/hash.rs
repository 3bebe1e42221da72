//! The canonical form of a policy and its hash: two spellings of one policy hash alike.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Policy;
use crate::base::catalog::Catalog;
use crate::base::ids::RuleIx;
use crate::records::words::ConversationKind;

/// Text that names every number that scoring depends on, a line each, in whole units, in a fixed order.
fn canonical(policy: &Policy, catalog: &Catalog) -> String {
    let mut text = String::from("debt policy 1\n");
    let mut line = |key: &str, value: i64| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key}={value}");
    };
    for (index, entry) in catalog.0.iter().enumerate() {
        let rule = RuleIx::at(index);
        if policy.is_disabled(rule) {
            line(&format!("disable.{}", entry.code), 1);
        }
        // D301 costs by kind, below.
        if entry.code != "D301" {
            line(&format!("principal.{}", entry.code), policy.principal(rule).mp());
        }
    }
    for kind in ConversationKind::ALL {
        line(&format!("conversations.{}", kind.word()), policy.conversation(*kind).mp());
    }
    line("interest.weekly_bp", policy.weekly_bp);
    line("interest.cap", policy.cap);
    line("fees.deferral_bp", policy.deferral_bp);
    line("fees.max", policy.max_deferrals);
    line("grace_days", i64::from(policy.grace_days));
    line("max_craft_span", policy.max_craft_span);
    line("missed_cap", policy.missed_cap);
    line("away_grace_days", policy.away_grace_days);
    line("promotion_window_days", policy.promotion_window_days);
    line("reopened_window_days", policy.reopened_window_days);
    line("context_review_days", i64::from(policy.context_review_days));
    line("track_from_level", i64::from(policy.track_from_level));
    for (name, most) in ["a", "b", "c", "d"].iter().zip(policy.grades) {
        line(&format!("grades.{name}"), most.mp());
    }
    text
}

/// `sha256:` and 64 hexadecimal digits.
pub(super) fn of(policy: &Policy, catalog: &Catalog) -> String {
    format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(canonical(policy, catalog).as_bytes())))
}
