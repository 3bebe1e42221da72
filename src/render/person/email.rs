//! `email`: a letter (RFC 5322) with a text and an HTML part (RFC 2046), for `sendmail -t`. Everything beyond ASCII is in
//! base64, so that no server has to change a byte; nothing is written where there is nothing to say.

use std::io::{self, Write};

use data_encoding::{BASE64, HEXLOWER};
use maud::html;
use sha2::{Digest, Sha256};

use super::super::escape::terminal;
use super::super::own::OwnView;
use super::digest::{parts, title};
use crate::base::names::Untrusted;
use crate::report::person::DigestReport;

/// So many bytes of base64 are on a line.
const LINE: usize = 76;
/// So many bytes of a header are in one word: 75 characters at most with what is around them.
const WORD: usize = 42;

pub(super) fn render(digest: &DigestReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    if digest.is_empty() {
        return Ok(());
    }
    let plain = |text: &Untrusted| terminal(text.raw());
    let subject = title(digest, &plain);
    let (text, page) = (text(digest), page(digest, &subject));
    let hash = HEXLOWER.encode(&Sha256::digest(format!("{subject}\0{text}").as_bytes()));
    let boundary = format!("debt-{}", hash.get(..32).unwrap_or_default());
    // An address has none but letters, digits and a few signs: it was an id.
    let receiver = digest.address.as_ref().map_or("undisclosed-recipients:;", |address| address.raw());
    let mut letter = format!(
        "Date: {}\r\nFrom: debt <debt@localhost>\r\nTo: {receiver}\r\nSubject: {}\r\nMessage-ID: <{}@debt.invalid>\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n\r\n",
        // The first second of the day: a letter that is made twice is the same.
        digest.head.as_of.for_letters(),
        header(&subject),
        hash.get(32..).unwrap_or_default()
    );
    for (kind, body) in [("plain", text), ("html", page)] {
        letter.push_str(&format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        ));
        letter.push_str(&wrapped(&BASE64.encode(body.as_bytes())));
    }
    letter.push_str(&format!("--{boundary}--\r\n"));
    to.write_all(letter.as_bytes())
}

fn text(digest: &DigestReport) -> String {
    let plain = |text: &Untrusted| terminal(text.raw());
    let mut text = format!("For {} alone.\n", plain(&digest.owner.label));
    for (heading, lines) in parts(digest, &plain) {
        text.push_str(&format!("\n{heading}\n\n"));
        for line in lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    text
}

fn page(digest: &DigestReport, title: &str) -> String {
    let plain = |text: &Untrusted| terminal(text.raw());
    let page = html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (title) } }
            body {
                h1 { (title) }
                p { "For " (digest.owner.label) " alone." }
                @for (heading, lines) in parts(digest, &plain) {
                    h2 { (heading) }
                    ul { @for line in lines { li { (line) } } }
                }
            }
        }
    };
    page.0
}

fn wrapped(encoded: &str) -> String {
    let mut lines = String::with_capacity(encoded.len());
    for line in encoded.as_bytes().chunks(LINE) {
        lines.push_str(&String::from_utf8_lossy(line));
        lines.push_str("\r\n");
    }
    lines
}

/// A header in words of RFC 2047 where it has more than printable ASCII, or would be too long for a line.
fn header(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) && text.len() <= WORD {
        return text.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for character in text.chars() {
        match words.last_mut() {
            Some(word) if word.len().saturating_add(character.len_utf8()) <= WORD => word.push(character),
            _ => words.push(character.to_string()),
        }
    }
    let encode = |word: &String| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()));
    words.iter().map(encode).collect::<Vec<_>>().join("\r\n ")
}
