//! Reads bytes to their end, unless their beginning shows that they are no text: a device gives bytes for ever.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Positions are kept in 32 bits, so nothing longer is read.
pub(super) const LARGEST: usize = u32::MAX as usize;
/// So much is read before anything is judged.
const FIRST_LOOK: u64 = 1 << 16;

/// All bytes of a file, of a pipe by its path, or the beginning of what is no text.
pub(super) fn of_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::new();
    // A size is a hint: files grow and shrink, and devices have none.
    bytes.try_reserve(usize::try_from(size).unwrap_or(0).min(LARGEST)).map_err(|_| ErrorKind::OutOfMemory)?;
    to_end(file, bytes)
}

/// All bytes of a stream, or the beginning of what is no text.
pub(super) fn to_end(from: impl Read, mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let mut from = from.take(FIRST_LOOK);
    from.read_to_end(&mut bytes)?;
    if from.limit() == 0 && !is_hopeless(&bytes) {
        // One more than is let in, so that what is too long is known to be.
        from.set_limit(most.saturating_sub(FIRST_LOOK).saturating_add(1));
        from.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Whether these first bytes show that the rest need not be read.
fn is_hopeless(beginning: &[u8]) -> bool {
    let broken = std::str::from_utf8(beginning).is_err_and(|error| error.error_len().is_some());
    broken || beginning.contains(&0)
}

/// Why something cannot be read or written, in plain words.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_bytes_that_are_no_text_end() {
        let read = to_end(io::repeat(0), Vec::new()).expect("it can be read");
        assert_eq!(read.len(), 1 << 16);
        let read = to_end(io::repeat(0xFF), Vec::new()).expect("it can be read");
        assert_eq!(read.len(), 1 << 16);
    }

    #[test]
    fn a_character_may_be_cut_by_the_first_look() {
        let text = "a".to_owned() + &"é".repeat(100_000);
        assert_eq!(to_end(text.as_bytes(), Vec::new()).expect("it can be read"), text.as_bytes());
    }
}
