//! From an id to where it is defined, and to everywhere it is used.

use gen_lsp_types::Location;

use super::analysis::Analysis;
use super::position::Encoding;
use crate::source::FileIx;

/// Where the item is defined that is named at a byte.
pub fn definition(analysis: &Analysis, file: FileIx, byte: usize, encoding: Encoding) -> Option<Location> {
    let (item, _) = analysis.index().meant_at(file, byte)?;
    let at = item.id_at.clone().unwrap_or_else(|| analysis.rest_of_line(item.file, item.at.start));
    analysis.location(item.file, at, encoding)
}

/// Everywhere the item is used that is named at a byte, or whose id is there.
pub fn references(
    analysis: &Analysis,
    file: FileIx,
    byte: usize,
    with_definition: bool,
    encoding: Encoding,
) -> Vec<Location> {
    let index = analysis.index();
    let Some((item, _)) = index.meant_at(file, byte) else { return Vec::new() };
    let own = item.id_at.clone().filter(|_| with_definition).map(|at| (item.file, at));
    let uses = index.uses_of(item).map(|one| (one.file, one.at.clone()));
    own.into_iter().chain(uses).filter_map(|(file, at)| analysis.location(file, at, encoding)).collect()
}
