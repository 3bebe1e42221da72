//! What can be typed at a byte: keys that are not there yet, words, ids, days, and the ids of factors.

use std::ops::Range;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, MarkupContent, MarkupKind,
    TextEdit,
};

use super::analysis::Analysis;
use super::context::{self, At, Context};
use super::diagnostics::{points, shown};
use super::hover::described;
use super::position::{Encoding, Lines};
use super::project::Looks;
use crate::base::day::{Day, Days};
use crate::model::references::{names_a_factor, referred};
use crate::records::keys::{self, Key};
use crate::records::sections::SECTIONS;
use crate::yaml::write::scalar;

/// A text in which something is typed.
#[derive(Clone, Copy)]
pub struct Typing<'t> {
    /// The text.
    pub text: &'t str,
    /// Where its lines begin.
    pub lines: &'t Lines,
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether the client shows Markdown.
    pub markdown: bool,
}

/// A candidate: what is shown, what is written, and what is said of it.
struct Candidate {
    label: String,
    insert: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    doc: Option<String>,
}

impl Candidate {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Candidate {
        let label = label.into();
        Candidate { insert: label.clone(), label, kind, detail: None, doc: None }
    }
}

/// Whether something can be completed in a text that is no portfolio yet: it is empty, or has nothing but its keys.
pub fn may_become_one(text: &str) -> bool {
    let keys = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_ours = |line: &str| match line.split_once(':') {
        Some((key, _)) => SECTIONS.contains(&key),
        None => SECTIONS.iter().any(|key| key.starts_with(line.trim())),
    };
    Looks::of(text).is_portfolio || keys.into_iter().all(is_ours)
}

/// What can be typed at a byte, best first.
pub fn complete(analysis: Option<&Analysis>, typing: Typing<'_>, byte: usize) -> Vec<CompletionItem> {
    let Some(context) = context::at(typing.text, byte) else { return Vec::new() };
    let candidates = match &context.at {
        At::Key => keys_of(&context, typing, byte, ""),
        At::NewItem => keys_of(&context, typing, byte, "- "),
        At::Value(key) => values(analysis, &context, key, true),
        At::Entry(key) => {
            let listed = listed(typing.text, &context.typed);
            let mut all = values(analysis, &context, key, false);
            all.retain(|candidate| !listed.contains(&candidate.label.as_str()));
            all
        }
    };
    let items = candidates.into_iter().enumerate();
    items.map(|(order, candidate)| item(candidate, order, &context, typing, byte)).collect()
}

fn item(
    candidate: Candidate,
    order: usize,
    context: &Context,
    typing: Typing<'_>,
    byte: usize,
) -> CompletionItem {
    let before = typing.text.get(..context.typed.start).and_then(|text| text.chars().next_back());
    // A colon or a dash that is followed by no blank is none.
    let gap = if context.typed.is_empty() && matches!(before, Some(':' | '-')) { " " } else { "" };
    let typed = typing.text.get(context.typed.clone()).unwrap_or_default();
    let quoted = usize::from(typed.starts_with(['"', '\'']));
    let line = typed.rfind('\n').map_or(0, |end| end + 1).max(quoted);
    let range = typing.lines.range(typing.text, context.typed.start + line..byte, typing.encoding);
    let insert = if quoted > 0 { candidate.label.clone() } else { format!("{gap}{}", candidate.insert) };
    let doc = candidate.doc.map(|text| {
        let kind = if typing.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        Documentation::MarkupContent(MarkupContent { kind, value: text })
    });
    CompletionItem {
        label: candidate.label.clone(),
        kind: Some(candidate.kind),
        detail: candidate.detail,
        documentation: doc,
        sort_text: Some(format!("{order:05}")),
        filter_text: Some(format!("{gap}{}", candidate.label)),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: insert })),
        ..CompletionItem::default()
    }
}

/// The keys of a mapping that it does not have yet; those that it must have come first.
fn keys_of(context: &Context, typing: Typing<'_>, byte: usize, dash: &str) -> Vec<Candidate> {
    let path: Vec<&str> = context.path.iter().map(String::as_str).collect();
    let is_free = |key: &Key| !context.given.contains(&key.name) && !key.is_deprecated;
    let mut free: Vec<Key> = keys::keys(&path).into_iter().filter(is_free).collect();
    free.sort_by_key(|key| !key.is_required);
    let rest = typing.text.get(byte..).unwrap_or_default().lines().next().unwrap_or_default();
    let has_colon = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').starts_with(':');
    let candidate = |key: Key| {
        let colon = match (has_colon, key.holds.is_mapping) {
            (true, _) => "",
            (false, true) => ":",
            (false, false) => ": ",
        };
        Candidate {
            insert: format!("{dash}{}{colon}", key.name),
            detail: key.is_required.then(|| "required".to_owned()),
            doc: Some(described(&key)),
            ..Candidate::new(&*key.name, CompletionItemKind::Property)
        }
    };
    free.into_iter().map(candidate).collect()
}

/// What a key can have as its value; as an entry where it has a list that is begun.
fn values(analysis: Option<&Analysis>, context: &Context, key: &str, is_whole: bool) -> Vec<Candidate> {
    let mut path: Vec<&str> = context.path.iter().map(String::as_str).collect();
    let Some(found) = keys::key(&path, key) else { return Vec::new() };
    path.push(key);
    let mut all: Vec<Candidate> = Vec::new();
    for (word, meaning) in &found.holds.words {
        let doc = (!meaning.is_empty()).then(|| meaning.clone());
        all.push(Candidate { doc, ..Candidate::new(&**word, CompletionItemKind::EnumMember) });
    }
    if let Some(analysis) = analysis {
        if found.holds.is_date {
            all.extend(days(analysis.day()));
        }
        if let Some(kind) = referred(&path) {
            all.extend(ids(analysis, kind));
        }
        if names_a_factor(&path) {
            all.extend(factors(analysis));
        }
    }
    if found.holds.is_list && is_whole {
        for one in &mut all {
            one.insert = format!("[{}]", one.insert);
        }
    }
    all
}

/// The other entries of the list in which something is typed, as far as they are words.
fn listed<'t>(text: &'t str, typed: &Range<usize>) -> Vec<&'t str> {
    let before = text.get(..typed.start).unwrap_or_default();
    let after = text.get(typed.end..).unwrap_or_default();
    let word = |entry: &'t str| entry.trim().trim_matches(['"', '\'']);
    if before.trim_end().ends_with(['[', ',']) {
        let open = before.rfind('[').map_or(before.len(), |open| open + 1);
        // What is behind the word up to the comma belongs to it.
        let rest = after.find(']').and_then(|close| after.get(..close)).unwrap_or_default();
        return before[open..].split(',').chain(rest.split(',').skip(1)).map(word).collect();
    }
    let mut above = before.lines().rev();
    let Some((column, _)) = above.next().and_then(entry) else { return Vec::new() };
    let of_list = |line: &'t str| entry(line).filter(|(dash, _)| *dash == column).map(|(_, entry)| entry);
    above.map_while(of_list).chain(after.lines().skip(1).map_while(of_list)).map(word).collect()
}

/// The column of a dash and what is behind it.
fn entry(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let dash = line.len() - rest.len();
    rest.strip_prefix("- ").map(|entry| (dash, entry.split(" #").next().unwrap_or_default()))
}

/// Today, in one week, in four weeks: from the day that is scored.
fn days(today: Day) -> Vec<Candidate> {
    let after = |days, what: &str| {
        let day = today.plus(Days::new(days)).to_string();
        Candidate { detail: Some(what.to_owned()), ..Candidate::new(day, CompletionItemKind::Value) }
    };
    vec![after(0, "today"), after(7, "in one week"), after(28, "in four weeks")]
}

/// The ids of a kind, as far as the files can be read now; else those of the last time.
fn ids(analysis: &Analysis, kind: &str) -> Vec<Candidate> {
    let of = |analysis: &Analysis| {
        let items =
            analysis.index().of_kind(kind).filter_map(|item| Some((item.id.clone()?, item.name.clone())));
        items.collect::<Vec<_>>()
    };
    let mut all = of(analysis);
    if all.is_empty() && analysis.own.is_none() {
        all = analysis.good().map(of).unwrap_or_default();
    }
    all.sort();
    all.dedup();
    let candidate = |(id, name): (String, Option<String>)| Candidate {
        insert: scalar(&id),
        detail: name.as_deref().map(shown),
        ..Candidate::new(id, CompletionItemKind::Reference)
    };
    all.into_iter().map(candidate).collect()
}

/// The ids of factors, worst first.
fn factors(analysis: &Analysis) -> Vec<Candidate> {
    let scored = analysis.good().and_then(|good| good.scored.as_ref());
    let candidate = |row: &crate::report::FactorRow| Candidate {
        insert: scalar_of_factor(row.id.raw()),
        detail: Some(format!("{}, {}", row.name, points(row.mp.mp()))),
        doc: row.evidence.first().map(|first| shown(first.raw())),
        ..Candidate::new(row.id.raw(), CompletionItemKind::Constant)
    };
    scored.into_iter().flat_map(|scored| &scored.factors).map(candidate).collect()
}

/// Its colons have no blank behind them, and are no keys.
fn scalar_of_factor(id: &str) -> String {
    if scalar(&id.replace(':', "-")).starts_with('"') { scalar(id) } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_has_what_is_before_and_behind_the_word() {
        for (text, wanted) in [
            ("a: [context, |, 'goals']", vec!["context", "", "goals"]),
            ("a: [|]", vec![""]),
            ("a: [|", vec![""]),
            ("x:\n  - no\na:\n  - context # why\n  - |\n  - goals\nb:\n  - no\n", vec!["context", "goals"]),
            ("a: |", vec![]),
        ] {
            let at = text.find('|').expect("a cursor");
            let text = text.replace('|', "");
            assert_eq!(listed(&text, &(at..at)), wanted, "{text}");
        }
    }
}
