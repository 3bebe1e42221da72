//! Acknowledgements that have run out, end soon, or name a factor that is not there.

use std::collections::HashSet;

use super::factor::Factor;
use crate::base::factor_id::FactorId;
use crate::base::ids::{RuleIx, Subject};
use crate::base::phrase::{Phrase, Piece, counted, phrase};
use crate::model::{Acknowledgement, Portfolio, Warning};
use crate::rules;
use crate::rules::facts::Facts;

/// An acknowledgement that ends within so many days is about to.
const SOON: i64 = 15;

/// The rule and the subject that an acknowledgement names, where there is such a subject.
pub fn finding(portfolio: &Portfolio, acknowledgement: &Acknowledgement) -> Option<(RuleIx, Subject)> {
    named(portfolio, portfolio.text(acknowledgement.factor))
}

/// The rule and the subject behind `CODE:TYPE:ID`, where there is such a subject; the id may be a former one.
pub fn named(portfolio: &Portfolio, text: &str) -> Option<(RuleIx, Subject)> {
    let FactorId { code, kind, id } = FactorId::split(text);
    Some((rules::with_code(code)?, portfolio.find(kind?, id?)?))
}

/// Every warning about acknowledgements on the day that is scored.
pub fn of_acknowledgements(facts: &Facts<'_>, factors: &[Factor]) -> Vec<Warning> {
    let portfolio = facts.portfolio;
    if portfolio.acknowledgements.is_empty() {
        return Vec::new();
    }
    let there: HashSet<(RuleIx, Subject)> = factors.iter().map(Factor::key).collect();
    let mut warnings = Vec::new();
    for acknowledgement in portfolio.acknowledgements.iter().filter(|one| one.named_on <= facts.day) {
        let name = Piece::Finding(acknowledgement.factor);
        let days = acknowledgement.through.days_since(facts.day);
        let stale = !finding(portfolio, acknowledgement).is_some_and(|key| there.contains(&key));
        let (code, message): (&'static str, Phrase) = if stale {
            let tail = ", which is not there (any more); take it out";
            ("acknowledgement-stale", phrase!("an acknowledgement names ", name, tail))
        } else if days < 0 {
            let ago = counted(days.saturating_neg(), "day", "days");
            ("acknowledgement-over", phrase!("the acknowledgement of ", name, " ran out ", ago, " ago"))
        } else if days <= SOON {
            let when =
                if days == 0 { "today".to_owned() } else { format!("in {}", counted(days, "day", "days")) };
            ("acknowledgement-ends-soon", phrase!("the acknowledgement of ", name, " ends ", when))
        } else {
            continue;
        };
        warnings.push(Warning { code, message, at: acknowledgement.at });
    }
    warnings
}
