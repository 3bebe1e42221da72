//! Git, through its own command: the only file that starts a process. Never a shell; nothing that somebody typed is
//! ever taken for an option; and what a hook has put into the environment is not obeyed blindly.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::diagnostic::{Diagnostic, Said, said};
use super::objects::Objects;
use crate::base::day::Day;

/// Variables that tie git to one repository. Git sets some of them for its hooks, relative to a folder that is not
/// ours; so they are taken out, and the repository is found from where the files are. The variables for objects stay:
/// they are set where a server's hook must see what is being pushed.
const OF_ONE_REPOSITORY: [&str; 11] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_CEILING_DIRECTORIES",
];

/// A repository, seen from one of its folders.
#[derive(Clone, Debug)]
pub struct Repository {
    folder: PathBuf,
    /// Where the environment alone says which repository it is: its folder of objects, and its work tree.
    named: Option<(PathBuf, Option<PathBuf>)>,
}

/// A commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Its full hash.
    pub hash: String,
    /// The committer's date in UTC.
    pub day: Day,
}

/// Why git could not say what was asked. Boxed: it is large, and rare.
pub type Refusal = Box<Diagnostic>;

fn git_error(code: &'static str, message: Said, help: Said) -> Refusal {
    Box::new(Diagnostic::nowhere(code, message).help(help))
}

/// The first line that git said, without its prefix.
fn first_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or_default();
    line.strip_prefix("fatal: ").unwrap_or(line).to_owned()
}

fn path_of(mut bytes: Vec<u8>) -> PathBuf {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        PathBuf::from(std::ffi::OsString::from_vec(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

impl Repository {
    /// The repository that holds a folder.
    pub fn of(folder: &Path) -> Result<Repository, Refusal> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let plain = Repository { folder: folder.to_owned(), named: None };
        let found = plain.run(["rev-parse", "--git-dir"])?;
        if found.status.success() {
            return Ok(plain);
        }
        let why = first_line(&found);
        if !why.contains("not a git repository") {
            let help = if why.contains("dubious ownership") {
                said!["if you trust it: git config --global --add safe.directory '*'"]
            } else {
                said!["`debt diff OLD NEW` compares two files without git"]
            };
            return Err(git_error("git", said!["git says: ", why], help));
        }
        // Nothing around the files; perhaps the environment names one, as `git --git-dir` does for its hooks.
        let ask = |what: &str| {
            let output = Command::new("git").args(["rev-parse", what]).stdin(Stdio::null()).output().ok()?;
            output.status.success().then(|| path_of(output.stdout))
        };
        if let Some(objects) = ask("--absolute-git-dir") {
            let named =
                Repository { folder: folder.to_owned(), named: Some((objects, ask("--show-toplevel"))) };
            if named.run(["rev-parse", "--git-dir"])?.status.success() {
                return Ok(named);
            }
        }
        let message = said!["the folder ", folder.to_string_lossy().into_owned(), " is in no git repository"];
        Err(git_error("no-repository", message, said!["`debt diff OLD NEW` compares two files without git"]))
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).stdin(Stdio::null());
        for name in OF_ONE_REPOSITORY {
            command.env_remove(name);
        }
        if let Some((objects, tree)) = &self.named {
            command.env("GIT_DIR", objects);
            if let Some(tree) = tree {
                command.env("GIT_WORK_TREE", tree);
            }
        }
        // Its messages are told apart below; it asks nobody for a password, and leaves the index alone.
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        command
    }

    fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Output, Refusal> {
        self.command().args(args).output().map_err(|error| not_started(&error))
    }

    /// What git prints for a question that it can answer.
    fn answer(&self, args: &[&str]) -> Result<Option<String>, Refusal> {
        let output = self.run(args)?;
        let text = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
        Ok(output.status.success().then_some(text))
    }

    /// The folder as the repository names it: empty for its root, else with a slash at the end; and whether it lies in
    /// a work tree at all.
    pub fn prefix(&self) -> Result<(bool, Vec<u8>), Refusal> {
        let output = self.run(["rev-parse", "--is-inside-work-tree", "--show-prefix"])?.stdout;
        let mut parts = output.splitn(2, |byte| *byte == b'\n');
        let inside = parts.next() == Some(b"true".as_slice());
        let mut prefix = parts.next().unwrap_or_default().to_vec();
        if prefix.last() == Some(&b'\n') {
            prefix.pop();
        }
        Ok((inside, prefix))
    }

    /// Where the work tree is.
    pub fn root(&self) -> Result<PathBuf, Refusal> {
        Ok(path_of(self.run(["rev-parse", "--show-toplevel"])?.stdout))
    }

    /// The commit that a revision means, in any spelling that git knows.
    pub fn commit(&self, revision: &str) -> Result<Commit, Refusal> {
        // No revision begins with a dash; an option might.
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            let message = said!["invalid revision `", revision.to_owned(), "`"];
            return Err(git_error(
                "no-revision",
                message,
                said!["name a branch, a tag or a commit, such as origin/main or HEAD~1"],
            ));
        }
        let is_hash = |text: &String| text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let verify = |name: &str| self.answer(&["rev-parse", "--verify", "--quiet", name]);
        let peeled = verify(&format!("{revision}^{{commit}}"))?.filter(is_hash);
        let commit = match peeled {
            Some(commit) => Some(commit),
            // `:/words` swallows what stands behind it.
            None => match verify(revision)?.filter(is_hash) {
                Some(object) => verify(&format!("{object}^{{commit}}"))?,
                None => None,
            },
        };
        match commit.filter(is_hash) {
            Some(hash) => self.dated(hash),
            None => Err(self.unresolved(revision)?),
        }
    }

    /// Where the checked-out branch and another one parted.
    pub fn merge_base(&self, branch: &str) -> Result<Commit, Refusal> {
        let (ours, theirs) = (self.commit("HEAD")?, self.commit(branch)?);
        if let Some(hash) = self.answer(&["merge-base", &ours.hash, &theirs.hash])? {
            return self.dated(hash);
        }
        let message = said!["HEAD and ", branch.to_owned(), " have no commit in common"];
        let help = if self.is_shallow()? {
            said!["this clone is shallow; fetch the rest of its history: git fetch --unshallow"]
        } else {
            said!["--against ", branch.to_owned(), " compares with the branch itself"]
        };
        Err(git_error("no-merge-base", message, help))
    }

    fn dated(&self, hash: String) -> Result<Commit, Refusal> {
        let text = self.answer(&["cat-file", "commit", &hash])?.unwrap_or_default();
        // committer Name <mail> SECONDS ZONE
        let header =
            text.lines().take_while(|line| !line.is_empty()).find(|line| line.starts_with("committer "));
        let seconds =
            header.and_then(|line| line.rsplit(' ').nth(1)).and_then(|text| text.parse::<i64>().ok());
        let day = seconds.and_then(|seconds| Day::from_epoch_days(seconds.div_euclid(86_400)));
        let Some(day) = day else {
            let message = said!["the commit ", hash, " has no date that can be read"];
            return Err(git_error("git", message, said!["git fsck checks the repository"]));
        };
        Ok(Commit { hash, day })
    }

    fn is_shallow(&self) -> Result<bool, Refusal> {
        Ok(self.answer(&["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
    }

    /// A revision that cannot be resolved, with the command that mends it.
    fn unresolved(&self, revision: &str) -> Result<Refusal, Refusal> {
        let shallow = self.is_shallow()?;
        let remotes = self.answer(&["remote"])?.unwrap_or_default();
        let remote_of =
            |remote: &&str| revision.strip_prefix(*remote).is_some_and(|rest| rest.starts_with('/'));
        let remote = remotes.lines().find(remote_of);
        let first = remotes.lines().find(|name| *name == "origin").or_else(|| remotes.lines().next());
        let plain =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte));
        let is_hash = revision.len() >= 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
        let there = |name: &str| self.answer(&["rev-parse", "--verify", "--quiet", name]);
        let help =
            if self.answer(&["rev-parse", "--verify", "--quiet", "HEAD"])?.is_none() && remotes.is_empty() {
                "this repository has no commit yet; --max-score and --fail-on any need none".to_owned()
            } else if let (Some(remote), true) = (remote, plain(revision)) {
                let branch = &revision[remote.len() + 1..];
                format!(
                    "git fetch {}{remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}",
                    if shallow { "--depth=1 " } else { "" }
                )
            } else if let (Some(first), true) = (first, is_hash) {
                format!("git fetch {}{first} {revision}", if shallow { "--depth=1 " } else { "" })
            } else if shallow {
                "git fetch --unshallow".to_owned()
            } else if let Some(first) = first.filter(|_| plain(revision)) {
                let tracking = format!("{first}/{revision}");
                if there(&format!("refs/remotes/{tracking}"))?.is_some() {
                    format!("did you mean {tracking}?")
                } else {
                    format!("git fetch {first} --tags; `git branch --all` lists the branches")
                }
            } else {
                "`git branch --all` lists the branches, `git log --oneline` the commits".to_owned()
            };
        let why = if shallow { ": this clone is shallow" } else { "" };
        let message = said!["unknown revision `", revision.to_owned(), "`", why];
        Ok(git_error("no-revision", message, Said::words(help)))
    }

    /// The files of a tree, and the commits of its submodules: mode, hash and path of each.
    pub fn list(&self, tree: &str) -> Result<Vec<Entry>, Refusal> {
        let output = self.run(["ls-tree", "-r", "-z", "--full-tree", tree])?;
        if !output.status.success() {
            return Err(git_error(
                "git",
                said!["git says: ", first_line(&output)],
                said!["git fsck checks the repository"],
            ));
        }
        let entry = |line: &[u8]| {
            let tab = line.iter().position(|byte| *byte == b'\t')?;
            let text = String::from_utf8_lossy(&line[..tab]).into_owned();
            let mut words = text.split(' ');
            let (mode, _, hash) = (words.next()?.to_owned(), words.next()?, words.next()?.to_owned());
            Some(Entry { mode, hash, path: line[tab + 1..].to_vec() })
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(entry).collect())
    }

    /// Starts to read objects.
    pub fn objects(&self) -> Result<Objects, Refusal> {
        let mut command = self.command();
        command.args(["cat-file", "--batch", "--follow-symlinks"]);
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&error))?;
        Objects::of(child).ok_or_else(stopped)
    }
}

/// One entry of a tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `100644`, `120000` for a symbolic link, `160000` for a submodule.
    pub mode: String,
    /// Its hash.
    pub hash: String,
    /// Its path in the tree.
    pub path: Vec<u8>,
}

fn not_started(error: &io::Error) -> Refusal {
    if error.kind() == io::ErrorKind::NotFound {
        let message =
            said!["there is no `git` on this machine's PATH, and a revision can only be read with it"];
        return git_error(
            "no-git",
            message,
            said!["install git; `debt diff OLD NEW` compares two files without it"],
        );
    }
    git_error(
        "no-git",
        said!["git cannot be started: "].and(Said::words(error.kind().to_string())),
        said!["try `git --version`"],
    )
}

pub(super) fn stopped() -> Refusal {
    git_error(
        "git",
        said!["git stopped in the middle of its answer"],
        said!["git fsck checks the repository"],
    )
}
