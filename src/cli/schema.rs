//! `debt schema`: JSON Schemas, generated from the types that read and write. The program holds the generated files of
//! `schema/`: the code that makes them would be a twentieth of it.

use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::output::text_to_stdout;
use super::trouble::Trouble;
use crate::records::PORTFOLIO_SCHEMA;
use crate::records::config::ConfigRecord;
use crate::records::policy::PolicyRecord;
use crate::records::sections::PortfolioRecord;
use crate::records::sync::SyncRecord;
use crate::render::diagnostics::ErrorsReport;
use crate::render::each::EachLine;
use crate::render::explanation::Explanation;
use crate::render::flat::FlatRow;
use crate::report::Report;
use crate::report::audit::AuditReport;
use crate::report::fix::FixReport;
use crate::report::history::HistoryReport;
use crate::report::lines::LinesReport;
use crate::report::outlook::ForecastReport;
use crate::report::person::AgendaReport;
use crate::report::person::DigestReport;
use crate::report::person::OwnPart;
use crate::report::plan::PlanReport;
use crate::report::sensitivity::SensitivityReport;
use crate::rules;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  debt schema portfolio > portfolio.schema.json")]
pub(super) struct SchemaArgs {
    /// What the schema describes
    #[arg(value_enum)]
    pub(super) document: Document,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Document {
    /// The portfolio
    Portfolio,
    /// The JSON report of score, check, diff and what-if
    Report,
    /// The policy
    Policy,
    /// The configuration, debt.yaml
    Config,
    /// The list of sources, debt.sync.yaml
    Sync,
    /// The JSON of `debt lines`
    Lines,
    /// The JSON of `debt fix`
    Fix,
    /// The JSON of a plan
    Plan,
    /// The JSON of `debt forecast`
    Forecast,
    /// The JSON of `debt history`
    History,
    /// The JSON of `debt score --for PERSON`
    Person,
    /// The JSON of `debt digest`
    Digest,
    /// The JSON of `debt agenda`
    Agenda,
    /// The JSON of `debt sensitivity`
    Sensitivity,
    /// The JSON of `debt audit`
    Audit,
    /// The JSON of `debt explain`
    Explain,
    /// Errors as JSON, on standard error
    Errors,
    /// A line of JSON Lines, which is a row of CSV
    Jsonl,
    /// A line of `debt score --each`
    Each,
}

impl Document {
    /// Every document.
    pub fn all() -> &'static [Document] {
        Document::value_variants()
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Document::Portfolio => "portfolio",
            Document::Report => "report",
            Document::Policy => "policy",
            Document::Config => "config",
            Document::Sync => "sync",
            Document::Lines => "lines",
            Document::Fix => "fix",
            Document::Plan => "plan",
            Document::Forecast => "forecast",
            Document::History => "history",
            Document::Person => "person",
            Document::Digest => "digest",
            Document::Agenda => "agenda",
            Document::Sensitivity => "sensitivity",
            Document::Audit => "audit",
            Document::Explain => "explain",
            Document::Errors => "errors",
            Document::Jsonl => "jsonl",
            Document::Each => "each",
        }
    }

    /// The version that its identity names.
    fn version(self) -> u32 {
        match self {
            Document::Report => 2,
            Document::Portfolio
            | Document::Policy
            | Document::Config
            | Document::Sync
            | Document::Lines
            | Document::Fix
            | Document::Plan
            | Document::Forecast
            | Document::History
            | Document::Person
            | Document::Digest
            | Document::Agenda
            | Document::Sensitivity
            | Document::Audit
            | Document::Explain
            | Document::Errors
            | Document::Jsonl
            | Document::Each => 1,
        }
    }
}

pub(super) fn run(args: &SchemaArgs) -> Result<(), Trouble> {
    Ok(text_to_stdout(text(args.document))?)
}

/// A schema as it was generated; a test compares it with `generate`.
pub(super) fn text(document: Document) -> &'static str {
    match document {
        Document::Portfolio => PORTFOLIO_SCHEMA,
        Document::Report => include_str!("../../schema/report.schema.json"),
        Document::Policy => include_str!("../../schema/policy.schema.json"),
        Document::Config => include_str!("../../schema/config.schema.json"),
        Document::Sync => include_str!("../../schema/sync.schema.json"),
        Document::Lines => include_str!("../../schema/lines.schema.json"),
        Document::Fix => include_str!("../../schema/fix.schema.json"),
        Document::Plan => include_str!("../../schema/plan.schema.json"),
        Document::Forecast => include_str!("../../schema/forecast.schema.json"),
        Document::History => include_str!("../../schema/history.schema.json"),
        Document::Person => include_str!("../../schema/person.schema.json"),
        Document::Digest => include_str!("../../schema/digest.schema.json"),
        Document::Agenda => include_str!("../../schema/agenda.schema.json"),
        Document::Sensitivity => include_str!("../../schema/sensitivity.schema.json"),
        Document::Audit => include_str!("../../schema/audit.schema.json"),
        Document::Explain => include_str!("../../schema/explain.schema.json"),
        Document::Errors => include_str!("../../schema/errors.schema.json"),
        Document::Jsonl => include_str!("../../schema/jsonl.schema.json"),
        Document::Each => include_str!("../../schema/each.schema.json"),
    }
}

/// The bytes of a file of `schema/`, made anew. No verb calls it, so that the program does not hold its code.
pub fn generate(document: Document) -> String {
    // Whoever makes types of a schema calls the whole by its title. What is read is a record with the format's own name.
    let (schema, title) = match document {
        Document::Portfolio => (made::<PortfolioRecord<'static>>(Read), Some("DebtPortfolio")),
        Document::Policy => (made::<PolicyRecord<'static>>(Read), Some("DebtPolicy")),
        Document::Config => (made::<ConfigRecord<'static>>(Read), Some("DebtConfiguration")),
        Document::Sync => (made::<Vec<SyncRecord<'static>>>(Read), Some("DebtSync")),
        Document::Report => (made::<Report<'static>>(Written), None),
        Document::Lines => (made::<LinesReport>(Written), None),
        Document::Fix => (made::<FixReport>(Written), None),
        Document::Plan => (made::<PlanReport>(Written), None),
        Document::Forecast => (made::<ForecastReport>(Written), None),
        Document::History => (made::<HistoryReport>(Written), None),
        Document::Person => (made::<OwnPart>(Written), None),
        Document::Digest => (made::<DigestReport>(Written), None),
        Document::Agenda => (made::<AgendaReport>(Written), None),
        Document::Sensitivity => (made::<SensitivityReport>(Written), None),
        Document::Audit => (made::<AuditReport<'static>>(Written), None),
        Document::Explain => (made::<Explanation>(Written), None),
        Document::Errors => (made::<ErrorsReport<'static>>(Written), None),
        Document::Jsonl => (made::<FlatRow<'static>>(Written), None),
        Document::Each => (made::<EachLine>(Written), None),
    };
    let mut value = schema.to_value();
    name_the_rules(&mut value);
    plain_formats(&mut value);
    if title.is_none() {
        enums(&mut value);
        titles(&mut value);
    }
    if let Value::Object(root) = &mut value {
        let identity = format!("urn:debt:schema:{}:{}", document.word(), document.version());
        root.insert("$id".to_owned(), identity.into());
        if let Some(title) = title {
            root.insert("title".to_owned(), title.into());
        }
    }
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// Whether a document is read or written.
#[derive(Clone, Copy)]
enum Contract {
    Read,
    Written,
}
use Contract::{Read, Written};

fn made<T: JsonSchema>(contract: Contract) -> Schema {
    let settings = SchemaSettings::draft2020_12();
    let settings = match contract {
        Read => settings,
        Written => settings.for_serialize(),
    };
    settings.into_generator().into_root_schema_for::<T>()
}

/// Takes out the formats of numbers that are no standard ones, such as `uint64`: strict validators refuse them.
fn plain_formats(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let is_number = |format: &str| format.starts_with("int") || format.starts_with("uint");
            if object.get("format").and_then(Value::as_str).is_some_and(is_number) {
                object.remove("format");
            }
            object.values_mut().for_each(plain_formats);
        }
        Value::Array(array) => array.iter_mut().for_each(plain_formats),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Gives every definition its name as a title, which is what some generators call the type.
fn titles(value: &mut Value) {
    for (name, definition) in value.get_mut("$defs").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Value::Object(definition) = definition {
            definition.insert("title".to_owned(), name.as_str().into());
        }
    }
}

/// Makes an `enum` of each choice between constants: whoever makes types of a schema knows what to do with that. What
/// each word means goes into the description.
fn enums(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let choices = object.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_default();
            let words: Option<Vec<&str>> =
                choices.iter().map(|choice| choice.get("const").and_then(Value::as_str)).collect();
            if let Some(words) = words.filter(|words| !words.is_empty()) {
                let mut text =
                    object.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
                for (word, choice) in words.iter().zip(&choices) {
                    let meaning = choice.get("description").and_then(Value::as_str).unwrap_or_default();
                    text.push_str(&format!("\n`{word}`: {meaning}"));
                }
                object.insert("type".to_owned(), "string".into());
                object.insert("enum".to_owned(), json!(words));
                object.insert("description".to_owned(), text.trim().into());
                object.remove("oneOf");
            }
            object.values_mut().for_each(enums);
        }
        Value::Array(array) => array.iter_mut().for_each(enums),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The codes of the rules, where a policy or an acknowledgement names them: the types cannot know them.
fn name_the_rules(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                if let Some(principal) = properties.get_mut("principal") {
                    let codes: Vec<&str> = rules::all().map(|rule| rule.code).collect();
                    if let Some(principal) = principal.as_object_mut() {
                        principal.insert("propertyNames".to_owned(), json!({"enum": codes}));
                    }
                }
                if let Some(items) =
                    properties.get_mut("disable").and_then(|disable| disable.get_mut("items"))
                {
                    let described: Vec<Value> = rules::all()
                        .map(|rule| json!({"const": rule.code, "description": format!("{}: {}", rule.name, rule.page.what)}))
                        .collect();
                    *items = json!({"oneOf": described});
                }
            }
            for key in ["factor", "finding"] {
                let written = object.get_mut("properties").and_then(|properties| properties.get_mut(key));
                if let Some(Value::Object(factor)) = written
                    && factor.contains_key("maxLength")
                {
                    let known: Vec<String> =
                        rules::all().map(|rule| format!("{}:{}", rule.code, rule.subject_type())).collect();
                    factor.insert("pattern".to_owned(), json!(format!("^({}):.+$", known.join("|"))));
                }
            }
            object.values_mut().for_each(name_the_rules);
        }
        Value::Array(array) => array.iter_mut().for_each(name_the_rules),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
