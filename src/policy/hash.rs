//! The canonical form of a policy and its hash: two spellings of one policy hash alike.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Policy, SETTINGS, Unit};
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
        // What costs by kind is below.
        if !entry.by_kind {
            line(&format!("principal.{}", entry.code), policy.principal(rule).mp());
        }
    }
    for kind in ConversationKind::ALL {
        line(&format!("conversations.{}", kind.word()), policy.conversation(*kind).mp());
    }
    for setting in SETTINGS {
        // A percentage stands here in basis points, and says so.
        let key = match setting.unit {
            Unit::Percent => setting.key.replace("_percent", "_bp"),
            Unit::Whole => setting.key.to_owned(),
        };
        line(&key, setting.get(policy));
    }
    for (name, most) in ["a", "b", "c", "d"].iter().zip(policy.grades) {
        line(&format!("grades.{name}"), most.mp());
    }
    text
}

/// `sha256:` and 64 hexadecimal digits.
pub(super) fn of(policy: &Policy, catalog: &Catalog) -> String {
    format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(canonical(policy, catalog).as_bytes())))
}
