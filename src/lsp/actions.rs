//! The deeds of `debt fix` for the items under the cursor. What has to be told is offered as several actions where it is one
//! of a few words, or a day; what `fix` refuses is refused here.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::analysis::Analysis;
use super::diagnostics::{points, shown};
use crate::acts::{self, Class, Mode, NoDeed, Told, of_factors};
use crate::analysis::fix::{What, Words, answered};
use crate::edit::EditedFile;
use crate::render::diagnostics::sentence;
use crate::report::{FactorRow, refused};
use crate::rules;
use crate::source::{FileIx, Mark, Severity};

/// So many are tried for one menu: each is a whole tally of the portfolio.
const MOST_TRIED: usize = 20;

/// Something that can be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does, for a menu.
    pub title: String,
    /// The act.
    pub act: String,
    /// What it is told: the option, and its value.
    pub told: Option<(String, String)>,
    /// The factors that it resolves.
    pub factors: Vec<String>,
    /// Whether a program can do it by itself.
    pub is_mechanical: bool,
}

/// What can be done about the items in these bytes, the worst factor first; of many items only some of it.
pub fn actions(analysis: &Analysis, file: FileIx, bytes: &Range<usize>) -> Vec<Action> {
    let rows = rows_at(analysis, file, bytes);
    let mut wanted: HashMap<&str, &FactorRow> = HashMap::new();
    for row in rows {
        wanted.entry(row.act.raw()).or_insert(row);
    }
    let catalog = rules::catalog();
    let Some(session) = analysis.session(&catalog).filter(|_| !wanted.is_empty()) else { return Vec::new() };
    let card = session.card();
    let portfolio = session.portfolio();
    let (mut all, mut tried) = (Vec::new(), 0_usize);
    for act in of_factors(card.factors.iter()) {
        let id = act.id(portfolio);
        let Some(row) = wanted.get(id.as_str()).filter(|_| act.minutes() > 0) else {
            continue;
        };
        let missing = act.deed(&card.facts, &Told::default(), Mode::AsTold).err();
        let is_mechanical = acts::class_of(act.act, missing.as_ref()) == Class::Mechanical;
        let factors: Vec<String> = act.factors.iter().map(|factor| factor.id(portfolio)).collect();
        let words = |told: &Option<(String, String)>| match told {
            Some((option, value)) => answered(option, value, analysis.day()).ok(),
            None => Some(Words::default()),
        };
        let choices = choices(missing.as_ref(), analysis);
        if tried >= MOST_TRIED {
            break;
        }
        tried += choices.len();
        for told in choices {
            // What would change nothing is refused by `fix`.
            if !words(&told).is_some_and(|words| session.has_effect(&card, &act, &words)) {
                continue;
            }
            let title = title(row, told.as_ref());
            let (act, factors) = (id.clone(), factors.clone());
            all.push(Action { title, act, told, factors, is_mechanical });
        }
    }
    all
}

/// The factors of the items in these bytes.
fn rows_at<'a>(analysis: &'a Analysis, file: FileIx, bytes: &Range<usize>) -> Vec<&'a FactorRow> {
    let line_start = |byte: usize| {
        let text = analysis.sources.text(file);
        analysis.seen(file).map_or(byte, |seen| seen.lines.line(text, seen.lines.line_of(byte)).start)
    };
    let mine = analysis.index().items.iter().filter(|item| item.file == file);
    let touched = mine.filter(|item| bytes.start <= item.at.end && line_start(item.at.start) <= bytes.end);
    let starts: HashSet<usize> = touched.map(|item| item.at.start).collect();
    let is_touched = |row: &&FactorRow| {
        row.location.as_ref().is_some_and(|at| {
            let mark = Mark { line: at.line, column: at.column };
            analysis.named(at.file.raw()) == Some(file) && starts.contains(&analysis.byte(file, mark))
        })
    };
    analysis.scored.iter().flat_map(|scored| &scored.factors).filter(is_touched).collect()
}

/// `label it: craft`
fn title(row: &FactorRow, told: Option<&(String, String)>) -> String {
    let task = shown(row.task.raw());
    let what = match told {
        None => task,
        Some((option, value)) => match option.as_str() {
            "--held" => format!("{task}: held on {value}"),
            "--reviewed" => format!("{task}: reviewed on {value}"),
            "--closed" => format!("{task}: decided on {value}"),
            "--escalated" => format!("{task}: handed up on {value}"),
            _ => format!("{task}: {}", shown(value)),
        },
    };
    format!("{} ({}, {})", what, row.code, points(row.mp.mp()))
}

/// What an act can be told; nothing where it needs a person, and one empty choice where it needs to be told nothing.
fn choices(missing: Option<&NoDeed>, analysis: &Analysis) -> Vec<Option<(String, String)>> {
    let Some(missing) = missing else { return vec![None] };
    let NoDeed::Untold { option, takes, likely } = missing else { return Vec::new() };
    let told = |value: String| Some(((*option).to_owned(), value));
    match *option {
        "--held" | "--reviewed" | "--closed" | "--escalated" => vec![told(analysis.day().to_string())],
        _ if takes.contains('|') => {
            let mut words: Vec<&str> = takes.split('|').collect();
            words.sort_by_key(|word| likely.as_deref() != Some(word));
            words.into_iter().map(|word| told(word.to_owned())).collect()
        }
        _ => likely.iter().map(|likely| told(likely.clone())).collect(),
    }
}

/// What an action replaces in each file.
///
/// # Errors
/// `fix` refuses it, for a reason.
pub fn made(analysis: &Analysis, act: &str, told: Option<(&str, &str)>) -> Result<Vec<EditedFile>, String> {
    let catalog = rules::catalog();
    let session = analysis.session(&catalog).ok_or("the portfolio has errors; mend them first")?;
    let words = match told {
        Some((option, value)) => answered(option, value, analysis.day())?,
        None => Words::default(),
    };
    match session.attempt(&What::Act(act.to_owned()), &words) {
        Ok(attempt) => Ok(attempt.files().to_vec()),
        Err(why) => {
            let all = refused(&session, &why);
            let first = all.sorted(Severity::Error).first().map(|one| sentence(&one.message));
            Err(first.unwrap_or_else(|| "this is not done".to_owned()))
        }
    }
}
