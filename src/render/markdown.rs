//! `markdown`: for pull-request comments and job summaries. A hidden first line lets a bot find its comment again;
//! what does not fit into a comment is counted. A comparison begins with what it says, and the rest is folded.

mod comparison;

use std::io::{self, Write};

use super::View;
use super::escape::{markdown, terminal};
use super::places;
use super::table::capitalised;
use super::table::parts::{duration, one_decimal, percent};
use super::words::{
    BESIDE, LOOSENED, TO_ACKNOWLEDGE, WRITE_THE_DAY, acknowledged, against, asked_about, beside_the_day,
    by_part, condition, gate_verdict, how, not_measured, parts, shortened, signed, supposed,
    under_former_policy, up_to,
};
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::report::{Change, ChangedRow, FactorRow, Failure, Report, Row, TripRow};

/// Forges refuse comments a little above this.
const MOST_CHARACTERS: usize = 60_000;
/// Room that the lists leave for what comes below them.
const TAIL: usize = 4_000;
/// The most rows of the lists that could be long, other than the factors.
const MOST_ROWS: usize = 40;

pub(super) fn render(report: &Report<'_>, view: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::of(&report.portfolio_id);
    match &report.change {
        Some(change) => page.compared(report, change, view),
        None => page.whole(report, view),
    }
    to.write_all(page.text.as_bytes())
}

/// A run that scored nothing says why; what an earlier one said would be taken for its own.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::of(&failure.portfolio_id);
    page.say("### \u{274C} Decision Debt: nothing could be scored\n\n");
    let rows = failure.errors.iter().map(|wrong| {
        let place =
            places::in_words(wrong).map(|place| format!("{}: ", markdown(&place))).unwrap_or_default();
        let help = wrong.help.iter().map(|help| format!("<br>{}", cell(help)));
        let words = std::iter::once(cell(&wrong.message)).chain(help).collect::<String>();
        format!("- {place}{words}\n")
    });
    page.rows(rows.collect::<Vec<_>>().into_iter(), MOST_ROWS, TAIL);
    if failure.omitted > 0 {
        page.say(&format!("\n\u{2026} and {} more errors.\n", failure.omitted));
    }
    to.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    characters: usize,
}

fn cell(label: &Untrusted) -> String {
    markdown(&shortened(label.raw()))
}

impl Page {
    /// With the first line, for whoever updates a comment in place: that of this portfolio and not of another.
    fn of(portfolio: &Untrusted) -> Page {
        let mut page = Page { text: String::new(), characters: 0 };
        page.say(&format!("<!-- debt:report {} -->\n", terminal(portfolio.raw())));
        page
    }

    /// A report that is compared with nothing.
    fn whole(&mut self, report: &Report<'_>, view: &View) {
        self.verdict(report);
        self.next(report, view);
        self.made_of(report);
        self.footer(report);
    }

    fn made_of(&mut self, report: &Report<'_>) {
        self.breakdown("Where it sits", "Group", &report.by_group);
        self.factors(report);
        self.breakdown("By squad", "Squad", &report.by_squad);
        self.breakdown("By guild", "Guild", &report.by_guild);
        self.written_off(report);
    }

    fn say(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.text.push_str(text);
    }

    /// Says it only where there is room for it.
    fn fits(&mut self, text: &str, room: usize) -> bool {
        let fits = self.characters + text.chars().count() + room <= MOST_CHARACTERS;
        if fits {
            self.say(text);
        }
        fits
    }

    /// Rows as long as there is room; then how many are left out.
    fn rows(&mut self, rows: impl ExactSizeIterator<Item = String>, most: usize, room: usize) {
        let all = rows.len();
        let mut shown = 0;
        for row in rows.take(most) {
            if !self.fits(&row, room) {
                break;
            }
            shown += 1;
        }
        if shown < all {
            self.say(&format!("\n\u{2026} and {} more.\n", all - shown));
        }
    }

    fn verdict(&mut self, report: &Report<'_>) {
        let score = &report.score;
        let name = report.portfolio.as_ref().map_or_else(|| "Portfolio".to_owned(), cell);
        self.say(&format!(
            "\n## Decision Debt of {name}: {}, {} points\n\n",
            score.grade,
            one_decimal(score.points.0)
        ));
        let people = counted(score.people, "person", "people");
        self.say(&format!(
            "**{} points per person** ({people}), on {}.",
            one_decimal(score.intensity.0),
            report.as_of.in_full()
        ));
        match report.coverage.ratio {
            Some(ratio) if report.coverage.unknown > 0 => {
                self.say(&format!(" {} of the questions could be answered.", percent(ratio.0)));
                if let Some(high) = up_to(report) {
                    self.say(&format!(" {high}."));
                }
            }
            Some(_) => {}
            None => self.say(" No question was asked: every rule is off."),
        }
        if let Some(part) = &report.part {
            let squad = part.squad.iter().map(|squad| format!("squad {}", cell(squad)));
            let guild = part.guild.iter().map(|guild| format!("guild {}", cell(guild)));
            let only = part.only.iter().map(|code| (*code).to_owned());
            let what: Vec<String> = squad.chain(guild).chain(only).collect();
            self.say(&format!(" A part of it: {} only.", what.join(", ")));
        }
        self.say("\n");
    }

    fn change(&mut self, report: &Report<'_>, change: &Change) {
        let total = change.from_mp.map(|from| {
            format!("from {} to {} points", one_decimal(from.mp()), one_decimal(change.to_mp.mp()))
        });
        self.say(&format!(
            "\n### {}{}\n\n",
            match supposed(change) {
                Some(supposed) => cell(&supposed),
                None if change.against.is_some() => "The change".to_owned(),
                None => "The gate".to_owned(),
            },
            total.map(|total| format!(": {total}")).unwrap_or_default()
        ));
        if let Some(gate) = &change.gate {
            let sign = if gate.failed { "\u{274C}" } else { "\u{2705}" };
            self.say(&format!("{sign} **{}**\n\n", markdown(&gate_verdict(gate))));
        }
        if change.against.is_none() {
            return;
        }
        self.say(&format!("Compared{}.\n\n", against(report, change, cell)));
        self.say("| Part | Because | Points |\n|---|---|---:|\n");
        for (word, meaning, amount) in parts(change) {
            self.say(&format!("| {word} | {meaning} | {} |\n", signed(amount)));
        }
        self.say(&format!(
            "| **rise** | principal and fees; interest neither counts nor pays | **{}** |\n",
            signed(change.rise_mp.mp())
        ));
        if change.acknowledged_mp.mp() > 0 {
            self.say(&format!(
                "\nOf what is introduced, {} is acknowledged.\n",
                one_decimal(change.acknowledged_mp.mp())
            ));
        }
        self.changed(report, change);
        self.beside_the_day(report, change);
        self.loosened(change);
    }

    fn changed(&mut self, report: &Report<'_>, change: &Change) {
        let former = |row| (row, "<br>under the previous policy");
        let rows: Vec<(&ChangedRow, &str)> = under_former_policy(change)
            .map(former)
            .chain(by_part(change).into_iter().map(|row| (row, "")))
            .collect();
        if rows.is_empty() {
            return;
        }
        self.say("\n| Points | | What |\n|---:|---|---|\n");
        let rows = rows.into_iter().map(|(row, under)| {
            let how = how(row).map(|how| format!(" ({})", cell(&how))).unwrap_or_default();
            let act = match (&row.owner_label, &row.remedy) {
                (Some(owner), Some(remedy)) => format!("<br>{}: {}", cell(owner), cell(remedy)),
                (None, Some(remedy)) => format!("<br>{}", cell(remedy)),
                (_, None) => String::new(),
            };
            let points = signed((row.to_mp - row.from_mp).mp());
            let named = row.acknowledged.as_ref().map(|named| markdown(&acknowledged(report, named)));
            let named = named.map(|named| format!("<br><sub>{named}</sub>")).unwrap_or_default();
            format!("| {points} | {}{how}{under} | {}{act}{named} |\n", row.kind, cell(&row.words))
        });
        self.rows(rows, MOST_ROWS, MOST_CHARACTERS / 2);
    }

    fn beside_the_day(&mut self, report: &Report<'_>, change: &Change) {
        let all = beside_the_day(report, change);
        if all.is_empty() {
            return;
        }
        self.say(&format!("\n**{BESIDE}**\n\n"));
        let row = |(trip, why): (&TripRow, String)| {
            format!("- {} {}: {}\n", signed(trip.mp.mp()), cell(&trip.id), markdown(&why))
        };
        self.rows(all.into_iter().map(row), MOST_ROWS, MOST_CHARACTERS / 2);
    }

    /// Folded, and left out where there is no room for all of it: half a list pasted would be half of an answer.
    fn what_to_write(&mut self, change: &Change) {
        let Some(yaml) = &change.to_acknowledge else { return };
        let asked = asked_about(change)
            .map(|day| format!("Did any of it exist before {day}? {WRITE_THE_DAY}\n\n"))
            .unwrap_or_default();
        let text = format!(
            "\n<details>\n<summary>{TO_ACKNOWLEDGE}</summary>\n\n{asked}```yaml\n{}```\n\n</details>\n",
            yaml.raw()
        );
        self.fits(&text, MOST_CHARACTERS / 2);
    }

    fn loosened(&mut self, change: &Change) {
        if change.loosened.is_empty() {
            return;
        }
        self.say(&format!("\n\u{26A0}\u{FE0F} **{LOOSENED}**\n\n"));
        let rows = change.loosened.iter().map(|row| format!("- {}\n", cell(&row.message)));
        self.rows(rows, MOST_ROWS, MOST_CHARACTERS / 2);
    }

    fn next(&mut self, report: &Report<'_>, view: &View) {
        let tasks = report.first_tasks(view.tasks);
        let not_measured = not_measured(report).filter(|_| view.tasks > 0);
        if tasks.is_empty() && not_measured.is_none() {
            return;
        }
        self.say("\n### Do next\n\n");
        for (index, task) in tasks.iter().enumerate() {
            let what = match &task.who_label {
                Some(who) => format!("**{}**: {}", cell(who), cell(&task.what)),
                None => cell(&Untrusted::new(capitalised(task.what.raw()))),
            };
            let condition = condition(task).map(|condition| format!(", {}", cell(&condition)));
            let (removes, takes) = (one_decimal(task.effect_mp.mp()), duration(task.minutes));
            self.say(&format!(
                "{}. {what} (removes {removes}, takes {takes}{})\n",
                index + 1,
                condition.unwrap_or_default()
            ));
        }
        if let Some(words) = not_measured {
            self.say(&format!("\n{words}.\n"));
        }
    }

    fn breakdown(&mut self, heading: &str, what: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        let head = format!("\n### {heading}\n\n| {what} | Points | Share |\n|---|---:|---:|\n");
        if !self.fits(&head, TAIL / 2) {
            return;
        }
        let rows = rows.iter().map(|row| {
            let name = row.name.as_ref().or(row.key.as_ref()).map_or_else(|| "(none)".to_owned(), cell);
            format!("| {name} | {} | {} |\n", one_decimal(row.points.0), percent(row.share.0))
        });
        self.rows(rows, MOST_ROWS, TAIL / 2);
    }

    fn factors(&mut self, report: &Report<'_>) {
        if report.factors.is_empty() {
            self.say("\nNo debt was found in what the portfolio says.\n");
            return;
        }
        self.say("\n### Factors, worst first\n\n| Points | What | Rule |\n|---:|---|---|\n");
        let mut shown = 0;
        for row in report.factors.rows() {
            if !self.fits(&factor(&row), TAIL) {
                break;
            }
            shown += 1;
        }
        if shown < report.factors.len() {
            self.say(&format!("\n\u{2026} and {} more.\n", report.factors.len() - shown));
        }
    }

    fn written_off(&mut self, report: &Report<'_>) {
        if report.written_off.is_empty() {
            return;
        }
        if self.fits("\n### Written off, not in the score\n\n", TAIL / 2) {
            let rows = report.written_off.iter();
            let rows = rows.map(|row| format!("- {}: {}\n", one_decimal(row.points.0), cell(&row.words)));
            self.rows(rows, MOST_ROWS, TAIL / 2);
        }
    }

    fn footer(&mut self, report: &Report<'_>) {
        let warnings = match report.warnings.len() {
            0 => String::new(),
            1 => " 1 warning.".to_owned(),
            more => format!(" {more} warnings."),
        };
        self.say(&format!(
            "\n<sub>debt {} on {}, policy {}.{warnings} One point is about one hour of conversation owed; \
             `debt explain CODE` says how it is counted.</sub>\n",
            report.tool.version,
            report.as_of,
            report.policy_hash.get(..15).unwrap_or(&report.policy_hash)
        ));
    }
}

fn factor(row: &FactorRow) -> String {
    let mut evidence = row.evidence.iter().map(cell);
    let mut lines = vec![evidence.next().unwrap_or_default()];
    let details: Vec<String> = evidence.collect();
    if !details.is_empty() {
        lines.push(format!("<sub>{}</sub>", details.join("; ")));
    }
    if let Some(acknowledged) = &row.acknowledged {
        let through = acknowledged.through;
        lines.push(format!("<sub>acknowledged through {through}: {}</sub>", cell(&acknowledged.reason)));
    }
    format!("| {} | {} | {} |\n", one_decimal(row.points.0), lines.join("<br>"), row.code)
}
