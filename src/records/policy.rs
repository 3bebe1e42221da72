//! The records of a policy, as they are written. Its settings are in `settings.rs`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::settings::with_settings;
use super::values::{Decimal, Entries, Percent, Text, Whole};

macro_rules! records {
    (
        groups { $(
            #[doc = $group_doc:literal]
            $group:ident: $record:ident { $(
                #[doc = $in_doc:literal]
                $in_key:ident => $in_field:ident: $in_type:ty, $in_unit:ident $in_least:literal to $in_most:literal,
                default $in_default:literal, $in_looser:ident is looser, $in_effect:expr;
            )* }
        )* }
        plain { $(
            #[doc = $doc:literal]
            $key:ident => $field:ident: $type:ty, $unit:ident $least:literal to $most:literal,
            default $default:literal, $looser:ident is looser, $effect:expr;
        )* }
    ) => {
        /// What things cost and when they count. Everything is optional; the defaults are the design's.
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(rename = "Policy")]
        pub struct PolicyRecord<'t> {
            /// The format's version; 1 is the only one.
            #[schemars(extend("examples" = [1]))]
            pub version: Option<Whole<1, 1>>,
            /// Points by rule, 0 to 1000 with at most three decimals. D301's stands for every kind of conversation
            /// that is not named under `conversations`.
            #[serde(borrow)]
            #[schemars(extend("examples" = [{"D101": 4, "D302": 0.5}]))]
            pub principal: Option<Entries<'t, Option<PointsValue>>>,
            /// Points by kind of conversation, for D301.
            pub conversations: Option<ConversationPoints>,
            $(
                #[doc = $group_doc]
                pub $group: Option<$record>,
            )*
            $(
                #[doc = $doc]
                #[schemars(extend("default" = $default, "examples" = [$default]))]
                pub $key: Option<$unit<$least, $most>>,
            )*
            /// Rules that are not asked at all.
            #[schemars(extend("examples" = [["D603"]]))]
            pub disable: Option<Vec<Text<'t>>>,
            /// Points a person up to which each grade goes; strictly rising.
            pub grades: Option<GradesRecord>,
        }

        $(
            #[doc = $group_doc]
            #[derive(Debug, Default, Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $record {
                $(
                    #[doc = $in_doc]
                    #[schemars(extend("default" = $in_default, "examples" = [$in_default]))]
                    pub $in_key: Option<$in_unit<$in_least, $in_most>>,
                )*
            }
        )*
    };
}

with_settings!(records);

/// Points, 0 to 1000 with at most three decimals.
pub type PointsValue = Decimal<3, 0, 1000>;

/// Points by kind of conversation.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConversationPoints {
    /// Somebody may leave.
    #[schemars(extend("default" = 6, "examples" = [6]))]
    pub exit_risk: Option<PointsValue>,
    /// Performance against outcomes.
    #[schemars(extend("default" = 4, "examples" = [4]))]
    pub performance: Option<PointsValue>,
    /// A promotion.
    #[schemars(extend("default" = 4, "examples" = [4]))]
    pub promotion: Option<PointsValue>,
    /// What somebody's job is.
    #[schemars(extend("default" = 3, "examples" = [3]))]
    pub role: Option<PointsValue>,
    /// Pay.
    #[schemars(extend("default" = 3, "examples" = [3]))]
    pub pay: Option<PointsValue>,
    /// A conflict.
    #[schemars(extend("default" = 3, "examples" = [3]))]
    pub conflict: Option<PointsValue>,
    /// Feedback.
    #[schemars(extend("default" = 2, "examples" = [2]))]
    pub feedback: Option<PointsValue>,
    /// Anything else.
    #[schemars(extend("default" = 2, "examples" = [2]))]
    pub other: Option<PointsValue>,
}

/// Points a person up to which each grade goes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradesRecord {
    /// Up to here A.
    #[schemars(extend("default" = 0.6, "examples" = [0.6]))]
    pub a: Option<PointsValue>,
    /// Up to here B.
    #[schemars(extend("default" = 1.7, "examples" = [1.7]))]
    pub b: Option<PointsValue>,
    /// Up to here C.
    #[schemars(extend("default" = 4, "examples" = [4]))]
    pub c: Option<PointsValue>,
    /// Up to here D, and E above.
    #[schemars(extend("default" = 8, "examples" = [8]))]
    pub d: Option<PointsValue>,
}
