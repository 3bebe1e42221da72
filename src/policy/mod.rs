//! The effective policy: what things cost and when they count, with every default filled in; and its hash.

mod hash;
mod read;
mod write;

use crate::base::catalog::Catalog;
use crate::base::ids::RuleIx;
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

pub use read::{from_node, from_text, unknown_rule};

/// Every number that scoring depends on. Days and counts are whole; rates are basis points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// By rule, in the order of the catalog. D301's entry is not used: see `conversations`.
    principal: Vec<MilliPoints>,
    /// D301's principal by kind, in the order of `ConversationKind::ALL`.
    conversations: [MilliPoints; ConversationKind::ALL.len()],
    /// Growth a week, in basis points.
    pub weekly_bp: i64,
    /// Debt never grows beyond so many times its principal.
    pub cap: i64,
    /// What one new date adds, in basis points of the principal.
    pub deferral_bp: i64,
    /// So many new dates count at most.
    pub max_deferrals: i64,
    /// Days from `raised` to `due` where none is promised.
    pub grace_days: u32,
    /// How many people one craft owner can carry.
    pub max_craft_span: i64,
    /// So many missed meetings count at most.
    pub missed_cap: i64,
    /// Leaves of so many days are long.
    pub away_grace_days: i64,
    /// Promotions are looked at for so many days.
    pub promotion_window_days: i64,
    /// Reopened decisions count for so many days.
    pub reopened_window_days: i64,
    /// Context is stale after so many days.
    pub context_review_days: u32,
    /// From this level on a track should be declared.
    pub track_from_level: u32,
    /// Rules that are not asked, by rule.
    disabled: Vec<bool>,
    /// Milli-points a person up to which A, B, C and D go.
    pub grades: [MilliPoints; 4],
}

/// D301's principal by kind, in milli-points, in the order of `ConversationKind::ALL`. Source: the scoring rules.
const CONVERSATIONS: [i64; ConversationKind::ALL.len()] =
    [6_000, 4_000, 4_000, 3_000, 3_000, 3_000, 2_000, 2_000];

impl Policy {
    /// The policy of somebody who wrote none.
    pub fn defaults(catalog: &Catalog) -> Policy {
        Policy {
            principal: catalog.0.iter().map(|entry| entry.principal).collect(),
            conversations: CONVERSATIONS.map(MilliPoints::new),
            weekly_bp: 500,
            cap: 5,
            deferral_bp: 2_500,
            max_deferrals: 4,
            grace_days: 14,
            max_craft_span: 15,
            missed_cap: 5,
            away_grace_days: 30,
            promotion_window_days: 365,
            reopened_window_days: 180,
            context_review_days: 90,
            track_from_level: 4,
            disabled: vec![false; catalog.0.len()],
            grades: [600, 1_700, 4_000, 8_000].map(MilliPoints::new),
        }
    }

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
