//! Messages over standard input and output. What cannot be read as a message is answered with an error, and the next one is
//! read: an editor that sends something odd once need not lose the server.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::Value;

/// Nothing that an editor sends is longer: whoever says so counts in something else, and where the next message begins nobody
/// knows.
const LONGEST: u64 = 256 * 1024 * 1024;
/// So much of a line is read at once.
const LONGEST_LINE: u64 = 4096;
/// A length and what it is called are shorter than this.
const LONGEST_HEAD: usize = 256;

/// What was read.
enum Frame {
    Message(Message),
    /// Something that is no message.
    Malformed(String),
    /// A request with this for a number, which is none.
    Unnumbered(Value),
    /// Nothing behind it can be read.
    Lost(String),
    End,
}

/// Both directions of a connection on threads of their own.
#[derive(Debug)]
pub struct Threads {
    writer: std::thread::JoinHandle<()>,
}

impl Threads {
    /// Waits until everything is written. The connection must have been let go.
    pub fn finish(self) {
        drop(self.writer.join());
    }
}

/// A connection to whoever started this process.
pub fn stdio() -> (Connection, Threads) {
    let (ours, theirs) = Connection::memory();
    let Connection { sender, receiver } = theirs;
    let writer = std::thread::spawn(move || {
        for message in receiver {
            // Nobody reads any more; the reader will find its end, too.
            if message.write(&mut io::stdout().lock()).is_err() {
                break;
            }
        }
    });
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            match frame(&mut input) {
                Ok(Frame::Message(message)) => {
                    let is_exit = matches!(&message, Message::Notification(one) if one.method == "exit");
                    if sender.send(message).is_err() || is_exit {
                        break;
                    }
                }
                Ok(Frame::Malformed(why)) => {
                    if refuse(&mut io::stdout().lock(), ErrorCode::ParseError, &Value::Null, &why).is_err() {
                        break;
                    }
                }
                Ok(Frame::Unnumbered(id)) => {
                    let why = "the id of a request must be a text or a whole number of 32 bits";
                    if refuse(&mut io::stdout().lock(), ErrorCode::InvalidRequest, &id, why).is_err() {
                        break;
                    }
                }
                Ok(Frame::Lost(why)) => {
                    drop(refuse(&mut io::stdout().lock(), ErrorCode::ParseError, &Value::Null, &why));
                    break;
                }
                Ok(Frame::End) | Err(_) => break,
            }
        }
    });
    (ours, Threads { writer })
}

/// Reads one message.
fn frame(input: &mut impl BufRead) -> io::Result<Frame> {
    let Some(length) = head(input)? else { return Ok(Frame::End) };
    let Ok(length) = length else { return Ok(Frame::Malformed("a message without a length".to_owned())) };
    if length > LONGEST {
        return Ok(Frame::Lost(format!("a message of {length} bytes is too long; the server ends")));
    }
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if u64::try_from(body.len()).unwrap_or(u64::MAX) < length {
        return Ok(Frame::End);
    }
    Ok(message(body).unwrap_or_else(|error| Frame::Malformed(error.to_string())))
}

/// The message in a body.
fn message(mut body: Vec<u8>) -> serde_json::Result<Frame> {
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(_) if replace_halves(&mut body) => serde_json::from_slice(&body)?,
        Err(error) => return Err(error),
    };
    let id = value.get("id").cloned();
    match (serde_json::from_value(value)?, id) {
        // With a number that is none it reads as a notification, and whoever sent it would wait for an answer.
        (Message::Notification(_), Some(id)) => Ok(Frame::Unnumbered(id)),
        (message, _) => Ok(Frame::Message(message)),
    }
}

/// Puts the replacement character, which is as long in UTF-16, for escaped halves of characters: editors that count in UTF-16
/// can cut one in two, and no text of ours can hold that. Whether there was one.
fn replace_halves(body: &mut [u8]) -> bool {
    let unit = |body: &[u8], at: usize| {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut at, mut has_any) = (0, false);
    while let Some(found) = memchr::memchr(b'\\', body.get(at..).unwrap_or_default()) {
        at += found;
        at += match (unit(body, at), unit(body, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                body[at..at + 6].copy_from_slice(b"\\ufffd");
                has_any = true;
                6
            }
            // An escaped backslash is two of them.
            _ => 2,
        };
    }
    has_any
}

/// The length in the head of a message; an error where it names none, and nothing at the end. Where the length of the message
/// before was wrong, the rest of its body and this head are one line: the length is looked for anywhere in it.
fn head(input: &mut impl BufRead) -> io::Result<Option<Result<u64, ()>>> {
    let mut length = Err(());
    let mut is_begun = false;
    let mut line = Vec::new();
    loop {
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            // A long line is no head; its end may be one.
            is_begun = true;
            line.drain(..line.len().saturating_sub(LONGEST_HEAD));
            continue;
        }
        let text = String::from_utf8_lossy(&line).to_ascii_lowercase();
        let text = text.trim_end();
        if text.is_empty() {
            if is_begun {
                return Ok(Some(length));
            }
        } else if let Some((_, value)) = text.rsplit_once("content-length:") {
            let value = value.trim();
            let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            // A number of more digits than that is too long in any case.
            length = if is_number { Ok(value.parse().unwrap_or(u64::MAX)) } else { Err(()) };
        }
        is_begun |= !text.is_empty();
        line.clear();
    }
}

/// An answer that says why there is none, to a request whose number may be unknown.
fn refuse(output: &mut impl Write, code: ErrorCode, id: &Value, why: &str) -> io::Result<()> {
    let error = serde_json::json!({
        "jsonrpc": "2.0",
        "id": id,
        "error": {"code": code as i32, "message": why},
    });
    let text = error.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        loop {
            match frame(&mut input).expect("memory") {
                Frame::Message(message) => out.push(serde_json::to_string(&message).expect("JSON")),
                Frame::Malformed(_) => out.push("malformed".to_owned()),
                Frame::Unnumbered(id) => out.push(format!("no number: {id}")),
                Frame::Lost(_) => {
                    out.push("lost".to_owned());
                    return out;
                }
                Frame::End => return out,
            }
        }
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        let good = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = [
            framed("{nonsense"),
            "Content-Length: x\r\n\r\n".to_owned(),
            "content-length: 2\r\nContent-Type: any\r\n\r\n{}".to_owned(),
            framed(good),
            framed("[]").replace('2', "99999"),
        ];
        assert_eq!(
            all(input.concat().as_bytes()),
            ["malformed", "malformed", "malformed", "{\"method\":\"exit\"}"]
        );
    }

    const GOOD: &str = "{\"method\":\"a\"}";

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_wrong_length_loses_no_later_message() {
        let long = format!("{{\"x\": \"{}\"}}", "y".repeat(9_000));
        for body in [GOOD, &long, "", "{\n\n}"] {
            for length in ["x", "", "-1", "3.5"] {
                let input = format!("Content-Length: {length}\r\n\r\n{body}{}{}", framed(GOOD), framed(GOOD));
                let all = all(input.as_bytes());
                assert_eq!(all.iter().filter(|one| *one == GOOD).count(), 2, "{length} {body:.9}: {all:?}");
                assert_eq!(all[0], "malformed");
            }
        }
        for length in ["268435457", "99999999999999999999999"] {
            let input = format!("Content-Length: {length}\r\n\r\n{{}}{}", framed(GOOD));
            assert_eq!(all(input.as_bytes()), ["lost"]);
        }
    }

    #[test]
    fn halves_of_characters_are_replaced() {
        for (sent, read) in [
            (r"\ud83d", "\u{FFFD}"),
            (r"\ude00x", "\u{FFFD}x"),
            (r"\uD83D\uDE00\ud83d", "\u{1F600}\u{FFFD}"),
            (r"\ud83d\ud83d\ude00", "\u{FFFD}\u{1F600}"),
            (r"\\ud83d\ud83d", "\\\\ud83d\u{FFFD}"),
            (r"\ud83d\n", "\u{FFFD}\\n"),
        ] {
            let body = |text: &str| format!("{{\"method\":\"a\",\"params\":{{\"t\":\"{text}\"}}}}");
            assert_eq!(all(framed(&body(sent)).as_bytes()), [body(read)]);
        }
    }

    #[test]
    fn a_request_needs_a_number() {
        for id in ["null", "1.5", "3000000000", "[1]"] {
            let input = framed(&format!("{{\"id\":{id},\"method\":\"a\"}}"));
            assert_eq!(
                all((input + &framed(GOOD)).as_bytes()),
                [format!("no number: {id}"), GOOD.to_owned()]
            );
        }
    }
}
