//! The report: all that a renderer may see, in words and numbers, ordered. Its types are the contract of
//! `--format json`, and the schema is made from them. `speak.rs` is the only way from the portfolio's names in, and
//! `privacy.rs` says how far they come.

mod aggregate;
mod asked;
pub mod audit;
mod audit_figures;
mod audit_hidden;
mod build;
pub mod candidates;
mod change;
mod changes;
pub mod contract;
mod explained;
mod factors;
mod failure;
pub mod fix;
mod forecast;
mod head;
mod heat;
pub mod history;
mod identity;
pub mod lines;
mod order;
pub mod outlook;
pub mod person;
pub mod plan;
mod pool;
mod privacy;
mod pseudonym;
mod refused;
mod roles;
mod rows;
pub mod sensitivity;
mod speak;
mod supposed;
mod tasks;
mod withheld;

use std::fmt;

use schemars::{JsonSchema, SchemaGenerator};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use contract::Version;

pub use asked::asked;
pub use build::{BuildOptions, build};
pub use change::{AgainstRow, Change, ChangedRow, GateRow, LoosenedRow, TripRow};
pub use changes::{Before, change, gate_only, merged};
pub use explained::{Explained, NoDebt, NoFactor};
pub use factors::Factors;
pub use failure::{Failure, Wrong};
pub use forecast::{Ahead, Forecast, ForecastGroupRow, ForecastRow, GrowingRow, WEEKS};
pub use head::Head;
pub use heat::Heat;
pub use identity::{Called, PartNamed};
pub use order::Ordered;
pub use privacy::{Privacy, TooFew};
pub use pseudonym::{Key, KeyError};
pub use refused::refused;
pub use rows::{
    AcknowledgedRow, FactorRow, Location, PartRow, RangeRow, Row, SubjectRow, WarningRow, WrittenOffRow,
};
pub use supposed::supposed;
pub use tasks::Task;

/// What `debt score` finds. Lists worst first, ties by id; null for "none", [] for "none of them". Amounts are exact
/// in milli-points (mp); points are the same amount for people to read, with three decimals at most.
#[derive(JsonSchema)]
#[schemars(title = "DebtReport")]
pub struct Report<'s> {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<2>,
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio's name.
    pub portfolio: Option<Untrusted>,
    /// What programs tell it from others by; with a slash and the part behind it where only a part was scored:
    /// `payments/squad:ledger`.
    pub portfolio_id: Untrusted,
    /// The day that was scored.
    pub as_of: Day,
    /// SHA-256 over the effective policy in a canonical form.
    pub policy_hash: String,
    /// How much of the people it shows.
    #[schemars(with = "contract::PrivacyMode")]
    pub privacy: &'static str,
    /// In an aggregate and by roles, groups of fewer people are pooled in the row `others`; else null.
    pub min_group: Option<u64>,
    /// The headline.
    pub score: Score,
    /// How high the score could be, counting one unit of debt for each question that could not be answered.
    pub range: RangeRow,
    /// What the score is made of.
    pub parts: Parts,
    /// How many questions could be answered.
    pub coverage: CoverageReport,
    /// The score by rule.
    pub by_rule: Ordered<Row>,
    /// The score by group of rules.
    pub by_group: Ordered<Row>,
    /// The score by squad; the row with the key null holds the factors that belong to no squad.
    pub by_squad: Ordered<Row>,
    /// The score by guild; the row with the key null holds the factors that belong to no guild.
    pub by_guild: Ordered<Row>,
    /// The score by who can act, in the order of their labels: nobody is ranked. The key null is nobody. [] in an
    /// aggregate.
    pub by_owner: Ordered<Row>,
    /// Every factor; in an aggregate one row for each rule.
    #[schemars(with = "Vec<FactorRow>")]
    pub factors: Factors<'s>,
    /// What to do, most effect for each minute first: every act that lowers the score, or the high end of its range.
    /// null where nobody asked what to do: in a comparison.
    pub tasks: Option<Ordered<Task>>,
    /// How many acts are not among the tasks because it would take too long to measure what each comes to; these have
    /// fewer points. null as `tasks`.
    pub tasks_left_out: Option<usize>,
    /// Where the score goes if nothing happens. null as `tasks`.
    #[schemars(with = "Option<Forecast>")]
    pub forecast: Ahead,
    /// Written-off conversations, which are not in the score. In an aggregate one row, or none if it is about few people.
    pub written_off: Ordered<WrittenOffRow>,
    /// Warnings: what is odd in the input but did not prevent scoring.
    pub warnings: Ordered<WarningRow>,
    /// The change against another portfolio; null where none was compared.
    pub change: Option<Change>,
    /// Which part of the portfolio this is the score of; null for all of it.
    pub part: Option<PartRow>,
}

impl Report<'_> {
    /// Measures what each act comes to, and adds that as tasks.
    pub fn add_tasks(&mut self) {
        let tasks::Tasks { rows, left_out } = tasks::tasks(&self.factors);
        self.tasks = Some(rows);
        self.tasks_left_out = Some(left_out);
    }

    /// The first tasks; none where nobody asked what to do.
    pub fn first_tasks(&self, most: usize) -> &[Task] {
        let tasks = self.tasks.as_ref().map_or(&[][..], |tasks| &**tasks);
        &tasks[..most.min(tasks.len())]
    }

    /// Where the score goes if nothing happens, whoever asks.
    pub fn forecast(&self) -> &Forecast {
        self.forecast.of(&self.factors)
    }

    /// The same for those who asked what to do.
    fn forecast_of_tasks(&self) -> Option<&Forecast> {
        self.tasks.as_ref().map(|_| self.forecast())
    }

    /// Serializes all of it, with this in the place of the factors: whoever writes those makes them on all processors.
    pub fn serialize_with<S: Serializer>(
        &self,
        factors: &impl Serialize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Report", 24)?;
        macro_rules! write {
            ($($key:ident)*) => {
                $(keys.serialize_field(stringify!($key), &self.$key)?;)*
            };
        }
        write!(schema_version tool portfolio portfolio_id as_of policy_hash privacy min_group score range parts coverage);
        write!(by_rule by_group by_squad by_guild by_owner);
        keys.serialize_field("factors", factors)?;
        write!(tasks tasks_left_out);
        keys.serialize_field("forecast", &self.forecast_of_tasks())?;
        write!(written_off warnings change part);
        keys.end()
    }
}

/// What wrote a report.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// The headline.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct Score {
    /// All factors together, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// How many people are scored.
    pub people: u64,
    /// Points per scored person.
    pub intensity: Thousandths,
    /// 0 to 100: `100 × (1 − 2^(−intensity / 4))`.
    pub index: Thousandths,
    /// A to E.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
}

/// What the score is made of.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct Parts {
    /// What things cost by themselves.
    pub principal_mp: MilliPoints,
    /// What putting them off has added.
    pub fees_mp: MilliPoints,
    /// What time has added.
    pub interest_mp: MilliPoints,
}

/// How many questions could be answered.
#[derive(Serialize, JsonSchema)]
pub struct CoverageReport {
    /// All answers, the unknown ones included.
    pub answers: i64,
    /// Answers for which the portfolio lacks what the rule needs.
    pub unknown: i64,
    /// The share that was not unknown; null where nothing was asked.
    pub ratio: Option<Thousandths>,
    /// Unknown answers by rule, most first; in an aggregate the small counts are summed under `others`.
    pub unknown_by_rule: Ordered<UnknownRow>,
    /// People who were set aside.
    pub set_aside: SetAside,
    /// All answers by rule, for the breakdown by coverage.
    #[serde(skip)]
    pub by_rule: Vec<(&'static str, &'static str, crate::score::coverage::Answers)>,
}

/// How many answers of a rule were unknown.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct UnknownRow {
    /// The rule's code; in an aggregate `others` for those with few.
    pub key: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How many.
    pub count: i64,
}

/// People who were set aside. In an aggregate null where there are fewer than its smallest group.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct SetAside {
    /// Scored, with a line that is exempt.
    pub exempt: Count,
    /// Outside.
    pub external: Count,
    /// On a long leave.
    pub away: Count,
}

/// A number of people, or only that it is under some number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// This many.
    Exactly(u64),
    /// Fewer than this; null in JSON.
    Under(u64),
}

impl Count {
    pub(self) fn or_under(self, least: u64) -> Count {
        match self {
            Count::Exactly(count) if count >= least => self,
            Count::Exactly(_) | Count::Under(_) => Count::Under(least),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Exactly(count) => write!(f, "{count}"),
            Count::Under(least) => write!(f, "under {least}"),
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Count::Exactly(count) => serializer.serialize_u64(*count),
            Count::Under(_) => serializer.serialize_none(),
        }
    }
}

impl Serialize for Untrusted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.raw())
    }
}

impl Serialize for MilliPoints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.mp())
    }
}

macro_rules! plain_schema {
    ($($type:ty => $kind:tt),*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": $kind})
            }
        }
    )*};
}
plain_schema!(Untrusted => "string", MilliPoints => "integer", Count => ["integer", "null"]);
