//! What to do in which order: acts one after the other, each measured in the data as those before it leave it, until
//! the time is used up or a target is reached. The list that comes out is what `replay` does and scores again; nothing
//! here adds effects up that were measured in another state.

mod bound;
mod keep;
mod look;
mod replay;
mod search;

use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::policy::Policy;
use crate::rules::rule::Act;
use crate::score::headline;

pub use bound::Bound;
pub use keep::{Keep, Skip, owner};
pub use replay::{Gone, Otherwise, Replay, Step, ends};

/// More scorings times their effort than this are not spent on one search: about a few seconds.
pub const MOST_WORK: usize = 1_600_000;

/// Where to stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// At this grade, or a better one.
    Grade(&'static str),
    /// At this score.
    Score(MilliPoints),
    /// At this score for each person.
    PerPerson(MilliPoints),
}

impl Target {
    /// Whether a score of so many people is there.
    pub fn holds(self, score: MilliPoints, people: u64, policy: &Policy) -> bool {
        match self {
            Target::Grade(grade) => headline::grade(score, people, policy) <= grade,
            Target::Score(most) => score <= most,
            Target::PerPerson(most) => score <= self.most_of(people, policy).unwrap_or(most),
        }
    }

    /// The highest score of so many people that reaches it; none where every score does.
    pub fn most_of(self, people: u64, policy: &Policy) -> Option<MilliPoints> {
        let people = i64::try_from(people).unwrap_or(i64::MAX);
        match self {
            Target::Grade(grade) => {
                let at = headline::GRADES.iter().position(|one| *one == grade)?;
                policy.grades.get(at).map(|most| most.times(people))
            }
            Target::Score(most) => Some(most),
            Target::PerPerson(most) => Some(most.times(people)),
        }
    }
}

/// What is asked of a plan.
pub struct Asked<'a> {
    /// Minutes.
    pub budget: Option<i64>,
    /// Where to stop.
    pub until: Option<Target>,
    /// Which acts may be in it.
    pub keep: Keep,
    /// How an act is shown: what decides between acts that are equal otherwise.
    pub shown: &'a dyn Fn(&Portfolio, Act) -> String,
    /// How much may be spent on the search, in scorings times their effort: `MOST_WORK`.
    pub most_work: usize,
}

/// What stays the same in every state of the data.
#[derive(Clone, Copy)]
pub struct World<'w> {
    /// The policy.
    pub policy: &'w Policy,
    /// The day that is scored.
    pub day: Day,
    /// What the rules are called.
    pub catalog: &'w Catalog,
    /// What is asked.
    pub asked: &'w Asked<'w>,
}

/// What was limited so that it would not take too long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Acts with fewer points a minute that were not measured.
    pub acts_left_out: usize,
    /// Acts that the search did not begin with.
    pub starts_left_out: usize,
    /// After each step only the acts that seemed best were measured again, not all of them.
    pub only_best_again: bool,
    /// With a target: nobody looked whether a step can be left out.
    pub not_shortened: bool,
    /// The plan ends where the work it may take ended.
    pub stopped: bool,
}

/// A plan: acts by their ids, in the order in which they are done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// The acts.
    pub acts: Vec<String>,
    /// What no plan can beat.
    pub bound: Bound,
    /// What was limited.
    pub limits: Limits,
    /// Where nothing fits into the budget: the act that takes least, and its minutes.
    pub shortest: Option<(String, i64)>,
}

/// Makes a plan. What its steps come to is what `replay` finds.
pub fn plan(world: World<'_>, portfolio: &Portfolio) -> Plan {
    search::search(world, portfolio)
}
