//! What somebody can do this week, and what has changed for them.

use std::collections::HashSet;

use serde::Deserialize;

use super::shown::{findings, may_see, named};
use super::{DigestAct, DigestChange, DigestReport};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::base::names::Untrusted;
use crate::report::contract::Version;
use crate::report::order::Ordered;
use crate::report::{BuildOptions, Head, Report, Task};
use crate::score::factor::Factor;

/// So many acts are told.
const MOST: usize = 3;

/// The factors of an earlier report, as far as a digest needs them.
#[derive(Deserialize)]
pub struct KeptFactors {
    as_of: String,
    factors: Vec<KeptFactor>,
}

#[derive(Deserialize)]
struct KeptFactor {
    id: String,
    owner: Option<String>,
}

impl KeptFactors {
    /// A report from its JSON.
    ///
    /// # Errors
    /// It is none; why.
    pub fn parse(json: &str) -> Result<KeptFactors, String> {
        let kept: KeptFactors = serde_json::from_str(json).map_err(|error| error.to_string())?;
        match Day::parse(&kept.as_of) {
            Some(_) => Ok(kept),
            None => Err("`as_of` is not a calendar date".to_owned()),
        }
    }
}

/// Makes the digest of somebody from a report with its tasks.
pub fn digest(
    report: &Report<'_>,
    person: PersonIx,
    since: Option<&KeptFactors>,
    options: BuildOptions<'_>,
) -> DigestReport {
    of(report, person, since, &Head::of(report.factors.card(), options), options)
}

fn of(
    report: &Report<'_>,
    person: PersonIx,
    since: Option<&KeptFactors>,
    head: &Head,
    options: BuildOptions<'_>,
) -> DigestReport {
    let factors = &report.factors;
    let card = factors.card();
    let facts = &card.facts;
    let owner = named(factors, person);
    let is_theirs = |task: &&Task| task.who.as_ref() == Some(&owner.id);
    let tasks = report.tasks.iter().flat_map(|tasks| tasks.iter());
    let all: Vec<DigestAct> = tasks.filter(is_theirs).map(act).collect();
    let (own, others): (Vec<&Factor>, Vec<&Factor>) =
        card.factors.iter().partition(|factor| factor.found.owner == Some(person));
    let from_others = others.into_iter().filter(|factor| {
        !matches!(factor.subject, Subject::Conversation(_) | Subject::Promotion(_))
            && facts.about(factor.subject) == Some(person)
            && may_see(facts, factor.subject, person)
    });
    let from_others = findings(factors, from_others);
    let changed = since.and_then(|kept| {
        let of_then = |one: &&KeptFactor| one.owner.as_deref() == Some(owner.id.raw());
        let then: HashSet<&str> = kept.factors.iter().filter(of_then).map(|one| one.id.as_str()).collect();
        let id = |factor: &Factor| factors.id(factor);
        let now: HashSet<Untrusted> = own.iter().map(|factor| id(factor)).collect();
        let new = own.iter().copied().filter(|factor| !then.contains(id(factor).raw()));
        Some(DigestChange {
            since: Day::parse(&kept.as_of)?,
            new: findings(factors, new),
            gone: then.iter().filter(|then| !now.contains(&Untrusted::new(**then))).count(),
        })
    });
    let more = all.len().saturating_sub(MOST);
    DigestReport {
        schema_version: Version,
        head: head.clone(),
        address: address(card.facts.portfolio, person, options),
        owner,
        acts: Ordered::of_acts(all).first(MOST),
        more,
        from_others,
        changed,
    }
}

/// The digest of everybody who has something in theirs.
pub fn digests(
    report: &Report<'_>,
    since: Option<&KeptFactors>,
    options: BuildOptions<'_>,
) -> Vec<DigestReport> {
    let card = report.factors.card();
    let head = Head::of(card, options);
    let all = card.facts.portfolio.person_positions();
    all.map(|person| of(report, person, since, &head, options)).filter(|digest| !digest.is_empty()).collect()
}

fn act(task: &Task) -> DigestAct {
    DigestAct {
        act: task.act.clone(),
        what: task.what.clone(),
        minutes: task.minutes,
        effect_mp: task.effect_mp,
    }
}

/// An alias that is an address.
fn address(
    portfolio: &crate::model::Portfolio,
    person: PersonIx,
    options: BuildOptions<'_>,
) -> Option<Untrusted> {
    if options.privacy.withholds_text() {
        return None;
    }
    let own = portfolio.person(person);
    let names = std::iter::once(own.id).chain(own.aliases.iter().copied());
    let text = names.map(|name| portfolio.text(name)).find(|text| is_address(text))?;
    Some(Untrusted::new(text))
}

/// Ids have letters, digits and a few signs, so one with one `@` between two words is an address.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
    })
}
