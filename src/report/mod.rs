//! The report: all that a renderer may see, in words and numbers, ordered. Its types are the contract of
//! `--format json`, and the schema is made from them. `speak.rs` is the only way from the portfolio's names in, and
//! `privacy.rs` says how far they come.

mod aggregate;
pub mod audit;
mod build;
mod change;
mod changes;
mod factors;
mod pool;
mod privacy;
mod projection;
mod pseudonym;
mod speak;
mod tasks;
mod withheld;

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, SchemaGenerator};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};

pub use crate::analysis::forecast::Week;
pub use build::{BuildOptions, build};
pub use change::{AgainstRow, Change, ChangedRow, GateRow, LoosenedRow};
pub use changes::{Before, change, gate_only, merged};
pub use factors::{Factors, arithmetic};
pub use privacy::{Privacy, TooFew};
pub use projection::{GrowingRow, Projection, WEEKS};
pub use pseudonym::{Key, KeyError};
pub use speak::Speaker;
pub use tasks::{Task, tasks};

/// What `debt score` finds. Lists worst first, ties by id; null for "none", [] for "none of them". Amounts are exact
/// in milli-points (mp); points are the same amount for people to read, with three decimals at most.
#[derive(JsonSchema)]
pub struct Report<'s> {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio's name.
    pub portfolio: Option<Untrusted>,
    /// The day that was scored.
    pub as_of: Day,
    /// SHA-256 over the effective policy in a canonical form.
    pub policy_hash: String,
    /// How much of the people it shows: `names`, `pseudonyms` or `aggregate`.
    pub privacy: &'static str,
    /// In an aggregate, groups of fewer people are pooled in the row `others`; else null.
    pub min_group: Option<u64>,
    /// The headline.
    pub score: Score,
    /// What the score is made of.
    pub parts: Parts,
    /// How many questions could be answered.
    pub coverage: CoverageReport,
    /// The score by rule.
    pub by_rule: Vec<Row>,
    /// The score by group of rules.
    pub by_group: Vec<Row>,
    /// The score by squad; the key null is what is booked in none.
    pub by_squad: Vec<Row>,
    /// The score by guild; the key null is what is booked in none.
    pub by_guild: Vec<Row>,
    /// The score by who can act; the key null is nobody. [] in an aggregate.
    pub by_owner: Vec<Row>,
    /// Every factor; in an aggregate one row for each rule.
    #[schemars(with = "Vec<FactorRow>")]
    pub factors: Factors<'s>,
    /// What debt turned into; not in the score. In an aggregate one row, or none where it is about few people.
    pub written_off: Vec<WrittenOffRow>,
    /// What is odd and scored all the same.
    pub warnings: Vec<WarningRow>,
    /// The change against another portfolio; null where none was compared.
    pub change: Option<Change>,
    /// Which part of the portfolio this is the score of; null for all of it.
    pub part: Option<PartRow>,
}

impl Report<'_> {
    /// Serializes all of it, with this in the place of the factors: whoever writes those makes them on all processors.
    pub fn serialize_with<S: Serializer>(
        &self,
        factors: &impl Serialize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Report", 20)?;
        macro_rules! write {
            ($($key:ident)*) => {
                $(keys.serialize_field(stringify!($key), &self.$key)?;)*
            };
        }
        write!(schema_version tool portfolio as_of policy_hash privacy min_group score parts coverage);
        write!(by_rule by_group by_squad by_guild by_owner);
        keys.serialize_field("factors", factors)?;
        write!(written_off warnings change part);
        keys.end()
    }
}

/// What wrote a report.
#[derive(Serialize, JsonSchema)]
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
    /// Points for each of them.
    pub intensity: Thousandths,
    /// 0 to 100: `100 × (1 − 2^(−intensity / 4))`.
    pub index: Thousandths,
    /// A to E.
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
    /// Unknown answers by rule; in an aggregate the small counts are summed under `others`.
    pub unknown_by_rule: BTreeMap<&'static str, i64>,
    /// People who were set aside.
    pub set_aside: SetAside,
    /// All answers by rule, for the breakdown by coverage.
    #[serde(skip)]
    pub by_rule: Vec<(&'static str, &'static str, crate::score::coverage::Answers)>,
}

/// People who were set aside. In an aggregate null where there are fewer than its smallest group.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct SetAside {
    /// Scored, with a line that is rightly not looked at.
    pub exempt: Count,
    /// Outside.
    pub external: Count,
    /// On a long leave.
    pub away: Count,
}

/// A number of people, or only that it is under some number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// So many.
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

/// One line of a breakdown.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    /// What it is the sum of; null for what is booked nowhere, `others` for the groups that an aggregate pools.
    pub key: Option<Untrusted>,
    /// How a person would call it.
    pub name: Option<Untrusted>,
    /// How many factors.
    pub count: u64,
    /// How much, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// Its share of the score.
    pub share: Thousandths,
    /// How many scored people it is the sum over; null where it is by who can act.
    pub people: Option<u64>,
}

impl Row {
    fn new(
        key: Option<Untrusted>,
        name: Option<Untrusted>,
        count: u64,
        mp: MilliPoints,
        score: MilliPoints,
    ) -> Row {
        let (points, share) = (Thousandths(mp.mp()), Thousandths(mp.share_of(score)));
        Row { key, name, count, mp, points, share, people: None }
    }

    fn of(self, people: Option<u64>) -> Row {
        Row { people, ..self }
    }
}

/// One factor.
#[derive(Serialize, JsonSchema)]
pub struct FactorRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// The rule.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How many findings it is: 1, and in an aggregate all of the rule.
    pub count: u64,
    /// What it is about; in an aggregate the portfolio.
    pub subject: SubjectRow,
    /// What it costs: principal, fees and interest.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// Its share of the score.
    pub share: Thousandths,
    /// What it costs by itself.
    pub principal_mp: MilliPoints,
    /// What putting it off has added.
    pub fees_mp: MilliPoints,
    /// What time has added.
    pub interest_mp: MilliPoints,
    /// The day from which the data make it a factor, where that follows from dates.
    pub onset: Option<Day>,
    /// Who can act.
    pub owner: Option<Untrusted>,
    /// The squad it is booked in.
    pub squad: Option<Untrusted>,
    /// The guild it is booked in.
    pub guild: Option<Untrusted>,
    /// What is the case, in words; the first says it in one sentence.
    pub evidence: Vec<Untrusted>,
    /// What would resolve it; factors with the same act are resolved together.
    pub act: Untrusted,
    /// What to do.
    pub remedy: Untrusted,
    /// About how many minutes that takes.
    pub minutes: i64,
    /// The acknowledgement that holds for it.
    pub acknowledged: Option<AcknowledgedRow>,
    /// Where its subject is written.
    pub location: Option<Location>,
    /// The group of the rule.
    #[serde(skip)]
    pub group: &'static str,
    /// The remedy as a task.
    #[serde(skip)]
    pub task: Untrusted,
    /// The owner's name.
    #[serde(skip)]
    pub owner_label: Option<Untrusted>,
}

/// What a factor is about.
#[derive(Serialize, JsonSchema)]
pub struct SubjectRow {
    /// `meeting`, `person` and so on.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its id.
    pub id: Untrusted,
    /// Its name or title, where it has one, else its id.
    pub label: Untrusted,
}

/// An acknowledgement that holds.
#[derive(Clone, Serialize, JsonSchema)]
pub struct AcknowledgedRow {
    /// The last day it holds.
    pub through: Day,
    /// Why.
    pub reason: Untrusted,
}

/// A place in a file.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Location {
    /// The file as it was named; `<stdin>` for standard input.
    pub file: Untrusted,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// A conversation that ended as debt.
#[derive(Serialize, JsonSchema)]
pub struct WrittenOffRow {
    /// The identity of the factor that it was.
    pub id: Untrusted,
    /// What it had come to, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// When it ended; null in an aggregate.
    pub on: Option<Day>,
    /// `left` or `dropped`; null in an aggregate.
    pub how: Option<&'static str>,
    /// The same in words.
    #[serde(skip)]
    pub words: Untrusted,
}

/// A warning.
#[derive(Serialize, JsonSchema)]
pub struct WarningRow {
    /// Its kind.
    pub code: &'static str,
    /// What is odd.
    pub message: Untrusted,
    /// Where; null where files and lines are withheld.
    pub location: Option<Location>,
}

/// Which part of a portfolio a report is about.
#[derive(Serialize, JsonSchema)]
pub struct PartRow {
    /// Only these rules; [] for all.
    pub only: Vec<&'static str>,
    /// Only this squad.
    pub squad: Option<Untrusted>,
    /// Only this guild.
    pub guild: Option<Untrusted>,
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
