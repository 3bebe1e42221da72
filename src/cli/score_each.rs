//! `debt score --each`: every path is a portfolio of its own and becomes a line of JSON, whatever comes of it.

use std::io;
use std::slice;

use super::env::Environment;
use super::load::{Errors, Names, Unread, from_disk, read_as, say};
use super::output::{ReadFiles, to_stdout};
use super::privacy::chosen;
use super::score::{ScoreArgs, nobody_is_scored, rules_named};
use super::trouble::Trouble;
use crate::base::ids::RuleIx;
use crate::base::message::Message;
use crate::base::parallel::in_order;
use crate::model::Clock;
use crate::render::diagnostics;
use crate::render::each::Which;
use crate::report::{self, Privacy};
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::{Code, Diagnostic, Diagnostics, Origin, Sources};

/// What is the same for each of them.
struct Each<'a> {
    args: &'a ScoreArgs,
    only: Vec<RuleIx>,
    privacy: Privacy,
    clock: Clock,
}

pub(super) fn run(args: &ScoreArgs, environment: &Environment) -> Result<(), Trouble> {
    let privacy = chosen(&args.input.privacy)?;
    let mut usage = Diagnostics::default();
    let only = rules_named(&args.only, &mut usage);
    if usage.errors() > 0 {
        say(&usage, &Sources::default(), &privacy, environment, Errors::ForPeople);
        return Err(Trouble::Reported);
    }
    let clock = Clock { as_of: args.input.as_of, today: Environment::today()? };
    let each = Each { args, only, privacy, clock };
    let paths = &args.input.paths;
    ReadFiles::default().and(paths.clone()).must_not_be_stdout()?;
    to_stdout(|to| in_order(paths.len(), |at| each.line(at), |line| to.write_all(&line?)))
        .map_err(Trouble::Unwritten)
}

impl Each<'_> {
    /// The line of the portfolio at this position.
    fn line(&self, at: usize) -> io::Result<Vec<u8>> {
        let input = &self.args.input;
        let paths = input.paths.get(at).map(slice::from_ref).unwrap_or_default();
        let shown = paths.first().map(|path| path.to_string_lossy());
        let path = shown.as_deref().filter(|_| self.privacy.shows_locations());
        let which = Which { number: at + 1, path };
        let names = Names::new(&input.id, paths);
        let loaded = read_as(self.clock, self.privacy.clone(), names, |sources, diagnostics| {
            from_disk(input, &Origin::all(paths), sources, diagnostics)
        });
        let mut loaded = match loaded {
            Ok(loaded) => loaded,
            Err(Unread { diagnostics, sources }) => {
                return which.unscored(&self.said(&diagnostics, &sources));
            }
        };
        loaded.sources.forget_texts();
        let part = Part { only: self.only.clone(), squad: None, guild: None };
        let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, part) else {
            return which.unscored(&self.said(&nobody_is_scored(false, loaded.day), &loaded.sources));
        };
        let mut report = match report::build(&card, loaded.options()) {
            Ok(report) => report,
            Err(too_few) => {
                let mut diagnostics = Diagnostics::default();
                diagnostics.push(Diagnostic::nowhere(Code::Failed, Message::words(too_few.to_string())));
                return which.unscored(&self.said(&diagnostics, &loaded.sources));
            }
        };
        report.add_tasks();
        which.scored(&report)
    }

    /// Errors as far as the privacy lets them be said.
    fn said(&self, diagnostics: &Diagnostics, sources: &Sources) -> String {
        let seen = self.privacy.withhold(diagnostics, sources);
        let (diagnostics, sources) =
            seen.as_ref().map_or((diagnostics, sources), |(diagnostics, sources)| (diagnostics, sources));
        diagnostics::json(diagnostics, sources)
    }
}
