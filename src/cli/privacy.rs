//! What was typed about privacy becomes what a report may show.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::args::{PrivacyArgs, PrivacyMode};
use super::env::{KEY_VARIABLE, pseudonym_key};
use crate::report::{Key, Privacy};

/// Groups of fewer people are pooled, where nothing else was asked for.
const MIN_GROUP: u64 = 5;
/// A file with more bytes than this is no key.
const LONGEST_KEY: u64 = 65_536;

/// The privacy that was asked for. An option without effect is an error: a user who gives a key and gets names would
/// send what was not to be sent.
pub(super) fn chosen(args: &PrivacyArgs) -> anyhow::Result<Privacy> {
    let mode = args.privacy.unwrap_or_default();
    let word = match mode {
        PrivacyMode::Names => "names",
        PrivacyMode::Pseudonyms => "pseudonyms",
        PrivacyMode::Roles => "roles",
        PrivacyMode::Aggregate => "aggregate",
    };
    if args.min_group.is_some() && !matches!(mode, PrivacyMode::Aggregate | PrivacyMode::Roles) {
        anyhow::bail!(
            "--min-group is for --privacy aggregate and --privacy roles; it has no effect with --privacy {word}"
        );
    }
    if args.pseudonym_key_file.is_some() && mode == PrivacyMode::Names {
        anyhow::bail!("--pseudonym-key-file has no effect with --privacy names; add --privacy pseudonyms");
    }
    let privacy = match mode {
        PrivacyMode::Names => Privacy::names(),
        PrivacyMode::Pseudonyms => Privacy::pseudonyms(needed(args)?),
        PrivacyMode::Roles => Privacy::roles(args.min_group.unwrap_or(MIN_GROUP), needed(args)?),
        PrivacyMode::Aggregate => Privacy::aggregate(args.min_group.unwrap_or(MIN_GROUP), key(args)?),
    };
    Ok(if args.no_locations { privacy.without_locations() } else { privacy })
}

/// The key, where there is nothing without one.
fn needed(args: &PrivacyArgs) -> anyhow::Result<Key> {
    key(args)?.ok_or_else(|| {
        anyhow::anyhow!(
            "pseudonyms need a key of at least 16 bytes that stays secret: put it into {KEY_VARIABLE}, or name its \
             file with --pseudonym-key-file (`openssl rand -hex 32` makes one)"
        )
    })
}

/// The key of the file that was named, else of the environment.
fn key(args: &PrivacyArgs) -> anyhow::Result<Option<Key>> {
    let (bytes, from) = match &args.pseudonym_key_file {
        Some(path) => {
            let shown = path.display();
            let bytes = read(path)
                .map_err(|error| anyhow::anyhow!("cannot read the key file {shown}: {}", error.kind()))?;
            (bytes, format!("the key file {shown}"))
        }
        None => match pseudonym_key() {
            Some(bytes) => (bytes, format!("the key in {KEY_VARIABLE}")),
            None => return Ok(None),
        },
    };
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_KEY) {
        anyhow::bail!("{from} is not a valid key: it has more than {LONGEST_KEY} bytes");
    }
    Key::new(&bytes).map(Some).map_err(|error| anyhow::anyhow!("{from} is not a valid key: {error}"))
}

/// One byte more than a key may have at most: a device may have no end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST_KEY + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
