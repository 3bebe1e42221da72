//! The file that a policy is in, or the preset with its name.

use std::path::Path;

use super::PRESETS;
use crate::base::message::message;
use crate::source::{Code, Diagnostic, Diagnostics, Origin, Overlay, Sources};

/// Reads the one file that a policy is.
pub fn add_to(sources: &mut Sources, path: &Path, overlay: &Overlay<'_>, diagnostics: &mut Diagnostics) {
    // A file of that name goes first: it is what somebody wrote.
    let preset = PRESETS.iter().find(|preset| path.as_os_str() == preset.name && !path.exists());
    if let Some(preset) = preset {
        sources.add(preset.name.to_owned(), Ok(preset.text.as_bytes().to_vec()), diagnostics);
    } else if path.is_dir() {
        let message = message!("the policy ", path.display().to_string(), " is a folder, not a file");
        diagnostics.push(
            Diagnostic::nowhere(Code::Unreadable, message).help(message!("name the file of the policy")),
        );
    } else {
        sources.read_over(None, &[Origin::Path(path.to_owned())], overlay, diagnostics);
    }
}

/// Where a policy is that a configuration in a folder names: a preset by its name where there is no such file.
pub fn named_in(folder: &Path, written: &str) -> std::path::PathBuf {
    let is_preset = PRESETS.iter().any(|preset| preset.name == written);
    let file = folder.join(written);
    if is_preset && !file.exists() { written.into() } else { file }
}
