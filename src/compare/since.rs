//! The change since a baseline was written. The file knows what each factor came to on its day, and nothing else: so
//! only `principal + fees` are compared, and what time alone brought in since is accrued.

use std::collections::HashMap;

use super::baseline::Baseline;
use super::classify::{earlier_in_group, is_over, part, replaced};
use super::{Changed, Comparison, How, Key, Kind, Parts, Side, acknowledged, sort};
use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::rule::{Cost, Counted};
use crate::score::factor::{Factor, id_of};
use crate::score::part::Part;
use crate::score::warnings::named;
use crate::score::{Nobody, Scorecard, scorecard};

/// What of a factor a baseline holds.
fn held(factor: &Factor) -> MilliPoints {
    factor.amounts.principal + factor.amounts.fees
}

/// What an identity means in a portfolio, whatever it was called when it was written down.
fn key_of(head: &Scorecard<'_>, id: &str) -> Option<Key> {
    named(head.facts.portfolio, id)
}

/// Compares a portfolio with a baseline, and gives the baseline with everything that is gone taken out, and lowered
/// what is lower.
pub fn against_baseline<'p>(
    baseline: &Baseline,
    head: Side<'p>,
) -> Result<(Comparison<'p>, Baseline), Nobody> {
    let card = scorecard(head.portfolio, head.policy, head.day, Part::default())?;
    let then = scorecard(head.portfolio, head.policy, baseline.day, Part::default()).ok();
    let acknowledged = acknowledged(head.portfolio, head.day);
    let index = |card: &Scorecard<'_>| -> HashMap<Key, usize> {
        card.factors.iter().enumerate().map(|(at, factor)| (factor.key(), at)).collect()
    };
    let now = index(&card);
    let at_the_time = then.as_ref().map(index).unwrap_or_default();
    let held_then = |key: &Key| {
        let at = at_the_time.get(key)?;
        then.as_ref().and_then(|card| card.factors.get(*at)).map(held)
    };
    let mut changed = Vec::new();
    let mut stale = Vec::new();
    let mut pruned = Baseline { entries: std::collections::BTreeMap::new(), ..baseline.clone() };
    let mut known: HashMap<Key, MilliPoints> = HashMap::new();
    for (id, from) in &baseline.entries {
        let key = named(card.facts.portfolio, id).filter(|key| !known.contains_key(key));
        let at = key.and_then(|key| now.get(&key)).copied();
        let to = at.map_or(MilliPoints::ZERO, |at| held(&card.factors[at]));
        if let Some(key) = key {
            known.insert(key, *from);
        }
        if let Some((rule, subject)) = key.filter(|_| at.is_some()) {
            pruned.entries.insert(id_of(head.portfolio, rule, subject), to.min(*from));
        }
        let before = key.and_then(|key| held_then(&key));
        let entry = |to, kind, how| Changed {
            from: *from,
            to,
            kind,
            how,
            before: None,
            now: at,
            acknowledged: at.is_some_and(|at| acknowledged.contains(&card.factors[at].key())),
            entry: Some(id.clone()),
        };
        if to > *from {
            // More people to look after may have come by the calendar.
            let counts_people =
                key.is_some_and(|(rule, _)| rules::at(rule).cost == Cost::Each(Counted::People));
            let to = if counts_people { before.map_or(to, |before| before.min(to)).max(*from) } else { to };
            if to > *from {
                changed.push(entry(to, Kind::Introduced, None));
            }
        } else if to < *from {
            let ended = key.and_then(|key| ended(key, &card.facts));
            // The same data came to as much on that day: the calendar has lowered it.
            if ended.is_none() && before == Some(*from) && !was_dated_since(key, &card.facts, baseline.day) {
                continue;
            }
            let (kind, how) = ended.unwrap_or_else(|| classify(key, &card, &now, baseline.day, *from));
            stale.push(id.clone());
            changed.push(entry(to, kind, Some(how)));
        }
    }
    for (at, factor) in card.factors.iter().enumerate() {
        if known.contains_key(&factor.key()) || held(factor) == MilliPoints::ZERO {
            continue;
        }
        let lacked = held_then(&factor.key()).is_none();
        if lacked && !is_dated_after(factor, &card.facts, baseline.day) {
            continue;
        }
        changed.push(Changed {
            from: MilliPoints::ZERO,
            to: held(factor),
            kind: if is_revealed(factor, &card.facts, &known, baseline.day) {
                Kind::Revealed
            } else {
                Kind::Introduced
            },
            how: None,
            before: None,
            now: Some(at),
            acknowledged: acknowledged.contains(&factor.key()),
            entry: None,
        });
    }
    sort(&mut changed, None, &card);
    let comparison = Comparison {
        base: None,
        ledger: None,
        whole: baseline.entries.values().copied().sum(),
        parts: Parts::of(&changed),
        parts_base_policy: None,
        under_base_policy: None,
        changed,
        loosened: Vec::new(),
        stale,
        head: card,
    };
    Ok((comparison, pruned))
}

/// Whether what a factor is about happened after a day: then not time brought it in, but somebody wrote it down.
fn is_dated_after(factor: &Factor, facts: &Facts<'_>, day: Day) -> bool {
    let portfolio = facts.portfolio;
    match factor.subject {
        Subject::Conversation(at) => portfolio.conversation(at).raised > day,
        Subject::Decision(at) => {
            let decision = portfolio.decision(at);
            decision.raised > day || decision.reopened.iter().any(|reopened| *reopened > day)
        }
        Subject::Promotion(at) => portfolio.promotion(at).decided > day,
        Subject::Person(_)
        | Subject::Meeting(_)
        | Subject::Mentorship(_)
        | Subject::Squad(_)
        | Subject::Guild(_)
        | Subject::Portfolio => false,
    }
}

/// Whether something that ends a factor was written with a day after the baseline's: a review, a 1:1 that was held.
fn was_dated_since(key: Option<Key>, facts: &Facts<'_>, day: Day) -> bool {
    let portfolio = facts.portfolio;
    let since = |written: Option<Day>| written.is_some_and(|written| written > day);
    match key.map(|(_, subject)| subject) {
        Some(Subject::Meeting(at)) => since(portfolio.meeting(at).last_held),
        Some(Subject::Promotion(at)) => since(portfolio.promotion(at).reviewed),
        Some(Subject::Squad(at)) => since(portfolio.squad(at).context.and_then(|context| context.reviewed)),
        _ => false,
    }
}

/// A talk or decision of that time which was not in the file, or a label that brings something to light.
fn is_revealed(factor: &Factor, facts: &Facts<'_>, known: &HashMap<Key, MilliPoints>, day: Day) -> bool {
    if matches!(factor.subject, Subject::Conversation(_) | Subject::Decision(_)) {
        return !is_dated_after(factor, facts, day);
    }
    let mut group = rules::exclusive_group(factor.rule).map(RuleIx::at);
    group.any(|rule| {
        rule != factor.rule && rules::at(rule).is_label && known.contains_key(&(rule, factor.subject))
    })
}

/// What ends a conversation or a decision by itself, whoever is there: held, dropped, closed.
fn ended((rule, subject): Key, head: &Facts<'_>) -> Option<(Kind, How)> {
    let by_now = |day: Option<Day>| day.is_some_and(|day| day <= head.day);
    match subject {
        Subject::Conversation(at) => {
            let talk = head.portfolio.conversation(at);
            if by_now(talk.held) {
                return Some((Kind::Repaired, How::Held));
            }
            by_now(talk.dropped.map(|dropped| dropped.date)).then_some((Kind::Withdrawn, How::Dropped))
        }
        // What was reopened stays so, closed or not.
        Subject::Decision(at) if matches!(rules::at(rule).cost, Cost::Flat) => {
            let decision = head.portfolio.decision(at);
            let closed = by_now(decision.closed) && !decision.is_open(head.day);
            closed.then_some((Kind::Repaired, How::Closed))
        }
        Subject::Decision(_)
        | Subject::Person(_)
        | Subject::Meeting(_)
        | Subject::Promotion(_)
        | Subject::Mentorship(_)
        | Subject::Squad(_)
        | Subject::Guild(_)
        | Subject::Portfolio => None,
    }
}

/// Why an entry is lower or gone, as far as the head alone can tell.
fn classify(
    key: Option<Key>,
    head: &Scorecard<'_>,
    now: &HashMap<Key, usize>,
    day: Day,
    from: MilliPoints,
) -> (Kind, How) {
    let Some((rule, subject)) = key else { return (Kind::Withdrawn, How::Removed) };
    let facts = &head.facts;
    let (portfolio, entry) = (facts.portfolio, rules::at(rule));
    let about = facts.about(subject);
    let exempt = about
        .map(|person| portfolio.person(person))
        .is_some_and(|one| one.exempt_craft || one.exempt_delivery);
    if !entry.in_scope(facts, subject) {
        let how = match about {
            Some(person) if portfolio.person(person).left.is_some_and(|left| left <= facts.day) => How::Left,
            Some(person) if facts.lines.is_on_long_leave(person) => How::Away,
            Some(person) if facts.lines.is_external(person) => How::External,
            _ if exempt => How::Exempt,
            _ if is_over(facts, subject) => How::Removed,
            _ => How::Rewritten,
        };
        return (Kind::Withdrawn, how);
    }
    if head.unknown.contains(&(rule, subject)) {
        return (Kind::Withdrawn, How::Unknown);
    }
    if exempt && !entry.uses.is_empty() {
        return (Kind::Withdrawn, How::Exempt);
    }
    for earlier in earlier_in_group(rule) {
        if let Some(at) = now.get(&(earlier, subject)) {
            let by_less = held(&head.factors[*at]) < from;
            // A label is a label, whatever it brings to light.
            return if entry.is_label { (Kind::Repaired, How::Changed) } else { replaced(by_less) };
        }
    }
    part(entry.resolved_since(facts, subject, day))
}
