//! Numbers that were kept: a history from JSON reports, and the trend of a report from a history. Only sums are taken
//! from them, so nothing comes through that a report would not show today.

use serde::{Deserialize, Deserializer, de};

use super::{HistoryReport, HistoryRow, SumRow};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::report::contract::Version;
use crate::report::order::Ordered;
use crate::report::{Head, Privacy, Score, Tool};
use crate::rules::rule::Group;
use crate::score::headline::{self, grade_named};

/// Why kept numbers cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotKept {
    /// It is not JSON, or not of the kind that is wanted; why.
    Form(String),
    /// It is the report of another portfolio than the first one.
    Other(String),
    /// There is no report.
    Empty,
}

/// A report that was kept, as far as a history needs it.
#[derive(Deserialize)]
pub struct Kept {
    portfolio: Option<String>,
    portfolio_id: String,
    #[serde(deserialize_with = "day")]
    as_of: Day,
    policy_hash: String,
    tool: KeptTool,
    score: KeptScore,
    #[serde(default)]
    by_group: Vec<KeptSum>,
    coverage: Option<KeptCoverage>,
}

#[derive(Deserialize)]
struct KeptTool {
    version: String,
}

#[derive(Deserialize)]
struct KeptScore {
    mp: i64,
    people: u64,
    grade: String,
}

#[derive(Deserialize)]
struct KeptSum {
    key: Option<String>,
    mp: i64,
}

#[derive(Deserialize)]
struct KeptCoverage {
    answers: i64,
    unknown: i64,
}

/// A day as JSON has it.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    Day::parse(&text).ok_or_else(|| de::Error::custom("a day is not a calendar date such as 2026-11-20"))
}

impl Kept {
    /// A report from its JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(json: &str) -> Result<Kept, NotKept> {
        serde_json::from_str(json).map_err(|error| NotKept::Form(error.to_string()))
    }
}

/// Words of the rules themselves; any other word would be somebody's text.
fn group_key(key: Option<&str>) -> Option<&'static str> {
    Group::ALL.into_iter().map(Group::key).find(|known| Some(*known) == key)
}

fn sums(kept: &[KeptSum]) -> Ordered<SumRow> {
    let row = |sum: &KeptSum| {
        let key = group_key(sum.key.as_deref())?;
        Some(SumRow { key: Some(Untrusted::new(key)), mp: MilliPoints::new(sum.mp) })
    };
    Ordered::sorted(kept.iter().filter_map(row).collect())
}

fn score_of(mp: i64, people: u64, grade: &str) -> Score {
    let score = MilliPoints::new(mp);
    Score {
        mp: score,
        points: Thousandths(mp),
        people,
        intensity: headline::intensity(score, people),
        index: headline::index(score, people),
        grade: grade_named(grade).unwrap_or("E"),
    }
}

/// A history of reports as they were kept, by day. Of two of one day the later one counts.
///
/// # Errors
/// There is none, or they are of several portfolios.
pub fn from_reports(
    mut kept: Vec<Kept>,
    privacy: &Privacy,
    version: &'static str,
) -> Result<HistoryReport, NotKept> {
    kept.sort_by_key(|one| one.as_of);
    let Some(last) = kept.last() else { return Err(NotKept::Empty) };
    if let Some(other) = kept.iter().find(|one| one.portfolio_id != last.portfolio_id) {
        return Err(NotKept::Other(other.portfolio_id.clone()));
    }
    let shown = |text: &str| Untrusted::new(if privacy.withholds_text() { "portfolio" } else { text });
    let head = Head {
        tool: Tool { name: "debt", version },
        portfolio: last.portfolio.as_deref().filter(|_| !privacy.withholds_text()).map(Untrusted::new),
        portfolio_id: shown(&last.portfolio_id),
        as_of: last.as_of,
        // A hash has no other signs, and this is somebody's file.
        policy_hash: last.policy_hash.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ':').collect(),
        privacy: privacy.word(),
        people: last.score.people,
    };
    let mut rows: Vec<HistoryRow> = Vec::new();
    let mut before: Option<&Kept> = None;
    for one in &kept {
        let same =
            |other: &Kept| other.tool.version == one.tool.version && other.policy_hash == one.policy_hash;
        let row = row(one, before.is_some_and(|other| !same(other)));
        if rows.last().is_some_and(|last| last.day == row.day) {
            rows.pop();
        }
        rows.push(row);
        before = Some(one);
    }
    Ok(HistoryReport {
        schema_version: Version,
        head,
        recomputed: false,
        every: "commit",
        part: None,
        revisions: rows.len(),
        shallow: false,
        renames: Vec::new(),
        rows,
    })
}

fn row(one: &Kept, other_yardstick: bool) -> HistoryRow {
    let coverage = one.coverage.as_ref().filter(|coverage| coverage.answers > 0);
    let ratio = |coverage: &KeptCoverage| {
        MilliPoints::new(coverage.answers.saturating_sub(coverage.unknown))
            .share_of(MilliPoints::new(coverage.answers))
    };
    HistoryRow {
        score: Some(score_of(one.score.mp, one.score.people, &one.score.grade)),
        coverage: coverage.map(ratio),
        by_group: sums(&one.by_group),
        other_yardstick,
        ..HistoryRow::empty(one.as_of, "scored")
    }
}

#[derive(Deserialize)]
struct KeptHistory {
    portfolio_id: String,
    rows: Vec<KeptRow>,
}

#[derive(Deserialize)]
struct KeptRow {
    #[serde(deserialize_with = "day")]
    day: Day,
    state: String,
    score: Option<KeptScore>,
    #[serde(default)]
    by_group: Vec<KeptSum>,
    #[serde(default)]
    other_yardstick: bool,
}

/// The rows of a history that was written with `--format json`, for the trend of a report, and which portfolio it is of.
///
/// # Errors
/// It is none.
pub fn trend(json: &str) -> Result<(String, Vec<HistoryRow>), NotKept> {
    let kept: KeptHistory = serde_json::from_str(json).map_err(|error| NotKept::Form(error.to_string()))?;
    let row = |one: KeptRow| HistoryRow {
        score: one.score.map(|score| score_of(score.mp, score.people, &score.grade)),
        by_group: sums(&one.by_group),
        other_yardstick: one.other_yardstick,
        ..HistoryRow::empty(one.day, if one.state == "scored" { "scored" } else { "broken" })
    };
    Ok((kept.portfolio_id, kept.rows.into_iter().map(row).collect()))
}
