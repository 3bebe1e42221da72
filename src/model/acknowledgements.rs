//! Conflicts named out loud.

use super::intake::ItemContext;
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::factor_id::{FactorId, NoFactorId};
use crate::base::ids::SUBJECT_TYPES;
use crate::base::names::Name;
use crate::base::nearest::nearest;
use crate::policy::unknown_rule;
use crate::records::portfolio::AcknowledgementRecord;
use crate::source::{Diagnostic, ItemAt, Place, Said, said};

/// A factor that is known and stands for now: shown, not hidden.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    /// Where it is written.
    pub at: ItemAt,
    /// The factor's id as written.
    pub factor: Name,
    /// Whether it is written under `finding`, the key of 0.1.0.
    pub old_key: bool,
    /// Why it stands for now.
    pub reason: Name,
    /// When it was named.
    pub named_on: Day,
    /// The last day it holds.
    pub through: Day,
}

/// The longest that an acknowledgement can hold, in days.
const LONGEST: i64 = 31;

impl Acknowledgement {
    pub(super) fn from_record(
        record: AcknowledgementRecord<'_>,
        at: ItemAt,
        catalog: &Catalog,
        cx: &mut ItemContext<'_>,
    ) -> Acknowledgement {
        let AcknowledgementRecord { factor, finding, reason, named_on, through } = record;
        let old_key = finding.is_some();
        let factor = match (factor, finding) {
            (Some(_), Some(_)) => {
                let message = said!["`finding` is the former name of `factor`, and both are written"];
                let help = said!["keep `factor`"];
                cx.diagnostics
                    .push(Diagnostic::error("contradiction", message, at.key(["finding".into()])).help(help));
                None
            }
            (None, None) if !cx.is_written => {
                let message = said!["the key `factor` is missing"];
                let diagnostic = Diagnostic::error("missing-key", message, at.place());
                cx.diagnostics.push(diagnostic.expected(said!["needs `factor`"]));
                None
            }
            (factor, finding) => factor.or(finding),
        };
        if let Some(factor) = &factor {
            check_factor(&factor.0, at.at(if old_key { "finding" } else { "factor" }), catalog, cx);
        }
        let days = through.days_since(named_on);
        if days < 0 {
            cx.out_of_order(at.at("through"), "through", through, "named_on", named_on);
        } else if days > LONGEST && named_on.is_real() {
            let message =
                Said::words(format!("an acknowledgement holds {LONGEST} days at most; this one {days}"));
            let last = named_on.plus(31);
            let diagnostic = Diagnostic::error("date-order", message, at.at("through"));
            cx.diagnostics.push(diagnostic.expected(said![last, " at the latest"]));
        }
        Acknowledgement {
            at,
            factor: cx.names.add(factor.as_ref().map_or("", |factor| &factor.0)),
            old_key,
            reason: cx.names.add(&reason.0),
            named_on,
            through,
        }
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Day) -> bool {
        self.named_on <= day && day <= self.through
    }
}

/// `CODE:TYPE:ID`, with a code that some rule has and the type of that rule's subject.
fn check_factor(factor: &str, place: Place, catalog: &Catalog, cx: &mut ItemContext<'_>) {
    let parts = FactorId::split(factor);
    let code = parts.code;
    let diagnostic = match parts.rule(catalog) {
        Ok(_) => return,
        Err(NoFactorId::UnknownCode) => unknown_rule(code, catalog, place),
        Err(NoFactorId::WrongType(expected)) => {
            let kind = parts.kind.unwrap_or_default();
            let message = said!["\u{201C}", kind.to_owned(), "\u{201D} is not what "]
                .and(Said::words(format!("{code} is about")));
            let near = nearest(kind, SUBJECT_TYPES).filter(|near| *near == expected);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{code} is about a {expected}: `{code}:{expected}:ID`"),
            };
            Diagnostic::error("unknown-type", message, place).help(Said::words(help))
        }
        Err(NoFactorId::Incomplete(expected)) => {
            let message = said!["expected a factor's id, found \u{201C}", factor.to_owned(), "\u{201D}"];
            let help = Said::words(format!("write it as `{code}:{expected}:ID`"));
            Diagnostic::error("wrong-value", message, place).help(help)
        }
    };
    cx.diagnostics.push(diagnostic);
}
