//! A client of the protocol, as small as can be: it starts the server, sends what it is told to, and waits for answers.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ChildStdin;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::run::{self, Talking};

/// A debug build on a busy machine answers within this.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with its server.
pub(crate) struct Client {
    talking: Talking,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    versions: HashMap<String, i64>,
    /// What was said last about each file, and for which version.
    pub(crate) said: HashMap<String, (Option<i64>, Vec<Value>)>,
    /// Everything else that the server sent by itself.
    pub(crate) heard: Vec<Value>,
}

/// The address of a file.
pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().expect("UTF-8").replace(' ', "%20"))
}

/// What an editor that can do everything says of itself.
pub(crate) fn able() -> Value {
    json!({
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]}},
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        },
    })
}

impl Client {
    /// A server that was started in a folder and initialized by an editor with these capabilities.
    pub(crate) fn start(folder: &Path, arguments: &[&str], capabilities: Value) -> Client {
        let mut client = Client::raw(folder, arguments);
        let result = client.initialize(capabilities);
        assert!(result["capabilities"]["hoverProvider"].as_bool().expect("a capability"));
        client
    }

    /// A server that was started and told nothing yet.
    pub(crate) fn raw(folder: &Path, arguments: &[&str]) -> Client {
        Client::of(run::debt().arg("lsp").args(arguments).within(folder).begin())
    }

    /// A client of a process.
    pub(crate) fn of(mut talking: Talking) -> Client {
        let (input, output) = talking.pipes();
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Client {
            talking,
            input: Some(input),
            messages,
            next: 0,
            versions: HashMap::new(),
            said: HashMap::new(),
            heard: Vec::new(),
        }
    }

    pub(crate) fn initialize(&mut self, capabilities: Value) -> Value {
        let result =
            self.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        self.tell("initialized", json!({}));
        result
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("it is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send_message(&mut self, message: &Value) {
        let text = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send_message(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and does not wait; its number.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send_message(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The next message, whatever it is; what the server says of files is noted.
    pub(crate) fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says something");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().expect("an address").to_owned();
            let all = params["diagnostics"].as_array().expect("a list").clone();
            self.said.insert(uri, (params["version"].as_i64(), all));
        } else if message.get("method").is_some() {
            self.heard.push(message.clone());
        }
        message
    }

    /// The whole answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == id {
                return message;
            }
        }
    }

    /// A request and its result.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// A request and its error.
    #[track_caller]
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        let code = error["code"].as_i64().unwrap_or_else(|| panic!("{method}: {answer}"));
        (code, error["message"].as_str().expect("words").to_owned())
    }

    /// Opens a text, and waits for what there is to say about it.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        // What was said about an earlier one is not about this one.
        self.said.remove(uri);
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}),
        );
    }

    /// Changes a text: a range in the agreed units, or all of it.
    pub(crate) fn change(&mut self, uri: &str, changes: Value) -> i64 {
        let version = self.versions.get_mut(uri).expect("it is open");
        *version += 1;
        let version = *version;
        let document = json!({"uri": uri, "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        version
    }

    /// Replaces a text as a whole.
    pub(crate) fn replace(&mut self, uri: &str, text: &str) {
        self.change(uri, json!([{"text": text}]));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// What is said about the present version of an open text.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let version = self.versions[uri];
        while self.said.get(uri).is_none_or(|(said, _)| *said != Some(version)) {
            self.next();
        }
        self.said[uri].1.clone()
    }

    /// A request about a place in a text.
    #[track_caller]
    pub(crate) fn at(&mut self, method: &str, uri: &str, (line, character): (usize, usize)) -> Value {
        self.ask(method, place(uri, (line, character)))
    }

    /// Ends the server as the protocol has it; its exit status.
    pub(crate) fn end(mut self) -> i32 {
        assert!(self.ask("shutdown", Value::Null).is_null());
        self.tell("exit", Value::Null);
        self.talking.status()
    }

    /// Closes its input; its exit status.
    pub(crate) fn hang_up(mut self) -> i32 {
        drop(self.input.take());
        self.talking.status()
    }

    /// Its exit status, once it has ended.
    pub(crate) fn status(mut self) -> i32 {
        self.talking.status()
    }

    pub(crate) fn kill(mut self) {
        self.talking.kill();
    }
}

/// The parameters of a request about a place.
pub(crate) fn place(uri: &str, (line, character): (usize, usize)) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A folder with files.
pub(crate) fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let real = folder.path().canonicalize().expect("it is there");
    for (name, text) in files {
        let path = real.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    (folder, real)
}

/// The place of a text in another: line and column in units of UTF-16. A `|` in what is looked for is where the cursor is.
#[track_caller]
pub(crate) fn find(text: &str, wanted: &str) -> (usize, usize) {
    let (before, after) = wanted.split_once('|').unwrap_or((wanted, ""));
    let from = text.find(&format!("{before}{after}")).unwrap_or_else(|| panic!("no {wanted}"));
    let cursor = if wanted.contains('|') { from + before.len() } else { from };
    position(text, cursor)
}

/// The line and column of a byte.
pub(crate) fn position(text: &str, byte: usize) -> (usize, usize) {
    let line = text[..byte].matches('\n').count();
    let start = text[..byte].rfind('\n').map_or(0, |end| end + 1);
    (line, text[start..byte].encode_utf16().count())
}

/// A text with edits made to it: ranges in units of UTF-16.
pub(crate) fn edited(text: &str, edits: &[Value]) -> String {
    let byte = |position: &Value| {
        let number =
            |key: &str| usize::try_from(position[key].as_u64().expect("a number")).expect("it is small");
        let (line, character) = (number("line"), number("character"));
        let from: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let rest = text[from..].char_indices();
        let at = rest.take_while(|(_, c)| {
            units += c.len_utf16();
            units <= character
        });
        from + at.map(|(at, c)| at + c.len_utf8()).last().unwrap_or(0)
    };
    let mut all: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (byte(&range["start"]), byte(&range["end"]), edit["newText"].as_str().expect("text"))
        })
        .collect();
    all.sort_unstable();
    let mut out = text.to_owned();
    for (from, to, new) in all.into_iter().rev() {
        out.replace_range(from..to, new);
    }
    out
}
