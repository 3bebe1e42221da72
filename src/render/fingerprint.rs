//! The identity of a finding for clients that follow it over time: from the factor's id alone, so that moved lines,
//! other amounts and passing days change nothing.

use sha2::{Digest, Sha256};

use crate::base::names::Untrusted;

/// 32 hexadecimal digits.
pub(super) fn fingerprint(id: &Untrusted) -> String {
    let hash = Sha256::digest(id.raw().as_bytes());
    let first = hash.iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    format!("{first:032x}")
}
