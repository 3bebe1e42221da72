//! `tree`: one line as a tree of owners. A person in a circle is printed once, and marked.

use std::io::{self, Write};

use super::super::escape::label;
use super::LinesView;
use super::table::{title, width_of_screen};
use super::words::absence;
use crate::records::words::Line;
use crate::report::lines::{Branch, LinesReport, OwnerState, Trunk};

/// So many levels are drawn; further in, their number is.
const DEEPEST: usize = 24;

pub(super) fn refuse(report: &LinesReport, _: &LinesView) -> Option<String> {
    super::refuse_aggregate(report, "tree")
}

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let to = &mut io::BufWriter::with_capacity(1 << 16, to);
    let line = view.line.unwrap_or(Line::Delivery);
    let forest = match line {
        Line::Delivery => &report.forests[0],
        Line::Craft => &report.forests[1],
    };
    title(report, &format!("the {} line", line.word()), width_of_screen(view), to)?;
    writeln!(to)?;
    // Where nobody looks at it as it comes, it is text like any other.
    let draws = view.screen.drawing || view.screen.width.is_none();
    let guides = if draws {
        ["\u{2502}  ", "   ", "\u{251C}\u{2500} ", "\u{2514}\u{2500} "]
    } else {
        ["|  ", "   ", "|- ", "`- "]
    };
    // Whether the branch at each level above was the last one there.
    let mut above: Vec<bool> = Vec::new();
    for branch in forest.branches() {
        above.truncate(branch.depth);
        let mut text = String::from(" ");
        if let Some(within) = branch.depth.checked_sub(1) {
            let hidden = within.saturating_sub(DEEPEST);
            if hidden > 0 {
                text.push_str(&format!("({hidden} more levels) "));
            }
            let drawn = above.iter().skip(1 + hidden).take(within - hidden);
            drawn.for_each(|is_last| text.push_str(guides[usize::from(*is_last)]));
            text.push_str(guides[2 + usize::from(branch.is_last)]);
        }
        above.push(branch.is_last);
        writeln!(to, "{text}{}", words(branch, report, draws))?;
    }
    to.flush()
}

fn words(branch: &Branch, report: &LinesReport, draws: bool) -> String {
    let (name, gone, state) = match &branch.what {
        Trunk::Nobody => return "nobody".to_owned(),
        Trunk::Unknown => return "not known".to_owned(),
        Trunk::Person { label: name, absence: gone, state, .. } => (label(name), gone, state),
    };
    let gone = gone.iter().map(|gone| absence(gone, report.as_of));
    let state = state.iter().map(|state| match state {
        OwnerState::Exempt => "exempt".to_owned(),
        OwnerState::Ends => "the line ends here".to_owned(),
        OwnerState::Nobody | OwnerState::Unknown | OwnerState::Here | OwnerState::Absent => String::new(),
    });
    let notes: Vec<String> = gone.chain(state).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let circle = match (branch.circle, draws) {
        (false, _) => "",
        (true, true) => " \u{21BA}",
        (true, false) => " (in a circle)",
    };
    format!("{name}{notes}{circle}")
}
