//! `openmetrics`: gauges for a scrape or a textfile collector. No label names a person or a factor.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeMetric, MetricEncoder};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::{Metric, Registry, Unit};

use super::View;
use super::escape::openmetrics;
use super::words::parts;
use crate::base::names::Untrusted;
use crate::report::{Change, Failure, Report, Row};
use crate::rules;
use crate::rules::rule::Group;

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut gauges = Gauges::of(&report.portfolio_id);
    let score = &report.score;
    gauges.up(true);
    gauges.one(
        "debt_as_of_timestamp",
        "The day that is scored, as the second at which it begins in UTC",
        SECONDS,
        seconds(report.as_of.epoch_seconds()),
    );
    gauges.one(
        "debt_score",
        "Decision Debt in points, about hours of conversation owed",
        POINTS,
        points(score.points.0),
    );
    gauges.one("debt_points_per_person", "Points per scored person", POINTS, points(score.intensity.0));
    gauges.one(
        "debt_index",
        "The index: 0 is no debt; it approaches 1 with more debt per person",
        RATIO,
        hundredth(score.index.0),
    );
    if let Some(ratio) = report.coverage.ratio {
        gauges.one("debt_coverage", "The share of questions that could be answered", RATIO, points(ratio.0));
    }
    gauges.one("debt_people", "People who are scored", None, whole(score.people));
    let factors = u64::try_from(report.factors.count()).unwrap_or(u64::MAX);
    gauges.one("debt_factors", "Factors that make up the score", None, whole(factors));
    let groups = Group::ALL.into_iter().map(Group::key);
    gauges.rows("debt_group", "group", "Points by group of rules", &with_zeros(groups, &report.by_group));
    let codes = rules::all().map(|rule| rule.code);
    gauges.rows("debt_rule", "rule", "Points by rule", &with_zeros(codes, &report.by_rule));
    gauges.rows(
        "debt_squad",
        "squad",
        "Points by squad; (none) holds the factors that belong to no squad",
        &report.by_squad.iter().map(labelled).collect::<Vec<_>>(),
    );
    gauges.rows(
        "debt_guild",
        "guild",
        "Points by guild; (none) holds the factors that belong to no guild",
        &report.by_guild.iter().map(labelled).collect::<Vec<_>>(),
    );
    if let Some(change) = &report.change {
        gauges.change(change);
    }
    gauges.write(to)
}

/// A run that scored nothing has one gauge, so that a file of yesterday is not taken for one of today.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let mut gauges = Gauges::of(&failure.portfolio_id);
    gauges.up(false);
    gauges.write(to)
}

/// A value for each of these, in their order, zero where there is no row: a series that vanishes has no difference to
/// what it was, and one that appears none either.
fn with_zeros<'k>(keys: impl Iterator<Item = &'k str>, rows: &[Row]) -> Vec<(String, f64)> {
    let found: HashMap<&str, &Row> =
        rows.iter().filter_map(|row| Some((row.key.as_ref()?.raw(), row))).collect();
    let value = |key: &str| found.get(key).map_or(0.0, |row| points(row.points.0));
    keys.map(|key| (key.to_owned(), value(key))).collect()
}

/// Ids hold no parentheses, so `(none)` is none of them.
fn labelled(row: &Row) -> (String, f64) {
    let key = row.key.as_ref().map_or_else(|| "(none)".to_owned(), |key| openmetrics(key.raw()));
    (key, points(row.points.0))
}

const POINTS: Option<&str> = Some("points");
const RATIO: Option<&str> = Some("ratio");
const SECONDS: Option<&str> = Some("seconds");

struct Gauges(Registry);

impl Gauges {
    /// Gauges of one portfolio: each has its identity, so that the files of two can lie in one folder.
    fn of(portfolio: &Untrusted) -> Gauges {
        let label = (Cow::Borrowed("portfolio"), Cow::Owned(openmetrics(portfolio.raw())));
        Gauges(Registry::with_labels(std::iter::once(label)))
    }

    fn up(&mut self, up: bool) {
        let help = "1 where the portfolio was scored, 0 where it could not be";
        self.one("debt_up", help, None, if up { 1.0 } else { 0.0 });
    }

    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut text = String::new();
        encode(&mut text, &self.0).map_err(io::Error::other)?;
        to.write_all(text.as_bytes())
    }

    fn add(&mut self, name: &str, help: &str, unit: Option<&str>, gauge: impl Metric) {
        match unit {
            Some(unit) => self.0.register_with_unit(name, help, Unit::Other(unit.to_owned()), gauge),
            None => self.0.register(name, help, gauge),
        }
    }

    fn one(&mut self, name: &str, help: &str, unit: Option<&str>, value: f64) {
        self.add(name, help, unit, ConstGauge::new(value));
    }

    /// One gauge for each value of a label.
    fn rows(&mut self, name: &str, label: &'static str, help: &str, values: &[(String, f64)]) {
        self.add(name, help, POINTS, Labelled { label, values: values.to_vec() });
    }

    fn change(&mut self, change: &Change) {
        if change.against.is_some() {
            self.parts(change);
        }
        if let Some(gate) = &change.gate {
            self.one(
                "debt_gate_failed",
                "1 where the gate failed, else 0",
                None,
                if gate.failed { 1.0 } else { 0.0 },
            );
        }
    }

    fn parts(&mut self, change: &Change) {
        let values =
            parts(change).into_iter().map(|(part, _, amount)| (part.to_owned(), points(amount))).collect();
        let help = "The change against what was compared, by part; they add up to it";
        self.add("debt_change", help, POINTS, Labelled { label: "part", values });
        self.one(
            "debt_rise",
            "What the gate weighs: principal and fees introduced and let in, less what was repaired",
            POINTS,
            points(change.rise_mp.mp()),
        );
    }
}

/// Gauges that differ in one label, in their own order: the crate's family has none.
#[derive(Debug)]
struct Labelled {
    label: &'static str,
    values: Vec<(String, f64)>,
}

impl EncodeMetric for Labelled {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        for (key, value) in &self.values {
            encoder.encode_family(&[(self.label, key.as_str())])?.encode_gauge(value)?;
        }
        Ok(())
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Gauge
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is a float, and days of people are far below its limit"
)]
fn seconds(value: i64) -> f64 {
    value as f64
}

/// Milli-points, or thousandths.
#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is a float; its shortest form has the three decimals again"
)]
fn points(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

/// Thousandths of a number out of 100, as a ratio.
#[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
fn hundredth(thousandths: i64) -> f64 {
    thousandths as f64 / 100_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
fn whole(value: u64) -> f64 {
    value as f64
}
