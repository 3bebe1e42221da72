//! The other side of a comparison: a portfolio at a git revision, or in other files.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::args::{Input, PrivacyArgs};
use super::env::Environment;
use super::load::{Errors, said_as};
use super::output::to_stderr;
use super::privacy::chosen;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::model::{self, Clock, OwnPolicy, Portfolio, ReadOptions};
use crate::policy::Policy;
use crate::render::escape::terminal;
use crate::report::{AgainstRow, Privacy};
use crate::rules;
use crate::source::git::{Refusal, Repository};
use crate::source::snapshot::{Snapshot, path_in_repository};
use crate::source::{Diagnostic, Diagnostics, FileIx, Origin, Sources, said};

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

/// The other side of `debt check`.
pub(super) enum Base {
    There(Box<Side>),
    /// The revision has no such portfolio, and that is allowed.
    Missing(AgainstRow),
}

/// How things are read, and where errors are kept until they can be said: one side may be read while the other is.
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

    /// Says every error, once nobody else speaks.
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
        Trouble::Said
    }

    /// Reads texts into a portfolio that was what it was on `today`.
    fn read(
        &self,
        mut sources: Sources,
        mut diagnostics: Diagnostics,
        policy_file: Option<FileIx>,
        today: Day,
    ) -> Result<(Sources, OwnPolicy), Trouble> {
        let catalog = rules::catalog();
        let clock = Clock { as_of: None, today };
        let options = ReadOptions { clock, policy_file, catalog: &catalog };
        let Some(read) = model::read(&sources, options, &mut diagnostics) else {
            self.say(&diagnostics, &sources);
            return Err(Trouble::Said);
        };
        // Nothing is left to be said about their lines.
        sources.forget_texts();
        Ok((sources, read))
    }

    /// Files and folders as they are. `at_least` is a day on which they are known to be read.
    pub(super) fn files(&self, path: &Path, at_least: Option<Day>) -> Result<Side, Trouble> {
        let origin = Origin::from(path);
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.read(&[origin], &mut diagnostics);
        let today = at_least.map_or(self.today, |day| day.max(self.today));
        let (sources, read) = self.read(sources, diagnostics, None, today)?;
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
        let mut snapshot = Snapshot::new(here, commit, revision).map_err(|wrong| self.refuse(*wrong))?;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        if !snapshot.read(&inside, &mut sources, &mut diagnostics).map_err(|wrong| self.refuse(*wrong))? {
            let message = said!["there is no portfolio at ", typed.to_owned()];
            let from_here = [&prefix, path.as_bytes()].concat();
            let there = !prefix.is_empty()
                && snapshot.read(&from_here, &mut sources, &mut diagnostics).unwrap_or(false);
            let help = if there {
                said![
                    "did you mean ",
                    format!("{revision}:./{path}"),
                    "? A path behind a revision starts at the root"
                ]
            } else {
                said!["git ls-tree -r --name-only ", revision.to_owned(), " lists what is there"]
            };
            return Err(self.refuse(Diagnostic::nowhere("missing-base", message).help(help)));
        }
        self.side(&snapshot, sources, diagnostics, None, typed)
    }

    /// A snapshot's texts as a side.
    fn side(
        &self,
        snapshot: &Snapshot,
        sources: Sources,
        diagnostics: Diagnostics,
        policy_file: Option<FileIx>,
        name: &str,
    ) -> Result<Side, Trouble> {
        let commit = snapshot.commit().clone();
        let (sources, read) = self.read(sources, diagnostics, policy_file, commit.day)?;
        let against = AgainstRow {
            kind: "revision",
            name: Untrusted::new(name),
            as_of: Some(read.day),
            commit: Some(Untrusted::new(commit.hash)),
        };
        Ok(Side {
            sources,
            day: Some(read.day),
            policy: read.has_policy.then_some(read.policy),
            against,
            portfolio: read.portfolio,
        })
    }

    /// The portfolio of `debt check` as it was at a revision.
    pub(super) fn base(
        &self,
        input: &Input,
        revision: &Revision,
        allow_missing: bool,
    ) -> Result<Base, Trouble> {
        let (repository, paths) = Self::paths(input).map_err(|wrong| self.refuse(*wrong))?;
        let (commit, name) = match revision {
            Revision::At(revision) => (repository.commit(revision), revision.clone()),
            Revision::MergeBase(branch) => (repository.merge_base(branch), branch.clone()),
        };
        let commit = commit.map_err(|wrong| self.refuse(*wrong))?;
        let name = match revision {
            Revision::At(_) => name,
            Revision::MergeBase(_) => format!("{name}@{}", commit.hash.get(..10).unwrap_or(&commit.hash)),
        };
        let mut snapshot = Snapshot::new(repository, commit, &name).map_err(|wrong| self.refuse(*wrong))?;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let mut missing: Vec<String> = Vec::new();
        let mut any = false;
        for path in &paths {
            if snapshot.read(path, &mut sources, &mut diagnostics).map_err(|wrong| self.refuse(*wrong))? {
                any = true;
                if input.paths.is_empty() {
                    // Either of the two default places will do.
                    missing.clear();
                    break;
                }
            } else {
                missing.push(String::from_utf8_lossy(path).into_owned());
            }
        }
        if !any {
            let shown = missing.first().cloned().unwrap_or_default();
            if allow_missing {
                let commit = Some(Untrusted::new(snapshot.commit().hash.clone()));
                let name = Untrusted::new(format!("{name}:{shown}"));
                return Ok(Base::Missing(AgainstRow { kind: "nothing", name, as_of: None, commit }));
            }
            let message = said![shown, " is not there at ", name.clone()];
            let help = said![
                "--allow-missing-base compares with nothing; where it had another name, `debt diff ",
                name,
                ":OLD-NAME NEW-NAME` compares the two"
            ];
            return Err(self.refuse(Diagnostic::nowhere("missing-base", message).help(help)));
        }
        for path in missing {
            self.later.borrow_mut().push_str(&format!(
                "note: {} is not there at {}; what it tells is new\n",
                terminal(&path),
                terminal(&name)
            ));
        }
        let policy_file = self.policy_then(input, &mut snapshot, &mut sources, &mut diagnostics)?;
        self.side(&snapshot, sources, diagnostics, policy_file, &name).map(|side| Base::There(Box::new(side)))
    }

    /// The policy file as it was then, where it is in the same repository and was there.
    fn policy_then(
        &self,
        input: &Input,
        snapshot: &mut Snapshot,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<FileIx>, Trouble> {
        let Some(path) = &input.policy else { return Ok(None) };
        let Ok((repository, inside)) = path_in_repository(path) else { return Ok(None) };
        if !snapshot.is_of(&repository) {
            return Ok(None);
        }
        let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
        let there = snapshot.read(&inside, sources, diagnostics).map_err(|wrong| self.refuse(*wrong))?;
        Ok(there.then_some(file))
    }

    /// Where the portfolio is in its repository.
    fn paths(input: &Input) -> Result<(Repository, Vec<Vec<u8>>), Refusal> {
        let mut list: Vec<PathBuf> = Vec::new();
        for origin in input.origins() {
            match origin {
                Origin::Path(path) => list.push(path),
                Origin::Stdin => {
                    let message = said!["standard input was nothing at any revision"];
                    let help = said!["name the file; `debt diff OLD -` compares two texts"];
                    return Err(Box::new(Diagnostic::nowhere("usage", message).help(help)));
                }
            }
        }
        if list.is_empty() {
            let (repository, prefix) =
                (Repository::of(Path::new("."))?, path_in_repository(Path::new("."))?.1);
            let inside = |name: &str| from_root(&slashed(&prefix), &format!("./{name}"));
            return Ok((repository, vec![inside("portfolio.yaml"), inside("portfolio")]));
        }
        let mut paths = Vec::new();
        let mut first: Option<(Repository, PathBuf)> = None;
        for path in list {
            let (repository, inside) = path_in_repository(&path)?;
            let root = repository.root()?;
            match &first {
                Some((_, other)) if *other != root => {
                    let message = said!["the paths lie in two repositories, and a revision belongs to one"];
                    let help = said!["check them one by one"];
                    return Err(Box::new(Diagnostic::nowhere("usage", message).help(help)));
                }
                Some(_) => {}
                None => first = Some((repository, root)),
            }
            paths.push(inside);
        }
        let nothing = || Box::new(Diagnostic::nowhere("usage", said!["there is no path to compare"]));
        first.map(|(repository, _)| (repository, paths)).ok_or_else(nothing)
    }
}

/// The revision of `debt check`.
pub(super) enum Revision {
    At(String),
    MergeBase(String),
}

fn slashed(folder: &[u8]) -> Vec<u8> {
    if folder.is_empty() { Vec::new() } else { [folder, b"/"].concat() }
}

/// A path behind a revision, from the root: `./` and `../` start at the folder `prefix`.
fn from_root(prefix: &[u8], path: &str) -> Vec<u8> {
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
