//! The two lines as a picture, where it is of few enough people to be read.

use maud::{Markup, html};

use super::super::lines::{LinesView, picture};
use super::super::{Screen, View};
use crate::report::Report;

/// A picture of more people than this is longer than three screens: `debt lines` draws a part of it.
const MOST_PEOPLE: u64 = 60;

/// Whether there is a section, for the contents.
pub(super) fn is_shown(report: &Report<'_>) -> bool {
    report.min_group.is_none()
}

pub(super) fn section(report: &Report<'_>, view: &View) -> Markup {
    if !is_shown(report) {
        return html! {};
    }
    let screen = Screen { drawing: true, ..view.screen };
    html! {
        section aria-labelledby="lines" class="picture" {
            h2 id="lines" { "The two lines" }
            @match report.lines(MOST_PEOPLE).filter(|lines| !lines.people.is_empty()) {
                Some(lines) => {
                    p class="soft" {
                        "Who owns delivery for whom on the left, craft on the right. "
                        span class="code" { "debt lines" } " has the same as tables."
                    }
                    div class="scrolls" tabindex="0" role="region" aria-label="The two lines as a picture" {
                        (picture(&lines, &LinesView { screen, line: None }, false))
                    }
                }
                None => p {
                    "A picture of " (report.score.people) " people would not be readable. "
                    span class="code" { "debt lines --squad ID --format svg" } " draws one squad, "
                    span class="code" { "debt lines --format csv" } " lists everybody."
                },
            }
        }
    }
}
