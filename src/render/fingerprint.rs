//! The identity of a finding for clients that follow it over time: from the factor's id alone, so that moved lines,
//! other amounts and passing days change nothing.

use sha2::{Digest, Sha256};

use crate::base::names::Label;

/// 32 hexadecimal digits.
pub(super) fn fingerprint(id: &Label) -> String {
    let hash = Sha256::digest(id.raw().as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
