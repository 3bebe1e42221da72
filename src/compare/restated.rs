//! Portfolios restated for a comparison: what happened in people's lives, and what is set aside, is read from the
//! other side, so that neither is taken for debt that somebody made or repaired.

use std::borrow::Cow;

use super::Side;
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::model::{Lines, Pairing, Person, Portfolio};
use crate::policy::Policy;

/// How one judge sees both sides. The base judges by its own policy, exemptions and outsiders, the head by its own.
#[derive(Debug)]
pub(super) struct Yardstick<'p> {
    pub(super) policy: &'p Policy,
    /// The base with the exemptions and outsiders of this judge, and its own dates.
    pub(super) base: Cow<'p, Portfolio>,
    /// The same with the head's dates: who joined, left, went away or came back.
    pub(super) base_restated: Cow<'p, Portfolio>,
    /// The head with the exemptions and outsiders of this judge.
    pub(super) head: Cow<'p, Portfolio>,
    /// The same with the base's dates, for people whose dates changed.
    pub(super) head_with_base_dates: Cow<'p, Portfolio>,
}

/// Both sides of a comparison, paired and restated; a comparison borrows from it.
#[derive(Debug)]
pub struct Views<'p> {
    pub(super) base: Option<Side<'p>>,
    pub(super) head: Side<'p>,
    /// The day of the comparison: the head's, or the base's where that is later.
    pub(super) day: Day,
    pub(super) pairing: Option<Pairing>,
    pub(super) by_head: Option<Yardstick<'p>>,
    /// Only where the base judges otherwise.
    pub(super) by_base: Option<Yardstick<'p>>,
    /// People of both sides whose `started`, `left` or `away` changed: in the base and in the head.
    pub(super) redated: Vec<(PersonIx, PersonIx)>,
}

impl<'p> Views<'p> {
    /// Pairs and restates. `base` must have taken over the head's ids (`model::adopt_ids`).
    pub fn new(base: Option<Side<'p>>, head: Side<'p>) -> Views<'p> {
        let Some(base) = base else {
            let day = head.day;
            return Views {
                base: None,
                head,
                day,
                pairing: None,
                by_head: None,
                by_base: None,
                redated: Vec::new(),
            };
        };
        let day = head.day.max(base.day);
        let lines = |side: Side<'_>| Lines::new(side.portfolio, side.policy, day);
        let pairing = Pairing::new(base.portfolio, &lines(base), head.portfolio, &lines(head));
        let redated = redated(base.portfolio, head.portfolio, &pairing);
        let by_head = Yardstick::of_head(base, head, &pairing, day);
        let same_people = matches!(by_head.base, Cow::Borrowed(_)) && !sets_aside(base, head, &pairing);
        let by_base = (base.policy != head.policy || !same_people)
            .then(|| Yardstick::of_base(base, head, &pairing, day));
        Views {
            base: Some(base),
            head,
            day,
            pairing: Some(pairing),
            by_head: Some(by_head),
            by_base,
            redated,
        }
    }
}

impl<'p> Yardstick<'p> {
    fn of_head(base: Side<'p>, head: Side<'p>, pairing: &Pairing, day: Day) -> Yardstick<'p> {
        let to_head = |person| pairing.person(person);
        let to_base = |person| pairing.person_in_base(person);
        let own = set_aside_as(Cow::Borrowed(base.portfolio), head.portfolio, to_head);
        let head_own = Cow::Borrowed(head.portfolio);
        Yardstick {
            policy: head.policy,
            base_restated: dated_as(own.clone(), head.portfolio, to_head, Some(day)),
            base: own,
            head_with_base_dates: dated_as(head_own.clone(), base.portfolio, to_base, None),
            head: head_own,
        }
    }

    fn of_base(base: Side<'p>, head: Side<'p>, pairing: &Pairing, day: Day) -> Yardstick<'p> {
        let to_head = |person| pairing.person(person);
        let to_base = |person| pairing.person_in_base(person);
        let own = Cow::Borrowed(base.portfolio);
        let head_own = set_aside_as(Cow::Borrowed(head.portfolio), base.portfolio, to_base);
        Yardstick {
            policy: base.policy,
            base_restated: dated_as(own.clone(), head.portfolio, to_head, Some(day)),
            base: own,
            head_with_base_dates: dated_as(head_own.clone(), base.portfolio, to_base, None),
            head: head_own,
        }
    }
}

/// Whether somebody who is in both is set aside differently.
fn sets_aside(base: Side<'_>, head: Side<'_>, pairing: &Pairing) -> bool {
    base.portfolio.person_positions().any(|at| {
        pairing
            .person(at)
            .is_some_and(|now| differs_aside(base.portfolio.person(at), head.portfolio.person(now)))
    })
}

fn differs_aside(one: &Person, other: &Person) -> bool {
    one.external != other.external
        || one.exempt_delivery != other.exempt_delivery
        || one.exempt_craft != other.exempt_craft
}

fn differs_dated(one: &Person, other: &Person) -> bool {
    one.started != other.started || one.left != other.left || one.away != other.away
}

/// People of both sides whose dates differ.
fn redated(base: &Portfolio, head: &Portfolio, pairing: &Pairing) -> Vec<(PersonIx, PersonIx)> {
    let both = base.person_positions().filter_map(|at| Some((at, pairing.person(at)?)));
    both.filter(|(was, is)| differs_dated(base.person(*was), head.person(*is))).collect()
}

/// A portfolio with the exemptions and outsiders of another, for people who are in both.
fn set_aside_as<'p>(
    mut portfolio: Cow<'p, Portfolio>,
    other: &Portfolio,
    counterpart: impl Fn(PersonIx) -> Option<PersonIx>,
) -> Cow<'p, Portfolio> {
    for at in portfolio.person_positions() {
        let Some(theirs) = counterpart(at).map(|at| other.person(at)) else { continue };
        if differs_aside(portfolio.person(at), theirs) {
            let mine = &mut portfolio.to_mut().people[at.index()];
            mine.external = theirs.external;
            mine.exempt_delivery = theirs.exempt_delivery;
            mine.exempt_craft = theirs.exempt_craft;
        }
    }
    portfolio
}

/// A portfolio with `started`, `left` and `away` of another, for people who are in both. Who is not in the other has
/// left on `gone`, where a day is given.
fn dated_as<'p>(
    mut portfolio: Cow<'p, Portfolio>,
    other: &Portfolio,
    counterpart: impl Fn(PersonIx) -> Option<PersonIx>,
    gone: Option<Day>,
) -> Cow<'p, Portfolio> {
    for at in portfolio.person_positions() {
        let person = portfolio.person(at);
        match counterpart(at).map(|at| other.person(at)) {
            Some(theirs) if differs_dated(person, theirs) => {
                let mine = &mut portfolio.to_mut().people[at.index()];
                mine.started = theirs.started;
                mine.left = theirs.left;
                mine.away.clone_from(&theirs.away);
            }
            None if gone.is_some_and(|gone| person.left.is_none_or(|left| left > gone)) => {
                portfolio.to_mut().people[at.index()].left = gone;
            }
            Some(_) | None => {}
        }
    }
    portfolio
}
