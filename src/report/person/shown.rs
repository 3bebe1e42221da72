//! What may be shown to whom.

use super::{OwedTalk, OwnFinding};
use crate::base::ids::{PersonIx, Subject};
use crate::model::target;
use crate::report::factors::Factors;
use crate::report::lines::NamedRow;
use crate::report::order::Ordered;
use crate::rules::facts::Facts;
use crate::score::factor::Factor;

/// Whether a talk with a person is still to be held: what is found about it, or beside it, is not told to them.
fn awaits_a_talk(facts: &Facts<'_>, person: PersonIx) -> bool {
    let is_open =
        |at: &crate::base::ids::ConversationIx| facts.portfolio.conversation(*at).is_open(facts.day);
    facts.talks_with(person).iter().any(is_open)
}

/// Whether what is found about a subject may be told to somebody.
pub(super) fn may_see(facts: &Facts<'_>, subject: Subject, person: PersonIx) -> bool {
    let portfolio = facts.portfolio;
    let own = portfolio.person(person);
    match subject {
        // Whoever owes a talk knows of it; whoever it is about hears of it there.
        Subject::Conversation(at) => portfolio.conversation(at).owner.target() == Some(person),
        Subject::Promotion(at) => {
            portfolio.promotion(at).person.target() == Some(person) && !awaits_a_talk(facts, person)
        }
        Subject::Person(at) => at == person,
        Subject::Meeting(at) => facts
            .lines
            .sides(portfolio.meeting(at))
            .is_some_and(|(owner, with)| owner == person || with == person),
        Subject::Mentorship(at) => {
            let mentorship = portfolio.mentorship(at);
            [mentorship.mentor, mentorship.mentee].into_iter().any(|one| one.target() == Some(person))
        }
        Subject::Decision(at) => portfolio.decision(at).owner.target() == Some(person),
        Subject::Squad(at) => target(own.squad) == Some(at) || facts.squad_lead(at) == Some(person),
        Subject::Guild(at) => target(own.guild) == Some(at) || facts.guild_lead(at) == Some(person),
        Subject::Portfolio => false,
    }
}

/// Findings in words; only the sentence itself, since details may name others.
pub(super) fn findings<'f>(
    factors: &Factors<'_>,
    all: impl Iterator<Item = &'f Factor>,
) -> Ordered<OwnFinding> {
    let row = |factor: &Factor| {
        let row = factors.row(factor);
        OwnFinding {
            words: row.evidence.into_iter().next().unwrap_or_else(|| row.act.clone()),
            id: row.id,
            code: row.code,
            remedy: row.remedy,
            owner_label: row.owner_label,
        }
    };
    Ordered::sorted(all.map(row).collect())
}

pub(super) fn named(factors: &Factors<'_>, person: PersonIx) -> NamedRow {
    NamedRow { id: factors.speaker.key(person), label: factors.speaker.person(person) }
}

/// The talks that somebody owes, to one person or to anybody.
pub(super) fn owed(factors: &Factors<'_>, owner: PersonIx, to: Option<PersonIx>) -> Ordered<OwedTalk> {
    let facts = &factors.card().facts;
    let talk = |at| {
        let talk = facts.portfolio.conversation(at);
        let with = talk.with.target()?;
        let is_theirs = talk.owner.target() == Some(owner) && to.is_none_or(|to| to == with);
        let is_open = talk.raised <= facts.day && talk.is_open(facts.day);
        (is_theirs && is_open && facts.lines.is_active(with)).then(|| OwedTalk {
            id: factors.speaker.id(Subject::Conversation(at)),
            kind: talk.kind.word(),
            with: factors.speaker.key(with),
            with_label: factors.speaker.person(with),
            due: talk.due(facts.policy.grace_days),
        })
    };
    Ordered::sorted(facts.portfolio.conversation_positions().filter_map(talk).collect())
}

/// What a 1:1 is for.
pub(super) fn job(delivery: bool, craft: bool) -> &'static str {
    match (delivery, craft) {
        (true, true) => "both",
        (true, false) => "delivery",
        (false, true) => "craft",
        (false, false) => "unlabelled",
    }
}
