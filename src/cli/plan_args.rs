//! What can be typed behind `debt plan`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::args::Input;
use super::complete_ids::{codes, guilds, people, skipped, squads};
use super::emit::{CsvArgs, split_target};
use crate::analysis::plan::Target;
use crate::base::decimal;
use crate::base::points::MilliPoints;
use crate::render::plan::{PLAN_FORMATS, PlanFormat, plan_format};
use crate::score::headline;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt plan --budget 3h\n  debt plan team.yaml --until B\n  debt plan --owner bo --budget 1h30m\n  debt plan --format markdown > issue.md\n\nEach step is scored again after those before it. Exit status: 0 whatever can be done; 2 where nothing could be scored."
)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// How much time there is: 90m, 3h, 1h30m
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    pub(super) budget: Option<i64>,
    /// Where to stop: a grade, points such as 40, or points a person such as 1.7/person
    #[arg(long, value_name = "TARGET", value_parser = target)]
    pub(super) until: Option<Target>,
    /// Only what this person can do, or `nobody` for what nobody can; can be given again
    #[arg(long, value_name = "ID", add = people())]
    pub(super) owner: Vec<String>,
    /// Without this act, factor or code; can be given again
    #[arg(long, value_name = "ACT|FACTOR|CODE", value_delimiter = ',', add = skipped())]
    pub(super) skip: Vec<String>,
    /// Only acts with a factor of these rules; effects stay those on the whole score
    #[arg(long, value_name = "CODE,...", value_delimiter = ',', add = codes())]
    pub(super) only: Vec<String>,
    /// Only acts with a factor in this squad
    #[arg(long, value_name = "ID", add = squads())]
    pub(super) squad: Option<String>,
    /// Only acts with a factor in this guild
    #[arg(long, value_name = "ID", add = guilds())]
    pub(super) guild: Option<String>,
    /// Also what is acknowledged
    #[arg(long)]
    pub(super) include_acknowledged: bool,
    /// Plan again whenever a file changes that was read
    #[arg(long)]
    pub(super) watch: bool,
    /// How many steps the table shows; 0 for all
    #[arg(long, value_name = "N", default_value = "10")]
    pub(super) top: usize,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(super) output: Vec<(&'static PlanFormat, PathBuf)>,
    #[command(flatten)]
    pub(super) csv: CsvArgs,
}

fn formats() -> PossibleValuesParser {
    let value = |format: &PlanFormat| PossibleValue::new(format.name).help(format.made_for);
    PossibleValuesParser::new(PLAN_FORMATS.iter().map(value))
}

fn output(typed: &str) -> Result<(&'static PlanFormat, PathBuf), String> {
    let names: Vec<&str> = PLAN_FORMATS.iter().map(|format| format.name).collect();
    let (name, file) = split_target(typed, &names)?;
    let format = plan_format(name).ok_or_else(|| format!("unknown format `{name}`"))?;
    Ok((format, file))
}

/// More hours than this nobody plans.
const MOST_HOURS: i64 = 100_000;

/// `90m`, `3h`, `1h30m` in minutes.
fn minutes(typed: &str) -> Result<i64, String> {
    let wrong = || "expected a time such as 90m, 3h or 1h30m, up to 100000h".to_owned();
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = |digits: &str| digits.parse::<i64>().ok().filter(|_| is_number(digits)).ok_or_else(wrong);
    let (hours, minutes) = match typed.split_once('h') {
        Some((hours, "")) => (number(hours)?, 0),
        Some((hours, rest)) => (number(hours)?, number(rest.strip_suffix('m').ok_or_else(wrong)?)?),
        None => (0, number(typed.strip_suffix('m').ok_or_else(wrong)?)?),
    };
    let all = hours.saturating_mul(60).saturating_add(minutes);
    if (1..=MOST_HOURS * 60).contains(&all) { Ok(all) } else { Err(wrong()) }
}

/// `B`, `40` or `1.7/person`.
fn target(typed: &str) -> Result<Target, String> {
    if let Some(grade) = headline::grade_named(typed) {
        return Ok(Target::Grade(grade));
    }
    let (points, each) = typed.strip_suffix("/person").map_or((typed, false), |points| (points, true));
    match decimal::parse(points, 3) {
        Ok(mp) if mp >= 0 && each => Ok(Target::PerPerson(MilliPoints::new(mp))),
        Ok(mp) if mp >= 0 => Ok(Target::Score(MilliPoints::new(mp))),
        _ => Err("expected a grade from A to E, points such as 40, or points a person such as 1.7/person"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, minutes, target};
    use crate::base::points::MilliPoints;

    #[test]
    fn times() {
        assert_eq!([minutes("90m"), minutes("3h"), minutes("1h30m")], [Ok(90), Ok(180), Ok(90)]);
        assert_eq!(minutes("100000h"), Ok(6_000_000));
        for wrong in
            ["", "h", "m", "3", "1h30", "-1h", "+1h", "0m", "1.5h", "100001h", "9999999999999999999h"]
        {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn targets() {
        assert_eq!(target("b"), Ok(Target::Grade("B")));
        assert_eq!(target("40"), Ok(Target::Score(MilliPoints::new(40_000))));
        assert_eq!(target("1.7/person"), Ok(Target::PerPerson(MilliPoints::new(1_700))));
        for wrong in ["F", "-1", "1/people", "/person", ""] {
            assert!(target(wrong).is_err(), "{wrong}");
        }
    }
}
