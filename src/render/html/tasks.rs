//! What to do next: who, what, what it removes and takes, and the command that tells the file when it is done.

use std::path::PathBuf;

use maud::{Markup, html};

use super::super::escape::{said, said_as, with_paths};
use super::super::table::capitalised;
use super::super::table::parts::{duration, one_decimal};
use super::super::words::{condition, not_measured};
use super::copy;
use crate::report::{Report, Task};

/// As many tasks as a week has room for.
const MOST: usize = 6;

/// The tasks that are shown; none where nobody asked what to do.
pub(super) fn shown<'r>(report: &'r Report<'_>, most: usize) -> &'r [Task] {
    report.first_tasks(if most == 0 { 0 } else { MOST })
}

pub(super) fn section(report: &Report<'_>, tasks: &[Task], paths: &[PathBuf]) -> Markup {
    let not_measured = not_measured(report);
    if tasks.is_empty() && not_measured.is_none() {
        return html! {};
    }
    let commands: Vec<Option<String>> = tasks
        .iter()
        .map(|task| Some(with_paths(&report.factors.command_of(task.act.raw())?, paths)))
        .collect();
    html! {
        section aria-labelledby="do" {
            h2 id="do" { "Do next" }
            p class="soft small" {
                "Most points for each minute first."
                @if commands.iter().any(Option::is_some) { " When a task is done, its command records that in the portfolio." }
            }
            ol class="do" { @for (task, command) in tasks.iter().zip(&commands) { (item(task, command.as_deref())) } }
            @if let Some(words) = not_measured { p class="soft" { (words) "." } }
        }
    }
}

fn item(task: &Task, command: Option<&str>) -> Markup {
    html! {
        li {
            p {
                @match &task.who_label {
                    Some(who) => { strong { bdi { (who) } } ": " (said(&task.what)) }
                    None => (said_as(&task.what, capitalised)),
                }
                @if let Some(condition) = condition(task) { " (" (condition) ")" }
            }
            p class="meta" {
                "removes " strong { (one_decimal(task.effect_mp.mp())) " points" } ", takes about " (duration(task.minutes))
            }
            @if let Some(command) = command {
                p class="command" { code { (command) } " " (copy::text("Copy", "the command", command)) }
            }
        }
    }
}
