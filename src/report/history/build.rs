//! The rows of a history: each text scored on its day, and compared with the one before.

use super::{HistoryChange, HistoryError, HistoryRow, SumRow};
use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::compare::{Side, Views, parts};
use crate::model::Portfolio;
use crate::policy::Policy;
use crate::report::build::score_of;
use crate::report::order::Ordered;
use crate::report::privacy::Privacy;
use crate::report::speak::Speaker;
use crate::report::{BuildOptions, Head};
use crate::score::part::Part;
use crate::score::{Scorecard, breakdown, tally};

/// A text that could be read.
pub struct Readable {
    /// The portfolio, with the ids of today.
    pub portfolio: Portfolio,
    /// The policy that it brings along.
    pub own: Option<Policy>,
    /// The commit; none for the work tree.
    pub commit: Option<String>,
}

/// A text that could not.
pub enum Unread {
    /// There was none.
    Absent,
    /// It has errors.
    Broken(HistoryError),
}

/// The part of the portfolio that is asked about, by ids: positions differ from revision to revision.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Only these rules.
    pub only: Vec<RuleIx>,
    /// Only this squad.
    pub squad: Option<String>,
    /// Only this guild.
    pub guild: Option<String>,
}

impl Selected {
    /// The part of a portfolio; none where it has no such squad or guild.
    pub fn of(&self, portfolio: &Portfolio) -> Option<Part> {
        let mut part = Part { only: self.only.clone(), ..Part::default() };
        if let Some(id) = &self.squad {
            let Some(Subject::Squad(squad)) = portfolio.find("squad", id) else { return None };
            part.squad = Some(squad);
        }
        if let Some(id) = &self.guild {
            let Some(Subject::Guild(guild)) = portfolio.find("guild", id) else { return None };
            part.guild = Some(guild);
        }
        Some(part)
    }

    fn is_whole(&self) -> bool {
        self.only.is_empty() && self.squad.is_none() && self.guild.is_none()
    }
}

/// Makes rows.
#[derive(Clone, Copy)]
pub struct Recorder<'r> {
    /// The policy of every row.
    pub policy: &'r Policy,
    /// How much of the people is shown.
    pub privacy: &'r Privacy,
    /// Which part is asked about.
    pub selected: &'r Selected,
    /// Whether changes are wanted; they are always of the whole portfolio.
    pub changes: bool,
}

impl Recorder<'_> {
    /// The row of a text on a day.
    pub fn row(&self, day: Day, now: &Readable) -> HistoryRow {
        let commit = now.commit.as_ref().filter(|_| self.privacy.shows_locations());
        let empty = HistoryRow {
            revision: commit.map(|hash| Untrusted::new(hash.clone())),
            work_tree: now.commit.is_none(),
            ..HistoryRow::empty(day, "nobody")
        };
        let Some(part) = self.selected.of(&now.portfolio) else { return empty };
        let card = tally(&now.portfolio, self.policy, day, part);
        if card.people == 0 {
            return empty;
        }
        if self.privacy.check(&card).is_err() {
            return HistoryRow { state: "few", ..empty };
        }
        HistoryRow {
            state: "scored",
            score: Some(score_of(&card)),
            then_mp: now.own.as_ref().map(|own| then(own, &card)),
            coverage: card.coverage.total().ratio().map(Thousandths),
            by_group: groups(&card),
            by_squad: squads(&card, self.privacy),
            ..empty
        }
    }

    /// The row of a text that could not be read.
    pub fn unread(&self, day: Day, commit: Option<&str>, why: &Unread) -> HistoryRow {
        let commit = commit.filter(|_| self.privacy.shows_locations());
        let (state, error) = match why {
            Unread::Absent => ("absent", None),
            Unread::Broken(error) => ("broken", Some(error.clone())),
        };
        HistoryRow { revision: commit.map(Untrusted::new), error, ..HistoryRow::empty(day, state) }
    }

    /// The change from the last text that was scored, on its day and with its score, to one on a later day.
    pub fn change(
        &self,
        (before, since, then): (&Readable, Day, MilliPoints),
        (now, day): (&Readable, Day),
    ) -> Option<HistoryChange> {
        if !self.changes || !self.selected.is_whole() {
            return None;
        }
        let base = Side { portfolio: &before.portfolio, policy: self.policy, day: since };
        let head = Side { portfolio: &now.portfolio, policy: self.policy, day };
        let views = Views::new(Some(base), head);
        let parts = parts(&views, then).ok()?;
        Some(HistoryChange {
            recalibrated_mp: parts.recalibrated,
            accrued_mp: parts.accrued,
            staffing_mp: parts.staffing,
            introduced_mp: parts.introduced.total(),
            revealed_mp: parts.revealed.total(),
            repaired_mp: parts.repaired.total(),
            withdrawn_mp: parts.withdrawn.total(),
        })
    }
}

/// The score of the same under the policy that the text itself has.
fn then(own: &Policy, card: &Scorecard<'_>) -> MilliPoints {
    let facts = &card.facts;
    if own == facts.policy {
        return card.score;
    }
    tally(facts.portfolio, own, facts.day, card.part.clone()).score
}

fn groups(card: &Scorecard<'_>) -> Ordered<SumRow> {
    let slices = breakdown::by(&card.factors, |factor| Some(breakdown::group(factor)));
    let row = |slice: breakdown::Slice<crate::rules::rule::Group>| SumRow {
        key: slice.key.map(|group| Untrusted::new(group.key())),
        mp: slice.sum,
    };
    Ordered::sorted(slices.into_iter().map(row).collect())
}

fn squads(card: &Scorecard<'_>, privacy: &Privacy) -> Ordered<SumRow> {
    if privacy.pools() {
        return Ordered::none();
    }
    let speaker = Speaker::new(card.facts.portfolio, card.facts.day, privacy);
    let slices = breakdown::by(&card.factors, |factor| breakdown::squad(&card.facts, factor));
    let row = |slice: breakdown::Slice<crate::base::ids::SquadIx>| SumRow {
        key: slice.key.map(|squad| speaker.id(Subject::Squad(squad))),
        mp: slice.sum,
    };
    Ordered::sorted(slices.into_iter().map(row).collect())
}

/// What a history says first, of the last text that was read, and the part it is of.
pub fn whole(
    now: &Readable,
    day: Day,
    recorder: Recorder<'_>,
    options: BuildOptions<'_>,
) -> (Head, Option<super::PartRow>) {
    let part = recorder.selected.of(&now.portfolio).unwrap_or_default();
    let card = tally(&now.portfolio, recorder.policy, day, part);
    let speaker = Speaker::new(&now.portfolio, day, options.privacy);
    (Head::of(&card, options), crate::report::build::part(&card.part, &speaker))
}
