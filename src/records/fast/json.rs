//! A portfolio that is JSON, over as many lines as it likes: the items of its lists straight into records, the few
//! other values as trees.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::Declined;
use super::cursor::Cursor;
use super::flow::{self, Flow, Layout};
use super::value::{Start, Value};
use crate::records::calls::{Call, How};
use crate::yaml::document::Shape;
use crate::yaml::node::{Kind, Node};

/// Deeper values than this are left to the library.
const MOST_DEPTH: usize = 16;
/// Mappings with more keys than this are left to the library: here each key is compared with all others.
const MOST_KEYS: usize = 64;

/// What lies less than this many bytes back is not handed over yet: the library looks ahead by at most a key and a text
/// before it says what it has read, and must not find an error there first.
const HELD_BACK: usize = 256 * 1024;

/// Reads a text that is one JSON object, and hands over what it holds as the library would. After `Declined` the
/// library reads it again from the beginning, and what has been handed over is right.
pub(in crate::records) fn read<'t>(
    text: &'t str,
    how: How,
    to: &mut dyn FnMut(Call<'t>),
) -> Result<(), Declined> {
    let mut cursor = Cursor::new(text, 0).ok_or(Declined)?;
    if cursor.peek() != Some(b'{') {
        return Err(Declined);
    }
    let mut held = Held { how, calls: VecDeque::new(), to };
    let mut seen: Vec<&'t str> = Vec::new();
    let mut top = Flow::new(&mut cursor, Layout::Json, b'}');
    while top.has_next()? {
        let (key, name) = key(top.cursor)?;
        if seen.contains(&name) {
            return Err(Declined);
        }
        held.section(top.cursor, key, name)?;
        seen.push(name);
        top.pass_comma();
    }
    cursor.skip_blank();
    if cursor.peek().is_some() {
        return Err(Declined);
    }
    held.calls.into_iter().for_each(|(_, call)| (held.to)(call));
    Ok(())
}

/// What has been read, with how many bytes come before its end, and has not been handed over.
struct Held<'c, 't> {
    how: How,
    calls: VecDeque<(usize, Call<'t>)>,
    to: &'c mut dyn FnMut(Call<'t>),
}

impl<'t> Held<'_, 't> {
    fn push(&mut self, end: usize, call: Call<'t>) {
        while self.calls.front().is_some_and(|(before, _)| before + HELD_BACK < end)
            && let Some((_, call)) = self.calls.pop_front()
        {
            (self.to)(call);
        }
        self.calls.push_back((end, call));
    }

    fn section(&mut self, cursor: &mut Cursor<'t>, key: Node<'t>, name: &str) -> Result<(), Declined> {
        let shape = (self.how.shape_of)(name).ok_or(Declined)?;
        cursor.skip_blank();
        self.push(cursor.at, Call::Section(key, shape));
        if shape != Shape::Items || cursor.peek() != Some(b'[') {
            let value = node(cursor, 1)?;
            self.push(cursor.at, Call::Value(value));
            return Ok(());
        }
        self.push(cursor.at, Call::List(None));
        let mut list = Flow::new(cursor, Layout::Json, b']');
        while list.has_next()? {
            let cursor = &mut *list.cursor;
            if cursor.peek() != Some(b'{') {
                return Err(Declined);
            }
            let mark = cursor.mark();
            let value = Value { cursor: &mut *cursor, start: Start::FlowMap(Layout::Json) };
            let item = (self.how.read_fast)(name, value).ok_or(Declined)?;
            self.push(cursor.at, Call::Record(item, mark));
            list.pass_comma();
        }
        Ok(())
    }
}

/// Takes a key and its colon.
fn key<'t>(cursor: &mut Cursor<'t>) -> Result<(Node<'t>, &'t str), Declined> {
    let mark = cursor.mark();
    let text = flow::key(cursor, Layout::Json)?;
    // The quotes are underlined too.
    let length = u32::try_from(text.chars().count()).map_err(|_| Declined)?.saturating_add(2);
    Ok((Node { kind: Kind::Scalar(Cow::Borrowed(text), false), mark, length }, text))
}

fn node<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Node<'t>, Declined> {
    cursor.skip_blank();
    let mark = cursor.mark();
    let (kind, length) = match flow::start(cursor, Layout::Json)? {
        Start::Scalar((text, is_plain)) => {
            (Kind::Scalar(text, is_plain), cursor.mark().column.saturating_sub(mark.column))
        }
        _ if depth >= MOST_DEPTH => return Err(Declined),
        Start::FlowList(_) => (Kind::List(list(cursor, depth)?), 1),
        Start::FlowMap(_) => (Kind::Map(map(cursor, depth)?), 1),
        Start::BlockList { .. } | Start::BlockMap(_) => return Err(Declined),
    };
    Ok(Node { kind, mark, length })
}

fn list<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Vec<Node<'t>>, Declined> {
    let mut items = Vec::new();
    let mut flow = Flow::new(cursor, Layout::Json, b']');
    while flow.has_next()? {
        items.push(node(flow.cursor, depth + 1)?);
        flow.pass_comma();
    }
    Ok(items)
}

fn map<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Vec<(Node<'t>, Node<'t>)>, Declined> {
    let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
    let mut flow = Flow::new(cursor, Layout::Json, b'}');
    while flow.has_next()? {
        let (key, text) = key(flow.cursor)?;
        if entries.len() >= MOST_KEYS || entries.iter().any(|(other, _)| other.text() == Some(text)) {
            return Err(Declined);
        }
        let value = node(flow.cursor, depth + 1)?;
        entries.push((key, value));
        flow.pass_comma();
    }
    Ok(entries)
}
