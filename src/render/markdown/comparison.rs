//! A comparison in Markdown: the verdict and what changed, in a few lines; everything else is folded below, and is what is
//! cut where there is no room.

use super::{MOST_CHARACTERS, MOST_ROWS, Page, cell};
use crate::base::message::counted;
use crate::render::View;
use crate::render::escape::markdown;
use crate::render::table::parts::one_decimal;
use crate::render::words::{
    LOOSENED, acknowledged, against, gate_verdict, parts, signed, supposed, under_former_policy,
};
use crate::report::{Change, ChangedRow, GateRow, Report};

/// The most lines above the fold where the gate holds, the first with its marker included.
const MOST_LINES: usize = 10;

/// The most of what is more lenient that is named above the fold.
const MOST_LOOSENED: usize = 3;

impl Page {
    pub(super) fn compared(&mut self, report: &Report<'_>, change: &Change, view: &View) {
        if is_nothing(change) {
            self.say(&unchanged(report, change));
            return;
        }
        let gate = change.gate.as_ref();
        let mut head = vec![heading(change), standing(report, change)];
        if change.against.is_some() {
            let parts: Vec<String> = parts(change)
                .into_iter()
                .map(|(word, _, amount)| format!("{word} {}", signed(amount)))
                .collect();
            let rise = format!("**rise {}**", signed(change.rise_mp.mp()));
            head.push(parts.into_iter().chain([rise]).collect::<Vec<_>>().join(", "));
        }
        if let Some(loosened) = loosened(change) {
            head.extend([String::new(), loosened]);
        }
        for line in &head {
            self.say(&format!("{line}\n"));
        }
        match gate.filter(|gate| gate.failed) {
            Some(gate) => self.failing(report, change, gate),
            None => self.first_rows(report, change, MOST_LINES.saturating_sub(head.len() + 1)),
        }
        self.what_to_write(change);
        self.say("\n<details><summary>Everything about it</summary>\n");
        self.verdict(report);
        self.change(report, change);
        self.next(report, view);
        self.made_of(report);
        self.footer(report);
        self.say("\n</details>\n");
    }

    /// Every row that makes the gate fail.
    fn failing(&mut self, report: &Report<'_>, change: &Change, gate: &GateRow) {
        let former = under_former_policy(change).map(|row| (row, " under the previous policy"));
        let rows = change.factors.iter().map(|row| (row, "")).chain(former);
        let rows: Vec<String> = rows
            .filter(|(row, _)| gate.failing.contains(&row.id) && row.to_mp > row.from_mp)
            .map(|(row, under)| item(report, row, under))
            .collect();
        if rows.is_empty() {
            return;
        }
        self.say("\n");
        self.rows(rows.into_iter(), MOST_ROWS, MOST_CHARACTERS / 2);
    }

    /// As many rows as there are lines for.
    fn first_rows(&mut self, report: &Report<'_>, change: &Change, lines: usize) {
        // A blank line before, one behind, and one for how many more there are.
        let most = lines.saturating_sub(3);
        let all = change.factors.len();
        if all == 0 || most == 0 {
            return;
        }
        self.say("\n");
        for row in change.factors.iter().take(most) {
            self.say(&item(report, row, ""));
        }
        if all > most {
            self.say(&format!("- \u{2026} and {} more, below\n", all - most));
        }
    }
}

/// Whether nobody changed anything: what time alone added is nobody's change.
fn is_nothing(change: &Change) -> bool {
    change.against.is_some()
        && !change.gate.as_ref().is_some_and(|gate| gate.failed)
        && change.supposed.is_empty()
        && change.factors.is_empty()
        && change.factors_base_policy.is_empty()
        && change.loosened.is_empty()
        && change.trips.is_empty()
        && parts(change).iter().all(|(word, ..)| *word == "accrued")
}

/// Three lines with the marker.
fn unchanged(report: &Report<'_>, change: &Change) -> String {
    let holds = if change.gate.is_some() { "\u{2705} **The gate holds**: nothing" } else { "Nothing" };
    let name = name(report);
    let accrued = change.accrued_mp.map_or(0, crate::base::points::MilliPoints::mp);
    let time = if accrued == 0 { String::new() } else { format!("; time alone {}", signed(accrued)) };
    format!(
        "{holds} changed in the Decision Debt of {name}{}\n{}{time}.\n",
        against(report, change, cell),
        figures(report)
    )
}

fn name(report: &Report<'_>) -> String {
    report.portfolio.as_ref().map_or_else(|| "the portfolio".to_owned(), cell)
}

fn figures(report: &Report<'_>) -> String {
    let score = &report.score;
    format!(
        "{}, {} points, {} per person ({}), on {}",
        score.grade,
        one_decimal(score.points.0),
        one_decimal(score.intensity.0),
        counted(score.people, "person", "people"),
        report.as_of.in_full()
    )
}

/// The verdict, where there is one.
fn heading(change: &Change) -> String {
    let words = match &change.gate {
        Some(gate) => {
            let sign = if gate.failed { "\u{274C}" } else { "\u{2705}" };
            format!("{sign} {}", markdown(&gate_verdict(gate)))
        }
        None => supposed(change).map_or_else(|| "Decision Debt: the change".to_owned(), |words| cell(&words)),
    };
    format!("### {words}")
}

/// Where it stands, and where it comes from.
fn standing(report: &Report<'_>, change: &Change) -> String {
    let from = change.from_mp.map(|from| format!(", from {} points", one_decimal(from.mp())));
    format!(
        "{}: {}{}{}",
        report.portfolio.as_ref().map_or_else(|| "The portfolio".to_owned(), cell),
        figures(report),
        from.unwrap_or_default(),
        against(report, change, cell)
    )
}

fn loosened(change: &Change) -> Option<String> {
    let rows = change.loosened.iter().take(MOST_LOOSENED).map(|row| cell(&row.message));
    let rows: Vec<String> = rows.collect();
    let more = change.loosened.len().saturating_sub(rows.len());
    let more = if more > 0 { format!("; and {more} more, below") } else { String::new() };
    (!rows.is_empty()).then(|| format!("\u{26A0}\u{FE0F} **{LOOSENED}**: {}{more}", rows.join("; ")))
}

/// One change on one line.
fn item(report: &Report<'_>, row: &ChangedRow, under: &str) -> String {
    let how = row.how.map(|how| format!(" ({how})")).unwrap_or_default();
    let act = match (&row.owner_label, &row.remedy) {
        (Some(owner), Some(remedy)) => format!("<br>{}: {}", cell(owner), cell(remedy)),
        (None, Some(remedy)) => format!("<br>{}", cell(remedy)),
        (_, None) => String::new(),
    };
    let named = row.acknowledged.as_ref().map(|named| markdown(&acknowledged(report, named)));
    let named = named.map(|named| format!("<br><sub>{named}</sub>")).unwrap_or_default();
    let points = signed((row.to_mp - row.from_mp).mp());
    let (kind, code, words) = (row.kind, row.code, cell(&row.words));
    format!("- **{points}** {kind}{how}{under}: {words} ({code}){act}{named}\n")
}
