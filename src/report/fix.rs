//! What `debt fix` did or would do: its types are the contract of `debt fix --format json`. It writes names into
//! files, so it shows them too.

use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{self, Version};
use super::privacy::Privacy;
use super::refused::why_not;
use super::speak::Speaker;
use super::{Called, Location, Tool};
use crate::acts::Class;
use crate::analysis::fix::{Done, Refusal, Session, Skipped};
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::message::{Fact, Message, listed, message};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::edit::{diff, files};
use crate::model::{Change, Patch, Portfolio};
use crate::score::part::Part;

/// What `debt fix` did, or would do with `--write`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtFix")]
pub struct FixReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio's name.
    pub portfolio: Option<Untrusted>,
    /// What programs tell it from others by; with a slash and the part behind it: `payments/squad:ledger`.
    pub portfolio_id: Untrusted,
    /// The day that was scored.
    pub as_of: Day,
    /// Whether the files were written.
    pub written: bool,
    /// The score before, in milli-points.
    pub from_mp: MilliPoints,
    /// The score after.
    pub to_mp: MilliPoints,
    /// What was done, in that order; then what was meant by a code or `all` and was not.
    pub acts: Vec<FixedRow>,
    /// The files that change, by path.
    pub files: Vec<FixedFile>,
}

/// An act that was asked for.
#[derive(Serialize, JsonSchema)]
pub struct FixedRow {
    /// Its id: `split:meeting:bo-ana`.
    pub act: Untrusted,
    /// Who can do it: a program by itself (`mechanical`), a program that is told what only people know (`told`), or a
    /// person (`advice`).
    #[schemars(with = "contract::ActClass")]
    pub class: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// By how much the score falls, in milli-points; null where it is not done.
    pub effect_mp: Option<MilliPoints>,
    /// The change of data; null where it is not done.
    pub patch: Option<Patch>,
    /// Why it is not done; null where it is.
    pub why_not: Option<Untrusted>,
    /// The score before and after.
    #[serde(skip)]
    pub(crate) scores: (MilliPoints, MilliPoints),
    /// What to do beside it, in a sentence.
    #[serde(skip)]
    pub(crate) note: Option<Untrusted>,
}

/// A file that changes.
#[derive(Serialize, JsonSchema)]
pub struct FixedFile {
    /// Its path as it was typed; `-` for standard input.
    pub path: Untrusted,
    /// What is replaced, in the order of the file.
    pub edits: Vec<EditRow>,
    /// The same as a unified diff.
    #[serde(skip)]
    pub(crate) diff: String,
    /// The whole new text.
    #[serde(skip)]
    pub(crate) text: String,
    /// The lines of comments about what changed.
    #[serde(skip)]
    pub(crate) comments: Vec<u32>,
}

/// Bytes that are replaced.
#[derive(Serialize, JsonSchema)]
pub struct EditRow {
    /// The first byte, counted from 0 in the file that was read.
    pub from: usize,
    /// The byte behind the last.
    pub to: usize,
    /// What is there instead.
    pub text: String,
}

/// An act that can be asked for.
pub struct AskRow {
    /// Its id.
    pub act: Untrusted,
    /// What it is, beginning with a verb.
    pub what: Untrusted,
    /// Who can do it.
    pub who: Option<Untrusted>,
    /// Where its subject is written.
    pub location: Option<Location>,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// By how much the score falls, with what has to be told assumed.
    pub effect: Option<MilliPoints>,
    /// Who can do it: a program, a program that is told, a person.
    pub class: Class,
    /// What has to be told, in few words.
    pub tells: String,
    /// The option that tells it, what that takes, and the likely value.
    pub option: Option<(&'static str, &'static str, Option<String>)>,
    /// What a person has to write.
    pub by_hand: Option<Untrusted>,
    /// The ids of its factors, worst first.
    pub factors: Vec<String>,
    /// Whether it is about a conversation, which can be pushed.
    pub is_talk: bool,
}

/// What a session has come to.
///
/// # Errors
/// A bug: the edits together are not what each of them is.
pub fn fix(
    session: &Session<'_>,
    skipped: &[Skipped],
    written: bool,
    version: &'static str,
    called: Called<'_>,
) -> Result<FixReport, Refusal> {
    let privacy = Privacy::names();
    let own = session.own();
    let speaker = Speaker::new(&own.portfolio, own.day, &privacy);
    let mut acts: Vec<FixedRow> =
        session.done().iter().map(|done| fixed(done, &own.portfolio, &speaker)).collect();
    acts.extend(skipped.iter().map(|one| FixedRow {
        act: Untrusted::new(&*one.act),
        class: one.class.word(),
        done: false,
        effect_mp: None,
        patch: None,
        why_not: Some(why_not(&one.why, &speaker)),
        scores: (session.to(), session.to()),
        note: None,
    }));
    Ok(FixReport {
        schema_version: Version,
        tool: Tool { name: "debt", version },
        portfolio: speaker.portfolio_name(),
        portfolio_id: speaker.identity(called, &Part::default()),
        as_of: own.day,
        written,
        from_mp: session.from(),
        to_mp: session.to(),
        acts,
        files: files_of(session, written)?,
    })
}

/// What an attempt would do to the files, as a diff.
pub fn diff_of(session: &Session<'_>, attempt: &crate::analysis::fix::Attempt) -> String {
    let pairs = session.sources().0.iter().zip(&attempt.sources.0);
    pairs.map(|(old, new)| diff::unified(old.name.raw(), &old.text, &new.text)).collect()
}

/// An act that was done.
pub fn row_of(session: &Session<'_>, done: &Done) -> FixedRow {
    let privacy = Privacy::names();
    let own = session.own();
    fixed(done, &own.portfolio, &Speaker::new(&own.portfolio, own.day, &privacy))
}

fn files_of(session: &Session<'_>, written: bool) -> Result<Vec<FixedFile>, Refusal> {
    let comments = session.comments(written);
    let mut all = Vec::new();
    for edit in session.edits()? {
        let Some(source) = session.original().0.get(edit.file.index()) else { continue };
        // Places in the file count its byte-order mark, which no text has.
        let mark = source.path.as_deref().map_or("", files::mark_of);
        let name = if source.path.is_some() { source.name.raw() } else { "-" };
        let at = |byte: usize| byte + mark.len();
        let edits = edit.splices.iter();
        all.push(FixedFile {
            path: Untrusted::new(name),
            diff: diff::unified(name, &format!("{mark}{}", edit.before), &format!("{mark}{}", edit.after)),
            edits: edits
                .map(|one| EditRow { from: at(one.from), to: at(one.to), text: one.text.clone() })
                .collect(),
            text: edit.after.to_owned(),
            comments: comments.iter().filter(|(file, _)| *file == edit.file).map(|(_, line)| *line).collect(),
        });
    }
    all.sort_by(|a, b| a.path.raw().cmp(b.path.raw()));
    Ok(all)
}

fn fixed(done: &Done, portfolio: &Portfolio, speaker: &Speaker<'_>) -> FixedRow {
    FixedRow {
        act: Untrusted::new(&*done.act),
        class: done.class.word(),
        done: true,
        effect_mp: Some(done.from - done.to),
        patch: Some(done.patch.clone()),
        why_not: None,
        scores: (done.from, done.to),
        note: note(done, portfolio).map(|note| speaker.say_first(&note)),
    }
}

/// What to do beside it: whom to ask, when it begins to count.
fn note(done: &Done, portfolio: &Portfolio) -> Option<Message<Fact>> {
    if done.act.starts_with("push:") {
        let adds = done.to - done.from;
        return Some(message!("pushing adds ", adds, " and does not stop the clock"));
    }
    if done.act.starts_with("acknowledge:") {
        return Some(message!("it is named, and counted all the same"));
    }
    let person = |id: &str| match portfolio.find("person", id) {
        Some(Subject::Person(person)) => Some(person),
        _ => None,
    };
    let mut people = Vec::new();
    for change in &done.patch.0 {
        match change {
            Change::Add { item, .. } => {
                let sides = ["owner", "with", "mentor", "mentee"];
                people.extend(sides.iter().filter_map(|side| text(item.get(side)?)).filter_map(person));
            }
            Change::Set { set, key, to } if key == "owner" || key == "with" => {
                people.extend(text(to).and_then(person));
                people.extend(sides(portfolio, set));
            }
            Change::Set { .. }
            | Change::Unset { .. }
            | Change::Append { .. }
            | Change::Strip { .. }
            | Change::Remove { .. } => {}
        }
    }
    // Each once, in the order of the changes.
    let mut asked = Vec::new();
    for person in people {
        if !asked.contains(&person) {
            asked.push(person);
        }
    }
    let later = done.later.map(|day| message!("it counts from ", day, " on"));
    if asked.is_empty() {
        return later;
    }
    let names = asked.into_iter().map(|one| message!(one)).collect();
    let asks = message!("ask ").and(listed(names)).and(message!(" first"));
    Some(later.map_or(asks.clone(), |later| asks.and(message!("; ")).and(later)))
}

fn text(value: &crate::yaml::value::Value) -> Option<&str> {
    match value {
        crate::yaml::value::Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Both who are in an item.
fn sides(portfolio: &Portfolio, name: &str) -> Vec<crate::base::ids::PersonIx> {
    let found = name.split_once(':').and_then(|(kind, id)| portfolio.find(kind, id));
    match found {
        Some(Subject::Meeting(at)) => {
            let meeting = portfolio.meeting(at);
            [meeting.owner.target(), crate::model::target(meeting.with)].into_iter().flatten().collect()
        }
        Some(Subject::Conversation(at)) => {
            let talk = portfolio.conversation(at);
            [talk.owner.target(), talk.with.target()].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}
