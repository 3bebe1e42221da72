//! `csv`: a person a row, both lines; in an aggregate a squad a row. The columns are a contract.

use std::io::{self, Write};

use serde::Serialize;

use super::super::csv::writer;
use super::super::escape;
use super::LinesView;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::report::lines::{LineRow, LinesReport, OneOnOneState, OwnerState, PersonRow, TotalsRow};

const COLUMNS: [&str; 29] = [
    "portfolio",
    "as_of",
    "id",
    "label",
    "squad",
    "guild",
    "delivery_owner",
    "delivery_owner_label",
    "delivery_state",
    "delivery_how",
    "delivery_through",
    "delivery_file",
    "delivery_line",
    "delivery_1on1",
    "delivery_1on1_state",
    "delivery_last_held",
    "craft_owner",
    "craft_owner_label",
    "craft_state",
    "craft_how",
    "craft_through",
    "craft_file",
    "craft_line",
    "craft_1on1",
    "craft_1on1_state",
    "craft_last_held",
    "rated_by",
    "rated_by_label",
    "mentors",
];

const OF_SQUADS: [&str; 7] = [
    "portfolio",
    "as_of",
    "squad",
    "people",
    "with_delivery_owner",
    "with_craft_owner",
    "with_two_different",
];

#[derive(Serialize)]
struct Person {
    portfolio: Option<String>,
    as_of: Day,
    id: String,
    label: String,
    squad: Option<String>,
    guild: Option<String>,
    delivery: LineCells,
    craft: LineCells,
    rated_by: Option<String>,
    rated_by_label: Option<String>,
    mentors: String,
}

#[derive(Serialize)]
struct LineCells {
    owner: Option<String>,
    owner_label: Option<String>,
    state: OwnerState,
    how: Option<&'static str>,
    through: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    one_on_one: Option<String>,
    one_on_one_state: Option<OneOnOneState>,
    last_held: Option<Day>,
}

#[derive(Serialize)]
struct PooledRow {
    portfolio: Option<String>,
    as_of: Day,
    squad: Option<String>,
    people: u64,
    with_delivery_owner: Option<u64>,
    with_craft_owner: Option<u64>,
    with_two_different: Option<u64>,
}

pub(super) fn render(report: &LinesReport, _: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    if report.min_group.is_some() {
        writer.write_record(OF_SQUADS)?;
        for row in &report.by_squad {
            writer.serialize(squad(report, row))?;
        }
    } else {
        writer.write_record(COLUMNS)?;
        for row in &report.people {
            writer.serialize(person(report, row))?;
        }
    }
    writer.flush()
}

fn text(text: Option<&Untrusted>) -> Option<String> {
    text.map(|text| escape::csv(text.raw()))
}

fn squad(report: &LinesReport, row: &TotalsRow) -> PooledRow {
    PooledRow {
        portfolio: text(report.portfolio.as_ref()),
        as_of: report.as_of,
        squad: text(row.squad.as_ref()),
        people: row.people,
        with_delivery_owner: row.with_delivery_owner,
        with_craft_owner: row.with_craft_owner,
        with_two_different: row.with_two_different,
    }
}

fn person(report: &LinesReport, row: &PersonRow) -> Person {
    let mentors: Vec<&str> = row.mentors.iter().map(|mentor| mentor.id.raw()).collect();
    Person {
        portfolio: text(report.portfolio.as_ref()),
        as_of: report.as_of,
        id: escape::csv(row.id.raw()),
        label: escape::csv(row.label.raw()),
        squad: text(row.squad.as_ref()),
        guild: text(row.guild.as_ref()),
        delivery: line(&row.delivery),
        craft: line(&row.craft),
        rated_by: text(row.rated_by.as_ref()),
        rated_by_label: text(row.rated_by_label.as_ref()),
        mentors: escape::csv(&mentors.join(" ")),
    }
}

fn line(row: &LineRow) -> LineCells {
    let one = row.one_on_one.as_ref();
    LineCells {
        owner: text(row.owner.as_ref()),
        owner_label: text(row.owner_label.as_ref()),
        state: row.state,
        how: row.how,
        through: text(row.through.as_ref()),
        file: row.location.as_ref().map(|at| escape::csv(at.file.raw())),
        line: row.location.as_ref().map(|at| at.line),
        one_on_one: one.and_then(|one| text(one.id.as_ref())),
        one_on_one_state: one.map(|one| one.state),
        last_held: one.and_then(|one| one.last_held),
    }
}
