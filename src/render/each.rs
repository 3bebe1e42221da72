//! A line of `debt score --each`: one portfolio of many, whatever becomes of it.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::escape::JsonControls;
use super::{Breakdown, Screen, View, json};
use crate::report::Report;
use crate::report::contract::Version;

/// A line of `debt score --each`. `report` or `errors` is there, never both.
#[derive(JsonSchema)]
#[schemars(title = "DebtEach")]
pub struct EachLine {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Which of the paths it is, from 1 on, in the order in which they were typed.
    pub number: usize,
    /// The path as it was typed; null where files are not shown.
    pub path: Option<String>,
    /// What `debt score --format json` prints for it, under the schema `report`, on one line; null where nothing could be
    /// scored.
    pub report: Option<Map<String, Value>>,
    /// What is wrong with it, under the schema `errors`; null where it was scored.
    pub errors: Option<Map<String, Value>>,
}

/// Which portfolio a line is about.
pub struct Which<'p> {
    /// Counted from 1.
    pub number: usize,
    /// As it was typed, where it is shown.
    pub path: Option<&'p str>,
}

impl Which<'_> {
    /// The line of a portfolio that was scored.
    pub fn scored(&self, report: &Report<'_>) -> io::Result<Vec<u8>> {
        let screen = Screen { width: None, colour: false, drawing: true };
        let view = View::whole(screen, Breakdown::Group);
        let mut text = Vec::new();
        json::render(report, &view, &mut text)?;
        self.line(&text, b"null")
    }

    /// The line of a portfolio that could not be scored, from its errors as JSON.
    pub fn unscored(&self, errors: &str) -> io::Result<Vec<u8>> {
        self.line(b"null", errors.as_bytes())
    }

    fn line(&self, report: &[u8], errors: &[u8]) -> io::Result<Vec<u8>> {
        let mut line =
            format!("{{\"schema_version\": 1, \"number\": {}, \"path\": ", self.number).into_bytes();
        self.path.serialize(&mut serde_json::Serializer::with_formatter(&mut line, JsonControls))?;
        line.write_all(b", \"report\": ")?;
        on_one_line(report, &mut line);
        line.write_all(b", \"errors\": ")?;
        on_one_line(errors, &mut line);
        line.write_all(b"}\n")?;
        Ok(line)
    }
}

/// JSON without the breaks between its lines; strings have none.
fn on_one_line(json: &[u8], to: &mut Vec<u8>) {
    let lines = json.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    let mut between: &[u8] = b"";
    for line in lines.filter(|line| !line.is_empty()) {
        // No blank inside of brackets, and one behind a comma, as in the rest of a line.
        let closes = line.starts_with(b"}") || line.starts_with(b"]");
        if !closes {
            to.extend_from_slice(between);
        }
        to.extend_from_slice(line);
        between = if line.ends_with(b",") { b" " } else { b"" };
    }
}
