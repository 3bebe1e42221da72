//! The pieces that the table is drawn from: amounts, bars, times, headings, and columns by `comfy_table`.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::super::Screen;
pub(in crate::render) use crate::base::decimal::one_decimal;

/// A share in whole percent, rounded half up.
pub(in crate::render) fn percent(thousandths: i64) -> String {
    format!("{} %", thousandths.saturating_add(5).div_euclid(10))
}

/// Minutes as one says them: `45 min`, `1 h`, `1½ h`.
pub(in crate::render) fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, 30) => format!("{hours}\u{BD} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// A bar for `part` of `whole`, at most `width` columns long.
pub(in crate::render) fn bar(part: i64, whole: i64, width: usize, screen: Screen) -> String {
    if whole <= 0 || part <= 0 {
        return String::new();
    }
    let width = i64::try_from(width).unwrap_or(0);
    let eighths = part.saturating_mul(width).saturating_mul(8).div_euclid(whole).max(1);
    let (full, rest) = (eighths / 8, eighths % 8);
    let full_count = usize::try_from(full).unwrap_or(0);
    if !screen.drawing {
        return "#".repeat(full_count.max(1));
    }
    let parts = ["", "\u{258F}", "\u{258E}", "\u{258D}", "\u{258C}", "\u{258B}", "\u{258A}", "\u{2589}"];
    let tail = usize::try_from(rest).ok().and_then(|rest| parts.get(rest)).copied().unwrap_or_default();
    format!("{}{tail}", "\u{2588}".repeat(full_count))
}

/// How many columns a text takes.
pub(in crate::render) fn width_of(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// How many columns the widest of these takes.
pub(in crate::render) fn widest(cells: &[String]) -> usize {
    cells.iter().flat_map(|cell| cell.lines()).map(width_of).max().unwrap_or(0)
}

/// How a column behaves.
#[derive(Clone, Copy)]
pub(in crate::render) enum Column {
    /// As wide as its content, to the left.
    Left,
    /// As wide as its content, to the right.
    Right,
    /// At least so wide, to the right.
    Wide(usize),
    /// Takes what is left, and wraps.
    Rest,
}

/// Blanks behind each column but the last.
const GAP: usize = 2;

/// Rows in columns without lines, indented, within a width: `Rest` takes all that the others leave.
pub(in crate::render) fn columns(
    kinds: &[Column],
    rows: &[Vec<String>],
    indent: usize,
    width: usize,
) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        table.add_row(row.iter().map(Cell::new));
    }
    let content = |index: usize| {
        let lines = rows.iter().filter_map(|row| row.get(index)).flat_map(|cell| cell.lines());
        lines.map(width_of).max().unwrap_or(0)
    };
    let fixed = |index: usize| match kinds[index] {
        Column::Left | Column::Right => content(index),
        Column::Wide(least) => content(index).max(least),
        Column::Rest => 0,
    };
    let taken: usize = (0..kinds.len()).map(fixed).sum::<usize>() + GAP * kinds.len().saturating_sub(1);
    let room = width.saturating_sub(indent + taken + 1).max(NARROWEST);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // Wide enough for what the columns ask for: the wrapping is done by their own widths.
    table.set_width(u16::MAX);
    for (index, kind) in kinds.iter().enumerate() {
        let Some(column) = table.column_mut(index) else { continue };
        let gap = if index + 1 == kinds.len() { 0 } else { GAP };
        column.set_padding((0, u16::try_from(gap).unwrap_or(2)));
        let wanted = match kind {
            Column::Rest => room,
            Column::Left | Column::Right | Column::Wide(_) => fixed(index),
        };
        if matches!(kind, Column::Right | Column::Wide(_)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let wanted = u16::try_from(wanted + gap).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(wanted)));
    }
    let margin = " ".repeat(indent);
    table.lines().map(|line| format!("{margin}{}", line.trim_end())).collect()
}

/// The least width of a wrapped column, however narrow the screen.
const NARROWEST: usize = 20;

/// Text on the left and on the right of one line; below each other where there is no room.
pub(in crate::render) fn left_and_right(left: &str, right: &str, width: usize) -> Vec<String> {
    let gap = width.saturating_sub(width_of(left) + width_of(right) + 2);
    if gap < 2 {
        return vec![format!(" {left}"), format!(" {right}")];
    }
    vec![format!(" {left}{}{right}", " ".repeat(gap))]
}
