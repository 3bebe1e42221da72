//! A new id for an item, in every file: where it is defined, wherever it is used, and the old one among its aliases, so that
//! histories and other branches know it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::analysis::Analysis;
use super::index::Item;
use crate::edit::{self, Edited, EditedFile, Splice};
use crate::model::{self, Change, Patch};
use crate::records::values::{EXPECTED_ID, is_id};
use crate::render::diagnostics::sentence;
use crate::rules;
use crate::score::part::Part;
use crate::score::tally;
use crate::source::{Diagnostics, FileIx};
use crate::yaml::value::Value;
use crate::yaml::write::scalar;

/// What would be renamed at a byte: its bytes and its present id.
pub fn prepare(analysis: &Analysis, file: FileIx, byte: usize) -> Option<(Range<usize>, String)> {
    let (item, at) = analysis.index().meant_at(file, byte)?;
    item.id_at.as_ref()?;
    Some((at, item.id.clone()?))
}

/// What is replaced in each file when what is at a byte gets a new id.
///
/// # Errors
/// It is not done, for a reason.
pub fn rename(analysis: &Analysis, file: FileIx, byte: usize, new: &str) -> Result<Vec<EditedFile>, String> {
    let nothing = || "there is no id here that can be renamed".to_owned();
    let (item, _) = analysis.index().meant_at(file, byte).ok_or_else(nothing)?;
    let (kind, old) = item.kind().zip(item.id.as_deref()).ok_or_else(nothing)?;
    let id_at = item.id_at.clone().ok_or_else(|| {
        format!("the {kind} has no `id` of its own: it is made of the people in it; write one first")
    })?;
    if !is_id(new) {
        return Err(format!("expected {EXPECTED_ID}"));
    }
    if new == old {
        return Ok(Vec::new());
    }
    let own = analysis.own.as_ref().ok_or("the portfolio has errors; mend them first")?;
    let is_former = item.aliases.iter().any(|alias| alias == new);
    if !is_former && own.portfolio.find(kind, new).is_some() {
        return Err(format!("another {kind} has the id or alias {new} already"));
    }
    let patch = with_alias(kind, old, new, is_former);
    let aliases =
        edit::apply(&analysis.sources, &own.portfolio, &patch).map_err(|cannot| sentence(&cannot.why))?;
    let mut files: BTreeMap<FileIx, Vec<Splice>> = BTreeMap::new();
    let mut replace = |file: FileIx, at: Range<usize>, is_part: bool| {
        let text = analysis.sources.text(file).get(at.clone()).unwrap_or_default();
        let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
        let text = match quote.filter(|_| !is_part) {
            Some(quote) => format!("{quote}{new}{quote}"),
            None if is_part => new.to_owned(),
            None => scalar(new),
        };
        files.entry(file).or_default().push(Splice { from: at.start, to: at.end, text });
    };
    replace(item.file, id_at, false);
    for one in analysis.index().uses_of(item) {
        replace(one.file, one.at.clone(), one.is_part);
    }
    for edited in aliases.files {
        files.entry(edited.file).or_default().extend(edited.splices);
    }
    checked(analysis, item, new, files)
}

fn with_alias(kind: &str, old: &str, new: &str, is_former: bool) -> Patch {
    let name = format!("{kind}:{old}");
    let key = || "aliases".to_owned();
    let strip = Change::Strip { strip: name.clone(), key: key(), items: vec![Value::from(new)] };
    let append = Change::Append { append: name, key: key(), to: Value::from(old) };
    let changes = [is_former.then_some(strip), Some(append)];
    Patch(changes.into_iter().flatten().collect())
}

/// The last look: the new texts read, know the item by both ids, and come to what the old ones did.
fn checked(
    analysis: &Analysis,
    item: &Item,
    new: &str,
    files: BTreeMap<FileIx, Vec<Splice>>,
) -> Result<Vec<EditedFile>, String> {
    let unsafe_here = || "this cannot be renamed safely: the texts would not say the same".to_owned();
    let mut edited = Edited { files: Vec::new() };
    for (file, mut splices) in files {
        splices.sort_by_key(|splice| (splice.from, splice.to));
        splices.dedup();
        let text = edit::spliced(analysis.sources.text(file), &splices).ok_or_else(unsafe_here)?;
        edited.files.push(EditedFile { file, splices, text });
    }
    let sources = edit::edited_sources(&analysis.sources, &edited);
    let catalog = rules::catalog();
    let mut diagnostics = Diagnostics::default();
    let read = model::read(&sources, analysis.options(&catalog), &mut diagnostics);
    let (after, before) = read.zip(analysis.own.as_ref()).ok_or_else(unsafe_here)?;
    let kind = item.kind().unwrap_or_default();
    let is_there = |id: &str| after.portfolio.find(kind, id).is_some();
    let is_known = is_there(new) && item.id.as_deref().is_some_and(is_there);
    let score =
        |own: &model::OwnPolicy| tally(&own.portfolio, &own.policy, before.day, Part::default()).score;
    if !is_known || score(&after) != score(before) {
        return Err(unsafe_here());
    }
    Ok(edited.files)
}
