//! `markdown`: a heading for each 1:1, what belongs on it below.

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::own::{OwnView, name};
use super::super::words::shortened;
use super::job;
use crate::base::names::Untrusted;
use crate::report::person::{AgendaReport, AgendaRow};

fn say(text: &Untrusted) -> String {
    markdown(&shortened(text.raw()))
}

pub(super) fn render(agenda: &AgendaReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut text = format!(
        "# The next 1:1s of {}, {}\n\nOf {}. It is for {} alone.\n",
        say(&agenda.owner.label),
        agenda.head.as_of.in_full(),
        say(&name(&agenda.head)),
        say(&agenda.owner.label)
    );
    if agenda.one_on_ones.is_empty() {
        text.push_str("\nThere are none.\n");
    }
    for row in &agenda.one_on_ones {
        text.push_str(&one(row, agenda));
    }
    to.write_all(text.as_bytes())
}

fn one(row: &AgendaRow, agenda: &AgendaReport) -> String {
    let near = agenda.head.as_of;
    let when = match row.next {
        Some(next) if row.overdue => format!("was due {}", next.in_short(near)),
        Some(next) => next.in_short(near),
        None => "no day written".to_owned(),
    };
    let mut text = format!("\n## {}: {}, {when}\n\n", say(&row.with_label), job(row.job));
    let mut points = Vec::new();
    points.extend(row.say.iter().map(|words| format!("Say aloud: \u{201C}{}\u{201D}", say(words))));
    for talk in &row.owed {
        points.push(format!("You owe them a talk ({}), due {}", talk.kind, talk.due.in_short(near)));
    }
    for decision in &row.decisions {
        points.push(format!("Open: {}, due {}", say(&decision.label), decision.due.in_short(near)));
    }
    for ending in &row.acknowledgements {
        let through = ending.through.in_short(near);
        points.push(format!("The acknowledgement of {} ends after {through}", say(&ending.factor)));
    }
    for topic in &row.elsewhere {
        let line = if topic.line == "craft" { "Craft" } else { "Delivery" };
        let owner = topic.owner_label.as_ref().map(|owner| format!(" with {}", say(owner)));
        let topic = markdown(topic.topic);
        points.push(format!("{topic} belongs in the {line} 1:1{}", owner.unwrap_or_default()));
    }
    if points.is_empty() {
        points.push("Nothing is written that belongs here".to_owned());
    }
    for point in points {
        text.push_str(&format!("- {point}\n"));
    }
    text
}
