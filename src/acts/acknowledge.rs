//! A factor is named out loud and waits. That is no act, since it resolves nothing: the factor is still
//! counted, and the gate lets it pass until the acknowledgement ends.

use super::NoDeed;
use super::change::{day, map};
use crate::base::day::{Day, Days};
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::rules::facts::Facts;
use crate::score::factor::Factor;

/// The shortest reason, in characters.
pub const SHORTEST_REASON: usize = 10;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 300;
/// How many days it holds unless told.
const USUAL: Days = Days::new(31);

/// Adds an acknowledgement of a factor that is there.
///
/// # Errors
/// The reason is too short or too long.
pub fn acknowledge(
    facts: &Facts<'_>,
    factor: &Factor,
    reason: &str,
    through: Option<Day>,
) -> Result<Patch, NoDeed> {
    let reason = reason.trim();
    let length = reason.chars().count();
    if !(SHORTEST_REASON..=LONGEST_REASON).contains(&length) {
        return Err(NoDeed::First(message!(
            "a reason has ",
            format!("{SHORTEST_REASON} to {LONGEST_REASON} characters; this one has {length}")
        )));
    }
    let item = map([
        ("factor", factor.id(facts.portfolio).as_str().into()),
        ("reason", reason.into()),
        ("named_on", day(facts.day)),
        ("through", day(through.unwrap_or_else(|| facts.day.plus(USUAL)))),
    ]);
    Ok(Patch(vec![Change::Add { add: "acknowledgements".to_owned(), item, after: None }]))
}
