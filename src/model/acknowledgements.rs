//! Conflicts named out loud.

use std::collections::HashMap;

use super::Portfolio;
use super::intake::ItemContext;
use crate::base::catalog::Catalog;
use crate::base::day::{Day, Days};
use crate::base::factor_id::{FactorId, NoFactorId};
use crate::base::ids::{SUBJECT_TYPES, Subject};
use crate::base::message::{Message, message};
use crate::base::names::Name;
use crate::base::nearest::nearest;
use crate::policy::unknown_rule;
use crate::records::portfolio::AcknowledgementRecord;
use crate::source::{Code, Diagnostic, Diagnostics, ItemAt, Place};

/// A known factor that is accepted for now: shown, not hidden.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    /// Where it is written.
    pub at: ItemAt,
    /// The factor's id as written.
    pub factor: Name,
    /// Whether it is written under `finding`, the key of 0.1.0.
    pub old_key: bool,
    /// Why the factor is accepted for now.
    pub reason: Name,
    /// When it was named.
    pub named_on: Day,
    /// The last day it holds.
    pub through: Day,
}

/// The longest that an acknowledgement can hold, in days.
const LONGEST: Days = Days::new(31);

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
                let message = message!("`finding` is the former name of `factor`, and both are written");
                let help = message!("keep `factor`");
                cx.diagnostics.push(
                    Diagnostic::error(Code::Contradiction, message, at.key(["finding".into()])).help(help),
                );
                None
            }
            (None, None) if !cx.is_written => {
                let message = message!("missing key `factor`");
                let diagnostic = Diagnostic::error(Code::MissingKey, message, at.place());
                cx.diagnostics.push(diagnostic.expected(message!("needs `factor`")));
                None
            }
            (factor, finding) => factor.or(finding),
        };
        if let Some(factor) = &factor {
            check_factor(&factor.0, at.at(if old_key { "finding" } else { "factor" }), catalog, cx);
        }
        let days = through.days_since(named_on);
        if days < Days::NONE {
            cx.out_of_order(at.at("through"), "through", through, "named_on", named_on);
        } else if days > LONGEST && named_on.is_real() {
            let message = Message::words(format!(
                "an acknowledgement can last at most {LONGEST} days; this one lasts {days}"
            ));
            let last = named_on.plus(LONGEST);
            let diagnostic = Diagnostic::error(Code::DateOrder, message, at.at("through"));
            cx.diagnostics.push(diagnostic.expected(message!(last, " at the latest")));
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
            let message = message!("unexpected type `", kind.to_owned(), "`, expected `")
                .and(Message::words(format!("{expected}`")));
            let near = nearest(kind, SUBJECT_TYPES).filter(|near| *near == expected);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{code} is about a {expected}: `{code}:{expected}:ID`"),
            };
            Diagnostic::error(Code::UnknownType, message, place).help(Message::words(help))
        }
        Err(NoFactorId::Incomplete(expected)) => {
            let message = message!("expected a factor's id, found \u{201C}", factor.to_owned(), "\u{201D}");
            let help = Message::words(format!("write it as `{code}:{expected}:ID`"));
            Diagnostic::error(Code::WrongValue, message, place).help(help)
        }
    };
    cx.diagnostics.push(diagnostic);
}

/// An acknowledgement can be renewed in so many days before its last one.
const RENEWAL: Days = Days::new(15);

/// Further acknowledgements of one factor are renewals: none is named long before the one before it ends. An id and a
/// former id of the same subject mean the same factor.
pub(super) fn check_renewals(portfolio: &Portfolio, diagnostics: &mut Diagnostics) {
    let mut ends: HashMap<(&str, Result<Subject, &str>), Day> = HashMap::new();
    let mut in_order: Vec<&Acknowledgement> = portfolio.acknowledgements.iter().collect();
    in_order.sort_by_key(|one| (one.named_on, one.through));
    for one in in_order {
        let text = portfolio.text(one.factor);
        let parts = FactorId::split(text);
        let subject = parts.kind.zip(parts.id).and_then(|(kind, id)| portfolio.find(kind, id));
        let Some(before) = ends.insert((parts.code, subject.ok_or(text)), one.through) else { continue };
        if one.named_on.is_real() && before.days_since(one.named_on) > RENEWAL {
            let message = Message::words(format!(
                "this factor is acknowledged through {before} already; a renewal is named in the last {RENEWAL} days"
            ));
            let earliest = before.minus(RENEWAL);
            let diagnostic = Diagnostic::error(Code::DateOrder, message, one.at.at("named_on"));
            diagnostics.push(diagnostic.expected(message!(earliest, " or later")));
        }
    }
}
