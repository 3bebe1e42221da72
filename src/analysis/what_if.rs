//! What is supposed, as patches: an act done, a value set, somebody gone. Nothing is written; the portfolio is patched
//! in memory and compared with itself.

use crate::acts::{self, Doable, Mode, NoDeed, Told};
use crate::base::day::Day;
use crate::base::ids::SUBJECT_TYPES;
use crate::base::message::{Fact, Message};
use crate::base::nearest::nearest;
use crate::model::patch::list_of;
use crate::model::{Change, Patch, PatchError, Portfolio};
use crate::score::Scorecard;
use crate::yaml::value::Value;

/// What is supposed, as it was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Supposed {
    /// An act is done.
    Do(String),
    /// `KIND:ID.KEY=VALUE`.
    Set(String),
    /// Somebody leaves; none is the day that is scored.
    Leaves(String, Option<Day>),
}

/// Why something cannot be supposed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// It is not of the form `KIND:ID.KEY=VALUE`.
    Form(String),
    /// There is no such thing; what, as it was typed, and what may be meant.
    Unknown(&'static str, String, Option<String>),
    /// Nobody can do it, for these reasons.
    ByHand(String, Vec<Message<Fact>>),
    /// The patch cannot be made.
    Patch(PatchError),
}

/// A patch for what is supposed, for the data that a scorecard is of.
///
/// # Errors
/// Something is not there, or the patch cannot be made.
pub fn patch(card: &Scorecard<'_>, supposed: &Supposed) -> Result<Patch, Refused> {
    let portfolio = card.facts.portfolio;
    match supposed {
        Supposed::Do(id) => {
            let act = act(card, id)?;
            match act.deed(&card.facts, &Told::default(), Mode::Assume) {
                Ok(deed) => Ok(deed.patch),
                Err(NoDeed::ByHand(why)) => Err(Refused::ByHand(id.clone(), why)),
                Err(NoDeed::First(why)) => Err(Refused::ByHand(id.clone(), vec![why])),
                Err(NoDeed::Untold { .. }) => Err(Refused::ByHand(id.clone(), Vec::new())),
            }
        }
        Supposed::Set(typed) => set(portfolio, typed).map(|change| Patch(vec![change])),
        Supposed::Leaves(person, day) => {
            if portfolio.find("person", person).is_none() {
                let near = portfolio.nearest_id("person", person);
                return Err(Refused::Unknown("person", person.clone(), near));
            }
            let to = Value::from(day.unwrap_or(card.facts.day).to_string().as_str());
            let set = format!("person:{person}");
            Ok(Patch(vec![Change::Set { set, key: "left".to_owned(), to }]))
        }
    }
}

/// An act of a scorecard by its id.
///
/// # Errors
/// There is no such act; perhaps another one is meant.
pub fn act<'c>(card: &'c Scorecard<'_>, id: &str) -> Result<Doable<'c>, Refused> {
    let portfolio = card.facts.portfolio;
    let all = acts::of_factors(card.factors.iter());
    let wanted = acts::find(portfolio, id);
    if let Some(found) = wanted.and_then(|wanted| all.iter().find(|one| one.act == wanted)) {
        return Ok(found.clone());
    }
    let ids: Vec<String> = all.iter().map(|one| one.id(portfolio)).collect();
    let near = nearest(id, ids.iter().map(String::as_str)).map(str::to_owned);
    Err(Refused::Unknown("act", id.to_owned(), near))
}

/// `KIND:ID.KEY=VALUE` as a change. Ids may have dots: the longest id that there is counts.
fn set(portfolio: &Portfolio, typed: &str) -> Result<Change, Refused> {
    let form = || Refused::Form(typed.to_owned());
    let (what, value) = typed.split_once('=').ok_or_else(form)?;
    let (kind, rest) = what.split_once(':').ok_or_else(form)?;
    if list_of(kind).is_none() && kind != "portfolio" {
        let near = nearest(kind, SUBJECT_TYPES).map(str::to_owned);
        return Err(Refused::Unknown("kind of item", kind.to_owned(), near));
    }
    let is_there = |id: &str| kind == "portfolio" || portfolio.find(kind, id).is_some();
    let found = rest.rmatch_indices('.').map(|(at, _)| rest.split_at(at)).find(|(id, _)| is_there(id));
    let Some((id, key)) = found else {
        let id = rest.split_once('.').ok_or_else(form)?.0;
        let near = portfolio.nearest_id(kind, id);
        return Err(Refused::Unknown("id of this kind", id.to_owned(), near));
    };
    let (item, key) = (format!("{kind}:{id}"), key.trim_start_matches('.').to_owned());
    if key.is_empty() {
        return Err(form());
    }
    let to = written(value.trim());
    Ok(if to.is_null() { Change::Unset { unset: item, key } } else { Change::Set { set: item, key, to } })
}

/// A scalar, or a list in brackets; nothing is `null`.
fn written(text: &str) -> Value {
    let list = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let scalar = |text: &str| Value::scalar(text.trim(), true);
    match list {
        Some(items) => {
            Value::List(items.split(',').filter(|item| !item.trim().is_empty()).map(scalar).collect())
        }
        None if text.is_empty() => Value::Plain("null".to_owned()),
        None => scalar(text),
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn values_are_written_as_in_the_format() {
        let json = |text: &str| serde_json::to_string(&written(text)).expect("JSON");
        assert_eq!(json("craft"), "\"craft\"");
        assert_eq!(json("3"), "3");
        assert_eq!(json("[delivery, craft]"), "[\"delivery\",\"craft\"]");
        assert_eq!(json("[]"), "[]");
        assert_eq!(json(""), "null");
    }
}
