//! `mermaid`: a flowchart, solid for delivery and dotted for craft. Mermaid gives up at 500 arrows and 50,000 characters,
//! and no diagram can raise these limits itself: well below them it is refused here.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::super::escape;
use super::LinesView;
use super::words::{NONE, absence, line_of, squad};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{LineRow, LinesReport, OwnerState};

/// As many arrows and characters as are drawn.
const MOST_LINES: usize = 400;
const MOST_CHARACTERS: usize = 45_000;

pub(super) fn refuse(report: &LinesReport, view: &LinesView) -> Option<String> {
    if let Some(why) = super::refuse_aggregate(report, "diagram") {
        return Some(why);
    }
    let Diagram { text, arrows } = diagram(report, view);
    let characters = text.chars().count();
    (arrows > MOST_LINES || characters > MOST_CHARACTERS).then(|| {
        format!(
            "a Mermaid diagram of {arrows} lines and {characters} characters would not be drawn (here at most {MOST_LINES} \
             and {MOST_CHARACTERS}); take one squad with --squad ID, or one line with --line"
        )
    })
}

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(diagram(report, view).text.as_bytes())
}

struct Diagram {
    text: String,
    arrows: usize,
}

fn diagram(report: &LinesReport, view: &LinesView) -> Diagram {
    let mut text = String::from("flowchart LR\n");
    let mut nodes: BTreeMap<&Untrusted, usize> = BTreeMap::new();
    let mut before: Option<&Option<Untrusted>> = None;
    let mut squads = 0;
    for person in &report.people {
        if before != Some(&person.squad) {
            if squads > 0 {
                text.push_str("  end\n");
            }
            squads += 1;
            text.push_str(&format!("  subgraph s{squads}[\"{}\"]\n", escaped(squad(person).raw())));
            before = Some(&person.squad);
        }
        let number = nodes.len() + 1;
        nodes.insert(&person.id, number);
        text.push_str(&format!("    p{number}[\"{}\"]\n", escaped(person.label.raw())));
    }
    if squads > 0 {
        text.push_str("  end\n");
    }
    let shown: Vec<Line> =
        [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)).collect();
    // Owners who are not among the people themselves stand outside of every squad, by their ids.
    let rows = || report.people.iter().flat_map(|person| shown.iter().map(|line| line_of(person, *line)));
    let mut outside: BTreeMap<&Untrusted, &LineRow> = BTreeMap::new();
    for row in rows().filter(|row| row.is_owned()) {
        if let Some(owner) = row.owner.as_ref().filter(|owner| !nodes.contains_key(owner)) {
            outside.entry(owner).or_insert(row);
        }
    }
    for (owner, row) in outside {
        let number = nodes.len() + 1;
        nodes.insert(owner, number);
        let name = row.owner_label.as_ref().map_or(NONE, Untrusted::raw);
        let gone = row
            .absence
            .as_ref()
            .map_or_else(String::new, |gone| format!(" ({})", absence(gone, report.as_of)));
        text.push_str(&format!("  p{number}[\"{}\"]\n", escaped(&format!("{name}{gone}"))));
    }
    if rows().any(|row| row.state == OwnerState::Nobody) {
        text.push_str("  nobody[\"nobody\"]\n");
    }
    let mut arrows = 0;
    for line in shown {
        let arrow = match line {
            Line::Delivery => "-->",
            Line::Craft => "-.->",
        };
        for person in &report.people {
            let row = line_of(person, line);
            let owner = match row.state {
                OwnerState::Here | OwnerState::Absent => {
                    row.owner.as_ref().and_then(|owner| nodes.get(owner)).map(|owner| format!("p{owner}"))
                }
                OwnerState::Nobody => Some("nobody".to_owned()),
                OwnerState::Exempt | OwnerState::Ends | OwnerState::Unknown => None,
            };
            if let Some((owner, person)) = owner.zip(nodes.get(&person.id)) {
                arrows += 1;
                text.push_str(&format!("  {owner} {arrow} p{person}\n"));
            }
        }
    }
    Diagram { text, arrows }
}

/// Text in the quotes of a label. Mermaid reads labels for entities, Markdown, formulas, icons, directives and comments:
/// of ASCII only letters, digits and a few marks that mean nothing to any of these stay as they are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in escape::terminal(text).chars() {
        let is_plain = !character.is_ascii()
            || character.is_ascii_alphanumeric()
            || matches!(character, ' ' | ',' | '(' | ')' | '\'')
            || (character == '-' && !out.is_empty() && !out.ends_with(['-', ' ']));
        match character {
            '"' => out.push_str("#quot;"),
            plain if is_plain => out.push(plain),
            other => out.push_str(&format!("#{};", u32::from(other))),
        }
    }
    // An empty label would be none at all.
    if out.trim().is_empty() { NONE.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn labels_end_where_we_end_them() {
        assert_eq!(escaped("a \"b\" `c` #d; <e>"), "a #quot;b#quot; #96;c#96; #35;d#59; #60;e#62;");
        assert_eq!(escaped("end\n%%{init}%%"), "end#92;n#37;#37;#123;init#125;#37;#37;");
        assert_eq!(escaped("1. x - y-z"), "1#46; x #45; y-z");
        assert_eq!(escaped("  "), "\u{2013}");
    }
}
