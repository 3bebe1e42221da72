//! A report without people: a row for each rule, squads and guilds of enough people and the rest of them pooled, and
//! counts that would identify somebody left out.

use std::collections::{BTreeMap, HashSet};

use super::order::{Ordered, Pooled};
use super::pool::pool;
use super::privacy::{Aggregate, people_of};
use super::pseudonym::Key;
use super::speak::Speaker;
use super::{
    Count, CoverageReport, FactorRow, Row, SetAside, SubjectRow, Task, UnknownRow, WarningRow, WrittenOffRow,
};
use crate::base::ids::{GuildIx, RuleIx, SquadIx, Subject};
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::rules;
use crate::score::Scorecard;
use crate::score::amounts::Amounts;
use crate::score::breakdown;
use crate::score::coverage::Answers;
use crate::score::factor::Factor;
use crate::source::Code;

/// The key of the row that small groups are pooled in.
pub(super) const OTHERS: &str = "others";
/// What the rules are called whose numbers are too small to be shown one by one.
const FEW_ANSWERS: &str = "rules with few answers";

/// All factors of a rule.
#[derive(Debug)]
pub(super) struct RuleSum {
    pub(super) rule: RuleIx,
    pub(super) count: u64,
    amounts: Amounts,
}

impl RuleSum {
    pub(super) fn value(&self) -> MilliPoints {
        self.amounts.value()
    }

    /// About how many minutes all of them take at most. What one act resolves is not counted once here, as it is
    /// elsewhere: the number would tell how many of them belong together.
    pub(super) fn minutes(&self) -> i64 {
        rules::at(self.rule).minutes.saturating_mul(i64::try_from(self.count).unwrap_or(i64::MAX))
    }

    /// What to do, in a few words, with the rule's name.
    pub(super) fn task(&self) -> Untrusted {
        let rule = rules::at(self.rule);
        let first = rule.page.remedy.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let mut characters = first.chars();
        let lower = characters.next().map(|first| first.to_lowercase().chain(characters).collect::<String>());
        Untrusted::new(format!("{} ({})", lower.unwrap_or_default(), rule.name))
    }

    /// All acts of the rule as one task with this effect.
    pub(super) fn as_task(&self, effect_mp: MilliPoints, high_effect_mp: MilliPoints) -> Task {
        Task {
            act: Untrusted::new(self.act_id()),
            who: None,
            who_label: None,
            what: self.task(),
            minutes: self.minutes(),
            effect_mp,
            high_effect_mp,
            factors: vec![Untrusted::new(id_of(self.rule))],
            assumes: Vec::new(),
            choices: Vec::new(),
        }
    }

    fn act_id(&self) -> String {
        format!("resolve:rule:{}", rules::at(self.rule).code)
    }

    pub(super) fn row(&self, score: MilliPoints) -> FactorRow {
        let rule = rules::at(self.rule);
        let count = counted(self.count, "finding", "findings");
        FactorRow {
            id: Untrusted::new(id_of(self.rule)),
            code: rule.code,
            name: rule.name,
            count: self.count,
            subject: SubjectRow {
                kind: "portfolio",
                id: Untrusted::new("portfolio"),
                label: Untrusted::new("portfolio"),
            },
            mp: self.value(),
            points: Thousandths(self.value().mp()),
            share: self.value().share_of(score),
            principal_mp: self.amounts.principal,
            fees_mp: self.amounts.fees,
            interest_mp: self.amounts.interest,
            onset: None,
            owner: None,
            owner_label: None,
            squad: None,
            guild: None,
            evidence: vec![Untrusted::new(format!("{}: {}", rule.page.what.trim_end_matches('.'), count))],
            act: Untrusted::new(self.act_id()),
            remedy: Untrusted::new(rule.page.remedy),
            minutes: self.minutes(),
            acknowledged: None,
            location: None,
            group: rule.group.key(),
            task: self.task(),
        }
    }
}

/// The identity of a rule's row.
pub(super) fn id_of(rule: RuleIx) -> String {
    format!("{}:portfolio:portfolio", rules::at(rule).code)
}

/// A sum for each rule that found something, worst first, ties by code.
pub(super) fn by_rule(factors: &[Factor]) -> Vec<RuleSum> {
    let mut sums: BTreeMap<RuleIx, RuleSum> = BTreeMap::new();
    for factor in factors {
        let new = || RuleSum { rule: factor.rule, count: 0, amounts: Amounts::default() };
        let sum = sums.entry(factor.rule).or_insert_with(new);
        sum.count += 1;
        sum.amounts.principal += factor.amounts.principal;
        sum.amounts.fees += factor.amounts.fees;
        sum.amounts.interest += factor.amounts.interest;
    }
    let mut sums: Vec<RuleSum> = sums.into_values().collect();
    sums.sort_by_key(|sum| (std::cmp::Reverse(sum.value()), sum.rule));
    sums
}

/// The rows by squad and by guild. Every squad and guild with people is in one, whether it has debt or not: what is
/// missing could be told by subtraction else.
pub(super) fn groups(
    card: &Scorecard<'_>,
    aggregate: &Aggregate,
    speaker: &Speaker<'_>,
) -> (Ordered<Row>, Ordered<Row>) {
    let portfolio = card.facts.portfolio;
    let (squads, guilds) = (portfolio.squads.len(), portfolio.guilds.len());
    let squad_slot = |squad: Option<SquadIx>| squad.map_or(squads, SquadIx::index);
    let guild_slot = |guild: Option<GuildIx>| guild.map_or(guilds, GuildIx::index);
    let people: Vec<(usize, usize)> =
        people_of(card).map(|(squad, guild)| (squad_slot(squad), guild_slot(guild))).collect();
    let (squads_pooled, guilds_pooled) = if aggregate.guilds_first {
        let turned: Vec<(usize, usize)> = people.iter().map(|(squad, guild)| (*guild, *squad)).collect();
        let (guilds_pooled, squads_pooled) = pool(aggregate.min_group, &turned, guilds + 1, squads + 1);
        (squads_pooled, guilds_pooled)
    } else {
        pool(aggregate.min_group, &people, squads + 1, guilds + 1)
    };
    let mut by_squad = Sums::new(&squads_pooled);
    let mut by_guild = Sums::new(&guilds_pooled);
    for (squad, guild) in people {
        by_squad.person(squad);
        by_guild.person(guild);
    }
    for factor in &card.factors {
        by_squad.factor(squad_slot(breakdown::squad(&card.facts, factor)), factor);
        by_guild.factor(guild_slot(breakdown::guild(&card.facts, factor)), factor);
    }
    let id = |name| portfolio.text(name);
    let key = aggregate.key.as_ref();
    let squad_key =
        |slot: usize| pseudonym(key, "squad", portfolio.squads.get(slot).map(|squad| id(squad.id)));
    let guild_key =
        |slot: usize| pseudonym(key, "guild", portfolio.guilds.get(slot).map(|guild| id(guild.id)));
    // By roles the names of squads and guilds are said.
    let says_names = speaker.privacy().shows_each();
    let name = |subject| says_names.then(|| speaker.subject(subject));
    let squad_name = |slot: usize| (slot < squads).then(|| name(Subject::Squad(SquadIx::at(slot)))).flatten();
    let guild_name = |slot: usize| (slot < guilds).then(|| name(Subject::Guild(GuildIx::at(slot)))).flatten();
    (
        by_squad.rows("squad", card.score, squad_key, squad_name),
        by_guild.rows("guild", card.score, guild_key, guild_name),
    )
}

pub(super) fn pseudonym(key: Option<&Key>, kind: &str, id: Option<&str>) -> Option<String> {
    key.zip(id).map(|(key, id)| key.pseudonym(kind, id))
}

/// What the slots of a breakdown hold; the last slot is for what belongs to no group.
struct Sums<'p> {
    pooled: &'p [bool],
    /// People, factors and their sum, for each slot that is not pooled, and then for the pool.
    sums: Vec<(u64, u64, MilliPoints)>,
}

impl Sums<'_> {
    fn new(pooled: &[bool]) -> Sums<'_> {
        Sums { pooled, sums: vec![(0, 0, MilliPoints::ZERO); pooled.len() + 1] }
    }

    fn sum(&mut self, slot: usize) -> &mut (u64, u64, MilliPoints) {
        let slot = if self.pooled[slot] { self.pooled.len() } else { slot };
        &mut self.sums[slot]
    }

    fn person(&mut self, slot: usize) {
        self.sum(slot).0 += 1;
    }

    fn factor(&mut self, slot: usize, factor: &Factor) {
        let sum = self.sum(slot);
        sum.1 += 1;
        sum.2 += factor.value();
    }

    fn rows(
        self,
        kind: &str,
        score: MilliPoints,
        key: impl Fn(usize) -> Option<String>,
        name: impl Fn(usize) -> Option<Untrusted>,
    ) -> Ordered<Row> {
        let (none, others) = (self.pooled.len() - 1, self.pooled.len());
        let mut rows: Vec<Pooled> = Vec::new();
        for (slot, (people, count, mp)) in self.sums.into_iter().enumerate() {
            if people == 0 && count == 0 {
                continue;
            }
            let named = slot != none && slot != others;
            let key = if slot == others { Some(OTHERS.to_owned()) } else { key(slot) };
            let row = Row::new(key.map(Untrusted::new), name(slot), count, mp, score).of(Some(people));
            rows.push(Pooled { named, row });
        }
        let mut number = 0;
        Ordered::sorted(rows).map(|Pooled { named, mut row }| {
            if named && row.key.is_none() {
                number += 1;
                row.key = Some(Untrusted::new(format!("{kind}-{number}")));
            }
            row
        })
    }
}

/// Warnings, counted by kind.
pub(super) fn warnings(card: &Scorecard<'_>) -> Ordered<WarningRow> {
    let mut counts: BTreeMap<Code, i64> = BTreeMap::new();
    card.warnings.iter().for_each(|warning| *counts.entry(warning.code).or_default() += 1);
    let row = |(code, count): (Code, i64)| {
        let message = format!("{} of the kind {code}", counted(count, "warning", "warnings"));
        WarningRow { code, message: Untrusted::new(message), location: None }
    };
    Ordered::sorted(counts.into_iter().map(row).collect())
}

/// Everything written off as one row, where it is about enough people; else nothing, since who has left is known.
pub(super) fn written_off(card: &Scorecard<'_>, least: u64) -> Ordered<WrittenOffRow> {
    let portfolio = card.facts.portfolio;
    let with =
        card.written_off.iter().filter_map(|one| portfolio.conversation(one.conversation).with.target());
    let people = u64::try_from(with.collect::<HashSet<_>>().len()).unwrap_or(u64::MAX);
    let Some(rule) = card.written_off.first().map(|one| one.rule).filter(|_| people >= least) else {
        return Ordered::none();
    };
    let mp: MilliPoints = card.written_off.iter().map(|one| one.amount).sum();
    let count = counted(card.written_off.len(), "conversation", "conversations");
    Ordered::sorted(vec![WrittenOffRow {
        id: Untrusted::new(id_of(rule)),
        mp,
        points: Thousandths(mp.mp()),
        on: None,
        how: None,
        words: Untrusted::new(format!("{count} written off: the person left, or it was dropped")),
    }])
}

/// Coverage without counts of few.
pub(super) fn coverage(mut coverage: CoverageReport, least: u64) -> CoverageReport {
    let few = |count: i64| u64::try_from(count).unwrap_or(0) < least;
    let mut unknown: BTreeMap<(&'static str, &'static str), i64> = BTreeMap::new();
    for UnknownRow { key, name, count } in coverage.unknown_by_rule {
        *unknown.entry(if few(count) { (OTHERS, FEW_ANSWERS) } else { (key, name) }).or_default() += count;
    }
    let unknown = unknown.into_iter().map(|((key, name), count)| UnknownRow { key, name, count });
    let unknown = Ordered::sorted(unknown.collect());
    let mut pooled = Answers::default();
    coverage.by_rule.retain(|(_, _, answers)| {
        // The difference to the number of factors would show who has none.
        let keep = answers.all == 0 || !(few(answers.all) || (answers.unknown > 0 && few(answers.unknown)));
        if !keep {
            pooled.all += answers.all;
            pooled.unknown += answers.unknown;
        }
        keep
    });
    if pooled.all > 0 {
        coverage.by_rule.push((OTHERS, FEW_ANSWERS, pooled));
    }
    let aside = coverage.set_aside;
    let count = |count: Count| count.or_under(least);
    let set_aside =
        SetAside { exempt: count(aside.exempt), external: count(aside.external), away: count(aside.away) };
    CoverageReport { unknown_by_rule: unknown, set_aside, ..coverage }
}
