//! The one way in which a test starts a process. Nothing here ends without its end: a process that takes longer than its
//! limit is killed and the test fails. `tests/it/architecture.rs` finds whoever starts one by other means.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// The day that is today in every test.
pub(crate) const TODAY: &str = "2026-11-20";
/// The day that commits are made on.
const COMMITTED: &str = "2026-11-20T12:00:00Z";
/// The status of a process that a signal ended.
pub(crate) const KILLED: i32 = -1;
/// The second scorer takes a minute on a busy machine; nothing else takes longer.
const LIMIT: Duration = Duration::from_secs(600);

/// `debt` in the checkout, on a day that stands still, with nothing else in its environment but the path to git.
pub(crate) fn debt() -> Run {
    bare(program()).env("DEBT_TODAY", TODAY)
}

/// What git reads when nobody has set it up.
pub(crate) const GIT_AS_NOBODY: [(&str, &str); 9] = [
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_AUTHOR_NAME", "t"),
    ("GIT_AUTHOR_EMAIL", "t@t.example"),
    ("GIT_COMMITTER_NAME", "t"),
    ("GIT_COMMITTER_EMAIL", "t@t.example"),
    ("GIT_AUTHOR_DATE", COMMITTED),
    ("GIT_COMMITTER_DATE", COMMITTED),
    ("GIT_ALLOW_PROTOCOL", "file"),
];

/// Git as if nobody had set it up.
pub(crate) fn git() -> Run {
    bare("git").envs(GIT_AS_NOBODY)
}

/// A program with nothing in its environment but `PATH`.
pub(crate) fn bare(program: impl AsRef<OsStr>) -> Run {
    let mut run = Run::new(program.as_ref());
    run.command.env_clear();
    run.env("PATH", std::env::var_os("PATH").unwrap_or_default())
}

/// A program that is not ours, as its user has set it up (Python and Chromium look for their files in many variables),
/// but without what `debt` and git would read if it started them.
pub(crate) fn tool(program: impl AsRef<OsStr>) -> Run {
    let mut run = Run::new(program.as_ref());
    for (name, _) in std::env::vars_os() {
        if ["DEBT_", "GIT_", "GITHUB_", "RAYON_"].iter().any(|ours| name.to_string_lossy().starts_with(ours))
        {
            run.command.env_remove(name);
        }
    }
    run
}

/// Where `debt` is.
pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_debt"))
}

/// `PATH` with the folders of these programs before everything else.
pub(crate) fn path_with(programs: &[&Path]) -> String {
    let first = programs.iter().filter_map(|program| program.parent()).map(PathBuf::from);
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(first.chain(std::env::split_paths(&rest))).expect("folders without colons");
    path.into_string().expect("UTF-8")
}

/// A process that is to be started: in the checkout, without input, until something else is said.
pub(crate) struct Run {
    command: Command,
    input: Vec<u8>,
    stops_reading_after: Option<usize>,
    limit: Duration,
}

impl Run {
    fn new(program: &OsStr) -> Run {
        let mut command = Command::new(program);
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Run { command, input: Vec::new(), stops_reading_after: None, limit: LIMIT }
    }

    /// One more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Run {
        self.command.arg(argument);
        self
    }

    /// More arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Run {
        self.command.args(arguments);
        self
    }

    /// The folder that it runs in.
    pub(crate) fn within(mut self, folder: impl AsRef<Path>) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// One more variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.command.env(name, value);
        self
    }

    /// More variables.
    pub(crate) fn envs<'v>(mut self, variables: impl IntoIterator<Item = (&'v str, &'v str)>) -> Run {
        self.command.envs(variables);
        self
    }

    /// Gives this on standard input, through a pipe.
    pub(crate) fn stdin(mut self, input: impl Into<Vec<u8>>) -> Run {
        self.input = input.into();
        self.command.stdin(Stdio::piped());
        self
    }

    /// Gives a file as standard input.
    pub(crate) fn stdin_from(mut self, file: File) -> Run {
        self.command.stdin(file);
        self
    }

    /// Sends standard output to a file; `Ran::out` stays empty.
    pub(crate) fn stdout_to(mut self, file: File) -> Run {
        self.command.stdout(file);
        self
    }

    /// Reads so many bytes of standard output, then closes the pipe.
    pub(crate) fn stops_reading_after(mut self, bytes: usize) -> Run {
        self.stops_reading_after = Some(bytes);
        self
    }

    /// How long it may take.
    pub(crate) fn limit(mut self, limit: Duration) -> Run {
        self.limit = limit;
        self
    }

    /// Runs it to its end.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ran {
        let shown = format!("{:?}", self.command);
        let mut child =
            self.command.spawn().unwrap_or_else(|error| panic!("{shown} does not start: {error}"));
        if let Some(mut pipe) = child.stdin.take() {
            // Whoever has read enough may close its end, so that not everything can be written.
            thread::spawn(move || drop(pipe.write_all(&self.input)));
        }
        let out = child.stdout.take().map(|pipe| collected(pipe, self.stops_reading_after));
        let err = child.stderr.take().map(|pipe| collected(pipe, None));
        let mut text = |bytes: Option<Receiver<Vec<u8>>>| match bytes
            .map(|bytes| bytes.recv_timeout(self.limit))
        {
            Some(Err(_)) => killed(&mut child, &shown),
            Some(Ok(bytes)) => String::from_utf8(bytes).unwrap_or_else(|error| panic!("{shown}: {error}")),
            None => String::new(),
        };
        let (out, err) = (text(out), text(err));
        let status = child.wait().expect("a child of ours").code().unwrap_or(KILLED);
        Ran { status, out, err }
    }
}

impl Run {
    /// Starts it, and lets it go on while the test talks to it.
    #[track_caller]
    pub(crate) fn begin(mut self) -> Talking {
        let shown = format!("{:?}", self.command);
        self.command.stdin(Stdio::piped()).stderr(Stdio::null());
        let child = self.command.spawn().unwrap_or_else(|error| panic!("{shown} does not start: {error}"));
        Talking { child }
    }
}

/// A process that a test talks to. It is killed where the test lets it go.
pub(crate) struct Talking {
    child: Child,
}

impl Talking {
    /// Both of its pipes, once.
    pub(crate) fn pipes(&mut self) -> (ChildStdin, ChildStdout) {
        let pipes = self.child.stdin.take().zip(self.child.stdout.take());
        pipes.expect("they are taken once")
    }

    /// Its exit status, once it has ended by itself.
    pub(crate) fn status(&mut self) -> i32 {
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status.code().unwrap_or(KILLED);
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("it does not end by itself");
    }

    /// Kills it.
    pub(crate) fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Talking {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What comes out of a pipe, when it has come to its end or as many bytes are there as are wanted.
fn collected(pipe: impl Read + Send + 'static, most: Option<usize>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let most = most.map_or(u64::MAX, |most| most as u64);
        let read = pipe.take(most).read_to_end(&mut bytes);
        // Nobody waits any more for what was killed.
        drop(sender.send(read.map(|_| bytes).expect("a pipe of ours")));
    });
    receiver
}

fn killed(child: &mut Child, shown: &str) -> ! {
    drop(child.kill());
    drop(child.wait());
    panic!("{shown} took too long and was killed");
}

/// What a process left.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit status, or [`KILLED`].
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Its status, with everything that it said where another was expected.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Ran {
        assert_eq!(self.status, status, "\n{}\n{}", self.out, self.err);
        self
    }

    /// That standard error says this.
    #[track_caller]
    pub(crate) fn says(self, what: &str) -> Ran {
        assert!(self.err.contains(what), "no \u{201C}{what}\u{201D} in\n{}", self.err);
        self
    }

    /// Standard output of a run that went well.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        self.exits(0).out
    }

    /// The same as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).expect("it is JSON")
    }

    /// Status, standard output and standard error.
    pub(crate) fn parts(self) -> (i32, String, String) {
        (self.status, self.out, self.err)
    }
}
