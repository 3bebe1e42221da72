//! How the table shows a change: the verdict in a line, why, what to do, and the six parts that make the difference.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::escape::label;
use super::super::words::{LOOSENED, against, days_left, shows_each};
use super::super::{Screen, View};
use super::capitalised;
use super::parts::{Column, columns};
use crate::base::decimal::{points, thousandths};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::report::{AcknowledgedRow, Change, ChangedRow, Location, Report};

/// Where nothing says how wide to be, sentences are wrapped at this width.
const USUAL_WIDTH: usize = 80;
/// Wider than this a line is hard to follow with the eye.
const WIDEST: usize = 110;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Shows a report that has a change.
pub(super) fn render(
    report: &Report<'_>,
    change: &Change,
    view: &View,
    to: &mut dyn Write,
) -> io::Result<()> {
    let width = view.screen.width.unwrap_or(USUAL_WIDTH).min(WIDEST);
    let mut page = Page { screen: view.screen, width, top: view.top, lines: Vec::new() };
    let holds = change.gate.as_ref().is_some_and(|gate| !gate.failed);
    page.verdict(report, change);
    if !holds {
        page.grown(report, &change.factors, "introduced", "New or larger");
        if change.rise_base_policy_mp.is_some_and(|other| other > change.rise_mp) {
            let heading = "New or larger under the policy it had before";
            page.grown(report, &change.factors_base_policy, "introduced", heading);
        } else if change.gate.is_some() && !change.factors.iter().any(|row| row.kind == "introduced") {
            page.worst(report);
        }
    }
    // What is good to know, and what may not pass unseen, is shown whatever the gate says.
    page.acknowledged(report, change, holds);
    page.grown(report, &change.factors, "revealed", "Told now, and no rise");
    page.loosened(change);
    page.stale(change);
    if !holds {
        page.shrunk(change, "repaired", "Repaired");
        page.shrunk(change, "withdrawn", "Withdrawn, which pays for nothing");
        page.sum(change);
    }
    let mut text = page.lines.join("\n");
    text.push('\n');
    to.write_all(text.as_bytes())
}

struct Page {
    screen: Screen,
    width: usize,
    top: Option<usize>,
    lines: Vec<String>,
}

/// An amount with its sign, exactly.
fn signed(amount: MilliPoints) -> String {
    let text = thousandths(amount.mp());
    match amount.mp() {
        0 => "0".to_owned(),
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
        // Behind "Failed:" a day is enough where there is no name; at the start of a line it is not.
        let nameless = if change.gate.is_some() { "on" } else { "Portfolio on" };
        let named = report.portfolio.as_ref().map(|name| format!("{} on", label(name)));
        let what = format!("{} {}: ", named.as_deref().unwrap_or(nameless), report.as_of);
        let Some(gate) = &change.gate else {
            let (from, to) = (change.from_mp.unwrap_or_default(), change.to_mp);
            let text = format!(
                "{what}{} \u{2192} {} points ({}){against}",
                thousandths(from.mp()),
                thousandths(to.mp()),
                signed(to - from)
            );
            return self.sentence("", BOLD, &text);
        };
        if gate.failed {
            let mut reasons = gate.reasons.iter().map(label);
            let first = reasons.next().unwrap_or_default();
            self.sentence("Failed", AnsiColor::Red.on_default().bold(), &format!(": {what}{first}{against}"));
            for reason in reasons {
                self.sentence("", BOLD, &format!("and {reason}"));
            }
            return;
        }
        let zero = MilliPoints::ZERO;
        let rise = match &change.against {
            None => String::new(),
            Some(_) if change.introduced_mp == zero && change.repaired_mp == zero => ", no rise".to_owned(),
            Some(_) => format!(
                ", introduced {}, repaired {}",
                thousandths(change.introduced_mp.mp()),
                thousandths(change.repaired_mp.mp())
            ),
        };
        let text = format!(": {what}{}{rise}{against}", points(change.to_mp));
        self.sentence("Holds", AnsiColor::Green.on_default().bold(), &text);
    }

    /// Where nothing that is new explains it: the worst of what there is, whose it is and what to do.
    fn worst(&mut self, report: &Report<'_>) {
        let all = report.factors.len();
        if all == 0 {
            return;
        }
        self.heading("What makes it up, worst first");
        let shown = self.top.unwrap_or(all).min(all);
        let row = |row: crate::report::FactorRow| {
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
            vec![thousandths(row.mp.mp()), text, row.code.to_owned()]
        };
        let rows: Vec<Vec<String>> = report.factors.rows().take(shown).map(row).collect();
        self.rows(&[Column::Right, Column::Rest, Column::Left], &rows);
        self.more(all, shown);
    }

    /// New or larger factors of one kind: how much, what, whose it is, what to do and where.
    fn grown(&mut self, report: &Report<'_>, rows: &[ChangedRow], kind: &str, heading: &str) {
        let all: Vec<&ChangedRow> = rows.iter().filter(|row| row.kind == kind).collect();
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
                if row.from_mp > MilliPoints::ZERO {
                    text.push_str(&format!(", {} before", thousandths(row.from_mp.mp())));
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

    fn more(&mut self, all: usize, shown: usize) {
        if let Some(more) = all.checked_sub(shown).filter(|more| *more > 0) {
            let line = self.paint(DIM, &format!("and {more} more (--top 0 for all)"));
            self.lines.push(format!("   {line}"));
        }
    }

    /// Where the gate holds, what it let pass for an acknowledgement.
    fn acknowledged(&mut self, report: &Report<'_>, change: &Change, holds: bool) {
        let let_pass = |row: &&ChangedRow| row.kind == "introduced" && row.acknowledged.is_some();
        let rows: Vec<Vec<String>> = change
            .factors
            .iter()
            .filter(let_pass)
            .filter_map(|row| {
                let held = held(report, row.acknowledged.as_ref()?);
                Some(vec![
                    signed(row.to_mp - row.from_mp),
                    format!("{}\n{held}", label(&row.words)),
                    row.code.to_owned(),
                ])
            })
            .collect();
        if holds && !rows.is_empty() {
            self.heading("New, and acknowledged");
            self.rows(&[Column::Right, Column::Rest, Column::Left], &rows);
        }
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

    fn loosened(&mut self, change: &Change) {
        if change.loosened.is_empty() {
            return;
        }
        self.heading(LOOSENED);
        let rows: Vec<Vec<String>> = change.loosened.iter().map(|row| vec![label(&row.message)]).collect();
        self.rows(&[Column::Rest], &rows);
    }

    fn stale(&mut self, change: &Change) {
        if change.stale.is_empty() {
            return;
        }
        self.heading("Gone or lower, and still in the baseline (--prune-baseline takes it out)");
        let shown = self.top.unwrap_or(change.stale.len());
        let rows: Vec<Vec<String>> = change.stale.iter().take(shown).map(|id| vec![label(id)]).collect();
        self.rows(&[Column::Rest], &rows);
        self.more(change.stale.len(), shown);
    }

    /// The parts, which sum to the difference.
    fn sum(&mut self, change: &Change) {
        if change.against.is_none() {
            return;
        }
        self.heading("How it adds up");
        let zero = MilliPoints::ZERO;
        let part = |amount: MilliPoints, what: &str| vec![signed(amount), what.to_owned()];
        let mut rows = Vec::new();
        rows.extend(change.from_mp.map(|from| vec![thousandths(from.mp()), "before".to_owned()]));
        rows.extend(change.recalibrated_mp.map(|amount| part(amount, "recalibrated: another policy")));
        rows.extend(change.accrued_mp.map(|amount| part(amount, "accrued: time alone")));
        let named = match change.acknowledged_mp {
            MilliPoints::ZERO => String::new(),
            named => format!(", of which {} acknowledged", thousandths(named.mp())),
        };
        rows.push(part(change.introduced_mp, &format!("introduced: new or larger{named}")));
        rows.push(part(change.revealed_mp, "revealed: told now"));
        rows.push(part(zero - change.repaired_mp, "repaired: worked on"));
        rows.push(part(zero - change.withdrawn_mp, "withdrawn: gone for another reason"));
        if change.from_mp.is_some() {
            rows.push(vec![thousandths(change.to_mp.mp()), "now".to_owned()]);
        }
        self.rows(&[Column::Right, Column::Rest], &rows);
        let mut rise = format!("Rise: introduced less repaired, {}", signed(change.rise_mp));
        if let Some(other) = change.rise_base_policy_mp.filter(|other| *other != change.rise_mp) {
            rise.push_str(&format!("; under the policy before, {}", signed(other)));
        }
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
