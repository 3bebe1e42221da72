//! One person's lines for a terminal: whose they are, where each comes from, and what is owed on them.

use std::io::{self, Write};

use super::super::escape::{label, terminal};
use super::super::table::parts::{Column, columns, left_and_right, one_decimal};
use super::LinesView;
use super::table::bold;
use super::words::{NONE, absence, held_by, how, line_of, one_on_one, owner};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::Location;
use crate::report::lines::{Block, LinesReport, NamedRow, OneOnOneRow, OneOnOneState, TalkRow};

pub(super) fn render(
    report: &LinesReport,
    view: &LinesView,
    width: usize,
    to: &mut dyn Write,
) -> io::Result<()> {
    for (at, block) in report.blocks.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        let name = label(&block.person.label);
        for line in left_and_right(&name, &report.as_of.in_full(), width) {
            writeln!(to, "{}", line.replacen(&name, &bold(&name, view), 1))?;
        }
        writeln!(to, " {}\n", label(&belongs(block, report)))?;
        let rows: Vec<Vec<String>> = facts(report, block, view)
            .into_iter()
            .flat_map(|fact| {
                let first = fact.what;
                let each = move |(at, says): (usize, String)| {
                    vec![if at == 0 { first.to_owned() } else { String::new() }, says]
                };
                fact.says.into_iter().enumerate().map(each).collect::<Vec<_>>()
            })
            .collect();
        for line in columns(&[Column::Left, Column::Rest], &rows, 1, width) {
            writeln!(to, "{line}")?;
        }
    }
    to.flush()
}

/// Something that is said of a person: what it is, and a line for each that is said of it, fit for a terminal.
pub(super) struct Says {
    pub(super) what: &'static str,
    pub(super) says: Vec<String>,
}

/// Squad, guild, and why somebody is set aside.
pub(super) fn belongs(block: &Block, report: &LinesReport) -> Untrusted {
    let person = &block.person;
    let squad = person.squad_label.iter().map(|squad| format!("squad {}", squad.raw()));
    let guild = person.guild_label.iter().map(|guild| format!("guild {}", guild.raw()));
    let aside = block.set_aside.iter().map(|aside| format!("set aside: {}", absence(aside, report.as_of)));
    let all: Vec<String> = squad.chain(guild).chain(aside).collect();
    Untrusted::new(if all.is_empty() { "in no squad and no guild".to_owned() } else { all.join(", ") })
}

/// All that is said of a person.
pub(super) fn facts(report: &LinesReport, block: &Block, view: &LinesView) -> Vec<Says> {
    let person = &block.person;
    let mut all = Vec::new();
    for line in [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)) {
        let row = line_of(person, line);
        let mut says = vec![label(&owner(row, report.as_of))];
        if let Some(how) = how(row) {
            let mut sentence = label(&how);
            // Whoever is exempt may have an owner all the same.
            if !row.is_owned() {
                sentence.push_str(
                    &row.owner_label.as_ref().map_or_else(String::new, |owner| format!(": {}", label(owner))),
                );
            }
            says.push(sentence + &place(row.location.as_ref()));
        }
        if let Some(one) = &row.one_on_one {
            says.push(carried_by(one, report));
        }
        all.push(Says { what: if line == Line::Delivery { "Delivery line" } else { "Craft line" }, says });
    }
    all.push(Says {
        what: "Rated by",
        says: vec![person.rated_by_label.as_ref().map_or_else(|| NONE.to_owned(), label)],
    });
    all.push(Says { what: "Mentors", says: vec![names(&person.mentors)] });
    all.push(Says {
        what: "Owns",
        says: vec![
            format!("delivery of {}", names(&block.owns_delivery)),
            format!("craft of {}", names(&block.owns_craft)),
        ],
    });
    let talks: Vec<String> = block.conversations.iter().map(|talk| owed(talk, report)).collect();
    all.push(Says { what: "Open talks", says: or_none(talks) });
    let factors = block.factors.iter().map(|factor| {
        format!("{} {} ({})", one_decimal(factor.points.0), label(&factor.words), label(&factor.id))
    });
    all.push(Says { what: "Factors", says: or_none(factors.collect()) });
    all
}

fn or_none(says: Vec<String>) -> Vec<String> {
    if says.is_empty() { vec![NONE.to_owned()] } else { says }
}

/// ` (portfolio.yaml:41)`.
fn place(location: Option<&Location>) -> String {
    location.map_or_else(String::new, |at| format!(" ({}:{})", terminal(at.file.raw()), at.line))
}

/// The 1:1 of a line with the day and the place.
fn carried_by(one: &OneOnOneRow, report: &LinesReport) -> String {
    let near = report.as_of;
    let how = one_on_one(Some(one), near);
    let how = match one.state {
        OneOnOneState::Held => format!("held {how}"),
        OneOnOneState::Undated => "there is one; no day is written on which it was held".to_owned(),
        OneOnOneState::Both | OneOnOneState::Unlabelled => match one.last_held {
            Some(held) => format!("{how}, held {}", held.in_short(near)),
            None => how,
        },
        OneOnOneState::Lapsed | OneOnOneState::None | OneOnOneState::Unknown => how,
    };
    let by = held_by(Some(one)).map_or_else(String::new, |by| format!(", {}", label(&by)));
    format!("1:1: {how}{by}{}", place(one.location.as_ref()))
}

fn names(rows: &[NamedRow]) -> String {
    if rows.is_empty() {
        return "nobody".to_owned();
    }
    rows.iter().map(|row| label(&row.label)).collect::<Vec<_>>().join(", ")
}

fn owed(talk: &TalkRow, report: &LinesReport) -> String {
    format!(
        "{}: {} owes {}, due {}",
        talk.kind,
        label(&talk.owner_label),
        label(&talk.with_label),
        talk.due.in_short(report.as_of)
    )
}
