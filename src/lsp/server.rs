//! What is open, and which message is answered when. Changes that wait together are one look at the texts.

mod publish;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;
use std::rc::Rc;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeParams,
    InitializeResult, MessageType, ServerInfo, ShowMessageParams, TextDocumentContentChangeEvent as Change,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

use super::analysis::{Analysis, analyse};
use super::capabilities::{self, Client};
use super::document::Document;
use super::project::{self, Looks, Project, Typed};
use super::requests;
use super::uri;
use crate::base::day::Day;
use crate::model::Clock;
use crate::source::is_yaml;
use publish::Said;

/// What the server is started with.
pub struct Options {
    /// What was typed.
    pub typed: Typed,
    /// The day to score at, where one was asked for.
    pub as_of: Option<Day>,
    /// Today, asked each time: a server runs for days.
    pub today: Box<dyn Fn() -> Day>,
    /// The version of the program.
    pub version: &'static str,
}

/// How a server ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// As the protocol has it: it was told to shut down, and then to exit.
    InOrder,
    /// It was told to exit at once, or whoever talked to it is gone.
    Abruptly,
}

/// An open document, and the portfolio that it is a part of.
struct Open {
    document: Document,
    project: Option<Project>,
    looks: Looks,
}

/// A portfolio with open documents.
#[derive(Default)]
struct Looked {
    analysis: Option<Rc<Analysis>>,
    /// Whether a text has changed since.
    is_stale: bool,
    /// Whether what there is to say has not been said.
    is_due: bool,
}

impl Looked {
    fn expire(&mut self) {
        (self.is_stale, self.is_due) = (true, true);
    }
}

/// Everything that a server knows.
pub struct Server<'c> {
    connection: &'c Connection,
    options: Options,
    /// What the client can do.
    pub client: Client,
    open: HashMap<String, Open>,
    looked: HashMap<Project, Looked>,
    /// What was said about each file, and for which version.
    published: HashMap<String, Said>,
    /// Whether it is to be found out anew which documents are which portfolio.
    is_unsorted: bool,
    /// Whether documents have come, gone or moved to another portfolio.
    has_moved: bool,
    is_shut_down: bool,
    requests: i32,
}

/// Serves a client until it is gone.
pub fn serve(connection: &Connection, options: Options) -> Ended {
    let Some(client) = handshake(connection, options.version) else { return Ended::Abruptly };
    let mut server = Server {
        connection,
        options,
        client,
        open: HashMap::new(),
        looked: HashMap::new(),
        published: HashMap::new(),
        is_unsorted: false,
        has_moved: false,
        is_shut_down: false,
        requests: 0,
    };
    server.watch_files();
    while let Ok(first) = connection.receiver.recv() {
        let mut waiting: VecDeque<Message> = VecDeque::from([first]);
        waiting.extend(connection.receiver.try_iter());
        let cancelled: HashSet<RequestId> = waiting.iter().filter_map(cancels).collect();
        while let Some(message) = waiting.pop_front() {
            match message {
                Message::Request(request) => {
                    let response = if cancelled.contains(&request.id) {
                        error(request.id, ErrorCode::RequestCanceled, "cancelled".to_owned())
                    } else {
                        server.request(request)
                    };
                    server.send(Message::Response(response));
                }
                Message::Notification(one) if one.method == "exit" => {
                    return if server.is_shut_down { Ended::InOrder } else { Ended::Abruptly };
                }
                Message::Notification(one) => server.notice(one),
                // What this server asks for can be refused.
                Message::Response(_) => {}
            }
        }
        server.publish();
    }
    Ended::Abruptly
}

/// The first exchange; `None` where there was none.
fn handshake(connection: &Connection, version: &str) -> Option<Client> {
    loop {
        match connection.receiver.recv().ok()? {
            Message::Request(request) if request.method == "initialize" => {
                let params: InitializeParams = match serde_json::from_value(request.params) {
                    Ok(params) => params,
                    Err(why) => {
                        let response = error(request.id, ErrorCode::InvalidParams, why.to_string());
                        connection.sender.send(response.into()).ok()?;
                        continue;
                    }
                };
                let client = Client::of(&params.capabilities);
                let result = InitializeResult {
                    capabilities: capabilities::server(client.encoding),
                    server_info: Some(ServerInfo {
                        name: "debt".to_owned(),
                        version: Some(version.to_owned()),
                    }),
                };
                connection.sender.send(Response::new_ok(request.id, result).into()).ok()?;
                return Some(client);
            }
            Message::Request(request) => {
                let words = "the first request must be `initialize`".to_owned();
                let response = error(request.id, ErrorCode::ServerNotInitialized, words);
                connection.sender.send(response.into()).ok()?;
            }
            Message::Notification(one) if one.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
}

/// An answer that says why there is none.
pub fn error(id: RequestId, code: ErrorCode, message: String) -> Response {
    Response::new_err(id, code as i32, message)
}

/// The request that is not wanted any more.
fn cancels(message: &Message) -> Option<RequestId> {
    let Message::Notification(one) = message else { return None };
    let id = one.params.get("id").filter(|_| one.method == "$/cancelRequest")?;
    serde_json::from_value(id.clone()).ok()
}

/// The changes to a document. One with a range that cannot be read looks like one of the whole text, and is none.
fn read_changes(params: Value) -> Result<DidChangeTextDocumentParams, String> {
    let sent = params.get("contentChanges").and_then(Value::as_array).into_iter().flatten();
    let ranges = sent.filter(|change| change.get("range").is_some_and(|range| !range.is_null())).count();
    let params: DidChangeTextDocumentParams =
        serde_json::from_value(params).map_err(|why| why.to_string())?;
    let is_part = |change: &&Change| matches!(change, Change::TextDocumentContentChangePartial(_));
    if params.content_changes.iter().filter(is_part).count() == ranges {
        Ok(params)
    } else {
        Err("a range of a change is none".to_owned())
    }
}

impl Server<'_> {
    /// Sends a message; where nobody is there any more, the next read finds that.
    pub fn send(&self, message: Message) {
        drop(self.connection.sender.send(message));
    }

    fn clock(&self) -> Clock {
        Clock { as_of: self.options.as_of, today: (self.options.today)() }
    }

    /// Asks to be told when files change on the disk.
    fn watch_files(&mut self) {
        if !self.client.watches {
            return;
        }
        self.requests = self.requests.saturating_add(1);
        let watchers = serde_json::json!([{"globPattern": "**/*.{yaml,yml}"}]);
        let registration = serde_json::json!({
            "id": "debt-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        });
        let params = serde_json::json!({"registrations": [registration]});
        let id = RequestId::from(self.requests);
        self.send(Message::Request(Request { id, method: "client/registerCapability".to_owned(), params }));
    }

    fn request(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        if self.is_shut_down {
            return error(id, ErrorCode::InvalidRequest, "the server is shut down".to_owned());
        }
        match method.as_str() {
            "shutdown" => {
                self.is_shut_down = true;
                Response::new_ok(id, Value::Null)
            }
            "initialize" => {
                error(id, ErrorCode::InvalidRequest, "the server is initialized already".to_owned())
            }
            _ => requests::answer(self, id, &method, params),
        }
    }

    fn notice(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned);
        // What does not look as the protocol has it is passed over, except where that leaves an old text.
        match method.as_str() {
            "textDocument/didOpen" => match serde_json::from_value::<DidOpenTextDocumentParams>(params) {
                Ok(params) => {
                    let document = params.text_document;
                    self.open(Document::new(document.uri.0, document.version, document.text));
                }
                Err(why) => self.lose(uri, &why.to_string()),
            },
            "textDocument/didChange" => match read_changes(params) {
                Ok(params) => self.change(params),
                Err(why) => self.lose(uri.filter(|uri| self.open.contains_key(uri)), &why),
            },
            "textDocument/didClose" => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params) {
                    self.close(&params.text_document.uri.0);
                }
            }
            "textDocument/didSave"
            | "workspace/didChangeWatchedFiles"
            | "workspace/didChangeConfiguration" => {
                self.is_unsorted = true;
            }
            _ => {}
        }
    }

    fn open(&mut self, document: Document) {
        let looks = Looks::of(&document.text);
        let uri = document.uri.clone();
        // Whoever opens it waits for what there is to say about it, even if that was said about an earlier one.
        if let Some((version, _)) = self.published.get_mut(&uri) {
            *version = None;
        }
        self.open.insert(uri, Open { document, project: None, looks });
        self.is_unsorted = true;
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        let encoding = self.client.encoding;
        let Some(open) = self.open.get_mut(&id.text_document_identifier.uri.0) else { return };
        open.document.change(id.version, params.content_changes, encoding);
        let looks = Looks::of(&open.document.text);
        if looks != open.looks {
            open.looks = looks;
            self.is_unsorted = true;
        } else if let Some(looked) = open.project.as_ref().and_then(|project| self.looked.get_mut(project)) {
            looked.expire();
        }
    }

    /// Lets go of a document whose text is not known any more: what comes next would change the wrong places.
    fn lose(&mut self, uri: Option<String>, why: &str) {
        let Some(uri) = uri else { return };
        self.close(&uri);
        let message = format!("debt cannot follow {uri} until it is opened again: {why}");
        let params = ShowMessageParams { kind: MessageType::Warning, message };
        self.send(Message::Notification(Notification::new("window/showMessage".to_owned(), params)));
    }

    fn close(&mut self, uri: &str) {
        if self.open.remove(uri).is_some() {
            self.is_unsorted = true;
        }
    }

    /// Finds out anew which documents are which portfolio: files may have come, gone or changed. That reads every folder with
    /// an open document, so it waits until the answer is needed: an editor that opens twenty files says so twenty times.
    fn sort(&mut self) {
        if !std::mem::take(&mut self.is_unsorted) {
            return;
        }
        let texts: HashMap<_, _> =
            self.open.values().filter_map(|open| Some((open.document.path.clone()?, open))).collect();
        let overlay =
            |path: &Path| texts.get(&uri::real(path)).map(|open: &&Open| open.document.text.clone());
        let project = |open: &Open| match &open.document.path {
            Some(path) => project::of(path, &open.document.text, &self.options.typed, &overlay),
            None => open.looks.is_portfolio.then(|| Project {
                paths: Vec::new(),
                policy: self.options.typed.policy.clone(),
                buffer: Some(open.document.uri.clone()),
            }),
        };
        let found: Vec<(String, Option<Project>)> =
            self.open.iter().map(|(uri, open)| (uri.clone(), project(open))).collect();
        for (uri, project) in found {
            if let Some(open) = self.open.get_mut(&uri) {
                open.project = project;
            }
        }
        let wanted: HashSet<Project> = self.open.values().filter_map(|open| open.project.clone()).collect();
        self.looked.retain(|project, _| wanted.contains(project));
        for project in wanted {
            self.looked.entry(project).or_default().expire();
        }
        self.has_moved = true;
    }

    /// The document at an address.
    pub fn document(&self, uri: &str) -> Option<&Document> {
        self.open.get(uri).map(|open| &open.document)
    }

    /// The latest look at the portfolio of a document; `None` where it is part of none.
    pub fn analysis(&mut self, uri: &str) -> Option<Rc<Analysis>> {
        self.sort();
        let project = self.open.get(uri)?.project.clone()?;
        self.fresh(&project)
    }

    fn fresh(&mut self, project: &Project) -> Option<Rc<Analysis>> {
        let clock = self.clock();
        let looked = self.looked.get_mut(project)?;
        if looked.is_stale || looked.analysis.is_none() {
            let mine = self.open.values().filter(|open| open.project.as_ref() == Some(project));
            let mut documents: Vec<&Document> = mine.map(|open| &open.document).collect();
            documents.sort_by(|a, b| a.uri.cmp(&b.uri));
            let analysis = analyse(project, &documents, clock, looked.analysis.take());
            looked.analysis = Some(Rc::new(analysis));
            looked.is_stale = false;
        }
        looked.analysis.clone()
    }

    /// Whether a document may be the beginning of a portfolio.
    pub fn may_begin(&self, uri: &str) -> bool {
        let Some(open) = self.open.get(uri) else { return false };
        let is_named = open.document.path.as_deref().is_none_or(is_yaml);
        is_named && super::completion::may_become_one(&open.document.text)
    }
}
