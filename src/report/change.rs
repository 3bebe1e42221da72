//! The change between two portfolios, as a report shows it. How it is computed is not decided here. Whoever
//! fills it takes ids, sentences and places from a `Speaker`, for both portfolios with the privacy of the report, and
//! hands the whole through `Change::shown`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AcknowledgedRow, Location, Ordered, Privacy};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;

/// The change against another portfolio or a baseline, in exact parts:
/// `to_mp − from_mp = recalibrated + accrued + introduced + revealed − repaired − withdrawn`.
#[derive(Serialize, JsonSchema)]
pub struct Change {
    /// What it is compared with; null where nothing is, and only budgets are asked.
    pub against: Option<AgainstRow>,
    /// The other portfolio's score on its own day under its own policy; null against a baseline.
    pub from_mp: Option<MilliPoints>,
    /// The score now.
    pub to_mp: MilliPoints,
    /// What another policy alone has changed; null against a baseline.
    pub recalibrated_mp: Option<MilliPoints>,
    /// What time alone has added; null against a baseline.
    pub accrued_mp: Option<MilliPoints>,
    /// What is new or larger, and not `revealed`.
    pub introduced_mp: MilliPoints,
    /// What is new or larger only because it is told now.
    pub revealed_mp: MilliPoints,
    /// What is gone or smaller because it was worked on.
    pub repaired_mp: MilliPoints,
    /// What is gone or smaller for any other reason.
    pub withdrawn_mp: MilliPoints,
    /// The part of `introduced` under an acknowledgement that holds.
    pub acknowledged_mp: MilliPoints,
    /// Introduced less repaired.
    pub rise_mp: MilliPoints,
    /// The same under the other portfolio's policy; null where there is none.
    pub rise_base_policy_mp: Option<MilliPoints>,
    /// What the gate says; null where none was asked.
    pub gate: Option<GateRow>,
    /// Every factor that changed, largest change first, ties by id. [] in an aggregate: two reports of two days tell
    /// the sums apart anyway, and a row would tell whose commit it was.
    pub factors: Ordered<ChangedRow>,
    /// The same under the other portfolio's policy, where that is another one; else [].
    pub factors_base_policy: Ordered<ChangedRow>,
    /// What is asked less strictly than before, by name; never an improvement.
    pub loosened: Ordered<LoosenedRow>,
    /// Entries of a baseline that are lower now or gone, by id.
    pub stale: Ordered<Untrusted>,
}

/// What a portfolio is compared with.
#[derive(Serialize, JsonSchema)]
pub struct AgainstRow {
    /// `revision`, `files` or `baseline`; `nothing` where the base is not there and that is allowed.
    pub kind: &'static str,
    /// The revision, the path or the file as it was named.
    pub name: Untrusted,
    /// Its own day; null where there is none.
    pub as_of: Option<Day>,
    /// The commit behind a revision; null where there is none.
    pub commit: Option<Untrusted>,
}

/// Something that is asked less strictly.
#[derive(Serialize, JsonSchema)]
pub struct LoosenedRow {
    /// `rule-off`, `weight-lowered`, `threshold-moved`, `exempt-added`, `external-added`, `description-removed` or
    /// `data-removed`.
    pub kind: &'static str,
    /// In words.
    pub message: Untrusted,
}

impl Change {
    /// The same as this privacy shows it: in an aggregate without what is one person's.
    #[must_use]
    pub fn shown(mut self, privacy: &Privacy) -> Change {
        if !privacy.shows_each() {
            // A name in a commit, an entry or an exemption would each be one person's.
            self.factors = Ordered::none();
            self.factors_base_policy = Ordered::none();
            self.stale = Ordered::none();
            self.loosened.retain(|row| !matches!(row.kind, "exempt-added" | "external-added"));
        }
        if let Some(against) = self.against.as_mut().filter(|_| !privacy.shows_locations()) {
            against.name = Untrusted::new(against.kind);
            against.commit = None;
        }
        self
    }
}

/// What the gate says.
#[derive(Serialize, JsonSchema)]
pub struct GateRow {
    /// What makes it fail.
    pub fail_on: Vec<&'static str>,
    /// So much rise is let pass.
    pub tolerance_mp: MilliPoints,
    /// Whether it failed.
    pub failed: bool,
    /// Why it failed, in words; [] where it holds.
    pub reasons: Vec<Untrusted>,
}

/// How one factor changed.
#[derive(Serialize, JsonSchema)]
pub struct ChangedRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// What it was, on the day and under the policy of the score; 0 where it is new.
    pub from_mp: MilliPoints,
    /// What it is; 0 where it is gone.
    pub to_mp: MilliPoints,
    /// `introduced`, `revealed`, `repaired` or `withdrawn`.
    pub kind: &'static str,
    /// How it was repaired or withdrawn; null for what is new or larger.
    pub how: Option<&'static str>,
    /// The acknowledgement that holds for it.
    pub acknowledged: Option<AcknowledgedRow>,
    /// What is, or was, the case in one sentence.
    #[serde(skip)]
    pub words: Untrusted,
    /// The rule's code.
    #[serde(skip)]
    pub code: &'static str,
    /// Who can act, by name, for what is new or larger.
    #[serde(skip)]
    pub owner_label: Option<Untrusted>,
    /// What to do, for what is new or larger.
    #[serde(skip)]
    pub remedy: Option<Untrusted>,
    /// The same in a few words, beginning with a verb in lower case.
    #[serde(skip)]
    pub task: Option<Untrusted>,
    /// Where its subject is written, for what is new or larger.
    #[serde(skip)]
    pub location: Option<Location>,
}
