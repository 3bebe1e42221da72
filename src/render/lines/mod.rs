//! Who owns what, in every format: one file each. The words that several of them use are in `words.rs`.

mod block;
mod csv;
mod fit;
mod html;
mod json;
mod markdown;
mod mermaid;
mod svg;
mod svg_text;
mod table;
mod tree;
mod words;

use std::io::{self, Write};

pub(super) use svg::{SVG_STYLE, picture};

use super::Screen;
use crate::records::words::Line;
use crate::report::lines::LinesReport;

/// How the lines are shown.
#[derive(Clone, Copy, Debug)]
pub struct LinesView {
    /// What it is shown on.
    pub screen: Screen,
    /// Only this line; both where none.
    pub line: Option<Line>,
}

impl LinesView {
    /// Whether a line is shown.
    fn shows(&self, line: Line) -> bool {
        self.line.is_none_or(|only| only == line)
    }
}

/// A format: its word, what it is for, what writes it, and why it may not be able to.
pub struct LinesFormat {
    /// `mermaid`.
    pub name: &'static str,
    /// For the help.
    pub made_for: &'static str,
    /// Writes the lines.
    pub render: fn(&LinesReport, &LinesView, &mut dyn Write) -> io::Result<()>,
    /// Why this format cannot show these lines, and what to type instead.
    pub refuse: fn(&LinesReport, &LinesView) -> Option<String>,
}

impl std::fmt::Debug for LinesFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

fn never(_: &LinesReport, _: &LinesView) -> Option<String> {
    None
}

/// Every format, the first one by default.
pub const LINES_FORMATS: &[LinesFormat] = &[
    LinesFormat { name: "table", made_for: "a person at a terminal", render: table::render, refuse: never },
    LinesFormat {
        name: "tree",
        made_for: "one line as a tree: --line, by default delivery",
        render: tree::render,
        refuse: tree::refuse,
    },
    LinesFormat {
        name: "json",
        made_for: "jq and other programs: both lines, with where each comes from",
        render: json::render,
        refuse: never,
    },
    LinesFormat {
        name: "csv",
        made_for: "spreadsheets: one person per row, both lines",
        render: csv::render,
        refuse: never,
    },
    LinesFormat {
        name: "markdown",
        made_for: "a wiki or a pull request",
        render: markdown::render,
        refuse: never,
    },
    LinesFormat {
        name: "mermaid",
        made_for: "a diagram where Markdown is shown: up to 400 lines",
        render: mermaid::render,
        refuse: mermaid::refuse,
    },
    LinesFormat {
        name: "svg",
        made_for: "a picture in three columns: up to 400 people",
        render: svg::render,
        refuse: svg::refuse,
    },
    LinesFormat { name: "html", made_for: "a page to open or send", render: html::render, refuse: never },
];

/// The format with this name.
pub fn lines_format(name: &str) -> Option<&'static LinesFormat> {
    LINES_FORMATS.iter().find(|format| format.name == name)
}

/// Why sums have no picture.
fn refuse_aggregate(report: &LinesReport, what: &str) -> Option<String> {
    report.min_group.map(|_| {
        format!(
            "--privacy {} names nobody, so there is no {what} of it; take --format table or json",
            report.privacy
        )
    })
}
