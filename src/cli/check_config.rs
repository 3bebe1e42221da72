//! The configuration of a base: what `debt.yaml` said there, found as it is found on the disk. A change that takes a path or
//! a policy out of it hides nothing from the gate by that.

use std::path::Path;

use super::Trouble;
use super::check_base::{BaseLoader, Texts, from_root};
use super::config::is_preset;
use super::load::{USUAL, read_policy};
use crate::records::config::from_text;
use crate::source::git::Repository;
use crate::source::snapshot::Snapshot;
use crate::source::{CONFIG_FILE, Diagnostics, FileIx, Sources};

/// What the configuration of a base says.
#[derive(Default)]
pub(super) struct ConfigThen {
    /// The paths of the portfolio, from the root of the repository; none where it named none.
    pub(super) paths: Option<Vec<Vec<u8>>>,
    /// The policy.
    pub(super) policy: Option<PolicyThen>,
}

/// The policy that a configuration names.
pub(super) enum PolicyThen {
    Preset(String),
    File(Vec<u8>),
}

impl BaseLoader<'_> {
    /// The configuration at a commit; none where there was none, or none was to be read.
    pub(super) fn config_then(&self, snapshot: &mut Snapshot) -> Result<Option<ConfigThen>, Trouble> {
        if !self.environment.reads_config {
            return Ok(None);
        }
        let Ok(here) = Repository::of(Path::new(".")) else { return Ok(None) };
        if !snapshot.is_of(&here) {
            return Ok(None);
        }
        let (_, prefix) = here.prefix().map_err(|wrong| self.refuse(*wrong))?;
        let mut folder = prefix.strip_suffix(b"/").unwrap_or(&prefix);
        loop {
            let file = joined(folder, CONFIG_FILE);
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let there = snapshot.read(&file, &mut sources, &mut diagnostics);
            if there.map_err(|wrong| self.refuse_of_tree(wrong))? {
                return Ok(self.parsed(&sources, folder, snapshot, &file));
            }
            match folder.iter().rposition(|byte| *byte == b'/') {
                Some(slash) => folder = &folder[..slash],
                None if folder.is_empty() => return Ok(None),
                None => folder = b"",
            }
        }
    }

    fn parsed(
        &self,
        sources: &Sources,
        folder: &[u8],
        snapshot: &mut Snapshot,
        file: &[u8],
    ) -> Option<ConfigThen> {
        let mut diagnostics = Diagnostics::default();
        let Some(record) = from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics) else {
            if self.environment.notes && self.privacy.shows_locations() {
                let line = format!("{} cannot be read; it is passed over", snapshot.shown(file));
                self.note(&self.environment.warning_word(), &line);
            }
            return None;
        };
        let inside = |path: &str| from_root(&with_slash(folder), &format!("./{path}"));
        let paths = record.paths.as_ref().map(|paths| paths.iter().map(|path| inside(&path.0)).collect());
        let policy = record.policy.as_ref().map(|policy| {
            let path = inside(&policy.0);
            if is_preset(&policy.0) && !snapshot.has(&path).unwrap_or(false) {
                PolicyThen::Preset(policy.0.to_string())
            } else {
                PolicyThen::File(path)
            }
        });
        Some(ConfigThen { paths, policy })
    }

    /// Reads the policy that a configuration named; whether it was there.
    pub(super) fn configured_policy(
        &self,
        policy: &PolicyThen,
        snapshot: &mut Snapshot,
        texts: &mut Texts,
    ) -> Result<bool, Trouble> {
        let file = texts.next();
        let there = match policy {
            PolicyThen::Preset(name) => {
                read_policy(Path::new(name), &mut texts.sources, &mut texts.diagnostics);
                true
            }
            PolicyThen::File(path) => texts.of(snapshot, path).map_err(|wrong| self.refuse_of_tree(wrong))?,
        };
        texts.policy_file = there.then_some(file);
        Ok(there)
    }
}

/// The usual places in the working folder, from the root of the repository.
pub(super) fn usual_places() -> Vec<Vec<u8>> {
    let here = Repository::of(Path::new(".")).and_then(|here| here.prefix());
    let prefix = here.map(|(_, prefix)| prefix).unwrap_or_default();
    USUAL.iter().map(|name| [&prefix, name.as_bytes()].concat()).collect()
}

fn with_slash(folder: &[u8]) -> Vec<u8> {
    if folder.is_empty() { Vec::new() } else { [folder, b"/"].concat() }
}

fn joined(folder: &[u8], name: &str) -> Vec<u8> {
    [&with_slash(folder), name.as_bytes()].concat()
}
