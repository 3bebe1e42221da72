//! `html`: a report to open or send: one self-contained file. Its content security policy lets nothing
//! run or apply but its own script and style. Each section is a file or a function here; factors are written one by one.

mod ahead;
mod change;
mod copy;
mod factors;
mod figures;
mod heat;
mod lines;
mod rest;
mod rows;
mod tasks;
mod tools;

use std::io::{self, BufWriter, Write};

use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::View;
use super::lines::SVG_STYLE;
use super::table::parts::{one_decimal, percent};
use super::words::signed;
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::report::{Report, Task, Tool};

pub(super) const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

pub(super) fn render(report: &Report<'_>, view: &View, to: &mut dyn Write) -> io::Result<()> {
    render_behind(&html! {}, report, view, to)
}

/// The same behind a section that comes first.
pub(super) fn render_behind(
    first: &Markup,
    report: &Report<'_>,
    view: &View,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut page = BufWriter::with_capacity(1 << 16, to);
    put(&mut page, &head(report))?;
    page.write_all(b"<body>")?;
    let tasks = tasks::shown(report, view.tasks);
    put(&mut page, &top(report, tasks))?;
    page.write_all(b"<main id=\"main\">")?;
    put(&mut page, first)?;
    put(&mut page, &tasks::section(report, tasks, &view.paths))?;
    put(&mut page, &change::section(report))?;
    // The trend of several reports belongs here, behind what changed since the last one.
    put(&mut page, &figures::where_it_sits(report))?;
    put(&mut page, &lines::section(report, view))?;
    put(&mut page, &ahead::section(report))?;
    factors::write(report, &mut page)?;
    put(&mut page, &rest::written_off(report))?;
    put(&mut page, &rest::answered(report))?;
    put(&mut page, &rest::warnings(report))?;
    page.write_all(b"</main>")?;
    put(&mut page, &foot(report))?;
    page.write_all(b"</body></html>\n")?;
    page.flush()
}

fn put(to: &mut impl Write, markup: &Markup) -> io::Result<()> {
    to.write_all(markup.0.as_bytes())
}

/// A source in a content security policy: exactly this text.
pub(super) fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

fn name(report: &Report<'_>) -> Untrusted {
    report.portfolio.clone().unwrap_or_else(|| Untrusted::new("Portfolio"))
}

fn head(report: &Report<'_>) -> Markup {
    let style = format!("{STYLE}{SVG_STYLE}");
    let (source_of_style, script) = (source(&style), source(SCRIPT));
    let policy = format!(
        "default-src 'none'; style-src {source_of_style}; script-src {script}; base-uri 'none'; form-action 'none'"
    );
    let title = Untrusted::new(format!(
        "Decision Debt of {}: {}, {} points",
        name(report).raw(),
        report.score.grade,
        one_decimal(report.score.points.0)
    ));
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        (head_of(&report.tool, &policy, &title, &style))
    }
}

/// The head of a page that asks nobody for anything.
pub(super) fn head_of(tool: &Tool, policy: &str, title: &Untrusted, style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="generator" content={ (tool.name) " " (tool.version) };
            title { (title) }
            style { (PreEscaped(style)) }
        }
    }
}

/// The headline, and the way to everything else.
fn top(report: &Report<'_>, tasks: &[Task]) -> Markup {
    let score = &report.score;
    let people = counted(score.people, "person", "people");
    let grade = format!("grade grade-{}", score.grade.to_ascii_lowercase());
    html! {
        a class="skip" href="#main" { "Skip to the content" }
        header {
            p class="eyebrow" { "Decision Debt" }
            h1 { bdi { (name(report)) } }
            p class="soft" {
                time datetime=(report.as_of) { (report.as_of.in_full()) }
                " \u{B7} " (people)
                @if let Some(part) = &report.part {
                    " \u{B7} a part of it: "
                    @if let Some(squad) = &part.squad { "squad " (squad) " " }
                    @if let Some(guild) = &part.guild { "guild " (guild) " " }
                    (part.only.join(", ")) " only"
                }
            }
            div class="verdict" {
                p class=(grade) { span class="unseen" { "Grade " } (score.grade) }
                dl class="facts" {
                    div { dt { "Debt" } dd { (one_decimal(score.points.0)) " " small { "points" } } }
                    @if let Some(from) = report.change.as_ref().and_then(|change| change.from_mp) {
                        div { dt { "Change" } dd { (signed((score.mp - from).mp())) " " small { "points" } } }
                    }
                    div { dt { "Per person" } dd { (one_decimal(score.intensity.0)) " " small { "points" } } }
                    @if let Some(ratio) = report.coverage.ratio {
                        div { dt { "Questions answered" } dd { (percent(ratio.0)) } }
                    }
                    @if report.range.high_mp > score.mp {
                        div {
                            dt title="Counting one unit of debt for each question not answered" { "Up to" }
                            dd { (one_decimal(report.range.high_points.0)) " " small { "points" } }
                        }
                    }
                }
            }
            (figures::made_of(report))
            (contents(report, tasks))
        }
    }
}

fn contents(report: &Report<'_>, tasks: &[Task]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul {
                @if !tasks.is_empty() { li { a href="#do" { "Do next" } } }
                @if let Some(change) = &report.change { li { a href="#change" { (change::heading(change)) } } }
                @if !report.factors.is_empty() { li { a href="#where" { "Where it sits" } } }
                @if lines::is_shown(report) { li { a href="#lines" { "The two lines" } } }
                li { a href="#ahead" { "If nothing happens" } }
                li { a href="#all" { (factors::heading(report)) } }
                @if !report.written_off.is_empty() { li { a href="#written-off" { "Written off" } } }
                li { a href="#answered" { "What could be answered" } }
            }
        }
    }
}

fn foot(report: &Report<'_>) -> Markup {
    html! {
        footer class="small soft" {
            p {
                "One point is about one hour of conversation and follow-up that one person owes another. The weights are a judgement: "
                span class="code" { "debt explain" } " shows them. Grades follow points per person."
            }
            p {
                (report.tool.name) " " (report.tool.version) " \u{B7} as of " (report.as_of) " \u{B7} "
                "people shown as " (report.privacy) " \u{B7} policy " span class="code" { (report.policy_hash) }
            }
        }
        p id="copied" class="unseen" role="status" {}
        script { (PreEscaped(SCRIPT)) }
    }
}
