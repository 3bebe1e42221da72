//! Formats of a verb that has a document of its own, and the page that such a document is as HTML.

use std::fmt;
use std::io::{self, BufWriter, Write};

use maud::{DOCTYPE, Markup, html};
use serde::Serialize;

use super::Screen;
use super::history::TREND_STYLE;
use super::html::{STYLE, head_of, source};
use super::json::Lines;
use super::table::parts::{Column, columns};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::report::Head;

/// What a document is shown on, and how much of it.
#[derive(Clone, Copy)]
pub struct OwnView {
    /// What it is shown on.
    pub screen: Screen,
    /// How many rows the table shows; all where none.
    pub top: Option<usize>,
}

/// What writes a document.
pub type WriteOwn<D> = fn(&D, &OwnView, &mut dyn Write) -> io::Result<()>;

/// A format of such a document.
pub struct Own<D: 'static> {
    /// Its word.
    pub name: &'static str,
    /// For the help.
    pub made_for: &'static str,
    /// Writes a document.
    pub render: WriteOwn<D>,
}

impl<D> fmt::Debug for Own<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl OwnView {
    /// How wide the table is.
    pub(super) fn width(&self) -> usize {
        self.screen.text_width()
    }

    /// A sentence, wrapped.
    pub(super) fn sentence(&self, text: &str) -> Vec<String> {
        columns(&[Column::Rest], &[vec![text.to_owned()]], 1, self.width())
    }
}

/// At most so many of these, evenly; the last one is always among them.
pub(super) fn some_of<T>(rows: &[T], most: usize) -> Vec<&T> {
    let every = rows.len().div_ceil(most).max(1);
    let mut some: Vec<&T> = rows.iter().rev().step_by(every).collect();
    some.reverse();
    some
}

/// Lines of a table.
pub(super) fn put_lines(lines: &[String], to: &mut dyn Write) -> io::Result<()> {
    let mut text = lines.join("\n");
    text.push('\n');
    to.write_all(text.as_bytes())
}

/// A document as JSON.
pub(super) fn json<D: Serialize>(document: &D, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, Lines::default()))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// What a portfolio is called where it has no name, or none is shown.
pub(super) fn name(head: &Head) -> Untrusted {
    head.portfolio.clone().unwrap_or_else(|| Untrusted::new("Portfolio"))
}

/// A page that asks nobody for anything and runs nothing.
pub(super) fn page(
    head: &Head,
    what: &str,
    day: Day,
    content: &Markup,
    to: &mut dyn Write,
) -> io::Result<()> {
    let style = format!("{STYLE}{TREND_STYLE}");
    let policy =
        format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", source(&style));
    let title = Untrusted::new(format!("{}: {what}", name(head).raw()));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head_of(&head.tool, &policy, &title, &style))
            body {
                header {
                    p class="eyebrow" { (what) }
                    h1 { bdi { (name(head)) } }
                    p class="soft" { time datetime=(day) { (day.in_full()) } }
                }
                main { (content) }
                footer class="small soft" {
                    p {
                        (head.tool.name) " " (head.tool.version) " \u{B7} as of " (head.as_of) " \u{B7} people shown as " (head.privacy)
                        " \u{B7} policy " span class="code" { (head.policy_hash) }
                    }
                }
            }
        }
    };
    to.write_all(page.0.as_bytes())?;
    to.write_all(b"\n")
}

/// Eight steps from nothing to the most, so that a small change looks small; a blank where there is nothing to show.
pub(super) fn sparkline(values: &[Option<i64>], screen: Screen) -> String {
    let most = values.iter().flatten().copied().max().unwrap_or(0).max(1);
    let steps: [char; 8] = if screen.drawing {
        ['\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}']
    } else {
        ['_', '.', ':', '-', '=', '+', '*', '#']
    };
    let step = |value: &Option<i64>| {
        let Some(value) = *value else { return ' ' };
        let step = value.max(0).saturating_mul(8).div_euclid(most).min(7);
        usize::try_from(step).ok().and_then(|step| steps.get(step)).copied().unwrap_or(' ')
    };
    values.iter().map(step).collect()
}
