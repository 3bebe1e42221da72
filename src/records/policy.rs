//! The records of a policy, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::values::{Decimal, Entries, Text, Whole};

/// What things cost and when they count. Everything is optional; the defaults are the design's.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Policy")]
pub struct PolicyRecord<'t> {
    /// The format's version; 1 is the only one.
    pub version: Option<Whole<1, 1>>,
    /// Points by rule, 0 to 1000 with at most three decimals. D301's stands for every kind of conversation
    /// that is not named under `conversations`.
    #[serde(borrow)]
    pub principal: Option<Entries<'t, Option<PointsValue>>>,
    /// Points by kind of conversation, for D301.
    pub conversations: Option<ConversationPoints>,
    /// How debt grows.
    pub interest: Option<InterestRecord>,
    /// What pushing a conversation to a new date adds.
    pub fees: Option<FeesRecord>,
    /// Days from `raised` to `due` where none is promised.
    pub grace_days: Option<Whole<0, 3650>>,
    /// How many people one craft owner can carry.
    pub max_craft_span: Option<Whole<1, 3650>>,
    /// So many missed meetings count at most.
    pub missed_cap: Option<Whole<2, 3650>>,
    /// Leaves of so many days are long: who is on one is not scored.
    pub away_grace_days: Option<Whole<0, 3650>>,
    /// Promotions are looked at for so many days.
    pub promotion_window_days: Option<Whole<1, 3650>>,
    /// Reopened decisions count for so many days.
    pub reopened_window_days: Option<Whole<1, 3650>>,
    /// Context is stale after so many days without a review.
    pub context_review_days: Option<Whole<0, 3650>>,
    /// From this level on a track should be declared.
    pub track_from_level: Option<Whole<0, 3650>>,
    /// Rules that are not asked at all.
    pub disable: Option<Vec<Text<'t>>>,
    /// Points a person up to which each grade goes; strictly rising.
    pub grades: Option<GradesRecord>,
}

/// Points, 0 to 1000 with at most three decimals.
pub type PointsValue = Decimal<3, 0, 1000>;

/// Points by kind of conversation.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConversationPoints {
    /// Somebody may leave.
    pub exit_risk: Option<PointsValue>,
    /// Performance against outcomes.
    pub performance: Option<PointsValue>,
    /// A promotion.
    pub promotion: Option<PointsValue>,
    /// What somebody's job is.
    pub role: Option<PointsValue>,
    /// Pay.
    pub pay: Option<PointsValue>,
    /// A conflict.
    pub conflict: Option<PointsValue>,
    /// Feedback.
    pub feedback: Option<PointsValue>,
    /// Anything else.
    pub other: Option<PointsValue>,
}

/// How debt grows.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestRecord {
    /// Percent a full week, 0 to 100 with at most two decimals.
    pub weekly_percent: Option<Decimal<2, 0, 100>>,
    /// Never more than so many times the principal; 1 to 100.
    pub cap: Option<Whole<1, 100>>,
}

/// What pushing a conversation to a new date adds.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeesRecord {
    /// Percent of the principal for each new date, 0 to 100 with at most two decimals.
    pub deferral_percent: Option<Decimal<2, 0, 100>>,
    /// So many new dates count at most.
    pub max: Option<Whole<0, 3650>>,
}

/// Points a person up to which each grade goes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradesRecord {
    /// Up to here A.
    pub a: Option<PointsValue>,
    /// Up to here B.
    pub b: Option<PointsValue>,
    /// Up to here C.
    pub c: Option<PointsValue>,
    /// Up to here D, and E above.
    pub d: Option<PointsValue>,
}
