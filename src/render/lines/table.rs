//! `table`: a row for each person under their squad, and below it what the rows only hint at.

use std::io::{self, Write};

use anstyle::Style;

use super::super::escape::label;
use super::super::table::parts::{Column, columns, left_and_right};
use super::fit::{Cells, lay, widths};
use super::words::{
    absence, craft_owner, held_by, line_of, name, number, one_on_one, owner, part, pooled_squad, rated_by,
    squad, totals,
};
use super::{LinesView, block};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{LinesReport, PersonRow};

/// The narrowest that a line is.
const NARROWEST: usize = 40;
/// A 1:1 is told in so many columns, `since 30 Sep` at most, before names are wrapped.
const LONGEST_DAY: usize = 12;

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let to = &mut io::BufWriter::with_capacity(1 << 16, to);
    let width = width_of_screen(view);
    if !report.blocks.is_empty() {
        return block::render(report, view, width, to);
    }
    title(report, "who owns what", width, to)?;
    if report.min_group.is_some() {
        return in_aggregate(report, width, to);
    }
    let mut notes = Notes::default();
    people(report, view, width, &mut notes, to)?;
    set_aside(report, width, to)?;
    notes.write(width, to)?;
    writeln!(to)?;
    sentence(&totals(&report.totals), width, to)?;
    if let Some(first) = report.people.first() {
        writeln!(to, "   debt lines {}   says where each line comes from", label(&first.id))?;
    }
    to.flush()
}

/// How wide a line may be.
pub(super) fn width_of_screen(view: &LinesView) -> usize {
    view.screen.text_width().max(NARROWEST)
}

/// The name of the portfolio, what is shown of it, and the day.
pub(super) fn title(report: &LinesReport, what: &str, width: usize, to: &mut dyn Write) -> io::Result<()> {
    let left = format!("{}: {what}", label(&name(report)));
    for line in left_and_right(&left, &report.as_of.in_full(), width) {
        writeln!(to, "{line}")?;
    }
    match part(report) {
        Some(part) => sentence(&format!("A part of it: {}", label(&part)), width, to),
        None => Ok(()),
    }
}

pub(super) fn sentence(text: &str, width: usize, to: &mut dyn Write) -> io::Result<()> {
    for line in columns(&[Column::Rest], &[vec![text.to_owned()]], 1, width) {
        writeln!(to, "{line}")?;
    }
    Ok(())
}

/// The footnotes below the table, each with its number.
#[derive(Default)]
struct Notes(Vec<Untrusted>);

impl Notes {
    /// A cell with the numbers of its notes.
    fn mark(&mut self, mut cell: String, notes: impl IntoIterator<Item = Untrusted>) -> String {
        for note in notes {
            let at = self.0.iter().position(|known| *known == note);
            let at = at.unwrap_or_else(|| {
                self.0.push(note);
                self.0.len() - 1
            });
            cell.push_str(&raised(at + 1));
        }
        cell
    }

    fn write(&self, width: usize, to: &mut dyn Write) -> io::Result<()> {
        if !self.0.is_empty() {
            writeln!(to)?;
        }
        for (at, note) in self.0.iter().enumerate() {
            sentence(&format!("{} {}", raised(at + 1), label(note)), width, to)?;
        }
        Ok(())
    }
}

/// The mark of a footnote, as it is written behind a word.
fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = [
        '\u{2070}', '\u{B9}', '\u{B2}', '\u{B3}', '\u{2074}', '\u{2075}', '\u{2076}', '\u{2077}', '\u{2078}',
        '\u{2079}',
    ];
    let digit = |digit: char| digit.to_digit(10).and_then(|digit| DIGITS.get(usize::try_from(digit).ok()?));
    number.to_string().chars().filter_map(digit).collect()
}

/// What a row of the table is, so that it is drawn as such.
enum Kind {
    Heading,
    Person,
}

fn people(
    report: &LinesReport,
    view: &LinesView,
    width: usize,
    notes: &mut Notes,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut rows: Vec<(Kind, Cells)> = Vec::new();
    let mut before: Option<&Option<Untrusted>> = None;
    for person in &report.people {
        if before != Some(&person.squad) {
            rows.push((Kind::Heading, heading(&squad(person), view)));
            before = Some(&person.squad);
        }
        rows.push((Kind::Person, row(report, person, view, notes)));
    }
    if rows.is_empty() {
        writeln!(to)?;
        return sentence("Nobody here is scored on that day.", width, to);
    }
    let (kinds, cells): (Vec<Kind>, Vec<Cells>) = rows.into_iter().unzip();
    let widths = widths(&cells, &[width / 4, usize::MAX, LONGEST_DAY, usize::MAX, LONGEST_DAY], width);
    for (kind, cells) in kinds.iter().zip(&cells) {
        let lines = lay(cells, &widths);
        match kind {
            Kind::Heading => {
                writeln!(to)?;
                for line in lines {
                    writeln!(to, "{}", bold(&line, view))?;
                }
            }
            Kind::Person => lines.iter().try_for_each(|line| writeln!(to, "{line}"))?,
        }
    }
    Ok(())
}

/// A heading as the screen shows it.
pub(super) fn bold(text: &str, view: &LinesView) -> String {
    const BOLD: Style = Style::new().bold();
    if view.screen.colour { format!("{BOLD}{text}{BOLD:#}") } else { text.to_owned() }
}

fn heading(squad: &Untrusted, view: &LinesView) -> Cells {
    let mut cells = vec![label(squad)];
    for line in [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)) {
        cells.extend([line.word().to_owned(), "1:1".to_owned()]);
    }
    Cells { indent: 1, cells }
}

fn row(report: &LinesReport, person: &PersonRow, view: &LinesView, notes: &mut Notes) -> Cells {
    let near = report.as_of;
    let mut cells = vec![notes.mark(label(&person.label), rated_by(person))];
    for line in [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)) {
        let one = line_of(person, line);
        let owner = match line {
            Line::Delivery => owner(one, near),
            Line::Craft => craft_owner(person, near),
        };
        cells.push(label(&owner));
        let carrier = one.one_on_one.as_ref();
        cells.push(notes.mark(one_on_one(carrier, near), held_by(carrier)));
    }
    Cells { indent: 3, cells }
}

fn set_aside(report: &LinesReport, width: usize, to: &mut dyn Write) -> io::Result<()> {
    if report.set_aside.is_empty() {
        return Ok(());
    }
    let cells = report
        .set_aside
        .iter()
        .map(|row| Cells { indent: 3, cells: vec![label(&row.label), absence(&row.because, report.as_of)] });
    let cells: Vec<Cells> = cells.collect();
    let widths = widths(&cells, &[], width);
    writeln!(to, "\n Set aside")?;
    for line in cells.iter().flat_map(|row| lay(row, &widths)) {
        writeln!(to, "{line}")?;
    }
    Ok(())
}

fn in_aggregate(report: &LinesReport, width: usize, to: &mut dyn Write) -> io::Result<()> {
    let header = ["", "people", "delivery owner", "craft owner", "two different"].map(str::to_owned).to_vec();
    let rows = report.by_squad.iter().map(|row| {
        vec![
            label(&pooled_squad(row)),
            row.people.to_string(),
            number(row.with_delivery_owner),
            number(row.with_craft_owner),
            number(row.with_two_different),
        ]
    });
    let cells: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let kinds = [Column::Left, Column::Right, Column::Right, Column::Right, Column::Right];
    writeln!(to)?;
    for line in columns(&kinds, &cells, 3, width) {
        writeln!(to, "{line}")?;
    }
    writeln!(to)?;
    sentence(&totals(&report.totals), width, to)?;
    to.flush()
}
