//! Items of a list: put in and taken out.

use super::document::{Splice, line_end, line_ending, line_start, lines_behind, next_line};
use super::keys::{Editor, Odd, Splices};
use super::style::{Style, in_order};
use crate::yaml::spans::{Shape, Spanned};
use crate::yaml::value::Value;

impl Editor<'_> {
    /// Puts an item behind another one of a section of this file, else at the section's end. `sections` are the keys of
    /// a portfolio in the order of the format.
    pub(super) fn add(
        self,
        root: &Spanned<'_>,
        (section, sections): (&str, &[&str]),
        after: Option<usize>,
        item: &Value,
    ) -> Splices {
        let Some(at) = root.position(section) else { return self.add_section(root, section, sections, item) };
        let (key, list) = &root.entries()[at];
        if list.bound {
            return Err(Odd(list.from, "the section has an anchor, an alias or a tag"));
        }
        let Some(last) = list.items().len().checked_sub(1) else {
            return self.add_to_empty(root, key, list, item);
        };
        let index = after.unwrap_or(last);
        let neighbour = &list.items()[index.min(last)];
        if list.is_flow() {
            let ends: Vec<(usize, usize)> = list.items().iter().map(|item| (item.from, item.to)).collect();
            let written = Style::of(self.text, neighbour).value(item, &[], self.order);
            return Ok(vec![self.between(list.from, &ends, Some(index.min(last)), &written)]);
        }
        self.ends_its_lines(neighbour)?;
        let dash = self.dash(neighbour)?;
        let lead = &self.text[line_start(self.text, dash)..neighbour.from];
        let indent = &self.text[line_start(self.text, dash)..dash];
        if !indent.bytes().all(|byte| byte == b' ') {
            return Err(Odd(dash, "the item does not stand on lines of its own"));
        }
        let lead = if lead.contains(['\n', '\r', '\t']) { format!("{indent}- ") } else { lead.to_owned() };
        let written = if neighbour.is_flow() {
            lead + &Style::of(self.text, neighbour).value(item, &[], self.order)
        } else {
            self.lines(&lead, item)
        };
        let apart = if list.items().len() > 1 && self.stands_apart(&list.items()[last]) { "\n" } else { "" };
        let end = self.behind_comments(neighbour.to, indent.len());
        Ok(vec![lines_behind(self.text, end, &format!("{apart}{written}"))])
    }

    /// An item in block style, its first key behind this.
    fn lines(self, lead: &str, item: &Value) -> String {
        let Value::Map(entries) = item else {
            return format!("{lead}{}", Style::YAML.value(item, &[], self.order));
        };
        let indent = " ".repeat(lead.len());
        let line = |(key, value): &(String, Value)| {
            format!("{key}: {}", Style::YAML.value(value, &[key.as_str()], self.order))
        };
        let lines: Vec<String> = in_order(entries, (self.order)(&[])).into_iter().map(line).collect();
        format!("{lead}{}", lines.join(&format!("\n{indent}")))
    }

    /// Whether a blank line is in front of an item and the comments above it.
    fn stands_apart(self, item: &Spanned<'_>) -> bool {
        let mut start = line_start(self.text, item.from);
        while start > 0 {
            let before = self.text[..start].trim_end_matches(['\n', '\r']).len();
            if self.text[before..start].matches('\n').count() > 1 {
                return true;
            }
            start = line_start(self.text, before);
            if !self.text[start..before].trim_start().starts_with('#') {
                return false;
            }
        }
        false
    }

    /// The end of the line on which something ends, or of the comments behind it that are further in than this.
    fn behind_comments(self, to: usize, indent: usize) -> usize {
        let mut end = line_end(self.text, to);
        loop {
            let start = next_line(self.text, end);
            let line = &self.text[start..line_end(self.text, start)];
            let blank = line.len() - line.trim_start_matches(' ').len();
            if start == end || blank <= indent || !line[blank..].starts_with('#') {
                return end;
            }
            end = line_end(self.text, start);
        }
    }

    /// The first item of a section that holds nothing.
    fn add_to_empty(
        self,
        root: &Spanned<'_>,
        key: &Spanned<'_>,
        list: &Spanned<'_>,
        item: &Value,
    ) -> Splices {
        let is_empty = list.is_null() || matches!(list.shape, Shape::List { .. });
        if !is_empty || self.text[list.from..list.to].contains('#') {
            return Err(Odd(list.from, "this section is no list that an item can be added to"));
        }
        let style = Style::of(self.text, root);
        if root.is_flow() {
            let written = style.value(&Value::List(vec![item.clone()]), &[], self.order);
            let blank = if list.from == list.to { " " } else { "" };
            return Ok(vec![Splice { from: list.from, to: list.to, text: format!("{blank}{written}") }]);
        }
        let lines = self.lines(&format!("{}- ", self.usual_indent(root)), item);
        let mut splices = vec![lines_behind(self.text, line_end(self.text, list.to), &lines)];
        if list.from < list.to {
            let from = key.to + self.text[key.to..].find(':').map_or(0, |at| at + 1);
            splices.push(Splice { from, to: list.to, text: String::new() });
        }
        Ok(splices)
    }

    /// How far in the items of the other sections are.
    fn usual_indent(self, root: &Spanned<'_>) -> String {
        let lists = root.entries().iter().filter(|(_, value)| !value.is_flow());
        let first =
            lists.filter_map(|(_, value)| value.items().first()).find_map(|item| self.dash(item).ok());
        first.map_or_else(|| "  ".to_owned(), |dash| self.text[line_start(self.text, dash)..dash].to_owned())
    }

    /// A section that is not there, behind the one that precedes it in the format.
    fn add_section(self, root: &Spanned<'_>, section: &str, sections: &[&str], item: &Value) -> Splices {
        let rank = |name: &str| sections.iter().position(|one| *one == name).unwrap_or(usize::MAX);
        let entries = root.entries();
        let before =
            entries.iter().rposition(|(key, _)| rank(key.text().unwrap_or_default()) < rank(section));
        if root.is_flow() {
            let style = Style::of(self.text, root);
            let entry = style.key(section) + &style.value(&Value::List(vec![item.clone()]), &[], self.order);
            let ends: Vec<(usize, usize)> = entries.iter().map(|(key, value)| (key.from, value.to)).collect();
            return Ok(vec![self.between(root.from, &ends, before, &entry)]);
        }
        let indent = self.indent(root)?;
        let lines = self.lines(&format!("{}- ", self.usual_indent(root)), item);
        let block = format!("{indent}{section}:\n{lines}");
        let Some(at) = before else {
            let ending = line_ending(self.text);
            let text = format!("{}{ending}{indent}", block.trim_start().replace('\n', ending));
            return Ok(vec![Splice { from: root.from, to: root.from, text }]);
        };
        self.ends_its_lines(&entries[at].1)?;
        let apart = entries.iter().skip(1).any(|(key, _)| self.stands_apart(key));
        let end = self.behind_comments(entries[at].1.to, indent.len());
        let apart = if apart { "\n" } else { "" };
        Ok(vec![lines_behind(self.text, end, &format!("{apart}{block}"))])
    }

    /// Takes an item out; a list that would be empty is written so.
    pub(super) fn remove(self, root: &Spanned<'_>, section: &str, index: usize) -> Splices {
        let Some(at) = root.position(section) else { return Ok(Vec::new()) };
        let (key, list) = &root.entries()[at];
        let ends: Vec<(usize, usize)> = list.items().iter().map(|item| (item.from, item.to)).collect();
        if list.is_flow() {
            return self.out_of_flow(&ends, index);
        }
        let dash = self.dash(&list.items()[index])?;
        let start = line_start(self.text, dash);
        if !self.text[start..dash].bytes().all(|byte| byte == b' ') {
            return Err(Odd(dash, "the item does not stand on lines of its own"));
        }
        let mut splices = vec![self.without_lines(start, line_end(self.text, ends[index].1))];
        if ends.len() == 1 {
            let colon = key.to + self.text[key.to..].find(':').map_or(0, |at| at + 1);
            splices.push(Splice { from: colon, to: colon, text: " []".to_owned() });
        }
        Ok(splices)
    }
}
