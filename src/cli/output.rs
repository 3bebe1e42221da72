//! Where results go: standard output, or files that are written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// A file that is being written: a temporary one beside it until it is whole.
pub(super) struct Pending {
    target: PathBuf,
    temporary: Option<NamedTempFile>,
}

impl Pending {
    /// Begins a file; says at once where its folder is missing or cannot be written.
    pub(super) fn begin(target: &Path) -> anyhow::Result<Pending> {
        let shown = target.display();
        let described =
            |error: io::Error| anyhow::anyhow!("cannot write {shown}: {}", crate::source::why(&error));
        match fs::metadata(target) {
            Ok(metadata) if metadata.is_dir() => anyhow::bail!("cannot write {shown}: it is a folder"),
            // A device or a pipe cannot be replaced by a file.
            Ok(metadata) if !metadata.is_file() => {
                return Ok(Pending { target: target.to_owned(), temporary: None });
            }
            Ok(metadata) if metadata.permissions().readonly() => {
                anyhow::bail!("cannot write {shown}: it is read-only")
            }
            Ok(_) | Err(_) => {}
        }
        // Behind a symbolic link the file itself is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
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
        Ok(Pending { target, temporary: Some(temporary) })
    }

    /// Writes all of it and puts it in place.
    pub(super) fn finish(self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let context = || format!("cannot write {}", self.target.display());
        if let Some(mut temporary) = self.temporary {
            write(&mut temporary).and_then(|()| temporary.as_file().sync_all()).with_context(context)?;
            temporary.persist(&self.target).map_err(|error| error.error).with_context(context)?;
        } else {
            let mut file = fs::OpenOptions::new().write(true).open(&self.target).with_context(context)?;
            write(&mut file).with_context(context)?;
        }
        Ok(())
    }
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
