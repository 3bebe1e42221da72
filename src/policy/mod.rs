//! The effective policy: what things cost and when they count, with every default filled in; and its hash.

pub mod file;
mod hash;
mod read;
mod settings;
mod weights;
mod write;

use crate::base::catalog::Catalog;
use crate::base::ids::RuleIx;
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

pub use read::{from_node, from_text, unknown_rule};
pub use settings::{Effect, Looser, Policy, SETTINGS, Setting, Unit};
pub use weights::{Weight, weights};

/// A policy that has a name instead of a file.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What it is called.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset { name: "essay", text: include_str!("presets/essay.yaml") },
    Preset { name: "one-line", text: include_str!("presets/one-line.yaml") },
    Preset { name: "starter", text: include_str!("presets/starter.yaml") },
];

impl Policy {
    /// What a factor of this rule costs by itself.
    pub fn principal(&self, rule: RuleIx) -> MilliPoints {
        self.principal.get(rule.index()).copied().unwrap_or_default()
    }

    /// What an overdue conversation of this kind costs by itself.
    pub fn conversation(&self, kind: ConversationKind) -> MilliPoints {
        self.conversations[kind as usize]
    }

    /// Whether a rule is not asked at all.
    pub fn is_disabled(&self, rule: RuleIx) -> bool {
        self.disabled.get(rule.index()).copied().unwrap_or_default()
    }

    /// The whole policy as a portfolio has it under its key, with every default written out: lines two spaces in.
    pub fn to_yaml(&self, catalog: &Catalog) -> String {
        write::lines(self, catalog)
    }

    /// SHA-256 over the canonical form, as `sha256:…`.
    pub fn hash(&self, catalog: &Catalog) -> String {
        hash::of(self, catalog)
    }
}
