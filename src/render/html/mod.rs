//! `html`: a report to open or send: one self-contained file. Its content security policy lets nothing
//! run or apply but its own script and style. Each section is a file or a function here; factors are written one by one.

mod ahead;
mod change;
mod factors;
mod figures;

use std::io::{self, BufWriter, Write};

use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::View;
use super::table::capitalised;
use super::table::parts::{duration, one_decimal, percent};
use super::words::{condition, not_measured};
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
    let tasks = report.first_tasks(view.tasks);
    put(&mut page, &top(report, tasks))?;
    page.write_all(b"<main id=\"main\">")?;
    put(&mut page, first)?;
    put(&mut page, &change::section(report))?;
    put(&mut page, &to_do(report, tasks))?;
    put(&mut page, &figures::where_it_sits(report))?;
    put(&mut page, &ahead::section(report))?;
    factors::write(report, &mut page)?;
    put(&mut page, &written_off(report))?;
    put(&mut page, &answered(report))?;
    put(&mut page, &warnings(report))?;
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
    let (style, script) = (source(STYLE), source(SCRIPT));
    let policy = format!(
        "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
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
        (head_of(&report.tool, &policy, &title, STYLE))
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
            h1 { (name(report)) }
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
                @if let Some(change) = &report.change { li { a href="#change" { (change::heading(change)) } } }
                @if !tasks.is_empty() { li { a href="#do" { "Do next" } } }
                @if !report.factors.is_empty() { li { a href="#where" { "Where it sits" } } }
                li { a href="#ahead" { "If nothing happens" } }
                li { a href="#all" { (factors::heading(report)) } }
                @if !report.written_off.is_empty() { li { a href="#written-off" { "Written off" } } }
                li { a href="#answered" { "What could be answered" } }
            }
        }
    }
}

fn to_do(report: &Report<'_>, tasks: &[Task]) -> Markup {
    let not_measured = not_measured(report);
    if tasks.is_empty() && not_measured.is_none() {
        return html! {};
    }
    html! {
        section aria-labelledby="do" {
            h2 id="do" { "Do next" }
            ol class="do" {
                @for task in tasks {
                    li {
                        @match &task.who_label {
                            Some(who) => { strong { (who) } ": " (task.what) }
                            None => (Untrusted::new(capitalised(task.what.raw()))),
                        }
                        @if let Some(condition) = condition(task) { " (" (condition) ")" }
                        p class="meta" {
                            "removes " (one_decimal(task.effect_mp.mp())) " points, takes about " (duration(task.minutes))
                        }
                    }
                }
            }
            @if let Some(words) = not_measured { p class="soft" { (words) "." } }
        }
    }
}

fn written_off(report: &Report<'_>) -> Markup {
    if report.written_off.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="written-off" {
            h2 id="written-off" { "Written off, not in the score" }
            p class="soft" { "Overdue conversations that were dropped, or whose person has left." }
            table {
                thead { tr { th scope="col" { "What" } th scope="col" class="number" { "Points" } } }
                tbody {
                    @for row in &report.written_off {
                        tr { td { (row.words) } td class="number" { (one_decimal(row.points.0)) } }
                    }
                }
            }
        }
    }
}

fn answered(report: &Report<'_>) -> Markup {
    let coverage = &report.coverage;
    let aside = &coverage.set_aside;
    html! {
        section aria-labelledby="answered" {
            h2 id="answered" { "What could be answered" }
            p {
                @match coverage.ratio {
                    Some(ratio) => { (percent(ratio.0)) " of " (coverage.answers) " questions; " (coverage.unknown) " could not be answered from what is written. " }
                    None => "No question was asked: every rule is off. ",
                }
                "A low score with few answers is not good news. Set aside: "
                (aside.exempt) " exempt, " (aside.external) " external, " (aside.away) " away."
            }
            details {
                summary { "By rule" }
                table {
                    thead { tr {
                        th scope="col" { "Rule" }
                        th scope="col" class="number" { "Asked" }
                        th scope="col" class="number" { "Unknown" }
                        th scope="col" class="number" { "Answered" }
                    } }
                    tbody {
                        @for (code, name, answers) in coverage.by_rule.iter().filter(|(_, _, answers)| answers.all > 0) {
                            tr {
                                th scope="row" { (code) " " (name) }
                                td class="number" { (answers.all) }
                                td class="number" { (answers.unknown) }
                                td class="number" { (answers.ratio().map(percent).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn warnings(report: &Report<'_>) -> Markup {
    if report.warnings.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="warnings" {
            h2 id="warnings" { "Warnings" }
            ul class="plain" {
                @for warning in &report.warnings {
                    li {
                        (warning.message)
                        @if let Some(at) = &warning.location { " " span class="soft small" { (at.file) ":" (at.line) } }
                    }
                }
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
        script { (PreEscaped(SCRIPT)) }
    }
}
