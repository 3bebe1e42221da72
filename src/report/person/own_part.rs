//! One person's own part of a portfolio.

use super::shown::{findings, job, may_see, owed};
use super::{HeldTalk, OwnOneOnOne, OwnPart};
use crate::base::ids::{PersonIx, Subject};
use crate::report::contract::Version;
use crate::report::factors::Factors;
use crate::report::lines::{self, Selection};
use crate::report::order::Ordered;
use crate::report::privacy::TooFew;
use crate::report::{BuildOptions, Head};
use crate::score::Scorecard;

/// Makes it; none where the person is not shown at all.
///
/// # Errors
/// An aggregate would speak of too few people.
pub fn own_part(
    card: &Scorecard<'_>,
    person: PersonIx,
    selection: &Selection,
    options: BuildOptions<'_>,
) -> Result<Option<OwnPart>, TooFew> {
    let facts = &card.facts;
    let factors = Factors::new(card, options.sources, options.privacy);
    let lines = lines::build(card, options, selection)?;
    let Some(block) = lines.blocks.into_iter().next() else { return Ok(None) };
    let seen = card.factors.iter().filter(|factor| {
        // What they owe stands in a list of its own.
        !matches!(factor.subject, Subject::Conversation(_)) && may_see(facts, factor.subject, person)
    });
    let speaker = &factors.speaker;
    let one_on_one = |one: &crate::rules::facts::OneOnOne| {
        let other = if one.owner == person { one.with } else { one.owner };
        (one.owner == person || one.with == person).then(|| OwnOneOnOne {
            id: speaker.id(Subject::Meeting(one.meeting)),
            holds: one.owner == person,
            with: speaker.key(other),
            with_label: speaker.person(other),
            job: job(one.jobs.delivery, one.jobs.craft),
            last_held: facts.portfolio.meeting(one.meeting).last_held.filter(|held| *held <= facts.day),
        })
    };
    let held = |at: &crate::base::ids::ConversationIx| {
        let talk = facts.portfolio.conversation(*at);
        let (owner, held) = (talk.owner.target()?, talk.held.filter(|held| *held <= facts.day)?);
        Some(HeldTalk {
            kind: talk.kind.word(),
            owner: speaker.key(owner),
            owner_label: speaker.person(owner),
            held,
        })
    };
    Ok(Some(OwnPart {
        schema_version: Version,
        head: Head::of(card, options),
        person: block.person,
        owns_delivery: block.owns_delivery,
        owns_craft: block.owns_craft,
        one_on_ones: Ordered::sorted(facts.one_on_ones().iter().filter_map(one_on_one).collect()),
        findings: findings(&factors, seen),
        owes: owed(&factors, person, None),
        held: Ordered::sorted(facts.talks_with(person).iter().filter_map(held).collect()),
    }))
}
