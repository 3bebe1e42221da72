//! Why a verb ended without its result.

/// Why a verb ended without its result.
pub(super) enum Trouble {
    /// The gate failed, and the report says why.
    Failed,
    /// It has been reported on standard error.
    Reported,
    /// A sentence that is still to be reported.
    Other(anyhow::Error),
    /// The same, and it is about the files or the stream that the result goes to.
    Unwritten(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Trouble {
    fn from(error: E) -> Trouble {
        Trouble::Other(error.into())
    }
}
