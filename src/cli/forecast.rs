//! `debt forecast`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::{Input, day};
use super::check_args::{grade, points};
use super::complete_ids::acts;
use super::emit::CsvArgs;
use super::env::Environment;
use super::load::{Errors, Loaded, load, say};
use super::output::ReadFiles;
use super::own::{self, HowShown, OwnTarget};
use super::score::nobody;
use super::trouble::Trouble;
use super::what_if::refusal;
use crate::analysis::outlook::{Budgets, MOST_WEEKS};
use crate::analysis::what_if::Supposed;
use crate::base::day::{Day, Days};
use crate::base::points::MilliPoints;
use crate::render::forecast::FORECAST_FORMATS;
use crate::report::outlook::{ForecastReport, WantedForecast, forecast};
use crate::report::{Ordered, supposed};
use crate::score::part::Part;
use crate::score::scorecard;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt forecast\n  debt forecast team.yaml --on 2027-01-15\n  debt forecast --weeks 26 --max-grade C\n  debt forecast --do hold:conversation:ana-promotion --weeks 8\n\nIt is arithmetic: what is written today, scored on later days. Exit status: 0 whatever comes; 2 where nothing could be scored."
)]
pub(super) struct ForecastArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "weeks")]
    pub(super) on: Option<Day>,
    /// How many weeks, up to 520
    #[arg(long, value_name = "N", default_value = "12", value_parser = clap::value_parser!(i64).range(1..=MOST_WEEKS))]
    pub(super) weeks: i64,
    /// Also show what comes if an act is done first, as `debt plan` names it; can be given again
    #[arg(long = "do", id = "do", value_name = "ACT", add = acts())]
    pub(super) deeds: Vec<String>,
    /// Say on which day the score would be over this
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(super) max_score: Option<MilliPoints>,
    /// Say on which day the grade would be worse than this
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    pub(super) max_grade: Option<&'static str>,
    /// How many events the table shows; 0 for all
    #[arg(long, value_name = "N", default_value = "10")]
    pub(super) top: usize,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(super) output: Vec<OwnTarget<ForecastReport>>,
    #[command(flatten)]
    pub(super) csv: CsvArgs,
}

fn formats() -> PossibleValuesParser {
    own::choices(FORECAST_FORMATS)
}

fn output(typed: &str) -> Result<OwnTarget<ForecastReport>, String> {
    own::target(FORECAST_FORMATS, typed)
}

pub(super) fn run(args: &ForecastArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let loaded = load(&args.input, environment, errors)?;
    let to = last_day(args, &loaded)?;
    if !args.deeds.is_empty() && !loaded.privacy.shows_each() {
        return Err(anyhow::anyhow!(
            "what is supposed is about single people and items, which an aggregate does not show; use --privacy \
             pseudonyms"
        )
        .into());
    }
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default()) else {
        nobody(false, &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let deeds: Vec<Supposed> = args.deeds.iter().cloned().map(Supposed::Do).collect();
    let done = match supposed(&loaded.portfolio, &loaded.policy, loaded.day, &deeds, &loaded.privacy) {
        Ok(done) => done,
        Err(refused) => {
            say(&refusal(refused), &loaded.sources, &loaded.privacy, environment, errors);
            return Err(Trouble::Reported);
        }
    };
    let (portfolio, sentences): (_, Ordered<_>) = done;
    let wanted = WantedForecast {
        to,
        budgets: Budgets { score: args.max_score, grade: args.max_grade },
        done: (!deeds.is_empty()).then_some((&portfolio, sentences)),
    };
    let report = forecast(&card, &wanted, loaded.options())?;
    let how = HowShown {
        formats: FORECAST_FORMATS,
        format: &args.format,
        output: &args.output,
        csv: args.csv,
        top: args.top,
    };
    own::show(&report, &how, environment, &ReadFiles::of(&loaded.sources))
}

fn last_day(args: &ForecastArgs, loaded: &Loaded) -> anyhow::Result<Day> {
    let Some(on) = args.on else { return Ok(loaded.day.plus(Days::new(args.weeks * 7))) };
    if on <= loaded.day {
        anyhow::bail!("--on {on} is not after {}, the day of the portfolio", loaded.day);
    }
    if on.days_since(loaded.day) > Days::new(MOST_WEEKS * 7) {
        anyhow::bail!(
            "--on {on} is more than {MOST_WEEKS} weeks after {}, the day of the portfolio",
            loaded.day
        );
    }
    Ok(on)
}
