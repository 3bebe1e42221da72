//! Which base `debt check --against` compares with: the revision that was named or where HEAD and it parted, the
//! portfolio under the name that it had there, and the last state that reads.

use std::path::{Path, PathBuf};

use super::Trouble;
use super::args::Input;
use super::check_base::{BaseLoader, Side, Texts, from_root};
use super::check_config::{ConfigThen, usual_places};
use super::load::USUAL;
use crate::base::message::message;
use crate::base::names::Untrusted;
use crate::policy::Policy;
use crate::report::AgainstRow;
use crate::rules;
use crate::source::git::{Commit, Refusal, Repository};
use crate::source::revision::{Bases, Chosen};
use crate::source::snapshot::{Naming, Snapshot, path_in_repository};
use crate::source::{Code, Diagnostic, Origin};

/// The other side of `debt check`.
pub(super) enum Base {
    There(Box<Side>),
    /// There is no portfolio to compare with.
    Missing(AgainstRow),
}

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    pub(super) input: &'w Input,
    /// `REV`, or `REV:PATH`.
    pub(super) against: &'w str,
    /// Whether the head is what is staged.
    pub(super) staged: bool,
    /// Whether a base that cannot be read counts as none.
    pub(super) allow_missing: bool,
}

/// Where the portfolio is in its repository.
pub(super) struct Whereabouts {
    pub(super) repository: Repository,
    pub(super) paths: Vec<Vec<u8>>,
}

/// One commit to compare with.
struct Candidate<'c> {
    repository: &'c Repository,
    commit: &'c Commit,
    /// What it is called.
    name: &'c str,
    paths: &'c [Vec<u8>],
    /// Whether any one of the paths will do.
    any: bool,
    /// Whether the path was named behind the revision, so that it must be there.
    named: bool,
}

/// What a commit holds.
enum State {
    Missing,
    Unreadable(Box<Texts>),
    There(Box<Side>),
}

impl BaseLoader<'_> {
    /// What to compare with: several where history has crossed, or a merge is under way.
    pub(super) fn bases(&self, wanted: Wanted<'_>) -> Result<Vec<Base>, Trouble> {
        let Whereabouts { repository, paths } =
            whereabouts(wanted.input).map_err(|wrong| self.refuse(*wrong))?;
        let (revision, named, Bases { how, commits }) =
            find(&repository, wanted.against).map_err(|wrong| self.refuse(*wrong))?;
        let is_named = named.is_some();
        let paths = named.map_or(paths, |path| vec![path]);
        let mut bases = Vec::new();
        for (index, commit) in commits.iter().enumerate() {
            let short = commit.short();
            let name = match how {
                Chosen::Itself => revision.to_owned(),
                Chosen::Parents if index == 0 => "HEAD".to_owned(),
                Chosen::Parents => format!("MERGE_HEAD@{short}"),
                Chosen::MergeBase => format!("{revision}@{short}"),
            };
            if how == Chosen::MergeBase && self.environment.notes {
                let line = format!("compared with {short}, where HEAD and {revision} parted");
                self.note("note:", &line);
            }
            let any = wanted.input.paths.is_empty() && !is_named;
            let (repository, paths) = (&repository, paths.as_slice());
            bases.push(
                self.base(
                    &Candidate { repository, commit, name: &name, paths, any, named: is_named },
                    wanted,
                )?,
            );
        }
        // A parent without a portfolio would let anything pass where the other has one.
        if bases.iter().any(|base| matches!(base, Base::There(_))) {
            bases.retain(|base| matches!(base, Base::There(_)));
        }
        Ok(bases)
    }

    fn base(&self, at: &Candidate<'_>, wanted: Wanted<'_>) -> Result<Base, Trouble> {
        let shown = at.paths.first().map(|path| String::from_utf8_lossy(path)).unwrap_or_default();
        let nothing = |name: String| {
            let commit = Some(Untrusted::new(at.commit.hash.clone()));
            Base::Missing(AgainstRow { kind: "nothing", name: Untrusted::new(name), as_of: None, commit })
        };
        let unread = match self.state(at, wanted)? {
            State::There(side) => return Ok(Base::There(side)),
            State::Missing if at.named => {
                let message = message!("there is nothing at ", format!("{}:{shown}", at.name));
                let help =
                    message!("git ls-tree -r --name-only ", at.name.to_owned(), " lists what is there");
                return Err(self.refuse(Diagnostic::nowhere(Code::MissingBase, message).help(help)));
            }
            State::Missing => return Ok(nothing(format!("{}:{shown}", at.name))),
            State::Unreadable(texts) => texts,
        };
        for earlier in at.repository.before(at.commit, at.paths).map_err(|wrong| self.refuse(*wrong))? {
            let name = format!("{}@{}", at.name, earlier.short());
            let candidate = Candidate { commit: &earlier, name: &name, ..*at };
            if let State::There(side) = self.state(&candidate, wanted)? {
                let line = format!(
                    "the portfolio at {} cannot be read; compared with {}, the last earlier state that can",
                    at.name,
                    earlier.short()
                );
                self.note(&self.environment.warning_word(), &line);
                return Ok(Base::There(side));
            }
        }
        if wanted.allow_missing {
            return Ok(nothing(format!("{}:{shown} that reads", at.name)));
        }
        self.say(&unread.diagnostics, &unread.sources);
        let message = message!(
            "the portfolio at ",
            at.name.to_owned(),
            " cannot be read, and neither can any earlier state of it; the error is not in the current files"
        );
        let help = message!("--allow-missing-base compares with nothing, once");
        Err(self.refuse(Diagnostic::nowhere(Code::UnreadableBase, message).help(help)))
    }

    /// The portfolio as a commit has it, under the name that it had there.
    fn state(&self, at: &Candidate<'_>, wanted: Wanted<'_>) -> Result<State, Trouble> {
        let naming = Naming::Revision(at.name.to_owned());
        let mut snapshot = Snapshot::new(at.repository.clone(), at.commit.clone(), naming)
            .map_err(|wrong| self.refuse(*wrong))?;
        let config = self.config_then(&mut snapshot)?;
        let (own_paths, own_any) = paths_then(config.as_ref(), at, wanted);
        let at = &Candidate { paths: own_paths.as_deref().unwrap_or(at.paths), any: own_any, ..*at };
        let Candidate { commit, name, paths, any, .. } = at;
        let mut texts = Texts::default();
        // Before the folder that it may lie in.
        let is_new = self.policy_then(wanted, config.as_ref(), &mut snapshot, &mut texts)?;
        let policies = texts.sources.0.len();
        let mut missing = Vec::new();
        let mut found = false;
        for path in *paths {
            if *any && found {
                break;
            }
            if texts.of(&mut snapshot, path).map_err(|wrong| self.refuse_of_tree(wrong))? {
                found = true;
            } else {
                missing.push(path.as_slice());
            }
        }
        if *any && found {
            // Either of the usual places will do.
            missing.clear();
        }
        if !missing.is_empty() {
            let former = Former { snapshot: &mut snapshot, texts: &mut texts, at, staged: wanted.staged };
            missing = self.former_names(former, missing)?;
            found = found || texts.sources.0.len() > policies;
        }
        if !found {
            return Ok(State::Missing);
        }
        for path in missing.iter().filter(|_| !any) {
            let path = String::from_utf8_lossy(path);
            self.note("note:", &format!("{path} does not exist at {name}; what it describes is new"));
        }
        Ok(match texts.read(commit.day) {
            Ok((sources, read)) => {
                let mut side = Side::at(&snapshot, sources, read, name);
                if is_new {
                    // A policy file that is new does not apply to what was before it.
                    side.policy.get_or_insert_with(|| Policy::defaults(&rules::catalog()));
                }
                State::There(Box::new(side))
            }
            Err(texts) => State::Unreadable(texts),
        })
    }

    /// Reads what had another name at a commit; gives back what had none.
    fn former_names<'p>(&self, to: Former<'_, '_>, missing: Vec<&'p [u8]>) -> Result<Vec<&'p [u8]>, Trouble> {
        let Former { snapshot, texts, at, staged } = to;
        let renamed = at.repository.renamed(at.commit, staged).map_err(|wrong| self.refuse_of_tree(wrong))?;
        let mut still = Vec::new();
        for path in missing {
            let below = |present: &[u8]| {
                let rest = present.strip_prefix(path);
                rest.is_some_and(|rest| rest.is_empty() || path.is_empty() || rest.starts_with(b"/"))
            };
            let mut any = false;
            for (former, present) in renamed.iter().filter(|(_, present)| below(present)) {
                if !texts.of(snapshot, former).map_err(|wrong| self.refuse_of_tree(wrong))? {
                    continue;
                }
                any = true;
                if self.privacy.shows_locations() && self.environment.notes {
                    let [present, former] = [present, former].map(|path| String::from_utf8_lossy(path));
                    self.note("note:", &format!("{present} was {former} at {}", at.name));
                }
            }
            if !any {
                still.push(path);
            }
        }
        Ok(still)
    }

    /// The policy file as it was then, where it is in the same repository and was there; whether it is in the
    /// repository and was not there yet. A policy that nobody typed is the one that the configuration named then.
    fn policy_then(
        &self,
        wanted: Wanted<'_>,
        config: Option<&ConfigThen>,
        snapshot: &mut Snapshot,
        texts: &mut Texts,
    ) -> Result<bool, Trouble> {
        let is_typed = wanted.input.policy.is_some() && !wanted.input.configured.policy;
        if !is_typed {
            return match config.and_then(|config| config.policy.as_ref()) {
                Some(policy) => Ok(!self.configured_policy(policy, snapshot, texts)?),
                None => Ok(wanted.input.policy.is_some()),
            };
        }
        let Some(path) = &wanted.input.policy else { return Ok(false) };
        let Ok((repository, inside)) = path_in_repository(path) else { return Ok(false) };
        if !snapshot.is_of(&repository) {
            return Ok(false);
        }
        let file = texts.next();
        let there = texts.of(snapshot, &inside).map_err(|wrong| self.refuse_of_tree(wrong))?;
        texts.policy_file = there.then_some(file);
        Ok(!there)
    }
}

/// The paths that the configuration named then, where none was typed, and whether any one of them will do; none where
/// those of now count.
fn paths_then(
    config: Option<&ConfigThen>,
    at: &Candidate<'_>,
    wanted: Wanted<'_>,
) -> (Option<Vec<Vec<u8>>>, bool) {
    let is_typed = at.named || (!wanted.input.paths.is_empty() && !wanted.input.configured.paths);
    match config.filter(|_| !is_typed) {
        None => (None, at.any),
        Some(ConfigThen { paths: Some(paths), .. }) => (Some(paths.clone()), false),
        // It named none, so the usual places were read.
        Some(ConfigThen { paths: None, .. }) => (Some(usual_places()), true),
    }
}

/// The commits behind `REV` or `REV:PATH`, and the path.
fn find<'t>(repository: &Repository, typed: &'t str) -> Result<(&'t str, Option<Vec<u8>>, Bases), Refusal> {
    let refusal = match repository.bases(typed) {
        Ok(bases) => return Ok((typed, None, bases)),
        Err(refusal) => refusal,
    };
    // A colon may be part of a revision, as in `:/text` and in dates.
    let Some((revision, path)) = typed.split_once(':').filter(|(revision, _)| !revision.is_empty()) else {
        return Err(refusal);
    };
    let bases = repository.bases(revision)?;
    let prefix = match Repository::of(Path::new(".")).and_then(|here| here.prefix()) {
        Ok((true, prefix)) => prefix,
        _ => Vec::new(),
    };
    Ok((revision, Some(from_root(&prefix, path)), bases))
}

/// Where former names are read from and to.
struct Former<'f, 'c> {
    snapshot: &'f mut Snapshot,
    texts: &'f mut Texts,
    at: &'f Candidate<'c>,
    staged: bool,
}

/// Where the portfolio is in its repository; both of the usual places where none was named.
pub(super) fn whereabouts(input: &Input) -> Result<Whereabouts, Refusal> {
    let mut list: Vec<PathBuf> = Vec::new();
    for origin in input.origins() {
        match origin {
            Origin::Path(path) => list.push(path),
            Origin::Stdin => {
                let message = message!("standard input cannot be read at a revision");
                let help = message!("name the file; `debt diff OLD -` compares two texts");
                return Err(Box::new(Diagnostic::nowhere(Code::Usage, message).help(help)));
            }
        }
    }
    if list.is_empty() {
        list = USUAL.map(PathBuf::from).into();
    }
    let mut paths = Vec::new();
    let mut first: Option<(Repository, PathBuf)> = None;
    for path in list {
        let (repository, inside) = path_in_repository(&path)?;
        let root = repository.root()?;
        match &first {
            Some((_, other)) if *other != root => {
                let message =
                    message!("the paths are in two repositories, and a revision belongs to one of them");
                let help = message!("check them one by one");
                return Err(Box::new(Diagnostic::nowhere(Code::Usage, message).help(help)));
            }
            Some(_) => {}
            None => first = Some((repository, root)),
        }
        paths.push(inside);
    }
    let nothing = || Box::new(Diagnostic::nowhere(Code::Usage, message!("there is no path to compare")));
    first.map(|(repository, _)| Whereabouts { repository, paths }).ok_or_else(nothing)
}
