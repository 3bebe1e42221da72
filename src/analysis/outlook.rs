//! What the same portfolio will owe day by day if nothing is written, and what happens when: the thinking of
//! `debt forecast`.
//!
//! Weeks in which nothing but time adds to what is there already are looked at only at their ends. All others are scored
//! day by day, so that every event has its day. What comes or goes with a person is measured against the same day
//! without that person's date: `mp` of an event is a difference of two scores and never a guess.

use std::collections::BTreeMap;

use crate::base::day::{Day, Days};
use crate::base::ids::{PersonIx, RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::compare::gate::acknowledged_value;
use crate::model::{Away, Person, Portfolio};
use crate::policy::Policy;
use crate::score::factor::Factor;
use crate::score::warnings::last_by_factor;
use crate::score::{Scorecard, Totals, headline, tally};

/// The longest forecast, in rows of a week.
pub const MOST_WEEKS: i64 = 520;

/// What must not be passed; acknowledged factors are not counted, as `debt check` does not count them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Budgets {
    /// The most that the score may be.
    pub score: Option<MilliPoints>,
    /// The worst grade that is accepted.
    pub grade: Option<&'static str>,
}

/// Where things go.
#[derive(Debug, Default)]
pub struct Course {
    /// The first day, each week after it, and the last day.
    pub days: Vec<CourseDay>,
    /// What happens when, in the order of days.
    pub events: Vec<Event>,
    /// The first day on which nobody would be scored, where it ends there.
    pub nobody: Option<Day>,
}

/// One day. `score = the first day's score + interest + begins − ends + missed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CourseDay {
    /// The day.
    pub day: Day,
    /// The score on it.
    pub score: MilliPoints,
    /// What time has added to what is there.
    pub interest: MilliPoints,
    /// What has begun: the events that add.
    pub begins: MilliPoints,
    /// What has ended: the events that take away.
    pub ends: MilliPoints,
    /// 1:1s that count as missed.
    pub missed: MilliPoints,
    /// The grade.
    pub grade: &'static str,
}

/// Something that happens on a day.
#[derive(Clone, Debug)]
pub struct Event {
    /// The day.
    pub day: Day,
    /// What.
    pub what: What,
    /// What it adds to the score of that day, or takes from it; none for what changes no score by itself.
    pub mp: Option<MilliPoints>,
}

/// What happens.
#[derive(Clone, Debug)]
pub enum What {
    /// Another grade.
    Grade(&'static str, &'static str),
    /// The score is over its budget.
    OverScore(MilliPoints),
    /// The grade is worse than the one that is accepted.
    OverGrade(&'static str),
    /// A factor begins, or grows by more than interest.
    Begins(Factor),
    /// A factor ends, or shrinks, though nobody did anything about it: its window closes.
    Ends(Factor),
    /// A person comes, goes or comes back, with the factors that this changes.
    Person(PersonIx, Move, Vec<(RuleIx, Subject)>),
    /// The acknowledgement of a factor ends.
    Lapses(RuleIx, Subject),
}

/// How a person comes or goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Move {
    Starts,
    Leaves,
    GoesAway,
    IsBack,
}

/// Scores a portfolio on the days from one to another.
pub fn course(portfolio: &Portfolio, policy: &Policy, from: Day, to: Day, budgets: Budgets) -> Course {
    let score = |day| tally(portfolio, policy, day, crate::score::part::Part::default());
    let first = score(from);
    let mut found = Course::default();
    let mut walk =
        Walk { policy, budgets, first: owed(&first), missed: Totals::of(&first).missed, course: &mut found };
    walk.row(&first);
    let mut before = first;
    while before.facts.day < to {
        let day = before.facts.day.plus(Days::new(7)).min(to);
        let after = score(day);
        let mut at = before;
        if walk.is_quiet(&at, &after) {
            at = after;
        } else {
            while at.facts.day < day && walk.course.nobody.is_none() {
                let next = score(at.facts.day.day_after());
                if next.people == 0 {
                    walk.course.nobody = Some(next.facts.day);
                } else {
                    walk.step(&at, &next);
                }
                at = next;
            }
        }
        if walk.course.nobody.is_some() {
            break;
        }
        walk.row(&at);
        before = at;
    }
    found
}

fn owed(card: &Scorecard<'_>) -> MilliPoints {
    card.score - Totals::of(card).missed
}

type Owed = BTreeMap<(RuleIx, Subject), Factor>;

fn by_key(card: &Scorecard<'_>) -> Owed {
    let owed = card.factors.iter().filter(|factor| !factor.found.basis.is_missed());
    owed.map(|factor| (factor.key(), *factor)).collect()
}

/// What does not grow from day to day.
fn base(factor: &Factor) -> MilliPoints {
    factor.amounts.principal + factor.amounts.fees
}

struct Walk<'w> {
    policy: &'w Policy,
    budgets: Budgets,
    first: MilliPoints,
    missed: MilliPoints,
    course: &'w mut Course,
}

impl Walk<'_> {
    fn row(&mut self, card: &Scorecard<'_>) {
        let amounts = self.course.events.iter().filter_map(|event| event.mp);
        let (more, less): (Vec<MilliPoints>, Vec<MilliPoints>) =
            amounts.partition(|mp| *mp > MilliPoints::ZERO);
        let begins: MilliPoints = more.into_iter().sum();
        let ends = MilliPoints::ZERO - less.into_iter().sum::<MilliPoints>();
        self.course.days.push(CourseDay {
            day: card.facts.day,
            score: card.score,
            interest: owed(card) - self.first - begins + ends,
            begins,
            ends,
            missed: Totals::of(card).missed - self.missed,
            grade: headline::grade(card.score, card.people, self.policy),
        });
    }

    /// Whether nothing happens between two days but that time adds to what is there.
    fn is_quiet(&self, before: &Scorecard<'_>, after: &Scorecard<'_>) -> bool {
        let (first, last) = (before.facts.day, after.facts.day);
        let within = |day: Option<Day>| day.is_some_and(|day| first < day && day <= last);
        let dated = |person: &Person| {
            let leaves = person.away.iter().any(|leave| within(Some(leave.from)) || within(leave.until));
            leaves || within(person.started) || within(person.left)
        };
        let portfolio = before.facts.portfolio;
        let lapses = portfolio.acknowledgements.iter().any(|one| within(Some(one.through.day_after())));
        let bases = |card| by_key(card).into_iter().map(|(key, factor)| (key, base(&factor)));
        !lapses
            && after.people > 0
            && !portfolio.people.iter().any(dated)
            && self.standing(before) == self.standing(after)
            && bases(before).eq(bases(after))
    }

    /// The grade, and which budgets are passed.
    fn standing(&self, card: &Scorecard<'_>) -> (&'static str, bool, bool) {
        let grade = headline::grade(card.score, card.people, self.policy);
        if self.budgets == Budgets::default() {
            return (grade, false, false);
        }
        let counted = card.score - acknowledged_value(card);
        let counted_grade = headline::grade(counted, card.people, self.policy);
        let over = self.budgets.score.is_some_and(|most| counted > most);
        (grade, over, self.budgets.grade.is_some_and(|worst| counted_grade > worst))
    }

    /// What happens between a day and the next.
    fn step(&mut self, before: &Scorecard<'_>, after: &Scorecard<'_>) {
        let day = after.facts.day;
        self.lapses(before, after);
        let portfolio = after.facts.portfolio;
        let mut delayed = portfolio.clone();
        let mut seen = (owed(after), by_key(after));
        for at in portfolio.person_positions() {
            let is_active = |card: &Scorecard<'_>| card.facts.lines.is_active(at);
            if is_active(before) == is_active(after) {
                continue;
            }
            let Some((moved, person)) = a_day_later(portfolio.person(at), day, is_active(after)) else {
                continue;
            };
            if let Some(slot) = delayed.people.get_mut(at.index()) {
                *slot = person;
            }
            let card = tally(&delayed, self.policy, day, crate::score::part::Part::default());
            let without = (owed(&card), by_key(&card));
            let changed = |key: &&(RuleIx, Subject)| {
                let value = |all: &Owed| all.get(*key).map(Factor::value);
                value(&seen.1) != value(&without.1)
            };
            let mut keys: Vec<(RuleIx, Subject)> =
                seen.1.keys().chain(without.1.keys()).filter(changed).copied().collect();
            keys.sort_unstable();
            keys.dedup();
            let mp = Some(seen.0 - without.0);
            self.course.events.push(Event { day, what: What::Person(at, moved, keys), mp });
            seen = without;
        }
        self.factors(day, &by_key(before), &seen.1);
        self.crossings(before, after);
    }

    fn factors(&mut self, day: Day, before: &Owed, after: &Owed) {
        let mut push = |what, mp| {
            if mp != MilliPoints::ZERO {
                self.course.events.push(Event { day, what, mp: Some(mp) });
            }
        };
        for (key, factor) in after {
            match before.get(key) {
                None => push(What::Begins(*factor), factor.value()),
                Some(was) if base(was) < base(factor) => {
                    push(What::Begins(*factor), base(factor) - base(was));
                }
                Some(was) if base(was) > base(factor) => push(What::Ends(*was), base(factor) - base(was)),
                Some(_) => {}
            }
        }
        for (_, factor) in before.iter().filter(|(key, _)| !after.contains_key(key)) {
            push(What::Ends(*factor), MilliPoints::ZERO - factor.value());
        }
    }

    fn lapses(&mut self, before: &Scorecard<'_>, after: &Scorecard<'_>) {
        if after.facts.portfolio.acknowledgements.is_empty() {
            return;
        }
        let day = after.facts.day;
        let there = |key: &(RuleIx, Subject)| after.factors.iter().any(|factor| factor.key() == *key);
        for (key, one) in last_by_factor(&after.facts) {
            if let Some((rule, subject)) = key.filter(|key| one.through == before.facts.day && there(key)) {
                self.course.events.push(Event { day, what: What::Lapses(rule, subject), mp: None });
            }
        }
    }

    fn crossings(&mut self, before: &Scorecard<'_>, after: &Scorecard<'_>) {
        let (was, is) = (self.standing(before), self.standing(after));
        let mut push = |what| self.course.events.push(Event { day: after.facts.day, what, mp: None });
        if was.0 != is.0 {
            push(What::Grade(was.0, is.0));
        }
        if let Some(most) = self.budgets.score.filter(|_| is.1 && !was.1) {
            push(What::OverScore(most));
        }
        if let Some(worst) = self.budgets.grade.filter(|_| is.2 && !was.2) {
            push(What::OverGrade(worst));
        }
    }
}

/// How somebody comes or goes on a day, and the same person for whom that is a day later.
fn a_day_later(person: &Person, day: Day, is_there: bool) -> Option<(Move, Person)> {
    let later = day.day_after();
    let mut person = person.clone();
    if person.started == Some(day) && is_there {
        person.started = Some(later);
        return Some((Move::Starts, person));
    }
    if person.left == Some(day) && !is_there {
        person.left = Some(later);
        return Some((Move::Leaves, person));
    }
    let is_back = |leave: &Away| leave.until == Some(day);
    if let Some(leave) = person.away.iter_mut().find(|leave| is_back(leave) && is_there) {
        leave.until = Some(later);
        return Some((Move::IsBack, person));
    }
    let leave = person.away.iter_mut().find(|leave| leave.from == day && !is_there)?;
    // It begins a day later and is as long: how long it is decides whether it counts.
    leave.from = later;
    leave.until = leave.until.map(Day::day_after);
    Some((Move::GoesAway, person))
}
