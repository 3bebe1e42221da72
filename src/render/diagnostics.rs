//! Errors and warnings: for a person with the line and a caret, or as JSON. The message as a whole is bounded.

use std::collections::BTreeSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use schemars::JsonSchema;
use serde::Serialize;

use super::Screen;
use super::escape::{JsonControls, terminal};
use super::snippet::Snippets;
use crate::base::message::{Message, Part, Quote};
use crate::base::names::Untrusted;
use crate::report::Wrong;
use crate::report::contract::Version;
use crate::source::{Diagnostic, Diagnostics, Mark, Place, Severity, Sources, Spot};

/// A message is cut after this many bytes: nobody reads more, and a hostile file must not fill a log.
const MOST_BYTES: usize = 16_000;
/// Text of the input inside a sentence is cut after this many characters.
const MOST_QUOTED: usize = 80;

/// A sentence for a terminal, or for an editor.
pub fn sentence(message: &Message<Quote>) -> String {
    let mut text = String::new();
    for part in &message.0 {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Day(day) => text.push_str(&day.to_string()),
            Part::Fact(Quote::Text(quoted) | Quote::File(quoted)) => {
                let mut characters = quoted.chars();
                let start: String = characters.by_ref().take(MOST_QUOTED).collect();
                text.push_str(&start);
                if characters.next().is_some() {
                    text.push('\u{2026}');
                }
            }
        }
    }
    terminal(&text)
}

fn mark_of(place: &Place) -> Option<(Mark, u32)> {
    match place.spot {
        Spot::Exact(mark, length) => Some((mark, length)),
        Spot::Part { item, .. } => Some((item, 1)),
        Spot::Whole => None,
    }
}

/// Every error, or every warning, with its line; and how many more there are.
pub fn text(diagnostics: &Diagnostics, severity: Severity, sources: &Sources, screen: Screen) -> String {
    let renderer = if screen.colour { Renderer::styled() } else { Renderer::plain() };
    let decor = if screen.drawing { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = renderer.decor_style(decor).term_width(screen.width.unwrap_or(140).max(60));
    let mut snippets = Snippets::new(sources);
    let mut out = String::new();
    let list = diagnostics.sorted(severity);
    let mut shown = 0;
    for diagnostic in &list {
        let mut shown_at = Vec::new();
        let mut one = renderer.render(&[group(diagnostic, sources, &mut snippets, &mut shown_at)]);
        // The renderer counts columns in the line as it is shown; what counts is the one in the file.
        for Origin { shown, meant } in shown_at {
            one = one.replacen(&shown, &meant, 1);
        }
        if !out.is_empty() && out.len() + one.len() > MOST_BYTES {
            break;
        }
        out.push_str(&one);
        out.push_str("\n\n");
        shown += 1;
    }
    let all = list.len() + if severity == Severity::Error { diagnostics.dropped() } else { 0 };
    if all > shown {
        out.push_str(&format!("\u{2026} and {} more\n", all - shown));
    } else {
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    if severity == Severity::Error && all > 1 {
        out.push_str(&count(all, &list));
    }
    out
}

/// How many errors there are, and in how many files; one error needs no counting.
fn count(all: usize, list: &[&Diagnostic]) -> String {
    let files: BTreeSet<_> =
        list.iter().filter_map(|one| one.place.as_ref()).map(|place| place.file).collect();
    match files.len() {
        0 => format!("\n{all} errors\n"),
        1 => format!("\n{all} errors in 1 file\n"),
        many => format!("\n{all} errors in {many} files\n"),
    }
}

/// A place as the renderer writes it, and as it is in the file, where a line was cropped or has controls.
struct Origin {
    shown: String,
    meant: String,
}

fn group<'a>(
    diagnostic: &Diagnostic,
    sources: &Sources,
    snippets: &mut Snippets<'_>,
    shown_at: &mut Vec<Origin>,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(sentence(&diagnostic.message)).id(diagnostic.code.word());
    let mut group = Group::with_title(title);
    let expected = diagnostic.expected.as_ref().map(sentence);
    let (label, note) = match expected {
        // Already in the message, or too long to stand behind a caret.
        Some(expected) if sentence(&diagnostic.message).contains(&expected) => (None, None),
        Some(expected) if expected.len() > LONGEST_LABEL => (None, Some(wrapped(&expected))),
        // Without the line there is no caret to stand behind.
        Some(expected) if !diagnostic.place.as_ref().is_some_and(|place| snippets.has_text(place.file)) => {
            (None, Some(wrapped(&expected)))
        }
        other => (other, None),
    };
    if let Some(place) = &diagnostic.place {
        group = at_place(group, place, AnnotationKind::Primary, label, sources, snippets, shown_at);
    }
    if let Some((place, how)) = &diagnostic.also {
        group = at_place(
            group,
            place,
            AnnotationKind::Context,
            Some((*how).to_owned()),
            sources,
            snippets,
            shown_at,
        );
    }
    if let Some(note) = note {
        group = group.element(Level::NOTE.message(note));
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(sentence(help))),
        None => group,
    }
}

/// Labels stand behind the caret, on one line.
const LONGEST_LABEL: usize = 60;

/// A list of words in lines that fit beside a note's margin.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + word.len() < 66 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn at_place<'a>(
    group: Group<'a>,
    place: &Place,
    kind: AnnotationKind,
    label: Option<String>,
    sources: &Sources,
    snippets: &mut Snippets<'_>,
    shown_at: &mut Vec<Origin>,
) -> Group<'a> {
    let path = sources.name(place.file).map(|name| terminal(name.raw())).unwrap_or_default();
    let Some((mark, length)) = mark_of(place) else {
        return group.element(annotate_snippets::Origin::path(path));
    };
    let (line, column) = (mark.line as usize, mark.column as usize);
    let Some(shown) = snippets.show(place.file, mark, length) else {
        return group.element(annotate_snippets::Origin::path(path).line(line).char_column(column));
    };
    let shown_column = shown.line[..shown.span.start].chars().count() + 1;
    if shown_column != column {
        let at = |column: usize| format!("{path}:{line}:{column}");
        shown_at.push(Origin { shown: at(shown_column), meant: at(column) });
    }
    let annotation = kind.span(shown.span).label(label);
    group.element(Snippet::source(shown.line).path(path).line_start(line).annotation(annotation))
}

/// The most errors that a format of CI lists.
const MOST_LISTED: usize = 100;

/// The errors for the formats of CI, and how many are left out.
pub fn listed(diagnostics: &Diagnostics, sources: &Sources) -> (Vec<Wrong>, usize) {
    let list = diagnostics.sorted(Severity::Error);
    let all = list.len() + diagnostics.dropped();
    let wrong = |one: &&Diagnostic| Wrong {
        code: one.code,
        message: Untrusted::new(sentence(&one.message)),
        help: one.help.as_ref().or(one.expected.as_ref()).map(|help| Untrusted::new(sentence(help))),
        file: one.place.as_ref().and_then(|place| sources.name(place.file)).cloned(),
        at: one.place.as_ref().map(|place| sources.at(place.file)),
        mark: one.place.as_ref().and_then(mark_of).map(|(mark, _)| (mark.line, mark.column)),
    };
    let errors: Vec<Wrong> = list.iter().take(MOST_LISTED).map(wrong).collect();
    let omitted = all.saturating_sub(errors.len());
    (errors, omitted)
}

/// What is wrong with an input, as JSON on standard error; the exit status is 2.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtErrors")]
pub struct ErrorsReport<'d> {
    /// The version of this contract: a key changes its meaning only with a new one.
    schema_version: Version<1>,
    /// Every error by file, line and column; the first ones where there are very many.
    errors: Vec<ErrorRow<'d>>,
    /// How many more there are.
    omitted: usize,
}

/// One error.
#[derive(Serialize, JsonSchema)]
struct ErrorRow<'d> {
    /// Its kind, which `debt explain` explains; a code is never renamed.
    code: &'d str,
    /// What is wrong.
    message: String,
    /// Where; null where it is no matter of a file, or places are withheld.
    location: Option<ErrorPlace>,
    /// What was expected; null where the message says it.
    expected: Option<String>,
    /// What to type instead, or to do.
    help: Option<String>,
    /// A second place that has to do with it, such as where an id was first defined.
    also: Option<ErrorPlace>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct ErrorPlace {
    /// The file as it was named; `<stdin>` for standard input.
    file: String,
    /// From 1; null for the file as a whole.
    line: Option<u32>,
    /// From 1, in characters; null for the file as a whole.
    column: Option<u32>,
}

fn location(place: &Place, sources: &Sources) -> ErrorPlace {
    let file = sources.name(place.file).map(|name| name.raw().to_owned()).unwrap_or_default();
    let mark = mark_of(place).map(|(mark, _)| mark);
    ErrorPlace { file, line: mark.map(|mark| mark.line), column: mark.map(|mark| mark.column) }
}

/// The same errors as JSON, one object on one line.
pub fn json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let list = diagnostics.sorted(Severity::Error);
    let all = list.len() + diagnostics.dropped();
    let mut size = 0;
    let mut errors = Vec::new();
    for diagnostic in list {
        let row = ErrorRow {
            code: diagnostic.code.word(),
            message: sentence(&diagnostic.message),
            location: diagnostic.place.as_ref().map(|place| location(place, sources)),
            expected: diagnostic.expected.as_ref().map(sentence),
            help: diagnostic.help.as_ref().map(sentence),
            also: diagnostic.also.as_ref().map(|(place, _)| location(place, sources)),
        };
        size += row.message.len() + row.expected.as_ref().map_or(0, String::len) + ROW_OVERHEAD;
        if !errors.is_empty() && size > MOST_BYTES {
            break;
        }
        errors.push(row);
    }
    let omitted = all - errors.len();
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, JsonControls);
    // Memory takes every byte, and no key here can fail.
    let _ = ErrorsReport { schema_version: Version, errors, omitted }.serialize(&mut serializer);
    String::from_utf8_lossy(&bytes).into_owned() + "\n"
}

/// What a row takes besides its sentences, about.
const ROW_OVERHEAD: usize = 160;
