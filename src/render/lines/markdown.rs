//! `markdown`: a table for each squad, or a list for each person who was named. What does not fit into a comment is
//! counted.

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::words::shortened;
use super::LinesView;
use super::block::{belongs, facts};
use super::words::{
    absence, craft_owner, held_by, line_of, name, number, one_on_one, owner, part, pooled_squad, rated_by,
    squad, totals,
};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{LinesReport, PersonRow};

/// The first line, for whoever updates a comment in place.
const MARKER: &str = "<!-- debt:lines -->";
/// Forges refuse comments a little above this.
const MOST_CHARACTERS: usize = 60_000;
/// Bytes kept free for what comes below the rows.
const TAIL: usize = 4_000;

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), characters: 0 };
    page.say(&format!("{MARKER}\n\n## {}: who owns what\n\n", cell(&name(report))));
    page.say(&format!("On {}.", report.as_of.in_full()));
    if let Some(part) = part(report) {
        page.say(&format!(" A part of it: {}.", cell(&part)));
    }
    page.say("\n");
    if report.min_group.is_some() {
        page.squads(report);
    } else if report.blocks.is_empty() {
        page.people(report, view);
        page.set_aside(report);
    } else {
        page.blocks(report, view);
        return to.write_all(page.text.as_bytes());
    }
    page.say(&format!("\n{}\n", totals(&report.totals)));
    to.write_all(page.text.as_bytes())
}

fn cell(text: &Untrusted) -> String {
    markdown(&shortened(text.raw()))
}

struct Page {
    text: String,
    characters: usize,
}

impl Page {
    fn say(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.text.push_str(text);
    }

    /// Says it only where there is room for it.
    fn fits(&mut self, text: &str) -> bool {
        let fits = self.characters + text.chars().count() + TAIL <= MOST_CHARACTERS;
        if fits {
            self.say(text);
        }
        fits
    }

    fn left_out(&mut self, count: usize) {
        if count > 0 {
            self.say(&format!("\n\u{2026} and {count} more.\n"));
        }
    }

    fn people(&mut self, report: &LinesReport, view: &LinesView) {
        let lines: Vec<Line> =
            [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)).collect();
        let mut before: Option<&Option<Untrusted>> = None;
        for (at, person) in report.people.iter().enumerate() {
            let mut text = String::new();
            if before != Some(&person.squad) {
                text.push_str(&format!("\n### {}\n\n| person |", cell(&squad(person))));
                for line in &lines {
                    text.push_str(&format!(" {} | 1:1 |", line.word()));
                }
                text.push_str(&format!("\n|---|{}\n", "---|---|".repeat(lines.len())));
                before = Some(&person.squad);
            }
            text.push_str(&row(report, person, &lines));
            if !self.fits(&text) {
                return self.left_out(report.people.len() - at);
            }
        }
    }

    fn set_aside(&mut self, report: &LinesReport) {
        for (at, row) in report.set_aside.iter().enumerate() {
            let heading = if at == 0 { "\n### Set aside\n\n" } else { "" };
            let text = format!("{heading}- {}: {}\n", cell(&row.label), absence(&row.because, report.as_of));
            if !self.fits(&text) {
                return self.left_out(report.set_aside.len() - at);
            }
        }
    }

    fn squads(&mut self, report: &LinesReport) {
        self.say(
            "\n| squad | people | delivery owner | craft owner | two different |\n|---|--:|--:|--:|--:|\n",
        );
        for (at, row) in report.by_squad.iter().enumerate() {
            let text = format!(
                "| {} | {} | {} | {} | {} |\n",
                cell(&pooled_squad(row)),
                row.people,
                number(row.with_delivery_owner),
                number(row.with_craft_owner),
                number(row.with_two_different)
            );
            if !self.fits(&text) {
                return self.left_out(report.by_squad.len() - at);
            }
        }
    }

    fn blocks(&mut self, report: &LinesReport, view: &LinesView) {
        for (at, block) in report.blocks.iter().enumerate() {
            let mut text =
                format!("\n### {}\n\n{}\n\n", cell(&block.person.label), cell(&belongs(block, report)));
            for fact in facts(report, block, view) {
                text.push_str(&format!("- **{}**", fact.what));
                match fact.says.as_slice() {
                    [one] => text.push_str(&format!(": {}\n", markdown(one))),
                    several => {
                        text.push('\n');
                        for one in several {
                            text.push_str(&format!("  - {}\n", markdown(one)));
                        }
                    }
                }
            }
            if !self.fits(&text) {
                return self.left_out(report.blocks.len() - at);
            }
        }
    }
}

fn row(report: &LinesReport, person: &PersonRow, lines: &[Line]) -> String {
    let near = report.as_of;
    let noted = |text: String, note: Option<Untrusted>| match note {
        Some(note) => format!("{text} ({})", cell(&note)),
        None => text,
    };
    let mut text = format!("| {} |", noted(cell(&person.label), rated_by(person)));
    for line in lines {
        let row = line_of(person, *line);
        let owner = match line {
            Line::Delivery => owner(row, near),
            Line::Craft => craft_owner(person, near),
        };
        let one = row.one_on_one.as_ref();
        text.push_str(&format!(" {} | {} |", cell(&owner), noted(one_on_one(one, near), held_by(one))));
    }
    text.push('\n');
    text
}
