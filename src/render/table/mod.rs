//! `table`: for a person. The verdict first, then where it sits, what makes it up, and what to do next.

mod change;
pub(super) mod parts;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::escape::label;
use super::own::put_lines;
use super::words::{condition, days_left, not_measured, up_to};
use super::{Breakdown, Screen, View};
use crate::base::message::counted;
use crate::report::{FactorRow, Report, Row};
use crate::source::Code;
use parts::{Column, bar, columns, duration, left_and_right, one_decimal, percent, widest, width_of};

pub(super) fn render(report: &Report<'_>, view: &View, to: &mut dyn Write) -> io::Result<()> {
    if let Some(change) = &report.change {
        return change::render(report, change, view, to);
    }
    let width = view.screen.text_width();
    // Where nobody looks at it as it comes, long names are left whole.
    let longest_name = if view.screen.width.is_some() { LONGEST_NAME } else { usize::MAX };
    let mut page = Page { screen: view.screen, width, longest_name, lines: Vec::new() };
    page.title(report);
    page.verdict(report);
    page.where_it_sits(report, view);
    page.factors(report, view);
    page.next(report, view);
    page.written_off(report);
    put_lines(&page.lines, to)
}

struct Page {
    screen: Screen,
    width: usize,
    longest_name: usize,
    lines: Vec<String>,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BAR: Style = AnsiColor::Cyan.on_default();

impl Page {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.screen.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        let painted = self.paint(BOLD, text);
        self.lines.push(format!(" {painted}"));
    }

    /// A heading whose columns have names of their own, at the right.
    fn heading_of_columns(&mut self, text: &str, names: &str) {
        self.blank();
        let lines = left_and_right(text, names, self.width);
        let painted = format!("{}{}", self.paint(BOLD, text), " ");
        let named = lines.into_iter().map(|line| line.replacen(&format!("{text} "), &painted, 1));
        self.lines.extend(named);
    }

    /// A sentence of any length, wrapped.
    fn sentence(&mut self, text: String) {
        self.lines.extend(columns(&[Column::Rest], &[vec![text]], 1, self.width));
    }

    fn title(&mut self, report: &Report<'_>) {
        let name = report.portfolio.as_ref().map_or_else(|| "Portfolio".to_owned(), label);
        let people = counted(report.score.people, "person", "people");
        let right = format!("{people}   {}", report.as_of.in_full());
        self.lines.extend(left_and_right(&name, &right, self.width));
        if let Some(part) = &report.part {
            let mut what = Vec::new();
            what.extend(part.squad.as_ref().map(|squad| format!("squad {}", label(squad))));
            what.extend(part.guild.as_ref().map(|guild| format!("guild {}", label(guild))));
            if !part.only.is_empty() {
                what.push(part.only.join(", "));
            }
            self.sentence(format!("A part of it: {} only", what.join(", ")));
        }
    }

    fn verdict(&mut self, report: &Report<'_>) {
        let score = &report.score;
        let style = match score.grade {
            "A" | "B" => AnsiColor::Green,
            "C" => AnsiColor::Yellow,
            _ => AnsiColor::Red,
        };
        self.blank();
        let left = format!("Decision Debt   {}   {} points", score.grade, one_decimal(score.points.0));
        let right = format!("{} per person", one_decimal(score.intensity.0));
        let lines = left_and_right(&left, &right, self.width);
        let grade = self.paint(style.on_default().bold(), score.grade);
        let marked = format!("Decision Debt   {}", score.grade);
        let painted = format!("{}   {grade}", self.paint(BOLD, "Decision Debt"));
        self.lines.extend(lines.into_iter().map(|line| line.replacen(&marked, &painted, 1)));
        let coverage = &report.coverage;
        match coverage.ratio {
            Some(ratio) if coverage.unknown > 0 => {
                let unknown = percent(1000 - ratio.0);
                let unknown = if unknown == "0 %" { "Under 1 %".to_owned() } else { unknown };
                let high = up_to(report).map_or_else(String::new, |high| format!(" {high}."));
                self.sentence(format!(
                    "({unknown} of the questions could not be answered: debt score --by coverage.{high})"
                ));
            }
            Some(_) => {}
            None => {
                self.sentence("(no question was asked: nothing here is subject to these rules)".to_owned());
            }
        }
        self.sleeping(report);
    }

    /// Since when whose records sleep: a low score in a file that nobody keeps is not good news.
    fn sleeping(&mut self, report: &Report<'_>) {
        const SHOWN: usize = 3;
        let asleep = || report.warnings.iter().filter(|warning| warning.code == Code::RecordsSleep);
        for warning in asleep().take(SHOWN) {
            self.sentence(format!("({})", label(&warning.message)));
        }
        let left = asleep().skip(SHOWN).count();
        if left > 0 {
            self.sentence(format!(
                "(and {} whose records sleep)",
                counted(left as u64, "more owner", "more owners")
            ));
        }
    }

    fn where_it_sits(&mut self, report: &Report<'_>, view: &View) {
        let (heading, rows) = match view.by {
            Breakdown::Coverage => return self.coverage(report),
            Breakdown::Group => ("Where it sits", &report.by_group),
            Breakdown::Rule => ("Where it sits, by rule", &report.by_rule),
            Breakdown::Squad => ("Where it sits, by squad", &report.by_squad),
            Breakdown::Guild => ("Where it sits, by guild", &report.by_guild),
            Breakdown::Owner => ("Where it sits, by who can act", &report.by_owner),
        };
        if view.by == Breakdown::Owner && !report.factors.is_empty() && rows.is_empty() {
            return self
                .sentence("(An aggregate names nobody: there is no breakdown by who can act.)".to_owned());
        }
        if rows.is_empty() {
            return;
        }
        self.heading(heading);
        let most = rows.iter().map(|row| row.mp.mp()).max().unwrap_or(0);
        let names: Vec<String> = rows.iter().map(|row| row_name(row, view.by, self.longest_name)).collect();
        let amounts: Vec<String> = rows.iter().map(|row| one_decimal(row.points.0)).collect();
        let shares: Vec<String> = rows.iter().map(|row| percent(row.share.0)).collect();
        let taken: usize = [&names, &amounts, &shares].map(|cells| widest(cells)).iter().sum();
        let length = self.width.saturating_sub(taken + ROOM_AROUND_BARS).clamp(10, 40);
        let cells: Vec<Vec<String>> = rows
            .iter()
            .zip(names.into_iter().zip(amounts).zip(shares))
            .map(|(row, ((name, amount), share))| {
                vec![name, bar(row.mp.mp(), most, length, self.screen), amount, share]
            })
            .collect();
        let kinds = [Column::Left, Column::Rest, Column::Right, Column::Right];
        let lines = columns(&kinds, &cells, 3, self.width);
        self.lines.extend(lines.into_iter().map(|line| paint_bar(&line, self.screen)));
    }

    fn coverage(&mut self, report: &Report<'_>) {
        self.heading("What could be answered, by rule");
        let header = ["", "", "asked", "unknown", "answered"].map(str::to_owned).to_vec();
        let asked = report.coverage.by_rule.iter().filter(|(_, _, answers)| answers.all > 0);
        let rows = asked.map(|(code, name, answers)| {
            let ratio = answers.ratio().map(percent).unwrap_or_default();
            vec![
                (*code).to_owned(),
                (*name).to_owned(),
                answers.all.to_string(),
                answers.unknown.to_string(),
                ratio,
            ]
        });
        let cells: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let kinds = [Column::Left, Column::Left, Column::Right, Column::Right, Column::Right];
        self.lines.extend(columns(&kinds, &cells, 3, self.width));
        let aside = &report.coverage.set_aside;
        self.sentence(format!(
            "Set aside: {} exempt, {} external, {} away",
            aside.exempt, aside.external, aside.away
        ));
    }

    fn factors(&mut self, report: &Report<'_>, view: &View) {
        let all = report.factors.len();
        if all == 0 {
            self.blank();
            self.sentence("No debt was found in what the portfolio says.".to_owned());
            return;
        }
        let shown = view.top.unwrap_or(all).min(all);
        if shown < all {
            self.heading(&format!("Factors, worst first ({shown} of {all}; --top 0 for all)"));
        } else {
            self.heading("Factors, worst first");
        }
        let cells: Vec<Vec<String>> = report
            .factors
            .rows()
            .take(shown)
            .map(|row| vec![one_decimal(row.points.0), factor_text(&row, report), row.code.to_owned()])
            .collect();
        let lines = columns(&[Column::Right, Column::Rest, Column::Left], &cells, 3, self.width);
        let painted: Vec<String> = lines.into_iter().map(|line| self.paint_code(&line)).collect();
        self.lines.extend(painted);
    }

    /// The code at the end of a factor's first line, in the background.
    fn paint_code(&self, line: &str) -> String {
        match line.len().checked_sub(4).filter(|at| line.is_char_boundary(*at)).map(|at| line.split_at(at)) {
            Some((start, code))
                if code.starts_with('D') && code[1..].bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                format!("{start}{}", self.paint(DIM, code))
            }
            _ => line.to_owned(),
        }
    }

    fn next(&mut self, report: &Report<'_>, view: &View) {
        let tasks = report.first_tasks(view.tasks);
        let not_measured = not_measured(report).filter(|_| view.tasks > 0);
        if tasks.is_empty() && not_measured.is_none() {
            return;
        }
        self.heading_of_columns("Do next", "removes     takes");
        let rows = tasks.iter().enumerate().map(|(index, task)| {
            let what = match &task.who_label {
                Some(who) => format!("{}: {}", label(who), label(&task.what)),
                None => capitalised(&label(&task.what)),
            };
            let condition = condition(task).map(|condition| format!(" ({})", label(&condition)));
            let what = what + &condition.unwrap_or_default();
            vec![(index + 1).to_string(), what, one_decimal(task.effect_mp.mp()), duration(task.minutes)]
        });
        let cells: Vec<Vec<String>> = rows.collect();
        let kinds = [Column::Right, Column::Rest, Column::Right, Column::Wide(TAKES)];
        self.lines.extend(columns(&kinds, &cells, 3, self.width));
        let left_out = not_measured.map(|words| vec![words]);
        self.lines.extend(columns(&[Column::Rest], left_out.as_slice(), 3, self.width));
    }

    fn written_off(&mut self, report: &Report<'_>) {
        if report.written_off.is_empty() {
            return;
        }
        self.heading("Written off, not in the score");
        let cells: Vec<Vec<String>> =
            report.written_off.iter().map(|row| vec![one_decimal(row.points.0), label(&row.words)]).collect();
        self.lines.extend(columns(&[Column::Right, Column::Rest], &cells, 3, self.width));
    }
}

/// Margins and gaps of the lines that have a bar.
const ROOM_AROUND_BARS: usize = 10;
/// How wide the last column of what to do next is: `takes` and the blanks before it.
const TAKES: usize = 8;

fn row_name(row: &Row, by: Breakdown, longest: usize) -> String {
    let nowhere = match by {
        Breakdown::Owner => "nobody",
        Breakdown::Group | Breakdown::Rule | Breakdown::Squad | Breakdown::Guild | Breakdown::Coverage => {
            "none"
        }
    };
    match (&row.key, &row.name) {
        (None, _) => format!("({nowhere})"),
        (Some(key), Some(name)) if by == Breakdown::Rule => format!("{} {}", label(key), label(name)),
        (Some(_), Some(name)) => shortened(&label(name), longest),
        (Some(key), None) => shortened(&label(key), longest),
    }
}

/// Names in a breakdown are cut here, so that the bars keep their place.
const LONGEST_NAME: usize = 28;

pub(super) fn shortened(name: &str, longest: usize) -> String {
    if width_of(name) <= longest {
        return name.to_owned();
    }
    let mut short = String::new();
    for character in name.chars() {
        let longer = format!("{short}{character}");
        if width_of(&longer) >= longest {
            break;
        }
        short = longer;
    }
    short.push('\u{2026}');
    short
}

/// What is the case, how the amount came about, and the acknowledgement, a line each.
fn factor_text(row: &FactorRow, report: &Report<'_>) -> String {
    let mut evidence = row.evidence.iter().map(label);
    let mut text = evidence.next().unwrap_or_default();
    let grown = row.interest_mp.mp() + row.fees_mp.mp() > 0;
    if grown {
        let mut parts = Vec::new();
        if row.principal_mp.mp() > 0 {
            parts.push(format!("{} principal", one_decimal(row.principal_mp.mp())));
        }
        if row.interest_mp.mp() > 0 {
            parts.push(format!("{} interest", one_decimal(row.interest_mp.mp())));
        }
        if row.fees_mp.mp() > 0 {
            parts.push(format!("{} fees for deferring it", one_decimal(row.fees_mp.mp())));
        }
        let first = evidence.next().map(|fact| format!("{fact}: ")).unwrap_or_default();
        text.push_str(&format!("\n{first}{}", parts.join(", ")));
    }
    if let Some(acknowledged) = &row.acknowledged {
        let days = acknowledged.through.days_since(report.as_of);
        let left = days_left(days);
        let through = acknowledged.through.in_short(report.as_of);
        text.push_str(&format!("\nacknowledged through {through}, {left}: {}", label(&acknowledged.reason)));
    }
    text
}

pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

fn paint_bar(line: &str, screen: Screen) -> String {
    let is_bar = |character: char| ('\u{2588}'..='\u{258F}').contains(&character);
    match (screen.colour, line.find(is_bar), line.rfind(is_bar)) {
        (true, Some(start), Some(last)) => {
            let end = last + '\u{2588}'.len_utf8();
            format!("{}{BAR}{}{BAR:#}{}", &line[..start], &line[start..end], &line[end..])
        }
        _ => line.to_owned(),
    }
}
