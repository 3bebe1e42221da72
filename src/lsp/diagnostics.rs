//! What is wrong, what is odd, what is owed and what is not known, each at its place in a file.

use gen_lsp_types::{Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Range};

use super::analysis::Analysis;
use super::position::Encoding;
use crate::base::decimal::thousandths;
use crate::base::names::Untrusted;
use crate::render::diagnostics::sentence;
use crate::render::escape::label;
use crate::report::{FactorRow, Location, WarningRow};
use crate::rules;
use crate::source::{self, FileIx, Mark, Place, Severity, Spot};

/// Who says it.
pub const SOURCE: &str = "debt";

/// Everything there is to say about each file, in the order of files.
pub fn of(analysis: &Analysis, encoding: Encoding) -> Vec<Vec<Diagnostic>> {
    let mut all: Vec<Vec<Diagnostic>> = vec![Vec::new(); analysis.files.len()];
    let mut put = |file: FileIx, one: Diagnostic| {
        if let Some(list) = all.get_mut(file.index()) {
            list.push(one);
        }
    };
    for one in analysis.diagnostics.iter() {
        let (file, diagnostic) = wrong(analysis, one, encoding);
        put(file, diagnostic);
    }
    let Some(scored) = &analysis.scored else { return all };
    for row in &scored.warnings {
        let (file, diagnostic) = odd(analysis, row, encoding);
        put(file, diagnostic);
    }
    for row in &scored.factors {
        let (file, range) = place(analysis, row.location.as_ref(), encoding);
        put(file, factor(row, range));
    }
    for (file, diagnostic) in unanswered(analysis, encoding) {
        put(file, diagnostic);
    }
    all
}

fn new(range: Range, severity: DiagnosticSeverity, code: &str, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: Some(Code::String(code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

/// An error, or a warning of the reader.
fn wrong(analysis: &Analysis, one: &source::Diagnostic, encoding: Encoding) -> (FileIx, Diagnostic) {
    let severity = match one.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
    };
    let mut message = sentence(&one.message);
    let more = one.expected.iter().map(|expected| ("expected ", sentence(expected)));
    let more = more.chain(one.help.iter().map(|help| ("help: ", sentence(help))));
    for (what, more) in more {
        if !message.contains(&more) {
            let what = if more.starts_with(what) { "" } else { what };
            message.push_str(&format!("\n{what}{more}"));
        }
    }
    let (file, range) = match &one.place {
        Some(place) => (place.file, exactly(analysis, place, encoding)),
        None => (FileIx(0), Range::default()),
    };
    let also = one.also.as_ref().and_then(|(place, how)| {
        let uri = analysis.seen(place.file)?.uri.clone().into();
        let range = exactly(analysis, place, encoding);
        let location = gen_lsp_types::Location { uri, range };
        Some(vec![DiagnosticRelatedInformation { location, message: (*how).to_owned() }])
    });
    let diagnostic = new(range, severity, one.code.word(), message);
    (file, Diagnostic { related_information: also, ..diagnostic })
}

fn exactly(analysis: &Analysis, place: &Place, encoding: Encoding) -> Range {
    let (mark, length) = match place.spot {
        Spot::Exact(mark, length) => (mark, length),
        Spot::Part { item, .. } => (item, 1),
        Spot::Whole => return Range::default(),
    };
    let end = Mark { column: mark.column.saturating_add(length.max(1)), ..mark };
    let (from, to) = (analysis.byte(place.file, mark), analysis.byte(place.file, end));
    analysis.range(place.file, from..to, encoding)
}

/// A place of a report: from there to the end of the line.
fn place(analysis: &Analysis, location: Option<&Location>, encoding: Encoding) -> (FileIx, Range) {
    let at = location.and_then(|at| Some((analysis.named(at.file.raw())?, at)));
    let Some((file, at)) = at else { return (FileIx(0), Range::default()) };
    let byte = analysis.byte(file, Mark { line: at.line, column: at.column });
    (file, analysis.range(file, analysis.rest_of_line(file, byte), encoding))
}

fn odd(analysis: &Analysis, row: &WarningRow, encoding: Encoding) -> (FileIx, Diagnostic) {
    let (file, range) = place(analysis, row.location.as_ref(), encoding);
    (file, new(range, DiagnosticSeverity::Warning, row.code.word(), label(&row.message)))
}

/// `5 points: Bo Lindqvist and Ana Souza …`
fn factor(row: &FactorRow, range: Range) -> Diagnostic {
    let evidence: Vec<String> = row.evidence.iter().map(label).collect();
    let mut message = format!("{}: {}", points(row.mp.mp()), evidence.join("\n"));
    message.push_str(&format!("\n{}", label(&row.remedy)));
    if let Some(acknowledged) = &row.acknowledged {
        let reason = label(&acknowledged.reason);
        message.push_str(&format!("\nacknowledged through {}: {reason}", acknowledged.through));
    }
    let severity = DiagnosticSeverity::Information;
    let data = serde_json::json!({"factor": row.id.raw(), "act": row.act.raw()});
    Diagnostic { data: Some(data), ..new(range, severity, row.code, message) }
}

/// `1 point`, `0.5 points`.
pub fn points(mp: i64) -> String {
    format!("{} {}", thousandths(mp), if mp == 1_000 { "point" } else { "points" })
}

/// What could not be answered, one hint for each item: which rules, and how much that could be at worst.
fn unanswered(analysis: &Analysis, encoding: Encoding) -> Vec<(FileIx, Diagnostic)> {
    let (Some(scored), Some(own)) = (&analysis.scored, &analysis.own) else { return Vec::new() };
    let mut by_item: Vec<(source::ItemAt, i64, Vec<String>)> = Vec::new();
    let mut sorted: Vec<_> = scored
        .unanswered
        .iter()
        .filter_map(|one| Some((own.portfolio.subject_at(one.subject)?, one)))
        .collect();
    sorted.sort_by_key(|(at, one)| (*at, one.rule));
    for (at, one) in sorted {
        let rule = rules::at(one.rule);
        let name = format!("{} {}", rule.code, rule.name);
        match by_item.last_mut().filter(|(last, ..)| *last == at) {
            Some((_, worst, names)) => {
                *worst = worst.saturating_add(one.at_worst.mp());
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            None => by_item.push((at, one.at_worst.mp(), vec![name])),
        }
    }
    let hint = |(at, worst, names): (source::ItemAt, i64, Vec<String>)| {
        let byte = analysis.byte(at.file, at.mark);
        let range = analysis.range(at.file, analysis.rest_of_line(at.file, byte), encoding);
        let message = format!(
            "too little is written here to ask {}; at worst {} more",
            names.join(", "),
            points(worst)
        );
        (at.file, new(range, DiagnosticSeverity::Hint, "unknown", message))
    };
    by_item.into_iter().map(hint).collect()
}

/// Text of a portfolio as it is shown in a list.
pub fn shown(text: &str) -> String {
    label(&Untrusted::new(text))
}
