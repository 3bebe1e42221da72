//! `slack`: Block Kit for a message, within its limits: 50 blocks, 150 characters in a header, 3,000 in a text.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::escape::{page, terminal};
use super::super::own::OwnView;
use super::digest::{parts, title};
use crate::base::names::Untrusted;
use crate::report::person::DigestReport;

const MOST_BLOCKS: usize = 50;
const LONGEST_HEADER: usize = 150;
const LONGEST_TEXT: usize = 3_000;

pub(super) fn render(digest: &DigestReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    if digest.is_empty() {
        return Ok(());
    }
    let plain = |text: &Untrusted| terminal(text.raw());
    let heading = title(digest, &plain);
    let mut blocks = vec![json!({
        "type": "header",
        "text": {"type": "plain_text", "text": cut(&heading, LONGEST_HEADER), "emoji": false},
    })];
    let say = |text: &Untrusted| mrkdwn(text.raw());
    for (heading, lines) in parts(digest, &say) {
        let mut text = format!("*{heading}*");
        for line in lines {
            let line = format!("\n\u{2022} {line}");
            // What does not fit goes into a block of its own.
            if length(&text) + length(&line) > LONGEST_TEXT {
                blocks.push(section(&text));
                text = String::from(line.trim_start());
            } else {
                text.push_str(&line);
            }
        }
        blocks.push(section(&text));
    }
    blocks.truncate(MOST_BLOCKS);
    let message = json!({"text": cut(&heading, LONGEST_TEXT), "blocks": blocks});
    writeln!(to, "{message}")
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": cut(text, LONGEST_TEXT), "verbatim": true}})
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['\u{2026}']).collect()
}

/// Text that mentions nobody, links nowhere and has no style: a space without width parts what would.
fn mrkdwn(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in page(text).chars() {
        match character {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '*' | '_' | '~' | '`' | '@' | '#' | ':' => shown.extend([character, '\u{200B}']),
            other => shown.push(other),
        }
    }
    shown
}
