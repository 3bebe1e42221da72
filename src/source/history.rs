//! The revisions of some paths, oldest first: which files each had. One `git log` says what changed; nothing is checked
//! out, and no tree is listed but where links or submodules ask for it.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::sync::Arc;

use super::code::Code;
use super::git::{Commit, Refusal, Repository, git_error, git_says, path_of};
use super::snapshot::{is_hidden, is_of_a_portfolio};
use crate::base::day::Day;
use crate::base::message::message;

/// A path is followed through so many renames.
const MOST_RENAMES: usize = 20;

/// The files at a revision by path: mode and hash of each.
pub type Files = BTreeMap<Vec<u8>, (String, String)>;

/// A revision that changed one of the paths.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its commit, on the committer's day in UTC; never before the day of the revision before it.
    pub commit: Commit,
    /// The files of the portfolio at it, in the order in which they are read.
    pub files: Arc<Files>,
}

/// A path that had another name up to a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Former {
    /// The name that it had.
    pub path: Vec<u8>,
    /// The name that it has had since then.
    pub present: Vec<u8>,
    /// The commit that renamed it.
    pub until: String,
}

/// What became of some paths.
#[derive(Debug)]
pub struct History {
    /// Every revision that changed them, oldest first.
    pub revisions: Vec<Revision>,
    /// Their former names, latest first.
    pub former: Vec<Former>,
    /// Whether a symbolic link or a submodule is among the files, so that each revision is to be read by a `Snapshot`.
    pub linked: bool,
    /// Whether git's filters change what a checkout has.
    pub filtered: HashSet<Vec<u8>>,
    /// Whether history begins where a shallow clone ends.
    pub shallow: bool,
}

/// A commit with what it changed.
struct Step {
    hash: String,
    seconds: i64,
    changes: Vec<Change>,
}

/// A changed file: what it is now, or that it is gone.
struct Change {
    path: Vec<u8>,
    added: bool,
    now: Option<(String, String)>,
}

/// One of the paths under one of its names.
#[derive(Clone)]
struct Name {
    path: Vec<u8>,
    /// The commit from which on it has another name.
    until: Option<String>,
}

fn below(path: &[u8], root: &[u8]) -> bool {
    match path.strip_prefix(root) {
        Some([] | [b'/', ..]) => true,
        Some(_) => root.is_empty(),
        None => false,
    }
}

/// The path of a file below a root; empty where it is the root itself.
fn inside<'p>(path: &'p [u8], root: &[u8]) -> &'p [u8] {
    let rest = path.strip_prefix(root).unwrap_or(path);
    rest.strip_prefix(b"/").unwrap_or(rest)
}

/// Whether a file is read where a path is: itself, or as a part of the portfolio in the folder.
fn is_read(path: &[u8], root: &[u8]) -> bool {
    path == root || (below(path, root) && is_of_a_portfolio(path) && !is_hidden(inside(path, root)))
}

impl Repository {
    /// What became of paths up to a commit, along first parents.
    ///
    /// # Errors
    /// Git cannot say it.
    pub fn history(&self, until: &Commit, paths: &[Vec<u8>], follow: bool) -> Result<History, Refusal> {
        let mut names: Vec<Name> =
            paths.iter().map(|path| Name { path: path.clone(), until: None }).collect();
        let mut former = Vec::new();
        let mut steps = self.steps(until, &names)?;
        while follow && former.len() < MOST_RENAMES {
            let Some(found) = self.former_name(&steps, &names, &former)? else { break };
            names.push(Name { path: found.path.clone(), until: Some(found.until.clone()) });
            former.push(found);
            steps = self.steps(until, &names)?;
        }
        let (revisions, linked) = applied(&steps, &names);
        let seen: HashSet<&[u8]> =
            revisions.iter().flat_map(|one| one.files.keys().map(Vec::as_slice)).collect();
        let filtered = self.filtered_paths(&seen.into_iter().collect::<Vec<_>>())?;
        let first = steps.first().map(|step| step.hash.as_str());
        let shallow = self.is_shallow()? && self.is_graft(first.unwrap_or_default())?;
        Ok(History { revisions, former, linked, filtered, shallow })
    }

    /// Whether there is something at a path of a commit.
    ///
    /// # Errors
    /// Git cannot be started.
    pub fn has(&self, commit: &Commit, path: &[u8]) -> Result<bool, Refusal> {
        let mut name = OsString::from(format!("{}:", commit.hash));
        name.push(path_of(path.to_vec()));
        Ok(self.run([OsString::from("cat-file"), "-e".into(), name])?.status.success())
    }

    /// Whether history was cut off at a commit.
    fn is_graft(&self, hash: &str) -> Result<bool, Refusal> {
        let cut = std::fs::read_to_string(self.own_path("shallow")?).unwrap_or_default();
        Ok(cut.lines().any(|line| line == hash))
    }

    /// Every commit that changed one of these names, oldest first.
    fn steps(&self, until: &Commit, names: &[Name]) -> Result<Vec<Step>, Refusal> {
        let mut args: Vec<OsString> = [
            "--literal-pathspecs",
            "-c",
            "log.showRoot=true",
            "-c",
            "log.showSignature=false",
            "log",
            "--first-parent",
            "-m",
            "--format=%H%x00%ct",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-color",
            &until.hash,
            "--",
        ]
        .map(OsString::from)
        .into();
        // An empty path is the root of the repository.
        let all = |path: &Vec<u8>| if path.is_empty() { b".".to_vec() } else { path.clone() };
        args.extend(names.iter().map(|name| path_of(all(&name.path)).into_os_string()));
        let output = self.at_root()?.run(args)?;
        if !output.status.success() {
            return Err(git_says(&output.stderr));
        }
        let mut steps = parsed(&output.stdout);
        steps.reverse();
        Ok(steps)
    }

    /// The former name of one of the paths, where the first revision that has it renamed it.
    fn former_name(
        &self,
        steps: &[Step],
        names: &[Name],
        known: &[Former],
    ) -> Result<Option<Former>, Refusal> {
        for name in names {
            if known.iter().any(|one| one.present == name.path) {
                continue;
            }
            let Some(first) = first_of(steps, name) else { continue };
            let at_name = first.changes.iter().filter(|change| is_read(&change.path, &name.path));
            let (mut files, mut added) = (0_usize, true);
            for change in at_name {
                files += 1;
                added &= change.added;
            }
            if files == 0 || !added {
                continue;
            }
            let Some(path) = self.renamed_from(&first.hash, &name.path, files)? else { continue };
            if names.iter().any(|other| other.path == path) {
                continue;
            }
            return Ok(Some(Former { path, present: name.path.clone(), until: first.hash.clone() }));
        }
        Ok(None)
    }

    /// Where a commit renamed a path from: a file from another one; a folder from the one that over half of its files
    /// come from.
    fn renamed_from(&self, hash: &str, path: &[u8], files: usize) -> Result<Option<Vec<u8>>, Refusal> {
        let args = [
            "-c",
            "log.showSignature=false",
            "show",
            "--first-parent",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames=50%",
            "-l2000",
            "--diff-filter=R",
            "--format=",
            "--no-color",
            "--no-ext-diff",
            hash,
        ];
        let output = self.at_root()?.run(args)?.stdout;
        let parts: Vec<&[u8]> = output.split(|byte| *byte == 0).collect();
        let pairs = parts.chunks_exact(3).map(|three| (three[1], three[2]));
        let mut folders: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for (old, new) in pairs {
            if new == path {
                return Ok(Some(old.to_vec()));
            }
            if !is_read(new, path) {
                continue;
            }
            let rest = inside(new, path);
            if let Some(folder) = old.strip_suffix(rest) {
                let folder = folder.strip_suffix(b"/").unwrap_or(folder).to_vec();
                *folders.entry(folder).or_default() += 1;
            }
        }
        Ok(folders.into_iter().find(|(_, count)| count.saturating_mul(2) > files).map(|(folder, _)| folder))
    }
}

/// The first commit that changed a name while it was in use.
fn first_of<'s>(steps: &'s [Step], name: &Name) -> Option<&'s Step> {
    let end = end_of(steps, name);
    steps[..end].iter().find(|step| step.changes.iter().any(|change| below(&change.path, &name.path)))
}

/// Up to which position a name is in use.
fn end_of(steps: &[Step], name: &Name) -> usize {
    let until = name.until.as_ref().and_then(|until| steps.iter().position(|step| step.hash == *until));
    until.map_or(steps.len(), |at| at.saturating_add(1))
}

fn parsed(log: &[u8]) -> Vec<Step> {
    let mut parts = log.split(|byte| *byte == 0);
    let mut steps: Vec<Step> = Vec::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    while let Some(part) = parts.next() {
        let part = part.strip_prefix(b"\n").unwrap_or(part);
        let Some(header) = part.strip_prefix(b":") else {
            if part.is_empty() {
                continue;
            }
            let seconds = parts.next().and_then(|text| String::from_utf8_lossy(text).trim().parse().ok());
            steps.push(Step { hash: text(part), seconds: seconds.unwrap_or(0), changes: Vec::new() });
            continue;
        };
        let (words, path) = (text(header), parts.next());
        let words: Vec<&str> = words.split(' ').collect();
        let (Some(step), Some(path), [_, mode, _, hash, status]) = (steps.last_mut(), path, words.as_slice())
        else {
            continue;
        };
        let now = (!status.starts_with('D')).then(|| ((*mode).to_owned(), (*hash).to_owned()));
        step.changes.push(Change { path: path.to_vec(), added: status.starts_with('A'), now });
    }
    steps
}

/// The files at each revision, and whether a link or a submodule is among them.
fn applied(steps: &[Step], names: &[Name]) -> (Vec<Revision>, bool) {
    let ends: Vec<usize> = names.iter().map(|name| end_of(steps, name)).collect();
    let mut files = Arc::new(Files::new());
    let (mut revisions, mut linked) = (Vec::new(), false);
    let mut day = None;
    for (at, step) in steps.iter().enumerate() {
        let mut changed = false;
        for change in &step.changes {
            // A link to a folder has no YAML name, and yet leads to files.
            let is_link = change.now.as_ref().is_some_and(|(mode, _)| mode == "120000" || mode == "160000");
            let in_use = names.iter().zip(&ends).filter(|(_, end)| at < **end);
            let wanted = in_use
                .map(|(name, _)| &name.path)
                .any(|root| is_read(&change.path, root) || (is_link && below(&change.path, root)));
            if !wanted {
                continue;
            }
            changed = true;
            linked |= is_link;
            let files = Arc::make_mut(&mut files);
            match &change.now {
                Some(now) => drop(files.insert(change.path.clone(), now.clone())),
                None => drop(files.remove(&change.path)),
            }
        }
        if !changed {
            continue;
        }
        let own = Day::from_epoch_days(step.seconds.div_euclid(86_400));
        day = own.max(day);
        let Some(day) = day else { continue };
        let commit = Commit { hash: step.hash.clone(), day };
        revisions.push(Revision { commit, files: Arc::clone(&files) });
    }
    (revisions, linked)
}

/// Says that no revision has any of the paths.
pub fn no_revision(shown: &str) -> Refusal {
    let message = message!("no revision has ", shown.to_owned());
    git_error(
        Code::MissingBase,
        message,
        message!("git add it and commit it first; `git log -- PATH` shows what there is"),
    )
}
