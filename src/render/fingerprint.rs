//! The identity of a finding for clients that follow it over time: from the factor's id alone, so that moved lines,
//! other amounts and passing days change nothing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::base::names::Untrusted;

/// 32 hexadecimal digits.
pub(super) fn fingerprint(id: &Untrusted) -> String {
    HEXLOWER.encode(&Sha256::digest(id.raw().as_bytes())[..16])
}
