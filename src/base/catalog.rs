//! What the modules below the rules must know of them: which codes there are and what they cost by default.

use super::ids::RuleIx;
use super::points::MilliPoints;

/// One rule, as a policy or an acknowledgement can name it.
#[derive(Clone, Copy, Debug)]
pub struct CatalogEntry {
    /// `D101`.
    pub code: &'static str,
    /// `conflated-1on1`.
    pub name: &'static str,
    /// The type of its subject: `meeting`.
    pub subject: &'static str,
    /// What it costs by default.
    pub principal: MilliPoints,
    /// Whether what it costs goes by the kind of conversation, so that its own principal is not used.
    pub by_kind: bool,
}

/// Every rule, in the order of codes.
#[derive(Clone, Debug)]
pub struct Catalog(pub Vec<CatalogEntry>);

impl Catalog {
    /// The rule with this code.
    pub fn find(&self, code: &str) -> Option<RuleIx> {
        self.0.iter().position(|entry| entry.code == code).map(RuleIx::at)
    }

    /// Every code, in order.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|entry| entry.code)
    }
}
