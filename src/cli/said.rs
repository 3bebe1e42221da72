//! What a run has said is wrong, kept for the formats that say it too where nothing comes of the run.

use std::path::PathBuf;

use crate::base::names::Untrusted;
use crate::records::itself::Itself;
use crate::report::Wrong;
use crate::source::Code;

/// What a run has said is wrong, and what it had read by then.
#[derive(Default)]
pub(super) struct Said {
    /// As far as the privacy lets it be said.
    pub(super) errors: Vec<Wrong>,
    /// How many more there are.
    pub(super) omitted: usize,
    /// What the portfolio calls itself.
    pub(super) itself: Itself,
    /// The files that were read.
    pub(super) read: Vec<PathBuf>,
    /// Whether the result has been written: what goes wrong afterwards is no reason to write another one.
    pub(super) delivered: bool,
}

impl Said {
    /// Keeps errors that are said, what the portfolio calls itself beside them, and the files that were read.
    pub(super) fn add(&mut self, (errors, omitted): (Vec<Wrong>, usize), itself: Itself, read: Vec<PathBuf>) {
        self.errors.extend(errors);
        self.omitted = self.omitted.saturating_add(omitted);
        self.itself.id = self.itself.id.take().or(itself.id);
        self.itself.name = self.itself.name.take().or(itself.name);
        self.read.extend(read);
    }

    /// Keeps a sentence that is said of the run as a whole.
    pub(super) fn add_sentence(&mut self, sentence: &str) {
        self.errors.push(Wrong {
            code: Code::Failed,
            message: Untrusted::new(sentence),
            help: None,
            file: None,
            at: None,
            mark: None,
        });
    }
}
