//! What belongs on the next 1:1s that somebody holds.

use super::shown::{job, may_see, named, owed};
use super::{AgendaReport, AgendaRow, ElsewhereRow, EndingRow, OpenDecision};
use crate::base::day::Days;
use crate::base::ids::{PersonIx, Subject};
use crate::base::names::Untrusted;
use crate::model::target;
use crate::records::words::Line;
use crate::report::contract::Version;
use crate::report::factors::Factors;
use crate::report::order::Ordered;
use crate::report::privacy::TooFew;
use crate::report::{BuildOptions, Head};
use crate::rules::facts::OneOnOne;
use crate::score::Scorecard;
use crate::score::warnings::finding;

/// Acknowledgements that end within so many days are told.
const SOON: Days = Days::new(31);

/// Makes the agenda of somebody's 1:1s, with everybody or with one person.
///
/// # Errors
/// An aggregate would speak of too few people.
pub fn agenda(
    card: &Scorecard<'_>,
    owner: PersonIx,
    with: Option<PersonIx>,
    options: BuildOptions<'_>,
) -> Result<AgendaReport, TooFew> {
    options.privacy.check(card)?;
    let factors = Factors::new(card, options.sources, options.privacy);
    let theirs = |one: &&OneOnOne| one.owner == owner && with.is_none_or(|with| one.with == with);
    let all = card.facts.one_on_ones().iter().filter(theirs);
    Ok(AgendaReport {
        schema_version: Version,
        head: Head::of(card, options),
        owner: named(&factors, owner),
        one_on_ones: Ordered::sorted(all.map(|one| row(&factors, *one)).collect()),
    })
}

fn row(factors: &Factors<'_>, one: OneOnOne) -> AgendaRow {
    let (facts, speaker) = (&factors.card().facts, &factors.speaker);
    let meeting = facts.portfolio.meeting(one.meeting);
    let held = meeting.last_held.zip(meeting.every).map(|(held, days)| held.plus(Days::new(i64::from(days))));
    let next = held.or(meeting.since);
    let job = job(one.jobs.delivery, one.jobs.craft);
    AgendaRow {
        id: speaker.id(Subject::Meeting(one.meeting)),
        with: speaker.key(one.with),
        with_label: speaker.person(one.with),
        job,
        next,
        overdue: next.is_some_and(|next| next < facts.day),
        owed: owed(factors, one.owner, Some(one.with)),
        decisions: decisions(factors, one.with),
        acknowledgements: endings(factors, one),
        elsewhere: elsewhere(factors, one),
        say: match job {
            "both" => Some(Untrusted::new(
                "This 1:1 tries to be both jobs. Which one is it to be, and who holds the other?",
            )),
            "unlabelled" => Some(Untrusted::new(
                "Nobody has said what this 1:1 is for: is it about what we deliver, or about your craft and career?",
            )),
            _ => None,
        },
    }
}

/// Open decisions of the squad: everybody in it may know of them.
fn decisions(factors: &Factors<'_>, with: PersonIx) -> Ordered<OpenDecision> {
    let facts = &factors.card().facts;
    let squad = target(facts.portfolio.person(with).squad);
    let open = |at| {
        let decision = facts.portfolio.decision(at);
        let is_theirs = squad.is_some() && target(decision.squad) == squad;
        let is_open = decision.raised <= facts.day && decision.is_open(facts.day);
        (is_theirs && is_open).then(|| OpenDecision {
            id: factors.speaker.id(Subject::Decision(at)),
            label: factors.speaker.subject(Subject::Decision(at)),
            due: decision.due(facts.day, facts.policy.grace_days),
        })
    };
    Ordered::sorted(facts.portfolio.decision_positions().filter_map(open).collect())
}

/// Acknowledgements about the other one that end soon, of what the owner may know.
fn endings(factors: &Factors<'_>, one: OneOnOne) -> Ordered<EndingRow> {
    let facts = &factors.card().facts;
    let last = facts.day.plus(SOON);
    let ending = |ack: &crate::model::Acknowledgement| {
        let (rule, subject) = finding(facts.portfolio, ack)?;
        let is_about = facts.about(subject) == Some(one.with);
        // A meeting of others, or a person's lines, are no secret of the two; a talk is its owner's.
        let is_told = match subject {
            Subject::Person(_) | Subject::Meeting(_) => true,
            other => may_see(facts, other, one.owner),
        };
        let is_soon = ack.named_on <= facts.day && ack.through >= facts.day && ack.through <= last;
        (is_about && is_told && is_soon)
            .then(|| EndingRow { factor: factors.speaker.factor_id(rule, subject), through: ack.through })
    };
    Ordered::sorted(facts.portfolio.acknowledgements.iter().filter_map(ending).collect())
}

/// Topics of the line that the owner of this 1:1 does not own.
fn elsewhere(factors: &Factors<'_>, one: OneOnOne) -> Ordered<ElsewhereRow> {
    let facts = &factors.card().facts;
    let own = |line| facts.lines.owner(line, one.with) == Some(one.owner);
    let topic = |topic: &crate::records::words::Topic| {
        let line = topic.line()?;
        let other = match line {
            Line::Delivery => Line::Craft,
            Line::Craft => Line::Delivery,
        };
        let owner = facts.lines.owner(line, one.with).filter(|owner| *owner != one.owner);
        (!own(line) && own(other)).then(|| ElsewhereRow {
            topic: topic.word(),
            line: line.word(),
            owner_label: owner.map(|owner| factors.speaker.person(owner)),
        })
    };
    let agenda = &facts.portfolio.meeting(one.meeting).agenda;
    Ordered::sorted(agenda.iter().filter_map(topic).collect())
}
