//! What is odd in a portfolio and scored all the same.

use super::{Lines, Meeting, Portfolio};
use crate::base::cycles::cycles;
use crate::base::ids::{MeetingIx, PersonIx};
use crate::base::names::FastMap;
use crate::base::phrase::{Phrase, phrase};
use crate::records::words::{Line, Purpose};
use crate::source::ItemAt;

/// A warning: a stable word for its kind, a sentence, and where it belongs.
#[derive(Debug)]
pub struct Warning {
    /// Its kind: `owners-in-a-circle`.
    pub code: &'static str,
    /// What is odd.
    pub message: Phrase,
    /// Where.
    pub at: ItemAt,
}

/// Every warning about a portfolio itself, on the day of its lines; in the order of ids, whatever that of the file.
pub fn of_portfolio(portfolio: &Portfolio, lines: &Lines) -> Vec<Warning> {
    let mut warnings = circles(portfolio, lines);
    let mut pairs: FastMap<(PersonIx, PersonIx, bool), MeetingIx> = FastMap::default();
    for at in portfolio.meeting_positions() {
        let meeting = portfolio.meeting(at);
        warnings.extend(agenda_without_purpose(at, meeting));
        let Some((owner, with)) = lines.sides(meeting) else { continue };
        if meeting.owner.target() != Some(owner) {
            let message = phrase!(
                at,
                " is written from the other side: it is read as ",
                owner,
                "\u{2019}s 1:1 with ",
                with
            );
            warnings.push(Warning { code: "written-from-the-other-side", message, at: meeting.at });
        }
        let Some((owner, with)) = lines.one_on_one(meeting) else { continue };
        let jobs = meeting.jobs();
        for (is_craft, has) in [(false, jobs.delivery), (true, jobs.craft)] {
            if !has {
                continue;
            }
            let pair = (owner.min(with), owner.max(with), is_craft);
            if let Some(first) = pairs.get(&pair) {
                let job = if is_craft { "craft" } else { "delivery" };
                let message =
                    phrase!(owner, " and ", with, " have two 1:1s for ", job, ": ", *first, " and ", at);
                warnings.push(Warning { code: "two-1on1s-for-one-job", message, at: meeting.at });
            } else {
                pairs.insert(pair, at);
            }
        }
    }
    for acknowledgement in portfolio.acknowledgements.iter().filter(|one| one.old_key) {
        let message = phrase!("the key `finding` of an acknowledgement is called `factor` now; rename it");
        warnings.push(Warning { code: "former-key", message, at: acknowledgement.at });
    }
    for person in portfolio.person_positions() {
        if portfolio.person(person).external && !lines.is_external(person) {
            let message =
                phrase!(person, " is marked external and has a delivery owner here, so is no outsider");
            warnings.push(Warning { code: "external-with-owner", message, at: portfolio.person(person).at });
        }
    }
    warnings
}

/// An agenda that has topics, and none of what the meeting is labelled with; of any kind of meeting.
fn agenda_without_purpose(at: MeetingIx, meeting: &Meeting) -> Option<Warning> {
    let purpose = meeting.purpose?;
    let lines: &[Line] = match purpose {
        Purpose::Delivery => &[Line::Delivery],
        Purpose::Craft => &[Line::Craft],
        Purpose::Both => &[Line::Delivery, Line::Craft],
    };
    let fits = meeting.agenda.iter().any(|topic| topic.line().is_some_and(|line| lines.contains(&line)));
    if fits || meeting.agenda.is_empty() {
        return None;
    }
    let words = lines.iter().map(|line| line.word()).collect::<Vec<_>>().join(" or ");
    let message = phrase!(at, " is labelled ", purpose.word(), ", and nothing on its agenda is ", words);
    Some(Warning { code: "agenda-without-purpose", message, at: meeting.at })
}

/// Delivery owners in a cycle: each cycle once, from its first person by id.
fn circles(portfolio: &Portfolio, lines: &Lines) -> Vec<Warning> {
    let owner = |at: usize| lines.delivery_owner(PersonIx::at(at)).map(PersonIx::index);
    let people = |cycle: Vec<usize>| cycle.into_iter().map(PersonIx::at).collect();
    cycles(portfolio.people.len(), owner).into_iter().map(|cycle| circle(portfolio, people(cycle))).collect()
}

/// Longer circles are named by their first people.
const NAMED: usize = 5;

fn circle(portfolio: &Portfolio, mut members: Vec<PersonIx>) -> Warning {
    let least = members.iter().enumerate().min_by_key(|(_, person)| **person).map_or(0, |(index, _)| index);
    members.rotate_left(least);
    let first = members[0];
    let mut message = phrase!("delivery owners go in a circle: ", first);
    for person in members.iter().skip(1).take(NAMED) {
        message = message.and(phrase!(" answers to ", *person));
    }
    if members.len() > NAMED + 1 {
        message = message.and(phrase!(" and so on"));
    }
    message = message.and(phrase!(" answers to ", first));
    Warning { code: "owners-in-a-circle", message, at: portfolio.person(first).at }
}
