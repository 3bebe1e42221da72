//! Requests and their answers: what the protocol asks, of which file and place, handed to the feature's own function.

use std::ops::Range;
use std::rc::Rc;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeLensParams, CompletionParams, CompletionResponse,
    Contents, DefinitionParams, DocumentSymbolParams, ExecuteCommandParams, Hover, HoverParams,
    InlayHintParams, MarkupContent, MarkupKind, MessageType, PrepareRenameParams, PrepareRenamePlaceholder,
    ReferenceParams, RenameParams, ShowMessageParams, TextDocumentPositionParams,
};
use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::actions::{self, Action};
use super::analysis::Analysis;
use super::completion::{Typing, complete};
use super::diagnostics::SOURCE;
use super::edits::workspace_edit;
use super::server::{Server, error};
use super::{hints, hover, navigation, rename, symbols};
use crate::edit::EditedFile;
use crate::source::FileIx;

/// Why a request has no answer.
struct Refused(ErrorCode, String);

type Answer = Result<Value, Refused>;

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|why| Refused(ErrorCode::InvalidParams, why.to_string()))
}

fn answered(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|why| Refused(ErrorCode::InternalError, why.to_string()))
}

fn failed(why: String) -> Refused {
    Refused(ErrorCode::RequestFailed, why)
}

/// Answers one request.
pub(super) fn answer(server: &mut Server<'_>, id: RequestId, method: &str, params: Value) -> Response {
    let outcome = match method {
        "textDocument/hover" => read(params).and_then(|params| on_hover(server, &params)),
        "textDocument/completion" => read(params).and_then(|params| on_completion(server, &params)),
        "textDocument/definition" => read(params).and_then(|params| on_definition(server, &params)),
        "textDocument/references" => read(params).and_then(|params| on_references(server, &params)),
        "textDocument/documentSymbol" => read(params).and_then(|params| on_symbols(server, &params)),
        "textDocument/prepareRename" => read(params).and_then(|params| on_prepare(server, &params)),
        "textDocument/rename" => read(params).and_then(|params| on_rename(server, &params)),
        "textDocument/codeAction" => read(params).and_then(|params| on_actions(server, &params)),
        "codeAction/resolve" => read(params).and_then(|action| on_resolve(server, action)),
        "textDocument/inlayHint" => read(params).and_then(|params| on_inlays(server, &params)),
        "textDocument/codeLens" => read(params).and_then(|params| on_lenses(server, &params)),
        "workspace/executeCommand" => read(params).and_then(|params| on_command(server, &params)),
        _ => Err(Refused(ErrorCode::MethodNotFound, format!("unknown request `{method}`"))),
    };
    match outcome {
        Ok(value) => Response::new_ok(id, value),
        Err(Refused(code, why)) => error(id, code, why),
    }
}

/// The look that a request is about, its file, and the byte.
fn place(server: &mut Server<'_>, at: &TextDocumentPositionParams) -> Option<(Rc<Analysis>, FileIx, usize)> {
    let uri = &at.text_document.uri.0;
    let analysis = server.analysis(uri)?;
    let file = analysis.file(uri)?;
    let lines = &analysis.seen(file)?.lines;
    let byte = lines.byte(analysis.sources.text(file), at.position, server.client.encoding);
    Some((analysis, file, byte))
}

/// The same of a range.
fn bytes(
    server: &Server<'_>,
    analysis: &Analysis,
    file: FileIx,
    range: gen_lsp_types::Range,
) -> Range<usize> {
    let text = analysis.sources.text(file);
    let Some(seen) = analysis.seen(file) else { return 0..0 };
    let byte = |position| seen.lines.byte(text, position, server.client.encoding);
    let (from, to) = (byte(range.start), byte(range.end));
    from..to.max(from)
}

fn file(server: &mut Server<'_>, uri: &str) -> Option<(Rc<Analysis>, FileIx)> {
    let analysis = server.analysis(uri)?;
    let file = analysis.file(uri)?;
    Some((analysis, file))
}

fn on_hover(server: &mut Server<'_>, params: &HoverParams) -> Answer {
    let Some((analysis, file, byte)) = place(server, &params.text_document_position_params) else {
        return Ok(Value::Null);
    };
    let Some((value, about)) = hover::hover(&analysis, file, byte) else { return Ok(Value::Null) };
    let kind = if server.client.hover_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let range = Some(analysis.range(file, about, server.client.encoding));
    answered(Hover { contents: Contents::MarkupContent(MarkupContent { kind, value }), range })
}

fn on_completion(server: &mut Server<'_>, params: &CompletionParams) -> Answer {
    let at = &params.text_document_position_params;
    let uri = &at.text_document.uri.0;
    let analysis = server.analysis(uri);
    if analysis.is_none() && !server.may_begin(uri) {
        return Ok(Value::Null);
    }
    let Some(document) = server.document(uri) else { return Ok(Value::Null) };
    let encoding = server.client.encoding;
    let typing = Typing {
        text: &document.text,
        lines: &document.lines,
        encoding,
        markdown: server.client.completion_markdown,
    };
    let byte = document.lines.byte(&document.text, at.position, encoding);
    answered(CompletionResponse::CompletionItemList(complete(analysis.as_deref(), typing, byte)))
}

fn on_definition(server: &mut Server<'_>, params: &DefinitionParams) -> Answer {
    let Some((analysis, file, byte)) = place(server, &params.text_document_position_params) else {
        return Ok(Value::Null);
    };
    answered(navigation::definition(&analysis, file, byte, server.client.encoding))
}

fn on_references(server: &mut Server<'_>, params: &ReferenceParams) -> Answer {
    let Some((analysis, file, byte)) = place(server, &params.text_document_position_params) else {
        return Ok(Value::Null);
    };
    let with_definition = params.context.include_declaration;
    answered(navigation::references(&analysis, file, byte, with_definition, server.client.encoding))
}

fn on_symbols(server: &mut Server<'_>, params: &DocumentSymbolParams) -> Answer {
    let uri = &params.text_document.uri.0;
    let Some((analysis, file)) = file(server, uri) else { return Ok(Value::Null) };
    let all = symbols::symbols(&analysis, file, server.client.encoding);
    if server.client.nested_symbols { answered(all) } else { answered(symbols::flat(&all, uri)) }
}

fn on_prepare(server: &mut Server<'_>, params: &PrepareRenameParams) -> Answer {
    let Some((analysis, file, byte)) = place(server, &params.text_document_position_params) else {
        return Ok(Value::Null);
    };
    let Some((at, placeholder)) = rename::prepare(&analysis, file, byte) else { return Ok(Value::Null) };
    let range = analysis.range(file, at, server.client.encoding);
    answered(PrepareRenamePlaceholder { range, placeholder })
}

fn on_rename(server: &mut Server<'_>, params: &RenameParams) -> Answer {
    let Some((analysis, file, byte)) = place(server, &params.text_document_position_params) else {
        return Err(failed("this is no part of a portfolio".to_owned()));
    };
    let files = rename::rename(&analysis, file, byte, params.new_name.trim()).map_err(failed)?;
    answered(edit_of(server, &analysis, &files))
}

fn edit_of(server: &Server<'_>, analysis: &Analysis, files: &[EditedFile]) -> gen_lsp_types::WorkspaceEdit {
    let each = files.iter().map(|file| (file.file, &*file.splices));
    workspace_edit(analysis, each, server.client.taking())
}

fn on_actions(server: &mut Server<'_>, params: &CodeActionParams) -> Answer {
    let uri = &params.text_document.uri.0;
    let is_wanted = |kind: &CodeActionKind| matches!(kind, CodeActionKind::QuickFix | CodeActionKind::Empty);
    if params.context.only.as_ref().is_some_and(|only| !only.iter().any(is_wanted)) {
        return Ok(Value::Array(Vec::new()));
    }
    let Some((analysis, file)) = file(server, uri) else { return Ok(Value::Null) };
    let bytes = bytes(server, &analysis, file, params.range);
    let mut all = Vec::new();
    for action in actions::actions(&analysis, file, &bytes) {
        let mut made = of_action(&action, uri, params);
        if !server.client.lazy_actions {
            let told = action.told.as_ref().map(|(option, value)| (option.as_str(), value.as_str()));
            // What `fix` refuses is not offered.
            let Ok(files) = actions::made(&analysis, &action.act, told) else { continue };
            made.edit = Some(edit_of(server, &analysis, &files));
            made.data = None;
        }
        all.push(made);
    }
    answered(all)
}

fn of_action(action: &Action, uri: &str, params: &CodeActionParams) -> CodeAction {
    let resolves = |one: &&gen_lsp_types::Diagnostic| {
        let factor = one.data.as_ref().and_then(|data| data.get("factor")).and_then(Value::as_str);
        one.source.as_deref() == Some(SOURCE)
            && factor.is_some_and(|factor| action.factors.iter().any(|id| id == factor))
    };
    let resolved: Vec<_> = params.context.diagnostics.iter().filter(resolves).cloned().collect();
    CodeAction {
        title: action.title.clone(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: (!resolved.is_empty()).then_some(resolved),
        is_preferred: action.is_mechanical.then_some(true),
        data: Some(serde_json::json!({"uri": uri, "act": action.act, "told": action.told})),
        ..CodeAction::default()
    }
}

fn on_resolve(server: &mut Server<'_>, mut action: CodeAction) -> Answer {
    let data = action.data.clone().unwrap_or_default();
    let text = |path: &str| data.pointer(path).and_then(Value::as_str);
    let (Some(uri), Some(act)) = (text("/uri"), text("/act")) else { return answered(action) };
    let Some(analysis) = server.analysis(uri) else {
        return Err(failed("this is no part of a portfolio".to_owned()));
    };
    let told = text("/told/0").zip(text("/told/1"));
    let files = actions::made(&analysis, act, told).map_err(failed)?;
    action.edit = Some(edit_of(server, &analysis, &files));
    answered(action)
}

fn on_inlays(server: &mut Server<'_>, params: &InlayHintParams) -> Answer {
    let Some((analysis, file)) = file(server, &params.text_document.uri.0) else { return Ok(Value::Null) };
    let bytes = bytes(server, &analysis, file, params.range);
    answered(hints::inlays(
        &analysis,
        file,
        &(bytes.start..bytes.end.saturating_add(1)),
        server.client.encoding,
    ))
}

fn on_lenses(server: &mut Server<'_>, params: &CodeLensParams) -> Answer {
    let Some((analysis, file)) = file(server, &params.text_document.uri.0) else { return Ok(Value::Null) };
    answered(hints::lenses(&analysis, file, server.client.encoding))
}

fn on_command(server: &mut Server<'_>, params: &ExecuteCommandParams) -> Answer {
    let arguments = params.arguments.as_deref().unwrap_or_default();
    let text = |at: usize| arguments.get(at).and_then(Value::as_str);
    let (hints::SQUAD_COMMAND, Some(uri), Some(squad)) = (params.command.as_str(), text(0), text(1)) else {
        return Err(Refused(ErrorCode::InvalidParams, format!("unknown command `{}`", params.command)));
    };
    let message = server.analysis(uri).and_then(|analysis| hints::squad(&analysis, squad));
    let message = message.unwrap_or_else(|| "nobody is scored in this squad".to_owned());
    let params = ShowMessageParams { kind: MessageType::Info, message };
    server.send(Message::Notification(Notification::new("window/showMessage".to_owned(), params)));
    Ok(Value::Null)
}
