//! `table`: five sentences, then what the score hangs on.

use std::io::{self, Write};

use super::super::escape::{label, terminal};
use super::super::own::{OwnView, name, put_lines};
use super::super::table::parts::{Column, columns, left_and_right, one_decimal};
use super::super::table::shortened;
use super::super::words::signed;
use crate::base::decimal::thousandths;
use crate::report::sensitivity::{ActShare, SensitivityReport, VariedRow};

/// In so many of a hundred runs something is sure, and under so many two groups are not told apart.
const SURE: u64 = 95;
const TOLD_APART: u64 = 80;
/// Tasks are cut here.
const LONGEST: usize = 48;

pub(super) fn render(report: &SensitivityReport, view: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let runs = format!("{} runs, weights \u{B1} {} %", report.runs, report.spread);
    let mut lines = left_and_right(&label(&name(&report.head)), &runs, view.width());
    lines.push(String::new());
    let sentences = [Some(score(report)), order(report), acts(report), apart(report)];
    for sentence in sentences.into_iter().flatten() {
        lines.extend(view.sentence(&terminal(&sentence)));
    }
    let shown = view.top.unwrap_or(usize::MAX).min(report.one_at_a_time.len());
    if shown > 0 {
        lines.push(String::new());
        lines.push(" What it hangs on most, one change at a time".to_owned());
        let cells = |row: &VariedRow| {
            let alike = row.spearman.map(|alike| thousandths(alike.0)).unwrap_or_default();
            let score = one_decimal(row.score_mp.mp());
            vec![words(row), signed(row.change_mp.mp()), score, row.grade.to_owned(), alike]
        };
        let heading = ["", "points", "score", "", "order"].map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> =
            std::iter::once(heading).chain(report.one_at_a_time.iter().take(shown).map(cells)).collect();
        let kinds = [Column::Left, Column::Right, Column::Right, Column::Left, Column::Right];
        lines.extend(columns(&kinds, &rows, 2, view.width()));
        let more = report.one_at_a_time.len() - shown;
        if more > 0 {
            lines.push(format!("   and {more} more (--top 0 for all)"));
        }
    }
    put_lines(&lines, to)
}

fn share(runs: u64, all: u64) -> u64 {
    runs.saturating_mul(200).saturating_add(all).checked_div(all.saturating_mul(2)).unwrap_or(0)
}

fn score(report: &SensitivityReport) -> String {
    let all = report.runs;
    let graded = report.grades.iter().filter(|one| one.runs > 0);
    let mut graded: Vec<_> = graded.collect();
    graded.sort_by_key(|one| std::cmp::Reverse(one.runs));
    let graded: Vec<String> =
        graded.iter().map(|one| format!("{} in {} %", one.grade, share(one.runs, all))).collect();
    let range = &report.score;
    format!(
        "The score of {} could as well be {} to {} ({}).",
        one_decimal(range.mp.mp()),
        one_decimal(range.p5_mp.mp()),
        one_decimal(range.p95_mp.mp()),
        graded.join(", ")
    )
}

fn order(report: &SensitivityReport) -> Option<String> {
    let alike = report.spearman?;
    let what = if report.by == "guild" { "Guilds" } else { "Squads" };
    Some(format!(
        "{what} by points a person: Spearman {} against today\u{2019}s order (median), {} at least.",
        thousandths(alike.median.0),
        thousandths(alike.least.0)
    ))
}

fn acts(report: &SensitivityReport) -> Option<String> {
    let sure: Vec<&ActShare> =
        report.acts.iter().filter(|act| share(act.first_3_runs, report.runs) >= SURE).collect();
    let said = |act: &&ActShare| {
        format!("{} ({} %)", shortened(act.what.raw(), LONGEST), share(act.first_3_runs, report.runs))
    };
    if report.acts.is_empty() {
        return None;
    }
    if sure.is_empty() {
        let first = report.acts.first()?;
        return Some(format!(
            "No act is sure to be among the first three; {} is in {} %.",
            shortened(first.what.raw(), LONGEST),
            share(first.first_3_runs, report.runs)
        ));
    }
    let all: Vec<String> = sure.iter().map(said).collect();
    Some(format!("Sure to be among the first three: {}.", all.join("; ")))
}

fn apart(report: &SensitivityReport) -> Option<String> {
    let together = |one: &&crate::report::sensitivity::GroupShare| {
        one.over_next_runs.is_some_and(|runs| share(runs, report.runs) < TOLD_APART)
    };
    let next = |at: usize| report.groups.get(at + 1).map(|next| next.label.raw().to_owned());
    let pairs: Vec<String> = report
        .groups
        .iter()
        .enumerate()
        .filter(|(_, one)| together(one))
        .filter_map(|(at, one)| Some(format!("{} and {}", one.label.raw(), next(at)?)))
        .collect();
    (!pairs.is_empty()).then(|| format!("Not told apart: {}.", pairs.join("; ")))
}

fn words(row: &VariedRow) -> String {
    let key = row.key.as_deref().unwrap_or_default();
    match row.variation {
        "half" => format!("{key} halved"),
        "half-more" => format!("{key} half as much again"),
        "off" => format!("{key} off"),
        "no-interest" => "No interest".to_owned(),
        _ => "Everything costs one point".to_owned(),
    }
}
