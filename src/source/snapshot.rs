//! The texts of a portfolio as they were at a git revision.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::at::At;
use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::files::{CONFIG_FILE, Sources};
use super::git::{Commit, Refusal, Repository};
use super::objects::{Object, Objects};
use crate::base::message::{Message, message};

/// A repository at one commit.
#[derive(Debug)]
pub struct Snapshot {
    repository: Repository,
    commit: Commit,
    naming: Naming,
    objects: Objects,
    seen: HashSet<Vec<u8>>,
}

/// How files are named in messages.
#[derive(Clone, Debug)]
pub enum Naming {
    /// Behind the revision as it was typed: `main:teams/payments.yaml`.
    Revision(String),
    /// As they are seen from the folder with this prefix: what is read is what is there now.
    From(Vec<u8>),
}

/// Symbolic links to folders and submodules in submodules go so deep at most.
const DEEPEST: usize = 8;

/// A path as the repository that holds it names it.
pub fn path_in_repository(path: &Path) -> Result<(Repository, Vec<u8>), Refusal> {
    let (folder, name) = if path.is_dir() {
        (path, None)
    } else {
        (path.parent().unwrap_or(Path::new(".")), path.file_name())
    };
    let repository = Repository::of(folder)?;
    if let Some((outer, path)) = outer_repository(&repository, path)? {
        return Ok((outer, path));
    }
    let (has_work_tree, mut inside) = repository.prefix()?;
    if !has_work_tree {
        let message = message!(
            "the folder ",
            folder.to_string_lossy().into_owned(),
            " is in a git repository without a work tree"
        );
        let help = message!("compare two revisions: debt diff REV:path REV:path");
        return Err(Box::new(Diagnostic::nowhere(Code::NoWorkTree, message).help(help)));
    }
    match name {
        Some(name) => inside.extend(name.as_encoded_bytes()),
        None => drop(inside.pop_if(|byte| *byte == b'/')),
    }
    Ok((repository, inside))
}

/// The repository of the current folder and the path in it, where `repository` is a submodule of it: what counts is the
/// revisions of the current folder.
fn outer_repository(repository: &Repository, path: &Path) -> Result<Option<(Repository, Vec<u8>)>, Refusal> {
    let Some(mut above) = repository.superproject()? else { return Ok(None) };
    let Ok(here) = Repository::of(Path::new(".")) else { return Ok(None) };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let root = real(&here.root()?);
    while real(&above) != root {
        let Some(next) = Repository::of(&above)?.superproject()? else { return Ok(None) };
        above = next;
    }
    let whole = match path.file_name() {
        Some(name) if !path.is_dir() => real(path.parent().unwrap_or(Path::new("."))).join(name),
        _ => real(path),
    };
    let inside = whole.strip_prefix(&root).ok().map(|inside| inside.as_os_str().as_encoded_bytes().to_vec());
    Ok(inside.map(|inside| (here, inside)))
}

/// Whether a file of a folder is part of the portfolio in it, by its name.
pub(super) fn is_of_a_portfolio(path: &[u8]) -> bool {
    let name = path.rsplit(|byte| *byte == b'/').next();
    if name == Some(CONFIG_FILE.as_bytes()) {
        return false;
    }
    let ending = path.rsplit(|byte| *byte == b'.').next().filter(|ending| ending.len() < path.len());
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(b"yaml") || ending.eq_ignore_ascii_case(b"yml"))
}

/// Whether a path has a hidden part.
pub(super) fn is_hidden(path: &[u8]) -> bool {
    path.split(|byte| *byte == b'/').any(|part| part.starts_with(b"."))
}

fn joined(folder: &[u8], path: &[u8]) -> Vec<u8> {
    if folder.is_empty() { path.to_vec() } else { [folder, b"/", path].concat() }
}

impl Snapshot {
    /// A repository at a commit, or at a tree by its hash.
    pub fn new(repository: Repository, commit: Commit, naming: Naming) -> Result<Snapshot, Refusal> {
        let objects = repository.objects()?;
        Ok(Snapshot { repository, commit, naming, objects, seen: HashSet::new() })
    }

    /// The commit.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// Whether it is of this repository.
    pub fn is_of(&self, other: &Repository) -> bool {
        matches!((self.repository.root(), other.root()), (Ok(one), Ok(other)) if one == other)
    }

    /// What a path is called in messages: `main:teams/payments.yaml`.
    pub fn shown(&self, path: &[u8]) -> String {
        match &self.naming {
            Naming::Revision(revision) => format!("{revision}:{}", String::from_utf8_lossy(path)),
            Naming::From(prefix) => {
                let from_here =
                    path.strip_prefix(prefix.as_slice()).map(|rest| String::from_utf8_lossy(rest));
                let up = "../".repeat(prefix.split(|byte| *byte == b'/').count().saturating_sub(1));
                from_here.map_or_else(|| format!("{up}{}", String::from_utf8_lossy(path)), Into::into)
            }
        }
    }

    /// Whether there is a file or a folder at a path.
    pub fn has(&mut self, path: &[u8]) -> Result<bool, Refusal> {
        let name = [self.commit.hash.as_bytes(), b":", path].concat();
        Ok(match self.objects.get(&name)? {
            Object::Blob(..) | Object::Tree(_) => true,
            Object::Outside | Object::Missing => false,
        })
    }

    /// Reads a file, or every YAML file under a folder. Reads nothing and returns `false` if there is neither.
    pub fn read(
        &mut self,
        path: &[u8],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<bool, Refusal> {
        let name = [self.commit.hash.as_bytes(), b":", path].concat();
        match self.objects.get(&name)? {
            Object::Blob(hash, bytes) => {
                if self.seen.insert(path.to_vec()) {
                    let filtered = self.repository.filtered_paths(&[path])?;
                    self.add(path, &hash, bytes, &filtered, sources, diagnostics)?;
                }
                Ok(true)
            }
            Object::Tree(hash) => {
                let before = sources.0.len();
                self.folder(&hash, path, DEEPEST, sources, diagnostics)?;
                Ok(sources.0.len() > before)
            }
            Object::Outside => Err(self.outside(path)),
            Object::Missing => self.in_submodule(path, sources, diagnostics),
        }
    }

    /// Adds a file as a checkout would have it.
    fn add(
        &self,
        path: &[u8],
        hash: &str,
        bytes: Vec<u8>,
        filtered: &HashSet<Vec<u8>>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Refusal> {
        let bytes = if filtered.contains(path) { self.repository.as_checked_out(hash, path)? } else { bytes };
        let file = sources.add(self.shown(path), Ok(bytes), diagnostics);
        if let Some(source) = sources.0.get_mut(file.index()) {
            match &self.naming {
                // Content that replaces a file on the disk counts as read from it.
                Naming::From(_) => source.path = Some(PathBuf::from(self.shown(path))),
                // There is no line of a file to show something beside.
                Naming::Revision(_) => source.at = Some(Arc::new(At::Nowhere)),
            }
        }
        Ok(())
    }

    /// Reads a path that lies in a submodule.
    fn in_submodule(
        &mut self,
        path: &[u8],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<bool, Refusal> {
        let links = self.repository.list(&self.commit.hash)?;
        for link in links.iter().filter(|entry| entry.mode == "160000") {
            let rest = match path.strip_prefix(link.path.as_slice()) {
                Some([]) => b"".as_slice(),
                Some([b'/', rest @ ..]) => rest,
                _ => continue,
            };
            let Some(mut inner) = self.inner(&link.hash, &link.path)? else { return Ok(false) };
            return inner.read(rest, sources, diagnostics);
        }
        Ok(false)
    }

    fn outside(&self, path: &[u8]) -> Refusal {
        let message = Message::file(self.shown(path))
            .and(message!(" is a symbolic link that leads out of the repository"));
        let help = message!("a revision does not contain its target; `debt diff OLD NEW` compares two files");
        Box::new(Diagnostic::nowhere(Code::Outside, message).help(help))
    }

    /// Every YAML file under a tree at `at`.
    fn folder(
        &mut self,
        tree: &str,
        at: &[u8],
        depth: usize,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Refusal> {
        let entries = self.repository.list(tree)?;
        let mut links = Vec::new();
        let yaml = entries.iter().map(|entry| joined(at, &entry.path)).filter(|path| is_of_a_portfolio(path));
        let yaml: Vec<Vec<u8>> = yaml.collect();
        let filtered = self.repository.filtered_paths(&yaml.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
        for entry in entries.into_iter().filter(|entry| !is_hidden(&entry.path)) {
            let path = joined(at, &entry.path);
            match entry.mode.as_str() {
                "160000" => self.submodule(&entry.hash, &path, depth, sources, diagnostics)?,
                "120000" => links.push((entry.path, path)),
                _ if is_of_a_portfolio(&path) => {
                    // Below a link a file may be one that was read by its own name.
                    let by_hash = self.seen.insert(entry.hash.clone().into_bytes());
                    let new = if depth == DEEPEST { self.seen.insert(path.clone()) } else { by_hash };
                    match self.objects.get(entry.hash.as_bytes())? {
                        Object::Blob(hash, bytes) if new => {
                            self.add(&path, &hash, bytes, &filtered, sources, diagnostics)?;
                        }
                        Object::Missing => return Err(super::git::git_says(b"fatal: an object is missing")),
                        Object::Blob(..) | Object::Tree(_) | Object::Outside => {}
                    }
                }
                _ => {}
            }
        }
        // A file that is reached by its own name and by links is read once; links are known by what they lead to.
        for (inside, path) in links {
            let root = [self.commit.hash.as_bytes(), b":", &path].concat();
            let name = if depth == DEEPEST { root } else { [tree.as_bytes(), b":", &inside].concat() };
            match self.objects.get(&name)? {
                Object::Blob(hash, bytes) if is_of_a_portfolio(&path) => {
                    if self.seen.insert(hash.clone().into_bytes()) {
                        self.add(&path, &hash, bytes, &filtered, sources, diagnostics)?;
                    }
                }
                Object::Tree(hash) if depth > 0 && self.seen.insert(hash.clone().into_bytes()) => {
                    self.folder(&hash, &path, depth - 1, sources, diagnostics)?;
                }
                Object::Outside if is_of_a_portfolio(&path) => return Err(self.outside(&path)),
                Object::Blob(..) | Object::Tree(_) | Object::Outside | Object::Missing => {}
            }
        }
        Ok(())
    }

    /// The files of a submodule, at the commit that this tree names. One that is not checked out has no files now
    /// either.
    fn submodule(
        &mut self,
        commit: &str,
        path: &[u8],
        depth: usize,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Refusal> {
        if depth == 0 {
            return Ok(());
        }
        let Some(mut inner) = self.inner(commit, path)? else { return Ok(()) };
        let hash = inner.commit.hash.clone();
        inner.folder(&hash, b"", depth - 1, sources, diagnostics)
    }

    /// A submodule at the commit that this tree names; `None` if it is not checked out.
    fn inner(&self, commit: &str, path: &[u8]) -> Result<Option<Snapshot>, Refusal> {
        let folder: PathBuf = self.repository.root()?.join(String::from_utf8_lossy(path).as_ref());
        if !folder.join(".git").exists() {
            return Ok(None);
        }
        let repository = Repository::of(&folder)?;
        let Ok(commit) = repository.commit(commit) else {
            let shown = String::from_utf8_lossy(path).into_owned();
            let message = message!("the submodule ").and(Message::file(shown.clone())).and(message!(
                " lacks the commit that ",
                self.shown(b""),
                " names"
            ));
            let help = message!("git -C ", shown, " fetch origin ", commit.to_owned());
            return Err(Box::new(Diagnostic::nowhere(Code::NoRevision, message).help(help)));
        };
        Snapshot::new(repository, commit, Naming::Revision(self.shown(path))).map(Some)
    }
}
