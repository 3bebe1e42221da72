//! Why `debt fix` does not do something: in half a sentence, or as an error with its place and what to type.

use super::privacy::Privacy;
use super::speak::Speaker;
use crate::acts::NoDeed;
use crate::analysis::fix::{Refusal, Session};
use crate::base::ids::Subject;
use crate::base::message::{Message, Part, Quote, message};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::model::PatchError;
use crate::source::{Code, Diagnostic, Diagnostics, Severity};

/// What to type for an act, so that it can be pasted into a shell; `None` if a person has to write it. What is to be
/// chosen from stands in quotes: pasted as it is, it says what can be chosen.
pub(super) fn command(act: &str, missing: Option<&NoDeed>) -> Option<String> {
    match missing {
        None => Some(format!("debt fix {act}")),
        Some(NoDeed::Untold { option, takes, likely }) => {
            let value = match likely.as_deref() {
                Some(likely) => format!(" {likely}"),
                None if takes.starts_with('[') => String::new(),
                None if takes.contains('|') => format!(" '{takes}'"),
                None => format!(" {takes}"),
            };
            Some(format!("debt fix {act} {option}{value}"))
        }
        Some(NoDeed::ByHand(_) | NoDeed::First(_)) => None,
    }
}

/// What would have to be typed behind an act, in few words.
pub(super) fn tells(missing: &NoDeed) -> String {
    match missing {
        NoDeed::Untold { option, takes, likely: None } => format!("{option} {takes}"),
        NoDeed::Untold { option, likely: Some(likely), .. } => format!("{option} {likely}, if so"),
        NoDeed::ByHand(_) | NoDeed::First(_) => "by hand".to_owned(),
    }
}

fn sentences(all: &[Message<crate::base::message::Fact>], speaker: &Speaker<'_>) -> String {
    let said: Vec<String> = all.iter().map(|one| speaker.say(one).raw().to_owned()).collect();
    if said.is_empty() { "no program can write it".to_owned() } else { said.join("; ") }
}

fn plain(said: &Message<Quote>) -> String {
    let part = |part: &Part<Quote>| match part {
        Part::Words(words) => words.to_string(),
        Part::Day(day) => day.to_string(),
        Part::Fact(Quote::Text(text) | Quote::File(text)) => text.clone(),
    };
    said.0.iter().map(part).collect()
}

fn invalid(error: &PatchError) -> String {
    match error {
        PatchError::Unknown(why) => plain(why),
        PatchError::Invalid(all) => all.iter().map(plain).collect::<Vec<_>>().join("; "),
    }
}

/// Why not, in half a sentence.
pub(super) fn why_not(refusal: &Refusal, speaker: &Speaker<'_>) -> Untrusted {
    Untrusted::new(match refusal {
        Refusal::NoDeed { why: why @ NoDeed::Untold { .. }, .. } => tells(why),
        Refusal::NoDeed { why: NoDeed::ByHand(all), .. } => sentences(all, speaker),
        Refusal::NoDeed { why: NoDeed::First(first), .. } => speaker.say(first).raw().to_owned(),
        Refusal::NoGain(effect) if *effect == MilliPoints::ZERO => "would not lower the score".to_owned(),
        Refusal::NoGain(_) => "would raise the score".to_owned(),
        other => plain(&message_of(other)),
    })
}

/// The sentence of an error.
fn message_of(refusal: &Refusal) -> Message<Quote> {
    let text = |text: &String| text.clone();
    match refusal {
        Refusal::NoDeed { act, .. } => message!(text(act), " is not done"),
        Refusal::Cannot(cannot) => cannot.why.clone(),
        Refusal::Invalid { act, why, .. } => {
            message!(text(act), " would make the portfolio invalid: ").and(Message::words(invalid(why)))
        }
        Refusal::NotHappened(both) => {
            let errors = both.0.sorted(Severity::Error);
            errors.first().map(|error| error.message.clone()).unwrap_or_default()
        }
        Refusal::NoEffect { act, factor } => {
            message!("with that, ", text(act), " would leave ", text(factor), " as it is")
        }
        Refusal::NoGain(_) => message!("it would not lower the score"),
        Refusal::UnknownRule(code) => message!("no rule `", text(code), "`"),
        Refusal::UnknownFactor { id, .. } => message!("there is no factor `", text(id), "`"),
        Refusal::UnknownAct { id, is_there: true, .. } => {
            message!("nothing is owed that `", text(id), "` resolves")
        }
        Refusal::UnknownAct { id, is_there: false, .. } => message!("there is no act `", text(id), "`"),
        Refusal::UnknownPerson { id, .. } => message!("no person has the id \u{201C}", text(id), "\u{201D}"),
        Refusal::Unused { option, act, .. } => message!("`", *option, "` tells ", text(act), " nothing"),
        Refusal::NotOne(options) => {
            let options = options.join("`, `");
            message!("`")
                .and(Message::words(options))
                .and(message!("` is about one act, to be named by its own id"))
        }
        Refusal::WhichFactor { act, .. } => message!(text(act), " has several factors"),
        Refusal::NoConversation(act) => {
            message!(text(act), " is about no conversation; only those are pushed")
        }
        Refusal::Internal { act, why } => message!("a bug in `debt fix ", text(act), "`: ", *why),
    }
}

/// Why not, as errors; they are about the session's texts as they are now.
pub fn refused(session: &Session<'_>, refusal: &Refusal) -> Diagnostics {
    let mut all = Diagnostics::default();
    all.push(error_of(session, refusal));
    all
}

fn error_of(session: &Session<'_>, refusal: &Refusal) -> Diagnostic {
    let privacy = Privacy::names();
    let own = session.own();
    let speaker = Speaker::new(&own.portfolio, own.day, &privacy);
    let nowhere = |code| Diagnostic::nowhere(code, message_of(refusal));
    let at = |subject: &Subject, code, message: Message<Quote>| match own.portfolio.subject_at(*subject) {
        Some(at) => Diagnostic::error(code, message, at.place()),
        None => Diagnostic::nowhere(code, message),
    };
    let did_you_mean = |near: &Option<String>, or: &'static str| match near {
        Some(near) => message!("did you mean `", near.clone(), "`?"),
        None => message!(or),
    };
    match refusal {
        Refusal::NoDeed { act, subject, why } => {
            no_deed(act, why, &speaker, |code, message| at(subject, code, message))
        }
        Refusal::Cannot(cannot) => cannot.diagnostic(),
        Refusal::Invalid { subject, .. } => at(subject, Code::WrongValue, message_of(refusal)),
        Refusal::NotHappened(_) => nowhere(Code::FutureDate),
        Refusal::NoEffect { .. } | Refusal::NoGain(_) => nowhere(Code::NoEffect),
        Refusal::UnknownRule(_) => nowhere(Code::UnknownRule).help(message!("`debt explain` lists them")),
        Refusal::UnknownFactor { near, .. } => {
            nowhere(Code::UnknownFactor).help(did_you_mean(near, "`debt score --format json` lists them"))
        }
        Refusal::UnknownAct { near, is_there: false, .. } => nowhere(Code::UnknownAct)
            .help(did_you_mean(near, "`debt fix < /dev/null` lists what can be done")),
        Refusal::UnknownAct { .. } => {
            nowhere(Code::UnknownAct).help(message!("`debt fix < /dev/null` lists what can be done"))
        }
        Refusal::UnknownPerson { near, .. } => {
            nowhere(Code::UnknownId).help(did_you_mean(near, "it takes the id of somebody among `people`"))
        }
        Refusal::Unused { takes: [], .. } => nowhere(Code::Usage).help(message!("it takes no option")),
        Refusal::Unused { takes, .. } => {
            nowhere(Code::Usage).help(Message::words(format!("it takes `{}`", takes.join("`, `"))))
        }
        Refusal::NotOne(_) => {
            nowhere(Code::Usage).help(message!("such as `debt fix hold:conversation:ana-promotion --held`"))
        }
        Refusal::WhichFactor { factors, .. } => {
            nowhere(Code::Usage).help(Message::words(format!("name one of `{}`", factors.join("`, `"))))
        }
        Refusal::NoConversation(_) => nowhere(Code::Usage),
        Refusal::Internal { .. } => nowhere(Code::InternalFix)
            .help(message!("nothing was written; please report it, with the portfolio if you can share it")),
    }
}

fn no_deed(
    act: &str,
    why: &NoDeed,
    speaker: &Speaker<'_>,
    error: impl Fn(Code, Message<Quote>) -> Diagnostic,
) -> Diagnostic {
    match why {
        NoDeed::Untold { option, takes, likely } => {
            let message =
                Message::words(format!("{act} needs what only a person can tell: `{option} {takes}`"));
            let typed = command(act, Some(why)).unwrap_or_default();
            let help = match likely {
                Some(_) => format!("if that is so: {typed}"),
                None if takes.starts_with('[') => format!("{typed} (with a date, if it was not today)"),
                None => typed,
            };
            error(Code::Untold, message).help(Message::words(help))
        }
        NoDeed::ByHand(all) => {
            let message = Message::words(format!("{act} has to be written by a person"));
            error(Code::ByHand, message).help(Message::words(sentences(all, speaker)))
        }
        NoDeed::First(first) => {
            let message = format!("{act} cannot be done: {}", speaker.say(first).raw());
            error(Code::NotYet, Message::words(message))
        }
    }
}
