//! The answer to what an act has to be told, as it is typed: on a terminal, on the command line, or chosen in an editor.

use super::what::Words;
use crate::acts::As;
use crate::base::day::Day;
use crate::records::words::{Topic, Track};

/// A day, or the one that is scored.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// The day that is scored.
    Today,
    /// This day.
    On(Day),
}

impl When {
    /// Reads `today` or a date.
    ///
    /// # Errors
    /// It is neither, in words.
    pub fn parse(typed: &str) -> Result<When, String> {
        if typed == "today" { Ok(When::Today) } else { day(typed).map(When::On) }
    }

    /// The day that is meant.
    pub fn on(self, today: Day) -> Day {
        match self {
            When::Today => today,
            When::On(day) => day,
        }
    }
}

/// The words of both ways up.
pub const TRACKS: [&str; 2] = [Track::Warrant.word(), Track::Officer.word()];

/// A topic by its word.
///
/// # Errors
/// There is no such topic, in words.
pub fn topic(typed: &str) -> Result<Topic, String> {
    let found = Topic::ALL.iter().find(|topic| topic.word() == typed);
    let words = || Topic::ALL.iter().map(|topic| topic.word()).collect::<Vec<_>>().join(", ");
    found.copied().ok_or_else(|| format!("expected one of {}", words()))
}

/// A way up by its word.
pub fn track(typed: &str) -> Option<Track> {
    Track::ALL.iter().find(|track| track.word() == typed).copied()
}

fn day(typed: &str) -> Result<Day, String> {
    Day::parse(typed).ok_or_else(|| "expected a calendar date such as 2026-11-20".to_owned())
}

/// What an answer tells for an option, on the day that is scored.
///
/// # Errors
/// The option does not take that, in words.
pub fn answered(option: &str, typed: &str, today: Day) -> Result<Words, String> {
    let mut words = Words::default();
    let on = |typed: &str| When::parse(typed).map(|when| Some(when.on(today)));
    match option {
        "--held" => match typed.strip_prefix("push ") {
            Some(to) => words.push = Some(day(to.trim())?),
            None => words.held = on(typed)?,
        },
        "--reviewed" => words.reviewed = on(typed)?,
        "--closed" => words.closed = on(typed)?,
        "--escalated" => words.escalated = on(typed)?,
        "--as" => {
            let purpose = As::parse(typed);
            words.purpose = Some(purpose.ok_or_else(|| format!("expected one of {}", As::WORDS.join(", ")))?);
        }
        "--track" => {
            words.track = Some(track(typed).ok_or_else(|| format!("expected one of {}", TRACKS.join(", ")))?);
        }
        "--topic" => words.topic = Some(topic(typed)?),
        _ => words.to = Some(typed.to_owned()),
    }
    Ok(words)
}
