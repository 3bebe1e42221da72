//! What a change did to a factor: resolved by an act, gone for another reason, or only revealed.

/// Why a factor is gone or smaller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// Somebody did something about it.
    Repaired(How),
    /// Anything else; it offsets nothing.
    Withdrawn(How),
}

impl Resolution {
    /// Its record was made lighter, or nothing was done.
    pub const REWRITTEN: Resolution = Resolution::Withdrawn(How::Rewritten);

    /// Repaired in this way where the act took place, else rewritten.
    pub fn repaired_if(acted: bool, how: How) -> Resolution {
        if acted { Resolution::Repaired(how) } else { Resolution::REWRITTEN }
    }

    /// The same if it is a repair; otherwise withdrawn in the given way, if there is one.
    #[must_use]
    pub fn or_withdrawn(self, how: impl FnOnce() -> Option<How>) -> Resolution {
        match self {
            Resolution::Repaired(_) => self,
            Resolution::Withdrawn(_) => how().map_or(self, Resolution::Withdrawn),
        }
    }
}

/// How something was repaired or withdrawn, or how people came and went.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum How {
    Held,
    Changed,
    Split,
    Named,
    Closed,
    Reviewed,
    Escalated,
    Removed,
    Left,
    Away,
    External,
    Exempt,
    Dropped,
    Unknown,
    Rewritten,
    /// Another rule of the same exclusive group applies now, and costs as much or more.
    Replaced,
    /// Somebody is new.
    Joined,
    /// Somebody is back.
    Returned,
    /// Somebody's dates are other ones, and they are there or not as before.
    Redated,
    /// A line has another owner.
    HandedOver,
}

impl How {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            How::Held => "held",
            How::Changed => "changed",
            How::Split => "split",
            How::Named => "named",
            How::Closed => "closed",
            How::Reviewed => "reviewed",
            How::Escalated => "escalated",
            How::Removed => "removed",
            How::Left => "left",
            How::Away => "away",
            How::External => "external",
            How::Exempt => "exempt",
            How::Dropped => "dropped",
            How::Unknown => "unknown",
            How::Rewritten => "rewritten",
            How::Replaced => "replaced",
            How::Joined => "joined",
            How::Returned => "returned",
            How::Redated => "redated",
            How::HandedOver => "handed-over",
        }
    }
}

/// How much of a new or larger factor existed before, and is only told now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// Nothing of it, as far as the rule can tell.
    Nothing,
    /// All of it.
    All,
    /// This many of the units that it counts.
    Units(i64),
    /// The fees of this many of its new dates.
    Fees(i64),
    /// The first number of parts, out of the second number of equal parts.
    Share(i64, i64),
}

impl Told {
    /// All of it where the condition holds.
    pub fn all_if(condition: bool) -> Told {
        if condition { Told::All } else { Told::Nothing }
    }

    /// This many of its units.
    pub fn units(count: usize) -> Told {
        if count == 0 { Told::Nothing } else { Told::Units(i64::try_from(count).unwrap_or(i64::MAX)) }
    }
}
