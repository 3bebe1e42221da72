//! The fingerprint of a factor, for clients that follow it over time: from the identity of the portfolio and the factor's id alone, so that moved lines,
//! other amounts and passing days change nothing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::base::names::Untrusted;

/// 32 hexadecimal digits. Neither of the two can hold a line end.
pub(super) fn fingerprint(portfolio: &Untrusted, id: &str) -> String {
    hash(&format!("{}\n{id}", portfolio.raw()))
}

/// The same within one portfolio, such as on its page.
pub(super) fn fingerprint_within(id: &Untrusted) -> String {
    hash(id.raw())
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..16])
}
