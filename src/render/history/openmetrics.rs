//! `openmetrics`: one sample a day under the names that `debt score --format openmetrics` uses, so that Prometheus goes
//! on where the history ends: `promtool tsdb create-blocks-from openmetrics FILE DIR`. Each sample is at the first second
//! of its day in UTC, as in `debt_as_of_timestamp_seconds`.

use std::io::{self, Write};

use super::super::escape::openmetrics;
use super::super::own::OwnView;
use super::chart::sum_of;
use super::scored;
use crate::base::decimal::thousandths;
use crate::report::Score;
use crate::report::history::{HistoryReport, HistoryRow};
use crate::rules::rule::Group;

/// A gauge: its name with its unit, what it is, and its value of a day.
struct Gauge {
    name: &'static str,
    unit: &'static str,
    help: &'static str,
    value: fn(&HistoryRow, &Score) -> Option<String>,
}

const GAUGES: [Gauge; 5] = [
    Gauge {
        name: "debt_score_points",
        unit: "points",
        help: "Decision Debt in points, about hours of conversation owed",
        value: |_, score| Some(thousandths(score.points.0)),
    },
    Gauge {
        name: "debt_points_per_person_points",
        unit: "points",
        help: "Points per scored person",
        value: |_, score| Some(thousandths(score.intensity.0)),
    },
    Gauge {
        name: "debt_index_ratio",
        unit: "ratio",
        help: "The index: 0 is no debt; it approaches 1 with more debt per person",
        value: |_, score| Some(crate::base::decimal::exact(score.index.0, 5)),
    },
    Gauge {
        name: "debt_coverage_ratio",
        unit: "ratio",
        help: "The share of questions that could be answered",
        value: |row, _| row.coverage.map(|coverage| thousandths(coverage.0)),
    },
    Gauge {
        name: "debt_people",
        unit: "",
        help: "People who are scored",
        value: |_, score| Some(score.people.to_string()),
    },
];

pub(super) fn render(report: &HistoryReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let portfolio = quoted(&openmetrics(report.head.portfolio_id.raw()));
    let mut text = String::new();
    for gauge in GAUGES {
        head(&mut text, gauge.name, gauge.unit, gauge.help);
        for row in scored(report) {
            let value = row.score.as_ref().and_then(|score| (gauge.value)(row, score));
            if let Some(value) = value {
                sample(&mut text, gauge.name, &format!("portfolio=\"{portfolio}\""), &value, row);
            }
        }
    }
    let name = "debt_group_points";
    head(&mut text, name, "points", "Points by group of rules");
    // A series that begins where its first factor does would have no difference there.
    for group in Group::ALL.map(Group::key) {
        for row in scored(report) {
            let value = thousandths(sum_of(row, group));
            let labels = format!("portfolio=\"{portfolio}\",group=\"{group}\"");
            sample(&mut text, name, &labels, &value, row);
        }
    }
    text.push_str("# EOF\n");
    to.write_all(text.as_bytes())
}

fn head(text: &mut String, name: &str, unit: &str, help: &str) {
    text.push_str(&format!("# HELP {name} {help}.\n# TYPE {name} gauge\n"));
    if !unit.is_empty() {
        text.push_str(&format!("# UNIT {name} {unit}\n"));
    }
}

fn sample(text: &mut String, name: &str, labels: &str, value: &str, row: &HistoryRow) {
    text.push_str(&format!("{name}{{{labels}}} {value} {}\n", row.day.epoch_seconds()));
}

/// The text of a label.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
