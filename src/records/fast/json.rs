//! A portfolio that is JSON, over as many lines as it likes: the items of its lists straight into records, the few
//! other values as trees.

use std::borrow::Cow;

use super::Declined;
use super::cursor::Cursor;
use super::flow::{self, Between, Layout};
use super::value::{Start, Value};
use crate::records::calls::{Call, How};
use crate::yaml::document::Shape;
use crate::yaml::node::{Kind, Node};

/// Deeper values than this are left to the library.
const MOST_DEPTH: usize = 16;
/// Mappings with more keys than this are left to the library: here each key is compared with all others.
const MOST_KEYS: usize = 64;

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
    let mut seen: Vec<Cow<'t, str>> = Vec::new();
    let mut top = Between::new(&mut cursor, Layout::Json, b'}');
    while top.has_next()? {
        let key = key(top.cursor)?;
        let name = match &key.kind {
            Kind::Scalar(name, _) if !seen.contains(name) && seen.len() < MOST_KEYS => name.clone(),
            _ => return Err(Declined),
        };
        section(top.cursor, how, (key, &name), to)?;
        seen.push(name);
        top.pass_comma();
    }
    cursor.skip_blank();
    if cursor.peek().is_none() { Ok(()) } else { Err(Declined) }
}

fn section<'t>(
    cursor: &mut Cursor<'t>,
    how: How,
    (key, name): (Node<'t>, &str),
    to: &mut dyn FnMut(Call<'t>),
) -> Result<(), Declined> {
    let shape = (how.shape_of)(name).ok_or(Declined)?;
    cursor.skip_blank();
    if shape != Shape::Items || cursor.peek() != Some(b'[') {
        let value = node(cursor, 1)?;
        to(Call::Section(key, shape));
        to(Call::Value(value));
        return Ok(());
    }
    to(Call::Section(key, shape));
    to(Call::List(None));
    let mut list = Between::new(cursor, Layout::Json, b']');
    while list.has_next()? {
        let cursor = &mut *list.cursor;
        if cursor.peek() != Some(b'{') {
            return Err(Declined);
        }
        let mark = cursor.mark();
        let value = Value { cursor, start: Start::FlowMap(Layout::Json) };
        let item = (how.read_fast)(name, value).ok_or(Declined)?;
        to(Call::Record(item, mark));
        list.pass_comma();
    }
    Ok(())
}

/// Takes a key and its colon.
fn key<'t>(cursor: &mut Cursor<'t>) -> Result<Node<'t>, Declined> {
    let mark = cursor.mark();
    let text = flow::key(cursor, Layout::Json)?;
    // The quotes are underlined too.
    let length = count(&text).saturating_add(2);
    Ok(Node { kind: Kind::Scalar(text, false), mark, length })
}

fn node<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Node<'t>, Declined> {
    cursor.skip_blank();
    let mark = cursor.mark();
    let from = cursor.place();
    let (kind, length) = match flow::start(cursor, Layout::Json)? {
        Start::Scalar((text, is_plain)) => (Kind::Scalar(text, is_plain), count(cursor.text_from(from))),
        _ if depth >= MOST_DEPTH => return Err(Declined),
        Start::FlowList(_) => (Kind::List(list(cursor, depth)?), 1),
        Start::FlowMap(_) => (Kind::Map(map(cursor, depth)?), 1),
        Start::BlockList { .. } | Start::BlockMap(_) => return Err(Declined),
    };
    Ok(Node { kind, mark, length })
}

fn list<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Vec<Node<'t>>, Declined> {
    let mut items = Vec::new();
    let mut between = Between::new(cursor, Layout::Json, b']');
    while between.has_next()? {
        items.push(node(between.cursor, depth + 1)?);
        between.pass_comma();
    }
    Ok(items)
}

fn map<'t>(cursor: &mut Cursor<'t>, depth: usize) -> Result<Vec<(Node<'t>, Node<'t>)>, Declined> {
    let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
    let mut between = Between::new(cursor, Layout::Json, b'}');
    while between.has_next()? {
        let key = key(between.cursor)?;
        if entries.len() >= MOST_KEYS || entries.iter().any(|(other, _)| other.text() == key.text()) {
            return Err(Declined);
        }
        let value = node(between.cursor, depth + 1)?;
        entries.push((key, value));
        between.pass_comma();
    }
    Ok(entries)
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
