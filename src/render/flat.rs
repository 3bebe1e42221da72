//! A factor as one flat row, for `jsonl` and `csv`: the columns, their order and their names are a contract.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::report::{FactorRow, Report, contract};

/// The names of the columns, in order: what `FlatRow` writes.
pub(super) const COLUMNS: [&str; 28] = [
    "portfolio",
    "portfolio_id",
    "as_of",
    "grade",
    "people",
    "id",
    "code",
    "name",
    "group",
    "subject_type",
    "subject_id",
    "subject_label",
    "sentence",
    "remedy",
    "owner",
    "owner_label",
    "squad",
    "guild",
    "mp",
    "points",
    "principal_mp",
    "fees_mp",
    "interest_mp",
    "onset",
    "minutes",
    "acknowledged_through",
    "file",
    "line",
];

/// One factor, with what it is a factor of. Amounts are exact in milli-points (mp).
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtFactor")]
pub struct FlatRow<'r> {
    /// The portfolio's name.
    portfolio: Option<Cow<'r, str>>,
    /// What programs tell it from others by; with a slash and the part behind it: `payments/squad:ledger`.
    portfolio_id: Cow<'r, str>,
    /// The day that was scored.
    as_of: Day,
    /// The portfolio's grade, A to E.
    #[schemars(with = "contract::Grade")]
    grade: &'static str,
    /// How many people are scored in the portfolio.
    people: u64,
    /// Its identity, CODE:TYPE:ID.
    id: Cow<'r, str>,
    /// The rule.
    code: &'static str,
    /// The rule's name.
    name: &'static str,
    /// The group of the rule.
    #[schemars(with = "contract::Group")]
    group: &'static str,
    /// What it is about; in an aggregate the portfolio.
    #[schemars(with = "contract::SubjectType")]
    subject_type: &'static str,
    /// Its id.
    subject_id: Cow<'r, str>,
    /// Its name or title, where it has one, else its id.
    subject_label: Cow<'r, str>,
    /// What is the case, in one sentence.
    sentence: Cow<'r, str>,
    /// What to do.
    remedy: Cow<'r, str>,
    /// The id of who can act; null where that is nobody.
    owner: Option<Cow<'r, str>>,
    /// Their name, where they have one, else their id.
    owner_label: Option<Cow<'r, str>>,
    /// The squad it is booked in.
    squad: Option<Cow<'r, str>>,
    /// The guild it is booked in.
    guild: Option<Cow<'r, str>>,
    /// What it costs: principal, fees and interest.
    mp: MilliPoints,
    /// The same in points.
    points: Thousandths,
    /// What it costs by itself.
    principal_mp: MilliPoints,
    /// What putting it off has added.
    fees_mp: MilliPoints,
    /// What time has added.
    interest_mp: MilliPoints,
    /// The day from which the data make it a factor, where that follows from dates.
    onset: Option<Day>,
    /// About how many minutes the remedy takes.
    minutes: i64,
    /// The last day of the acknowledgement that holds for it.
    acknowledged_through: Option<Day>,
    /// The file its subject is written in, as it was named.
    file: Option<Cow<'r, str>>,
    /// The line, from 1.
    line: Option<u32>,
}

impl<'r> FlatRow<'r> {
    /// A factor of a report, its text made fit by `text`.
    pub(super) fn new(
        report: &'r Report<'_>,
        row: &'r FactorRow,
        text: fn(&'r str) -> Cow<'r, str>,
    ) -> FlatRow<'r> {
        let optional = |one: &'r Option<Untrusted>| one.as_ref().map(|one| text(one.raw()));
        FlatRow {
            portfolio: optional(&report.portfolio),
            portfolio_id: text(report.portfolio_id.raw()),
            as_of: report.as_of,
            grade: report.score.grade,
            people: report.score.people,
            id: text(row.id.raw()),
            code: row.code,
            name: row.name,
            group: row.group,
            subject_type: row.subject.kind,
            subject_id: text(row.subject.id.raw()),
            subject_label: text(row.subject.label.raw()),
            sentence: row.evidence.first().map(|sentence| text(sentence.raw())).unwrap_or_default(),
            remedy: text(row.remedy.raw()),
            owner: optional(&row.owner),
            owner_label: optional(&row.owner_label),
            squad: optional(&row.squad),
            guild: optional(&row.guild),
            mp: row.mp,
            points: row.points,
            principal_mp: row.principal_mp,
            fees_mp: row.fees_mp,
            interest_mp: row.interest_mp,
            onset: row.onset,
            minutes: row.minutes,
            acknowledged_through: row.acknowledged.as_ref().map(|acknowledged| acknowledged.through),
            file: row.location.as_ref().map(|location| text(location.file.raw())),
            line: row.location.as_ref().map(|location| location.line),
        }
    }
}
