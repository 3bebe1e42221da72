//! What is being typed at a byte: a key of which mapping, or a value of which key. It is told from the lines alone, since
//! what is being typed hardly ever reads.

mod flow;

use std::ops::Range;

/// What is being typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Context {
    /// The keys that lead to the mapping, lists passed through; none at the top.
    pub path: Vec<String>,
    /// The keys that the mapping has already.
    pub given: Vec<String>,
    /// What belongs here.
    pub at: At,
    /// What has been typed of it.
    pub typed: Range<usize>,
}

/// What belongs somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum At {
    /// A key.
    Key,
    /// An item that begins with its first key, after a dash.
    NewItem,
    /// The value of a key.
    Value(String),
    /// An entry of the list that a key has.
    Entry(String),
}

/// A mapping that is written in lines.
#[derive(Clone, Debug, Default)]
struct Frame {
    indent: usize,
    /// The keys that lead here.
    path: Vec<String>,
    given: Vec<String>,
    /// The key whose value may follow in deeper lines.
    open: Option<String>,
}

impl Frame {
    fn below(&self) -> Vec<String> {
        self.path.iter().chain(&self.open).cloned().collect()
    }
}

/// The mappings that are open at a line.
struct Block<'t> {
    text: &'t str,
    frames: Vec<Frame>,
    /// The column of the key whose value is a text in lines.
    in_text: Option<usize>,
}

/// A line without what leads to its first word.
struct Head<'l> {
    /// The column of the word.
    column: usize,
    /// The column of its last dash.
    dash: Option<usize>,
    rest: &'l str,
}

fn head(line: &str) -> Head<'_> {
    let mut rest = line.trim_start_matches(' ');
    let mut dash = None;
    while rest == "-" || rest.starts_with("- ") {
        dash = Some(line.len() - rest.len());
        rest = rest[1..].trim_start_matches(' ');
    }
    Head { column: line.len() - rest.len(), dash, rest }
}

/// A key and what follows its colon.
fn key_of(rest: &str) -> Option<(String, &str)> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (key, after) = match quote {
        Some(quote) => {
            let inner = rest.get(1..)?;
            let end = inner.find(quote)?;
            (&inner[..end], &inner[end + 1..])
        }
        None => rest.split_at(rest.find(':')?),
    };
    let value = after.strip_prefix(':')?;
    let is_key = value.is_empty() || value.starts_with([' ', '\t', '\r']);
    let has_name = quote.is_some() || !key.contains([' ', '#', '{', '[', ',']);
    (is_key && has_name).then(|| (key.to_owned(), value))
}

impl Block<'_> {
    fn close_to(&mut self, column: usize) {
        while self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.indent > column) {
            self.frames.pop();
        }
    }

    fn top(&mut self) -> Frame {
        self.frames.last().cloned().unwrap_or_default()
    }

    /// Opens the mapping that a line is in, and gives it.
    fn enter(&mut self, head: &Head<'_>) {
        // The dashes of a list may be in the column of the key that has it.
        self.close_to(head.dash.map_or(head.column, |dash| dash));
        let top = self.top();
        let is_new = head.dash.is_some() || head.column > top.indent;
        if is_new {
            self.frames.push(Frame { indent: head.column, path: top.below(), ..Frame::default() });
        }
    }

    /// Takes a whole line in. The byte behind a value in braces that goes over several lines, where it is one.
    fn take(&mut self, from: usize, line: &str) -> Option<usize> {
        let content = line.trim_end();
        let indent = content.len() - content.trim_start_matches(' ').len();
        if let Some(column) = self.in_text {
            if content.is_empty() || indent > column {
                return None;
            }
            self.in_text = None;
        }
        let head = head(content);
        if head.rest.is_empty() || head.rest.starts_with('#') {
            if let Some(dash) = head.dash {
                self.close_to(dash);
            }
            return None;
        }
        let value = if let Some((key, value)) = key_of(head.rest) {
            self.enter(&head);
            if let Some(frame) = self.frames.last_mut() {
                frame.given.push(key.clone());
                frame.open = Some(key);
            }
            value.trim_start()
        } else {
            if let Some(dash) = head.dash {
                self.close_to(dash);
            }
            head.rest
        };
        if value.starts_with(['|', '>']) {
            self.in_text = Some(self.top().indent);
        }
        if !value.starts_with(['{', '[']) {
            return None;
        }
        let at = from + (content.len() - value.len());
        Some(flow::end(self.text, at, indent))
    }
}

/// What is being typed at a byte; `None` in a comment, in a text over several lines, behind a tab that indents, and behind
/// an anchor, an alias or a tag: what is typed there is not the whole of the value.
pub fn at(text: &str, byte: usize) -> Option<Context> {
    let context = found(text, byte)?;
    let typed = text.get(context.typed.clone())?;
    (!typed.starts_with(['&', '*', '!'])).then_some(context)
}

fn found(text: &str, byte: usize) -> Option<Context> {
    let byte = byte.min(text.len());
    let mut block = Block { text, frames: vec![Frame::default()], in_text: None };
    let mut from = start(text, byte);
    while let Some(end) = text.get(from..byte).and_then(|rest| rest.find('\n')) {
        let line = text.get(from..from + end)?;
        match block.take(from, line) {
            // The value goes on to where something is typed.
            Some(behind) if behind > byte => return in_flow(&mut block, from, line, byte),
            Some(behind) if behind > from + end => {
                from = text.get(behind..)?.find('\n').map_or(text.len(), |end| behind + end + 1);
                if from > byte {
                    return None;
                }
            }
            _ => from += end + 1,
        }
    }
    last_line(&mut block, from, byte)
}

/// Where to begin: the section that a byte is in.
fn start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    let mut from = before.rfind('\n').map_or(0, |end| end + 1);
    while from > 0 {
        let is_key = text[from..].starts_with(|c: char| c.is_ascii_alphabetic());
        if is_key {
            break;
        }
        from = before[..from - 1].rfind('\n').map_or(0, |end| end + 1);
    }
    from
}

/// Within braces or brackets that begin in this line.
fn in_flow(block: &mut Block<'_>, from: usize, line: &str, byte: usize) -> Option<Context> {
    let content = line.trim_end();
    let head = head(content);
    let (base, value) = match key_of(head.rest) {
        Some((_, value)) => (block.top().below(), value.trim_start()),
        None => (block.top().below(), head.rest),
    };
    flow::context(block.text, from + (content.len() - value.len()), byte, base)
}

/// The line in which something is typed.
fn last_line(block: &mut Block<'_>, from: usize, byte: usize) -> Option<Context> {
    let text = block.text;
    let typed = text.get(from..byte)?;
    let indent = typed.len() - typed.trim_start_matches(' ').len();
    let is_blank = typed.trim().is_empty();
    let before = typed.len() - typed.trim_start_matches([' ', '\t', '-']).len();
    if typed[..before].contains('\t') {
        return None;
    }
    if block.in_text.is_some_and(|column| indent > column || is_blank) || is_comment(typed) {
        return None;
    }
    let head = head(typed);
    if let Some((key, value)) = key_of(head.rest) {
        block.enter(&head);
        let frame = block.frames.last_mut()?;
        frame.given.push(key.clone());
        frame.open = Some(key.clone());
        let inner = value.trim_start();
        if inner.starts_with(['{', '[']) {
            return flow::context(text, byte - inner.len(), byte, block.top().below());
        }
        return Some(Context {
            path: block.top().path,
            given: Vec::new(),
            at: At::Value(key),
            typed: byte - inner.len()..byte,
        });
    }
    if head.rest.starts_with(['{', '[']) {
        let at = byte - head.rest.len();
        block.close_to(head.dash.unwrap_or(head.column));
        return flow::context(text, at, byte, block.top().below());
    }
    Some(new_word(block, &head, byte))
}

/// A word that is no key yet: a key of the mapping in this column, the first of a new one, or an entry of a list.
fn new_word(block: &mut Block<'_>, head: &Head<'_>, byte: usize) -> Context {
    let text = block.text;
    let typed = byte - head.rest.len()..byte;
    block.close_to(head.dash.unwrap_or(head.column));
    let top = block.top();
    let is_inside = head.dash.is_some() || head.column > top.indent;
    let (path, mut given) = if is_inside { (top.below(), Vec::new()) } else { (top.path.clone(), top.given) };
    let open = top.open.filter(|_| is_inside);
    let section = path.iter().map(String::as_str).collect::<Vec<_>>();
    let keys = crate::records::keys::keys(&section);
    if let (Some(key), true) = (open, keys.is_empty()) {
        let at = if head.dash.is_some() { At::Entry(key) } else { At::Value(key) };
        return Context { path: top.path, given: Vec::new(), at, typed };
    }
    given.extend(following(text, byte, head.column));
    let is_list = section.split_last().is_some_and(|(name, path)| {
        crate::records::keys::key(path, name).is_some_and(|key| key.holds.is_list)
    });
    let at = if is_inside && head.dash.is_none() && is_list { At::NewItem } else { At::Key };
    Context { path, given, at, typed }
}

/// The keys in the lines below that belong to the mapping in a column.
fn following(text: &str, byte: usize, column: usize) -> Vec<String> {
    let rest = text.get(byte..).unwrap_or_default();
    let mut keys = Vec::new();
    for line in rest.lines().skip(1) {
        let head = head(line);
        if head.rest.is_empty() || head.rest.starts_with('#') {
            continue;
        }
        let begins = line.len() - line.trim_start_matches(' ').len();
        if begins < column {
            break;
        }
        if head.dash.is_none() && head.column == column {
            keys.extend(key_of(head.rest).map(|(key, _)| key));
        }
    }
    keys
}

/// Whether the end of a line is in a comment.
fn is_comment(typed: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for character in typed.chars() {
        match (quote, character) {
            (None, '#') if before == ' ' || before == '\t' => return true,
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        before = character;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn what_would_be_overwritten_is_not_completed() {
        for text in [
            "people:\n\tna",
            "people:\n  -\tna",
            "people:\n  - &a na",
            "people:\n  - {id: a, squad: &s l",
            "squads:\n  - lead: *b",
            "squads:\n  - lead: !!str b",
        ] {
            assert_eq!(at(text, text.len()), None, "{text}");
        }
        let text = "people:\n  - na";
        assert_eq!(at(text, text.len()).map(|context| context.typed), Some(12..14));
    }
}
