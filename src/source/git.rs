//! Git, through its own command: the only file that starts a process. Never a shell; nothing that somebody typed is
//! ever taken for an option; and what a hook has put into the environment is not obeyed blindly.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::objects::Objects;
use crate::base::day::Day;
use crate::base::message::{Message, Quote, message};

/// Variables that tie git to one repository. Git sets some of them for its hooks, relative to a folder that is not
/// ours; so they are taken out, and the repository is found from where the files are. The variables for objects stay:
/// they are set where a server's hook must see what is being pushed.
/// So do those that carry configuration: a checkout of somebody else is made safe by them.
const OF_ONE_REPOSITORY: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
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

impl Commit {
    /// The first ten signs of its hash.
    pub fn short(&self) -> &str {
        self.hash.get(..10).unwrap_or(&self.hash)
    }
}

/// Why git could not say what was asked. Boxed: it is large, and rare.
pub type Refusal = Box<Diagnostic>;

pub(super) fn git_error(code: Code, message: Message<Quote>, help: Message<Quote>) -> Refusal {
    Box::new(Diagnostic::nowhere(code, message).help(help))
}

/// What git complains of. It may have been told to trace what it does as well, on the same stream.
fn complaint(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let with = |prefix: &str| said.lines().find_map(|line| line.strip_prefix(prefix).map(str::to_owned));
    let other = || said.lines().rfind(|line| !line.contains("trace: ")).unwrap_or_default().to_owned();
    with("fatal: ").or_else(|| with("error: ")).unwrap_or_else(other)
}

/// Why git did not do what it was asked, with the command that helps.
pub(super) fn git_says(said: &[u8]) -> Refusal {
    let text = String::from_utf8_lossy(said);
    // The remote's own complaint comes first, and does not say what was wanted of it.
    if let Some(line) = text.lines().find(|line| line.contains("promisor") && !line.contains("trace: ")) {
        let why = line.strip_prefix("fatal: ").unwrap_or(line).to_owned();
        let message = message!("an object of this partial clone could not be fetched; git says: ", why);
        let help = message!(
            "try again where its remote can be reached, or fetch the rest: git fetch --refetch --no-filter"
        );
        return git_error(Code::PartialClone, message, help);
    }
    let why = complaint(said);
    git_error(Code::Git, message!("git says: ", why), message!("git fsck checks the repository"))
}

pub(super) fn path_of(mut bytes: Vec<u8>) -> PathBuf {
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
        let why = complaint(&found.stderr);
        if !why.contains("not a git repository") {
            let help = if why.contains("dubious ownership") {
                message!("if you trust it: git config --global --add safe.directory '*'")
            } else {
                message!("`debt diff OLD NEW` compares two files without git")
            };
            return Err(git_error(Code::Git, message!("git says: ", why), help));
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
        let message =
            message!("the folder ", folder.to_string_lossy().into_owned(), " is not in a git repository");
        Err(git_error(
            Code::NoRepository,
            message,
            message!("`debt diff OLD NEW` compares two files without git"),
        ))
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

    /// Where git keeps something of its own: `index`, `MERGE_HEAD`, `.` for its folder.
    pub(super) fn own_path(&self, what: &str) -> Result<PathBuf, Refusal> {
        Ok(path_of(self.run(["rev-parse", "--path-format=absolute", "--git-path", what])?.stdout))
    }

    pub(super) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Output, Refusal> {
        self.command().args(args).output().map_err(|error| not_started(&error))
    }

    /// What git prints for a question that it can answer.
    pub(super) fn answer(&self, args: &[&str]) -> Result<Option<String>, Refusal> {
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

    /// The files of a tree, and the commits of its submodules: mode, hash and path of each.
    pub fn list(&self, tree: &str) -> Result<Vec<Entry>, Refusal> {
        let output = self.run(["ls-tree", "-r", "-z", "--full-tree", tree])?;
        if !output.status.success() {
            return Err(git_says(&output.stderr));
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

    /// The same repository from the root of its work tree, where paths are as it names them.
    pub(super) fn at_root(&self) -> Result<Repository, Refusal> {
        Ok(Repository { folder: self.root()?, named: self.named.clone() })
    }

    /// Runs git from the root of the work tree with something to read.
    pub(super) fn feed(&self, args: &[&str], input: &[u8]) -> Result<Output, Refusal> {
        let mut file = tempfile::tempfile().map_err(|error| not_started(&error))?;
        let rewound = file.write_all(input).and_then(|()| file.rewind());
        rewound.map_err(|error| not_started(&error))?;
        self.at_root()?.command().args(args).stdin(file).output().map_err(|error| not_started(&error))
    }

    /// The tree that the index holds. The index itself is left as it is: git is shown a copy.
    pub(super) fn staged_tree(&self, index: &Path) -> Result<String, Refusal> {
        let copy = tempfile::NamedTempFile::new().map_err(|error| not_started(&error))?;
        if index.exists() {
            fs::copy(index, copy.path()).map_err(|error| not_started(&error))?;
        } else {
            fs::remove_file(copy.path()).map_err(|error| not_started(&error))?;
        }
        let output = self.command().arg("write-tree").env("GIT_INDEX_FILE", copy.path()).output();
        let output = output.map_err(|error| not_started(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
        }
        let message =
            message!("the index cannot be written as a tree; git says: ", complaint(&output.stderr));
        Err(git_error(
            Code::Staged,
            message,
            message!("`git status` shows what is unmerged; git add it when it is"),
        ))
    }

    /// Starts to read objects.
    pub fn objects(&self) -> Result<Objects, Refusal> {
        let mut command = self.command();
        // Of texts that git keeps as differences it would hold 96 MB: more than all the rest of a run.
        command.args(["-c", "core.deltaBaseCacheLimit=16m", "cat-file", "--batch", "--follow-symlinks"]);
        // Into a file: a pipe that nobody reads would fill up.
        let said = tempfile::tempfile().map_err(|error| not_started(&error))?;
        let stderr = said.try_clone().map_err(|error| not_started(&error))?;
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .map_err(|error| not_started(&error))?;
        Objects::of(child, said).ok_or_else(stopped)
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
        let message = message!("`git` was not found on the PATH, and only it can read a revision");
        return git_error(
            Code::NoGit,
            message,
            message!("install git; `debt diff OLD NEW` compares two files without it"),
        );
    }
    git_error(
        Code::NoGit,
        message!("git cannot be started: ").and(Message::words(error.kind().to_string())),
        message!("try `git --version`"),
    )
}

pub(super) fn stopped() -> Refusal {
    git_error(
        Code::Git,
        message!("git stopped in the middle of its answer"),
        message!("git fsck checks the repository"),
    )
}
