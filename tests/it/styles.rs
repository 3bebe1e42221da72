//! Writes plain data as YAML in a random mixture of the styles that people use.

use std::fmt::Write as _;

use serde_json::Value;

/// The same data in a style of its own; the same seed gives the same text.
pub(crate) fn styled(value: &Value, seed: u64) -> String {
    let mut hand = Hand { seed, anchors: Vec::new() };
    let mut out = String::new();
    if hand.flips(3) {
        out.push_str("# a comment\n---\n");
    }
    hand.block(value, 0, &mut out);
    if hand.flips(4) {
        out.push_str("...\n");
    }
    out
}

struct Hand {
    seed: u64,
    /// Values that have an anchor, with its name.
    anchors: Vec<(Value, String)>,
}

impl Hand {
    fn below(&mut self, most: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % most
    }

    fn flips(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// An alias where the value has an anchor already; else sometimes an anchor in front of it.
    fn anchor(&mut self, value: &Value, out: &mut String) -> bool {
        let known = self.anchors.iter().find(|(anchored, _)| anchored == value).map(|(_, name)| name.clone());
        if let Some(name) = known {
            if self.flips(2) {
                write!(out, "*{name} ").expect("memory takes it");
                return true;
            }
        } else if !value.is_null() && self.flips(12) {
            let name = format!("a{}", self.anchors.len());
            write!(out, "&{name} ").expect("memory takes it");
            self.anchors.push((value.clone(), name));
        }
        false
    }

    /// A value as lines of their own, each behind so many blanks.
    fn block(&mut self, value: &Value, indent: usize, out: &mut String) {
        let margin = " ".repeat(indent);
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    if self.flips(10) {
                        writeln!(out, "\n{margin}# about {key}").expect("memory takes it");
                    }
                    let key = if self.flips(6) { format!("\"{key}\"") } else { key.clone() };
                    write!(out, "{margin}{key}: ").expect("memory takes it");
                    self.value_behind(value, indent, out);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    write!(out, "{margin}- ").expect("memory takes it");
                    self.value_behind(item, indent, out);
                }
            }
            other => {
                out.push_str(&margin);
                self.flow(other, out);
                out.push('\n');
            }
        }
    }

    /// A value behind a key or a dash, up to the end of its last line.
    fn value_behind(&mut self, value: &Value, indent: usize, out: &mut String) {
        let is_nested = match value {
            Value::Object(entries) => !entries.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        // A section as a whole is never repeated.
        if indent > 0 && self.anchor(value, out) {
            out.push('\n');
        } else if is_nested && !self.flips(4) {
            out.push_str(if self.flips(8) { "# below\n" } else { "\n" });
            let deeper = [2, 4][usize::from(self.flips(4))];
            self.block(value, indent + deeper, out);
        } else {
            match value.as_str().filter(|text| is_literal(text)) {
                Some(text) if self.flips(2) => {
                    let keep = if text.ends_with('\n') { "" } else { "-" };
                    writeln!(out, "|{keep}").expect("memory takes it");
                    let margin = " ".repeat(indent + 2);
                    text.lines().for_each(|line| writeln!(out, "{margin}{line}").expect("memory takes it"));
                }
                _ => {
                    self.flow(value, out);
                    out.push_str(if self.flips(8) { "   # so it is\n" } else { "\n" });
                }
            }
        }
    }

    /// A value on one line, or on several where a flow collection may break.
    fn flow(&mut self, value: &Value, out: &mut String) {
        match value {
            Value::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    write!(out, "{key}: ").expect("memory takes it");
                    if !self.anchor(value, out) {
                        self.flow(value, out);
                    }
                }
                out.push('}');
            }
            Value::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    if !self.anchor(item, out) {
                        self.flow(item, out);
                    }
                }
                out.push_str(if items.is_empty() || self.flips(2) { "]" } else { " ,]" });
            }
            Value::String(text) => self.text(text, out),
            Value::Null => out.push_str(["null", "~"][usize::from(self.flips(2))]),
            Value::Bool(_) | Value::Number(_) => write!(out, "{value}").expect("memory takes it"),
        }
    }

    fn text(&mut self, text: &str, out: &mut String) {
        match self.below(3) {
            0 if is_plain(text) => out.push_str(text),
            1 if !text.contains(['\n', '\t']) => {
                write!(out, "'{}'", text.replace('\'', "''")).expect("memory takes it");
            }
            _ => write!(out, "{}", Value::from(text)).expect("memory takes it"),
        }
    }
}

/// Whether a text can stand as a literal block.
fn is_literal(text: &str) -> bool {
    let starts_well = text.starts_with(|first: char| first.is_alphanumeric());
    starts_well && !text.ends_with("\n\n") && !text.lines().any(|line| line.starts_with(' '))
}

/// Whether a text can stand without quotes, also between brackets.
fn is_plain(text: &str) -> bool {
    let plain =
        text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | '.' | ' ') || c.is_ascii_digit());
    let starts_well = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    let date = Value::from(text).as_str().and_then(debt::base::day::Day::parse).is_some();
    let word = ["null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"].contains(&text);
    (plain && starts_well && !word) || date
}
