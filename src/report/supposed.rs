//! A portfolio with what is supposed, and that in words as far as the privacy lets it be said.

use super::Ordered;
use super::privacy::Privacy;
use super::speak::Speaker;
use crate::acts::{Mode, Told};
use crate::analysis::what_if::{Refused, Supposed, act, patch};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::model::Portfolio;
use crate::policy::Policy;
use crate::rules;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// Supposes one thing after the other.
///
/// # Errors
/// Something is not there, or cannot be supposed.
pub fn supposed(
    portfolio: &Portfolio,
    policy: &Policy,
    day: Day,
    all: &[Supposed],
    privacy: &Privacy,
) -> Result<(Portfolio, Ordered<Untrusted>), Refused> {
    let catalog = rules::catalog();
    let mut portfolio = portfolio.clone();
    let mut said = Vec::new();
    for one in all {
        let (sentence, patched) = {
            let card = tally(&portfolio, policy, day, Part::default());
            let patch = patch(&card, one)?;
            (say(&card, one, privacy), portfolio.with(&patch, &catalog).map_err(Refused::Patch)?)
        };
        said.push(sentence);
        portfolio = patched;
    }
    Ok((portfolio, Ordered::as_typed(said)))
}

fn say(card: &Scorecard<'_>, one: &Supposed, privacy: &Privacy) -> Untrusted {
    let facts = &card.facts;
    let speaker = Speaker::new(facts.portfolio, facts.day, privacy);
    match one {
        Supposed::Do(id) => {
            let Ok(act) = act(card, id) else { return Untrusted::new("") };
            let task = speaker.task(facts, &act);
            let deed = act.deed(facts, &Told::default(), Mode::Assume);
            let choices = deed.iter().flat_map(|deed| &deed.assumes).filter(|one| one.is_choice);
            let choices: Vec<String> = choices.map(|one| speaker.say(&one.what).raw().to_owned()).collect();
            let choices =
                if choices.is_empty() { String::new() } else { format!(" ({})", choices.join(", ")) };
            Untrusted::new(format!("done: {}{choices}", task.as_ref().map_or("", |task| task.raw())))
        }
        Supposed::Set(typed) if privacy.withholds_text() => {
            let kind = typed.split(':').next().unwrap_or_default().to_owned();
            // A kind that was found is a word of the format.
            Untrusted::new(format!("something is set of a {kind}"))
        }
        Supposed::Set(typed) => match typed.split_once('=') {
            Some((what, value)) if !value.trim().is_empty() => {
                Untrusted::new(format!("{what} is {}", value.trim()))
            }
            Some((what, _)) => Untrusted::new(format!("{what} is not written")),
            None => Untrusted::new(typed.clone()),
        },
        Supposed::Leaves(person, day) => {
            let who = facts.portfolio.find("person", person).map(|at| speaker.subject(at));
            let day = day.unwrap_or(facts.day).in_short(facts.day);
            Untrusted::new(format!("{} leaves on {day}", who.as_ref().map_or("somebody", |who| who.raw())))
        }
    }
}
