//! `debt.yaml`: found upwards from the working folder, and filled in where nothing was typed.

use std::path::{Path, PathBuf};

use super::args::{Configured, IdArgs, Input, PrivacyArgs, PrivacyMode};
use super::env::Environment;
use super::load::{Errors, say};
use super::privacy::chosen;
use super::trouble::Trouble;
use crate::policy::PRESETS;
use crate::policy::file::named_in;
use crate::records::config::{ConfigRecord, from_text};
use crate::records::words::PrivacyLevel;
use crate::report::Privacy;
use crate::source::{CONFIG_FILE, Diagnostics, FileIx, Origin, Sources};

/// What a verb takes from the configuration where nothing was typed.
pub(super) struct Slots<'v> {
    /// The paths of the portfolio; none where the verb has its own.
    pub(super) paths: Option<&'v mut Vec<PathBuf>>,
    pub(super) policy: Option<&'v mut Option<PathBuf>>,
    pub(super) privacy: Option<&'v mut PrivacyArgs>,
    pub(super) id: Option<&'v mut IdArgs>,
    /// What came from the configuration.
    pub(super) configured: Option<&'v mut Configured>,
    pub(super) errors: Errors,
}

impl<'v> Slots<'v> {
    /// Those of an input.
    pub(super) fn of(input: &'v mut Input, errors: Errors) -> Slots<'v> {
        Slots {
            paths: Some(&mut input.paths),
            policy: Some(&mut input.policy),
            privacy: Some(&mut input.privacy),
            id: Some(&mut input.id),
            configured: Some(&mut input.configured),
            errors,
        }
    }
}

/// The same where nobody is to be told what is wrong with it.
pub(super) fn fill_in_silence(slots: Slots<'_>) {
    let Some((folder, sources, mut diagnostics)) = find() else { return };
    if let Some(record) = from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics) {
        apply(slots, &record, &folder);
    }
}

/// Finds the configuration and fills in what it says.
pub(super) fn fill(slots: Slots<'_>, environment: &Environment) -> Result<(), Trouble> {
    let Some((folder, sources, mut diagnostics)) = find() else { return Ok(()) };
    let record = if diagnostics.errors() == 0 {
        from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics)
    } else {
        None
    };
    let Some(record) = record else {
        let typed = slots.privacy.as_deref().map(chosen).transpose()?;
        let privacy = typed.unwrap_or_else(Privacy::names);
        say(&diagnostics, &sources, &privacy, environment, slots.errors);
        return Err(Trouble::Reported);
    };
    apply(slots, &record, &folder);
    Ok(())
}

/// The folder of the configuration, its text, and what is wrong with that; `None` if there is none.
fn find() -> Option<(PathBuf, Sources, Diagnostics)> {
    let (folder, file) = Environment::find_upwards(CONFIG_FILE)?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    sources.read(&[Origin::Path(file)], &mut diagnostics);
    Some((folder, sources, diagnostics))
}

fn apply(slots: Slots<'_>, record: &ConfigRecord<'_>, folder: &Path) {
    let Slots { paths, policy, privacy, id, configured, errors: _ } = slots;
    let mut from = Configured::default();
    if let (Some(args), Some(written)) = (id, &record.id) {
        args.configured = Some(written.0.to_string());
    }
    if let (Some(slot), Some(written)) = (paths, &record.paths)
        && slot.is_empty()
    {
        slot.extend(written.iter().map(|path| folder.join(&*path.0)));
        from.paths = true;
    }
    if let (Some(slot @ None), Some(written)) = (policy, &record.policy) {
        *slot = Some(named_in(folder, &written.0));
        from.policy = true;
    }
    if let (Some(args), Some(level)) = (privacy, record.privacy) {
        args.privacy.get_or_insert(match level {
            PrivacyLevel::Names => PrivacyMode::Names,
            PrivacyLevel::Pseudonyms => PrivacyMode::Pseudonyms,
            PrivacyLevel::Roles => PrivacyMode::Roles,
            PrivacyLevel::Aggregate => PrivacyMode::Aggregate,
        });
    }
    if let Some(slot) = configured {
        *slot = from;
    }
}

/// Whether a policy has this name.
pub(super) fn is_preset(written: &str) -> bool {
    PRESETS.iter().any(|preset| preset.name == written)
}
