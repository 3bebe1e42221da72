//! What a run says that scored nothing, for the formats that programs read: so that none of them takes what an earlier
//! run has left for this one's.

use std::sync::Arc;

use super::Tool;
use crate::base::names::Untrusted;
use crate::source::{At, Code};

/// A run that scored nothing.
#[derive(Debug)]
pub struct Failure {
    /// What wrote it.
    pub tool: Tool,
    /// The identity that the portfolio would have had, as far as it can be told.
    pub portfolio_id: Untrusted,
    /// What is wrong, as far as the privacy lets it be said. At least one.
    pub errors: Vec<Wrong>,
    /// How many more errors there are.
    pub omitted: usize,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// Its kind.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: Untrusted,
    /// What to do.
    pub help: Option<Untrusted>,
    /// What the text is called that is to blame.
    pub file: Option<Untrusted>,
    /// Where that text is; none where no text is to blame.
    pub at: Option<Arc<At>>,
    /// Its line and column there, from 1; none where all of it is meant.
    pub mark: Option<(u32, u32)>,
}
