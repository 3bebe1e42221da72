//! Conflicts named out loud.

use super::intake::ItemContext;
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::ids::SUBJECT_TYPES;
use crate::base::names::Name;
use crate::base::nearest::nearest;
use crate::policy::unknown_rule;
use crate::records::portfolio::AcknowledgementRecord;
use crate::source::{Diagnostic, ItemAt, Said, said};
use crate::yaml::de::STAND_IN;

/// A factor that is known and stands for now: shown, not hidden.
#[derive(Debug)]
pub struct Acknowledgement {
    /// Where it is written.
    pub at: ItemAt,
    /// The factor's id as written.
    pub finding: Name,
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
        record: &AcknowledgementRecord<'_>,
        at: ItemAt,
        catalog: &Catalog,
        cx: &mut ItemContext<'_>,
    ) -> Acknowledgement {
        // What is missing has been reported as missing.
        if record.finding.0 != STAND_IN || cx.diagnostics.errors() == 0 {
            check_finding(&record.finding.0, at, catalog, cx);
        }
        let days = record.through.days_since(record.named_on);
        if days < 0 {
            cx.out_of_order(at.at("through"), "through", record.through, "named_on", record.named_on);
        } else if days > LONGEST && record.named_on.is_real() {
            let message =
                Said::words(format!("an acknowledgement holds {LONGEST} days at most; this one {days}"));
            let last = record.named_on.plus(31);
            let diagnostic = Diagnostic::error("date-order", message, at.at("through"));
            cx.diagnostics.push(diagnostic.expected(said![last, " at the latest"]));
        }
        Acknowledgement {
            at,
            finding: cx.names.add(&record.finding.0),
            reason: cx.names.add(&record.reason.0),
            named_on: record.named_on,
            through: record.through,
        }
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Day) -> bool {
        self.named_on <= day && day <= self.through
    }
}

/// `CODE:TYPE:ID`, with a code that some rule has and the type of that rule's subject.
fn check_finding(finding: &str, at: ItemAt, catalog: &Catalog, cx: &mut ItemContext<'_>) {
    let mut parts = finding.splitn(3, ':');
    let (code, kind, id) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let place = at.at("finding");
    let Some(rule) = catalog.find(code) else {
        cx.diagnostics.push(unknown_rule(code, catalog, place));
        return;
    };
    let expected = catalog.0[rule.index()].subject;
    match (kind, id) {
        (Some(kind), Some(id)) if kind == expected && !id.is_empty() => {}
        (Some(kind), Some(_)) if kind != expected => {
            let message = said!["\u{201C}", kind.to_owned(), "\u{201D} is not what "]
                .and(Said::words(format!("{code} is about")));
            let near = nearest(kind, SUBJECT_TYPES).filter(|near| *near == expected);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{code} is about a {expected}: `{code}:{expected}:ID`"),
            };
            cx.diagnostics.push(Diagnostic::error("unknown-type", message, place).help(Said::words(help)));
        }
        _ => {
            let message = said!["expected a factor's id, found \u{201C}", finding.to_owned(), "\u{201D}"];
            let help = Said::words(format!("write it as `{code}:{expected}:ID`"));
            cx.diagnostics.push(Diagnostic::error("wrong-value", message, place).help(help));
        }
    }
}
