//! What `debt history` shows, as far as the privacy lets it be shown. Its types are the contract of its JSON.

mod build;
mod kept;

use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{self, Version};
use super::{Head, Ordered, PartRow, Score};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::source::Code;

pub use build::{Readable, Recorder, Selected, Unread, whole};
pub use kept::{Kept, NotKept, from_reports, trend};

/// What became of the score, recomputed from the revisions of the portfolio under one policy, or as it was reported.
/// Amounts are exact in milli-points (mp).
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtHistory")]
pub struct HistoryReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose it is; of the last row that was scored.
    #[serde(flatten)]
    pub head: Head,
    /// Whether every row was scored anew with this version and this policy; false where the numbers are those of kept
    /// reports.
    pub recomputed: bool,
    /// How often there is a row.
    #[schemars(with = "contract::Every")]
    pub every: &'static str,
    /// Which part of the portfolio this is the history of; null for all of it.
    pub part: Option<PartRow>,
    /// How many revisions changed the portfolio.
    pub revisions: usize,
    /// Whether history begins where a shallow clone ends.
    pub shallow: bool,
    /// Former paths of the portfolio, latest first; [] where files are not shown.
    pub renames: Vec<RenameRow>,
    /// By day, the earliest first.
    pub rows: Vec<HistoryRow>,
}

/// A path that had another name.
#[derive(Serialize, JsonSchema)]
pub struct RenameRow {
    /// The former name.
    pub from: Untrusted,
    /// The name since then.
    pub to: Untrusted,
    /// The commit that renamed it.
    pub revision: Untrusted,
}

/// A day.
#[derive(Serialize, JsonSchema)]
pub struct HistoryRow {
    /// The day that is scored.
    pub day: Day,
    /// The revision that has its text; null for the work tree, where there was none, and where files are not shown.
    pub revision: Option<Untrusted>,
    /// Whether the text is that of the work tree, which differs from every revision.
    pub work_tree: bool,
    /// `scored`; `broken` where the text cannot be read; `absent` where there was none; `nobody` where nobody was
    /// scored; `few` where too few people were for an aggregate.
    #[schemars(with = "contract::HistoryState")]
    pub state: &'static str,
    /// What is wrong with a text that cannot be read; else null.
    pub error: Option<HistoryError>,
    /// The headline; null where nothing was scored.
    pub score: Option<Score>,
    /// The score under the policy that the revision itself has, and today's rules; null where it has none.
    pub then_mp: Option<MilliPoints>,
    /// The share of questions that could be answered.
    pub coverage: Option<Thousandths>,
    /// The score by group of rules, largest first.
    pub by_group: Ordered<SumRow>,
    /// The score by squad, largest first, what belongs to no squad with the key null; [] where groups are pooled: the
    /// same few people would be told by what joins them from day to day.
    pub by_squad: Ordered<SumRow>,
    /// The change from the last row that was scored; null in the first one, and where nobody asked for it.
    pub change: Option<HistoryChange>,
    /// Whether it was reported by another version or under another policy than the row before.
    pub other_yardstick: bool,
}

impl HistoryRow {
    /// That of a day of which nothing more is known.
    pub(super) fn empty(day: Day, state: &'static str) -> HistoryRow {
        HistoryRow {
            day,
            revision: None,
            work_tree: false,
            state,
            error: None,
            score: None,
            then_mp: None,
            coverage: None,
            by_group: Ordered::none(),
            by_squad: Ordered::none(),
            change: None,
            other_yardstick: false,
        }
    }
}

/// A sum.
#[derive(Serialize, JsonSchema)]
pub struct SumRow {
    /// What it is the sum of.
    pub key: Option<Untrusted>,
    /// How much.
    pub mp: MilliPoints,
}

/// What is wrong with a text.
#[derive(Clone, Serialize, JsonSchema)]
pub struct HistoryError {
    /// The kind of the first error.
    pub code: Code,
    /// What it says.
    pub message: Untrusted,
    /// Where; null where files are not shown, or it has no place.
    pub at: Option<Untrusted>,
    /// How many errors there are.
    pub count: usize,
}

/// The change from one row to the next in exact parts:
/// `recalibrated + accrued + staffing + introduced + revealed − repaired − withdrawn`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HistoryChange {
    /// What other exemptions and outsiders alone have changed; the policy is one and the same.
    pub recalibrated_mp: MilliPoints,
    /// What time alone has added.
    pub accrued_mp: MilliPoints,
    /// What people brought or took with them who joined, left, went away, came back or took a line over.
    pub staffing_mp: MilliPoints,
    /// What is new or larger.
    pub introduced_mp: MilliPoints,
    /// What is new or larger only because it is recorded now.
    pub revealed_mp: MilliPoints,
    /// What is gone or smaller because somebody resolved it.
    pub repaired_mp: MilliPoints,
    /// What is gone or smaller for any other reason.
    pub withdrawn_mp: MilliPoints,
}

impl HistoryChange {
    /// Both changes as one.
    #[must_use]
    pub fn and(self, other: HistoryChange) -> HistoryChange {
        HistoryChange {
            recalibrated_mp: self.recalibrated_mp + other.recalibrated_mp,
            accrued_mp: self.accrued_mp + other.accrued_mp,
            staffing_mp: self.staffing_mp + other.staffing_mp,
            introduced_mp: self.introduced_mp + other.introduced_mp,
            revealed_mp: self.revealed_mp + other.revealed_mp,
            repaired_mp: self.repaired_mp + other.repaired_mp,
            withdrawn_mp: self.withdrawn_mp + other.withdrawn_mp,
        }
    }
}
