//! Content lines of iCalendar, one by one, unfolded: name, parameters, value, and the line each begins on. A line that
//! is none is handed over as broken, and reading goes on. Tolerates LF and CR LF, blank lines, any letter case.

use std::borrow::Cow;

/// One content line.
#[derive(Clone, Debug)]
pub(super) struct ContentLine<'t> {
    /// The physical line it begins on, from 1.
    pub(super) line: u32,
    /// Name, parameters and value, unfolded.
    text: Cow<'t, str>,
    /// Where the name ends and where the value begins; `None` for a line that is no content line.
    ends: Option<(usize, usize)>,
}

/// A place in a text from which its content lines can be read again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Start {
    /// The physical line, from 1.
    pub(super) line: u32,
    /// Bytes before it.
    at: usize,
}

/// Unfolds a text.
#[derive(Clone, Debug)]
pub(super) struct ContentLines<'t> {
    text: &'t str,
    rest: &'t str,
    line: u32,
    /// Where the line that was handed over last begins.
    last: Start,
}

impl<'t> ContentLines<'t> {
    pub(super) fn new(text: &'t str) -> ContentLines<'t> {
        ContentLines::from(text, Start { line: 1, at: 0 })
    }

    /// From a place of the same text on.
    pub(super) fn from(text: &'t str, start: Start) -> ContentLines<'t> {
        ContentLines {
            text,
            rest: text.get(start.at..).unwrap_or_default(),
            line: start.line.saturating_sub(1),
            last: start,
        }
    }

    /// Where the line that was handed over last begins.
    pub(super) fn begun(&self) -> Start {
        self.last
    }

    /// The next physical line without its end.
    fn physical(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line = self.line.saturating_add(1);
        Some(line.trim_end_matches('\r'))
    }

    fn continues(&self) -> bool {
        self.rest.starts_with([' ', '\t'])
    }
}

impl<'t> Iterator for ContentLines<'t> {
    type Item = ContentLine<'t>;

    fn next(&mut self) -> Option<ContentLine<'t>> {
        loop {
            let at = self.text.len() - self.rest.len();
            let first = self.physical()?;
            let line = self.line;
            if first.trim().is_empty() {
                continue;
            }
            let mut text = Cow::Borrowed(first);
            while self.continues() {
                let more = self.physical()?;
                text.to_mut().push_str(&more[1..]);
            }
            let ends = text.find([':', ';']).filter(|end| *end > 0);
            let is_name = |end: &usize| {
                text[..*end]
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            };
            let name_end = ends.filter(is_name);
            let ends = name_end.and_then(|end| Some((end, value_start(&text, end)?)));
            self.last = Start { line, at };
            return Some(ContentLine { line, text, ends });
        }
    }
}

/// Where the value begins: behind the first colon outside quotes; where a quote is never closed, the first colon.
fn value_start(text: &str, from: usize) -> Option<usize> {
    let mut quoted = false;
    for (index, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'"' => quoted = !quoted,
            b':' if !quoted => return Some(index + 1),
            _ => {}
        }
    }
    text[from..].find(':').map(|index| from + index + 1)
}

impl<'t> ContentLine<'t> {
    /// Whether it is none: no name, or no colon.
    pub(super) fn is_broken(&self) -> bool {
        self.ends.is_none()
    }

    /// The name as written.
    pub(super) fn name(&self) -> &str {
        self.ends.map_or("", |(end, _)| &self.text[..end])
    }

    /// Whether it has this name, in any letter case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The value.
    pub(super) fn value(&self) -> &str {
        self.ends.map_or("", |(_, start)| &self.text[start..])
    }

    /// The value, kept: borrowed where the line was not folded.
    pub(super) fn into_value(self) -> Cow<'t, str> {
        let start = self.ends.map_or(self.text.len(), |(_, start)| start);
        match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[start..]),
            Cow::Owned(mut text) => {
                text.drain(..start);
                text.shrink_to_fit();
                Cow::Owned(text)
            }
        }
    }

    /// The first value of a parameter, without its quotes.
    pub(super) fn parameter(&self, wanted: &str) -> Option<&str> {
        let (end, value) = self.ends?;
        let parameters = &self.text[end..value.saturating_sub(1).max(end)];
        let mut quoted = false;
        let parts = parameters.split(|c: char| {
            quoted ^= c == '"';
            c == ';' && !quoted
        });
        parts
            .filter_map(|piece| piece.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().trim_matches('"').trim())
    }
}

/// Text as it was meant: `\n`, `\,`, `\;` and `\\`.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{ContentLines, unescaped};

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        let text = "summary;LANGUAGE=en:a\r\n b\r\n\r\nATTENDEE;CN=\"Souza: Ana; x\"\n ;ROLE=CHAIR\n\t:MAILTO:a@b\nno colon\n:x\nDTSTART;;VALUE=DATE:20260101\nX;CN=\"open:v";
        let lines: Vec<_> = ContentLines::new(text).collect();
        let told: Vec<_> =
            lines.iter().map(|line| (line.line, line.name(), line.value(), line.is_broken())).collect();
        assert_eq!(
            told,
            [
                (1, "summary", "ab", false),
                (4, "ATTENDEE", "MAILTO:a@b", false),
                (7, "", "", true),
                (8, "", "", true),
                (9, "DTSTART", "20260101", false),
                (10, "X", "v", false),
            ]
        );
        assert_eq!(lines[1].parameter("cn"), Some("Souza: Ana; x"));
        assert_eq!(lines[1].parameter("role"), Some("CHAIR"));
        assert_eq!(lines[4].parameter("VALUE"), Some("DATE"));
        assert_eq!(unescaped("a\\, b\\nc\\\\"), "a, b\nc\\");
    }
}
