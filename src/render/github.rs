//! `github`: workflow commands that annotate a run or a pull request. GitHub shows ten errors and ten warnings of a
//! step, so the worst are sent, and one notice says what the rest is. Compared, only what is new or larger is shown.

use std::io::{self, Write};

use super::View;
use super::escape::{workflow_message, workflow_property};
use super::level::{Level, Levels};
use super::places;
use super::table::parts::one_decimal;
use super::words::{LOOSENED, acknowledged, gate_verdict, headline, how, shortened, under_former_policy};
use crate::base::names::Untrusted;
use crate::report::{Change, ChangedRow, Failure, GateRow, Location, Report};

/// How many of each level GitHub keeps from one step.
const MOST: usize = 10;

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Annotations { to, errors: 0, warnings: 0, notices: 0, left_out: 0 };
    if let Some(gate) =
        report.change.as_ref().and_then(|change| change.gate.as_ref()).filter(|gate| gate.failed)
    {
        page.annotation(Level::Error, "Decision Debt gate", None, &gate_verdict(gate))?;
    }
    // Without anything to compare with, all of it is what the budgets were asked of.
    if let Some(change) = report.change.as_ref().filter(|change| change.against.is_some()) {
        page.change(report, change)?;
    } else {
        let mut levels = Levels::new(report.score.mp);
        for row in report.factors.rows() {
            let title = format!("{} {}: {} points", row.code, row.name, one_decimal(row.points.0));
            let text = text(row.evidence.first(), Some(&row.remedy));
            page.annotation(levels.of(&row), &title, row.location.as_ref(), &text)?;
        }
    }
    let left_out = page.left_out;
    let more = if left_out > 0 { format!("; {left_out} more not shown here") } else { String::new() };
    writeln!(to, "::notice title=Decision Debt::{}{more}", workflow_message(&headline(report)))
}

/// Errors of the input are annotations too, at their lines.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Annotations { to, errors: 0, warnings: 0, notices: 0, left_out: failure.omitted };
    for wrong in &failure.errors {
        let mut text = shortened(wrong.message.raw());
        if let Some(help) = &wrong.help {
            text.push_str(&format!("\n{}", shortened(help.raw())));
        }
        let at = wrong.at.as_deref().and_then(places::plain).map(|file| (file, wrong.mark));
        page.placed(Level::Error, &format!("Decision Debt: {}", wrong.code), at, &text)?;
    }
    let left_out = page.left_out;
    let more = if left_out > 0 { format!("; {left_out} more errors not shown here") } else { String::new() };
    writeln!(to, "::notice title=Decision Debt::Nothing could be scored{more}")
}

struct Annotations<'w> {
    to: &'w mut dyn Write,
    errors: usize,
    warnings: usize,
    notices: usize,
    left_out: usize,
}

impl Annotations<'_> {
    fn change(&mut self, report: &Report<'_>, change: &Change) -> io::Result<()> {
        let gate = change.gate.as_ref();
        if !change.loosened.is_empty() {
            // First, and as one message, so that the limit of ten neither hides it nor makes it hide others.
            let rows: Vec<String> = change.loosened.iter().map(|row| shortened(row.message.raw())).collect();
            self.annotation(Level::Warning, LOOSENED, None, &rows.join("\n"))?;
        }
        for row in change.factors.iter().filter(|row| row.to_mp > row.from_mp) {
            self.grown(report, row, gate, "")?;
        }
        for row in change.factors.iter().filter(|row| row.vanished()) {
            let less = one_decimal((row.from_mp - row.to_mp).mp());
            let title = format!("{} {}: {less} points less", row.code, row.kind);
            let mut text = text(Some(&row.words), None);
            if let Some(how) = how(row) {
                text.push_str(&format!(" ({})", shortened(how.raw())));
            }
            self.notice(&title, &text)?;
        }
        for row in under_former_policy(change) {
            self.grown(report, row, gate, " under the previous policy")?;
        }
        Ok(())
    }

    fn grown(
        &mut self,
        report: &Report<'_>,
        row: &ChangedRow,
        gate: Option<&GateRow>,
        under: &str,
    ) -> io::Result<()> {
        let fails = gate.is_some_and(|gate| gate.failing.contains(&row.id));
        let level = if fails { Level::Error } else { Level::Warning };
        let more = one_decimal((row.to_mp - row.from_mp).mp());
        let title = format!("{} {}{under}: {more} points more", row.code, row.kind);
        let mut text = text(Some(&row.words), row.remedy.as_ref());
        if let Some(named) = &row.acknowledged {
            text.push_str(&format!("\n{}", acknowledged(report, named)));
        }
        self.annotation(level, &title, row.location.as_ref(), &text)
    }

    /// What vanished without being repaired is shown too, and fails nothing.
    fn notice(&mut self, title: &str, text: &str) -> io::Result<()> {
        if self.notices == MOST {
            self.left_out += 1;
            return Ok(());
        }
        self.notices += 1;
        writeln!(self.to, "::notice title={}::{}", workflow_property(title), workflow_message(text))
    }

    fn annotation(&mut self, level: Level, title: &str, at: Option<&Location>, text: &str) -> io::Result<()> {
        let at = at.and_then(|at| Some((places::plain(&at.at)?, Some((at.line, at.column)))));
        self.placed(level, title, at, text)
    }

    /// The same at a file, and a line and column in it.
    fn placed(
        &mut self,
        level: Level,
        title: &str,
        at: Option<(String, Option<(u32, u32)>)>,
        text: &str,
    ) -> io::Result<()> {
        let (command, count) = match level {
            Level::Error => ("error", &mut self.errors),
            Level::Warning => ("warning", &mut self.warnings),
            Level::Note => {
                self.left_out += 1;
                return Ok(());
            }
        };
        if *count == MOST {
            self.left_out += 1;
            return Ok(());
        }
        *count += 1;
        let place = at.map_or_else(String::new, |(file, mark)| {
            let mark = mark.map(|(line, column)| format!("line={line},col={column},")).unwrap_or_default();
            format!("file={},{mark}", workflow_property(&file))
        });
        writeln!(self.to, "::{command} {place}title={}::{}", workflow_property(title), workflow_message(text))
    }
}

/// What is the case, and what to do.
fn text(evidence: Option<&Untrusted>, remedy: Option<&Untrusted>) -> String {
    let mut text = evidence.map(|fact| shortened(fact.raw())).unwrap_or_default();
    if let Some(remedy) = remedy {
        text.push_str(". ");
        text.push_str(&shortened(remedy.raw()));
    }
    text
}
