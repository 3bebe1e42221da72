//! Guilds with members.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{GuildIx, PersonIx, Subject};
use crate::model::{Guild, Portfolio, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Guilds with members.
#[derive(Debug)]
pub struct Guilds;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<GuildIx> {
    match subject {
        Subject::Guild(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Guilds {
    type Item = GuildIx;
    const TYPE_NAME: &'static str = "guild";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<GuildIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.guild_positions().for_each(|at| take(Subject::Guild(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| facts.lines.guild_members(at) > 0)
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, _: Subject) -> Option<PersonIx> {
        None
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        let Some(at) = at(subject) else { return Vec::new() };
        let member = |person: &PersonIx| {
            facts.lines.is_scored(*person) && target(facts.portfolio.person(*person).guild) == Some(at)
        };
        facts.portfolio.person_positions().filter(member).collect()
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: GuildIx) -> Option<(&'p Guild, &'p Guild)> {
    let now = at(pair.pairing.in_head(Subject::Guild(before))?)?;
    Some((pair.base.portfolio.guild(before), pair.head.portfolio.guild(now)))
}

/// The guild of the base that one of the head is.
pub fn before<'p>(pair: &Pair<'p>, now: GuildIx) -> Option<&'p Guild> {
    let before = at(pair.pairing.in_base(Subject::Guild(now))?)?;
    Some(pair.base.portfolio.guild(before))
}
