//! Columns that share a width: each as wide as its cells where there is room, else the wide ones give way alike, and
//! what does not fit is wrapped.

use super::super::table::parts::width_of;

/// Blanks between two columns.
const GAP: usize = 2;
/// However narrow the screen, a column has so many characters.
const NARROWEST: usize = 6;

/// A row: how far in it begins, and its cells.
pub(super) struct Cells {
    pub(super) indent: usize,
    pub(super) cells: Vec<String>,
}

/// How wide each column is within a width; where something must give way, none is wider than its `most`.
pub(super) fn widths(rows: &[Cells], most: &[usize], width: usize) -> Vec<usize> {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let content = |column: usize| {
        let taken = |row: &Cells| {
            let indent = if column == 0 { row.indent } else { 0 };
            row.cells.get(column).map_or(0, |cell| indent + width_of(cell))
        };
        rows.iter().map(taken).max().unwrap_or(0)
    };
    let mut contents: Vec<usize> = (0..count).map(content).collect();
    let mut room = width.saturating_sub(GAP * count.saturating_sub(1) + 1);
    if contents.iter().sum::<usize>() > room {
        contents.iter_mut().zip(most).for_each(|(content, most)| *content = (*content).min(*most));
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|column| contents[*column]);
    let mut widths = vec![0; count];
    for (at, column) in order.iter().enumerate() {
        let share = room / (count - at);
        widths[*column] = contents[*column].min(share.max(NARROWEST));
        room = room.saturating_sub(widths[*column]);
    }
    widths
}

/// A row in columns of these widths, as the lines that it takes.
pub(super) fn lay(row: &Cells, widths: &[usize]) -> Vec<String> {
    let cell = |(column, cell): (usize, &String)| {
        let indent = if column == 0 { row.indent } else { 0 };
        wrap(cell, widths[column].saturating_sub(indent).max(1))
    };
    let cells: Vec<Vec<String>> = row.cells.iter().enumerate().map(cell).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut line = String::new();
        let mut end = 0;
        for (column, cell) in cells.iter().enumerate() {
            let indent = if column == 0 { row.indent } else { 0 };
            let text = cell.get(at).map_or("", String::as_str);
            line.push_str(&" ".repeat((end + indent).saturating_sub(width_of(&line))));
            line.push_str(text);
            end += widths[column] + GAP;
        }
        line.truncate(line.trim_end().len());
        line
    };
    (0..height).map(line).collect()
}

/// A text in lines of at most so many columns, broken between words, and within one where it is longer.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut taken = 0;
    let mut pieces = Vec::new();
    for word in text.split(' ') {
        // A pseudonym is broken behind its type where it has to be.
        match word.find('-').filter(|_| width_of(word) > width) {
            Some(hyphen) => pieces.extend([&word[..=hyphen], &word[hyphen + 1..]]),
            None => pieces.push(word),
        }
    }
    for word in pieces {
        let length = width_of(word);
        let gap = usize::from(taken > 0);
        if taken + gap + length <= width {
            if let Some(line) = lines.last_mut() {
                line.push_str(&" ".repeat(gap));
                line.push_str(word);
            }
            taken += gap + length;
            continue;
        }
        if taken > 0 {
            lines.push(String::new());
            taken = 0;
        }
        for character in word.chars() {
            let wide = width_of(character.encode_utf8(&mut [0; 4]));
            if taken > 0 && taken + wide > width {
                lines.push(String::new());
                taken = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(character);
            }
            taken += wide;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_where_they_must() {
        assert_eq!(wrap("lapsed since 1 Oct", 11), ["lapsed", "since 1 Oct"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("\u{674E}\u{674E}\u{674E}", 4), ["\u{674E}\u{674E}", "\u{674E}"]);
        assert_eq!(wrap("by person-0v3k", 10), ["by person-", "0v3k"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn wide_columns_give_way_alike() {
        let cells =
            |cells: &[&str]| Cells { indent: 1, cells: cells.iter().map(|one| (*one).to_owned()).collect() };
        let rows = [cells(&["ana", &"x".repeat(50), &"y".repeat(40), "no"])];
        assert_eq!(widths(&rows, &[], 60), [4, 24, 23, 2]);
        assert_eq!(widths(&rows, &[9, 9, 99, 9], 60), [4, 9, 38, 2]);
        assert!(rows.iter().flat_map(|row| lay(row, &[4, 24, 23, 2])).all(|line| width_of(&line) < 60));
        assert_eq!(widths(&[], &[], 60), [0_usize; 0]);
    }
}
