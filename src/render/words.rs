//! Sentences that more than one format says: the headline, the gate's verdict, a change's parts. Raw: each format
//! escapes them as it must.

use super::table::parts::one_decimal;
use crate::base::day::{Day, Days};
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::report::{AcknowledgedRow, Change, ChangedRow, GateRow, Report, Task, TripRow};

/// Text of a portfolio is cut after this many characters where a format has no room for more.
const LONGEST: usize = 300;

/// Text that is not longer than a message can be.
pub(super) fn shortened(text: &str) -> String {
    let mut characters = text.chars();
    let mut start: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        start.push('\u{2026}');
    }
    start
}

/// How high the score could be, where anything is unknown and it tells more than the score.
pub(super) fn up_to(report: &Report<'_>) -> Option<String> {
    let high = report.range.high_points;
    (report.range.high_mp > report.score.mp).then(|| {
        format!("Up to {} points, counting one unit for each question not answered", one_decimal(high.0))
    })
}

/// How many acts are not among the tasks, where there are any.
pub(super) fn not_measured(report: &Report<'_>) -> Option<String> {
    let count = report.tasks_left_out.filter(|count| *count > 0)?;
    let acts = counted(i64::try_from(count).unwrap_or(i64::MAX), "act", "acts");
    Some(format!("{acts} with fewer points not measured, since it would take long; debt plan looks at more"))
}

/// On what a task's effect depends, in a few words: what was assumed and could be otherwise; and, where the score does
/// not fall, how much that may be there can be ruled out.
pub(super) fn condition(task: &Task) -> Option<Untrusted> {
    let assumed = task.choices.first().map(|choice| format!("if {}", choice.raw()));
    let ruled_out = (task.effect_mp == MilliPoints::ZERO)
        .then(|| format!("answers what could be {} points more", one_decimal(task.high_effect_mp.mp())));
    let all: Vec<String> = ruled_out.into_iter().chain(assumed).collect();
    (!all.is_empty()).then(|| Untrusted::new(all.join(", ")))
}

/// `Northquay Payments: D, 117.3 points, 4.9 per person, on 2026-11-20`.
pub(super) fn headline(report: &Report<'_>) -> String {
    let score = &report.score;
    let name = report.portfolio.as_ref().map_or_else(|| "Portfolio".to_owned(), |name| shortened(name.raw()));
    format!(
        "{name}: {}, {} points, {} per person, on {}",
        score.grade,
        one_decimal(score.points.0),
        one_decimal(score.intensity.0),
        report.as_of
    )
}

/// Whether the gate holds, and why not.
pub(super) fn gate_verdict(gate: &GateRow) -> String {
    if !gate.failed {
        return "The gate holds".to_owned();
    }
    let reasons: Vec<String> = gate.reasons.iter().map(|reason| shortened(reason.raw())).collect();
    if reasons.is_empty() {
        "The gate failed".to_owned()
    } else {
        format!("The gate failed: {}", reasons.join("; "))
    }
}

/// What is supposed, as the heading of a change; `None` if the change has been made.
pub(super) fn supposed(change: &Change) -> Option<Untrusted> {
    let all: Vec<&str> = change.supposed.iter().map(Untrusted::raw).collect();
    (!all.is_empty()).then(|| Untrusted::new(format!("If {}", all.join("; and if "))))
}

/// The heading of what is loosened.
pub(super) const LOOSENED: &str = "More lenient than before, which is not an improvement";

/// What rises under the previous policy, and not under the one it has now.
pub(super) fn under_former_policy(change: &Change) -> impl Iterator<Item = &ChangedRow> {
    let now = change.factors.iter().filter(|row| row.kind == "introduced").map(|row| row.id.raw());
    let now: std::collections::HashSet<&str> = now.collect();
    let dearer = change.rise_base_policy_mp.is_some_and(|other| other == change.rise_mp);
    let rows = change.factors_base_policy.iter().filter(move |_| dearer);
    rows.filter(move |row| row.kind == "introduced" && !now.contains(row.id.raw()))
}

/// The rows of a change by part: what is new, what was told, what people brought or took with them, what was repaired,
/// what was withdrawn.
pub(super) fn by_part(change: &Change) -> Vec<&ChangedRow> {
    let part = |row: &&ChangedRow| match row.kind {
        "introduced" => 0,
        "revealed" => 1,
        "staffing" => 2,
        "repaired" => 3,
        _ => 4,
    };
    let mut rows: Vec<&ChangedRow> = change.factors.iter().collect();
    rows.sort_by_key(part);
    rows
}

/// How something was repaired or withdrawn, or whose coming or going changed it: `held`, `Ana: left`.
pub(super) fn how(row: &ChangedRow) -> Option<Untrusted> {
    Some(Untrusted::new(match &row.who_label {
        Some(who) => format!("{}: {}", who.raw(), row.how?),
        None => row.how?.to_owned(),
    }))
}

/// What makes it rise without being new on the day of the comparison, and why.
pub(super) fn beside_the_day<'c>(report: &Report<'_>, change: &'c Change) -> Vec<(&'c TripRow, String)> {
    let why = |trip: &TripRow| match trip.begins {
        Some(day) => Some(format!("begins on {}", day.in_short(report.as_of))),
        None if trip.let_in => Some("its acknowledgement was taken out".to_owned()),
        None => None,
    };
    change.trips.iter().filter_map(|trip| Some((trip, why(trip)?))).collect()
}

/// The question to ask before what is new is acknowledged: the day of the base, where anything could be older.
pub(super) fn asked_about(change: &Change) -> Option<Day> {
    change.to_acknowledge.as_ref()?;
    let day = change.against.as_ref()?.as_of?;
    change.trips.iter().any(|trip| !trip.let_in).then_some(day)
}

/// The heading of what makes it rise without being new on the day.
pub(super) const BESIDE: &str = "Counts as new, too";
/// What to write for what existed before.
pub(super) const WRITE_THE_DAY: &str =
    "Then write the day it began (`since:`, `raised:` or `decided:`), and it is told, not new.";
/// The heading of the acknowledgements.
pub(super) const TO_ACKNOWLEDGE: &str = "To accept it until a day, add this to the portfolio:";

/// Until when an acknowledgement holds, how long that is, and why.
pub(super) fn acknowledged(report: &Report<'_>, row: &AcknowledgedRow) -> String {
    let days = row.through.days_since(report.as_of);
    let left = days_left(days);
    format!("acknowledged through {}, {left}: {}", row.through, shortened(row.reason.raw()))
}

/// The parts of a change that are there: a word, what it means, and the amount with its sign.
pub(super) fn parts(change: &Change) -> Vec<(&'static str, &'static str, i64)> {
    let less = |amount: MilliPoints| amount.mp().saturating_neg();
    let all = [
        ("recalibrated", "another policy", change.recalibrated_mp.map(MilliPoints::mp)),
        ("accrued", "time passed", change.accrued_mp.map(MilliPoints::mp)),
        ("staffing", "people joined, left, or took over", Some(change.staffing_mp.mp())),
        ("introduced", "new or larger", Some(change.introduced_mp.mp())),
        ("revealed", "recorded only now", Some(change.revealed_mp.mp())),
        ("repaired", "somebody did something about it", Some(less(change.repaired_mp))),
        ("withdrawn", "gone for other reasons", Some(less(change.withdrawn_mp))),
    ];
    all.into_iter()
        .filter_map(|(word, meaning, amount)| Some((word, meaning, amount.filter(|amount| *amount != 0)?)))
        .collect()
}

/// What the change is against, as a sentence goes on: ` against main of 2026-11-01`; empty if only budgets are
/// asked. The name is shown as the format shows text.
pub(super) fn against(report: &Report<'_>, change: &Change, shown: impl Fn(&Untrusted) -> String) -> String {
    let Some(against) = &change.against else { return String::new() };
    let day =
        against.as_of.filter(|day| *day != report.as_of).map(|day| format!(" of {day}")).unwrap_or_default();
    let name = shown(&against.name);
    match against.kind {
        "nothing" => format!(" with nothing to compare with: there is no {name}"),
        "baseline" if against.name.raw() != "baseline" => format!(" against the baseline {name}{day}"),
        // Where files are withheld the name is the kind.
        "baseline" | "revision" if against.name.raw() == against.kind => {
            format!(" against a {}{day}", against.kind)
        }
        "files" if against.name.raw() == against.kind => format!(" against other files{day}"),
        _ => format!(" against {name}{day}"),
    }
}

/// Whether each factor is shown, so that one can say which of them changed and whose they are.
pub(super) fn shows_each(report: &Report<'_>) -> bool {
    report.min_group.is_none()
}

/// An amount with its sign and one decimal: `+4.0`, `\u{2212}1.5`, `0.0`.
pub(super) fn signed(mp: i64) -> String {
    let size = one_decimal(mp.saturating_abs());
    match mp {
        0 => size,
        more if more > 0 => format!("+{size}"),
        _ => format!("\u{2212}{size}"),
    }
}

/// `1 day left`, `12 days left`.
pub(super) fn days_left(days: Days) -> String {
    format!("{} left", counted(days, "day", "days"))
}
