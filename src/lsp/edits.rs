//! Changes of texts as the protocol has them.

use std::collections::HashMap;

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};

use super::analysis::Analysis;
use super::position::Encoding;
use crate::edit::Splice;
use crate::source::FileIx;

/// How a client takes changes.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether it checks the versions of documents.
    pub with_versions: bool,
}

/// Replacements in the texts of an analysis, file by file.
pub fn workspace_edit<'e>(
    analysis: &Analysis,
    files: impl Iterator<Item = (FileIx, &'e [Splice])>,
    taking: Taking,
) -> WorkspaceEdit {
    let edits = files.filter_map(|(file, splices)| {
        let seen = analysis.seen(file)?;
        let edit = |one: &Splice| TextEdit {
            range: analysis.range(file, one.from..one.to, taking.encoding),
            new_text: one.text.clone(),
        };
        let edits: Vec<TextEdit> = splices.iter().map(edit).collect();
        Some((Uri::from(seen.uri.clone()), seen.version, edits))
    });
    if !taking.with_versions {
        let changes: HashMap<Uri, Vec<TextEdit>> = edits.map(|(uri, _, edits)| (uri, edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let changes = edits.map(|(uri, version, edits)| {
        let text_document_identifier = TextDocumentIdentifier { uri };
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
            edits: edits.into_iter().map(Edit::TextEdit).collect(),
        })
    });
    WorkspaceEdit { document_changes: Some(changes.collect()), ..WorkspaceEdit::default() }
}
