//! The record of `debt.yaml`: what would otherwise have to be typed for every run.

use schemars::JsonSchema;
use serde::Deserialize;

use super::read::{self, Reading};
use super::sections::Section;
use super::values::{Id, Text};
use super::words::PrivacyLevel;
use crate::base::message::message;
use crate::source::{CONFIG_FILE, Code, Diagnostic, Diagnostics, FileIx, Place, Step};
use crate::yaml::node::{Kind, Node};
use crate::yaml::whole;

/// Defaults for every run in this folder and those below it. Options that are typed win. It is read from the working folder
/// or the nearest folder above it, up to the root of the repository.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Config")]
pub struct ConfigRecord<'t> {
    /// The portfolio's identity in every output, where the portfolio names none itself.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["payments"]))]
    pub id: Option<Id<'t>>,
    /// The files and folders that are the portfolio, relative to this file.
    #[schemars(extend("examples" = [["people/", "meetings.yaml"]], "minItems" = 1))]
    pub paths: Option<Vec<Text<'t>>>,
    /// The file of the policy, relative to this file, or the name of a preset.
    #[schemars(extend("examples" = ["policy.yaml"]))]
    pub policy: Option<Text<'t>>,
    /// How much about people every output shows.
    #[schemars(extend("examples" = ["pseudonyms"]))]
    pub privacy: Option<PrivacyLevel>,
}

/// Reads a configuration; none where something is wrong with it, which is reported.
pub fn from_text<'t>(text: &'t str, file: FileIx, diagnostics: &mut Diagnostics) -> Option<ConfigRecord<'t>> {
    let before = diagnostics.errors();
    let node = whole::tree(text, file, diagnostics)?;
    if let Some(portfolio) = is_a_portfolio(&node, file) {
        diagnostics.push(portfolio);
        return None;
    }
    let tree = node.clone();
    let record = read::record::<ConfigRecord<'t>>(node, Reading::value("config", file), diagnostics)?;
    check_paths(&record, &tree, file, diagnostics);
    (diagnostics.errors() == before).then_some(record)
}

/// Whoever has a portfolio of this name is told so once, and not key by key.
fn is_a_portfolio(node: &Node<'_>, file: FileIx) -> Option<Diagnostic> {
    let Kind::Map(entries) = &node.kind else { return None };
    let own = ["id", "paths", "policy", "privacy"];
    let foreign = |key: &&Node<'_>| {
        key.text().is_some_and(|text| !own.contains(&text) && Section::find(text).is_some())
    };
    let key = entries.iter().map(|(key, _)| key).find(foreign)?;
    let message = message!("`", key.text()?.to_owned(), "` belongs to a portfolio, and ", CONFIG_FILE)
        .and(message!(" is the configuration"));
    let help = message!("give the portfolio another name, such as portfolio.yaml, or pass --no-config");
    Some(Diagnostic::error(Code::UnknownKey, message, Place::exact(file, key.mark, key.length)).help(help))
}

fn check_paths(record: &ConfigRecord<'_>, tree: &Node<'_>, file: FileIx, diagnostics: &mut Diagnostics) {
    let mut wrong = |path: &[Step], message, help| {
        let node = tree.follow(path, false);
        let place = Place::exact(file, node.mark, node.length);
        diagnostics.push(Diagnostic::error(Code::WrongValue, message, place).help(help));
    };
    let relative = || message!("write it relative to this file, such as `people/`");
    for (index, path) in record.paths.iter().flatten().enumerate() {
        let at = [Step::from("paths"), Step::from(index)];
        match path.0.trim() {
            "" => wrong(&at, message!("expected a path, found nothing"), relative()),
            "-" => wrong(&at, message!("standard input is no path of a configuration"), relative()),
            _ => {}
        }
    }
    if record.paths.as_ref().is_some_and(Vec::is_empty) {
        let help = message!("name a file or a folder, or take the key out");
        wrong(&[Step::from("paths")], message!("expected at least one path"), help);
    }
    if record.policy.as_ref().is_some_and(|policy| policy.0.trim().is_empty()) {
        let help = message!("name the file of a policy or a preset, or take the key out");
        wrong(&[Step::from("policy")], message!("expected a path, found nothing"), help);
    }
}
