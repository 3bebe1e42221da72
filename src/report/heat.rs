//! Where the debt sits, crossed: squads by kind of debt. Made when a renderer asks. Never by person, and not in an
//! aggregate: there a cell would tell of few people.

use super::{Report, Row};
use crate::base::ids::{SquadIx, Subject};
use crate::base::names::{FastMap, Untrusted};
use crate::base::points::MilliPoints;
use crate::rules::rule::Group;
use crate::score::breakdown;

/// Squads by kind of debt.
pub struct Heat<'r> {
    /// The kinds that have debt, most first.
    pub kinds: Vec<&'static str>,
    /// The squads in the order of the report, each with what it has of each kind.
    pub squads: Vec<(&'r Row, Vec<MilliPoints>)>,
    /// The same over everybody.
    pub all: Vec<MilliPoints>,
}

impl Report<'_> {
    /// Squads by kind of debt; nothing where squads are pooled, or there is nothing to cross.
    pub fn heat(&self) -> Option<Heat<'_>> {
        if self.min_group.is_some() || self.by_squad.len() < 2 || self.by_group.len() < 2 {
            return None;
        }
        let card = self.factors.card();
        let mut sums: FastMap<(Option<SquadIx>, Group), MilliPoints> = FastMap::default();
        for factor in &card.factors {
            let squad = breakdown::squad(&card.facts, factor);
            *sums.entry((squad, breakdown::group(factor))).or_default() += factor.value();
        }
        let mut cells: FastMap<Option<Untrusted>, FastMap<&'static str, MilliPoints>> = FastMap::default();
        for ((squad, group), sum) in sums {
            let key = squad.map(|squad| self.factors.speaker.id(Subject::Squad(squad)));
            cells.entry(key).or_default().insert(group.key(), sum);
        }
        let key = |row: &Row| row.key.as_ref().map_or("", Untrusted::raw).to_owned();
        let kinds = self
            .by_group
            .iter()
            .filter_map(|row| Group::ALL.into_iter().map(Group::key).find(|group| *group == key(row)));
        let kinds: Vec<&'static str> = kinds.collect();
        let of = |row: &Row| {
            let of_squad = cells.get(&row.key);
            let cell =
                |kind: &&'static str| of_squad.and_then(|all| all.get(kind)).copied().unwrap_or_default();
            kinds.iter().map(cell).collect()
        };
        let squads = self.by_squad.iter().map(|row| (row, of(row))).collect();
        let all = self.by_group.iter().map(|row| row.mp).collect();
        Some(Heat { kinds, squads, all })
    }
}
