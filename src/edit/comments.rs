//! The comments in an item or directly above it: whoever changes the item may have to change them too.

use super::document::{line_end, line_start, next_line};
use crate::source::Mark;
use crate::yaml::spans::{self, Shape, Spanned};

/// The lines of the comments in and directly above the item of a section that begins at a mark.
pub fn about(text: &str, section: &str, mark: Mark) -> Vec<u32> {
    let from = super::byte_of(text, mark);
    let Ok(tree) = spans::tree(text) else { return Vec::new() };
    let items = tree.get(section).map(Spanned::items).unwrap_or_default();
    let Some(item) = items.iter().find(|item| item.from == from) else { return Vec::new() };
    let mut scalars = Vec::new();
    collect(item, &mut scalars);
    let mut start = line_start(text, item.from);
    while start > 0 {
        let before = line_start(text, text[..start].trim_end_matches(['\n', '\r']).len());
        let line = &text[before..line_end(text, before)];
        let is_next = next_line(text, line_end(text, before)) == start;
        if !is_next || !line.trim_start().starts_with('#') {
            break;
        }
        start = before;
    }
    let end = line_end(text, item.to);
    let mut lines = Vec::new();
    let mut at = start;
    loop {
        let stop = line_end(text, at);
        if has_comment(text, at, stop, &scalars) {
            lines.push(line_number(text, at));
        }
        let next = next_line(text, stop);
        if next == stop || next > end {
            return lines;
        }
        at = next;
    }
}

fn collect(node: &Spanned<'_>, scalars: &mut Vec<(usize, usize)>) {
    if matches!(node.shape, Shape::Scalar(..)) {
        scalars.push((node.from, node.to));
    }
    for (key, value) in node.entries() {
        collect(key, scalars);
        collect(value, scalars);
    }
    node.items().iter().for_each(|item| collect(item, scalars));
}

/// A `#` behind a blank or at the start of its line, outside of every scalar.
fn has_comment(text: &str, from: usize, to: usize, scalars: &[(usize, usize)]) -> bool {
    text[from..to].match_indices('#').map(|(at, _)| from + at).any(|at| {
        let is_apart = text[from..at].chars().next_back().is_none_or(|before| " \t,[{]}".contains(before));
        is_apart && !scalars.iter().any(|(start, end)| (*start..*end).contains(&at))
    })
}

fn line_number(text: &str, at: usize) -> u32 {
    let before = &text[..at];
    let lines = before.matches('\n').count() + before.replace("\r\n", "\n").matches('\r').count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::about;
    use crate::source::Mark;

    #[test]
    fn in_and_directly_above() {
        let text = "people:\n  # not this\n\n  # above\n  - id: ana # here\n    name: 'a # b'\n    # inside\n    title: x#y\n  # below\n  - {id: bo, name: \"#\"} # flow\n";
        assert_eq!(about(text, "people", Mark { line: 5, column: 5 }), [4, 5, 7]);
        assert_eq!(about(text, "people", Mark { line: 10, column: 5 }), [9, 10]);
        assert!(about(text, "people", Mark { line: 6, column: 5 }).is_empty());
    }
}
