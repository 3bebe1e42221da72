//! People by their role: what is said instead of a name where a role may be known and a person may not. A role is said only
//! where enough people are called by it; everybody else is "somebody", and those are enough people too.

use std::collections::BTreeMap;

use crate::base::day::Day;
use crate::base::ids::{GuildIx, PersonIx, SquadIx};
use crate::model::{Person, Portfolio, target};

/// Whoever has no role that enough people have.
const SOMEBODY: &str = "somebody";

/// What somebody is, the more telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Role {
    SquadLead,
    GuildLead,
    OfSquad(SquadIx),
    OfGuild(GuildIx),
}

/// What everybody is called.
#[derive(Debug)]
pub(super) struct Roles {
    by_person: Vec<Option<Role>>,
}

impl Roles {
    /// The roles of a portfolio on a day, each of at least so many people.
    pub(super) fn new(portfolio: &Portfolio, day: Day, least: u64) -> Roles {
        let people = portfolio.people.len();
        let (mut leads_squad, mut leads_guild) = (vec![false; people], vec![false; people]);
        for lead in portfolio.squads.iter().filter_map(|squad| target(squad.lead)) {
            leads_squad[lead.index()] = true;
        }
        for lead in portfolio.guilds.iter().filter_map(|guild| target(guild.lead)) {
            leads_guild[lead.index()] = true;
        }
        let person = |at: usize| &portfolio.people[at];
        let rungs: [&dyn Fn(usize) -> Option<Role>; 4] = [
            &|at| leads_squad[at].then_some(Role::SquadLead),
            &|at| leads_guild[at].then_some(Role::GuildLead),
            &|at| target(person(at).squad).map(Role::OfSquad),
            &|at| target(person(at).guild).map(Role::OfGuild),
        ];
        // Whoever is gone makes no group larger.
        let there: Vec<usize> = (0..people).filter(|at| is_there(person(*at), day)).collect();
        let mut by_person = vec![None; people];
        for rung in rungs {
            let mut holders: BTreeMap<Role, Vec<usize>> = BTreeMap::new();
            for at in there.iter().copied().filter(|at| by_person[*at].is_none()) {
                if let Some(role) = rung(at) {
                    holders.entry(role).or_default().push(at);
                }
            }
            for (role, all) in holders.into_iter().filter(|(_, all)| is_enough(all.len(), least)) {
                for at in all {
                    by_person[at] = Some(role);
                }
            }
        }
        pool_the_rest(&mut by_person, &there, least);
        Roles { by_person }
    }

    /// What a person is called.
    pub(super) fn of(&self, person: PersonIx, group: impl Fn(Group) -> String) -> String {
        match self.by_person.get(person.index()).copied().flatten() {
            None => SOMEBODY.to_owned(),
            Some(Role::SquadLead) => "a squad lead".to_owned(),
            Some(Role::GuildLead) => "a guild lead".to_owned(),
            Some(Role::OfSquad(squad)) => format!("a member of squad {}", group(Group::Squad(squad))),
            Some(Role::OfGuild(guild)) => format!("a member of guild {}", group(Group::Guild(guild))),
        }
    }
}

/// A group whose name is said.
#[derive(Clone, Copy, Debug)]
pub(super) enum Group {
    Squad(SquadIx),
    Guild(GuildIx),
}

fn is_there(person: &Person, day: Day) -> bool {
    person.left.is_none_or(|left| left > day) && person.started.is_none_or(|started| started <= day)
}

fn is_enough(count: usize, least: u64) -> bool {
    u64::try_from(count).is_ok_and(|count| count >= least)
}

/// Where too few are "somebody", that word would say who they are: the smallest roles become it too.
fn pool_the_rest(by_person: &mut [Option<Role>], there: &[usize], least: u64) {
    loop {
        let rest = there.iter().filter(|at| by_person[**at].is_none()).count();
        if rest == 0 || is_enough(rest, least) {
            return;
        }
        let mut sizes: BTreeMap<Role, usize> = BTreeMap::new();
        there.iter().filter_map(|at| by_person[*at]).for_each(|role| *sizes.entry(role).or_default() += 1);
        let Some((smallest, _)) = sizes.into_iter().min_by_key(|(role, count)| (*count, *role)) else {
            return;
        };
        by_person.iter_mut().filter(|role| **role == Some(smallest)).for_each(|role| *role = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(sizes: &[(Option<Role>, usize)], least: u64) -> Vec<Option<Role>> {
        let mut all: Vec<Option<Role>> = sizes.iter().flat_map(|(role, count)| vec![*role; *count]).collect();
        let there: Vec<usize> = (0..all.len()).collect();
        pool_the_rest(&mut all, &there, least);
        all
    }

    #[test]
    fn somebody_is_enough_people() {
        let (lead, ledger) = (Some(Role::SquadLead), Some(Role::OfSquad(SquadIx::at(0))));
        let few = roles(&[(None, 1), (lead, 5), (ledger, 8)], 5);
        assert_eq!(few.iter().filter(|role| role.is_none()).count(), 6);
        let enough = roles(&[(None, 5), (lead, 5)], 5);
        assert_eq!(enough.iter().filter(|role| role.is_none()).count(), 5);
        let none = roles(&[(lead, 5)], 5);
        assert_eq!(none, vec![lead; 5]);
        let too_few = roles(&[(None, 2), (lead, 2)], 5);
        assert_eq!(too_few, vec![None; 4]);
    }
}
