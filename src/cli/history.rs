//! `debt history`.

use super::env::Environment;
use super::history_args::HistoryArgs;
use super::history_kept::from_reports;
use super::history_rows::{Walk, recorded};
use super::load::Errors;
use super::output::ReadFiles;
use super::own::{self, HowShown};
use super::privacy::chosen;
use super::trouble::Trouble;
use crate::render::history::HISTORY_FORMATS;

pub(super) fn run(args: &HistoryArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    if args.why && args.is_of_a_part() {
        return Err(anyhow::anyhow!(
            "--why tells the parts of the whole score; leave out --squad, --guild and --only, or --why"
        )
        .into());
    }
    let (report, read) = if args.reports.is_empty() {
        recorded(&Walk { args, environment, errors })?
    } else {
        let report = from_reports(&args.reports, &chosen(&args.privacy)?)?;
        (report, ReadFiles::default().and(args.reports.iter().cloned()))
    };
    let how = HowShown {
        formats: HISTORY_FORMATS,
        format: &args.format,
        output: &args.output,
        csv: args.csv,
        top: args.top,
    };
    own::show(&report, &how, environment, &read)
}
