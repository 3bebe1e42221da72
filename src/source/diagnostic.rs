//! What is wrong with an input: collected here, shown by `render/diagnostics.rs`.

use super::place::{Place, Spot};
pub use crate::base::message::Said;
pub(crate) use crate::base::message::said;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// Nothing is scored.
    Error,
    /// Scored all the same.
    Warning,
}

/// One thing that is wrong, or a warning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable word for the kind of trouble: `unknown-key`.
    pub code: &'static str,
    /// What is wrong.
    pub message: Said,
    /// Where; `None` for what no file is to blame for.
    pub place: Option<Place>,
    /// Short words at the caret: what was expected there.
    pub expected: Option<Said>,
    /// What to write instead.
    pub help: Option<Said>,
    /// Another place that belongs to it, with a word on how.
    pub also: Option<(Place, &'static str)>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, message: Said, place: Place) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message,
            place: Some(place),
            expected: None,
            help: None,
            also: None,
        }
    }

    /// An error of the run as a whole.
    pub fn nowhere(code: &'static str, message: Said) -> Diagnostic {
        Diagnostic { place: None, ..Diagnostic::error(code, message, Place::whole(super::FileIx(0))) }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: Said, place: Place) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message, place) }
    }

    /// With what was expected at the caret.
    #[must_use]
    pub fn expected(mut self, expected: Said) -> Diagnostic {
        self.expected = Some(expected);
        self
    }

    /// With what to write instead.
    #[must_use]
    pub fn help(mut self, help: Said) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// With a second place.
    #[must_use]
    pub fn also(mut self, place: Place, how: &'static str) -> Diagnostic {
        self.also = Some((place, how));
        self
    }
}

/// Everything that was found wrong in a run. Holds a bounded number: nobody reads ten thousand errors, and a
/// hostile file must not buy memory with them.
#[derive(Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    dropped: usize,
    errors: usize,
}

/// How many diagnostics of a severity are kept.
const KEPT: usize = 1_000;

impl Diagnostics {
    /// Adds one, or counts it where there are too many.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        self.errors += usize::from(is_error);
        if self.kept.len() < KEPT {
            self.kept.push(diagnostic);
        } else {
            self.dropped += usize::from(is_error);
        }
    }

    /// Whether what is pushed now is only counted, so that its words and its place need not be looked for.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= KEPT
    }

    /// How many errors there were, kept or not.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Errors that were counted and not kept.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// What is kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// The same number of them, each changed.
    #[must_use]
    pub fn each(&self, change: impl Fn(&Diagnostic) -> Diagnostic) -> Diagnostics {
        Diagnostics { kept: self.kept.iter().map(change).collect(), ..*self }
    }

    /// Those of one severity, in the order of files and lines.
    pub fn sorted(&self, severity: Severity) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.kept.iter().filter(|one| one.severity == severity).collect();
        list.sort_by_key(|one| {
            one.place.as_ref().map(|place| match &place.spot {
                Spot::Whole => (place.file, super::Mark::default()),
                Spot::Exact(mark, _) | Spot::Part { item: mark, .. } => (place.file, *mark),
            })
        });
        list
    }

    /// Turns symbolic places into exact ones.
    pub fn resolve(&mut self, mut lookup: impl FnMut(&mut Vec<&mut Place>)) {
        let mut symbolic: Vec<&mut Place> = Vec::new();
        for diagnostic in &mut self.kept {
            symbolic.extend(diagnostic.place.as_mut());
            symbolic.extend(diagnostic.also.as_mut().map(|(place, _)| place));
        }
        symbolic.retain(|place| matches!(place.spot, Spot::Part { .. }));
        if !symbolic.is_empty() {
            lookup(&mut symbolic);
        }
    }
}
