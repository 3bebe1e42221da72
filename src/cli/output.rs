//! Where results go: standard output, or files that are written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

use crate::source::{Sources, is_yaml};

/// The files that a run has read, none of which it may write.
#[derive(Debug, Default)]
pub(super) struct ReadFiles(Vec<PathBuf>);

impl ReadFiles {
    /// Those behind these texts.
    pub(super) fn of(sources: &Sources) -> ReadFiles {
        ReadFiles(sources.paths().map(Path::to_owned).collect())
    }

    /// Each of them.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }

    /// And these.
    #[must_use]
    pub(super) fn and(mut self, more: impl IntoIterator<Item = PathBuf>) -> ReadFiles {
        self.0.extend(more);
        self
    }

    /// Refuses to write a file that was read, however its path is spelt and whatever links lead to it.
    pub(super) fn must_not_be(&self, target: &Path) -> anyhow::Result<()> {
        let same = |read: &&PathBuf| same_file::is_same_file(read, target).unwrap_or(false);
        match self.0.iter().find(same) {
            Some(read) => anyhow::bail!(
                "{} would be written over {}, which this run has read; name another file",
                target.display(),
                read.display()
            ),
            None => Ok(()),
        }
    }

    /// The same of standard output, which a shell may have led into a file: `>> FILE`.
    pub(super) fn must_not_be_stdout(&self) -> anyhow::Result<()> {
        let Ok(stdout) = same_file::Handle::stdout() else { return Ok(()) };
        let same = |read: &&PathBuf| {
            read.is_file() && same_file::Handle::from_path(read).is_ok_and(|read| read == stdout)
        };
        match self.0.iter().find(same) {
            Some(read) => anyhow::bail!(
                "standard output goes into {}, which this run has read; name another file",
                read.display()
            ),
            None => Ok(()),
        }
    }
}

/// A file that is being written: a temporary one beside it until it is whole.
pub(super) struct Pending {
    target: PathBuf,
    how: How,
}

enum How {
    /// A temporary file takes its place.
    Replace(NamedTempFile),
    /// A device or a pipe cannot be replaced by a file: all of it is kept until then.
    Write(Vec<u8>),
    /// What is there stays, and this goes behind it.
    Append(Vec<u8>),
}

impl Pending {
    /// Begins a file; says at once where its folder is missing or cannot be written.
    pub(super) fn begin(target: &Path) -> anyhow::Result<Pending> {
        let shown = target.display();
        let described =
            |error: io::Error| anyhow::anyhow!("cannot write {shown}: {}", crate::source::why(&error));
        match fs::metadata(target) {
            Ok(metadata) if metadata.is_dir() => anyhow::bail!("cannot write {shown}: it is a folder"),
            Ok(metadata) if !metadata.is_file() => {
                return Ok(Pending { target: target.to_owned(), how: How::Write(Vec::new()) });
            }
            Ok(metadata) if metadata.permissions().readonly() => {
                anyhow::bail!("cannot write {shown}: it is read-only")
            }
            Ok(_) | Err(_) => {}
        }
        // Behind a symbolic link the file itself is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let folder = folder_of(&target);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".debt-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As if it were created in place: what the umask leaves, or what the file had.
            let kept = fs::metadata(&target).map(|metadata| metadata.permissions());
            builder.permissions(kept.unwrap_or_else(|_| fs::Permissions::from_mode(0o666)));
        }
        let temporary = builder.tempfile_in(folder).map_err(described)?;
        Ok(Pending { target, how: How::Replace(temporary) })
    }

    /// Begins what is put behind what a file holds; says at once where it cannot be written.
    pub(super) fn append(target: &Path) -> anyhow::Result<Pending> {
        let opened = fs::OpenOptions::new().append(true).create(true).open(target);
        opened.map_err(|error| anyhow::anyhow!("cannot write {}: {}", target.display(), error.kind()))?;
        Ok(Pending { target: target.to_owned(), how: How::Append(Vec::new()) })
    }

    /// Writes all of it beside the place where it is to be.
    pub(super) fn fill(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let written = match &mut self.how {
            How::Replace(temporary) => write(temporary).and_then(|()| temporary.as_file().sync_all()),
            How::Write(whole) | How::Append(whole) => write(whole),
        };
        written.with_context(|| format!("cannot write {}", self.target.display()))
    }

    /// Puts it in place.
    pub(super) fn place(self) -> anyhow::Result<()> {
        let put = |options: &mut fs::OpenOptions, whole: &[u8]| {
            options.open(&self.target).and_then(|mut file| file.write_all(whole))
        };
        let placed = match self.how {
            How::Replace(temporary) => temporary.persist(&self.target).map(drop).map_err(|error| error.error),
            How::Write(whole) => put(fs::OpenOptions::new().write(true), &whole),
            How::Append(whole) => put(fs::OpenOptions::new().append(true), &whole),
        };
        placed.with_context(|| format!("cannot write {}", self.target.display()))
    }

    /// Writes all of it and puts it in place.
    pub(super) fn finish(
        mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        self.fill(write)?;
        self.place()
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folder among these that a file would be read in, as a part of the portfolio.
pub(super) fn read_with<'p>(file: &Path, paths: &'p [PathBuf]) -> Option<&'p Path> {
    let folder = folder_of(file).canonicalize().ok().filter(|_| is_yaml(file))?;
    let holds =
        |path: &&PathBuf| path.is_dir() && path.canonicalize().is_ok_and(|path| folder.starts_with(path));
    paths.iter().find(holds).map(PathBuf::as_path)
}

/// Writes to standard output.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    write(&mut out).and_then(|()| out.flush()).context("cannot write to standard output")
}

/// Writes a text to standard output.
pub(super) fn text_to_stdout(text: &str) -> anyhow::Result<()> {
    to_stdout(|out| out.write_all(text.as_bytes()))
}

/// Writes to standard error; where that is closed there is nobody to tell.
pub(super) fn to_stderr(text: &str) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

/// Whether it only went wrong because the reader has seen enough.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
