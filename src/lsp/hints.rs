//! Points beside the items of a file, and over each squad what it comes to.

use std::ops::Range;

use gen_lsp_types::{CodeLens, Command, InlayHint, Label, Position};

use super::analysis::Analysis;
use super::diagnostics::{points, shown};
use super::position::Encoding;
use crate::base::message::counted;
use crate::report::Row;
use crate::source::{FileIx, Mark};

/// The command behind a lens: it says what makes up the score of a squad.
pub const SQUAD_COMMAND: &str = "debt.squad";

/// The points of each item that has factors and begins in these bytes, at the end of its first line.
pub fn inlays(analysis: &Analysis, file: FileIx, bytes: &Range<usize>, encoding: Encoding) -> Vec<InlayHint> {
    let Some(scored) = &analysis.scored else { return Vec::new() };
    let mut sums: Vec<(usize, i64, Vec<String>)> = Vec::new();
    for row in &scored.factors {
        let Some(at) = &row.location else { continue };
        if analysis.named(at.file.raw()) != Some(file) {
            continue;
        }
        let byte = analysis.byte(file, Mark { line: at.line, column: at.column });
        if bytes.contains(&byte) {
            sums.push((byte, row.mp.mp(), vec![format!("{} {}", row.code, row.name)]));
        }
    }
    sums.sort_by_key(|(byte, ..)| *byte);
    sums.dedup_by(|next, last| {
        let is_same = next.0 == last.0;
        if is_same {
            last.1 = last.1.saturating_add(next.1);
            last.2.append(&mut next.2);
        }
        is_same
    });
    let hint = |(byte, owed, rules): (usize, i64, Vec<String>)| {
        let end = analysis.rest_of_line(file, byte).end;
        let position: Position = analysis.range(file, end..end, encoding).end;
        InlayHint {
            position,
            label: Label::String(points(owed)),
            kind: None,
            text_edits: None,
            tooltip: Some(gen_lsp_types::Tooltip::String(rules.join("\n"))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    };
    sums.into_iter().map(hint).collect()
}

/// What each squad in a file comes to.
pub fn lenses(analysis: &Analysis, file: FileIx, encoding: Encoding) -> Vec<CodeLens> {
    let Some(scored) = &analysis.scored else { return Vec::new() };
    let squads = analysis.index().of_kind("squad").filter(|item| item.file == file);
    let lens = |item: &super::index::Item| {
        let id = item.id.clone()?;
        let is_it = |row: &&Row| row.key.as_ref().is_some_and(|key| key.raw() == id);
        let title = scored.squads.iter().find(is_it).map_or_else(|| "nobody is scored".to_owned(), summed);
        let range = analysis.range(file, analysis.rest_of_line(file, item.at.start), encoding);
        let command = Command {
            title,
            tooltip: None,
            command: SQUAD_COMMAND.to_owned(),
            arguments: Some(vec![analysis.seen(file)?.uri.clone().into(), id.into()]),
        };
        Some(CodeLens { range, command: Some(command), data: None })
    };
    squads.filter_map(lens).collect()
}

/// `11 people, 14 factors, 52.3 points`
fn summed(row: &Row) -> String {
    let people = row.people.map(|people| format!("{}, ", counted(people, "person", "people")));
    let factors = counted(row.count, "factor", "factors");
    format!("{}{factors}, {}", people.unwrap_or_default(), points(row.mp.mp()))
}

/// So many factors of a squad are named.
const NAMED: usize = 5;

/// What makes up the score of a squad, in a few lines.
pub fn squad(analysis: &Analysis, id: &str) -> Option<String> {
    let scored = analysis.scored.as_ref()?;
    let row = scored.squads.iter().find(|row| row.key.as_ref().is_some_and(|key| key.raw() == id))?;
    let mine = scored.factors.iter();
    let mine: Vec<_> = mine.filter(|row| row.squad.as_ref().is_some_and(|squad| squad.raw() == id)).collect();
    let mut out = format!("{}: {}", shown(id), summed(row));
    for factor in mine.iter().take(NAMED) {
        let evidence = factor.evidence.first().map(|first| shown(first.raw())).unwrap_or_default();
        out.push_str(&format!("\n{} {}: {evidence}", factor.code, points(factor.mp.mp())));
    }
    if let Some(more) = mine.len().checked_sub(NAMED).filter(|more| *more > 0) {
        out.push_str(&format!("\n\u{2026} and {more} more"));
    }
    Some(out)
}
