//! Deeds are made to the text of a portfolio, one at a time, each scored before the next. What is done here changes
//! no file: a session holds the texts as they would be.

mod answer;
mod attempt;
mod bulk;
mod refusal;
mod single;
mod what;

use std::collections::BTreeMap;

pub use answer::{TRACKS, When, answered, topic, track};
pub use attempt::{Attempt, Done};
pub use bulk::Skipped;
pub use refusal::Refusal;
pub use single::Candidate;
pub use what::{Acknowledging, What, Words};

use crate::base::catalog::Catalog;
use crate::base::points::MilliPoints;
use crate::edit::{self, Edited, Splice};
use crate::model::patch::{Target, kind_of, target};
use crate::model::{Change, Clock, OwnPolicy, Portfolio, ReadOptions};
use crate::score::part::Part;
use crate::score::{Scorecard, tally};
use crate::source::{FileIx, Sources};

/// A portfolio with its texts, while deeds are made to it.
#[derive(Debug)]
pub struct Session<'c> {
    original: Sources,
    /// As it was read from those.
    at_first: Portfolio,
    sources: Sources,
    own: OwnPolicy,
    clock: Clock,
    policy_file: Option<FileIx>,
    catalog: &'c Catalog,
    steps: BTreeMap<FileIx, Vec<Vec<Splice>>>,
    done: Vec<Done>,
    from: MilliPoints,
}

/// What becomes of a file.
#[derive(Debug)]
pub struct FileEdit<'s> {
    /// Which one.
    pub file: FileIx,
    /// As it was read.
    pub before: &'s str,
    /// As it would be.
    pub after: &'s str,
    /// What is replaced, in the bytes of `before`.
    pub splices: Vec<Splice>,
}

impl<'c> Session<'c> {
    /// Begins with a portfolio and the texts that it was just read from, without an error.
    pub fn new(sources: Sources, own: OwnPolicy, options: ReadOptions<'c>) -> Session<'c> {
        let original = edit::edited_sources(&sources, &Edited { files: Vec::new() });
        let ReadOptions { clock, policy_file, catalog } = options;
        let from = tally(&own.portfolio, &own.policy, own.day, Part::default()).score;
        let (steps, done) = (BTreeMap::new(), Vec::new());
        let at_first = own.portfolio.clone();
        Session { original, at_first, sources, own, clock, policy_file, catalog, steps, done, from }
    }

    fn options(&self) -> ReadOptions<'c> {
        ReadOptions { clock: self.clock, policy_file: self.policy_file, catalog: self.catalog }
    }

    /// The portfolio as it is now.
    pub fn own(&self) -> &OwnPolicy {
        &self.own
    }

    /// The same without its policy.
    pub fn portfolio(&self) -> &Portfolio {
        &self.own.portfolio
    }

    /// The texts as they are now.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The texts as they were read.
    pub fn original(&self) -> &Sources {
        &self.original
    }

    /// What was done, in order.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The score at the beginning.
    pub fn from(&self) -> MilliPoints {
        self.from
    }

    /// The score now.
    pub fn to(&self) -> MilliPoints {
        self.done.last().map_or(self.from, |done| done.to)
    }

    /// How the portfolio is scored now.
    pub fn card(&self) -> Scorecard<'_> {
        tally(&self.own.portfolio, &self.own.policy, self.own.day, Part::default())
    }

    /// Goes on from an attempt.
    pub fn accept(&mut self, attempt: Attempt) {
        let Attempt { sources, done, own, edited } = attempt;
        self.sources = sources;
        self.own = own;
        for file in edited.files {
            self.steps.entry(file.file).or_default().push(file.splices);
        }
        self.done.push(done);
    }

    /// The lines of the comments about what was changed: in the new texts, or in those that were read.
    pub fn comments(&self, in_new: bool) -> Vec<(FileIx, u32)> {
        let (sources, portfolio) =
            if in_new { (&self.sources, &self.own.portfolio) } else { (&self.original, &self.at_first) };
        let mut lines = Vec::new();
        let changes = self.done.iter().flat_map(|done| &done.patch.0);
        for name in changes.filter_map(Change::subject) {
            let Ok(Target::Item(list, id)) = target(name) else { continue };
            let found = kind_of(list).and_then(|kind| portfolio.find(kind, id));
            if let Some(at) = found.and_then(|subject| portfolio.subject_at(subject)) {
                let all = edit::comments::about(sources.text(at.file), list.key(), at.mark);
                lines.extend(all.into_iter().map(|line| (at.file, line)));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// What becomes of the files, in the order in which they were read.
    ///
    /// # Errors
    /// The edits together are not what they are one by one: a bug.
    pub fn edits(&self) -> Result<Vec<FileEdit<'_>>, Refusal> {
        let mut edits = Vec::new();
        for (file, steps) in &self.steps {
            let (before, after) = (self.original.text(*file), self.sources.text(*file));
            let splices = edit::composed(before, steps);
            if edit::spliced(before, &splices).as_deref() != Some(after) {
                let act = self.done.last().map(|done| done.act.clone()).unwrap_or_default();
                return Err(Refusal::Internal {
                    act,
                    why: "the edits together are not what each of them is",
                });
            }
            if before != after {
                edits.push(FileEdit { file: *file, before, after, splices });
            }
        }
        Ok(edits)
    }
}
