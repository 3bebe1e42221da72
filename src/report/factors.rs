//! The rows of a report, made a few at a time as a renderer asks for them, so they are never all in memory. In an
//! aggregate they are a few sums, one for each rule.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::aggregate::{self, RuleSum};
use super::privacy::Privacy;
use super::speak::Speaker;
use super::{AcknowledgedRow, FactorRow, Location, Ordered, SubjectRow};
use crate::base::decimal::thousandths;
use crate::base::ids::{RuleIx, Subject};
use crate::base::message::counted as number;
use crate::base::names::{FastMap, Untrusted};
use crate::base::parallel::{in_chunks, in_order};
use crate::base::points::Ratio;
use crate::base::points::Thousandths;
use crate::model::Acknowledgement;
use crate::rules::rule::{Basis, Group};
use crate::rules::{self, Seen};
use crate::score::Scorecard;
use crate::score::amounts::missed_units;
use crate::score::factor::{Factor, booked};
use crate::score::warnings::last_by_factor;
use crate::source::{ItemAt, Sources};

/// Bytes that a row takes where it is written; most take less.
const USUAL_ROW: usize = 1 << 10;

/// Every factor of a scorecard as a row.
pub struct Factors<'s> {
    card: &'s Scorecard<'s>,
    pub(super) sources: &'s Sources,
    privacy: &'s Privacy,
    pub(super) speaker: Speaker<'s>,
    acknowledged: FastMap<(RuleIx, Subject), &'s Acknowledgement>,
    shown: Shown,
}

/// Which rows there are, worst first.
enum Shown {
    /// One for each factor, as the scorecard has them.
    Each,
    /// The same in the order of the ids that are shown.
    Ordered(Ordered<usize>),
    /// One for each rule.
    Rules(Vec<RuleSum>),
}

/// What a row is of.
enum Place<'f> {
    Factor(&'f Factor),
    Sum(&'f RuleSum),
}

impl<'s> Factors<'s> {
    pub(super) fn new(card: &'s Scorecard<'s>, sources: &'s Sources, privacy: &'s Privacy) -> Factors<'s> {
        let portfolio = card.facts.portfolio;
        let mut acknowledged: FastMap<(RuleIx, Subject), &Acknowledgement> = FastMap::default();
        for (key, one) in last_by_factor(&card.facts) {
            if let Some(key) = key.filter(|_| one.holds(card.facts.day)) {
                acknowledged.insert(key, one);
            }
        }
        let speaker = Speaker::new(portfolio, card.facts.day, privacy);
        let shown = if !privacy.shows_each() {
            Shown::Rules(aggregate::by_rule(&card.factors))
        } else if privacy.withholds_text() {
            let all = (0..card.factors.len()).collect();
            let value = |index: &usize| Reverse(card.factors[*index].value());
            let about = |index: &usize| (card.factors[*index].rule, card.factors[*index].subject);
            Shown::Ordered(Ordered::by_subject(all, &speaker, value, about))
        } else {
            Shown::Each
        };
        Factors { card, sources, privacy, speaker, acknowledged, shown }
    }

    pub(super) fn card(&self) -> &'s Scorecard<'s> {
        self.card
    }

    /// What another day's scorecard of the same portfolio looks like with the same privacy.
    pub(super) fn alike<'l>(&'l self, card: &'l Scorecard<'l>) -> Factors<'l> {
        Factors::new(card, self.sources, self.privacy)
    }

    pub(super) fn privacy(&self) -> &'s Privacy {
        self.privacy
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.shown {
            Shown::Each | Shown::Ordered(_) => self.card.factors.len(),
            Shown::Rules(sums) => sums.len(),
        }
    }

    /// How many factors they stand for: the same, and more in an aggregate.
    pub fn count(&self) -> usize {
        self.card.factors.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.card.factors.is_empty()
    }

    /// Every row, worst first: for those who look at the first few.
    pub fn rows(&self) -> impl Iterator<Item = FactorRow> {
        (0..self.len()).map(|place| self.row_at(place))
    }

    /// What `write` writes of every row, worst first, a few at a time on all processors: for those who write them all.
    pub fn written<E: Send>(
        &self,
        write: impl Fn(&mut dyn Iterator<Item = FactorRow>, &mut Vec<u8>) -> Result<(), E> + Sync,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let make = |places: Range<usize>| {
            let mut bytes = Vec::with_capacity(places.len().saturating_mul(USUAL_ROW));
            write(&mut places.map(|place| self.row_at(place)), &mut bytes).map(|()| bytes)
        };
        in_chunks(self.len(), make, |bytes| take(&bytes?))
    }

    /// The same of no more than the first `most`, each with how its value comes about; nothing where a row is a sum.
    pub fn first_with_arithmetic<T: Send, E>(
        &self,
        most: usize,
        make: impl Fn(&FactorRow, &[(String, i64)]) -> T + Sync,
        take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let make = |place| {
            let lines = match self.at_place(place) {
                Place::Factor(factor) => arithmetic(self.card, factor),
                Place::Sum(_) => Vec::new(),
            };
            make(&self.row_at(place), &lines)
        };
        in_order(self.len().min(most), make, take)
    }

    /// The rows of one group of rules, worst first.
    pub fn rows_of(&self, group: Group) -> impl Iterator<Item = FactorRow> {
        let rule = move |place| match self.at_place(place) {
            Place::Factor(factor) => factor.rule,
            Place::Sum(sum) => sum.rule,
        };
        let of_group = move |place: &usize| rules::at(rule(*place)).group == group;
        (0..self.len()).filter(of_group).map(|place| self.row_at(place))
    }

    /// The rows of factors for which an acknowledgement holds, worst first; none in an aggregate.
    pub fn acknowledged(&self) -> impl Iterator<Item = FactorRow> {
        let places = if self.acknowledged.is_empty() { 0 } else { self.len() };
        let holds = |place: &usize| match self.at_place(*place) {
            Place::Factor(factor) => self.acknowledged.contains_key(&factor.key()),
            Place::Sum(_) => false,
        };
        (0..places).filter(holds).map(|place| self.row_at(place))
    }

    /// The root of the repository that places are in; none where files and lines are withheld.
    pub fn root(&self) -> Option<Arc<str>> {
        self.sources.root().filter(|_| self.privacy.shows_locations())
    }

    /// How many rows of a group of rules are acknowledged; none in an aggregate.
    pub fn acknowledged_of(&self, group: Group) -> usize {
        if !self.privacy.shows_each() {
            return 0;
        }
        let is_named = |factor: &&Factor| self.acknowledged.contains_key(&factor.key());
        let of_group = self.card.factors.iter().filter(|factor| rules::at(factor.rule).group == group);
        of_group.filter(is_named).count()
    }

    /// The rows that are of factors without an acknowledgement.
    pub(super) fn not_acknowledged(&self) -> HashSet<Untrusted> {
        let bare = self.card.factors.iter().filter(|factor| !self.acknowledged.contains_key(&factor.key()));
        bare.map(|factor| self.id(factor)).collect()
    }

    fn at_place(&self, place: usize) -> Place<'_> {
        match &self.shown {
            Shown::Each => Place::Factor(&self.card.factors[place]),
            Shown::Ordered(order) => Place::Factor(&self.card.factors[order[place]]),
            Shown::Rules(sums) => Place::Sum(&sums[place]),
        }
    }

    fn row_at(&self, place: usize) -> FactorRow {
        match self.at_place(place) {
            Place::Factor(factor) => self.row_of(factor),
            Place::Sum(sum) => sum.row(self.card.score),
        }
    }

    /// The row of the factor at a position of the scorecard, where a row is shown for each.
    pub(super) fn at(&self, position: usize) -> Option<FactorRow> {
        let factor = self.card.factors.get(position)?;
        self.speaker.privacy().shows_each().then(|| self.row_of(factor))
    }

    /// The sums that are the rows of an aggregate.
    pub(super) fn sums(&self) -> Option<&[RuleSum]> {
        match &self.shown {
            Shown::Each | Shown::Ordered(_) => None,
            Shown::Rules(sums) => Some(sums),
        }
    }

    pub(super) fn location(&self, at: ItemAt) -> Option<Location> {
        self.speaker.location(self.sources, at)
    }

    /// The identity of a factor as its row shows it.
    pub(super) fn id(&self, factor: &Factor) -> Untrusted {
        self.speaker.factor_id(factor.rule, factor.subject)
    }

    /// The row that a factor is in.
    pub(super) fn row(&self, factor: &Factor) -> FactorRow {
        let sum = self.sums().and_then(|sums| sums.iter().find(|sum| sum.rule == factor.rule));
        sum.map_or_else(|| self.row_of(factor), |sum| sum.row(self.card.score))
    }

    fn row_of(&self, factor: &Factor) -> FactorRow {
        let facts = &self.card.facts;
        let portfolio = facts.portfolio;
        let rule = rules::at(factor.rule);
        let words = Seen::explain(facts, &factor.found);
        let (squad, guild) = booked(facts, factor.subject);
        let act = factor.found.act;
        let headline = std::iter::once(self.speaker.say_first(&words.headline));
        FactorRow {
            id: self.speaker.factor_id(factor.rule, factor.subject),
            code: rule.code,
            name: rule.name,
            count: 1,
            subject: SubjectRow {
                kind: factor.subject.type_name(),
                id: self.speaker.id(factor.subject),
                label: self.speaker.subject(factor.subject),
            },
            mp: factor.value(),
            points: Thousandths(factor.value().mp()),
            share: factor.value().share_of(self.card.score),
            principal_mp: factor.amounts.principal,
            fees_mp: factor.amounts.fees,
            interest_mp: factor.amounts.interest,
            onset: factor.found.onset,
            owner: factor.found.owner.map(|owner| self.speaker.key(owner)),
            owner_label: factor.found.owner.map(|owner| self.speaker.person(owner)),
            squad: squad.and_then(|squad| self.speaker.booked(Subject::Squad(squad))),
            guild: guild.and_then(|guild| self.speaker.booked(Subject::Guild(guild))),
            evidence: headline.chain(self.speaker.say_each(&words.details)).collect(),
            act: self.speaker.act_id(act),
            remedy: self.speaker.say_first(&words.remedy),
            minutes: rule.minutes,
            acknowledged: Some(&self.acknowledged)
                .filter(|all| !all.is_empty())
                .and_then(|all| all.get(&factor.key()))
                .map(|one| AcknowledgedRow { through: one.through, reason: self.speaker.text(one.reason) }),
            location: portfolio.subject_at(factor.subject).and_then(|at| self.location(at)),
            group: rule.group.key(),
            task: self.speaker.say(&words.task),
        }
    }
}

/// How the value of a factor comes about, line by line: what it is, and the amount in milli-points. The last line is
/// the value.
pub(super) fn arithmetic(card: &Scorecard<'_>, factor: &Factor) -> Vec<(String, i64)> {
    let policy = card.facts.policy;
    let unit = factor.found.unit.mp();
    let points = thousandths(unit);
    let renewed = factor.amounts.of_renewals(&card.facts, factor.renewals);
    let mut lines = Vec::new();
    let mut line = |words: String, amount: i64| lines.push((words, amount));
    match factor.found.basis {
        Basis::Flat => line("principal".to_owned(), unit),
        Basis::Each { count } => {
            line(format!("principal: {points} for each of {count}"), factor.amounts.principal.mp());
        }
        Basis::Growing { due, weeks, deferrals } => {
            line("principal".to_owned(), unit);
            if deferrals > 0 {
                let counted = deferrals.min(policy.max_deferrals);
                let percent = policy.deferral_bp;
                let most = if counted < deferrals {
                    format!(
                        " (the policy counts {counted} of {})",
                        number(deferrals, "deferral", "deferrals")
                    )
                } else {
                    String::new()
                };
                line(
                    format!("fees: {points} \u{D7} {percent} % \u{D7} {counted}{most}"),
                    (factor.amounts.fees - renewed).mp(),
                );
            }
            let percent = policy.weekly_bp;
            let growth = card.facts.growth.after(weeks);
            let capped = if card.facts.growth.capped(weeks) { ", its cap" } else { "" };
            line(
                format!(
                    "interest: {weeks} full weeks since {due} at {percent} % grow to {growth}{capped}; {points} \u{D7} {}",
                    growth - Ratio::ONE
                ),
                factor.amounts.interest.mp(),
            );
        }
        Basis::Missed { cancelled, by_time } => {
            let cap = policy.missed_cap;
            let principal = missed_units(cancelled, cap);
            let all = missed_units(cancelled.max(by_time), cap);
            line(
                format!(
                    "principal: {points} \u{D7} {principal} ({cancelled} cancelled in a row, less the first, {cap} at most)"
                ),
                factor.amounts.principal.mp(),
            );
            line(
                format!(
                    "interest: {points} \u{D7} {} more ({by_time} missed by the calendar)",
                    all.saturating_sub(principal)
                ),
                factor.amounts.interest.mp(),
            );
        }
    }
    if factor.renewals > 0 {
        let counted = factor.renewals.min(policy.max_deferrals);
        let most = if counted < factor.renewals {
            format!(" (the policy counts {counted} of {})", number(factor.renewals, "renewal", "renewals"))
        } else {
            String::new()
        };
        let points = thousandths(factor.amounts.principal.mp());
        let percent = policy.deferral_bp;
        let words = format!(
            "fees for renewing its acknowledgement: {points} \u{D7} {percent} % \u{D7} {counted}{most}"
        );
        line(words, renewed.mp());
    }
    line("value".to_owned(), factor.value().mp());
    lines
}
