//! What the server can do, and what a client says of itself.

use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions,
    ExecuteCommandOptions, PositionEncodingKind, RenameOptions, ServerCapabilities, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use serde_json::Value;

use super::edits::Taking;
use super::hints::SQUAD_COMMAND;
use super::position::Encoding;

/// What a client says of itself, as far as answers depend on it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// The unit of columns that was agreed on.
    pub encoding: Encoding,
    /// It shows Markdown in hovers.
    pub hover_markdown: bool,
    /// It shows Markdown beside completions.
    pub completion_markdown: bool,
    /// It takes changes of documents with their versions.
    pub versions: bool,
    /// It asks for the edit of an action when somebody chooses it.
    pub lazy_actions: bool,
    /// It takes symbols within symbols.
    pub nested_symbols: bool,
    /// It can be asked to watch files.
    pub watches: bool,
    /// It shows where something else is that belongs to a diagnostic.
    pub related: bool,
}

impl Client {
    /// What a client says.
    pub fn of(capabilities: &ClientCapabilities) -> Client {
        // As JSON: what an older client leaves out is then simply not there.
        let all = serde_json::to_value(capabilities).unwrap_or_default();
        let is = |path: &str| all.pointer(path).and_then(Value::as_bool).unwrap_or_default();
        let has = |path: &str, word: &str| {
            let list = all.pointer(path).and_then(Value::as_array);
            list.into_iter().flatten().any(|one| one.as_str() == Some(word))
        };
        let is_utf8 = has("/general/positionEncodings", "utf-8");
        Client {
            encoding: if is_utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            hover_markdown: has("/textDocument/hover/contentFormat", "markdown"),
            completion_markdown: has(
                "/textDocument/completion/completionItem/documentationFormat",
                "markdown",
            ),
            versions: is("/workspace/workspaceEdit/documentChanges"),
            lazy_actions: is("/textDocument/codeAction/dataSupport")
                && has("/textDocument/codeAction/resolveSupport/properties", "edit"),
            nested_symbols: is("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            watches: is("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            related: is("/textDocument/publishDiagnostics/relatedInformation"),
        }
    }

    /// How it takes changes.
    pub fn taking(&self) -> Taking {
        Taking { encoding: self.encoding, with_versions: self.versions }
    }
}

/// After these something new can be typed.
const TRIGGERS: [&str; 7] = [":", " ", "-", "[", "{", ",", "\""];

/// What the server can do.
pub fn server(encoding: Encoding) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(sync.into()),
        hover_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        rename_provider: Some(
            RenameOptions { prepare_provider: Some(true), ..RenameOptions::default() }.into(),
        ),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                resolve_provider: Some(true),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        code_lens_provider: Some(CodeLensOptions::default()),
        inlay_hint_provider: Some(true.into()),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![SQUAD_COMMAND.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
