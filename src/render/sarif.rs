//! `sarif`: SARIF 2.1.0 for code scanning. One result per factor, identified by the factor's id, never by a line, an
//! amount or a date. Own types instead of a crate's: it streams, and it is this much.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::View;
use super::escape::{JsonControls, sarif_message};
use super::fingerprint::fingerprint;
use super::level::{Level, Levels};
use super::places::{self, Uris};
use super::table::parts::one_decimal;
use super::words::{gate_verdict, headline, how, shortened, shows_each};
use crate::base::names::Untrusted;
use crate::report::{FactorRow, Failure, Report, Tool, Wrong};
use crate::rules;
use crate::source::At;

/// Code scanning takes no more results from one run.
const MOST_RESULTS: usize = 25_000;
/// The most notes of what vanished.
const MOST_VANISHED: usize = 100;

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    let uris = Uris::below(report.factors.root(), report.privacy == "names");
    let run = Run {
        tool: tool(report.tool),
        automation_details: automation(&report.portfolio_id),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: uris.bases(),
        invocations: [invocation(report)],
        properties: properties(report),
        results: Results { report, uris },
    };
    log(run).serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, JsonControls))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// A run that scored nothing has no results, and says why.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let root = failure.errors.iter().find_map(|wrong| wrong.at.as_deref()?.root().cloned());
    // The folder of whoever runs it is nothing that the errors need.
    let uris = Uris::below(root, false);
    let mut said: Vec<Value> = failure.errors.iter().map(|wrong| notification(wrong, &uris)).collect();
    if failure.omitted > 0 {
        let text = format!("{} more errors", failure.omitted);
        said.push(json!({"level": "error", "message": {"text": text}}));
    }
    let run = Run {
        tool: tool(failure.tool),
        automation_details: automation(&failure.portfolio_id),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: uris.bases(),
        invocations: [
            json!({"executionSuccessful": false, "exitCode": 2, "toolExecutionNotifications": said}),
        ],
        properties: json!({}),
        results: Vec::<Value>::new(),
    };
    log(run).serialize(&mut serde_json::Serializer::with_formatter(&mut *to, JsonControls))?;
    to.write_all(b"\n")
}

fn notification(wrong: &Wrong, uris: &Uris) -> Value {
    let help = wrong.help.iter().map(|help| format!(". {}", help.raw()));
    let text: String = std::iter::once(wrong.message.raw().to_owned()).chain(help).collect();
    let mut said = json!({
        "level": "error",
        "descriptor": {"id": wrong.code},
        "message": {"text": sarif_message(&text)},
    });
    let file = wrong.at.as_deref().and_then(|at| uris.of_file(at));
    if let (Some(file), Some(said)) = (file, said.as_object_mut()) {
        let mut place = json!({"artifactLocation": file});
        if let (Some((line, column)), Some(place)) = (wrong.mark, place.as_object_mut()) {
            place
                .insert("region".to_owned(), json!({"startLine": line.max(1), "startColumn": column.max(1)}));
        }
        said.insert("locations".to_owned(), json!([{"physicalLocation": place}]));
    }
    said
}

/// Code scanning takes all before the last slash for the category: two portfolios, or two parts of one, in one upload
/// are two of them.
fn automation(portfolio: &Untrusted) -> Value {
    json!({"id": format!("debt/{}/", portfolio.raw())})
}

fn log<R>(run: Run<R>) -> Log<R> {
    Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
}

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    tool: Value,
    automation_details: Value,
    column_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_uri_base_ids: Option<Value>,
    invocations: [Value; 1],
    properties: Value,
    results: R,
}

/// The program and every rule, each with its page and a link to it inside this document.
fn tool(tool: Tool) -> Value {
    let rules: Vec<Value> = rules::all()
        .enumerate()
        .map(|(index, rule)| {
            let page = &rule.page;
            let text = format!("{} Why it is debt: {} What to do: {}", page.what, page.why, page.remedy);
            let markdown = format!(
                "## {} {}\n\n{}\n\n**Why it is debt.** {}\n\n**What to do.** {}\n\nIt fires here:\n\n```yaml\n{}```\n",
                rule.code, rule.name, page.what, page.why, page.remedy, page.fires
            );
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": page.what},
                "fullDescription": {"text": page.why},
                "help": {"text": text, "markdown": markdown},
                "helpUri": format!("sarif:/runs/0/tool/driver/rules/{index}/help"),
                "defaultConfiguration": {"level": "warning"},
                "properties": {"tags": ["decision-debt", rule.group.key()]},
            })
        })
        .collect();
    json!({"driver": {"name": tool.name, "semanticVersion": tool.version, "rules": rules}})
}

/// The run went well; what there was no room for is said here, and why the gate failed.
fn invocation(report: &Report<'_>) -> Value {
    let mut said = vec![json!({"level": "note", "message": {"text": sarif_message(&headline(report))}})];
    let left_out = report.factors.len().saturating_sub(MOST_RESULTS);
    if left_out > 0 {
        let text = format!(
            "{left_out} more factors, the smallest, are left out: code scanning takes {MOST_RESULTS} results"
        );
        said.push(json!({"level": "warning", "message": {"text": text}}));
    }
    if let Some(gate) = report.change.as_ref().and_then(|change| change.gate.as_ref()) {
        let level = if gate.failed { "error" } else { "note" };
        said.push(json!({"level": level, "message": {"text": sarif_message(&gate_verdict(gate))}}));
    }
    // What is there no more is no result.
    let vanished = report.change.iter().flat_map(|change| &change.factors).filter(|row| row.vanished());
    said.extend(vanished.take(MOST_VANISHED).map(|row| {
        let (less, how) = (one_decimal((row.from_mp - row.to_mp).mp()), how(row));
        let how = how.map(|how| format!(", {}", how.raw())).unwrap_or_default();
        let text =
            format!("{} {}{how}: {less} points less: {}", row.code, row.kind, shortened(row.words.raw()));
        json!({"level": "note", "message": {"text": sarif_message(&text)}})
    }));
    json!({"executionSuccessful": true, "toolExecutionNotifications": said})
}

fn properties(report: &Report<'_>) -> Value {
    let mut properties = json!({
        "asOf": report.as_of, "scoreMp": report.score.mp, "people": report.score.people, "grade": report.score.grade,
        "policyHash": report.policy_hash, "privacy": report.privacy,
    });
    let compared = report.change.as_ref().filter(|change| change.against.is_some());
    if let (Some(change), Some(properties)) = (compared, properties.as_object_mut()) {
        properties.insert(
            "change".to_owned(),
            json!({
                "staffingMp": change.staffing_mp, "introducedMp": change.introduced_mp, "revealedMp": change.revealed_mp, "repairedMp": change.repaired_mp,
                "withdrawnMp": change.withdrawn_mp, "riseMp": change.rise_mp,
            }),
        );
    }
    properties
}

/// The results, made one by one as they are written.
struct Results<'r> {
    report: &'r Report<'r>,
    uris: Uris,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let levels = RefCell::new(Levels::new(report.score.mp));
        // Where nothing is compared, or the changed factors are withheld, no result has a state.
        let compared = report.change.as_ref().filter(|change| change.against.is_some() && shows_each(report));
        let states = compared.map(|change| {
            // Of several rows about one factor, one that says it was there before decides.
            let mut states: HashMap<&str, &str> = HashMap::new();
            for row in &change.factors {
                let Some(stands) = &row.stands else { continue };
                let state = states.entry(stands.raw()).or_insert("new");
                if row.from_mp.mp() > 0 {
                    *state = "updated";
                }
            }
            states
        });
        let client = Client {
            rules: rules::all().enumerate().map(|(index, rule)| (rule.code, index)).collect(),
            portfolio: &report.portfolio_id,
            uris: &self.uris,
            fallback: fallback(report),
        };
        serializer.collect_seq(report.factors.rows().take(MOST_RESULTS).map(|row| {
            let level = levels.borrow_mut().of(&row);
            let state =
                states.as_ref().map(|states| states.get(row.id.raw()).copied().unwrap_or("unchanged"));
            client.result(&row, level, state)
        }))
    }
}

/// Code scanning takes no result without a place: a factor without one is shown at that of the worst that has one, and
/// where places are withheld at a name that tells nothing. What comes from standard input has none.
fn fallback(report: &Report<'_>) -> Arc<At> {
    places::fallback(report).map_or_else(|| Arc::new(At::Typed(Untrusted::new("portfolio.yaml"))), |at| at.at)
}

/// What all results are made with.
struct Client<'r> {
    rules: HashMap<&'static str, usize>,
    portfolio: &'r Untrusted,
    uris: &'r Uris,
    fallback: Arc<At>,
}

impl Client<'_> {
    fn result(&self, row: &FactorRow, level: Level, state: Option<&str>) -> Value {
        let Client { rules, portfolio, uris, fallback } = self;
        let what: Vec<String> = row.evidence.iter().map(|fact| shortened(fact.raw())).collect();
        let text = format!("{} ({} points). {}", what.join("; "), row.points, shortened(row.remedy.raw()));
        let (at, line, column) =
            row.location.as_ref().map_or((fallback, 1, 1), |at| (&at.at, at.line, at.column));
        let identity = fingerprint(portfolio, row.id.raw());
        let mut location =
            json!({"logicalLocations": [{"fullyQualifiedName": row.id, "kind": row.subject.kind}]});
        if let (Some(file), Some(location)) = (uris.of_file(at), location.as_object_mut()) {
            let region = json!({"startLine": line.max(1), "startColumn": column.max(1)});
            location
                .insert("physicalLocation".to_owned(), json!({"artifactLocation": file, "region": region}));
        }
        let mut result = json!({
            "ruleId": row.code,
            "ruleIndex": rules.get(row.code),
            "kind": "fail",
            "level": match level { Level::Error => "error", Level::Warning => "warning", Level::Note => "note" },
            "message": {"text": sarif_message(&text)},
            "locations": [location],
            "partialFingerprints": {"debt/v1": identity, "primaryLocationLineHash": format!("{identity}:1")},
            "rank": rank(row.share.0),
            "properties": {"mp": row.mp, "principalMp": row.principal_mp, "feesMp": row.fees_mp, "interestMp": row.interest_mp, "minutes": row.minutes},
        });
        if let Some(object) = result.as_object_mut() {
            if let Some(state) = state {
                object.insert("baselineState".to_owned(), json!(state));
            }
            if let Some(acknowledged) = &row.acknowledged {
                let why =
                    format!("through {}: {}", acknowledged.through, shortened(acknowledged.reason.raw()));
                object.insert(
                    "suppressions".to_owned(),
                    json!([{"kind": "inSource", "status": "accepted", "justification": why}]),
                );
            }
        }
        result
    }
}

/// 0 to 100: the share of the score.
#[expect(clippy::cast_precision_loss, reason = "a share is at most 1,000 thousandths")]
fn rank(thousandths: i64) -> f64 {
    thousandths as f64 / 10.0
}
