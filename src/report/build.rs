//! A scorecard becomes a report.

use std::collections::HashMap;
use std::hash::Hash;

use super::contract::Version;
use super::factors::Factors;
use super::forecast::Ahead;
use super::identity::Called;
use super::order::{Ordered, Public};
use super::privacy::{Privacy, TooFew, people_of};
use super::speak::Speaker;
use super::{
    Count, CoverageReport, PartRow, Parts, RangeRow, Report, Row, Score, SetAside, Tool, UnknownRow,
    WarningRow, WrittenOffRow, aggregate,
};
use crate::base::ids::{GuildIx, PersonIx, SquadIx, Subject};
use crate::base::message::message;
use crate::base::names::{FastMap, Untrusted};
use crate::base::parallel;
use crate::base::points::{MilliPoints, Thousandths};
use crate::rules;
use crate::score::breakdown::{self, Slice};
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::{Scorecard, headline, range};
use crate::source::Sources;

/// What a report needs besides the scorecard.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions<'s> {
    /// Where the names of files are.
    pub sources: &'s Sources,
    /// The version of the program.
    pub version: &'static str,
    /// How much of the people it shows.
    pub privacy: &'s Privacy,
    /// What the portfolio is called besides what it says itself.
    pub called: Called<'s>,
}

/// Makes the report of a scorecard, where it is of enough people to be shown like that.
pub fn build<'s>(card: &'s Scorecard<'s>, options: BuildOptions<'s>) -> Result<Report<'s>, TooFew> {
    let privacy = options.privacy;
    privacy.check(card)?;
    let factors = Factors::new(card, options.sources, privacy);
    let policy = card.facts.policy;
    let sum = |part: fn(&Factor) -> MilliPoints| card.factors.iter().map(part).sum();
    let ((by_squad, by_guild), (by_owner, written_off)) = parallel::both(
        card.factors.len(),
        || groups(card, &factors),
        || (owners(card, &factors), written_off(card, &factors)),
    );
    Ok(Report {
        schema_version: Version,
        tool: Tool { name: "debt", version: options.version },
        portfolio: factors.speaker.portfolio_name(),
        portfolio_id: factors.speaker.identity(options.called, &card.part),
        as_of: card.facts.day,
        policy_hash: policy.hash(&rules::catalog()),
        privacy: privacy.word(),
        min_group: privacy.pooling().map(|pooling| pooling.min_group),
        score: score_of(card),
        range: {
            let high = range::high(card);
            RangeRow { high_mp: high, high_points: Thousandths(high.mp()) }
        },
        parts: Parts {
            principal_mp: sum(|factor| factor.amounts.principal),
            fees_mp: sum(|factor| factor.amounts.fees),
            interest_mp: sum(|factor| factor.amounts.interest),
        },
        coverage: coverage(card, privacy),
        by_rule: of_all(
            card,
            public_rows(
                card,
                |factor| factor.rule,
                |rule| {
                    let rule = rules::at(rule);
                    (Untrusted::new(rule.code), Some(Untrusted::new(rule.name)))
                },
            ),
        ),
        by_group: of_all(
            card,
            public_rows(card, breakdown::group, |group| (Untrusted::new(group.key()), None)),
        ),
        by_squad,
        by_guild,
        by_owner,
        written_off,
        warnings: warnings(card, &factors),
        tasks: None,
        tasks_left_out: None,
        forecast: Ahead::default(),
        change: None,
        part: part(&card.part, &factors.speaker),
        factors,
    })
}

/// The headline.
pub(super) fn score_of(card: &Scorecard<'_>) -> Score {
    Score {
        mp: card.score,
        points: Thousandths(card.score.mp()),
        people: card.people,
        intensity: headline::intensity(card.score, card.people),
        index: headline::index(card.score, card.people),
        grade: headline::grade(card.score, card.people, card.facts.policy),
    }
}

/// Rows that are each the sum over everybody.
fn of_all(card: &Scorecard<'_>, rows: Ordered<Row>) -> Ordered<Row> {
    rows.map(|row| row.of(Some(card.people)))
}

/// The rows by squad and by guild.
fn groups(card: &Scorecard<'_>, factors: &Factors<'_>) -> (Ordered<Row>, Ordered<Row>) {
    if let Some(pooling) = factors.speaker.privacy().pooling() {
        return aggregate::groups(card, pooling, &factors.speaker);
    }
    let mut squads: FastMap<Option<SquadIx>, u64> = FastMap::default();
    let mut guilds: FastMap<Option<GuildIx>, u64> = FastMap::default();
    for (squad, guild) in people_of(card) {
        *squads.entry(squad).or_default() += 1;
        *guilds.entry(guild).or_default() += 1;
    }
    let squad = |factor: &Factor| breakdown::squad(&card.facts, factor);
    let guild = |factor: &Factor| breakdown::guild(&card.facts, factor);
    let by_squad = || {
        slices(card, squad, |slice| {
            row(card, slice, |at| named(factors, Subject::Squad(at)))
                .of(squads.get(&slice.key).copied().or(Some(0)))
        })
    };
    let by_guild = || {
        slices(card, guild, |slice| {
            row(card, slice, |at| named(factors, Subject::Guild(at)))
                .of(guilds.get(&slice.key).copied().or(Some(0)))
        })
    };
    let (by_squad, by_guild) = parallel::both(card.factors.len(), by_squad, by_guild);
    let privacy = factors.speaker.privacy();
    (Ordered::new(by_squad, privacy), Ordered::new(by_guild, privacy))
}

/// The rows by who can act.
fn owners(card: &Scorecard<'_>, factors: &Factors<'_>) -> Ordered<Row> {
    if !factors.speaker.privacy().shows_each() {
        return Ordered::none();
    }
    let rows = slices(card, |factor| factor.found.owner, |slice| row(card, slice, |at| owner(factors, at)));
    // An id is one person's; what is shown instead may be of several.
    let is_joined = factors.speaker.privacy().withholds_text();
    Ordered::by_label(if is_joined { joined(rows, card.score) } else { rows })
}

fn owner(factors: &Factors<'_>, person: PersonIx) -> (Untrusted, Option<Untrusted>) {
    let key = factors.speaker.key(person);
    let name = Some(factors.speaker.subject(Subject::Person(person))).filter(|name| *name != key);
    (key, name)
}

/// Rows with the same key as one: several people have one role.
fn joined(rows: Vec<Row>, score: MilliPoints) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    let mut at: HashMap<Option<Untrusted>, usize> = HashMap::new();
    for row in rows {
        if let Some(sum) = at.get(&row.key).and_then(|at| all.get_mut(*at)) {
            let (key, name) = (sum.key.take(), sum.name.take());
            *sum = Row::new(key, name, sum.count + row.count, sum.mp + row.mp, score);
        } else {
            at.insert(row.key.clone(), all.len());
            all.push(row);
        }
    }
    all
}

fn named(factors: &Factors<'_>, subject: Subject) -> (Untrusted, Option<Untrusted>) {
    let id = factors.speaker.id(subject);
    let name = factors.speaker.subject(subject);
    let name = (name != id).then_some(name);
    (id, name)
}

fn slices<K: Ord + Hash + Copy>(
    card: &Scorecard<'_>,
    key: impl Fn(&Factor) -> Option<K>,
    row: impl Fn(Slice<K>) -> Row,
) -> Vec<Row> {
    breakdown::by(&card.factors, key).into_iter().map(row).collect()
}

fn row<K>(card: &Scorecard<'_>, slice: Slice<K>, name: impl Fn(K) -> (Untrusted, Option<Untrusted>)) -> Row {
    let (key, name) = slice.key.map(name).unzip();
    Row::new(key, name.flatten(), slice.count, slice.sum, card.score)
}

/// The rows of something that is the same in every portfolio.
fn public_rows<K: Public + Ord + Hash + Copy>(
    card: &Scorecard<'_>,
    key: impl Fn(&Factor) -> K,
    name: impl Fn(K) -> (Untrusted, Option<Untrusted>),
) -> Ordered<Row> {
    let slices = breakdown::by(&card.factors, |factor| Some(key(factor)));
    Ordered::of_public(slices.into_iter().map(|slice| (slice.key, row(card, slice, &name))).collect())
}

fn warnings(card: &Scorecard<'_>, factors: &Factors<'_>) -> Ordered<WarningRow> {
    let privacy = factors.speaker.privacy();
    if !privacy.shows_each() {
        return aggregate::warnings(card);
    }
    let row = |warning: &crate::model::Warning| WarningRow {
        code: warning.code,
        message: factors.speaker.say(&warning.message),
        location: factors.location(warning.at),
    };
    let rows: Vec<WarningRow> = card.warnings.iter().map(row).collect();
    if privacy.shows_locations() {
        return Ordered::new(rows, privacy);
    }
    // The order of the file would tell a little of where they are in it.
    Ordered::sorted(rows)
}

fn coverage(card: &Scorecard<'_>, privacy: &Privacy) -> CoverageReport {
    let total = card.coverage.total();
    let by_rule: Vec<_> = rules::all()
        .zip(&card.coverage.by_rule)
        .map(|(rule, answers)| (rule.code, rule.name, *answers))
        .collect();
    let unknown = by_rule.iter().filter(|(_, _, answers)| answers.unknown > 0);
    let coverage = CoverageReport {
        answers: total.all,
        unknown: total.unknown,
        ratio: total.ratio().map(Thousandths),
        unknown_by_rule: Ordered::sorted(
            unknown
                .map(|(code, name, answers)| UnknownRow { key: code, name, count: answers.unknown })
                .collect(),
        ),
        set_aside: SetAside {
            exempt: Count::Exactly(card.coverage.exempt),
            external: Count::Exactly(card.coverage.external),
            away: Count::Exactly(card.coverage.away),
        },
        by_rule,
    };
    match privacy.as_aggregate() {
        Some(aggregate) => aggregate::coverage(coverage, aggregate.min_group),
        None => coverage,
    }
}

fn written_off(card: &Scorecard<'_>, factors: &Factors<'_>) -> Ordered<WrittenOffRow> {
    if let Some(aggregate) = factors.speaker.privacy().as_aggregate() {
        return aggregate::written_off(card, aggregate.min_group);
    }
    let portfolio = card.facts.portfolio;
    let row = |one: &crate::score::written_off::WrittenOff| {
        let talk = portfolio.conversation(one.conversation);
        let words = talk.owner.target().zip(talk.with.target()).map(|(owner, with)| {
            let kind = talk.kind.word();
            let ended = match one.how {
                "left" => message!(with, " left on ", one.on),
                _ => message!("it was dropped on ", one.on),
            };
            message!(owner, " owed ", with, " a talk (", kind, "); ").and(ended)
        });
        WrittenOffRow {
            id: factors.speaker.factor_id(one.rule, Subject::Conversation(one.conversation)),
            mp: one.amount,
            points: Thousandths(one.amount.mp()),
            on: Some(one.on),
            how: Some(one.how),
            words: factors.speaker.say(&words.unwrap_or_default()),
        }
    };
    let rows = card.written_off.iter().map(row).collect();
    Ordered::new(rows, factors.speaker.privacy())
}

pub(super) fn part(part: &Part, speaker: &Speaker<'_>) -> Option<PartRow> {
    (!part.is_whole()).then(|| PartRow {
        only: part.only.iter().map(|rule| rules::at(*rule).code).collect(),
        squad: part.squad.map(|squad| speaker.id(Subject::Squad(squad))),
        guild: part.guild.map(|guild| speaker.id(Subject::Guild(guild))),
    })
}
