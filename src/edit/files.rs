//! Writes edited files: all of them or none. Each is written beside its target first, then every target is compared
//! with what was read, and only then do they take their places.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::source::why;

/// A file that is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Replacement<'r> {
    /// Where it is; behind a symbolic link, the file it leads to is written, and the link stays.
    pub path: &'r Path,
    /// Its text when it was read, without a byte-order mark, which stays where there is one.
    pub before: &'r str,
    /// Its new text.
    pub after: &'r str,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody changed a file meanwhile.
    #[error("cannot write {}: it has changed meanwhile", .0.display())]
    Changed(PathBuf),
    /// A file may not be written.
    #[error("cannot write {}: it is read-only", .0.display())]
    ReadOnly(PathBuf),
    /// Something that is no file.
    #[error("cannot write {}: it is not a file", .0.display())]
    NotAFile(PathBuf),
    /// Anything else.
    #[error("cannot write {}: {why}", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A file could not take its place, and neither could those before it go back to theirs.
    #[error("cannot write {}: {why}; these are written already: {written}", path.display())]
    Halfway {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
        /// Those before it.
        written: String,
    },
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The byte-order mark of a file, where it has one.
pub fn mark_of(path: &Path) -> &'static str {
    let mut start = [0; MARK.len()];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut start));
    if read.is_ok() && start == MARK { "\u{FEFF}" } else { "" }
}

struct Pending {
    target: PathBuf,
    temporary: NamedTempFile,
    read: Vec<u8>,
}

/// Writes all of these or none.
pub fn write_all(files: &[Replacement<'_>]) -> Result<(), WriteError> {
    let pending: Vec<Pending> = files.iter().map(prepare).collect::<Result<_, _>>()?;
    for one in &pending {
        let now = fs::read(&one.target).map_err(|error| failed(&one.target, &error))?;
        if now != one.read {
            return Err(WriteError::Changed(one.target.clone()));
        }
    }
    let mut done: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for Pending { target, temporary, read } in pending {
        if let Err(error) = temporary.persist(&target) {
            return Err(taken_back(&target, &error.error, &done));
        }
        done.push((target, read));
    }
    Ok(())
}

fn prepare(file: &Replacement<'_>) -> Result<Pending, WriteError> {
    let target = fs::canonicalize(file.path).map_err(|error| failed(file.path, &error))?;
    let metadata = fs::metadata(&target).map_err(|error| failed(&target, &error))?;
    if !metadata.is_file() {
        return Err(WriteError::NotAFile(file.path.to_owned()));
    }
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly(file.path.to_owned()));
    }
    let read = fs::read(&target).map_err(|error| failed(&target, &error))?;
    let text = read.strip_prefix(MARK).unwrap_or(&read);
    if text != file.before.as_bytes() {
        return Err(WriteError::Changed(file.path.to_owned()));
    }
    let mark = if text.len() < read.len() { MARK } else { b"" };
    let temporary =
        beside(&target, &[mark, file.after.as_bytes()]).map_err(|error| failed(file.path, &error))?;
    Ok(Pending { target, temporary, read })
}

/// A file beside another one, with its permissions, that is on the disk in full.
fn beside(target: &Path, parts: &[&[u8]]) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".debt-").permissions(fs::metadata(target)?.permissions());
    let mut temporary = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    for part in parts {
        temporary.write_all(part)?;
    }
    // What is made with permissions loses those that the umask forbids; the file had them.
    temporary.as_file().set_permissions(fs::metadata(target)?.permissions())?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Puts back what has been written.
fn taken_back(target: &Path, error: &io::Error, done: &[(PathBuf, Vec<u8>)]) -> WriteError {
    let mut left = Vec::new();
    for (path, read) in done {
        let back = beside(path, &[read]).and_then(|old| old.persist(path).map_err(|error| error.error));
        if back.is_err() {
            left.push(path.display().to_string());
        }
    }
    if left.is_empty() {
        failed(target, error)
    } else {
        WriteError::Halfway { path: target.to_owned(), why: why(error), written: left.join(", ") }
    }
}

fn failed(path: &Path, error: &io::Error) -> WriteError {
    WriteError::Failed { path: path.to_owned(), why: why(error) }
}
