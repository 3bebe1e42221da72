//! How the table shows a change: the verdict in a line and why, from what to what in the seven parts, what was
//! introduced, revealed, repaired, withdrawn and loosened, and what to write where the gate failed.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::escape::label;
use super::super::own::put_lines;
use super::super::words::{
    BESIDE, LOOSENED, TO_ACKNOWLEDGE, WRITE_THE_DAY, against, asked_about, beside_the_day, days_left, how,
    shows_each, supposed,
};
use super::super::{Screen, View};
use super::capitalised;
use super::parts::{Column, columns, one_decimal};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::report::{AcknowledgedRow, Change, ChangedRow, FactorRow, Location, Report};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Shows a report that has a change.
pub(super) fn render(
    report: &Report<'_>,
    change: &Change,
    view: &View,
    to: &mut dyn Write,
) -> io::Result<()> {
    let width = view.screen.text_width();
    let mut page = Page { screen: view.screen, width, top: view.top, lines: Vec::new() };
    let failed = change.gate.as_ref().is_some_and(|gate| gate.failed);
    if let Some(supposed) = supposed(change) {
        let text = label(&supposed);
        page.sentence(&text, BOLD, "");
    }
    page.verdict(report, change);
    page.sum(change);
    let of = |kind: &'static str| move |row: &&ChangedRow| row.kind == kind;
    page.grown(report, change.factors.iter().filter(of("introduced")), "New or larger");
    if failed && change.rise_base_policy_mp.is_some_and(|other| other == change.rise_mp) {
        let heading = "New or larger under the previous policy";
        page.grown(report, change.factors_base_policy.iter().filter(of("introduced")), heading);
    } else if failed && change.trips.is_empty() && !change.factors.iter().any(|row| row.kind == "introduced")
    {
        page.worst(report);
    }
    page.beside_the_day(report, change);
    // Acknowledgements, revealed factors and loosening are shown whether the gate holds or not.
    page.grown(report, change.factors.iter().filter(of("revealed")), "Recorded only now, and no rise");
    page.staffing(report, change);
    page.shrunk(change, "repaired", "Repaired");
    page.shrunk(change, "withdrawn", "Withdrawn, which offsets nothing");
    page.loosened(change);
    page.in_force(report, change);
    page.what_to_write(change);
    put_lines(&page.lines, to)
}

struct Page {
    screen: Screen,
    width: usize,
    top: Option<usize>,
    lines: Vec<String>,
}

/// An amount with its sign.
fn signed(amount: MilliPoints) -> String {
    let text = one_decimal(amount.mp());
    match amount.mp() {
        0 => text,
        1.. => format!("+{text}"),
        _ => text.replacen('-', "\u{2212}", 1),
    }
}

impl Page {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.screen.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(String::new());
        let painted = self.paint(BOLD, text);
        self.lines.push(format!(" {painted}"));
    }

    fn rows(&mut self, kinds: &[Column], rows: &[Vec<String>]) {
        self.lines.extend(columns(kinds, rows, 2, self.width));
    }

    /// A sentence behind a word, which is painted.
    fn sentence(&mut self, word: &str, style: Style, text: &str) {
        let mut lines = columns(&[Column::Rest], &[vec![format!("{word}{text}")]], 1, self.width);
        if let Some(first) = lines.first_mut().filter(|_| !word.is_empty()) {
            *first = first.replacen(word, &self.paint(style, word), 1);
        }
        self.lines.append(&mut lines);
    }

    fn verdict(&mut self, report: &Report<'_>, change: &Change) {
        let against = against(report, change, label);
        let against = if against.is_empty() { against } else { format!(",{against}") };
        let named = report.portfolio.as_ref().map(|name| format!("{} on", label(name)));
        // Behind the verdict a day is enough where there is no name; at the start of a line it is not.
        let what = match (&named, &change.gate) {
            (Some(named), Some(_)) => format!(": {named} {}: ", report.as_of),
            (None, Some(_)) => format!(" on {}: ", report.as_of),
            (_, None) => format!("{} {}: ", named.as_deref().unwrap_or("Portfolio on"), report.as_of),
        };
        let Some(gate) = &change.gate else {
            let (from, to) = (change.from_mp.unwrap_or_default(), change.to_mp);
            let text = format!(
                "{what}{} \u{2192} {} points ({}){against}",
                one_decimal(from.mp()),
                one_decimal(to.mp()),
                signed(to - from)
            );
            return self.sentence("", BOLD, &text);
        };
        if gate.failed {
            let mut reasons = gate.reasons.iter().map(label);
            let first = reasons.next().unwrap_or_default();
            self.sentence("Failed", AnsiColor::Red.on_default().bold(), &format!("{what}{first}{against}"));
            for reason in reasons {
                self.sentence("", BOLD, &format!("and {reason}"));
            }
            return;
        }
        let zero = MilliPoints::ZERO;
        let rise = match &change.against {
            None => String::new(),
            Some(_) if change.rise_mp <= zero => ", no rise".to_owned(),
            Some(_) => format!(", rise {}", one_decimal(change.rise_mp.mp())),
        };
        let text = format!("{what}{} points{rise}{against}", one_decimal(change.to_mp.mp()));
        self.sentence("Holds", AnsiColor::Green.on_default().bold(), &text);
    }

    /// Where nothing that is new explains it: the worst of what there is, whose it is and what to do.
    fn worst(&mut self, report: &Report<'_>) {
        let all = report.factors.len();
        if all == 0 {
            return;
        }
        self.heading("Factors, worst first");
        let shown = self.top.unwrap_or(all).min(all);
        let row = |row: FactorRow| {
            let mut text = row.evidence.first().map(label).unwrap_or_default();
            if shows_each(report) {
                text.push_str(&whose(row.owner_label.as_ref(), Some(&row.task), row.location.as_ref()));
            } else {
                // Whose it is stays withheld there, and that is not nobody.
                text.push_str(&format!("\n{}", capitalised(&label(&row.task))));
            }
            if let Some(acknowledged) = &row.acknowledged {
                text.push_str(&format!("\n{}", held(report, acknowledged)));
            }
            vec![one_decimal(row.mp.mp()), text, row.code.to_owned()]
        };
        let rows: Vec<Vec<String>> = report.factors.rows().take(shown).map(row).collect();
        self.rows(&[Column::Right, Column::Rest, Column::Left], &rows);
        self.more(all, shown);
    }

    /// New or larger factors of one kind: how much, what, whose it is, what to do and where.
    fn grown<'r>(&mut self, report: &Report<'_>, rows: impl Iterator<Item = &'r ChangedRow>, heading: &str) {
        let all: Vec<&ChangedRow> = rows.collect();
        if all.is_empty() {
            return;
        }
        self.heading(heading);
        let shown = self.top.unwrap_or(all.len());
        let rows: Vec<Vec<String>> = all
            .iter()
            .take(shown)
            .map(|row| {
                let mut text = label(&row.words);
                if let Some(day) = row.dates_from {
                    text.push_str(&format!(", since {}", day.in_short(report.as_of)));
                }
                if row.from_mp > MilliPoints::ZERO {
                    text.push_str(&format!(", {} before", one_decimal(row.from_mp.mp())));
                }
                text.push_str(&whose(row.owner_label.as_ref(), row.task.as_ref(), row.location.as_ref()));
                if let Some(acknowledged) = &row.acknowledged {
                    text.push_str(&format!("\n{}", held(report, acknowledged)));
                }
                vec![signed(row.to_mp - row.from_mp), text, row.code.to_owned()]
            })
            .collect();
        self.rows(&[Column::Right, Column::Rest, Column::Left], &rows);
        self.more(all.len(), shown);
    }

    /// What makes it rise without being new on that day: it begins later, or was acknowledged until now.
    fn beside_the_day(&mut self, report: &Report<'_>, change: &Change) {
        let all = beside_the_day(report, change);
        if !all.is_empty() {
            self.heading(BESIDE);
            let row = |(trip, why): &(&crate::report::TripRow, String)| {
                vec![signed(trip.mp), format!("{}: {why}", label(&trip.id))]
            };
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            self.rows(&[Column::Right, Column::Rest], &rows);
        }
    }

    fn more(&mut self, all: usize, shown: usize) {
        if let Some(more) = all.checked_sub(shown).filter(|more| *more > 0) {
            let line = self.paint(DIM, &format!("and {more} more (--top 0 for all)"));
            self.lines.push(format!("   {line}"));
        }
    }

    /// What to write where the change is honest: a date for what existed before, else the acknowledgement of each
    /// factor that makes the debt rise.
    fn what_to_write(&mut self, change: &Change) {
        let Some(yaml) = &change.to_acknowledge else { return };
        if let Some(day) = asked_about(change) {
            self.heading(&format!("Did any of it exist before {day}?"));
            self.sentence("", BOLD, WRITE_THE_DAY);
        }
        self.heading(TO_ACKNOWLEDGE);
        // Ours but for ids, which hold nothing that a terminal obeys.
        self.lines.extend(yaml.raw().lines().map(|line| format!("  {line}")));
    }

    /// What people brought or took with them.
    fn staffing(&mut self, report: &Report<'_>, change: &Change) {
        let all: Vec<&ChangedRow> = change.factors.iter().filter(|row| row.kind == "staffing").collect();
        if all.is_empty() {
            return;
        }
        self.heading("Staffing: people joined, left, or took over; no rise and no repair");
        let shown = self.top.unwrap_or(all.len());
        let row = |row: &&ChangedRow| {
            let mut text = label(&row.words);
            if row.task.is_some() {
                text.push_str(&whose(row.owner_label.as_ref(), row.task.as_ref(), row.location.as_ref()));
            }
            if let Some(acknowledged) = &row.acknowledged {
                text.push_str(&format!("\n{}", held(report, acknowledged)));
            }
            let how = how(row).map(|how| label(&how)).unwrap_or_default();
            vec![signed(row.to_mp - row.from_mp), text, how, row.code.to_owned()]
        };
        let rows: Vec<Vec<String>> = all.iter().take(shown).map(row).collect();
        self.rows(&[Column::Right, Column::Rest, Column::Left, Column::Left], &rows);
        self.more(all.len(), shown);
    }

    fn shrunk(&mut self, change: &Change, kind: &str, heading: &str) {
        let all: Vec<&ChangedRow> = change.factors.iter().filter(|row| row.kind == kind).collect();
        if all.is_empty() {
            return;
        }
        self.heading(heading);
        let shown = self.top.unwrap_or(all.len());
        let rows: Vec<Vec<String>> = all
            .iter()
            .take(shown)
            .map(|row| {
                let how = row.how.unwrap_or_default();
                vec![signed(row.to_mp - row.from_mp), label(&row.words), how.to_owned(), row.code.to_owned()]
            })
            .collect();
        self.rows(&[Column::Right, Column::Rest, Column::Left, Column::Left], &rows);
        self.more(all.len(), shown);
    }

    /// What is acknowledged and was before, so that it is in no other list; the gate alone asks.
    fn in_force(&mut self, report: &Report<'_>, change: &Change) {
        if change.gate.is_none() {
            return;
        }
        let grown =
            |row: &ChangedRow, id: &Untrusted| row.to_mp > row.from_mp && row.stands.as_ref() == Some(id);
        let is_told = |row: &FactorRow| change.factors.iter().any(|told| grown(told, &row.id));
        let row = |row: FactorRow| {
            let mut text = row.evidence.first().map(label).unwrap_or_default();
            if let Some(acknowledged) = &row.acknowledged {
                text.push_str(&format!("\n{}", held(report, acknowledged)));
            }
            vec![one_decimal(row.mp.mp()), text, row.code.to_owned()]
        };
        let rows: Vec<Vec<String>> =
            report.factors.acknowledged().filter(|row| !is_told(row)).map(row).collect();
        if rows.is_empty() {
            return;
        }
        self.heading("Acknowledged for now");
        let shown = self.top.unwrap_or(rows.len()).min(rows.len());
        self.rows(&[Column::Right, Column::Rest, Column::Left], &rows[..shown]);
        self.more(rows.len(), shown);
    }

    fn loosened(&mut self, change: &Change) {
        if change.loosened.is_empty() {
            return;
        }
        self.heading(LOOSENED);
        let rows: Vec<Vec<String>> = change.loosened.iter().map(|row| vec![label(&row.message)]).collect();
        self.rows(&[Column::Rest], &rows);
    }

    /// The parts, which sum to the difference.
    fn sum(&mut self, change: &Change) {
        if change.against.is_none() {
            return;
        }
        let holds = change.gate.as_ref().is_none_or(|gate| !gate.failed);
        let nothing = holds
            && change.factors.is_empty()
            && change.recalibrated_mp.unwrap_or_default() == MilliPoints::ZERO
            && change.accrued_mp.unwrap_or_default() == MilliPoints::ZERO
            && change.staffing_mp == MilliPoints::ZERO;
        if nothing {
            return;
        }
        self.heading("From before to now");
        let zero = MilliPoints::ZERO;
        let part = |amount: MilliPoints, what: &str| vec![signed(amount), what.to_owned()];
        let mut rows = Vec::new();
        let named = match change.acknowledged_mp {
            MilliPoints::ZERO => String::new(),
            named => format!(", of which {} acknowledged", one_decimal(named.mp())),
        };
        let parts = [
            (change.recalibrated_mp.unwrap_or_default(), "recalibrated: another yardstick".to_owned()),
            (change.accrued_mp.unwrap_or_default(), "accrued: time alone".to_owned()),
            (change.staffing_mp, "staffing: people joined, left, or took over".to_owned()),
            (change.introduced_mp, format!("introduced: new or larger{named}")),
            (change.revealed_mp, "revealed: described only now".to_owned()),
            (zero - change.repaired_mp, "repaired: somebody did something about it".to_owned()),
            (zero - change.withdrawn_mp, "withdrawn: gone for another reason".to_owned()),
        ];
        rows.extend(change.from_mp.map(|from| vec![one_decimal(from.mp()), "before".to_owned()]));
        rows.extend(
            parts.iter().filter(|(amount, _)| *amount != zero).map(|(amount, what)| part(*amount, what)),
        );
        rows.push(vec![one_decimal(change.to_mp.mp()), "now".to_owned()]);
        self.rows(&[Column::Right, Column::Rest], &rows);
        let rise = format!(
            "Rise: {} (principal and fees; interest neither counts nor pays)",
            signed(change.rise_mp)
        );
        self.lines.extend(columns(&[Column::Rest], &[vec![rise]], 2, self.width));
    }
}

/// Whose it is, what to do and where it is written, on a line of its own.
fn whose(owner: Option<&Untrusted>, task: Option<&Untrusted>, location: Option<&Location>) -> String {
    let who = owner.map_or_else(|| "nobody yet".to_owned(), label);
    let at = location.map(|at| format!(" ({}:{})", label(&at.file), at.line)).unwrap_or_default();
    format!("\n{who}: {}{at}", task.map(label).unwrap_or_default())
}

/// An acknowledgement that holds, with the days that are left.
fn held(report: &Report<'_>, acknowledged: &AcknowledgedRow) -> String {
    let days = acknowledged.through.days_since(report.as_of);
    let left = days_left(days);
    let through = acknowledged.through.in_short(report.as_of);
    format!("acknowledged through {through}, {left}: {}", label(&acknowledged.reason))
}
