//! Keys of a mapping: given, replaced, taken out; and entries of a list.

use super::document::{Splice, line_end, line_start, lines_behind, next_line};
use super::style::{Order, Style, replacing};
use crate::yaml::spans::{Quotes, Shape, Spanned};
use crate::yaml::value::Value;

/// Why something cannot be edited, with the byte that it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Odd(pub(super) usize, pub(super) &'static str);

pub(super) type Splices = Result<Vec<Splice>, Odd>;

/// A text and the order of keys in a mapping of it.
#[derive(Clone, Copy)]
pub(super) struct Editor<'e> {
    pub(super) text: &'e str,
    pub(super) order: Order<'e>,
}

const COMMENT_INSIDE: &str = "a comment is inside what would be replaced";

impl Editor<'_> {
    /// A key of a mapping gets a value. `path` leads from the item to the key.
    pub(super) fn set(self, map: &Spanned<'_>, done: &[&str], path: &[&str], to: &Value) -> Splices {
        let Some((key, rest)) = path.split_first() else { return Ok(Vec::new()) };
        let below: Vec<&str> = done.iter().chain([key]).copied().collect();
        let present = map.position(key).map(|at| &map.entries()[at]);
        match present {
            Some((_, value)) if !rest.is_empty() && matches!(value.shape, Shape::Map { .. }) => {
                self.set(value, &below, rest, to)
            }
            Some((name, value)) => {
                let to = nested(rest, to);
                self.replace(map, name, value, &below, &to)
            }
            None => self.insert(map, done, key, &nested(rest, to)),
        }
    }

    fn replace(
        self,
        map: &Spanned<'_>,
        key: &Spanned<'_>,
        value: &Spanned<'_>,
        path: &[&str],
        to: &Value,
    ) -> Splices {
        if value.value().canonical() == to.canonical() {
            return Ok(Vec::new());
        }
        let style = Style::of(self.text, map);
        let text = match (&value.shape, to) {
            (Shape::Scalar(_, quotes), Value::Text(text)) if !style.json => replacing(text, *quotes),
            _ => style.value(to, path, self.order),
        };
        let is_scalar = matches!(value.shape, Shape::Scalar(..));
        if !is_scalar && self.text[value.from..value.to].contains('#') {
            return Err(Odd(value.from, COMMENT_INSIDE));
        }
        // An empty value begins right behind the colon, and so does the replacement of a list in block style.
        let colon = self.behind_colon(key);
        let between = self.text.get(colon..value.from).unwrap_or_default();
        let on_own_lines = between.contains(['\n', '\r']);
        if between.contains('#') {
            return Err(Odd(value.from, COMMENT_INSIDE));
        }
        let (from, blank) =
            if value.from == value.to || on_own_lines { (colon, " ") } else { (value.from, "") };
        Ok(vec![Splice { from, to: value.to, text: format!("{blank}{text}") }])
    }

    fn behind_colon(self, key: &Spanned<'_>) -> usize {
        let rest = &self.text[key.to..];
        key.to + rest.find(':').map_or(0, |at| at + 1)
    }

    /// A key that is not there, behind the last of those that come before it in the format.
    fn insert(self, map: &Spanned<'_>, path: &[&str], key: &str, to: &Value) -> Splices {
        let order = (self.order)(path);
        let rank = |name: &str| order.iter().position(|one| *one == name).unwrap_or(usize::MAX);
        let earlier =
            |(name, _): &(Spanned<'_>, Spanned<'_>)| rank(name.text().unwrap_or_default()) < rank(key);
        let entries = map.entries();
        let before = entries.iter().rposition(earlier);
        let style = Style::of(self.text, map);
        let below: Vec<&str> = path.iter().copied().chain([key]).collect();
        let entry = style.key(key) + &style.value(to, &below, self.order);
        if map.is_flow() {
            return Ok(vec![self.into_flow(map, before, &entry)]);
        }
        let Some((first, _)) = entries.first() else { return Err(Odd(map.from, "there is no key here")) };
        let indent = self.indent(map)?;
        let Some(at) = before else {
            let ending = super::document::line_ending(self.text);
            let text = format!("{entry}{ending}{indent}");
            return Ok(vec![Splice { from: first.from, to: first.from, text }]);
        };
        let value = &entries[at].1;
        self.ends_its_lines(value)?;
        Ok(vec![lines_behind(self.text, line_end(self.text, value.to), &(indent + &entry))])
    }

    /// A text that keeps the blank lines behind it (`|+`) would lose them to what is put behind its last line.
    pub(super) fn ends_its_lines(self, node: &Spanned<'_>) -> Result<(), Odd> {
        let last = node.entries().last().map(|(_, value)| value).or_else(|| node.items().last());
        match (&node.shape, last) {
            (_, Some(last)) => self.ends_its_lines(last),
            (Shape::Scalar(_, Quotes::Block), None) => {
                let head = self.text[node.from..].lines().next().unwrap_or_default();
                let is_kept = head.split('#').next().unwrap_or_default().contains('+');
                if is_kept { Err(Odd(node.from, "a text keeps the blank lines behind it")) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    /// An entry behind another one of a mapping in braces, or in front of all.
    fn into_flow(self, map: &Spanned<'_>, before: Option<usize>, entry: &str) -> Splice {
        let ends: Vec<(usize, usize)> =
            map.entries().iter().map(|(key, value)| (key.from, value.to)).collect();
        self.between(map.from, &ends, before, entry)
    }

    /// Something behind an entry of what is in brackets, or in front of all, with the commas and lines that are there.
    pub(super) fn between(
        self,
        open: usize,
        ends: &[(usize, usize)],
        before: Option<usize>,
        entry: &str,
    ) -> Splice {
        let (Some((first, _)), Some((_, last))) = (ends.first(), ends.last()) else {
            return Splice { from: open + 1, to: open + 1, text: entry.to_owned() };
        };
        let separator = match ends {
            [(_, one), (other, _), ..] => Some(&self.text[*one..*other]),
            _ => None,
        };
        let usual = |gap: &&str| {
            !gap.contains('#') && gap.trim() == "," && gap.matches('\n').count() <= 1 && gap.starts_with(',')
        };
        let separator = separator.filter(usual).map_or_else(|| self.separator(*first), str::to_owned);
        match before {
            Some(at) => {
                let end = ends.get(at).map_or(*last, |(_, end)| *end);
                Splice { from: end, to: end, text: format!("{separator}{entry}") }
            }
            None => Splice { from: *first, to: *first, text: format!("{entry}{separator}") },
        }
    }

    /// What separates a second entry from the first: a comma, and a line break if the first is on a line of its own.
    fn separator(self, first: usize) -> String {
        let start = line_start(self.text, first);
        let indent = &self.text[start..first];
        let is_own_line = start > 0 && indent.bytes().all(|byte| byte == b' ');
        if is_own_line {
            format!(",{}{indent}", super::document::line_ending(self.text))
        } else {
            ", ".to_owned()
        }
    }

    /// The indentation of the keys of a mapping in block style.
    pub(super) fn indent(self, map: &Spanned<'_>) -> Result<String, Odd> {
        let before = |at: usize| &self.text[line_start(self.text, at)..at];
        let blank = |text: &&str| text.bytes().all(|byte| byte == b' ');
        let own = map.entries().iter().map(|(key, _)| before(key.from)).find(blank);
        if let Some(own) = own {
            return Ok(own.to_owned());
        }
        let dashed = before(map.from);
        if dashed.bytes().all(|byte| byte == b' ' || byte == b'-') {
            Ok(" ".repeat(dashed.len()))
        } else {
            Err(Odd(map.from, "these keys are not on lines of their own"))
        }
    }

    /// Takes a key out, and what would be an empty mapping then.
    pub(super) fn unset(self, map: &Spanned<'_>, path: &[&str]) -> Splices {
        let Some((key, rest)) = path.split_first() else { return Ok(Vec::new()) };
        let Some(at) = map.position(key) else { return Ok(Vec::new()) };
        let value = &map.entries()[at].1;
        if !rest.is_empty() {
            // A key that is null is the same as left out.
            let gone = value.position(rest[0]);
            let is_left_out =
                |(at, (_, value)): (usize, &(_, Spanned<'_>))| Some(at) == gone || value.value().is_null();
            let is_emptied =
                gone.is_some() && rest.len() == 1 && value.entries().iter().enumerate().all(is_left_out);
            if !is_emptied {
                return self.unset(value, rest);
            }
        }
        if map.entries().len() == 1 {
            return Err(Odd(map.from, "it is the only key here"));
        }
        if map.is_flow() {
            let ends: Vec<(usize, usize)> =
                map.entries().iter().map(|(key, value)| (key.from, value.to)).collect();
            return self.out_of_flow(&ends, at);
        }
        let (name, value) = &map.entries()[at];
        let next = map.entries().get(at + 1).map(|(key, _)| key.from);
        self.out_of_lines(name.from, value.to, next)
    }

    /// Takes an entry out of what is in brackets, with one comma.
    pub(super) fn out_of_flow(self, ends: &[(usize, usize)], at: usize) -> Splices {
        let (from, to) = ends[at];
        let (cut_from, cut_to) = match (ends.get(at + 1), at.checked_sub(1)) {
            (Some((next, _)), _) => (from, *next),
            (None, Some(before)) => (ends[before].1, to),
            (None, None) => (from, to),
        };
        let gap = self.text[cut_from..from].contains('#') || self.text[to..cut_to].contains('#');
        if gap {
            return Err(Odd(from, "there is a comment beside what would be taken out"));
        }
        Ok(vec![Splice { from: cut_from, to: cut_to, text: String::new() }])
    }

    /// Takes lines out, with a trailing comment and not those above; where a dash is in front of them, what comes next
    /// takes their place.
    fn out_of_lines(self, from: usize, to: usize, next: Option<usize>) -> Splices {
        let start = line_start(self.text, from);
        let end = line_end(self.text, to);
        if self.text[start..from].bytes().all(|byte| byte == b' ') {
            return Ok(vec![self.without_lines(start, end)]);
        }
        let Some(next) = next else { return Err(Odd(from, "it is the only key here")) };
        let between = &self.text[next_line(self.text, end)..next];
        if between.bytes().all(|byte| byte == b' ') {
            return Ok(vec![Splice { from, to: next, text: String::new() }]);
        }
        // Comments are above the next key: the dash stays alone on its line.
        let dash = start + self.text[start..from].trim_end().len();
        Ok(vec![Splice { from: dash, to: end, text: String::new() }])
    }

    /// Takes whole lines out; at the end of a text without a line end, the line end before them.
    pub(super) fn without_lines(self, start: usize, end: usize) -> Splice {
        let to = next_line(self.text, end);
        if to > end || start == 0 {
            return Splice { from: start, to, text: String::new() };
        }
        let before = self.text[..start].strip_suffix('\n').map_or(start, str::len);
        let before = self.text[..before].strip_suffix('\r').map_or(before, str::len);
        Splice { from: before, to, text: String::new() }
    }

    /// Puts a value at the end of a list that has something in it, or makes one.
    pub(super) fn append(self, map: &Spanned<'_>, path: &[&str], to: &Value) -> Splices {
        let found = find(map, path);
        let Some((holder, list)) = found.filter(|(_, list)| !list.items().is_empty()) else {
            return self.set(map, &[], path, &Value::List(vec![to.clone()]));
        };
        let style = Style::of(self.text, holder);
        let written = style.value(to, path, self.order);
        let Some(last) = list.items().last() else { return Ok(Vec::new()) };
        if list.is_flow() {
            let ends: Vec<(usize, usize)> = list.items().iter().map(|item| (item.from, item.to)).collect();
            return Ok(vec![self.between(list.from, &ends, Some(ends.len() - 1), &written)]);
        }
        self.ends_its_lines(last)?;
        let dash = self.dash(last)?;
        let lead = &self.text[line_start(self.text, dash)..last.from];
        if lead.contains(['\n', '\r', '#']) {
            return Err(Odd(dash, "the entry is on another line than its dash"));
        }
        Ok(vec![lines_behind(self.text, line_end(self.text, last.to), &format!("{lead}{written}"))])
    }

    /// Takes the first entry out that is one of these; no replacement if there is none. A list that would be empty is taken out with its key.
    pub(super) fn strip_one(self, map: &Spanned<'_>, path: &[&str], gone: &[Value]) -> Splices {
        let Some((_, list)) = find(map, path) else { return Ok(Vec::new()) };
        let is_gone = |item: &Spanned<'_>| {
            let value = item.value().canonical();
            gone.iter().any(|one| one.canonical() == value)
        };
        let Some(at) = list.items().iter().position(is_gone) else { return Ok(Vec::new()) };
        if list.items().iter().all(is_gone) {
            return self.unset(map, path);
        }
        let ends: Vec<(usize, usize)> = list.items().iter().map(|item| (item.from, item.to)).collect();
        if list.is_flow() {
            return self.out_of_flow(&ends, at);
        }
        let dash = self.dash(&list.items()[at])?;
        let start = line_start(self.text, dash);
        if !self.text[start..dash].bytes().all(|byte| byte == b' ') {
            return Err(Odd(dash, "the entry does not stand on a line of its own"));
        }
        Ok(vec![self.without_lines(start, line_end(self.text, ends[at].1))])
    }

    /// The dash in front of an item of a list in block style.
    pub(super) fn dash(self, item: &Spanned<'_>) -> Result<usize, Odd> {
        let before = self.text[..item.from].trim_end();
        let dash = before.strip_suffix('-').map(str::len);
        dash.ok_or(Odd(item.from, "there is a comment between the item and its dash"))
    }
}

/// The mapping that holds the end of a path, and the value there.
fn find<'n, 't>(map: &'n Spanned<'t>, path: &[&str]) -> Option<(&'n Spanned<'t>, &'n Spanned<'t>)> {
    let (key, rest) = path.split_first()?;
    let value = map.get(key)?;
    if rest.is_empty() { Some((map, value)) } else { find(value, rest) }
}

fn nested(path: &[&str], to: &Value) -> Value {
    path.iter().rev().fold(to.clone(), |value, key| Value::Map(vec![((*key).to_owned(), value)]))
}

/// The first thing in an item that makes its bytes mean more than they say.
pub(super) fn refused(text: &str, item: &Spanned<'_>) -> Option<Odd> {
    if let Some(at) = item.first_bound() {
        return Some(Odd(at, "this item has an anchor, an alias or a tag"));
    }
    explicit_key(text, item).map(|at| Odd(at, "a key is written with `?`"))
}

fn explicit_key(text: &str, node: &Spanned<'_>) -> Option<usize> {
    let is_explicit = |key: &Spanned<'_>| {
        let before = text[line_start(text, key.from)..key.from].trim_end();
        before.ends_with('?') && before.trim_end_matches('?').chars().all(|one| " -{,[".contains(one))
            || matches!(key.shape, Shape::Scalar(_, Quotes::Block))
    };
    let mut entries = node.entries().iter();
    let found = entries
        .find_map(|(key, value)| is_explicit(key).then_some(key.from).or_else(|| explicit_key(text, value)));
    found.or_else(|| node.items().iter().find_map(|item| explicit_key(text, item)))
}
