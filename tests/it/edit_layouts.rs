//! Portfolios written in every layout that an edit must keep: block and flow style, JSON, comments, line ends.

use proptest::prelude::*;
use serde_json::Value;

/// How a portfolio is written.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one way to write it")]
pub(crate) struct Layout {
    /// 0: block style; 1: items in braces; 2: JSON in lines; 3: JSON without blanks.
    pub(crate) style: u8,
    /// How far in the items of a list are.
    pub(crate) indent: usize,
    /// Comments behind values and above keys and items.
    pub(crate) comments: bool,
    /// Short lists as lines, not in brackets.
    pub(crate) lists_as_lines: bool,
    /// A blank line between items.
    pub(crate) apart: bool,
    pub(crate) crlf: bool,
    pub(crate) final_newline: bool,
}

/// Any layout.
pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    (0..4_u8, 0..3_usize, any::<(bool, bool, bool, bool, bool)>()).prop_map(|(style, indent, flags)| Layout {
        style,
        indent: indent * 2,
        comments: flags.0,
        lists_as_lines: flags.1,
        apart: flags.2,
        crlf: flags.3,
        final_newline: flags.4,
    })
}

impl Layout {
    /// The text of a portfolio in this layout.
    pub(crate) fn write(self, portfolio: &Value) -> String {
        let mut text = match self.style {
            2 => serde_json::to_string_pretty(portfolio).expect("JSON") + "\n",
            3 => portfolio.to_string() + "\n",
            _ => self.sections(portfolio),
        };
        if !self.final_newline {
            text.truncate(text.trim_end().len());
        }
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }

    fn comment(self, what: &str) -> String {
        if self.comments { format!("  # {what} é: [x]") } else { String::new() }
    }

    fn sections(self, portfolio: &Value) -> String {
        let mut out = String::new();
        for (key, value) in portfolio.as_object().expect("a mapping") {
            if self.comments {
                out.push_str(&format!("# above {key}\n"));
            }
            match value.as_array().filter(|items| items.iter().any(Value::is_object)) {
                Some(items) => {
                    out.push_str(&format!("{key}:{}\n", self.comment("section")));
                    for item in items {
                        self.item(item, &mut out);
                    }
                }
                None => self.entry(key, value, 0, &mut out),
            }
        }
        out
    }

    fn item(self, item: &Value, out: &mut String) {
        let pad = " ".repeat(self.indent);
        if self.apart {
            out.push('\n');
        }
        if self.comments {
            out.push_str(&format!("{pad}# above an item\n"));
        }
        if self.style == 1 {
            out.push_str(&format!("{pad}- {}{}\n", flow(item), self.comment("item")));
            return;
        }
        let mut lines = String::new();
        for (key, value) in item.as_object().expect("an item") {
            if self.comments && !lines.is_empty() {
                lines.push_str(&format!("{pad}  # above {key}\n"));
            }
            self.entry(key, value, self.indent + 2, &mut lines);
        }
        out.push_str(&lines.replacen(&format!("{pad}  "), &format!("{pad}- "), 1));
        if self.comments {
            out.push_str(&format!("{pad}  # below an item\n"));
        }
    }

    fn entry(self, key: &str, value: &Value, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        let comment = self.comment(key);
        match value {
            Value::Array(items) if self.lists_as_lines && !items.is_empty() => {
                out.push_str(&format!("{pad}{key}:{comment}\n"));
                for item in items {
                    out.push_str(&format!("{pad}  - {}{comment}\n", flow(item)));
                }
            }
            Value::Object(entries) if !self.comments && !entries.is_empty() => {
                out.push_str(&format!("{pad}{key}:\n"));
                entries.iter().for_each(|(key, value)| self.entry(key, value, indent + 2, out));
            }
            _ => out.push_str(&format!("{pad}{key}: {}{comment}\n", flow(value))),
        }
    }
}

/// A value on one line, texts that are no plain words in double quotes.
fn flow(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) if text.starts_with('p') || text.starts_with("20") => {
            if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                text.clone()
            } else {
                value.to_string()
            }
        }
        _ => value.to_string(),
    }
}
