//! `debt fix` on a terminal: one act after the other, best first, in plain lines.

use std::collections::HashSet;
use std::io::{self, BufRead};

use super::env::Environment;
use super::fix_told::question;
use super::output::to_stderr;
use super::trouble::Trouble;
use crate::acts::Class;
use crate::analysis::fix::{Acknowledging, Attempt, Refusal, Session, What, Words, answered};
use crate::base::message::counted;
use crate::render::escape::{label, terminal};
use crate::render::fix::{done_line, question as head, shown};
use crate::render::{self};
use crate::report::fix::{AskRow, diff_of, row_of};
use crate::report::{asked, refused};
use crate::source::{FileIx, Severity};

/// What somebody wants with an act.
enum Answer {
    Yes,
    No,
    Tell,
    Acknowledge,
    Quit,
}

/// Asks about every act; whether the files are to be written.
pub(super) fn ask(
    session: &mut Session<'_>,
    write: bool,
    environment: &Environment,
) -> Result<bool, Trouble> {
    let mut passed: HashSet<String> = HashSet::new();
    let (mut number, mut done) = (0, 0);
    let mut rows = asked(session).into_iter();
    loop {
        // Only what is done changes what the others come to.
        if session.done().len() > done {
            done = session.done().len();
            rows = asked(session).into_iter();
        }
        let Some(row) = rows.find(|row| !passed.contains(row.act.raw())) else { break };
        number += 1;
        to_stderr(&head(&row, number, environment.err));
        passed.insert(row.act.raw().to_owned());
        if !about(session, &row, environment)? {
            break;
        }
    }
    if number == 0 {
        to_stderr("There is nothing to do.\n");
    }
    if session.done().is_empty() || write || environment.out.width.is_none() {
        return Ok(write);
    }
    let edits = session.edits().map_err(|why| anyhow::anyhow!("{}", short(session, &why)))?;
    let name = |file: FileIx| session.original().name(file).map(label).unwrap_or_default();
    let names: Vec<String> = edits.iter().map(|edit| name(edit.file)).collect();
    let count = counted(session.done().len(), "change", "changes");
    to_stderr(&format!("\nWrite {count} to {}? [y]es [n]o: ", names.join(", ")));
    Ok(matches!(line()?.as_deref().map(answer), Some(Some(Answer::Yes))))
}

/// Asks about one act; false where whoever is asked has had enough.
fn about(session: &mut Session<'_>, row: &AskRow, environment: &Environment) -> Result<bool, Trouble> {
    let named = What::Act(row.act.raw().to_owned());
    let mut ready = match row.class {
        Class::Mechanical => tried(session, &named, &Words::default(), environment),
        // What nothing has to be told about is shown as well.
        Class::Told if row.option.is_none() => tried(session, &named, &Words::default(), environment),
        Class::Told | Class::Advice => None,
    };
    if let Some(by_hand) = &row.by_hand {
        let place = row.location.as_ref();
        let place = place.map(|at| format!(" ({}:{})", terminal(at.file.raw()), at.line)).unwrap_or_default();
        to_stderr(&format!("   By hand: {}{place}\n", label(by_hand)));
    }
    loop {
        let choices = match (&ready, &row.option) {
            (Some(_), _) => "[y]es [n]o [a]cknowledge [q]uit",
            (None, Some(_)) => "[t]ell [n]o [a]cknowledge [q]uit",
            (None, None) => "[n]ext [a]cknowledge [q]uit",
        };
        to_stderr(&format!("   {choices}: "));
        let Some(typed) = line()? else { return Ok(false) };
        match (answer(&typed), ready.take(), &row.option) {
            (Some(Answer::Quit), ..) => return Ok(false),
            (Some(Answer::No), ..) => return Ok(true),
            (Some(Answer::Yes), Some(attempt), _) => {
                session.accept(attempt);
                return Ok(true);
            }
            (Some(Answer::Tell), None, Some((option, takes, likely))) => {
                ready = tell(session, row, (option, takes, likely.as_deref()), environment)?;
            }
            (Some(Answer::Acknowledge), ..) => match acknowledge(session, row, environment)? {
                Some(attempt) => ready = Some(attempt),
                None => ready = None,
            },
            (_, before, _) => {
                ready = before;
                to_stderr(&format!("   One of {choices}\n"));
            }
        }
    }
}

/// Asks for what has to be told until it can be done; `None` if the answer is empty.
fn tell(
    session: &Session<'_>,
    row: &AskRow,
    (option, takes, likely): (&str, &str, Option<&str>),
    environment: &Environment,
) -> Result<Option<Attempt>, Trouble> {
    let likely = likely.map(|likely| format!(", likely {}", terminal(likely))).unwrap_or_default();
    loop {
        to_stderr(&format!("   {}{likely}: ", question(option, takes, row.is_talk)));
        let Some(typed) = line()?.filter(|typed| !typed.is_empty()) else { return Ok(None) };
        match answered(option, &typed, session.own().day) {
            Err(why) => to_stderr(&format!("   {}\n", terminal(&why))),
            Ok(words) => {
                let named = What::Act(row.act.raw().to_owned());
                if let Some(attempt) = tried(session, &named, &words, environment) {
                    return Ok(Some(attempt));
                }
            }
        }
    }
}

/// Asks why the worst factor of an act has to wait, until it can be written; `None` if the answer is empty.
fn acknowledge(
    session: &Session<'_>,
    row: &AskRow,
    environment: &Environment,
) -> Result<Option<Attempt>, Trouble> {
    let Some(factor) = row.factors.first() else { return Ok(None) };
    to_stderr(&format!("   {}\n", terminal(factor)));
    loop {
        to_stderr("   Why does it stand for now? (10 to 300 characters): ");
        let Some(reason) = line()?.filter(|typed| !typed.is_empty()) else { return Ok(None) };
        let acknowledge = Some(Acknowledging { reason, through: None });
        let words = Words { acknowledge, ..Words::default() };
        if let Some(attempt) = tried(session, &What::Factor(factor.clone()), &words, environment) {
            return Ok(Some(attempt));
        }
    }
}

/// Tries it, and shows the diff and what it comes to, or why not.
fn tried(session: &Session<'_>, what: &What, words: &Words, environment: &Environment) -> Option<Attempt> {
    match session.attempt(what, words) {
        Ok(attempt) => {
            to_stderr(&shown(&diff_of(session, &attempt), environment.err));
            to_stderr(&format!("   {}\n", done_line(&row_of(session, &attempt.done))));
            Some(attempt)
        }
        Err(why) => {
            to_stderr(&short(session, &why));
            None
        }
    }
}

/// Why not, as an error of its own.
fn short(session: &Session<'_>, why: &Refusal) -> String {
    let screen = render::Screen { width: Some(80), colour: false, drawing: false };
    if let Refusal::NotHappened(both) = why {
        return render::diagnostics::text(&both.0, Severity::Error, &both.1, screen);
    }
    let errors = refused(session, why);
    render::diagnostics::text(&errors, Severity::Error, session.sources(), screen)
}

fn answer(typed: &str) -> Option<Answer> {
    match typed.to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(Answer::Yes),
        "n" | "no" | "next" | "" => Some(Answer::No),
        "t" | "tell" => Some(Answer::Tell),
        "a" | "acknowledge" => Some(Answer::Acknowledge),
        "q" | "quit" => Some(Answer::Quit),
        _ => None,
    }
}

/// A line from standard input; `None` if it has ended.
fn line() -> Result<Option<String>, Trouble> {
    let mut typed = String::new();
    let count = io::stdin().lock().read_line(&mut typed)?;
    if count == 0 {
        to_stderr("\n");
    }
    Ok((count > 0).then(|| typed.trim().to_owned()))
}
