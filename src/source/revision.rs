//! Revisions: what is typed becomes commits, or the command that helps.

use std::ffi::OsString;
use std::fs;

use super::code::Code;
use super::git::{Commit, Refusal, Repository, git_error, path_of};
use crate::base::day::Day;
use crate::base::message::{Message, message};

/// What a change is compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bases {
    /// How they were found.
    pub how: Chosen,
    /// At least one; several where history has crossed, or a merge is under way.
    pub commits: Vec<Commit>,
}

/// How the commits to compare with were found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// The revision that was named.
    Itself,
    /// The merge base of HEAD and the named revision.
    MergeBase,
    /// Both sides of the merge that is under way.
    Parents,
}

/// A former and a present path.
pub type Renamed = (Vec<u8>, Vec<u8>);

/// How many earlier states of a portfolio are tried.
const MOST_BEFORE: usize = 200;

fn is_hash(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Repository {
    /// Branches, tags and the branches of remotes.
    pub fn names(&self) -> Result<Vec<String>, Refusal> {
        let of = ["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"];
        let names = self.answer(&of)?.unwrap_or_default();
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// The commit that a revision means, in any spelling that git knows.
    pub fn commit(&self, revision: &str) -> Result<Commit, Refusal> {
        // No revision begins with a dash; an option might.
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            let message = message!("invalid revision `", revision.to_owned(), "`");
            return Err(git_error(
                Code::NoRevision,
                message,
                message!("name a branch, a tag or a commit, such as origin/main or HEAD~1"),
            ));
        }
        let verify = |name: &str| self.answer(&["rev-parse", "--verify", "--quiet", name]);
        let peeled = verify(&format!("{revision}^{{commit}}"))?.filter(|text| is_hash(text));
        let commit = match peeled {
            Some(commit) => Some(commit),
            // `:/words` takes everything after it as its own.
            None => match verify(revision)?.filter(|text| is_hash(text)) {
                Some(object) => verify(&format!("{object}^{{commit}}"))?,
                None => None,
            },
        };
        match commit.filter(|text| is_hash(text)) {
            Some(hash) => self.dated(hash),
            None => Err(self.unresolved(revision)?),
        }
    }

    /// What a change on top of HEAD is compared with where `revision` is named: the revision where it is part of
    /// HEAD's history, else where the two parted. While a merge is under way, its other parents count like HEAD.
    pub fn bases(&self, revision: &str) -> Result<Bases, Refusal> {
        let (head, wanted) = (self.commit("HEAD")?, self.commit(revision)?);
        let mut ours = vec![head.hash.clone()];
        ours.extend(self.merge_heads()?);
        if wanted == head {
            let how = if ours.len() > 1 { Chosen::Parents } else { Chosen::Itself };
            return Ok(Bases { how, commits: self.all_dated(ours)? });
        }
        for one in &ours {
            if self.is_ancestor(&wanted.hash, one)? {
                return Ok(Bases { how: Chosen::Itself, commits: vec![wanted] });
            }
        }
        if ours.len() == 1 && self.is_ancestor(&head.hash, &wanted.hash)? {
            return Ok(Bases { how: Chosen::MergeBase, commits: vec![head] });
        }
        if self.is_shallow()? {
            // What git would answer may be older than where they parted.
            let message = message!(
                "no merge base of HEAD and ",
                revision.to_owned(),
                " can be found: this clone is shallow"
            );
            let help = message!("fetch the rest of its history: git fetch --unshallow");
            return Err(git_error(Code::NoMergeBase, message, help));
        }
        let mut args = vec!["merge-base", "--all", &wanted.hash];
        args.extend(ours.iter().map(String::as_str));
        let found = self.answer(&args)?.unwrap_or_default();
        let commits = self.all_dated(found.lines().map(str::to_owned))?;
        if commits.is_empty() {
            let message = message!("HEAD and ", revision.to_owned(), " have no commit in common");
            let help =
                message!("debt diff ", revision.to_owned(), ":PATH PATH compares the two without a gate");
            return Err(git_error(Code::NoMergeBase, message, help));
        }
        Ok(Bases { how: Chosen::MergeBase, commits })
    }

    fn all_dated(&self, hashes: impl IntoIterator<Item = String>) -> Result<Vec<Commit>, Refusal> {
        hashes.into_iter().map(|hash| self.dated(hash)).collect()
    }

    fn is_ancestor(&self, old: &str, new: &str) -> Result<bool, Refusal> {
        Ok(self.run(["merge-base", "--is-ancestor", old, new])?.status.success())
    }

    /// The commits that a merge under way brings in.
    fn merge_heads(&self) -> Result<Vec<String>, Refusal> {
        let text = fs::read_to_string(self.own_path("MERGE_HEAD")?).unwrap_or_default();
        Ok(text.lines().map(str::to_owned).filter(|text| is_hash(text)).collect())
    }

    /// The commits before this one on its first-parent line that changed one of these paths, the latest first; what
    /// is there since the last of them is left out.
    pub fn before(&self, commit: &Commit, paths: &[Vec<u8>]) -> Result<Vec<Commit>, Refusal> {
        let most = format!("--max-count={MOST_BEFORE}");
        let mut args: Vec<OsString> =
            ["--literal-pathspecs", "rev-list", "--first-parent", &most, &commit.hash, "--"]
                .map(OsString::from)
                .into();
        args.extend(paths.iter().map(|path| path_of(path.clone()).into_os_string()));
        let output = self.at_root()?.run(args)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        self.all_dated(text.lines().skip(1).map(str::to_owned))
    }

    /// The day of the last commit that changed a file; none where it is not as that commit left it.
    pub fn day_of(&self, path: &[u8]) -> Result<Option<Day>, Refusal> {
        let root = self.at_root()?;
        let run = |args: &[&str]| {
            let path = path_of(path.to_vec()).into_os_string();
            root.run(args.iter().map(OsString::from).chain([OsString::from("--"), path]))
        };
        let log = run(&["--literal-pathspecs", "log", "-1", "--format=%H"])?.stdout;
        let hash = String::from_utf8_lossy(&log).trim_end().to_owned();
        let changed = run(&["--literal-pathspecs", "status", "--porcelain", "--ignored"])?;
        if !is_hash(&hash) || !changed.stdout.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.dated(hash)?.day))
    }

    /// What has another name now than at a commit: pairs of the former and the present path.
    pub fn renamed(&self, since: &Commit, staged: bool) -> Result<Vec<Renamed>, Refusal> {
        let mut args = vec!["diff", "--name-status", "-z", "--find-renames", "-l2000", "--diff-filter=R"];
        args.extend(["--no-ext-diff", "--no-textconv", "--ignore-submodules"]);
        args.extend(staged.then_some("--cached"));
        args.push(&since.hash);
        let output = self.at_root()?.run(args)?.stdout;
        let parts: Vec<&[u8]> = output.split(|byte| *byte == 0).collect();
        let pair = |three: &[&[u8]]| match three {
            [status, former, present] if status.starts_with(b"R") => {
                Some((former.to_vec(), present.to_vec()))
            }
            _ => None,
        };
        Ok(parts.chunks(3).filter_map(pair).collect())
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
            let message = message!("the commit ", hash, " has no date that can be read");
            return Err(git_error(Code::Git, message, message!("git fsck checks the repository")));
        };
        Ok(Commit { hash, day })
    }

    /// Whether history ends before its beginning here.
    pub fn is_shallow(&self) -> Result<bool, Refusal> {
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
            } else if let (Some(first), true) = (first, is_hash(revision)) {
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
        let message = message!("unknown revision `", revision.to_owned(), "`", why);
        Ok(git_error(Code::NoRevision, message, Message::words(help)))
    }
}
