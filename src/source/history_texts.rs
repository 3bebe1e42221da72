//! The texts of revision after revision, from one process of git.

use super::diagnostic::Diagnostics;
use super::files::Sources;
use super::git::{Refusal, Repository, git_says};
use super::history::{History, Revision};
use super::objects::{Object, Objects};
use super::snapshot::{Naming, Snapshot};

/// Reads the texts of revisions.
pub struct HistoryTexts<'h> {
    repository: Repository,
    history: &'h History,
    /// Where the portfolio is, first its present names and then its former ones.
    names: Vec<Vec<u8>>,
    objects: Objects,
}

impl<'h> HistoryTexts<'h> {
    /// Starts to read.
    ///
    /// # Errors
    /// Git cannot be started.
    pub fn new(
        repository: &Repository,
        history: &'h History,
        paths: &[Vec<u8>],
    ) -> Result<HistoryTexts<'h>, Refusal> {
        let former = history.former.iter().map(|former| former.path.clone());
        Ok(HistoryTexts {
            repository: repository.clone(),
            history,
            names: paths.iter().cloned().chain(former).collect(),
            objects: repository.objects()?,
        })
    }

    /// The texts of a revision; none where it has no file of the portfolio.
    ///
    /// # Errors
    /// Git does not have an object, or a filter fails.
    pub fn read(&mut self, revision: &Revision) -> Result<Option<(Sources, Diagnostics)>, Refusal> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        if self.history.linked {
            self.by_snapshot(revision, &mut sources, &mut diagnostics)?;
        } else {
            for (path, (_, hash)) in revision.files.iter() {
                let bytes = self.bytes(path, hash)?;
                let name = format!("{}:{}", revision.commit.short(), String::from_utf8_lossy(path));
                sources.add(name, Ok(bytes), &mut diagnostics);
            }
        }
        Ok((!sources.0.is_empty()).then_some((sources, diagnostics)))
    }

    /// The text of one file by its path and hash; none where it is no text.
    ///
    /// # Errors
    /// Git does not have it, or a filter fails.
    pub fn text(&mut self, path: &[u8], hash: &str) -> Result<Option<String>, Refusal> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.add(String::new(), Ok(self.bytes(path, hash)?), &mut diagnostics);
        let text = sources.0.pop().map(|source| source.text);
        Ok(text.filter(|_| diagnostics.errors() == 0))
    }

    fn bytes(&mut self, path: &[u8], hash: &str) -> Result<Vec<u8>, Refusal> {
        if self.history.filtered.contains(path) {
            return self.repository.as_checked_out(hash, path);
        }
        match self.objects.get(hash.as_bytes())? {
            Object::Blob(_, bytes) => Ok(bytes),
            Object::Tree(_) | Object::Outside | Object::Missing => {
                Err(git_says(b"fatal: an object is missing"))
            }
        }
    }

    /// The same where links or submodules lead elsewhere: under each of the present names, else under former ones.
    fn by_snapshot(
        &self,
        revision: &Revision,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Refusal> {
        let naming = Naming::Revision(revision.commit.short().to_owned());
        let mut snapshot = Snapshot::new(self.repository.clone(), revision.commit.clone(), naming)?;
        let present = self.names.len().saturating_sub(self.history.former.len());
        let (present, former) = self.names.split_at(present);
        for names in [present, former] {
            if sources.0.is_empty() {
                for name in names {
                    snapshot.read(name, sources, diagnostics)?;
                }
            }
        }
        Ok(())
    }
}
