//! The other side of a comparison: files, `REV:PATH`, a baseline. How it is read, and how its errors are said.

use std::cell::RefCell;
use std::path::Path;

use super::args::PrivacyArgs;
use super::env::{Environment, workspaces};
use super::load::{Errors, said_as};
use super::output::to_stderr;
use super::privacy::chosen;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::message::message;
use crate::base::names::Untrusted;
use crate::model::{self, Clock, OwnPolicy, Portfolio, ReadOptions};
use crate::policy::Policy;
use crate::render::escape::terminal;
use crate::report::{AgainstRow, Privacy};
use crate::rules;
use crate::source::git::{Refusal, Repository};
use crate::source::snapshot::{Naming, Snapshot};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Origin, Sources};

/// One side of a comparison.
pub(super) struct Side {
    pub(super) sources: Sources,
    pub(super) portfolio: Portfolio,
    /// The policy it brings along; none where it brings none.
    pub(super) policy: Option<Policy>,
    /// Its own day: its `as_of`, else the day of its commit; none where it has neither.
    pub(super) day: Option<Day>,
    pub(super) against: AgainstRow,
}

impl Side {
    /// What a snapshot's texts have been read into.
    pub(super) fn at(snapshot: &Snapshot, sources: Sources, read: OwnPolicy, name: &str) -> Side {
        let against = AgainstRow {
            kind: "revision",
            name: Untrusted::new(name),
            as_of: Some(read.day),
            commit: Some(Untrusted::new(snapshot.commit().hash.clone())),
        };
        Side {
            sources,
            day: Some(read.day),
            policy: read.has_policy.then_some(read.policy),
            against,
            portfolio: read.portfolio,
        }
    }
}

/// Texts that are still to be read into a portfolio, and what is wrong with them so far.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) sources: Sources,
    pub(super) diagnostics: Diagnostics,
    /// Which of them is the policy.
    pub(super) policy_file: Option<FileIx>,
}

impl Texts {
    /// Adds what a snapshot has at a path; whether there is anything.
    pub(super) fn of(&mut self, snapshot: &mut Snapshot, path: &[u8]) -> Result<bool, Refusal> {
        snapshot.read(path, &mut self.sources, &mut self.diagnostics)
    }

    /// The position that the next text gets.
    pub(super) fn next(&self) -> FileIx {
        FileIx(u32::try_from(self.sources.0.len()).unwrap_or(u32::MAX))
    }

    /// Reads them into a portfolio that was what it was on `today`; or gives them back with all that is wrong.
    pub(super) fn read(mut self, today: Day) -> Result<(Sources, OwnPolicy), Box<Texts>> {
        let catalog = rules::catalog();
        let clock = Clock { as_of: None, today };
        let options = ReadOptions { clock, policy_file: self.policy_file, catalog: &catalog };
        match model::read(&self.sources, options, &mut self.diagnostics) {
            Some(read) => {
                // Nothing is left to be said about their lines.
                self.sources.forget_texts();
                Ok((self.sources, read))
            }
            None => Err(Box::new(self)),
        }
    }
}

/// Loads one side of a comparison and keeps its errors until they can be printed: both sides load at the same time.
pub(super) struct BaseLoader<'d> {
    pub(super) environment: &'d Environment,
    pub(super) errors: Errors,
    pub(super) privacy: Privacy,
    pub(super) today: Day,
    later: RefCell<String>,
}

impl Drop for BaseLoader<'_> {
    fn drop(&mut self) {
        to_stderr(&self.later.borrow());
    }
}

impl<'d> BaseLoader<'d> {
    pub(super) fn new(
        environment: &'d Environment,
        errors: Errors,
        privacy: &PrivacyArgs,
    ) -> anyhow::Result<BaseLoader<'d>> {
        Ok(BaseLoader {
            environment,
            errors,
            privacy: chosen(privacy)?,
            today: Environment::today()?,
            later: RefCell::default(),
        })
    }

    /// Prints every error, once the other side has finished.
    pub(super) fn say(&self, diagnostics: &Diagnostics, sources: &Sources) {
        self.say_as(diagnostics, sources, &self.privacy);
    }

    fn say_as(&self, diagnostics: &Diagnostics, sources: &Sources, privacy: &Privacy) {
        let said = said_as(diagnostics, sources, privacy, self.environment, self.errors);
        self.later.borrow_mut().push_str(&said);
    }

    /// Says one thing that is wrong with the run as a whole: what was typed, and nothing of a portfolio.
    pub(super) fn refuse(&self, diagnostic: Diagnostic) -> Trouble {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(diagnostic);
        self.say_as(&diagnostics, &Sources::default(), &Privacy::names());
        Trouble::Reported
    }

    /// Says what git cannot give from a repository, with the names in it only as far as the privacy shows them.
    pub(super) fn refuse_of_tree(&self, refusal: Refusal) -> Trouble {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(*refusal);
        self.say(&diagnostics, &Sources::default());
        Trouble::Reported
    }

    /// Says a line that is good to know, once nobody else speaks.
    pub(super) fn note(&self, word: &str, line: &str) {
        self.later.borrow_mut().push_str(&format!("{word} {}\n", terminal(line)));
    }

    /// Reads texts into a portfolio that was what it was on `today`.
    fn read(&self, texts: Texts, today: Day) -> Result<(Sources, OwnPolicy), Trouble> {
        texts.read(today).map_err(|unread| {
            self.say(&unread.diagnostics, &unread.sources);
            Trouble::Reported
        })
    }

    /// Files and folders as they are. `at_least` is a day on which they are known to be read.
    pub(super) fn files(&self, path: &Path, at_least: Option<Day>) -> Result<Side, Trouble> {
        let mut texts = Texts::default();
        texts.sources.read(&[Origin::from(path)], &mut texts.diagnostics);
        texts.sources.locate(&workspaces());
        let today = at_least.map_or(self.today, |day| day.max(self.today));
        let (sources, read) = self.read(texts, today)?;
        let name = Untrusted::new(path.to_string_lossy());
        Ok(Side {
            sources,
            day: read.portfolio.as_of,
            policy: read.has_policy.then_some(read.policy),
            against: AgainstRow { kind: "files", name, as_of: read.portfolio.as_of, commit: None },
            portfolio: read.portfolio,
        })
    }

    /// What `REV:PATH` names.
    pub(super) fn at_revision(&self, typed: &str) -> Result<Side, Trouble> {
        let (revision, path) = typed.split_once(':').unwrap_or((typed, ""));
        let here = Repository::of(Path::new(".")).map_err(|wrong| self.refuse(*wrong))?;
        let commit = here.commit(revision).map_err(|wrong| self.refuse(*wrong))?;
        let (_, prefix) = here.prefix().map_err(|wrong| self.refuse(*wrong))?;
        let inside = from_root(&prefix, path);
        let naming = Naming::Revision(revision.to_owned());
        let mut snapshot = Snapshot::new(here, commit, naming).map_err(|wrong| self.refuse(*wrong))?;
        let mut texts = Texts::default();
        if !texts.of(&mut snapshot, &inside).map_err(|wrong| self.refuse_of_tree(wrong))? {
            let message = message!("there is no portfolio at ", typed.to_owned());
            let from_here = [&prefix, path.as_bytes()].concat();
            let there = !prefix.is_empty() && texts.of(&mut snapshot, &from_here).unwrap_or(false);
            let help = if there {
                message!(
                    "did you mean ",
                    format!("{revision}:./{path}"),
                    "? A path behind a revision starts at the root"
                )
            } else {
                message!("git ls-tree -r --name-only ", revision.to_owned(), " lists what is there")
            };
            return Err(self.refuse(Diagnostic::nowhere(Code::MissingBase, message).help(help)));
        }
        let (sources, read) = self.read(texts, snapshot.commit().day)?;
        Ok(Side::at(&snapshot, sources, read, typed))
    }
}

/// A path behind a revision, from the root: `./` and `../` start at the folder `prefix`.
pub(super) fn from_root(prefix: &[u8], path: &str) -> Vec<u8> {
    let relative = path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
    let whole = if relative { [prefix, path.as_bytes()].concat() } else { path.as_bytes().to_vec() };
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in whole.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join(&b'/')
}
