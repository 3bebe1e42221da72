//! The parts that a change falls into, and the rows that show them.

use std::ops::AddAssign;

use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::points::MilliPoints;
use crate::rules::rule::How;

/// Which part of the change a row belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// New or larger, and neither revealed nor staffing.
    Introduced,
    /// New or larger only because the portfolio now says more.
    Revealed,
    /// Larger or smaller because people joined, left, went away, came back or took a line over.
    Staffing,
    /// Gone or smaller because somebody did something about it.
    Repaired,
    /// Gone or smaller for any other reason.
    Withdrawn,
}

impl Kind {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Introduced => "introduced",
            Kind::Revealed => "revealed",
            Kind::Staffing => "staffing",
            Kind::Repaired => "repaired",
            Kind::Withdrawn => "withdrawn",
        }
    }
}

/// The factor whose sentence a row shows: in the state that the row is about, by its position in a scorecard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Of {
    /// A factor of the base with its own dates.
    Undated(usize),
    /// A factor of the base with the head's dates.
    Base(usize),
    /// A factor of the head.
    Head(usize),
}

/// An amount of one part, without a sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amount {
    /// Principal and fees: what the gate weighs.
    pub weight: MilliPoints,
    /// Interest.
    pub interest: MilliPoints,
}

impl Amount {
    /// Both together.
    pub fn total(self) -> MilliPoints {
        self.weight + self.interest
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Amount) {
        self.weight += other.weight;
        self.interest += other.interest;
    }
}

/// How one factor changed within one part. A factor that grew in one way and shrank in another has several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// What it was before this part of its change; zero where it is new.
    pub from: MilliPoints,
    /// What it is after this part.
    pub to: MilliPoints,
    /// How much of the difference is interest, without a sign.
    pub interest: MilliPoints,
    /// Which part of the change it belongs to.
    pub kind: Kind,
    /// How it was repaired or withdrawn, or how people came and went.
    pub how: Option<How>,
    /// For what the dates of people changed: whose, as the base has them; none where it cannot be told.
    pub who: Option<PersonIx>,
    /// What is, or was, the case.
    pub of: Of,
    /// The position of what stands of it, among the head's factors.
    pub now: Option<usize>,
    /// For what is only told now: the day that it dates from, where the portfolio says.
    pub dates_from: Option<Day>,
    /// Whether an acknowledgement of the head holds for it.
    pub acknowledged: bool,
}

impl Changed {
    /// How far it changed, without a sign.
    pub fn size(&self) -> MilliPoints {
        (self.to - self.from).max(self.from - self.to)
    }
}

/// The seven parts: `to − from = recalibrated + accrued + staffing + introduced + revealed − repaired − withdrawn`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// What another yardstick (policy, exemptions, outsiders) alone changes.
    pub recalibrated: MilliPoints,
    /// What time alone adds.
    pub accrued: MilliPoints,
    /// What people brought who joined, left, went away, came back or took a line over.
    pub staffing: MilliPoints,
    /// New or larger.
    pub introduced: Amount,
    /// New or larger only because the portfolio now says more.
    pub revealed: Amount,
    /// Gone or smaller because somebody did something about it.
    pub repaired: Amount,
    /// Gone or smaller for any other reason.
    pub withdrawn: Amount,
    /// The part of `introduced`, without interest, under an acknowledgement that holds.
    pub acknowledged: MilliPoints,
}

impl Parts {
    /// Adds one row to the part that it belongs to.
    pub(super) fn add(&mut self, row: &Changed) {
        let amount = Amount { weight: row.size() - row.interest, interest: row.interest };
        match row.kind {
            Kind::Introduced => self.introduced += amount,
            Kind::Revealed => self.revealed += amount,
            Kind::Staffing => self.staffing += row.to - row.from,
            Kind::Repaired => self.repaired += amount,
            Kind::Withdrawn => self.withdrawn += amount,
        }
        if row.acknowledged && row.kind == Kind::Introduced {
            self.acknowledged += amount.weight;
        }
    }

    /// What the score rises by in all.
    pub fn sum(&self) -> MilliPoints {
        self.recalibrated + self.accrued + self.staffing + self.introduced.total() + self.revealed.total()
            - self.repaired.total()
            - self.withdrawn.total()
    }
}
