//! The acts that can be asked for, best first: what `debt fix` asks about on a terminal, and lists elsewhere.

use super::factors::Factors;
use super::fix::AskRow;
use super::privacy::Privacy;
use super::refused::{tells, why_not};
use super::speak::Speaker;
use crate::acts::{Class, NoDeed};
use crate::analysis::fix::{Refusal, Session};
use crate::base::ids::Subject;
use crate::base::names::Untrusted;

/// Every act that can be asked for, best first; what only a person can write comes last.
pub fn asked(session: &Session<'_>) -> Vec<AskRow> {
    let privacy = Privacy::names();
    let own = session.own();
    let speaker = Speaker::new(&own.portfolio, own.day, &privacy);
    let card = session.card();
    let factors = Factors::new(&card, session.sources(), &privacy);
    let mut rows: Vec<AskRow> = Vec::new();
    for one in session.candidates() {
        let worst = one.factors.first();
        let row = worst.and_then(|id| factors.explain(id).ok()).map(|explained| explained.row);
        let by_hand = match one.missing.clone() {
            Some(why @ (NoDeed::ByHand(_) | NoDeed::First(_))) => {
                let refusal = Refusal::NoDeed { act: one.act.clone(), subject: one.subject, why };
                Some(why_not(&refusal, &speaker))
            }
            Some(NoDeed::Untold { .. }) | None => None,
        };
        let option = match &one.missing {
            Some(NoDeed::Untold { option, takes, likely }) => Some((*option, *takes, likely.clone())),
            _ => None,
        };
        rows.push(AskRow {
            act: Untrusted::new(&*one.act),
            what: row.as_ref().map_or_else(|| Untrusted::new(&*one.act), |row| row.task.clone()),
            who: row.as_ref().and_then(|row| row.owner_label.clone()),
            location: row.and_then(|row| row.location),
            minutes: one.minutes,
            effect: one.effect,
            class: one.class,
            tells: one.missing.as_ref().map(tells).unwrap_or_default(),
            option,
            by_hand,
            factors: one.factors,
            is_talk: matches!(one.subject, Subject::Conversation(_)),
        });
    }
    rows.sort_by_key(|row| row.class == Class::Advice);
    rows
}
