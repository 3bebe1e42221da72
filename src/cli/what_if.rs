//! `debt what-if`.

use clap::{ArgGroup, Args};

use super::args::{Input, day};
use super::complete_ids::{acts, people};
use super::emit::{Detail, Show, emit};
use super::env::Environment;
use super::load::{Errors, load, say};
use super::output::ReadFiles;
use super::score::warn;
use super::trouble::Trouble;
use crate::analysis::what_if::{Refused, Supposed};
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::base::names::Untrusted;
use crate::compare::{self, compare};
use crate::model::PatchError;
use crate::report::{self, AgainstRow, Before};
use crate::source::{Code, Diagnostic, Diagnostics};

#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("supposed").required(true).multiple(true).args(["do", "set", "leaves"])),
    after_help = "Examples:\n  debt what-if --do label:meeting:nia-kofi\n  debt what-if team.yaml --set person:ana.craft_owner=cy\n  debt what-if --leaves cy=2027-01-31 --on 2027-02-01\n\nNothing is written. Exit status: 0 whatever it comes to; 2 where nothing could be scored."
)]
pub(super) struct WhatIfArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// An act is done, as `debt plan` names it; can be given again
    #[arg(long = "do", id = "do", value_name = "ACT", add = acts())]
    pub(super) deeds: Vec<String>,
    /// A key of an item has another value, or a list such as `[a, b]`; nothing behind = takes it out
    #[arg(long, value_name = "KIND:ID.KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Somebody leaves, by default on the day that is scored
    #[arg(long, value_name = "PERSON[=DATE]", value_parser = leaves, add = people())]
    pub(super) leaves: Vec<(String, Option<Day>)>,
    /// The day on which that is scored; what time adds until then is shown apart
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) on: Option<Day>,
    #[command(flatten)]
    pub(super) show: Show,
}

fn leaves(typed: &str) -> Result<(String, Option<Day>), String> {
    match typed.split_once('=') {
        None => Ok((typed.to_owned(), None)),
        Some((person, date)) => Ok((person.to_owned(), Some(day(date)?))),
    }
}

pub(super) fn run(args: &WhatIfArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    let loaded = load(&args.input, environment, errors)?;
    if !loaded.privacy.shows_each() {
        return Err(anyhow::anyhow!(
            "what is supposed is about single people and items, which an aggregate does not show; use --privacy \
             pseudonyms"
        )
        .into());
    }
    let on = args.on.unwrap_or(loaded.day);
    if on < loaded.day {
        return Err(anyhow::anyhow!("--on {on} is before {}, the day of the portfolio", loaded.day).into());
    }
    let leaves = args.leaves.iter().map(|(person, day)| Supposed::Leaves(person.clone(), *day));
    let set = args.set.iter().cloned().map(Supposed::Set);
    let all: Vec<Supposed> = leaves.chain(set).chain(args.deeds.iter().cloned().map(Supposed::Do)).collect();
    let (patched, sentences) =
        match report::supposed(&loaded.portfolio, &loaded.policy, on, &all, &loaded.privacy) {
            Ok(supposed) => supposed,
            Err(refused) => {
                let diagnostics = refusal(refused);
                say(&diagnostics, &loaded.sources, &loaded.privacy, environment, errors);
                return Err(Trouble::Reported);
            }
        };
    let base = compare::Side { portfolio: &loaded.portfolio, policy: &loaded.policy, day: loaded.day };
    let head = compare::Side { portfolio: &patched, policy: &loaded.policy, day: on };
    let views = compare::Views::new(Some(base), head);
    let Ok(comparison) = compare(&views) else {
        return Err(anyhow::anyhow!("nobody would be scored on {on}, so there is nothing to score").into());
    };
    let mut report = report::build(&comparison.head, loaded.options())?;
    let against = AgainstRow {
        kind: "itself",
        name: Untrusted::new("what is written"),
        as_of: Some(loaded.day),
        commit: None,
    };
    let before = Before { sources: &loaded.sources, against, merged: &[] };
    let mut change = report::change(&comparison, &report.factors, before, None);
    change.supposed = sentences;
    report.change = Some(change);
    let policy_file = args.input.policy.iter().cloned();
    let read = ReadFiles::of(&loaded.sources).and(policy_file);
    emit(&report, &args.show, Detail::COMPARED, environment, &read)?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
    }
    Ok(())
}

/// What is wrong with what was typed.
fn refusal(refused: Refused) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    match refused {
        Refused::Form(typed) => {
            let diagnostic = Diagnostic::nowhere(Code::Usage, message!("`", typed, "` sets nothing"));
            diagnostics.push(
                diagnostic
                    .help(message!("write it as KIND:ID.KEY=VALUE, such as meeting:bo-ana.purpose=craft")),
            );
        }
        Refused::Unknown(what, typed, near) => {
            let diagnostic =
                Diagnostic::nowhere(Code::UnknownId, message!("there is no ", what, " `", typed, "`"));
            diagnostics.push(match near {
                Some(near) => diagnostic.help(message!("did you mean `", near, "`?")),
                None if what == "act" => diagnostic.help(message!("`debt plan` lists what can be done")),
                None => diagnostic,
            });
        }
        Refused::ByHand(id, why) => {
            let diagnostic =
                Diagnostic::nowhere(Code::ByHand, message!("`", id, "` is nothing that anybody can do"));
            let words = why.iter().flat_map(|why| &why.0).filter_map(|part| match part {
                crate::base::message::Part::Words(words) => Some(words.to_string()),
                crate::base::message::Part::Day(day) => Some(day.to_string()),
                crate::base::message::Part::Fact(_) => None,
            });
            let words: String = words.collect();
            diagnostics.push(if words.is_empty() {
                diagnostic
            } else {
                diagnostic.help(Message::words(words))
            });
        }
        Refused::Patch(PatchError::Unknown(why)) => {
            diagnostics.push(Diagnostic::nowhere(Code::WrongValue, why));
        }
        Refused::Patch(PatchError::Invalid(all)) => {
            for why in all {
                diagnostics.push(Diagnostic::nowhere(Code::WrongValue, why));
            }
        }
    }
    diagnostics
}
