//! Everything about the lines of one person: their own, those that they own, what is owed between them and their owners,
//! and the factors about these lines.

use super::people::{Rows, set_aside};
use super::{Block, LineFactorRow, NamedRow, Ordered, TalkRow};
use crate::base::ids::{PersonIx, Subject};
use crate::base::points::Thousandths;
use crate::records::words::Line;
use crate::rules::{self};
use crate::score::factor::Factor;

/// The block of one person.
pub(super) fn of(rows: &Rows<'_, '_>, person: PersonIx) -> Block {
    let facts = rows.facts();
    let scored = || facts.portfolio.person_positions().filter(|one| facts.lines.is_scored(*one));
    let owned = |line: Line| -> Ordered<NamedRow> {
        let is_theirs = |one: &PersonIx| {
            facts.lines.owner(line, *one) == Some(person) && facts.lines.in_scope(line, *one)
        };
        Ordered::sorted(scored().filter(is_theirs).map(|one| rows.named(one)).collect())
    };
    Block {
        person: rows.person(person),
        set_aside: set_aside(facts, person),
        owns_delivery: owned(Line::Delivery),
        owns_craft: owned(Line::Craft),
        conversations: talks(rows, person),
        factors: factors(rows, person),
    }
}

/// Whether somebody owns a line of a person.
fn is_owner(rows: &Rows<'_, '_>, owner: PersonIx, person: PersonIx) -> bool {
    let lines = &rows.facts().lines;
    [Line::Delivery, Line::Craft].into_iter().any(|line| lines.owner(line, person) == Some(owner))
}

/// The conversations that are open between a person and either owner, whoever owes them.
fn talks(rows: &Rows<'_, '_>, person: PersonIx) -> Ordered<TalkRow> {
    let facts = rows.facts();
    let talk = |at| {
        let talk = facts.portfolio.conversation(at);
        let (owner, with) = (talk.owner.target()?, talk.with.target()?);
        let other = if owner == person { with } else { owner };
        let is_theirs = (owner == person || with == person) && is_owner(rows, other, person);
        let is_open = talk.raised <= facts.day && talk.is_open(facts.day);
        (is_theirs && is_open).then(|| {
            let (owner, with) = (rows.named(owner), rows.named(with));
            TalkRow {
                kind: talk.kind.word(),
                due: talk.due(facts.policy.grace_days),
                owner: owner.id,
                owner_label: owner.label,
                with: with.id,
                with_label: with.label,
            }
        })
    };
    Ordered::sorted(facts.portfolio.conversation_positions().filter_map(talk).collect())
}

/// The factors about the lines of a person.
fn factors(rows: &Rows<'_, '_>, person: PersonIx) -> Ordered<LineFactorRow> {
    let row = |factor: &Factor| {
        let row = rows.factors.row(factor);
        let words = row.evidence.into_iter().next().unwrap_or_else(|| row.act.clone());
        LineFactorRow { id: row.id, mp: row.mp, points: Thousandths(row.mp.mp()), words }
    };
    let all = &rows.factors.card().factors;
    Ordered::sorted(all.iter().filter(|factor| is_of_lines(rows, factor, person)).map(row).collect())
}

/// Whether a factor is about a line of somebody: the line itself, a 1:1 with them, a mentorship of theirs, or a
/// conversation with either owner.
fn is_of_lines(rows: &Rows<'_, '_>, factor: &Factor, person: PersonIx) -> bool {
    use rules::rule::Group;
    let facts = rows.facts();
    match factor.subject {
        Subject::Person(at) => {
            let group = rules::at(factor.rule).group;
            at == person && (group == Group::CraftLine || group == Group::DeliveryLine)
        }
        Subject::Meeting(_) | Subject::Mentorship(_) => facts.about(factor.subject) == Some(person),
        Subject::Conversation(at) => {
            let talk = facts.portfolio.conversation(at);
            talk.owner.target().zip(talk.with.target()).is_some_and(|(owner, with)| {
                (with == person && is_owner(rows, owner, person))
                    || (owner == person && is_owner(rows, with, person))
            })
        }
        Subject::Squad(_)
        | Subject::Guild(_)
        | Subject::Decision(_)
        | Subject::Promotion(_)
        | Subject::Portfolio => false,
    }
}
