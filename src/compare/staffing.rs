//! What people's dates alone change in the base, factor by factor: who joined, left, went away, came back or is in the
//! file no more.

use std::collections::{BTreeMap, HashMap};

use super::matching::{Key, Place, key_of};
use super::parts::{Changed, Kind, Of};
use crate::base::ids::{PersonIx, Subject};
use crate::base::points::MilliPoints;
use crate::model::Pairing;
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Told};
use crate::rules::subjects::people::any_line_was_handed_over;
use crate::score::Scorecard;
use crate::score::factor::Factor;

/// The base of a comparison on its day, with its own dates and with the head's: the same items at the same positions.
pub(super) struct Dates<'c, 'p> {
    pub(super) undated: &'c Scorecard<'p>,
    pub(super) dated: &'c Scorecard<'p>,
}

/// A row for each factor that is worth more or less by the head's dates. They sum to the difference of both scores.
pub(super) fn rows(dates: &Dates<'_, '_>, head: &Scorecard<'_>, pairing: &Pairing) -> Vec<Changed> {
    let moved = moved(&dates.undated.facts, &dates.dated.facts, pairing);
    if moved.is_empty() {
        return Vec::new();
    }
    let mut both: BTreeMap<(usize, Subject), (Option<usize>, Option<usize>)> = BTreeMap::new();
    for (at, factor) in dates.undated.factors.iter().enumerate() {
        both.entry(place_of(factor)).or_default().0 = Some(at);
    }
    for (at, factor) in dates.dated.factors.iter().enumerate() {
        both.entry(place_of(factor)).or_default().1 = Some(at);
    }
    let standing = head.factors.iter().enumerate().map(|(at, factor)| {
        let (group, subject) = place_of(factor);
        (Key { group, place: Place::Head(subject) }, at)
    });
    let head = Standing { card: head, by_key: standing.collect(), pairing };
    both.into_values().filter_map(|(was, is)| row(dates, was, is, &moved, &head)).collect()
}

/// The exclusive group of a factor, and what it is about.
fn place_of(factor: &Factor) -> (usize, Subject) {
    (rules::exclusive_group(factor.rule).start, factor.subject)
}

/// The factors of the head.
struct Standing<'c, 'p> {
    card: &'c Scorecard<'p>,
    by_key: HashMap<Key, usize>,
    pairing: &'c Pairing,
}

fn row(
    dates: &Dates<'_, '_>,
    was: Option<usize>,
    is: Option<usize>,
    moved: &BTreeMap<PersonIx, How>,
    head: &Standing<'_, '_>,
) -> Option<Changed> {
    let before = was.and_then(|at| dates.undated.factors.get(at));
    let after = is.and_then(|at| dates.dated.factors.get(at));
    let value = |factor: Option<&Factor>| factor.map_or(MilliPoints::ZERO, Factor::value);
    let interest = |factor: Option<&Factor>| factor.map_or(MilliPoints::ZERO, |one| one.amounts.interest);
    let (from, to) = (value(before), value(after));
    if from == to {
        return None;
    }
    let any = after.or(before)?;
    let now = head.by_key.get(&key_of(any.rule, any.subject, head.pairing)).copied();
    let still = |at: &usize| head.card.factors.get(*at).is_some_and(|factor| factor.rule == any.rule);
    let of =
        if to > from { now.filter(still).map(Of::Head).or(is.map(Of::Base)) } else { was.map(Of::Undated) };
    // What grew while the factor as a whole shrank, or the other way round, is no part of the difference.
    let grown = interest(after) - interest(before);
    let grown = if to > from { grown } else { MilliPoints::ZERO - grown };
    let (who, how) = cause(dates, before, after, moved);
    Some(Changed {
        from,
        to,
        interest: grown.max(MilliPoints::ZERO).min((to - from).max(from - to)),
        kind: Kind::Staffing,
        how,
        who,
        of: of?,
        now,
        dates_from: None,
        acknowledged: false,
    })
}

/// Whose coming or going changed a factor, and how they came or went: whom it is about, who can act, who owns the lines
/// of whom it is about. Where it is none of these, how they all did where they are alike.
fn cause(
    dates: &Dates<'_, '_>,
    before: Option<&Factor>,
    after: Option<&Factor>,
    moved: &BTreeMap<PersonIx, How>,
) -> (Option<PersonIx>, Option<How>) {
    let sides = [(before, &dates.undated.facts), (after, &dates.dated.facts)];
    let about = sides.iter().find_map(|(factor, facts)| facts.about((*factor)?.subject));
    let owners = sides.iter().filter_map(|(factor, _)| (*factor)?.found.owner);
    let of_lines = sides.iter().flat_map(|(_, facts)| {
        let owners = about.map(|about| [facts.lines.delivery_owner(about), facts.lines.craft_owner(about)]);
        owners.into_iter().flatten().flatten()
    });
    let found = about.into_iter().chain(owners).chain(of_lines).find(|person| moved.contains_key(person));
    if let Some(who) = found {
        return (Some(who), moved.get(&who).copied());
    }
    let mut all = moved.iter();
    let first = all.next();
    let who = first.filter(|_| moved.len() == 1).map(|(who, _)| *who);
    (who, first.map(|(_, how)| *how).filter(|how| all.all(|(_, other)| other == how)))
}

/// People of the base whose dates are other ones in the head, and what that makes of them.
fn moved(undated: &Facts<'_>, dated: &Facts<'_>, pairing: &Pairing) -> BTreeMap<PersonIx, How> {
    let mut moved = BTreeMap::new();
    for at in undated.portfolio.person_positions() {
        let (was, is) = (undated.portfolio.person(at), dated.portfolio.person(at));
        if was.started == is.started && was.left == is.left && was.away == is.away {
            continue;
        }
        let how = match (undated.lines.is_active(at), dated.lines.is_active(at)) {
            _ if pairing.person(at).is_none() => How::Removed,
            (true, false) if is.left.is_some_and(|left| left <= dated.day) => How::Left,
            (true, false) if dated.lines.is_on_long_leave(at) => How::Away,
            (false, true) if was.started.is_some_and(|started| started > dated.day) => How::Joined,
            (false, true) => How::Returned,
            (true | false, _) => How::Redated,
        };
        moved.insert(at, how);
    }
    moved
}

/// How people brought what they brought to a factor of the head: they are new, a line was handed over, or a leaver is in
/// the file no more.
pub(super) fn brought(pair: &Pair<'_>, now: &Factor, staffed: Told) -> How {
    let about = pair.head.about(now.subject);
    // What is counted by people grew by those who are new.
    let counts_people = matches!(staffed, Told::Units(_) | Told::Share(..));
    if counts_people || about.is_some_and(|person| pair.starts_later(person)) {
        return How::Joined;
    }
    let handed_over = |person| any_line_was_handed_over(pair, person);
    if about.is_none_or(handed_over) { How::HandedOver } else { How::Removed }
}
