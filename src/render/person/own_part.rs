//! One person's own part: their lines, their 1:1s, what is found, what they owe. No score and no grade.

use std::io::{self, Write};

use super::super::escape::{label, markdown as escaped};
use super::super::own::{OwnView, name, put_lines};
use super::super::table::parts::{Column, columns, left_and_right};
use super::super::words::shortened;
use super::job;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::report::lines::{LineRow, NamedRow, OwnerState};
use crate::report::person::{OwnFinding, OwnOneOnOne, OwnPart};

/// A heading with its lines, each in one or two parts.
type Section = (&'static str, Vec<[String; 2]>);

/// Everything that is said, in the words of this output: `say` makes names and texts fit for it.
fn sections(part: &OwnPart, say: fn(&Untrusted) -> String) -> Vec<Section> {
    let day = |day: Day| day.in_short(part.head.as_of);
    let named = |rows: &[NamedRow]| rows.iter().map(|row| say(&row.label)).collect::<Vec<_>>().join(", ");
    let mut lines = vec![
        ["Delivery".to_owned(), owner(&part.person.delivery, say)],
        ["Craft".to_owned(), owner(&part.person.craft, say)],
    ];
    if let Some(rater) = &part.person.rated_by_label {
        lines.push(["Rated by".to_owned(), say(rater)]);
    }
    for (what, rows) in [("Owns delivery of", &part.owns_delivery), ("Owns craft of", &part.owns_craft)] {
        if !rows.is_empty() {
            lines.push([what.to_owned(), named(rows)]);
        }
    }
    let one = |row: &OwnOneOnOne| {
        let held =
            row.last_held.map_or_else(|| "no day written".to_owned(), |held| format!("held {}", day(held)));
        let whose = if row.holds { "yours to hold" } else { "theirs to hold" };
        [format!("{} with {}", job(row.job), say(&row.with_label)), format!("{held}, {whose}")]
    };
    let finding = |row: &OwnFinding| {
        let who = row.owner_label.as_ref().map(|who| format!("{}: ", say(who))).unwrap_or_default();
        [say(&row.words), format!("{who}{}", say(&row.remedy))]
    };
    let owes = part.owes.iter().map(|talk| {
        [format!("a talk with {} ({})", say(&talk.with_label), talk.kind), format!("due {}", day(talk.due))]
    });
    let held = part.held.iter().map(|talk| {
        [
            format!("a talk with {} ({})", say(&talk.owner_label), talk.kind),
            format!("held {}", day(talk.held)),
        ]
    });
    let all = [
        ("Lines", lines),
        ("1:1s", part.one_on_ones.iter().map(one).collect()),
        ("What could be talked about", part.findings.iter().map(finding).collect()),
        ("Talks you owe", owes.collect()),
        ("Talks that were held", held.collect()),
    ];
    all.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

fn owner(line: &LineRow, say: fn(&Untrusted) -> String) -> String {
    let who = line.owner_label.as_ref().map(say);
    match (line.state, who) {
        (OwnerState::Here, Some(who)) => who,
        (OwnerState::Absent, Some(who)) => format!("{who}, who is not there"),
        (OwnerState::Exempt, _) => "needs none".to_owned(),
        (OwnerState::Ends, _) => "ends here".to_owned(),
        (OwnerState::Unknown, _) => "not said".to_owned(),
        (OwnerState::Here | OwnerState::Absent | OwnerState::Nobody, _) => "nobody".to_owned(),
    }
}

pub(super) fn table(part: &OwnPart, view: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let heading = format!("{}: {}", label(&name(&part.head)), label(&part.person.label));
    let mut lines = left_and_right(&heading, &part.head.as_of.in_full(), view.width());
    for (heading, rows) in sections(part, label) {
        lines.push(String::new());
        lines.push(format!(" {heading}"));
        for [what, how] in rows {
            lines.extend(both(&what, &how, view));
        }
    }
    lines.push(String::new());
    lines.extend(view.sentence(
        "This is what may be shown to them: no score, no grade, and no talk about them that was not held.",
    ));
    put_lines(&lines, to)
}

/// What on the left, how behind it, each wrapped within its half.
fn both(what: &str, how: &str, view: &OwnView) -> Vec<String> {
    let half = view.width().saturating_sub(6) / 2;
    let wrap = |text: &str| columns(&[Column::Rest], &[vec![text.to_owned()]], 0, half);
    let (left, right) = (wrap(what), wrap(how));
    let row = |at: usize| {
        let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
        let gap = half.saturating_sub(super::super::table::parts::width_of(&cell(&left)));
        format!("   {}{}  {}", cell(&left), " ".repeat(gap), cell(&right)).trim_end().to_owned()
    };
    (0..left.len().max(right.len())).map(row).collect()
}

pub(super) fn markdown(part: &OwnPart, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let say = |text: &Untrusted| escaped(&shortened(text.raw()));
    let mut text = format!(
        "# {}, {}\n\nOf {}. It is for {} alone: no score, no grade, and no talk about them that was not held.\n",
        say(&part.person.label),
        part.head.as_of.in_full(),
        say(&name(&part.head)),
        say(&part.person.label)
    );
    for (heading, rows) in sections(part, say) {
        text.push_str(&format!("\n## {heading}\n\n"));
        for [what, how] in rows {
            text.push_str(&format!("- **{what}**: {how}\n"));
        }
    }
    to.write_all(text.as_bytes())
}
