//! A policy as YAML that reads back as the same policy, whatever the defaults of the program that reads it.

use super::{Policy, SETTINGS};
use crate::base::catalog::Catalog;
use crate::base::decimal::thousandths;
use crate::base::ids::RuleIx;
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

fn points(amount: MilliPoints) -> String {
    thousandths(amount.mp())
}

/// The keys of a policy, two spaces in. Taken apart where there is no table: what is not written does not compile.
pub(super) fn lines(policy: &Policy, catalog: &Catalog) -> String {
    let Policy { principal, disabled, grades: [a, b, c, d], .. } = policy;
    let mut text = String::from("  principal:\n");
    for (entry, amount) in catalog.0.iter().zip(principal) {
        // What costs by kind comes below.
        if !entry.by_kind {
            text.push_str(&format!("    {}: {}\n", entry.code, points(*amount)));
        }
    }
    text.push_str("  conversations:\n");
    for kind in ConversationKind::ALL {
        text.push_str(&format!("    {}: {}\n", kind.word(), points(policy.conversation(*kind))));
    }
    text.push_str(&settings(policy));
    let off = (0..disabled.len()).map(RuleIx::at).filter(|rule| policy.is_disabled(*rule));
    let off: Vec<&str> = off.filter_map(|rule| catalog.0.get(rule.index())).map(|entry| entry.code).collect();
    text.push_str(&format!("  disable: [{}]\n", off.join(", ")));
    let [a, b, c, d] = [a, b, c, d].map(|most| points(*most));
    text.push_str(&format!("  grades: {{a: {a}, b: {b}, c: {c}, d: {d}}}\n"));
    text
}

/// Every setting by its key; those of one mapping on one line.
fn settings(policy: &Policy) -> String {
    let mut text = String::new();
    let mut open: Option<(&str, Vec<String>)> = None;
    let close = |open: &mut Option<(&str, Vec<String>)>, text: &mut String| {
        if let Some((group, entries)) = open.take() {
            text.push_str(&format!("  {group}: {{{}}}\n", entries.join(", ")));
        }
    };
    for setting in SETTINGS {
        let value = setting.shown(setting.get(policy));
        if let Some((group, key)) = setting.key.split_once('.') {
            if open.as_ref().is_some_and(|(other, _)| *other != group) {
                close(&mut open, &mut text);
            }
            open.get_or_insert((group, Vec::new())).1.push(format!("{key}: {value}"));
        } else {
            close(&mut open, &mut text);
            text.push_str(&format!("  {}: {value}\n", setting.key));
        }
    }
    close(&mut open, &mut text);
    text
}
