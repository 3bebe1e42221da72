//! Messages over standard input and output. What cannot be read as a message is answered with an error, and the next one is
//! read: an editor that sends something odd once need not lose the server.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{Connection, ErrorCode, Message};

/// Nothing that an editor sends is longer; such a message is passed over.
const LONGEST: u64 = 256 * 1024 * 1024;
/// A line of a head is shorter than this.
const LONGEST_LINE: u64 = 4096;

/// What was read.
enum Frame {
    Message(Message),
    /// Something that is no message.
    Malformed(String),
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
                    if write_error(&mut io::stdout().lock(), &why).is_err() {
                        break;
                    }
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
        let read = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Frame::Malformed(format!("a message of {read} bytes is too long")));
    }
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if u64::try_from(body.len()).unwrap_or(u64::MAX) < length {
        return Ok(Frame::End);
    }
    Ok(match serde_json::from_slice(&body) {
        Ok(message) => Frame::Message(message),
        Err(error) => Frame::Malformed(error.to_string()),
    })
}

/// The length in the head of a message; an error where it names none, and nothing at the end.
fn head(input: &mut impl BufRead) -> io::Result<Option<Result<u64, ()>>> {
    let mut length = Err(());
    let mut is_begun = false;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            if is_begun {
                return Ok(Some(length));
            }
            continue;
        }
        is_begun = true;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            length = value.trim().parse().map_err(drop);
        }
    }
}

/// The answer to what is no message: nobody knows its number.
fn write_error(output: &mut impl Write, why: &str) -> io::Result<()> {
    let error = serde_json::json!({
        "jsonrpc": "2.0",
        "id": null,
        "error": {"code": ErrorCode::ParseError as i32, "message": why},
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
}
