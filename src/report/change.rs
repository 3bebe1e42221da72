//! The change between two portfolios, as a report shows it. How it is computed is not decided here. Whoever
//! fills it takes ids, sentences and places from a `Speaker`, for both portfolios with the privacy of the report, and
//! hands the whole through `Change::shown`.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{AcknowledgedRow, Location, Ordered, Privacy, contract};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;

/// The change against another portfolio or a baseline, in exact parts:
/// `to_mp − from_mp = recalibrated + accrued + staffing + introduced + revealed − repaired − withdrawn`.
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
    /// What people brought who joined, left, went away, came back or took a line over; less than zero where they took
    /// debt with them.
    pub staffing_mp: MilliPoints,
    /// What is new or larger, and neither `revealed` nor `staffing`.
    pub introduced_mp: MilliPoints,
    /// What is new or larger only because it is recorded now.
    pub revealed_mp: MilliPoints,
    /// What is gone or smaller because somebody resolved it.
    pub repaired_mp: MilliPoints,
    /// What is gone or smaller for any other reason.
    pub withdrawn_mp: MilliPoints,
    /// The part of `introduced` that is interest.
    pub introduced_interest_mp: MilliPoints,
    /// The part of `revealed` that is interest.
    pub revealed_interest_mp: MilliPoints,
    /// The part of `repaired` that is interest.
    pub repaired_interest_mp: MilliPoints,
    /// The part of `withdrawn` that is interest.
    pub withdrawn_interest_mp: MilliPoints,
    /// The part of `introduced`, without interest, under an acknowledgement that holds.
    pub acknowledged_mp: MilliPoints,
    /// What the gate weighs: introduced and let in, less what was repaired and pays for it, without interest; as the
    /// head judges or as the base judges, whichever is more.
    pub rise_mp: MilliPoints,
    /// The rise as the base judges; null where it judges as the head does.
    pub rise_base_policy_mp: Option<MilliPoints>,
    /// What makes it rise, largest first; [] in an aggregate.
    pub trips: Ordered<TripRow>,
    /// Where the gate failed: an acknowledgement for each of `trips`, as YAML to paste into the portfolio; else null, and
    /// where names are withheld.
    pub to_acknowledge: Option<Untrusted>,
    /// What the gate says; null where none was asked.
    pub gate: Option<GateRow>,
    /// Every factor that changed, by part, largest change first, ties by id: their sums are the amounts of `staffing` and the
    /// parts behind it. [] in an aggregate: two reports of two days tell
    /// the sums apart anyway, and a row would tell whose commit it was.
    pub factors: Ordered<ChangedRow>,
    /// The same under the other portfolio's policy, where that is another one; else [].
    pub factors_base_policy: Ordered<ChangedRow>,
    /// What is more lenient than before, by name; never an improvement.
    pub loosened: Ordered<LoosenedRow>,
    /// What is supposed, for `what-if`, in the order in which it was typed; not there in other changes.
    #[serde(skip_serializing_if = "nothing_supposed")]
    pub supposed: Ordered<Untrusted>,
}

fn nothing_supposed(supposed: &Ordered<Untrusted>) -> bool {
    supposed.is_empty()
}

/// What a portfolio is compared with.
#[derive(Serialize, JsonSchema)]
pub struct AgainstRow {
    /// `revision`, `files` or `baseline`; `nothing` where the base is not there and that is allowed; `itself` for
    /// `what-if`.
    #[schemars(with = "contract::AgainstKind")]
    pub kind: &'static str,
    /// The revision, the path or the file as it was named.
    pub name: Untrusted,
    /// Its own day; null where there is none.
    pub as_of: Option<Day>,
    /// The commit behind a revision; null where there is none.
    pub commit: Option<Untrusted>,
}

/// A rule, threshold or section that is more lenient than before.
#[derive(Serialize, JsonSchema)]
pub struct LoosenedRow {
    /// Its kind.
    #[schemars(with = "contract::LoosenedKind")]
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
            self.trips = Ordered::none();
            self.loosened.retain(|row| !matches!(row.kind, "exempt-added" | "external-added"));
        }
        if let Some(against) = self.against.as_mut().filter(|_| !privacy.shows_locations()) {
            against.name = Untrusted::new(against.kind);
            against.commit = None;
        }
        self
    }
}

impl ChangedRow {
    /// Whether it is less, and nobody repaired it.
    pub fn vanished(&self) -> bool {
        self.to_mp < self.from_mp && self.kind != "repaired"
    }
}

/// What the gate says.
#[derive(Serialize, JsonSchema)]
pub struct GateRow {
    /// What makes it fail.
    #[schemars(with = "Vec<contract::FailOn>")]
    pub fail_on: Vec<&'static str>,
    /// A rise up to this is accepted.
    pub tolerance_mp: MilliPoints,
    /// Whether it failed.
    pub failed: bool,
    /// Why it failed, in words; [] where it holds.
    pub reasons: Vec<Untrusted>,
    /// The factors that make it fail, by their ids as they are shown; none in an aggregate but where any factor fails.
    #[serde(skip)]
    pub failing: HashSet<Untrusted>,
}

/// A factor that makes the debt rise.
#[derive(Serialize, JsonSchema)]
pub struct TripRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// By how much, in principal and fees.
    pub mp: MilliPoints,
    /// Whether it rises because an acknowledgement for it was taken out.
    pub let_in: bool,
    /// The day on which it begins, where that is later than the day of the score; else null.
    pub begins: Option<Day>,
}

/// How one factor changed, as far as one part goes: a factor of which some came and some went has two rows.
#[derive(Serialize, JsonSchema)]
pub struct ChangedRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// What it was, on the day and under the policy of the score; 0 where it is new.
    pub from_mp: MilliPoints,
    /// What it is; 0 where it is gone.
    pub to_mp: MilliPoints,
    /// For what is only told now: the day that it dates from, where the portfolio says; else null.
    pub dates_from: Option<Day>,
    /// How much of the difference is interest, without a sign.
    pub interest_mp: MilliPoints,
    /// Which part of the change it is of.
    #[schemars(with = "contract::ChangeKind")]
    pub kind: &'static str,
    /// How it was repaired or withdrawn, or how people came and went; null for what is introduced or revealed.
    #[schemars(with = "Option<contract::ChangeHow>")]
    pub how: Option<&'static str>,
    /// For `staffing`: whose coming or going changed it, by id; null where that is not one person, and elsewhere.
    pub who: Option<Untrusted>,
    /// Their name, where they have one, else their id.
    pub who_label: Option<Untrusted>,
    /// The acknowledgement that holds for it.
    pub acknowledged: Option<AcknowledgedRow>,
    /// What is, or was, the case in one sentence.
    pub words: Untrusted,
    /// The rule's code.
    #[serde(skip)]
    pub code: &'static str,
    /// The factor of the score that stands in its place, where one does: of the same rule or of another one.
    #[serde(skip)]
    pub stands: Option<Untrusted>,
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
