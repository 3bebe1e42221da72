//! A comparison becomes the rows of a report.

use super::change::{AgainstRow, Change, ChangedRow, GateRow, LoosenedRow};
use super::factors::Factors;
use super::speak::Speaker;
use super::{Ordered, WarningRow};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::compare::gate::Verdict;
use crate::compare::loosened::Loosened;
use crate::compare::{Changed, Comparison, Kind};
use crate::model::{Merged, Portfolio};
use crate::rules;
use crate::score::Scorecard;
use crate::source::Sources;

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
    let rows = |changed: &[Changed], head: &Factors<'_>, base: Option<&Scorecard<'_>>| {
        if !privacy.shows_each() {
            return Ordered::none();
        }
        let base = base.map(|card| Factors::new(card, before.sources, privacy));
        Ordered::sorted(changed.iter().map(|one| row(one, head, base.as_ref())).collect())
    };
    let under_base_policy = comparison.under_base_policy.as_ref().map(|under| {
        rows(&under.changed, &Factors::new(&under.head, factors.sources, privacy), under.base.as_ref())
    });
    let loosened = |one: &Loosened| LoosenedRow { kind: one.kind, message: factors.speaker.say(&one.words) };
    Change {
        against: Some(before.against),
        from_mp: comparison.ledger.map(|ledger| ledger.from),
        to_mp: comparison.head.score,
        recalibrated_mp: comparison.ledger.map(|ledger| ledger.recalibrated),
        accrued_mp: comparison.ledger.map(|ledger| ledger.accrued),
        introduced_mp: parts.introduced,
        revealed_mp: parts.revealed,
        repaired_mp: parts.repaired,
        withdrawn_mp: parts.withdrawn,
        acknowledged_mp: parts.acknowledged,
        rise_mp: parts.rise(),
        rise_base_policy_mp: comparison.parts_base_policy.map(|parts| parts.rise()),
        gate: verdict.map(|verdict| gate(verdict, &factors.speaker)),
        factors: rows(&comparison.changed, factors, comparison.base.as_ref()),
        factors_base_policy: under_base_policy.unwrap_or_else(Ordered::none),
        loosened: Ordered::new(comparison.loosened.iter().map(loosened).collect(), privacy),
        stale: Ordered::new(
            comparison.stale.iter().map(|id| factors.speaker.written_factor_id(id)).collect(),
            privacy,
        ),
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
            code: "alias-merges",
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
        introduced_mp: MilliPoints::ZERO,
        revealed_mp: MilliPoints::ZERO,
        repaired_mp: MilliPoints::ZERO,
        withdrawn_mp: MilliPoints::ZERO,
        acknowledged_mp: MilliPoints::ZERO,
        rise_mp: MilliPoints::ZERO,
        rise_base_policy_mp: None,
        gate: Some(gate(verdict, &factors.speaker)),
        factors: Ordered::none(),
        factors_base_policy: Ordered::none(),
        loosened: Ordered::none(),
        stale: Ordered::none(),
    }
}

fn gate(verdict: &Verdict, speaker: &Speaker<'_>) -> GateRow {
    GateRow {
        fail_on: verdict.fail_on.iter().map(|fail_on| fail_on.word()).collect(),
        tolerance_mp: verdict.tolerance,
        failed: !verdict.reasons.is_empty(),
        reasons: verdict.reasons.iter().map(|reason| speaker.say(reason)).collect(),
    }
}

fn row(one: &Changed, head: &Factors<'_>, base: Option<&Factors<'_>>) -> ChangedRow {
    let now = one.now.and_then(|at| head.at(at));
    let was = one.before.zip(base).and_then(|(at, base)| base.at(at));
    let grown = matches!(one.kind, Kind::Introduced | Kind::Revealed);
    let (owner_label, remedy, task, location) = match &now {
        Some(row) if grown => {
            (row.owner_label.clone(), Some(row.remedy.clone()), Some(row.task.clone()), row.location.clone())
        }
        _ => (None, None, None, None),
    };
    let entry = || head.speaker.written_factor_id(one.entry.as_deref().unwrap_or_default());
    let entry_code = one.entry.as_deref().and_then(|id| rules::all().find(|rule| id.starts_with(rule.code)));
    let acknowledged = now.as_ref().and_then(|row| row.acknowledged.clone());
    let shown = now.or(was);
    ChangedRow {
        id: shown.as_ref().map_or_else(entry, |row| row.id.clone()),
        from_mp: one.from,
        to_mp: one.to,
        kind: one.kind.word(),
        how: one.how.map(crate::compare::How::word),
        acknowledged,
        words: shown.as_ref().and_then(|row| row.evidence.first().cloned()).unwrap_or_else(entry),
        code: shown.as_ref().map(|row| row.code).or(entry_code.map(|rule| rule.code)).unwrap_or_default(),
        owner_label,
        remedy,
        task,
        location,
    }
}
