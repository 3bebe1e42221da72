//! Which factors are compared a second time, on other days or under other dates: those of people whose dates changed, and
//! those of items that begin or end later by a new date.

use std::collections::{BTreeMap, HashSet};

use super::matching::{Key, Place};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, RuleIx, Subject};
use crate::model::{Pairing, Portfolio, target};
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::rule::Missing;

/// The keys of the factors that are compared a second time.
#[derive(Debug, Default)]
pub(super) struct Concerned {
    /// Items that are concerned whatever the rule.
    items: HashSet<Place>,
    /// People of the head whose lines are concerned: missing owners, and missing 1:1s where dates lie ahead.
    lines: HashSet<PersonIx>,
    /// Whether a missing 1:1 counts, too.
    with_missing_one_on_ones: bool,
}

impl Concerned {
    /// What is about people whose dates changed, or theirs: 1:1s, conversations, promotions, mentorships; missing
    /// owners only where the person's own keys for them changed too.
    pub(super) fn by_new_dates(
        redated: &[(PersonIx, PersonIx)],
        base: &Facts<'_>,
        head: &Facts<'_>,
        pairing: &Pairing,
    ) -> Concerned {
        let people: HashSet<PersonIx> = redated.iter().map(|(_, now)| *now).collect();
        let mut concerned = Concerned::default();
        concerned.add_items_of(&people, head.portfolio);
        let moved = redated.iter().filter(|(was, now)| {
            let (was, now) = (base.portfolio.person(*was), head.portfolio.person(*now));
            let person = |at: Option<_>| target(at).and_then(|at| pairing.person(at));
            let group = |subject: Option<Subject>| subject.and_then(|subject| pairing.in_head(subject));
            person(was.delivery_owner) != target(now.delivery_owner)
                || person(was.craft_owner) != target(now.craft_owner)
                || group(target(was.squad).map(Subject::Squad)) != target(now.squad).map(Subject::Squad)
                || group(target(was.guild).map(Subject::Guild)) != target(now.guild).map(Subject::Guild)
        });
        concerned.lines.extend(moved.map(|(_, now)| *now));
        concerned
    }

    /// What belongs to items of the head: of a person also the 1:1s about or owned by them and the lines they own;
    /// of a 1:1 or a mentorship also the lines of whom it is about.
    pub(super) fn by_items(items: &[Subject], head: &Facts<'_>) -> Concerned {
        let mut concerned = Concerned { with_missing_one_on_ones: true, ..Concerned::default() };
        let mut people = HashSet::new();
        for subject in items {
            concerned.items.insert(Place::Head(*subject));
            match subject {
                Subject::Person(person) => {
                    people.insert(*person);
                }
                _ => concerned.lines.extend(head.about(*subject)),
            }
        }
        if !people.is_empty() {
            concerned.add_items_of(&people, head.portfolio);
            for person in head.portfolio.person_positions() {
                let owners = [head.lines.delivery_owner(person), head.lines.craft_owner(person)];
                if owners.into_iter().flatten().any(|owner| people.contains(&owner)) {
                    concerned.lines.insert(person);
                }
            }
        }
        concerned
    }

    /// Everything between two people of which one is among these.
    fn add_items_of(&mut self, people: &HashSet<PersonIx>, portfolio: &Portfolio) {
        let has = |person: Option<PersonIx>| person.is_some_and(|person| people.contains(&person));
        let mut add = |subject| {
            self.items.insert(Place::Head(subject));
        };
        for at in portfolio.meeting_positions() {
            let meeting = portfolio.meeting(at);
            if has(meeting.owner.target()) || has(target(meeting.with)) {
                add(Subject::Meeting(at));
            }
        }
        for at in portfolio.conversation_positions() {
            let talk = portfolio.conversation(at);
            if has(talk.owner.target()) || has(talk.with.target()) {
                add(Subject::Conversation(at));
            }
        }
        for at in portfolio.promotion_positions() {
            if has(portfolio.promotion(at).person.target()) {
                add(Subject::Promotion(at));
            }
        }
        for at in portfolio.mentorship_positions() {
            let mentorship = portfolio.mentorship(at);
            if has(mentorship.mentor.target()) || has(mentorship.mentee.target()) {
                add(Subject::Mentorship(at));
            }
        }
    }

    /// Whether a factor of the head is compared a second time.
    pub(super) fn has(&self, key: Key, rule: RuleIx) -> bool {
        let Place::Head(subject) = key.place else { return false };
        let of_line = match rules::at(rule).missing {
            Missing::Owner => true,
            Missing::OneOnOne => self.with_missing_one_on_ones,
            Missing::Nothing => false,
        };
        self.items.contains(&key.place)
            || (of_line && matches!(subject, Subject::Person(person) if self.lines.contains(&person)))
    }
}

/// The days after `day` on which something of the head begins or ends by a date that the base does not have, with
/// the items that carry the dates.
pub(super) fn begins_later(
    base: &Portfolio,
    head: &Portfolio,
    pairing: &Pairing,
    day: Day,
) -> BTreeMap<Day, Vec<Subject>> {
    let mut later: BTreeMap<Day, Vec<Subject>> = BTreeMap::new();
    let mut add = |subject: Subject, dates: &[Option<Day>], known: &[Option<Day>]| {
        for date in dates.iter().flatten().filter(|date| **date > day) {
            if !known.contains(&Some(*date)) {
                later.entry(*date).or_default().push(subject);
            }
        }
    };
    for at in head.person_positions() {
        let person = head.person(at);
        let mut dates = vec![person.started];
        dates.extend(person.away.iter().flat_map(|leave| [Some(leave.from), leave.until]));
        if dates.iter().flatten().all(|date| *date <= day) {
            continue;
        }
        let mut known = Vec::new();
        if let Some(before) = pairing.person_in_base(at).map(|before| base.person(before)) {
            known.push(before.started);
            known.extend(before.away.iter().flat_map(|leave| [Some(leave.from), leave.until]));
        }
        add(Subject::Person(at), &dates, &known);
    }
    for at in head.meeting_positions() {
        let meeting = head.meeting(at);
        let known = match pairing.in_base(Subject::Meeting(at)) {
            Some(Subject::Meeting(before)) => [base.meeting(before).since, base.meeting(before).until],
            _ => [None, None],
        };
        add(Subject::Meeting(at), &[meeting.since, meeting.until], &known);
    }
    for at in head.mentorship_positions() {
        let mentorship = head.mentorship(at);
        let known = match pairing.in_base(Subject::Mentorship(at)) {
            Some(Subject::Mentorship(before)) => {
                [base.mentorship(before).since, base.mentorship(before).until]
            }
            _ => [None, None],
        };
        add(Subject::Mentorship(at), &[mentorship.since, mentorship.until], &known);
    }
    later
}
