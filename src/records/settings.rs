//! The settings of a policy, one row each. The records of a policy, the effective policy with its reader and its hash,
//! the JSON schema, the numbers in the pages of the rules and the list of what is loosened are all made
//! from this table: a new setting is a row here, a line in `examples/policy.yaml`, and its use.

/// Hands the table to a macro. A row says, in this order: what the setting means; its key; the field of the effective
/// policy and the type of that; the unit with its bounds (`Percent` is read into basis points); the default in the
/// unit in which it is written; which direction is more lenient; and whether it moves a threshold, or weighs:
/// then with the words for it and what follows its number.
macro_rules! with_settings {
    ($then:ident) => {
        $then! {
            groups {
                /// How debt grows.
                interest: InterestRecord {
                    /// Percent per full week, 0 to 100 with at most two decimals.
                    weekly_percent => weekly_bp: BasisPoints, Percent 0 to 100, default 5,
                        Lower is looser, Weight("interest a week", " %");
                    /// Growth stops at this many times the principal; 1 to 100.
                    cap => cap: i64, Whole 1 to 100, default 5,
                        Lower is looser, Weight("the cap on interest", " times");
                }
                /// What each deferral of a conversation adds.
                fees: FeesRecord {
                    /// Percent of the principal for each new date, 0 to 100 with at most two decimals.
                    deferral_percent => deferral_bp: BasisPoints, Percent 0 to 100, default 25,
                        Lower is looser, Weight("the fee for a new date", " %");
                    /// The largest number of deferrals that count.
                    max => max_deferrals: i64, Whole 0 to 3650, default 4,
                        Lower is looser, Threshold;
                }
            }
            plain {
                /// Days from `raised` to `due` where none is promised.
                grace_days => grace_days: Days, Whole 0 to 3650, default 14,
                    Higher is looser, Threshold;
                /// How many people one person can be craft owner of before D205 applies.
                max_craft_span => max_craft_span: i64, Whole 1 to 3650, default 15,
                    Higher is looser, Threshold;
                /// How many people one delivery owner can carry.
                max_delivery_span => max_delivery_span: i64, Whole 1 to 3650, default 10,
                    Higher is looser, Threshold;
                /// The largest number of missed meetings that count.
                missed_cap => missed_cap: i64, Whole 2 to 3650, default 5,
                    Lower is looser, Threshold;
                /// From this number of days on, a leave is long: the person is not scored.
                away_grace_days => away_grace_days: Days, Whole 0 to 3650, default 30,
                    Lower is looser, Threshold;
                /// For how many days after its decision a promotion counts (D303).
                promotion_window_days => promotion_window_days: Days, Whole 1 to 3650, default 365,
                    Lower is looser, Threshold;
                /// For how many days the reopening of a decision counts (D502).
                reopened_window_days => reopened_window_days: Days, Whole 1 to 3650, default 180,
                    Lower is looser, Threshold;
                /// After how many days without a review a context is stale (D602).
                context_review_days => context_review_days: Days, Whole 0 to 3650, default 90,
                    Higher is looser, Threshold;
                /// For this many days after somebody left, the rule about unspoken exits applies.
                exit_window_days => exit_window_days: Days, Whole 1 to 3650, default 180,
                    Lower is looser, Threshold;
                /// An overdue decision should be escalated after so many days.
                escalate_after_days => escalate_after_days: Days, Whole 0 to 3650, default 30,
                    Higher is looser, Threshold;
                /// How many of a guild's junior members should have a mentor, in percent.
                mentored_percent => mentored_percent: i64, Whole 0 to 100, default 25,
                    Lower is looser, Threshold;
                /// From this level on a track should be declared.
                track_from_level => track_from_level: u32, Whole 0 to 3650, default 4,
                    Higher is looser, Threshold;
            }
        }
    };
}
pub(crate) use with_settings;
