//! Squads and guilds with members. What rules ask of both is the same.

use std::fmt;
use std::marker::PhantomData;

use super::SubjectKind;
use super::people::was_there_on;
use crate::base::day::Day;
use crate::base::ids::{GuildIx, PersonIx, Position, SquadIx, Subject};
use crate::model::{Lines, Link, Person, Portfolio, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// A position of something that people are in.
pub trait Grouping: Position + PartialEq + Eq + fmt::Debug {
    /// The word for it in a factor's identity.
    const TYPE_NAME: &'static str;

    /// All of a portfolio, in the order of ids.
    fn positions(portfolio: &Portfolio) -> impl Iterator<Item = Self>;

    /// The one that a person is in, as it is written.
    fn of_person(person: &Person) -> Option<Link<Self>>;

    /// How many scored people are in it.
    fn members(self, lines: &Lines) -> u32;
}

impl Grouping for SquadIx {
    const TYPE_NAME: &'static str = "squad";

    fn positions(portfolio: &Portfolio) -> impl Iterator<Item = SquadIx> {
        portfolio.squad_positions()
    }

    fn of_person(person: &Person) -> Option<Link<SquadIx>> {
        person.squad
    }

    fn members(self, lines: &Lines) -> u32 {
        lines.squad_members(self)
    }
}

impl Grouping for GuildIx {
    const TYPE_NAME: &'static str = "guild";

    fn positions(portfolio: &Portfolio) -> impl Iterator<Item = GuildIx> {
        portfolio.guild_positions()
    }

    fn of_person(person: &Person) -> Option<Link<GuildIx>> {
        person.guild
    }

    fn members(self, lines: &Lines) -> u32 {
        lines.guild_members(self)
    }
}

/// Squads or guilds with members.
#[derive(Debug)]
pub struct Groups<G>(PhantomData<G>);

/// Squads with members.
pub type Squads = Groups<SquadIx>;
/// Guilds with members.
pub type Guilds = Groups<GuildIx>;

impl<G: Grouping> SubjectKind for Groups<G> {
    type Item = G;
    const TYPE_NAME: &'static str = G::TYPE_NAME;

    fn item(_: &Facts<'_>, subject: Subject) -> Option<G> {
        G::of(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        G::positions(facts.portfolio).for_each(|at| take(at.subject()));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        G::of(subject).is_some_and(|at| at.members(&facts.lines) > 0)
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, _: Subject) -> Option<PersonIx> {
        None
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// Whether the base has a squad or guild and nobody was in it, on the base's day or on that of the comparison: no rule
/// was asked about it.
pub fn was_empty<G: Grouping>(pair: &Pair<'_>, now: G) -> bool {
    let Some(before) = pair.in_base(now) else { return false };
    before.members(&pair.base.lines) == 0 && !had_members(pair, before)
}

/// How many squads of the base had members on the base's day.
pub fn squads_with_members(pair: &Pair<'_>) -> usize {
    pair.base.portfolio.squad_positions().filter(|squad| had_members(pair, *squad)).count()
}

/// Whether somebody was in a squad or guild of the base on the base's day.
fn had_members<G: Grouping>(pair: &Pair<'_>, group: G) -> bool {
    let portfolio = pair.base.portfolio;
    let is_in = |person: &PersonIx| target(G::of_person(portfolio.person(*person))) == Some(group);
    portfolio.person_positions().filter(is_in).any(|person| was_there_on(pair.base, person, pair.base_day))
}
