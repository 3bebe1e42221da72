//! How many people have which owners: over everybody who is shown, and in an aggregate by squad, small squads pooled.

use super::super::aggregate::{OTHERS, pseudonym};
use super::super::order::PooledTotals;
use super::super::pool::pool;
use super::super::privacy::{Aggregate, people_of};
use super::super::speak::Speaker;
use super::{Ordered, PersonRow, TotalsRow};
use crate::base::ids::{GuildIx, PersonIx, SquadIx, Subject};
use crate::base::names::Untrusted;
use crate::model::target;
use crate::records::words::Line;
use crate::score::Scorecard;

/// Over these rows.
pub(super) fn of(rows: &[PersonRow]) -> TotalsRow {
    let count = |is: fn(&PersonRow) -> bool| Some(whole(rows.iter().filter(|row| is(row)).count()));
    TotalsRow {
        squad: None,
        people: whole(rows.len()),
        with_delivery_owner: count(|row| row.delivery.is_owned()),
        with_craft_owner: count(|row| row.craft.is_owned()),
        with_two_different: count(|row| {
            row.delivery.is_owned() && row.craft.is_owned() && row.delivery.owner != row.craft.owner
        }),
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Numbers of some people.
#[derive(Clone, Copy, Default)]
struct Sums {
    people: u64,
    delivery: u64,
    craft: u64,
    different: u64,
}

/// The total and the rows by squad of an aggregate. A number of few people, or one that leaves few, is not shown; nor is
/// the total where a row does not show it, since the difference would.
pub(super) fn in_aggregate(
    card: &Scorecard<'_>,
    aggregate: &Aggregate,
    speaker: &Speaker<'_>,
) -> (TotalsRow, Ordered<TotalsRow>) {
    let (portfolio, lines) = (card.facts.portfolio, &card.facts.lines);
    let (squads, guilds) = (portfolio.squads.len(), portfolio.guilds.len());
    let slots: Vec<(usize, usize)> = people_of(card)
        .map(|(squad, guild)| (squad.map_or(squads, SquadIx::index), guild.map_or(guilds, GuildIx::index)))
        .collect();
    let (pooled, _) = pool(aggregate.min_group, &slots, squads + 1, guilds + 1);
    let mut sums = vec![Sums::default(); squads + 2];
    let scored = portfolio.person_positions().filter(|person| lines.is_scored(*person));
    for person in scored.filter(|person| card.part.has_person(portfolio, *person)) {
        let slot = target(portfolio.person(person).squad).map_or(squads, SquadIx::index);
        let owned = |line| owner(card, line, person);
        let (delivery, craft) = (owned(Line::Delivery), owned(Line::Craft));
        let sum = &mut sums[if pooled[slot] { squads + 1 } else { slot }];
        sum.people += 1;
        sum.delivery += u64::from(delivery.is_some());
        sum.craft += u64::from(craft.is_some());
        sum.different += u64::from(delivery.is_some() && craft.is_some() && delivery != craft);
    }
    let total = sums.iter().fold(Sums::default(), |all, one| Sums {
        people: all.people + one.people,
        delivery: all.delivery + one.delivery,
        craft: all.craft + one.craft,
        different: all.different + one.different,
    });
    let least = aggregate.min_group;
    let key = |slot: usize| {
        let squad = portfolio.squads.get(slot).map(|squad| portfolio.text(squad.id));
        if slot == squads + 1 {
            Some(OTHERS.to_owned())
        } else if speaker.privacy().shows_each() && slot < squads {
            Some(speaker.subject(Subject::Squad(SquadIx::at(slot))).raw().to_owned())
        } else {
            pseudonym(aggregate.key.as_ref(), "squad", squad)
        }
    };
    let rows: Vec<PooledTotals> = (0..sums.len())
        .filter(|slot| sums[*slot].people > 0)
        .map(|slot| PooledTotals {
            named: slot < squads,
            row: row(key(slot).map(Untrusted::new), sums[slot], least),
        })
        .collect();
    let mut total = row(None, total, least);
    let hides = |of: fn(&TotalsRow) -> Option<u64>| rows.iter().any(|one| of(&one.row).is_none());
    if hides(|row| row.with_delivery_owner) {
        total.with_delivery_owner = None;
    }
    if hides(|row| row.with_craft_owner) {
        total.with_craft_owner = None;
    }
    if hides(|row| row.with_two_different) {
        total.with_two_different = None;
    }
    let mut number = 0;
    let rows = Ordered::sorted(rows).map(|PooledTotals { named, mut row }| {
        if named && row.squad.is_none() {
            number += 1;
            row.squad = Some(Untrusted::new(format!("squad-{number}")));
        }
        row
    });
    (total, rows)
}

/// Who owns a line of somebody, as far as it is in scope.
fn owner(card: &Scorecard<'_>, line: Line, person: PersonIx) -> Option<PersonIx> {
    let lines = &card.facts.lines;
    lines.owner(line, person).filter(|_| lines.in_scope(line, person))
}

fn row(squad: Option<Untrusted>, sums: Sums, least: u64) -> TotalsRow {
    let few = |count: u64| count > 0 && count < least;
    let count = |count: u64| Some(count).filter(|count| !few(*count) && !few(sums.people - count));
    TotalsRow {
        squad,
        people: sums.people,
        with_delivery_owner: count(sums.delivery),
        with_craft_owner: count(sums.craft),
        with_two_different: count(sums.different),
    }
}
