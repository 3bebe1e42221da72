//! What the cells of every format say. Raw: each format escapes them as it must.

use crate::base::day::Day;
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{
    AbsenceReason, AbsenceRow, LineRow, LinesReport, OneOnOneRow, OneOnOneState, OwnerState, PersonRow,
    TotalsRow,
};

/// Stands where there is nothing to say.
pub(super) const NONE: &str = "\u{2013}";

/// The portfolio's name.
pub(super) fn name(report: &LinesReport) -> Untrusted {
    report.portfolio.clone().unwrap_or_else(|| Untrusted::new("Portfolio"))
}

/// Which part of the portfolio is shown.
pub(super) fn part(report: &LinesReport) -> Option<Untrusted> {
    let part = report.part.as_ref()?;
    let squad = part.squad.iter().map(|squad| format!("squad {}", squad.raw()));
    let guild = part.guild.iter().map(|guild| format!("guild {}", guild.raw()));
    Some(Untrusted::new(format!("{} only", squad.chain(guild).collect::<Vec<_>>().join(", "))))
}

/// The row of a line.
pub(super) fn line_of(person: &PersonRow, line: Line) -> &LineRow {
    match line {
        Line::Delivery => &person.delivery,
        Line::Craft => &person.craft,
    }
}

/// `away until 11 Jan`, `left 9 Oct`.
pub(super) fn absence(row: &AbsenceRow, near: Day) -> String {
    let day = |words: &str, day: Day| format!("{words} {}", day.in_short(near));
    match (row.reason, row.since, row.until) {
        (AbsenceReason::Away, _, Some(until)) => day("away until", until),
        (AbsenceReason::Away, Some(since), None) => day("away since", since),
        (AbsenceReason::Away, None, None) => "away".to_owned(),
        (AbsenceReason::Left, Some(since), _) => day("left", since),
        (AbsenceReason::Left, None, _) => "left".to_owned(),
        (AbsenceReason::NotStarted, _, Some(until)) => day("starts", until),
        (AbsenceReason::NotStarted, _, None) => "not started".to_owned(),
        (AbsenceReason::External, _, _) => "external".to_owned(),
    }
}

/// Who owns a line, or why nobody does.
pub(super) fn owner(row: &LineRow, near: Day) -> Untrusted {
    let owner = row.owner_label.as_ref().map_or(NONE, Untrusted::raw);
    Untrusted::new(match (row.state, &row.absence, &row.exempt_because) {
        (OwnerState::Here, _, _) | (OwnerState::Absent, None, _) => owner.to_owned(),
        (OwnerState::Absent, Some(absent), _) => format!("{owner} ({})", absence(absent, near)),
        (OwnerState::Nobody, _, _) => "nobody".to_owned(),
        (OwnerState::Exempt, _, Some(because)) => format!("exempt: {}", because.raw()),
        (OwnerState::Exempt, _, None) => "exempt".to_owned(),
        (OwnerState::Ends, _, _) => "the line ends here".to_owned(),
        (OwnerState::Unknown, _, _) => "not known".to_owned(),
    })
}

/// The craft owner, with that they rate, where they do.
pub(super) fn craft_owner(person: &PersonRow, near: Day) -> Untrusted {
    let owner = owner(&person.craft, near);
    if craft_owner_rates(person) { Untrusted::new(format!("{}, who also rates", owner.raw())) } else { owner }
}

fn craft_owner_rates(person: &PersonRow) -> bool {
    person.craft.is_owned() && person.rated_by.is_some() && person.rated_by == person.craft.owner
}

/// The 1:1 of a line, in a column that is named so.
pub(super) fn one_on_one(row: Option<&OneOnOneRow>, near: Day) -> String {
    let Some(row) = row else { return NONE.to_owned() };
    match row.state {
        OneOnOneState::Held => row.last_held.map_or_else(|| NONE.to_owned(), |held| held.in_short(near)),
        OneOnOneState::Undated => "no day".to_owned(),
        OneOnOneState::Lapsed => match row.lapsed_since {
            Some(since) => format!("lapsed since {}", since.in_short(near)),
            None => "lapsed".to_owned(),
        },
        OneOnOneState::Both => "both in one".to_owned(),
        OneOnOneState::Unlabelled => "not said".to_owned(),
        OneOnOneState::None => "none".to_owned(),
        OneOnOneState::Unknown => "not known".to_owned(),
    }
}

/// What is to be said below a table about the 1:1 of a line.
pub(super) fn held_by(row: Option<&OneOnOneRow>) -> Option<Untrusted> {
    let row = row?;
    let holder = row.held_by_label.as_ref()?.raw();
    let words = if row.by_mentor { "held by a mentor, " } else { "held by " };
    Some(Untrusted::new(format!("{words}{holder}")))
}

/// What is to be said below a table about the rating: where neither owner has it.
pub(super) fn rated_by(person: &PersonRow) -> Option<Untrusted> {
    let rater = person.rated_by_label.as_ref()?;
    let is_usual = person.rated_by == person.delivery.owner || craft_owner_rates(person);
    (!is_usual).then(|| Untrusted::new(format!("rated by {}", rater.raw())))
}

/// The name of a person's squad, for a heading.
pub(super) fn squad(person: &PersonRow) -> Untrusted {
    person.squad_label.clone().unwrap_or_else(|| Untrusted::new("(no squad)"))
}

/// `24 people: 23 with a delivery owner, 19 with a craft owner, 18 with two different ones.` What an aggregate does not
/// show is left out.
pub(super) fn totals(row: &TotalsRow) -> String {
    let people = counted(row.people, "person", "people");
    let numbers = [
        (row.with_delivery_owner, "with a delivery owner"),
        (row.with_craft_owner, "with a craft owner"),
        (row.with_two_different, "with two different ones"),
    ];
    let known = numbers.iter().filter_map(|(number, words)| number.map(|number| format!("{number} {words}")));
    let known: Vec<String> = known.collect();
    let hidden = if known.len() < numbers.len() {
        " Numbers that would tell of few people are not shown."
    } else {
        ""
    };
    if known.is_empty() {
        format!("{people}.{hidden}")
    } else {
        format!("{people}: {}.{hidden}", known.join(", "))
    }
}

/// A number of an aggregate.
pub(super) fn number(number: Option<u64>) -> String {
    number.map_or_else(|| NONE.to_owned(), |number| number.to_string())
}

/// A squad's row in an aggregate.
pub(super) fn pooled_squad(row: &TotalsRow) -> Untrusted {
    row.squad.clone().unwrap_or_else(|| Untrusted::new("(no squad)"))
}

/// By which key a line came about: `as squad Ledger’s lead`.
pub(super) fn how(row: &LineRow) -> Option<Untrusted> {
    let through = row.through_label.as_ref().map_or("", Untrusted::raw);
    Some(Untrusted::new(match row.how? {
        "squad's lead" => format!("as squad {through}\u{2019}s lead"),
        "squad escalates to" => format!("as whom squad {through} escalates to"),
        "guild's lead" => format!("as guild {through}\u{2019}s lead"),
        other => format!("by the person\u{2019}s {other}"),
    }))
}
