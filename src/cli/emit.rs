//! A report with a change goes to standard output and to files.

use super::check_args::Show;
use super::env::Environment;
use super::output::{Pending, to_stdout};
use crate::render::{self, Breakdown, Screen, View};
use crate::report::Report;

/// Prints a report and writes the files that were asked for.
pub(super) fn emit(report: &Report<'_>, show: &Show, environment: &Environment) -> anyhow::Result<()> {
    let top = (show.top > 0).then_some(show.top);
    let view = |screen| View { screen, by: Breakdown::Group, top, tasks: &[] };
    // Before anything is printed every file is known to be writable.
    let mut files = Vec::new();
    for target in &show.output {
        files.push((target.format, Pending::begin(&target.file)?));
    }
    let plain = Screen { width: None, colour: false, drawing: true };
    for (format, file) in files {
        file.finish(|to| (format.render)(report, &view(plain), to))?;
    }
    let format =
        render::format(&show.format).ok_or_else(|| anyhow::anyhow!("no format `{}`", show.format))?;
    to_stdout(|to| (format.render)(report, &view(environment.out), to))
}
