//! `debt schema`: JSON Schemas, generated from the types that read and write. The program holds the generated files of
//! `schema/`: the code that makes them would be a twentieth of it.

use clap::Args;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::output::text_to_stdout;
use super::trouble::Trouble;
use crate::records::config::ConfigRecord;
use crate::records::policy::PolicyRecord;
use crate::records::sections::PortfolioRecord;
use crate::report::Report;
use crate::report::fix::FixReport;
use crate::report::lines::LinesReport;
use crate::report::plan::PlanReport;
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
    /// The JSON report
    Report,
    /// The policy
    Policy,
    /// The configuration, debt.yaml
    Config,
    /// The JSON of `debt lines`
    Lines,
    /// The JSON of `debt fix`
    Fix,
    /// The JSON of a plan
    Plan,
}

pub(super) fn run(args: &SchemaArgs) -> Result<(), Trouble> {
    Ok(text_to_stdout(text(args.document))?)
}

/// A schema as it was generated; a test compares it with `generate`.
pub(super) fn text(document: Document) -> &'static str {
    match document {
        Document::Portfolio => include_str!("../../schema/portfolio.schema.json"),
        Document::Report => include_str!("../../schema/report.schema.json"),
        Document::Policy => include_str!("../../schema/policy.schema.json"),
        Document::Config => include_str!("../../schema/config.schema.json"),
        Document::Lines => include_str!("../../schema/lines.schema.json"),
        Document::Fix => include_str!("../../schema/fix.schema.json"),
        Document::Plan => include_str!("../../schema/plan.schema.json"),
    }
}

/// The bytes of a file of `schema/`, made anew. No verb calls it, so that the program does not hold its code.
pub fn generate(document: Document) -> String {
    let schema = match document {
        Document::Portfolio => made::<PortfolioRecord<'static>>("A portfolio of Decision Debt", false),
        Document::Report => made::<Report<'static>>("The JSON report of debt", true),
        Document::Policy => made::<PolicyRecord<'static>>("A policy of Decision Debt", false),
        Document::Config => made::<ConfigRecord<'static>>("The configuration of debt, debt.yaml", false),
        Document::Lines => made::<LinesReport>("Who owns what, as debt lines writes it", true),
        Document::Fix => made::<FixReport>("What debt fix did, as JSON", true),
        Document::Plan => made::<PlanReport>("A plan of debt", true),
    };
    let mut value = schema.to_value();
    name_the_rules(&mut value);
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn made<T: JsonSchema>(title: &str, written: bool) -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    if written {
        settings = settings.for_serialize();
    }
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
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
