//! What the formats of CI say where nothing could be scored: what an earlier run has left must not be taken for the result
//! of this one.

use std::path::PathBuf;

use super::args::{IdArgs, Input, PrivacyArgs, PrivacyMode};
use super::emit::{Show, Target, begin};
use super::env::Environment;
use super::load::{Names, USUAL, say_other};
use super::output::{ReadFiles, read_with, to_stdout};
use super::privacy::chosen;
use super::said::Said;
use super::score::rules_named;
use super::verbs::Verb;
use crate::render;
use crate::report::{Failure, PartNamed, Privacy, Tool};
use crate::rules;
use crate::source::Diagnostics;

/// What was asked for, as far as it is needed where nothing comes of it.
pub(super) struct Request {
    format: String,
    output: Vec<Target>,
    names: Names,
    privacy: PrivacyArgs,
    part: PartNamed,
    reads: Vec<PathBuf>,
}

impl Request {
    /// That of a verb that writes reports in every format.
    pub(super) fn of(verb: &Verb) -> Option<Request> {
        match verb {
            Verb::Score(args) => {
                // What is none of them has been said.
                let only = rules_named(&args.only, &mut Diagnostics::default());
                let only = only.into_iter().map(|rule| rules::at(rule).code).collect();
                let part = PartNamed { squad: args.squad.clone(), guild: args.guild.clone(), only };
                Some(Request { part, ..Request::new(&args.show, &args.input) })
            }
            Verb::Check(args) => {
                let mut request = Request::new(&args.show, &args.input);
                request.reads.extend(args.baseline.clone());
                Some(request)
            }
            Verb::WhatIf(args) => Some(Request::new(&args.show, &args.input)),
            Verb::Diff(args) => {
                let reads = [args.old.clone(), args.new.clone()].into_iter().chain(args.policy.clone());
                Some(Request::read(
                    &args.show,
                    (&args.id, std::slice::from_ref(&args.new)),
                    &args.privacy,
                    reads.collect(),
                ))
            }
            Verb::Lines(_)
            | Verb::Plan(_)
            | Verb::Forecast(_)
            | Verb::History(_)
            | Verb::Digest(_)
            | Verb::Agenda(_)
            | Verb::Sensitivity(_)
            | Verb::Audit(_)
            | Verb::Fix(_)
            | Verb::Import(_)
            | Verb::Sync(_)
            | Verb::Lsp(_)
            | Verb::Explain(_)
            | Verb::Init(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => None,
        }
    }

    fn new(show: &Show, input: &Input) -> Request {
        let usual = USUAL.map(PathBuf::from);
        let paths = if input.paths.is_empty() { &usual[..] } else { &input.paths[..] };
        let reads = paths.iter().chain(&input.policy).cloned().collect();
        Request::read(show, (&input.id, &input.paths), &input.privacy, reads)
    }

    fn read(
        show: &Show,
        (id, paths): (&IdArgs, &[PathBuf]),
        privacy: &PrivacyArgs,
        reads: Vec<PathBuf>,
    ) -> Request {
        Request {
            format: show.format.clone(),
            output: show.output.clone(),
            names: Names::new(id, paths),
            privacy: privacy.clone(),
            part: PartNamed::default(),
            reads,
        }
    }

    /// Says in every format of CI that was asked for that nothing was scored.
    pub(super) fn fail(&self, environment: &Environment) {
        let mut said = environment.take_said();
        if said.delivered {
            return;
        }
        let read = ReadFiles::default().and(std::mem::take(&mut said.read)).and(self.reads.clone());
        let failure = self.failure(said);
        for Target { format, file } in &self.output {
            let Some(write) = format.failed.filter(|_| read_with(file, &self.reads).is_none()) else {
                continue;
            };
            let written = read
                .must_not_be(file)
                .and_then(|()| begin(file, environment))
                .and_then(|pending| pending.finish(|to| write(&failure, to)));
            if let Err(error) = written {
                say_other(&format!("{error:#}"), environment, super::load::Errors::ForPeople);
            }
        }
        if let Some(write) = render::format(&self.format).and_then(|format| format.failed)
            && read.must_not_be_stdout().is_ok()
        {
            // The run has failed already; a reader who has gone needs no word of that.
            drop(to_stdout(|to| write(&failure, to)));
        }
    }

    fn failure(&self, said: Said) -> Failure {
        // Where the privacy itself is what is wrong, nothing is shown that it could withhold.
        let privacy =
            chosen(&self.privacy).unwrap_or_else(|_| match self.privacy.privacy.unwrap_or_default() {
                PrivacyMode::Names => Privacy::names(),
                PrivacyMode::Pseudonyms | PrivacyMode::Roles | PrivacyMode::Aggregate => {
                    Privacy::aggregate(0, None)
                }
            });
        Failure {
            tool: Tool { name: "debt", version: env!("CARGO_PKG_VERSION") },
            portfolio_id: privacy.identity(self.names.called(), &said.itself, &self.part),
            errors: said.errors,
            omitted: said.omitted,
        }
    }
}
