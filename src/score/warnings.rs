//! Acknowledgements that have run out, end soon, or name a factor that is not there.

use std::collections::HashSet;

use super::Unknown;
use super::factor::Factor;
use crate::base::day::Days;
use crate::base::factor_id::FactorId;
use crate::base::ids::{PersonIx, RuleIx, Subject};
use crate::base::message::{Fact, Message, counted, message};
use crate::base::names::{FastMap, FastSet};
use crate::model::{Acknowledgement, Portfolio, Warning};
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::rule::Group;
use crate::rules::subjects::one_on_ones;
use crate::source::Code;

/// From this many days before its last one, an acknowledgement ends soon.
const SOON: Days = Days::new(15);

/// The rule and the subject that an acknowledgement names, where there is such a subject.
pub fn finding(portfolio: &Portfolio, acknowledgement: &Acknowledgement) -> Option<(RuleIx, Subject)> {
    named(portfolio, portfolio.text(acknowledgement.factor))
}

/// The rule and the subject behind `CODE:TYPE:ID`, where there is such a subject; the id may be a former one.
pub fn named(portfolio: &Portfolio, text: &str) -> Option<(RuleIx, Subject)> {
    let FactorId { code, kind, id } = FactorId::split(text);
    Some((rules::with_code(code)?, portfolio.find(kind?, id?)?))
}

/// The last acknowledgement of each factor that is named by the day that is scored, in the order of the portfolio: it
/// decides whether the factor is acknowledged. None where there is no such subject.
pub fn last_by_factor<'p>(facts: &Facts<'p>) -> Vec<(Option<(RuleIx, Subject)>, &'p Acknowledgement)> {
    let mut last: Vec<(Option<(RuleIx, Subject)>, &Acknowledgement)> = Vec::new();
    let mut places: FastMap<(RuleIx, Subject), usize> = FastMap::default();
    for one in facts.portfolio.acknowledgements.iter().filter(|one| one.named_on <= facts.day) {
        let key = finding(facts.portfolio, one);
        if let Some(place) = key.and_then(|key| places.get(&key)) {
            let before = &mut last[*place].1;
            if (before.named_on, before.through) < (one.named_on, one.through) {
                *before = one;
            }
        } else {
            if let Some(key) = key {
                places.insert(key, last.len());
            }
            last.push((key, one));
        }
    }
    last
}

/// Every warning about acknowledgements on the day that is scored.
pub fn of_acknowledgements(facts: &Facts<'_>, factors: &[Factor]) -> Vec<Warning> {
    let portfolio = facts.portfolio;
    if portfolio.acknowledgements.is_empty() {
        return Vec::new();
    }
    let there: FastSet<(RuleIx, Subject)> = factors.iter().map(Factor::key).collect();
    let mut warnings = Vec::new();
    for (key, acknowledgement) in last_by_factor(facts) {
        let name = Fact::Finding(acknowledgement.factor);
        let days = acknowledgement.through.days_since(facts.day);
        let stale = !key.is_some_and(|key| there.contains(&key));
        let (code, message): (Code, Message) = if stale {
            let tail = ", which is not there (any more); take it out";
            (Code::AcknowledgementStale, message!("an acknowledgement names ", name, tail))
        } else if days < Days::NONE {
            let ago = counted(facts.day.days_since(acknowledgement.through), "day", "days");
            (Code::AcknowledgementOver, message!("the acknowledgement of ", name, " ran out ", ago, " ago"))
        } else if days <= SOON {
            let when = if days == Days::NONE {
                "today".to_owned()
            } else {
                format!("in {}", counted(days, "day", "days"))
            };
            (Code::AcknowledgementEndsSoon, message!("the acknowledgement of ", name, " ends ", when))
        } else {
            continue;
        };
        warnings.push(Warning { code, message, at: acknowledgement.at });
    }
    warnings
}

/// Since when whose records sleep: nothing that they held of late is written, so that nobody can tell whether their
/// 1:1s were missed. One for each owner, at the first of these 1:1s.
pub fn of_sleeping_records(facts: &Facts<'_>, unknown: &[Unknown]) -> Vec<Warning> {
    let mut told: HashSet<PersonIx> = HashSet::new();
    let mut warnings = Vec::new();
    for one in unknown {
        let Subject::Meeting(meeting) = one.subject else { continue };
        if rules::at(one.rule).group != Group::DeferredConversations {
            continue;
        }
        // One answer for an owner is enough: counting days takes time where there are many leaves.
        let Some(one) = facts.one_on_one(meeting).filter(|one| !told.contains(&one.owner)) else { continue };
        let sleeps =
            one_on_ones::missed(facts, one).is_some_and(|how| one_on_ones::is_asleep(facts, one, how));
        if !sleeps {
            continue;
        }
        told.insert(one.owner);
        let tail = ", so whether their 1:1s were missed is unknown; write down when each was last held";
        let message = match facts.last_held(one.owner) {
            Some(day) => message!("no meeting of ", one.owner, " is written as held since ", day, tail),
            None => message!("no meeting of ", one.owner, " was ever written as held", tail),
        };
        let at = facts.portfolio.meeting(meeting).at;
        warnings.push(Warning { code: Code::RecordsSleep, message, at });
    }
    warnings
}
