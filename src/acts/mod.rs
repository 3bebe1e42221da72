//! What can be done about factors. An act is named by the factors that it resolves; its deed is the change of data
//! that records it as done. Each verb has a file here, which says what the deed is and what only a person can tell
//! about it. What a deed comes to is measured by `analysis::effect`.

mod acknowledge;
mod change;
mod push;
mod request;

mod decide;
mod declare_track;
mod escalate;
mod hand_over;
mod hold;
mod label;
mod level_pay;
mod move_rating;
mod name_owner;
mod pair;
mod review;
mod settle_context;
mod share_out;
mod show_lines;
mod split;
mod start_one_on_one;
mod start_peer;
mod wait;
mod write_agenda;
mod write_context;
mod write_lane;

use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{Fact, Message};
use crate::base::points::MilliPoints;
use crate::model::{Patch, Portfolio};
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::rule::Act;
use crate::score::factor::Factor;

pub use acknowledge::{LONGEST_REASON, SHORTEST_REASON, acknowledge};
pub use push::push;
pub use request::{As, Mode, NoDeed, Request, Told};

/// Who can do an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A program, from what is written; with all others at once where that is asked for.
    Mechanical,
    /// A program, when a person asks for this act and tells what only people know.
    Told,
    /// A person.
    Advice,
}

impl Class {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Class::Mechanical => "mechanical",
            Class::Told => "told",
            Class::Advice => "advice",
        }
    }
}

/// A verb of acts, and how its deed is made.
pub struct ActRule {
    /// The verb: `split`.
    pub verb: &'static str,
    /// Who can do it; of a single act it can be less, where something has to be told.
    pub class: Class,
    /// The options that tell it something.
    pub takes: &'static [&'static str],
    deed: fn(&mut Request<'_, '_>) -> Result<Patch, NoDeed>,
    otherwise: Option<fn() -> (&'static str, Told)>,
}

const fn act(
    verb: &'static str,
    class: Class,
    takes: &'static [&'static str],
    deed: fn(&mut Request<'_, '_>) -> Result<Patch, NoDeed>,
) -> ActRule {
    ActRule { verb, class, takes, deed, otherwise: None }
}

impl ActRule {
    /// The same, where what is assumed may turn out to be this, which brings debt to light.
    const fn or(mut self, otherwise: fn() -> (&'static str, Told)) -> ActRule {
        self.otherwise = Some(otherwise);
        self
    }
}

/// Every verb, in alphabetical order.
pub static REGISTRY: &[ActRule] = &[
    act("decide", Class::Told, &["--closed"], decide::deed),
    act("declare-track", Class::Told, &["--track"], declare_track::deed),
    act("escalate", Class::Told, &["--escalated"], escalate::deed),
    act("hand-over", Class::Mechanical, &["--to", "--from"], hand_over::deed),
    act("hold", Class::Told, &["--held", "--push"], hold::deed),
    act("label", Class::Told, &["--as"], label::deed).or(label::both),
    act("level-pay", Class::Advice, &[], level_pay::deed),
    act("move-rating", Class::Told, &["--to"], move_rating::deed),
    act("name-craft-owner", Class::Told, &["--to"], name_owner::craft),
    act("name-delivery-owner", Class::Told, &["--to"], name_owner::delivery),
    act("name-escalation", Class::Told, &["--to"], name_owner::escalation),
    act("name-lead", Class::Told, &["--to"], name_owner::lead),
    act("pair", Class::Advice, &[], pair::deed),
    act("review", Class::Told, &["--reviewed"], review::promotion),
    act("review-context", Class::Told, &["--reviewed"], review::context),
    act("review-exit", Class::Told, &["--reviewed"], review::exit),
    act("settle-context", Class::Told, &[], settle_context::deed),
    act("share-out", Class::Advice, &[], share_out::craft),
    act("share-out-delivery", Class::Advice, &[], share_out::delivery),
    act("show-lines", Class::Advice, &[], show_lines::deed),
    act("split", Class::Mechanical, &["--to", "--every", "--from"], split::deed),
    act("start-craft-1on1", Class::Mechanical, &["--every", "--from"], start_one_on_one::craft),
    act("start-delivery-1on1", Class::Mechanical, &["--every", "--from"], start_one_on_one::delivery),
    act("start-peer-1on1", Class::Told, &["--to", "--every", "--from"], start_peer::deed),
    act("wait", Class::Advice, &[], wait::deed),
    act("write-agenda", Class::Told, &["--topic"], write_agenda::deed),
    act("write-context", Class::Advice, &[], write_context::deed),
    act("write-lane", Class::Advice, &[], write_lane::deed),
];

/// The verb of an act.
pub fn with_verb(verb: &str) -> Option<&'static ActRule> {
    REGISTRY.iter().find(|rule| rule.verb == verb)
}

/// What an act may turn out to be where nobody told it, and bring debt to light with that: in a word, and as it is told.
pub fn otherwise(act: Act) -> Option<(&'static str, Told)> {
    with_verb(act.verb)?.otherwise.map(|otherwise| otherwise())
}

/// Who can do this act, given why it has no deed as it is.
pub fn class_of(act: Act, missing: Option<&NoDeed>) -> Class {
    match (missing, with_verb(act.verb)) {
        (Some(NoDeed::ByHand(_) | NoDeed::First(_)), _) | (_, None) => Class::Advice,
        (Some(NoDeed::Untold { .. }), Some(_)) => Class::Told,
        (None, Some(rule)) => rule.class,
    }
}

/// A patch that records an act as done.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The change of data.
    pub patch: Patch,
    /// What was assumed because nobody told it.
    pub assumes: Vec<Assumption>,
}

/// Something that nobody told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumption {
    /// What.
    pub what: Message<Fact>,
    /// Whether it could be otherwise, so that the effect would be another; that it is done today goes without saying.
    pub is_choice: bool,
}

/// An act of a scorecard with the factors that it is about.
#[derive(Clone, Debug)]
pub struct Doable<'c> {
    /// The act.
    pub act: Act,
    /// The factors that it resolves, worst first.
    pub factors: Vec<&'c Factor>,
}

impl Doable<'_> {
    /// About how many minutes it takes: the most of its factors'.
    pub fn minutes(&self) -> i64 {
        self.factors.iter().map(|factor| rules::at(factor.rule).minutes).max().unwrap_or_default()
    }

    /// Who can do it: the owner of its worst factor.
    pub fn owner(&self) -> Option<PersonIx> {
        self.factors.first().and_then(|factor| factor.found.owner)
    }

    /// The sum of its factors: what it seems to remove. What it does remove is its effect.
    pub fn points(&self) -> MilliPoints {
        self.factors.iter().map(|factor| factor.value()).sum()
    }

    /// How it is written: `split:meeting:bo-ana`.
    pub fn id(&self, portfolio: &Portfolio) -> String {
        id_of(portfolio, self.act)
    }

    /// The deed of this act.
    ///
    /// # Errors
    /// Something is missing that only a person can tell, or no program can do it: see `NoDeed`.
    pub fn deed(&self, facts: &Facts<'_>, told: &Told, mode: Mode) -> Result<Deed, NoDeed> {
        let rule = with_verb(self.act.verb).ok_or(NoDeed::ByHand(Vec::new()))?;
        let mut request = Request::new(facts, self, told, mode);
        let patch = (rule.deed)(&mut request)?;
        Ok(Deed { patch, assumes: request.into_assumed() })
    }
}

/// `VERB:TYPE:ID` of an act.
pub fn id_of(portfolio: &Portfolio, act: Act) -> String {
    format!("{}:{}:{}", act.verb, act.subject.type_name(), portfolio.subject_id(act.subject))
}

/// The act with this identity, by the current or a former id of its subject.
pub fn find(portfolio: &Portfolio, id: &str) -> Option<Act> {
    let (verb, subject) = id.split_once(':')?;
    let (kind, id) = subject.split_once(':')?;
    let verb = with_verb(verb)?.verb;
    portfolio.find(kind, id).map(|subject| Act::new(verb, subject))
}

/// Every act of these factors, in the order of its worst factor.
pub fn of_factors<'c>(factors: impl Iterator<Item = &'c Factor>) -> Vec<Doable<'c>> {
    let mut acts: Vec<Doable<'c>> = Vec::new();
    let mut places = crate::base::names::FastMap::<Act, usize>::default();
    for factor in factors {
        let place = *places.entry(factor.found.act).or_insert_with(|| {
            acts.push(Doable { act: factor.found.act, factors: Vec::new() });
            acts.len() - 1
        });
        acts[place].factors.push(factor);
    }
    acts
}

/// The item that a change is about, as changes name it: `meeting:bo-ana`.
fn name_of(portfolio: &Portfolio, subject: Subject) -> String {
    format!("{}:{}", subject.type_name(), portfolio.subject_id(subject))
}

#[cfg(test)]
mod tests {
    use super::REGISTRY;

    #[test]
    fn verbs_are_sorted_and_unique() {
        assert!(REGISTRY.windows(2).all(|pair| pair[0].verb < pair[1].verb));
    }
}
