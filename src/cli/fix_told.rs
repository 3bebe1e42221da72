//! What `debt fix` is told: options on the command line, or answers on a terminal; both read alike.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::day;
use crate::acts::As;
use crate::analysis::fix::{Acknowledging, TRACKS, When, Words, topic, track};
use crate::base::day::Day;
use crate::records::values::{EXPECTED_EVERY, Every};
use crate::records::words::Topic;

/// The heading of these in the help.
const TOLD: &str = "What only people know";

/// What only people know.
#[derive(Debug, Default, Args)]
pub(super) struct ToldArgs {
    /// The talk or 1:1 was held, today or on this day
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today", value_parser = When::parse, help_heading = TOLD)]
    held: Option<When>,
    /// The talk is put off once more, to this day; that adds a fee, and interest goes on
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = TOLD)]
    push: Option<Day>,
    /// What the 1:1 is for
    #[arg(long = "as", value_name = "WHAT", value_parser = PossibleValuesParser::new(As::WORDS), help_heading = TOLD)]
    purpose: Option<String>,
    /// Who leads, owns, mentors or takes over: the id of a person; for a mentorship, `nobody` too
    #[arg(long, value_name = "PERSON", help_heading = TOLD)]
    to: Option<String>,
    /// How often a new 1:1 takes place, such as weekly or 3w
    #[arg(long, value_name = "CADENCE", value_parser = every, help_heading = TOLD)]
    every: Option<Every>,
    /// The first day of a new 1:1; by default today
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = TOLD)]
    from: Option<Day>,
    /// The promotion, the context or the leaving was reviewed, today or on this day
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today", value_parser = When::parse, help_heading = TOLD)]
    reviewed: Option<When>,
    /// The decision is taken, since today or this day
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today", value_parser = When::parse, help_heading = TOLD)]
    closed: Option<When>,
    /// The decision was handed up, today or on this day
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today", value_parser = When::parse, help_heading = TOLD)]
    escalated: Option<When>,
    /// The way up that the person chose, by their own word
    #[arg(long, value_name = "TRACK", value_parser = PossibleValuesParser::new(TRACKS), help_heading = TOLD)]
    track: Option<String>,
    /// What is put on the agenda of the 1:1, such as commitments or career-lane
    #[arg(long, value_name = "TOPIC", value_parser = topic, help_heading = TOLD)]
    topic: Option<Topic>,
    /// Name the factor out loud instead: it is still counted, and the gate lets it pass until then
    #[arg(long, requires = "reason", help_heading = TOLD)]
    acknowledge: bool,
    /// Why it has to wait, in 10 to 300 characters
    #[arg(long, value_name = "TEXT", requires = "acknowledge", help_heading = TOLD)]
    reason: Option<String>,
    /// The last day of the acknowledgement; by default 31 days from today
    #[arg(long, value_name = "DATE", value_parser = day, requires = "acknowledge", help_heading = TOLD)]
    through: Option<Day>,
}

fn every(typed: &str) -> Result<Every, String> {
    Every::parse(typed).ok_or_else(|| format!("expected {EXPECTED_EVERY}"))
}

impl ToldArgs {
    /// What is told, on the day that is scored.
    pub(super) fn words(&self, today: Day) -> Words {
        let on = |when: Option<When>| when.map(|when| when.on(today));
        let reason = self.reason.clone().filter(|_| self.acknowledge);
        Words {
            held: on(self.held),
            push: self.push,
            reviewed: on(self.reviewed),
            closed: on(self.closed),
            escalated: on(self.escalated),
            purpose: self.purpose.as_deref().and_then(As::parse),
            to: self.to.clone(),
            every: self.every,
            from: self.from,
            track: self.track.as_deref().and_then(track),
            topic: self.topic,
            acknowledge: reason.map(|reason| Acknowledging { reason, through: self.through }),
        }
    }
}

/// What is asked on a terminal where an option is missing.
pub(super) fn question(option: &str, takes: &str, is_talk: bool) -> String {
    match option {
        "--held" if is_talk => "When was it held? (a date or today; or push DATE)".to_owned(),
        "--held" => "When was it held? (a date or today)".to_owned(),
        "--reviewed" => "When was it reviewed? (a date or today)".to_owned(),
        "--closed" => "Since when is it decided? (a date or today)".to_owned(),
        "--escalated" => "When was it escalated? (a date or today)".to_owned(),
        "--as" => format!("What is it for? ({})", takes.replace('|', ", ")),
        "--to" => format!("Who? (an id{})", if takes.contains("nobody") { " or nobody" } else { "" }),
        "--track" => format!("Which way up did they choose? ({})", takes.replace('|', " or ")),
        "--topic" => "Which topic? (such as commitments or career-lane)".to_owned(),
        _ => format!("{option} {takes}"),
    }
}
