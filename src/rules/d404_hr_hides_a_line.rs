//! D404: an HR system that cannot show a line.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, EntryKey, Finding, Group, How, Meta, Resolution, Told,
    Wording,
};
use super::subjects::Whole;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{Message, listed, message};
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// Which lines it cannot show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lacks {
    delivery: bool,
    craft: bool,
}

impl Lacks {
    fn lines(self) -> impl Iterator<Item = Line> {
        let lines = [(self.delivery, Line::Delivery), (self.craft, Line::Craft)];
        lines.into_iter().filter(|(lacks, _)| *lacks).map(|(_, line)| line)
    }

    fn count(self) -> i64 {
        i64::from(self.delivery).saturating_add(i64::from(self.craft))
    }
}

/// The rule.
pub struct D404;

impl DebtRule for D404 {
    type Subjects = Whole;
    type State = Lacks;
    const HAS_ENTRIES: bool = true;
    const META: Meta = Meta {
        code: "D404",
        name: "hr-hides-a-line",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(50),
        cost: Cost::Each(Counted::Entries),
        minutes: 240,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D404-hr-hides-a-line",
            what: "The HR system shows only one of the two lines, or none.",
            why: "What the system cannot show does not exist in reviews, budgets and reorganisations: the craft \
                  line is cut with one click by somebody who never saw it.",
            when: "`hr_system.shows` lacks delivery or craft. Unknown where no `hr_system` is written.",
            formula: "{points} for each scored person, for each line that is lacking.",
            remedy: "Have the missing line recorded, if only as a custom field.",
        ),
    };

    fn find(facts: &Facts<'_>, (): (), principal: MilliPoints) -> Answer<Lacks> {
        let Some(system) = &facts.portfolio.hr_system else {
            return Answer::Unknown(Self::at_worst(facts, principal));
        };
        let lacks = Lacks { delivery: !system.shows_delivery, craft: !system.shows_craft };
        Answer::factor_if(lacks.count() > 0, || {
            let act = Act::new("show-lines", Subject::Portfolio);
            Finding::each(principal.times(facts.people), lacks.count(), None, act, lacks)
        })
    }

    fn explain(facts: &Facts<'_>, (): (), found: &Finding<Lacks>) -> Wording {
        let name = facts.portfolio.hr_system.as_ref().and_then(|system| system.name);
        let name = name.map_or_else(|| message!("the HR system"), |name| message!((name, "the HR system")));
        let lacks: Vec<Message> =
            found.state.lines().map(|line| message!("the ", line.word(), " line")).collect();
        Wording {
            headline: name.clone().and(message!(" cannot show ")).and(listed(lacks.clone())),
            details: vec![message!("it is not listed under what the system shows")],
            remedy: message!("Have ")
                .and(listed(lacks.clone()))
                .and(message!(" recorded in "))
                .and(name)
                .and(message!(", if only as a custom field.")),
            task: message!("have ").and(listed(lacks)).and(message!(" recorded in the HR system")),
        }
    }

    fn resolved(pair: &Pair<'_>, (): (), before: &Lacks, _: Option<&Lacks>) -> Resolution {
        let Some(system) = &pair.head.portfolio.hr_system else {
            return Resolution::Withdrawn(How::Unknown);
        };
        let shows_more = (before.delivery && system.shows_delivery) || (before.craft && system.shows_craft);
        Resolution::repaired_if(shows_more, How::Changed)
    }

    /// Both lines.
    fn at_worst(facts: &Facts<'_>, principal: MilliPoints) -> MilliPoints {
        principal.times(facts.people).times(2)
    }

    fn told(pair: &Pair<'_>, (): (), _: &Lacks, _: Option<&Lacks>) -> Told {
        share_of(pair.head, |person| pair.is_told(person))
    }

    fn staffed(pair: &Pair<'_>, (): (), _: &Lacks, _: Option<&Lacks>) -> Told {
        share_of(pair.head, |person| pair.starts_later(person))
    }

    fn entries(_: &Facts<'_>, (): (), state: &Lacks) -> Vec<EntryKey> {
        state.lines().map(EntryKey::Line).collect()
    }
}

/// The part that comes from some of the people who are counted.
fn share_of(facts: &Facts<'_>, is_one: impl Fn(PersonIx) -> bool) -> Told {
    let scored = facts.portfolio.person_positions().filter(|person| facts.lines.is_scored(*person));
    let some = scored.filter(|person| is_one(*person)).count();
    if some == 0 {
        return Told::Nothing;
    }
    Told::Share(i64::try_from(some).unwrap_or(i64::MAX), facts.people)
}
