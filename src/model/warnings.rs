//! What is odd in a portfolio and scored all the same.

use super::{Lines, Meeting, Portfolio};
use crate::base::cycles::cycles;
use crate::base::ids::{MeetingIx, PersonIx};
use crate::base::message::{Fact, Message, message};
use crate::base::names::FastMap;
use crate::records::words::{Line, Purpose};
use crate::source::{Code, ItemAt};

/// A warning: a stable word for its kind, a sentence, and where it belongs.
#[derive(Debug)]
pub struct Warning {
    /// Its kind: `owners-in-a-circle`.
    pub code: Code,
    /// What is odd.
    pub message: Message,
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
            let message = message!(
                at,
                " has `owner` and `with` the wrong way round: it is read as ",
                owner,
                "\u{2019}s 1:1 with ",
                with
            );
            warnings.push(Warning { code: Code::WrittenFromTheOtherSide, message, at: meeting.at });
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
                    message!(owner, " and ", with, " have two 1:1s for ", job, ": ", *first, " and ", at);
                warnings.push(Warning { code: Code::Two1on1sForOneJob, message, at: meeting.at });
            } else {
                pairs.insert(pair, at);
            }
        }
    }
    for acknowledgement in portfolio.acknowledgements.iter().filter(|one| one.old_key) {
        let message = message!("the key `finding` of an acknowledgement is called `factor` now; rename it");
        warnings.push(Warning { code: Code::FormerKey, message, at: acknowledgement.at });
    }
    for at in &portfolio.cut_texts {
        let message = message!(
            "this text ends at its ` #`, where a comment begins; put it in quotes if the rest belongs to it"
        );
        warnings.push(Warning { code: Code::TextCutByComment, message, at: *at });
    }
    for person in portfolio.person_positions() {
        if portfolio.person(person).external && !lines.is_external(person) {
            let message = message!(person, " is marked external but has a delivery owner here, so is scored");
            warnings.push(Warning {
                code: Code::ExternalWithOwner,
                message,
                at: portfolio.person(person).at,
            });
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
    let message = message!(at, " is labelled ", purpose.word(), ", but no topic on its agenda is ", words);
    Some(Warning { code: Code::AgendaWithoutPurpose, message, at: meeting.at })
}

/// Delivery owners in a cycle: each cycle once, at its first person by id.
fn circles(portfolio: &Portfolio, lines: &Lines) -> Vec<Warning> {
    let owner = |at: usize| lines.delivery_owner(PersonIx::at(at)).map(PersonIx::index);
    let people = |cycle: Vec<usize>| cycle.into_iter().map(PersonIx::at).collect();
    cycles(portfolio.people.len(), owner).into_iter().map(|cycle| circle(portfolio, people(cycle))).collect()
}

fn circle(portfolio: &Portfolio, members: Vec<PersonIx>) -> Warning {
    let first = members.iter().min().copied().unwrap_or(PersonIx::at(0));
    let at = portfolio.person(first).at;
    let message = message!("cycle of delivery owners: ", Fact::Cycle(members.into()));
    Warning { code: Code::OwnersInACircle, message, at }
}
