//! The texts of a portfolio as they were at a git revision.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::diagnostic::{Diagnostic, Diagnostics, said};
use super::files::Sources;
use super::git::{Commit, Refusal, Repository};
use super::objects::{Object, Objects};

/// A repository at one commit.
#[derive(Debug)]
pub struct Snapshot {
    repository: Repository,
    commit: Commit,
    /// How the revision was typed: it names the files in messages.
    revision: String,
    objects: Objects,
    seen: HashSet<Vec<u8>>,
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
    let (has_work_tree, mut inside) = repository.prefix()?;
    if !has_work_tree {
        let message = said![
            "the folder ",
            folder.to_string_lossy().into_owned(),
            " is in a git repository without a work tree"
        ];
        let help = said!["compare two revisions: debt diff REV:path REV:path"];
        return Err(Box::new(Diagnostic::nowhere("no-work-tree", message).help(help)));
    }
    match name {
        Some(name) => inside.extend(name.as_encoded_bytes()),
        None => drop(inside.pop_if(|byte| *byte == b'/')),
    }
    Ok((repository, inside))
}

fn has_yaml_ending(path: &[u8]) -> bool {
    let ending = path.rsplit(|byte| *byte == b'.').next().filter(|ending| ending.len() < path.len());
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(b"yaml") || ending.eq_ignore_ascii_case(b"yml"))
}

fn is_hidden(path: &[u8]) -> bool {
    path.split(|byte| *byte == b'/').any(|part| part.starts_with(b"."))
}

fn joined(folder: &[u8], path: &[u8]) -> Vec<u8> {
    if folder.is_empty() { path.to_vec() } else { [folder, b"/", path].concat() }
}

impl Snapshot {
    /// A repository at a commit that `revision` means.
    pub fn new(repository: Repository, commit: Commit, revision: &str) -> Result<Snapshot, Refusal> {
        let objects = repository.objects()?;
        Ok(Snapshot { repository, commit, revision: revision.to_owned(), objects, seen: HashSet::new() })
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
        format!("{}:{}", self.revision, String::from_utf8_lossy(path))
    }

    /// Reads a file, or every YAML file under a folder. Nothing is read, and `false` is given, where there is neither.
    pub fn read(
        &mut self,
        path: &[u8],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<bool, Refusal> {
        let name = [self.commit.hash.as_bytes(), b":", path].concat();
        match self.objects.get(&name)? {
            Object::Blob(_, bytes) => {
                if self.seen.insert(path.to_vec()) {
                    sources.add(self.shown(path), Ok(bytes), diagnostics);
                }
                Ok(true)
            }
            Object::Tree(hash) => {
                let before = sources.0.len();
                self.folder(&hash, path, DEEPEST, sources, diagnostics)?;
                Ok(sources.0.len() > before)
            }
            Object::Outside => Err(self.outside(path)),
            Object::Missing => Ok(false),
        }
    }

    fn outside(&self, path: &[u8]) -> Refusal {
        let message = said![self.shown(path), " is a symbolic link that leads out of the repository"];
        let help = said!["no revision has what is there; `debt diff OLD NEW` compares two files"];
        Box::new(Diagnostic::nowhere("outside", message).help(help))
    }

    /// Every YAML file under a tree that stands at `at`.
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
        for entry in entries.into_iter().filter(|entry| !is_hidden(&entry.path)) {
            let path = joined(at, &entry.path);
            match entry.mode.as_str() {
                "160000" => self.submodule(&entry.hash, &path, depth, sources, diagnostics)?,
                "120000" => links.push((entry.path, path)),
                _ if has_yaml_ending(&path) => {
                    // Below a link a file may be one that was read by its own name.
                    let by_hash = self.seen.insert(entry.hash.clone().into_bytes());
                    let new = if depth == DEEPEST { self.seen.insert(path.clone()) } else { by_hash };
                    if let Object::Blob(_, bytes) = self.objects.get(entry.hash.as_bytes())?
                        && new
                    {
                        sources.add(self.shown(&path), Ok(bytes), diagnostics);
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
                Object::Blob(hash, bytes) if has_yaml_ending(&path) => {
                    if self.seen.insert(hash.into_bytes()) {
                        sources.add(self.shown(&path), Ok(bytes), diagnostics);
                    }
                }
                Object::Tree(hash) if depth > 0 && self.seen.insert(hash.clone().into_bytes()) => {
                    self.folder(&hash, &path, depth - 1, sources, diagnostics)?;
                }
                Object::Outside if has_yaml_ending(&path) => return Err(self.outside(&path)),
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
        let folder: PathBuf = self.repository.root()?.join(String::from_utf8_lossy(path).as_ref());
        if depth == 0 || !folder.join(".git").exists() {
            return Ok(());
        }
        let repository = Repository::of(&folder)?;
        let Ok(commit) = repository.commit(commit) else {
            let shown = String::from_utf8_lossy(path).into_owned();
            let message = said![
                "the submodule ",
                shown.clone(),
                " lacks the commit that ",
                self.revision.clone(),
                " names"
            ];
            let help = said!["git -C ", shown, " fetch origin ", commit.to_owned()];
            return Err(Box::new(Diagnostic::nowhere("no-revision", message).help(help)));
        };
        let hash = commit.hash.clone();
        let shown = format!("{}:{}", self.revision, String::from_utf8_lossy(path));
        let mut inner = Snapshot::new(repository, commit, &shown)?;
        inner.folder(&hash, b"", depth - 1, sources, diagnostics)
    }
}
