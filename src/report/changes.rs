//! A comparison becomes the rows of a report.

use std::collections::HashSet;

use super::change::{AgainstRow, Change, ChangedRow, GateRow, LoosenedRow, TripRow};
use super::factors::Factors;
use super::{Ordered, WarningRow};
use crate::base::day::Days;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::compare::gate::{FailOn, Key, Verdict};
use crate::compare::loosened::Loosened;
use crate::compare::{Changed, Comparison, Kind, Of, Trip};
use crate::model::{Merged, Portfolio};
use crate::score::Scorecard;
use crate::score::factor::Factor;
use crate::source::{Code, Sources};

/// An acknowledgement holds this many days at most.
const LONGEST_ACKNOWLEDGEMENT: Days = Days::new(31);

/// What was there before, for the report of a change.
pub struct Before<'b> {
    /// The base's texts; none of them for a baseline.
    pub sources: &'b Sources,
    /// What it is called.
    pub against: AgainstRow,
    /// Items of it that the head calls one.
    pub merged: &'b [Merged],
}

/// The rows of a comparison. `factors` are the head's.
pub fn change(
    comparison: &Comparison<'_>,
    factors: &Factors<'_>,
    before: Before<'_>,
    verdict: Option<&Verdict>,
) -> Change {
    let parts = &comparison.parts;
    let privacy = factors.speaker.privacy();
    let rows = |changed: &[Changed], head: &Factors<'_>, base: Option<[&Scorecard<'_>; 2]>| {
        if !privacy.shows_each() {
            return Ordered::none();
        }
        let base = base.map(|cards| cards.map(|card| Factors::new(card, before.sources, privacy)));
        let states = States { head, base: base.as_ref() };
        Ordered::sorted(changed.iter().map(|one| row(one, &states)).collect())
    };
    let by_base = comparison.by_base.as_ref().map(|by_base| {
        let head = Factors::new(&by_base.head, factors.sources, privacy);
        rows(&by_base.changed, &head, Some([&by_base.undated, &by_base.base]))
    });
    let failed = verdict.is_some_and(|verdict| !verdict.reasons.is_empty());
    let base = comparison.undated.as_ref().zip(comparison.base.as_ref());
    let loosened = |one: &Loosened| LoosenedRow { kind: one.kind, message: factors.speaker.say(&one.words) };
    Change {
        against: Some(before.against),
        from_mp: Some(comparison.from),
        to_mp: comparison.head.score,
        recalibrated_mp: Some(parts.recalibrated),
        accrued_mp: Some(parts.accrued),
        staffing_mp: parts.staffing,
        introduced_mp: parts.introduced.total(),
        revealed_mp: parts.revealed.total(),
        repaired_mp: parts.repaired.total(),
        withdrawn_mp: parts.withdrawn.total(),
        introduced_interest_mp: parts.introduced.interest,
        revealed_interest_mp: parts.revealed.interest,
        repaired_interest_mp: parts.repaired.interest,
        withdrawn_interest_mp: parts.withdrawn.interest,
        acknowledged_mp: parts.acknowledged,
        rise_mp: comparison.rise().rise,
        rise_base_policy_mp: comparison.by_base.as_ref().map(|by_base| by_base.judgement.rise),
        trips: trips(comparison, factors),
        to_acknowledge: to_acknowledge(comparison, factors).filter(|_| failed),
        gate: verdict.map(|verdict| gate(verdict, factors, Some(comparison))),
        factors: rows(&comparison.changed, factors, base.map(|(undated, dated)| [undated, dated])),
        factors_base_policy: by_base.unwrap_or_else(Ordered::none),
        loosened: Ordered::new(comparison.loosened.iter().map(loosened).collect(), privacy),
        supposed: Ordered::none(),
    }
    .shown(privacy)
}

/// A warning for each two items of the base that the head calls one.
pub fn merged(merged: &[Merged], factors: &Factors<'_>, portfolio: &Portfolio) -> Ordered<WarningRow> {
    let privacy = factors.speaker.privacy();
    let row = |one: &Merged| {
        let at = portfolio.find(one.kind, &one.present).and_then(|subject| portfolio.subject_at(subject))?;
        let (kind, former, present) = (one.kind, &one.former, &one.present);
        let which = if privacy.withholds_text() {
            format!("an alias makes one of two {kind}s")
        } else {
            format!("{former} is an alias of the {kind} {present}")
        };
        let message = format!("{which}, and before there were both: links follow, the items stay two");
        Some(WarningRow {
            code: Code::AliasMerges,
            message: Untrusted::new(message),
            location: factors.speaker.location(factors.sources, at),
        })
    };
    Ordered::new(merged.iter().filter_map(row).collect(), privacy)
}

/// What the gate says of a score that is compared with nothing.
pub fn gate_only(score: MilliPoints, factors: &Factors<'_>, verdict: &Verdict) -> Change {
    Change {
        against: None,
        from_mp: None,
        to_mp: score,
        recalibrated_mp: None,
        accrued_mp: None,
        staffing_mp: MilliPoints::ZERO,
        introduced_interest_mp: MilliPoints::ZERO,
        revealed_interest_mp: MilliPoints::ZERO,
        repaired_interest_mp: MilliPoints::ZERO,
        withdrawn_interest_mp: MilliPoints::ZERO,
        trips: Ordered::none(),
        to_acknowledge: None,
        introduced_mp: MilliPoints::ZERO,
        revealed_mp: MilliPoints::ZERO,
        repaired_mp: MilliPoints::ZERO,
        withdrawn_mp: MilliPoints::ZERO,
        acknowledged_mp: MilliPoints::ZERO,
        rise_mp: MilliPoints::ZERO,
        rise_base_policy_mp: None,
        gate: Some(gate(verdict, factors, None)),
        factors: Ordered::none(),
        factors_base_policy: Ordered::none(),
        loosened: Ordered::none(),
        supposed: Ordered::none(),
    }
}

/// The acknowledgement of each factor that makes the debt rise, as YAML; nothing where nothing does, or names are
/// withheld.
fn to_acknowledge(comparison: &Comparison<'_>, factors: &Factors<'_>) -> Option<Untrusted> {
    let (trips, privacy) = (&comparison.rise().trips, factors.privacy());
    if trips.is_empty() || !privacy.shows_each() || privacy.withholds_text() {
        return None;
    }
    let named_on = comparison.head.facts.day;
    let through = named_on.plus(LONGEST_ACKNOWLEDGEMENT);
    let is_there = !comparison.head.facts.portfolio.acknowledgements.is_empty();
    let note = if is_there { "   # is there already: add the entries below it" } else { "" };
    let mut text = format!("acknowledgements:{note}\n");
    for trip in trips {
        let id = factors.speaker.factor_id(trip.rule, trip.subject);
        let begins = trip.begins.map(|day| format!("   # begins {day}")).unwrap_or_default();
        text.push_str(&format!(
            "  - factor: {}{begins}\n    reason: \"why it waits\"\n    named_on: {named_on}\n    through: {through}\n",
            id.raw()
        ));
    }
    Some(Untrusted::new(text))
}

/// What makes the debt rise.
fn trips(comparison: &Comparison<'_>, factors: &Factors<'_>) -> Ordered<TripRow> {
    if !factors.speaker.privacy().shows_each() {
        return Ordered::none();
    }
    let row = |trip: &Trip| TripRow {
        id: factors.speaker.factor_id(trip.rule, trip.subject),
        mp: trip.amount,
        let_in: trip.let_in,
        begins: trip.begins,
    };
    Ordered::sorted(comparison.rise().trips.iter().map(row).collect())
}

fn gate(verdict: &Verdict, factors: &Factors<'_>, comparison: Option<&Comparison<'_>>) -> GateRow {
    let speaker = &factors.speaker;
    GateRow {
        failing: failing(verdict, factors, comparison),
        fail_on: verdict.fail_on.iter().map(|fail_on| fail_on.word()).collect(),
        tolerance_mp: verdict.tolerance,
        failed: !verdict.reasons.is_empty(),
        reasons: verdict.reasons.iter().map(|reason| speaker.say(reason)).collect(),
    }
}

/// The factors of the head that make the gate fail: not those of a budget, which all of them fill.
fn failing(
    verdict: &Verdict,
    factors: &Factors<'_>,
    comparison: Option<&Comparison<'_>>,
) -> HashSet<Untrusted> {
    let mut keys: Vec<Key> = Vec::new();
    for fail_on in &verdict.tripped {
        match (fail_on, comparison) {
            (FailOn::Rise, Some(comparison)) => keys.extend(comparison.rise().trips.iter().map(Trip::key)),
            (FailOn::Introduced, Some(comparison)) => {
                keys.extend(comparison.introduced().trips.iter().map(Trip::key));
            }
            (FailOn::Revealed, Some(comparison)) => {
                let told = comparison.changed.iter().filter(|one| one.kind == Kind::Revealed);
                let weighs = told.filter(|one| one.to - one.from > one.interest);
                let head = &factors.card().factors;
                keys.extend(weighs.filter_map(|one| head.get(one.now?)).map(Factor::key));
            }
            (FailOn::Lapsed, _) => keys.extend(&verdict.lapsed),
            (FailOn::Any, _) => return factors.not_acknowledged(),
            // Time and leniency are nobody's factor.
            (FailOn::Accrued | FailOn::Loosened, _)
            | (FailOn::Rise | FailOn::Introduced | FailOn::Revealed, None) => {}
        }
    }
    if !factors.privacy().shows_each() {
        return HashSet::new();
    }
    keys.into_iter().map(|(rule, subject)| factors.speaker.factor_id(rule, subject)).collect()
}

/// The states that a row can speak of.
struct States<'s> {
    head: &'s Factors<'s>,
    /// The base with its own dates, and with the head's.
    base: Option<&'s [Factors<'s>; 2]>,
}

fn row(one: &Changed, states: &States<'_>) -> ChangedRow {
    let base = |which: usize, at: usize| states.base.and_then(|base| base[which].at(at));
    let shown = match one.of {
        Of::Undated(at) => base(0, at),
        Of::Base(at) => base(1, at),
        Of::Head(at) => states.head.at(at),
    };
    let stands = one.now.and_then(|at| states.head.at(at));
    let acknowledged = stands.as_ref().and_then(|row| row.acknowledged.clone());
    let shown_of_head = shown.as_ref().filter(|_| matches!(one.of, Of::Head(_)));
    let speaker = states.base.map_or(&states.head.speaker, |[undated, _]| &undated.speaker);
    ChangedRow {
        id: shown.as_ref().map_or_else(|| Untrusted::new(""), |row| row.id.clone()),
        from_mp: one.from,
        to_mp: one.to,
        interest_mp: one.interest,
        dates_from: one.dates_from,
        kind: one.kind.word(),
        how: one.how.map(crate::rules::rule::How::word),
        who: one.who.map(|who| speaker.id(Subject::Person(who))),
        acknowledged,
        owner_label: shown_of_head.and_then(|row| row.owner_label.clone()),
        remedy: shown_of_head.map(|row| row.remedy.clone()),
        task: shown_of_head.map(|row| row.task.clone()),
        location: shown_of_head.and_then(|row| row.location.clone()),
        words: shown
            .as_ref()
            .and_then(|row| row.evidence.first().cloned())
            .unwrap_or_else(|| Untrusted::new("")),
        code: shown.as_ref().map(|row| row.code).unwrap_or_default(),
        stands: stands.map(|row| row.id),
        who_label: one.who.map(|who| speaker.person(who)),
    }
}
