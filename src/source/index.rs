//! The index: what is staged, what a sparse checkout leaves out, and what attributes ask of a file.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::code::Code;
use super::git::{Commit, Entry, Refusal, Repository, git_error, git_says, path_of};
use super::snapshot::{Naming, Snapshot, is_hidden, is_of_a_portfolio};
use crate::base::day::Day;
use crate::base::message::{Message, message};

impl Repository {
    /// What is staged, as it would be committed on this day. `named` is the index that a hook was given: git commits
    /// from another one than usual where only some files are named.
    pub fn staged(self, named: Option<&Path>, today: Day) -> Result<Snapshot, Refusal> {
        let prefix = self.prefix_of_here()?;
        let git_dir = self.own_path(".")?;
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // One that was left over from another repository is not obeyed.
        let named = named.filter(|path| path.is_file() && real(path).starts_with(real(&git_dir)));
        let index = named.map_or_else(|| self.own_path("index"), |path| Ok(path.to_owned()))?;
        let tree = self.staged_tree(&index)?;
        Snapshot::new(self, Commit { hash: tree, day: today }, Naming::From(prefix))
    }

    /// The current folder as this repository names it; its root if the current folder is outside.
    fn prefix_of_here(&self) -> Result<Vec<u8>, Refusal> {
        let Ok(here) = Repository::of(Path::new(".")) else { return Ok(Vec::new()) };
        if here.root()? == self.root()? { Ok(here.prefix()?.1) } else { Ok(Vec::new()) }
    }

    /// The YAML files under these paths that are part of the checkout and are not on the disk, since it is sparse.
    pub fn not_checked_out(&self, paths: &[Vec<u8>]) -> Result<Vec<Entry>, Refusal> {
        let root = self.root()?;
        let mut args: Vec<OsString> =
            ["--literal-pathspecs", "ls-files", "-z", "-t", "-s", "--"].map(OsString::from).into();
        let typed = |path: &Vec<u8>| if path.is_empty() { PathBuf::from(".") } else { path_of(path.clone()) };
        args.extend(paths.iter().map(|path| typed(path).into_os_string()));
        let output = self.at_root()?.run(args)?;
        if !output.status.success() {
            return Err(git_says(&output.stderr));
        }
        let entry = |line: &[u8]| {
            let tab = line.iter().position(|byte| *byte == b'\t')?;
            let text = String::from_utf8_lossy(&line[..tab]).into_owned();
            let words: Vec<&str> = text.split(' ').collect();
            let ["S", mode, hash, _] = words.as_slice() else { return None };
            let path = line[tab + 1..].to_vec();
            let wanted =
                is_of_a_portfolio(&path) && !is_hidden(&path) && !root.join(path_of(path.clone())).exists();
            wanted.then(|| Entry { mode: (*mode).to_owned(), hash: (*hash).to_owned(), path })
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(entry).collect())
    }

    /// Those of these paths whose content is not what is stored: a filter or another encoding changes it.
    pub(super) fn filtered_paths(&self, paths: &[&[u8]]) -> Result<HashSet<Vec<u8>>, Refusal> {
        if paths.is_empty() || !self.prefix()?.0 {
            return Ok(HashSet::new());
        }
        let mut input = paths.join(&0);
        input.push(0);
        let asked = ["check-attr", "--stdin", "-z", "filter", "working-tree-encoding"];
        let output = self.feed(&asked, &input)?.stdout;
        let parts: Vec<&[u8]> = output.split(|byte| *byte == 0).collect();
        let filtered = |three: &[&[u8]]| match three {
            [path, _, value] if !matches!(*value, b"unspecified" | b"unset") => Some(path.to_vec()),
            _ => None,
        };
        Ok(parts.chunks(3).filter_map(filtered).collect())
    }

    /// A file as a checkout has it, its filters applied.
    pub(super) fn as_checked_out(&self, hash: &str, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut named = OsString::from("--path=");
        named.push(path_of(path.to_vec()));
        let args = [OsString::from("cat-file"), "--filters".into(), named, hash.into()];
        let output = self.at_root()?.run(args)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let shown = String::from_utf8_lossy(path).into_owned();
        let why = git_says(&output.stderr).message;
        let message =
            message!("the filter of ").and(Message::file(shown)).and(message!(" failed; ")).and(why);
        Err(git_error(
            Code::Filter,
            message,
            message!("set it up as for a checkout, or compare with a --baseline"),
        ))
    }

    /// The root of the repository that this one is a submodule of.
    pub fn superproject(&self) -> Result<Option<PathBuf>, Refusal> {
        let output = self.run(["rev-parse", "--show-superproject-working-tree"])?.stdout;
        Ok((!output.is_empty()).then(|| path_of(output)))
    }
}
