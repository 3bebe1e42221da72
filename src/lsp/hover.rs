//! What is said about the word under the cursor: what the key means, who or what the id is, what the term means; and below
//! that the factors of the item with their arithmetic.

use super::analysis::Analysis;
use super::diagnostics::points;
use super::index::Item;
use super::parts::{Spot, parts, spot};
use crate::base::decimal::thousandths_in_full;
use crate::model::references::names_a_factor;
use crate::records::keys::{self, Key};
use crate::render::escape::{label, markdown};
use crate::render::terms;
use crate::report::{self, BuildOptions, Called, Explained, Privacy};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::FileIx;

/// What there is to say at a byte, as Markdown, and the bytes that it is about.
pub fn hover(analysis: &Analysis, file: FileIx, byte: usize) -> Option<(String, std::ops::Range<usize>)> {
    let text = analysis.sources.text(file);
    let parts = parts(text);
    let spot = spot(&parts, byte);
    let mut said = Vec::new();
    let mut about = None;
    if let Some(spot) = &spot {
        said.extend(word(analysis, file, byte, spot));
        about = Some(spot.node.from..spot.node.to);
    }
    let line = analysis.seen(file).map_or(byte..byte, |seen| seen.lines.line(text, seen.lines.line_of(byte)));
    if let Some(item) = analysis.index().item_at(file, &line, byte) {
        said.extend(factors(analysis, item));
        about = about.or_else(|| item.id_at.clone());
    }
    let about = about.unwrap_or(byte..byte);
    (!said.is_empty()).then(|| (said.join("\n\n---\n\n"), about))
}

/// What the word itself is.
fn word(analysis: &Analysis, file: FileIx, byte: usize, spot: &Spot<'_, '_>) -> Option<String> {
    let (name, path) = spot.path.split_last()?;
    let key = keys::key(path, name);
    if spot.is_key {
        return key.as_ref().map(described).or_else(|| rule(analysis, name));
    }
    if let Some((item, _)) = analysis.index().meant_at(file, byte) {
        let is_factor = names_a_factor(&spot.path);
        let owed = if is_factor { factors(analysis, item) } else { None };
        return Some(introduced(item) + &owed.map(|owed| format!("\n\n{owed}")).unwrap_or_default());
    }
    let written = spot.node.text()?;
    let meaning = key.and_then(|key| key.holds.words.into_iter().find(|(word, _)| word == written));
    match meaning {
        Some((word, meaning)) => {
            let term = terms::find(&word).map(|term| format!("**{}**: {}", term.title(), term.meaning()));
            let meaning = (!meaning.is_empty()).then(|| format!("`{word}`: {meaning}"));
            let both: Vec<String> = meaning.into_iter().chain(term).collect();
            (!both.is_empty()).then(|| both.join("\n\n"))
        }
        None => rule(analysis, written),
    }
}

/// What a key means.
pub fn described(key: &Key) -> String {
    let mut out = format!("**{}**", key.name);
    if key.is_required {
        out.push_str(" (required)");
    }
    out.push_str(&format!("\n\n{}", key.doc));
    let words: Vec<String> = key.holds.words.iter().map(|(word, _)| format!("`{word}`")).collect();
    if !words.is_empty() {
        out.push_str(&format!("\n\nOne of {}.", words.join(", ")));
    }
    if let Some(default) = &key.default {
        out.push_str(&format!("\n\nDefault: `{default}`"));
    }
    if let Some(example) = &key.example {
        out.push_str(&format!("\n\nExample: `{}: {example}`", key.name));
    }
    out
}

/// What a rule finds, by its code.
fn rule(analysis: &Analysis, code: &str) -> Option<String> {
    let position = rules::with_code(code)?;
    let rule = rules::at(position);
    let own = analysis.good()?.own.as_ref()?;
    let page = crate::render::explain::markdown(rule, own.policy.principal(position), &own.policy);
    // The examples are for a page.
    Some(
        page.split("\n\nIt fires here")
            .next()
            .unwrap_or_default()
            .replace("## ", "**")
            .replacen('\n', "**\n", 1),
    )
}

/// Who or what an id is.
fn introduced(item: &Item) -> String {
    let id = item.id.as_deref().unwrap_or_default();
    let mut out = format!("{} `{}`", item.kind().unwrap_or_default(), markdown(id));
    if let Some(name) = &item.name {
        out.push_str(&format!(": **{}**", markdown(name)));
    }
    if !item.aliases.is_empty() {
        let aliases: Vec<String> =
            item.aliases.iter().map(|alias| format!("`{}`", markdown(alias))).collect();
        out.push_str(&format!("\n\nFormerly {}", aliases.join(", ")));
    }
    out
}

/// The factors of an item, worst first, each with how its value comes about.
fn factors(analysis: &Analysis, item: &Item) -> Option<String> {
    let (kind, id) = (item.kind()?, item.id.as_deref()?);
    let ids: Vec<String> = analysis.factors_of(kind, id).map(|row| row.id.raw().to_owned()).collect();
    if ids.is_empty() {
        return None;
    }
    let own = analysis.own.as_ref()?;
    let card = scorecard(&own.portfolio, &own.policy, own.day, Part::default()).ok()?;
    let privacy = Privacy::names();
    let called = Called::default();
    let options = BuildOptions { sources: &analysis.sources, version: "", privacy: &privacy, called };
    let report = report::build(&card, options).ok()?;
    let explained = ids.iter().filter_map(|id| report.factors.explain(id).ok());
    Some(explained.map(|one| factor(&one)).collect::<Vec<_>>().join("\n\n"))
}

/// One factor: what it is, how its value comes about, and what to do.
fn factor(explained: &Explained) -> String {
    let Explained { row, arithmetic, command } = explained;
    let mut out = format!("**{} {}**: {}", row.code, row.name, points(row.mp.mp()));
    for fact in &row.evidence {
        out.push_str(&format!("\n\n{}", markdown(fact.raw())));
    }
    out.push_str("\n\n```text\n");
    for (words, amount) in arithmetic {
        out.push_str(&format!("{:>10}  {words}\n", thousandths_in_full(*amount)));
    }
    out.push_str(&format!("```\n\n{}", markdown(row.remedy.raw())));
    if let Some(command) = command {
        out.push_str(&format!("\n\nThen: `{}`", command.replace('`', "")));
    }
    if let Some(acknowledged) = &row.acknowledged {
        let reason = label(&acknowledged.reason);
        out.push_str(&format!("\n\nAcknowledged through {}: {}", acknowledged.through, markdown(&reason)));
    }
    out
}
