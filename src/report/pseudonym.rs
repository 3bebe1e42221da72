//! Pseudonyms: what stands for an id so that nobody without the key can tell whose it is, and the same id has the
//! same one in every output of every run.

use std::fmt;

use data_encoding::BASE32_DNSSEC;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

/// A shorter key could be guessed.
const SHORTEST: usize = 16;
/// So many characters of five bits each. Sixty bits keep 100,000 ids apart with a chance of one in 200 million of
/// two alike.
const CHARACTERS: usize = 12;
/// The bits of a `u64` beyond those sixty.
const UNUSED: u32 = 4;

/// The secret that pseudonyms are made with.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// Why bytes are no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum KeyError {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It could be guessed.
    #[error("it has {0} bytes, and under {SHORTEST} it could be guessed")]
    Short(usize),
    /// Never for HMAC, which takes keys of every length.
    #[error("it cannot be used")]
    Unusable,
}

impl Key {
    /// A key from the bytes of a variable or a file. Blanks and line ends around them do not count: an editor, `echo`
    /// and `$(cat key)` treat those differently.
    pub fn new(bytes: &[u8]) -> Result<Key, KeyError> {
        let bytes = bytes.trim_ascii();
        match bytes.len() {
            0 => Err(KeyError::Empty),
            short if short < SHORTEST => Err(KeyError::Short(short)),
            _ => Hmac::new_from_slice(bytes).map(Key).map_err(|_| KeyError::Unusable),
        }
    }

    /// The first sixty bits of HMAC-SHA-256 over the type, a zero byte and the id.
    pub(super) fn number(&self, kind: &str, id: &str) -> u64 {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        let first = mac.finalize().into_bytes().into_iter().take(8);
        first.fold(0_u64, |number, byte| (number << 8) | u64::from(byte)) >> UNUSED
    }

    /// What stands for an item: its type and twelve characters, `person-0v3kq81m2tda`. It is an id by the format's rules.
    pub fn pseudonym(&self, kind: &str, id: &str) -> String {
        // Digits and small letters in the order of their bytes, so that numbers and texts sort alike.
        let characters = BASE32_DNSSEC.encode(&(self.number(kind, id) << UNUSED).to_be_bytes());
        format!("{kind}-{}", &characters[..CHARACTERS])
    }
}

/// A key is never shown.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_another_program_made() {
        let key = Key::new(b"0123456789abcdef").expect("long enough");
        // python3: hmac.new(b"0123456789abcdef", b"person\0ana", "sha256").digest()[:8], in base32hex, 12 characters.
        assert_eq!(key.pseudonym("person", "ana"), "person-gl9gc1pvbvru");
        assert_eq!(key.pseudonym("squad", "ana"), "squad-4anrhvv3qc5f");
    }

    #[test]
    fn keys() {
        assert_eq!(Key::new(b"").err(), Some(KeyError::Empty));
        assert_eq!(Key::new(b" \r\n\t                    ").err(), Some(KeyError::Empty));
        assert_eq!(Key::new(b"fifteen bytes !\n\n\n").err(), Some(KeyError::Short(15)));
        let (bare, ended) = (Key::new(b"0123456789abcdef"), Key::new(b"0123456789abcdef\r\n"));
        let said = |key: Result<Key, KeyError>| key.expect("long enough").pseudonym("person", "bo");
        assert_eq!(said(bare), said(ended));
    }

    #[test]
    fn numbers_sort_as_texts_do() {
        let key = Key::new(b"0123456789abcdef").expect("long enough");
        let ids: Vec<String> = (0..200).map(|number| format!("id{number}")).collect();
        let mut by_number = ids.clone();
        by_number.sort_by_key(|id| key.number("person", id));
        let mut by_text = ids;
        by_text.sort_by_key(|id| key.pseudonym("person", id));
        assert_eq!(by_number, by_text);
    }
}
