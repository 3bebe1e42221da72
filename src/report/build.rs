//! A scorecard becomes a report.

use std::collections::BTreeMap;

use super::factors::Factors;
use super::{CoverageReport, PartRow, Parts, Report, Row, Score, SetAside, Tool, WarningRow, WrittenOffRow};
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Label;
use crate::base::phrase::phrase;
use crate::base::points::{MilliPoints, Thousandths};
use crate::rules;
use crate::score::breakdown::{self, Slice};
use crate::score::factor::{Factor, id_of};
use crate::score::{Scorecard, headline};
use crate::source::Sources;

/// What a report needs besides the scorecard.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions<'s> {
    /// Where the names of files are.
    pub sources: &'s Sources,
    /// The version of the program.
    pub version: &'static str,
}

/// Makes the report of a scorecard.
pub fn build<'s>(card: &'s Scorecard<'s>, options: BuildOptions<'s>) -> Report<'s> {
    let factors = Factors::new(card, options.sources);
    let portfolio = card.facts.portfolio;
    let policy = card.facts.policy;
    let sum = |part: fn(&Factor) -> MilliPoints| card.factors.iter().map(part).sum();
    Report {
        schema_version: 1,
        tool: Tool { name: "debt", version: options.version },
        portfolio: portfolio.name.map(|name| factors.speaker.text(name)),
        as_of: card.facts.day,
        policy_hash: policy.hash(&rules::catalog()),
        privacy: "names",
        score: Score {
            mp: card.score,
            points: Thousandths(card.score.mp()),
            people: card.people,
            intensity: headline::intensity(card.score, card.people),
            index: headline::index(card.score, card.people),
            grade: headline::grade(card.score, card.people, policy),
        },
        parts: Parts {
            principal_mp: sum(|factor| factor.amounts.principal),
            fees_mp: sum(|factor| factor.amounts.fees),
            interest_mp: sum(|factor| factor.amounts.interest),
        },
        coverage: coverage(card),
        by_rule: rows(
            card,
            |factor| Some(factor.rule),
            |rule| {
                let rule = rules::at(rule);
                (Label::new(rule.code), Some(Label::new(rule.name)))
            },
        ),
        by_group: rows(
            card,
            |factor| Some(breakdown::group(factor)),
            |group| (Label::new(group.key()), None),
        ),
        by_squad: rows(
            card,
            |factor| breakdown::squad(&card.facts, factor),
            |at| named(&factors, Subject::Squad(at)),
        ),
        by_guild: rows(
            card,
            |factor| breakdown::guild(&card.facts, factor),
            |at| named(&factors, Subject::Guild(at)),
        ),
        by_owner: rows(card, |factor| factor.found.owner, |at| named(&factors, Subject::Person(at))),
        written_off: written_off(card, &factors),
        warnings: card
            .warnings
            .iter()
            .map(|warning| WarningRow {
                code: warning.code,
                message: factors.speaker.say(&warning.message),
                location: factors.location(warning.at),
            })
            .collect(),
        change: None,
        part: part(card, &factors),
        factors,
    }
}

fn named(factors: &Factors<'_>, subject: Subject) -> (Label, Option<Label>) {
    let id = factors.speaker.id(subject);
    let name = factors.speaker.subject(subject);
    let name = (name != id).then_some(name);
    (id, name)
}

fn rows<K: Ord + Copy>(
    card: &Scorecard<'_>,
    key: impl Fn(&Factor) -> Option<K>,
    name: impl Fn(K) -> (Label, Option<Label>),
) -> Vec<Row> {
    let row = |slice: Slice<K>| {
        let (key, name) = slice.key.map(&name).unzip();
        Row {
            key,
            name: name.flatten(),
            count: slice.count,
            mp: slice.sum,
            points: Thousandths(slice.sum.mp()),
            share: Thousandths(slice.sum.share_of(card.score)),
        }
    };
    breakdown::by(&card.factors, key).into_iter().map(row).collect()
}

fn coverage(card: &Scorecard<'_>) -> CoverageReport {
    let total = card.coverage.total();
    let by_rule: Vec<_> = rules::all()
        .zip(&card.coverage.by_rule)
        .map(|(rule, answers)| (rule.code, rule.name, *answers))
        .collect();
    let unknown = by_rule.iter().filter(|(_, _, answers)| answers.unknown > 0);
    CoverageReport {
        answers: total.all,
        unknown: total.unknown,
        ratio: total.ratio().map(Thousandths),
        unknown_by_rule: unknown
            .map(|(code, _, answers)| (*code, answers.unknown))
            .collect::<BTreeMap<_, _>>(),
        set_aside: SetAside {
            exempt: card.coverage.exempt,
            external: card.coverage.external,
            away: card.coverage.away,
        },
        by_rule,
    }
}

fn written_off(card: &Scorecard<'_>, factors: &Factors<'_>) -> Vec<WrittenOffRow> {
    let portfolio = card.facts.portfolio;
    let rule = rules::all().position(|rule| rule.code == "D301").map_or(RuleIx::at(0), RuleIx::at);
    let row = |one: &crate::score::written_off::WrittenOff| {
        let talk = portfolio.conversation(one.conversation);
        let words = talk.owner.target().zip(talk.with.target()).map(|(owner, with)| {
            let kind = talk.kind.word();
            let ended = match one.how {
                "left" => phrase!(with, " left on ", one.on),
                _ => phrase!("it was dropped on ", one.on),
            };
            phrase!(owner, " owed ", with, " a talk (", kind, "); ").and(ended)
        });
        WrittenOffRow {
            id: Label::new(id_of(portfolio, rule, Subject::Conversation(one.conversation))),
            mp: one.amount,
            points: Thousandths(one.amount.mp()),
            on: one.on,
            how: one.how,
            words: factors.speaker.say(&words.unwrap_or_default()),
        }
    };
    card.written_off.iter().map(row).collect()
}

fn part(card: &Scorecard<'_>, factors: &Factors<'_>) -> Option<PartRow> {
    let part = &card.part;
    (!part.is_whole()).then(|| PartRow {
        only: part.only.iter().map(|rule| rules::at(*rule).code).collect(),
        squad: part.squad.map(|squad| factors.speaker.id(Subject::Squad(squad))),
        guild: part.guild.map(|guild| factors.speaker.id(Subject::Guild(guild))),
    })
}
