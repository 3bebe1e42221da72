//! Where the head is more lenient than the base: rules off, weights lowered, thresholds raised, lines exempt, answers
//! that are no longer known. Each is listed by name and never counts as an improvement.

use std::collections::{BTreeSet, HashSet};

use super::Side;
use crate::base::decimal::{points, thousandths};
use crate::base::ids::{RuleIx, Subject};
use crate::base::message::{Fact, Message, message};
use crate::model::{Acknowledgement, Pairing, Portfolio};
use crate::policy::{Effect, Policy, SETTINGS};
use crate::records::sections::{Absent, List};
use crate::records::words::{ConversationKind, Described};
use crate::rules;
use crate::score::Scorecard;
use crate::score::warnings::finding;

/// A rule about a subject of one portfolio.
type Key = (RuleIx, Subject);

/// One thing in which the head is more lenient than the base.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loosened {
    /// Its kind: `rule-off`, `weight-lowered`, `threshold-moved`, `exempt-added`, `external-added`,
    /// `description-removed`, `data-removed`, `as-of-moved-back`, `acknowledgement-removed`.
    pub kind: &'static str,
    /// In words, without a full stop.
    pub words: Message,
}

/// Everything in which the head is more lenient than the base.
pub(super) fn all(
    base: Side<'_>,
    head_side: Side<'_>,
    head: &Scorecard<'_>,
    pairing: &Pairing,
) -> Vec<Loosened> {
    let mut list = of_policy(base.policy, head.facts.policy);
    list.extend(of_people(base, head, pairing));
    list.extend(of_sections(base, head, pairing));
    if head_side.day < base.day {
        let words = message!("the day that is scored moved back from ", base.day, " to ", head_side.day);
        list.push(Loosened { kind: "as-of-moved-back", words });
    }
    list.extend(of_acknowledgements(base, head, pairing));
    list
}

/// Acknowledgements that were taken out while their factor is still there.
fn of_acknowledgements(base: Side<'_>, head: &Scorecard<'_>, pairing: &Pairing) -> Vec<Loosened> {
    let portfolio = head.facts.portfolio;
    let named = |one: &Acknowledgement| finding(portfolio, one);
    let kept: HashSet<Key> = portfolio.acknowledgements.iter().filter_map(named).collect();
    let there: HashSet<Key> = head.factors.iter().map(crate::score::factor::Factor::key).collect();
    let before = base.portfolio.acknowledgements.iter().filter_map(|one| {
        let (rule, subject) = finding(base.portfolio, one)?;
        Some((rule, pairing.in_head(subject)?))
    });
    let gone: BTreeSet<Key> = before.filter(|key| !kept.contains(key) && there.contains(key)).collect();
    let words = |(rule, subject): Key| {
        let id = format!("{}:{}:", rules::at(rule).code, subject.type_name());
        message!("the acknowledgement of ", id, Fact::Id(subject), " was taken out, and the factor is there")
    };
    gone.into_iter().map(|key| Loosened { kind: "acknowledgement-removed", words: words(key) }).collect()
}

fn of_policy(was: &Policy, is: &Policy) -> Vec<Loosened> {
    let mut list = Vec::new();
    let mut push = |kind, words: String| list.push(Loosened { kind, words: message!(words) });
    for (index, rule) in rules::catalog().0.iter().enumerate() {
        let at = RuleIx::at(index);
        if is.is_disabled(at) && !was.is_disabled(at) {
            push("rule-off", format!("{} ({}) is switched off", rule.code, rule.name));
        } else if !rule.by_kind && is.principal(at) < was.principal(at) {
            let (from, to) = (thousandths(was.principal(at).mp()), points(is.principal(at)));
            push("weight-lowered", format!("{} ({}) costs {to}, not {from}", rule.code, rule.name));
        }
    }
    for kind in ConversationKind::ALL {
        let (from, to) = (was.conversation(*kind), is.conversation(*kind));
        if to < from {
            let (from, to) = (thousandths(from.mp()), points(to));
            push("weight-lowered", format!("an overdue {} talk costs {to}, not {from}", kind.word()));
        }
    }
    for setting in SETTINGS.iter().filter(|setting| setting.is_looser(was, is)) {
        let shown = |policy: &Policy| setting.shown(setting.get(policy));
        let (from, to) = (shown(was), shown(is));
        match setting.effect {
            Effect::Weight(what, unit) => {
                push("weight-lowered", format!("{what} is {to}{unit}, not {from}{unit}"));
            }
            Effect::Threshold => push("threshold-moved", format!("{} is {to}, not {from}", setting.key)),
        }
    }
    for (name, (from, to)) in ["a", "b", "c", "d"].into_iter().zip(was.grades.into_iter().zip(is.grades)) {
        if to > from {
            let (from, to) = (thousandths(from.mp()), points(to));
            push(
                "threshold-moved",
                format!("grade {} goes up to {to} a person, not {from}", name.to_uppercase()),
            );
        }
    }
    list
}

fn of_people(base: Side<'_>, head: &Scorecard<'_>, pairing: &Pairing) -> Vec<Loosened> {
    let mut list = Vec::new();
    let portfolio = head.facts.portfolio;
    for at in portfolio.person_positions() {
        let now = portfolio.person(at);
        let before = match pairing.in_base(Subject::Person(at)) {
            Some(Subject::Person(before)) => Some(base.portfolio.person(before)),
            _ => None,
        };
        let newly = |is: bool, was: Option<bool>| is && was != Some(true);
        if newly(now.exempt_delivery, before.map(|one| one.exempt_delivery)) {
            list.push(Loosened {
                kind: "exempt-added",
                words: message!(at, "\u{2019}s delivery line is exempt now"),
            });
        }
        if newly(now.exempt_craft, before.map(|one| one.exempt_craft)) {
            list.push(Loosened {
                kind: "exempt-added",
                words: message!(at, "\u{2019}s craft line is exempt now"),
            });
        }
        if before.is_some_and(|before| !before.external) && head.facts.lines.is_external(at) {
            list.push(Loosened { kind: "external-added", words: message!(at, " is external now") });
        }
    }
    list
}

fn of_sections(base: Side<'_>, head: &Scorecard<'_>, pairing: &Pairing) -> Vec<Loosened> {
    let (was, is) = (base.portfolio, head.facts.portfolio);
    let mut list = Vec::new();
    for what in [Described::Context, Described::Escalations, Described::Peers, Described::Lanes] {
        if was.describes(what) && !is.describes(what) {
            let words = format!("the portfolio no longer says that it describes {}", what.word());
            list.push(Loosened { kind: "description-removed", words: message!(words) });
        }
    }
    let held = |portfolio: &Portfolio| portfolio.meetings_of.is_some();
    if !held(was) && held(is) {
        let words = message!(
            "the portfolio now names whose 1:1s it holds (`meetings_of`); those of others are unknown"
        );
        list.push(Loosened { kind: "description-removed", words });
    }
    for at in was.meetings_of.iter().flatten().filter_map(|one| one.person.target()) {
        let now = pairing.person(at);
        if held(is) && now.is_some_and(|now| !is.holds_meetings_of(now)) {
            let words =
                message!("the portfolio no longer says that it holds the 1:1s of ", now.unwrap_or(at));
            list.push(Loosened { kind: "description-removed", words });
        }
    }
    for section in List::ALL.iter().filter(|section| section.absent() == Absent::Unknown) {
        if was.has_section(*section) && !is.has_section(*section) {
            let words = format!("the section `{}` is no longer there", section.key());
            list.push(Loosened { kind: "data-removed", words: message!(words) });
        }
    }
    list
}
