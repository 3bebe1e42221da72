//! A text as the sections and items that can be read of it: all of them where it is YAML, and while somebody is typing,
//! those that are not being typed.

use std::ops::Range;

use crate::yaml::spans::{self, Quotes, Shape, Spanned};

/// A key at the top of a file, with its value or its items.
#[derive(Debug)]
pub struct Part<'t> {
    /// The key.
    pub key: Spanned<'t>,
    /// The byte behind its value.
    pub to: usize,
    /// Its value; none where only some of its items could be read.
    pub value: Option<Spanned<'t>>,
    /// Those items.
    loose: Vec<Spanned<'t>>,
}

impl<'t> Part<'t> {
    /// The key as it is written.
    pub fn name(&self) -> &str {
        self.key.text().unwrap_or_default()
    }

    /// The items of the list that it is.
    pub fn items(&self) -> &[Spanned<'t>] {
        self.value.as_ref().map_or(&self.loose, Spanned::items)
    }
}

/// The sections of a text.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    match spans::tree(text) {
        Ok(root) => of_root(root, 0),
        Err(_) => sections(text).into_iter().flat_map(|bytes| section(text, bytes)).collect(),
    }
}

/// The keys of a mapping that was read `by` bytes into the text.
fn of_root(root: Spanned<'_>, by: usize) -> Vec<Part<'_>> {
    let Shape::Map { entries, .. } = root.shape else { return Vec::new() };
    let mut parts = Vec::with_capacity(entries.len());
    for (mut key, mut value) in entries {
        shift(&mut key, by);
        shift(&mut value, by);
        parts.push(Part { key, to: value.to, value: Some(value), loose: Vec::new() });
    }
    parts
}

fn shift(node: &mut Spanned<'_>, by: usize) {
    node.from += by;
    node.to += by;
    match &mut node.shape {
        Shape::List { items, .. } => items.iter_mut().for_each(|item| shift(item, by)),
        Shape::Map { entries, .. } => entries.iter_mut().for_each(|(key, value)| {
            shift(key, by);
            shift(value, by);
        }),
        Shape::Scalar(..) | Shape::Alias => {}
    }
}

/// The lines of a text with the byte at which each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, line))
    })
}

/// Where the sections are, by the keys at the margin.
fn sections(text: &str) -> Vec<Range<usize>> {
    let begins = |line: &str| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"' || c == '\'');
    let starts: Vec<usize> =
        lines(text).filter(|(_, line)| begins(line)).map(|(from, _)| from).chain([text.len()]).collect();
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A section by itself; where that does not read, those of its items that do.
fn section(text: &str, bytes: Range<usize>) -> Vec<Part<'_>> {
    let from = bytes.start;
    let whole = text.get(bytes.clone()).unwrap_or_default();
    if let Ok(root) = spans::tree(whole) {
        return of_root(root, from);
    }
    let first = whole.lines().next().unwrap_or_default();
    let Some((key, _)) = first.split_once(':') else { return Vec::new() };
    let loose = items(whole).into_iter().filter_map(|item| {
        let mut root = spans::tree(whole.get(item.clone())?).ok()?;
        shift(&mut root, from + item.start);
        match root.shape {
            Shape::List { items, .. } => items.into_iter().next(),
            Shape::Scalar(..) | Shape::Map { .. } | Shape::Alias => None,
        }
    });
    let shape = Shape::Scalar(key.trim_matches(['"', '\'']).into(), Quotes::None);
    vec![Part {
        key: Spanned { from, to: from + key.len(), shape, bound: false },
        to: from + whole.trim_end().len(),
        value: None,
        loose: loose.collect(),
    }]
}

/// Where the items of a section are, by the dashes in the column of the first one.
fn items(section: &str) -> Vec<Range<usize>> {
    let column = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_item = |line: &str| {
        let rest = line.trim_start_matches(' ');
        rest.starts_with("- ") || rest.trim_end() == "-"
    };
    let Some((_, first)) = lines(section).find(|(_, line)| is_item(line)) else { return Vec::new() };
    let margin = column(first);
    let starts = lines(section).filter(|(_, line)| is_item(line) && column(line) == margin);
    let starts: Vec<usize> = starts.map(|(from, _)| from).chain([section.len()]).collect();
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// The innermost scalar at a byte, and what leads to it.
#[derive(Debug)]
pub struct Spot<'p, 't> {
    /// The keys on the way, lists passed through; the last one is the key itself, or the one whose value this is.
    pub path: Vec<&'p str>,
    /// Whether it is a key.
    pub is_key: bool,
    /// The scalar.
    pub node: &'p Spanned<'t>,
}

/// What is at a byte; the byte behind a scalar counts as part of it.
pub fn spot<'p, 't>(parts: &'p [Part<'t>], byte: usize) -> Option<Spot<'p, 't>> {
    for part in parts {
        if (part.key.from..=part.key.to).contains(&byte) {
            return Some(Spot { path: vec![part.name()], is_key: true, node: &part.key });
        }
        let values = part.value.iter().chain(&part.loose);
        for value in values.filter(|value| value.from <= byte && byte <= value.to) {
            let mut path = vec![part.name()];
            if let Some((node, is_key)) = within(value, byte, &mut path) {
                return Some(Spot { path, is_key, node });
            }
        }
    }
    None
}

fn within<'p, 't>(
    node: &'p Spanned<'t>,
    byte: usize,
    path: &mut Vec<&'p str>,
) -> Option<(&'p Spanned<'t>, bool)> {
    let has = |node: &Spanned<'_>| node.from <= byte && byte <= node.to;
    match &node.shape {
        Shape::Scalar(..) => Some((node, false)),
        Shape::Alias => None,
        Shape::List { items, .. } => {
            items.iter().filter(|item| has(item)).find_map(|item| within(item, byte, path))
        }
        Shape::Map { entries, .. } => entries.iter().find_map(|(key, value)| {
            let name = key.text()?;
            path.push(name);
            let found = if has(key) {
                Some((key, true))
            } else if has(value) {
                within(value, byte, path)
            } else {
                None
            };
            if found.is_none() {
                path.pop();
            }
            found
        }),
    }
}

/// Every scalar below a value, with the keys that lead to it.
pub fn each_scalar<'p, 't>(
    node: &'p Spanned<'t>,
    path: &mut Vec<&'p str>,
    each: &mut impl FnMut(&[&str], &'p Spanned<'t>),
) {
    match &node.shape {
        Shape::Scalar(..) => each(path, node),
        Shape::Alias => {}
        Shape::List { items, .. } => items.iter().for_each(|item| each_scalar(item, path, each)),
        Shape::Map { entries, .. } => {
            for (key, value) in entries {
                let Some(name) = key.text() else { continue };
                path.push(name);
                each_scalar(value, path, each);
                path.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, Vec<&str>)> {
        let parts = parts(text);
        let one = |part: &Part<'_>| {
            assert_eq!(text[part.key.from..part.key.to].trim_matches('"'), part.name());
            (part.name().to_owned(), part.items().iter().map(|item| &text[item.from..item.to]).collect())
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn what_reads_is_there_while_something_is_typed() {
        let text =
            "people:\n  - {id: a}\n  - {id: b, na\n  - id: c\n    name: C\nsquads:\n- {id: s}\nversion: 1\n";
        assert_eq!(
            shown(text),
            [
                ("people".to_owned(), vec!["{id: a}", "id: c\n    name: C"]),
                ("squads".to_owned(), vec!["{id: s}"]),
                ("version".to_owned(), vec![]),
            ]
        );
        assert_eq!(shown("{\"people\": [{\"id\": \"a\"}]}")[0].1, ["{\"id\": \"a\"}"]);
        for nothing in ["", "- a", "a", ":", "\"", "people", "{", "[[[[", "a: b: c", "\t"] {
            parts(nothing);
        }
        assert!(parts(&"[".repeat(100_000)).is_empty());
        assert!(parts(&"- ".repeat(100_000)).is_empty());
    }
}
