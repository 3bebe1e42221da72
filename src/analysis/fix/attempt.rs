//! One deed, made to the text and checked in every way before anything of it is shown.

use super::Session;
use super::refusal::Refusal;
use crate::acts::Class;
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::points::MilliPoints;
use crate::edit::{self, Edited, EditedFile};
use crate::model::{self, OwnPolicy, Patch, PatchError};
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};
use crate::source::{Code, Diagnostics, Severity, Sources};

/// A deed that has been made to a copy of the text.
#[derive(Debug)]
pub struct Attempt {
    /// The text with it.
    pub sources: Sources,
    /// What was done.
    pub done: Done,
    pub(super) own: OwnPolicy,
    pub(super) edited: Edited,
}

impl Attempt {
    /// The files that it changes, with what is replaced in them.
    pub fn files(&self) -> &[EditedFile] {
        &self.edited.files
    }
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Done {
    /// The act: `split:meeting:bo-ana`.
    pub act: String,
    /// What it is about: `meeting:bo-ana`.
    pub about: String,
    /// Who can do such an act.
    pub class: Class,
    /// The change of data.
    pub patch: Patch,
    /// The score before it.
    pub from: MilliPoints,
    /// The score after it.
    pub to: MilliPoints,
    /// The day from which it has an effect, where that is to come.
    pub later: Option<Day>,
}

/// A deed that is to be made.
pub(super) struct Plan<'p> {
    pub(super) act: String,
    pub(super) subject: Subject,
    pub(super) class: Class,
    pub(super) patch: Patch,
    /// What it must make smaller.
    pub(super) factors: Vec<&'p Factor>,
    pub(super) later: Option<Day>,
}

impl Session<'_> {
    /// Makes a deed to a copy of the text. The text must read, say what the patched portfolio says, be worth the same,
    /// have no other byte changed, and have no factor of the act that is as large as before.
    pub(super) fn make(&self, card: &Scorecard<'_>, plan: Plan<'_>) -> Result<Attempt, Refusal> {
        let bug = |why| Refusal::Internal { act: plan.act.clone(), why };
        let portfolio = &self.own.portfolio;
        let patched = portfolio.with(&plan.patch, self.catalog).map_err(|why| match why {
            PatchError::Unknown(_) => bug("its patch names what is not there"),
            PatchError::Invalid(_) => Refusal::Invalid { act: plan.act.clone(), subject: plan.subject, why },
        })?;
        let edited = edit::apply(&self.sources, portfolio, &plan.patch)
            .map_err(|cannot| Refusal::Cannot(Box::new(cannot)))?;
        for file in &edited.files {
            if edit::spliced(self.sources.text(file.file), &file.splices).as_ref() != Some(&file.text) {
                return Err(bug("bytes would change that are not edited"));
            }
        }
        let sources = edit::edited_sources(&self.sources, &edited);
        let mut diagnostics = Diagnostics::default();
        let Some(mut own) = model::read(&sources, self.options(), &mut diagnostics) else {
            let errors = diagnostics.sorted(Severity::Error);
            let is_early = errors.iter().all(|error| error.code == Code::FutureDate);
            if is_early && !errors.is_empty() {
                return Err(Refusal::NotHappened(Box::new((diagnostics, sources))));
            }
            return Err(bug("the edited text would not read"));
        };
        own.day = self.own.day;
        if own.portfolio.dump() != patched.dump() {
            return Err(bug("the edited text would not say what it should"));
        }
        let after = tally(&own.portfolio, &own.policy, own.day, Part::default());
        let score = |portfolio| tally(portfolio, &self.own.policy, self.own.day, Part::default()).score;
        if after.score != score(&patched) {
            return Err(bug("the edited text would not have the score that it should"));
        }
        let later = plan.later;
        let value = |card: &Scorecard<'_>, id: &str, portfolio| {
            card.factors.iter().find(|one| one.id(portfolio) == id).map(Factor::value)
        };
        for factor in &plan.factors {
            let id = factor.id(portfolio);
            let remains = value(&after, &id, &own.portfolio).is_some_and(|now| now >= factor.value());
            if remains && later.is_none() {
                // What is told can be in vain: a lead who is away leads nothing.
                return Err(Refusal::NoEffect { act: plan.act, factor: id });
            }
        }
        let to = after.score;
        drop(after);
        let about = format!("{}:{}", plan.subject.type_name(), portfolio.subject_id(plan.subject));
        let (act, class, patch) = (plan.act, plan.class, plan.patch);
        let done = Done { act, about, class, patch, from: card.score, to, later };
        Ok(Attempt { sources, done, own, edited })
    }
}
