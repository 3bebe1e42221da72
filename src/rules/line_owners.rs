//! What rules ask of the owner of a line, whichever line it is: whether they are there, and whether they have too many
//! people.

use super::facts::Facts;
use super::pair::Pair;
use super::rule::{Act, Answer, Finding, How, Resolution, Told, Wording};
use crate::base::ids::{GuildIx, PersonIx, SquadIx, Subject};
use crate::base::message::{Message, message};
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

/// An owner who is not there, and through whose lead they own the line, where it is not by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AbsentOwner {
    owner: PersonIx,
    through: Option<Through>,
}

/// What somebody must lead to own a line of its members.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Through {
    Squad(SquadIx),
    Guild(GuildIx),
}

impl Through {
    fn subject(self) -> Subject {
        match self {
            Through::Squad(at) => Subject::Squad(at),
            Through::Guild(at) => Subject::Guild(at),
        }
    }

    fn named(self) -> Message {
        match self {
            Through::Squad(at) => message!("squad ", at),
            Through::Guild(at) => message!("guild ", at),
        }
    }
}

/// Whether the owner of a person's line is not there; `to_act` is who can name another one.
pub fn find_absent(
    facts: &Facts<'_>,
    line: Line,
    person: PersonIx,
    to_act: Option<PersonIx>,
    principal: MilliPoints,
) -> Answer<AbsentOwner> {
    let Some(owner) = facts.lines.owner(line, person) else { return Answer::Clear };
    Answer::factor_if(!facts.lines.is_active(owner), || {
        let through = through(facts, line, person, owner);
        let act = match (through, line) {
            (Some(group), _) => Act::new("name-lead", group.subject()),
            (None, Line::Delivery) => Act::new("name-delivery-owner", Subject::Person(person)),
            (None, Line::Craft) => Act::new("name-craft-owner", Subject::Person(person)),
        };
        Finding::flat(principal, to_act, act, AbsentOwner { owner, through })
            .since(facts.missing_since(owner))
    })
}

/// An absent owner in words.
pub fn explain_absent(line: Line, person: PersonIx, found: &Finding<AbsentOwner>) -> Wording {
    let AbsentOwner { owner, through } = found.state;
    let since = match found.onset {
        Some(day) => message!(owner, " has not been there since ", day),
        None => message!(owner, " has not started yet"),
    };
    let (remedy, task) = match through {
        Some(group) => (
            message!("Name a lead for ").and(group.named()).and(message!(" in ", owner, "\u{2019}s place.")),
            message!("name a lead for ").and(group.named()),
        ),
        None => (
            message!("Name another ", line.word(), " owner for ", person, "."),
            message!("name another ", line.word(), " owner for ", person),
        ),
    };
    Wording {
        headline: message!(person, "\u{2019}s ", line.word(), " owner, ", owner, ", is not there"),
        details: vec![since],
        remedy,
        task,
    }
}

/// The squad or guild through whose lead the line runs, where it does.
fn through(facts: &Facts<'_>, line: Line, person: PersonIx, owner: PersonIx) -> Option<Through> {
    let record = facts.portfolio.person(person);
    match line {
        Line::Delivery => {
            let squad = target(record.squad).filter(|_| record.delivery_owner.is_none())?;
            // A lead's own line runs to whom the squad escalates.
            (target(facts.portfolio.squad(squad).lead) == Some(owner)).then_some(Through::Squad(squad))
        }
        Line::Craft => target(record.guild).filter(|_| record.craft_owner.is_none()).map(Through::Guild),
    }
}

/// The people that count for the owner of a line.
fn reports<'f>(facts: &'f Facts<'_>, line: Line, owner: PersonIx) -> impl Iterator<Item = PersonIx> + 'f {
    facts.portfolio.person_positions().filter(move |report| {
        facts.lines.is_scored(*report)
            && facts.lines.in_scope(line, *report)
            && facts.lines.owner(line, *report) == Some(owner)
    })
}

/// What resolves that somebody owns a line of too many: it was shared out. That one of the people went or is exempt now
/// resolves nothing.
pub fn was_shared_out(pair: &Pair<'_>, line: Line, owner: PersonIx) -> Resolution {
    let how = |report| pair.went(report).or_else(|| pair.exempted(report, line));
    match reports(pair.base, line, owner).find_map(how) {
        Some(how) => Resolution::Withdrawn(how),
        None => Resolution::Repaired(How::Changed),
    }
}

/// Those of an owner's people who are only told now.
pub fn told_reports(pair: &Pair<'_>, line: Line, owner: PersonIx) -> Told {
    Told::units(reports(pair.head, line, owner).filter(|report| pair.is_told(*report)).count())
}

/// Those of an owner's people who start after the base's day.
pub fn staffed_reports(pair: &Pair<'_>, line: Line, owner: PersonIx) -> Told {
    Told::units(reports(pair.head, line, owner).filter(|report| pair.starts_later(*report)).count())
}
