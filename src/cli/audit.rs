//! `debt audit`, and how it and `debt import ics` read calendars.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::{Input, PrivacyArgs, day};
use super::emit::CsvArgs;
use super::env::Environment;
use super::import_args::DatesArgs;
use super::load::{Errors, load, say, warn};
use super::output::{ReadFiles, to_stderr};
use super::pager::page;
use super::privacy::chosen;
use super::trouble::Trouble;
use super::worksheet::{Worksheet, ask};
use crate::base::day::Day;
use crate::import::audit::{audit, told_by_portfolio};
use crate::import::events;
use crate::import::ics::{self, Calendars};
use crate::import::labels::{self, Entry, Labels};
use crate::import::lexicon::Lexicon;
use crate::model::Lines;
use crate::render::audit::{AUDIT_FORMATS, AuditView, render};
use crate::report::audit::AuditOptions;
use crate::report::{self, Privacy};
use crate::source::foreign::{self, Foreign, HowToRead};
use crate::source::{Diagnostics, Origin, Sources};

/// Files of a folder that are calendars.
pub(super) const ICS: &[&str] = &["ics", "ical", "ifb", "icalendar"];

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt audit calendar.ics\n  debt audit calendar.ics --me bo@example.org --portfolio portfolio.yaml\n  debt audit calendar.ics --worksheet labels.yaml     to fill in; with --ask it asks\n  debt audit calendar.ics --labels labels.yaml\n  debt audit calendar.ics --label ana@example.org=delivery\n  debt audit calendars/ --format json\n  debt audit calendar.ics --explain --lexicon words.yaml\n  debt audit calendar.ics --privacy pseudonyms --format markdown\n\nA person's label comes first, then words; the lines of a portfolio only suggest one. docs/audit.md says how."
)]
pub(super) struct AuditArgs {
    /// Calendars (iCalendar, Google or Graph JSON, Outlook CSV), folders with *.ics files, or - for standard input
    #[arg(value_name = "CALENDAR", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    calendars: CalendarArgs,
    /// A portfolio that says who owns which line; settles the owners and lists missing 1:1s
    #[arg(long, value_name = "FILE")]
    portfolio: Option<PathBuf>,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = PossibleValuesParser::new(AUDIT_FORMATS))]
    pub(super) format: String,
    #[command(flatten)]
    csv: CsvArgs,
    /// Write a worksheet to fill in (YAML, or CSV where it is called so), or add to one; what is filled in stays
    #[arg(long, value_name = "FILE")]
    worksheet: Option<PathBuf>,
    /// Ask what each 1:1 is for that nobody has labelled, and write the answers into the worksheet
    #[arg(long, requires = "worksheet")]
    ask: bool,
    #[command(flatten)]
    dates: DatesArgs,
    /// Show every word that was matched, the owner and the place
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
}

/// How calendars are read.
#[derive(Debug, Args)]
pub(super) struct CalendarArgs {
    /// Whose calendar it is; by default the address in most events. Repeat it for a second address of theirs
    #[arg(long, value_name = "ADDRESS")]
    me: Vec<String>,
    /// A domain of the organisation, besides that of --me: whoever is of another one is outside; can be repeated
    #[arg(long, value_name = "DOMAIN")]
    internal: Vec<String>,
    /// The day to look back from; by default today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// A file with more words that say what a 1:1 is for, in the shape of the built-in lexicon
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// A worksheet that says what each 1:1 is for, as --worksheet of debt audit writes it
    #[arg(long, value_name = "FILE")]
    labels: Vec<PathBuf>,
    /// What the 1:1 with somebody is for: ana@example.org=delivery. Also craft, both, peer, skip-level, not-a-1on1
    #[arg(long = "label", value_name = "PAIR=LABEL", value_parser = labels::typed)]
    label: Vec<Entry>,
}

impl CalendarArgs {
    /// The 1:1s of calendars.
    pub(super) fn read(
        &self,
        files: &[Foreign],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Calendars, Trouble> {
        self.read_with(Labels::default(), files, sources, diagnostics)
    }

    /// The same, with labels that are known already.
    fn read_with(
        &self,
        mut labels: Labels,
        files: &[Foreign],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Calendars, Trouble> {
        labels.entries.extend(self.label.iter().cloned());
        let how = HowToRead { endings: &["yaml", "yml", "csv"], encoding: None };
        let origins = Origin::all(&self.labels);
        for one in foreign::read(sources, &origins, how, diagnostics) {
            labels::read(&mut labels, &one, sources, diagnostics);
        }
        let mut lexicon = Lexicon::new();
        if let Some(path) = &self.lexicon {
            let how = HowToRead { endings: &["yaml", "yml"], encoding: None };
            for one in foreign::read(sources, &[Origin::Path(path.clone())], how, diagnostics) {
                lexicon.add(sources.text(one.file), one.file, diagnostics);
            }
        }
        let options = ics::Options {
            as_of: self.day()?,
            me: &self.me,
            internal: &self.internal,
            lexicon: &lexicon,
            labels: &labels,
        };
        Ok(ics::read(files, sources, options, diagnostics))
    }

    pub(super) fn day(&self) -> anyhow::Result<Day> {
        self.as_of.map_or_else(Environment::today, Ok)
    }
}

/// How much of the people is shown. What is one person's has no aggregate, and a role comes from a portfolio.
fn privacy(args: &AuditArgs) -> anyhow::Result<Privacy> {
    let privacy = chosen(&args.privacy)?;
    if !privacy.shows_each() {
        anyhow::bail!(
            "an audit is about single 1:1s, so there is no aggregate of it; use --privacy pseudonyms"
        );
    }
    if privacy.pools() && args.portfolio.is_none() {
        anyhow::bail!(
            "people have roles in a portfolio: name it with --portfolio, or use --privacy pseudonyms"
        );
    }
    Ok(privacy)
}

pub(super) fn run(args: &AuditArgs, environment: &Environment) -> Result<(), Trouble> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let errors = Errors::of(&args.format);
    let privacy = privacy(args)?;
    let origins = Origin::all(&args.files);
    let files =
        foreign::read(&mut sources, &origins, HowToRead { endings: ICS, encoding: None }, &mut diagnostics);
    if args.worksheet.is_some() && privacy.withholds_text() {
        return Err(anyhow::anyhow!("a worksheet names people and titles: leave --privacy out").into());
    }
    let mut worksheet = args.worksheet.as_deref().map(Worksheet::open).transpose()?;
    let known = match &mut worksheet {
        Some(worksheet) => worksheet.read(&privacy, environment)?,
        None => Labels::default(),
    };
    let dates = (args.dates.order(), args.calendars.day()?);
    let origins = events::converted(&files, &mut sources, dates, &mut diagnostics);
    let mut calendars = args.calendars.read_with(known, &files, &mut sources, &mut diagnostics)?;
    origins.restore(&mut calendars);
    if diagnostics.errors() > 0 {
        say(&diagnostics, &sources, &privacy, environment, errors);
        return Err(Trouble::Reported);
    }
    if errors == Errors::ForPeople {
        let seen = privacy.withhold(&diagnostics, &sources);
        let (told, from) = seen.as_ref().map_or((&diagnostics, &sources), |(told, from)| (told, from));
        warn(told, from, environment);
    }
    // All that is to be said about lines of them has been said: what follows needs their names alone.
    sources.forget_texts();
    let as_of = args.calendars.day()?;
    let loaded = match &args.portfolio {
        Some(path) => {
            let privacy = args.privacy.clone();
            let input = Input { paths: vec![path.clone()], as_of: Some(as_of), privacy, ..Input::default() };
            Some(load(&input, environment, errors)?)
        }
        None => None,
    };
    let lines = loaded.as_ref().map(|loaded| Lines::new(&loaded.portfolio, &loaded.policy, loaded.day));
    let known = loaded.as_ref().zip(lines.as_ref()).map(|(loaded, lines)| (&loaded.portfolio, lines));
    if let Some((portfolio, lines)) = known {
        told_by_portfolio(&mut calendars, portfolio, lines);
    }
    if let Some(worksheet) = worksheet.as_mut().filter(|_| args.ask) {
        let answers = ask(&audit(&calendars, as_of, known), environment)?;
        worksheet.answer(&answers, &mut calendars)?;
    }
    let audit = audit(&calendars, as_of, known);
    if let Some(worksheet) = &mut worksheet {
        let said = worksheet.write(&audit)?;
        if environment.notes {
            to_stderr(&said);
        }
    }
    let portfolio = known.map(|(portfolio, _)| portfolio);
    let options = AuditOptions { as_of, sources: &sources, portfolio, privacy: &privacy };
    let report = report::audit::build(&audit, &calendars, options);
    let read = ReadFiles::of(&sources);
    let portfolio = loaded.iter().flat_map(|loaded| loaded.sources.paths()).map(Into::into);
    read.and(portfolio).must_not_be_stdout()?;
    let view = AuditView { screen: environment.out, explain: args.explain };
    Ok(page(environment, None, |to| {
        args.csv.begin(&args.format, to)?;
        render(&report, &args.format, view, to)
    })?)
}
