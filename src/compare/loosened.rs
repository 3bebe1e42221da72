//! What is asked less strictly than before: rules off, weights lowered, thresholds raised, lines exempt, answers that
//! were known and are not any more. Listed by name, and never an improvement.

use std::collections::{BTreeMap, HashSet};

use super::{Key, Side};
use crate::base::decimal::{points, thousandths};
use crate::base::ids::{RuleIx, Subject};
use crate::base::phrase::{Phrase, Piece, counted, phrase};
use crate::model::Pairing;
use crate::policy::{Effect, Policy, SETTINGS};
use crate::records::sections::{Absent, List};
use crate::records::words::{ConversationKind, Described};
use crate::rules;
use crate::score::Scorecard;

/// One thing that is asked less strictly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loosened {
    /// Its kind: `rule-off`, `weight-lowered`, `threshold-moved`, `exempt-added`, `external-added`,
    /// `description-removed`, `data-removed`.
    pub kind: &'static str,
    /// In words, without a full stop.
    pub words: Phrase,
}

/// Everything that the head asks less strictly than the base.
pub(super) fn all(
    base: Side<'_>,
    base_card: Option<&Scorecard<'_>>,
    head: &Scorecard<'_>,
    pairing: &Pairing,
) -> Vec<Loosened> {
    let mut list = of_policy(base.policy, head.facts.policy);
    list.extend(of_people(base, head, pairing));
    list.extend(of_sections(base, head));
    if let Some(base) = base_card {
        list.extend(of_answers(base, head, pairing));
    }
    list
}

fn of_policy(was: &Policy, is: &Policy) -> Vec<Loosened> {
    let mut list = Vec::new();
    let mut push = |kind, words: String| list.push(Loosened { kind, words: phrase!(words) });
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
                words: phrase!(at, "\u{2019}s delivery line is exempt now"),
            });
        }
        if newly(now.exempt_craft, before.map(|one| one.exempt_craft)) {
            list.push(Loosened {
                kind: "exempt-added",
                words: phrase!(at, "\u{2019}s craft line is exempt now"),
            });
        }
        if before.is_some_and(|before| !before.external) && head.facts.lines.is_external(at) {
            list.push(Loosened { kind: "external-added", words: phrase!(at, " is external now") });
        }
    }
    list
}

fn of_sections(base: Side<'_>, head: &Scorecard<'_>) -> Vec<Loosened> {
    let (was, is) = (base.portfolio, head.facts.portfolio);
    let mut list = Vec::new();
    for what in [Described::Context, Described::Escalations, Described::Peers, Described::Lanes] {
        if was.describes(what) && !is.describes(what) {
            let words = format!("the portfolio no longer says that it describes {}", what.word());
            list.push(Loosened { kind: "description-removed", words: phrase!(words) });
        }
    }
    for section in List::ALL.iter().filter(|section| section.absent() == Absent::Unknown) {
        if was.has_section(*section) && !is.has_section(*section) {
            let words = format!("the section `{}` is no longer there", section.key());
            list.push(Loosened { kind: "data-removed", words: phrase!(words) });
        }
    }
    list
}

/// So many subjects are named for each rule.
const NAMED: usize = 3;

/// Questions that the base answered about the same subject, and the head cannot.
fn of_answers(base: &Scorecard<'_>, head: &Scorecard<'_>, pairing: &Pairing) -> Vec<Loosened> {
    let unknown_before: HashSet<Key> = base.unknown.iter().copied().collect();
    let mut lost: BTreeMap<RuleIx, Vec<Subject>> = BTreeMap::new();
    for (rule, subject) in head.unknown.iter().copied() {
        let of_its_own = rules::at(rule).subject_type() == subject.type_name();
        let Some(before) = pairing.in_base(subject).filter(|_| of_its_own) else { continue };
        if rules::at(rule).in_scope(&base.facts, before) && !unknown_before.contains(&(rule, before)) {
            lost.entry(rule).or_default().push(subject);
        }
    }
    let words = |(rule, subjects): (RuleIx, Vec<Subject>)| {
        let rule = rules::at(rule);
        let count = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
        let mut words = phrase!(
            format!("{} ({}) can no longer be answered ", rule.code, rule.name),
            counted(count, "time", "times"),
            ": "
        );
        for (index, subject) in subjects.iter().take(NAMED).enumerate() {
            if index > 0 {
                words = words.and(phrase!(", "));
            }
            words = words.and(phrase!(Piece::Id(*subject)));
        }
        if subjects.len() > NAMED {
            words = words.and(phrase!(" and others"));
        }
        Loosened { kind: "data-removed", words }
    };
    lost.into_iter().map(words).collect()
}
