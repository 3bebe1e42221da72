//! A report becomes bytes, one file per format. Renderers see neither the portfolio nor a clock, files or environment.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod audit;
mod csv;
pub mod diagnostics;
pub mod each;
pub mod escape;
pub mod explain;
pub mod explanation;
mod fingerprint;
pub mod fix;
pub mod flat;
pub mod forecast;
mod github;
mod gitlab;
pub mod history;
mod html;
mod json;
mod jsonl;
mod junit;
mod level;
pub mod lines;
mod markdown;
mod openmetrics;
pub mod own;
pub mod person;
mod places;
pub mod plan;
mod sarif;
pub mod sensitivity;
pub mod snippet;
mod table;
pub mod terms;
mod words;

use std::io::{self, Write};
use std::sync::Arc;

use crate::report::history::HistoryRow;
use crate::report::{Failure, Report};

/// What the output is shown on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Screen {
    /// Columns; none where nobody looks at it as it comes, so that nothing is cut or wrapped.
    pub width: Option<usize>,
    /// Whether colours are wanted.
    pub colour: bool,
    /// Whether it can show bars and other drawing characters.
    pub drawing: bool,
}

/// Where nothing says how wide to be.
const USUAL_WIDTH: usize = 80;
/// Wider than this a line is hard to follow with the eye.
const WIDEST: usize = 110;

impl Screen {
    /// How wide lines of text are.
    fn text_width(self) -> usize {
        self.width.unwrap_or(USUAL_WIDTH).min(WIDEST)
    }
}

/// Which breakdown a person wants to see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Breakdown {
    Group,
    Rule,
    Squad,
    Guild,
    Owner,
    Coverage,
}

/// How much of a report is shown, and what goes with it.
pub struct View {
    /// What it is shown on.
    pub screen: Screen,
    /// Which breakdown.
    pub by: Breakdown,
    /// How many factors; all where none.
    pub top: Option<usize>,
    /// How many tasks; 0 where nobody asked what to do.
    pub tasks: usize,
    /// Whether each factor is a failed test, where no gate is asked which are.
    pub junit_fail: bool,
    /// The paths that the portfolio is read from, for commands that one can paste.
    pub paths: Vec<std::path::PathBuf>,
    /// What became of the score, for the trend of a page; none where no history was given.
    pub trend: Arc<[HistoryRow]>,
}

impl View {
    /// All factors, no tasks, and nothing that goes with them.
    pub fn whole(screen: Screen, by: Breakdown) -> View {
        View { screen, by, top: None, tasks: 0, junit_fail: false, paths: Vec::new(), trend: Arc::default() }
    }
}

/// Writes that nothing could be scored.
pub type WriteFailure = fn(&Failure, &mut dyn Write) -> io::Result<()>;

/// A format: its word, what it is for, and what writes it.
pub struct Format {
    /// `json`.
    pub name: &'static str,
    /// For the help.
    pub made_for: &'static str,
    /// Whether it shows what to do, so that what acts come to is measured for it.
    pub shows_tasks: bool,
    /// Writes a report.
    pub render: fn(&Report<'_>, &View, &mut dyn Write) -> io::Result<()>,
    /// Writes that nothing could be scored; for the formats of CI alone, where what an earlier run has left would be
    /// taken for this one's.
    pub failed: Option<WriteFailure>,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "table",
        made_for: "a person at a terminal",
        shows_tasks: true,
        render: table::render,
        failed: None,
    },
    Format {
        name: "json",
        made_for: "dashboards, jq, DuckDB",
        shows_tasks: true,
        render: json::render,
        failed: None,
    },
    Format {
        name: "jsonl",
        made_for: "log pipelines: one factor per line; without the change",
        shows_tasks: false,
        render: jsonl::render,
        failed: None,
    },
    Format {
        name: "csv",
        made_for: "spreadsheets: one factor per row; without the change",
        shows_tasks: false,
        render: csv::render,
        failed: None,
    },
    Format {
        name: "markdown",
        made_for: "pull-request comments and job summaries; in a comparison, what changed first and the rest folded",
        shows_tasks: true,
        render: markdown::render,
        failed: Some(markdown::failed),
    },
    Format {
        name: "html",
        made_for: "a report to open or send: one file, charts and arithmetic inside",
        shows_tasks: true,
        render: html::render,
        failed: None,
    },
    Format {
        name: "sarif",
        made_for: "code scanning; in a comparison, with the state of each result",
        shows_tasks: false,
        render: sarif::render,
        failed: Some(sarif::failed),
    },
    Format {
        name: "github",
        made_for: "annotations of a GitHub workflow; in a comparison, only for what is new or larger",
        shows_tasks: false,
        render: github::render,
        failed: Some(github::failed),
    },
    Format {
        name: "gitlab",
        made_for: "GitLab Code Quality, which compares two of these itself; without the change",
        shows_tasks: false,
        render: gitlab::render,
        failed: Some(gitlab::failed),
    },
    Format {
        name: "junit",
        made_for: "test dashboards: what makes the gate fail is a failed case, every other factor a passed one",
        shows_tasks: false,
        render: junit::render,
        failed: Some(junit::failed),
    },
    Format {
        name: "openmetrics",
        made_for: "Prometheus: gauges of sums, without people or factors",
        shows_tasks: false,
        render: openmetrics::render,
        failed: Some(openmetrics::failed),
    },
];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
