//! What the tests of the gate need: a folder with a git repository in it, and `debt` run there as in CI.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::needs;
use crate::run::{self, Ran};

/// A small portfolio with a repair in reach for each rule that the tests play with. On 2026-11-20 it owes:
/// D101 `bo-ana` 5, D301 `pay` 3 and interest, D201 for Gus 5, D302 `bo-eve` some.
pub(crate) const ORG: &str = "\
version: 1
as_of: 2026-11-20
people:
  - {id: dee, external: true}
  - {id: bo, squad: ledger, guild: backend}
  - {id: cy, squad: ledger, guild: backend}
  - {id: ana, squad: ledger, guild: backend}
  - {id: eve, squad: ledger, guild: backend}
  - {id: gus, squad: ledger}
squads:
  - {id: ledger, lead: bo, escalates_to: dee}
guilds:
  - {id: backend, lead: cy}
meetings:
  - {id: bo-ana, owner: bo, with: ana, purpose: both}
  - {id: bo-eve, owner: bo, with: eve, purpose: delivery, every: weekly, last_held: 2026-10-01}
  - {id: cy-eve, owner: cy, with: eve, purpose: craft}
  - {id: bo-gus, owner: bo, with: gus}
conversations:
  - {id: pay, kind: pay, owner: bo, with: ana, raised: 2026-08-01, due: 2026-09-01}
decisions:
  - {id: vendor, owner: dee, raised: 2026-08-01, due: 2026-10-01}
promotions: []
mentorships: []
";

/// A folder with files in it, and a git repository where one was asked for.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty folder without git.
    pub(crate) fn plain() -> Place {
        Place { folder: TempDir::new().expect("a folder") }
    }

    /// A new repository on the branch `main`; nothing where git is missing, which is said.
    pub(crate) fn repository() -> Option<Place> {
        needs::GIT.there()?;
        let place = Place::plain();
        place.git(&["init", "--quiet", "--initial-branch=main", "."]);
        Some(place)
    }

    /// A repository with one portfolio committed.
    pub(crate) fn committed(text: &str) -> Option<Place> {
        let place = Place::repository()?;
        place.write("portfolio.yaml", text);
        place.commit("first");
        Some(place)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("readable")
    }

    /// Git in this folder, without anything of the surroundings.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(".", arguments)
    }

    /// The same in a folder below.
    pub(crate) fn git_in(&self, folder: &str, arguments: &[&str]) -> String {
        let run = run::git().within(self.path().join(folder)).args(arguments).end();
        run.ok().trim_end().to_owned()
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// `debt` in this folder on 2026-11-20.
    pub(crate) fn debt(&self, arguments: &[&str]) -> Ran {
        self.debt_in(".", arguments, &[])
    }

    /// The same in a folder below, with more in the environment.
    pub(crate) fn debt_in(&self, folder: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let run = run::debt().within(self.path().join(folder)).args(arguments);
        run.env("HOME", self.path()).env("LANG", "C.UTF-8").envs(environment.iter().copied()).end()
    }

    /// The change that `debt check --against main` reports.
    pub(crate) fn change(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["check", "--format", "json"];
        all.extend(arguments);
        let ran = self.debt(&all);
        assert_ne!(ran.status, 2, "{}", ran.err);
        serde_json::from_str::<Value>(&ran.out).expect("JSON")["change"].clone()
    }
}

/// Replaces one text that must be there.
#[track_caller]
pub(crate) fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no \u{201C}{old}\u{201D} in the portfolio");
    text.replacen(old, new, 1)
}
