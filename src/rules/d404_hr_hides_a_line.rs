//! D404: an HR system that cannot show a line.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::Whole;
use crate::base::ids::Subject;
use crate::base::phrase::{Phrase, listed, phrase};
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
    const META: Meta = Meta {
        code: "D404",
        name: "hr-hides-a-line",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 240,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D404-hr-hides-a-line",
            what: "The HR system shows only one of the two lines, or none.",
            why: "What the system cannot show does not exist in reviews, budgets and reorganisations: the craft line is cut with one \
                  click by somebody who never saw it.",
            when: "`hr_system.shows` lacks delivery or craft. Unknown where no `hr_system` is written.",
            formula: "{points} for each line that is lacking.",
            remedy: "Have the missing line recorded, if only as a custom field.",
        ),
    };

    fn find(facts: &Facts<'_>, (): (), principal: MilliPoints) -> Answer<Lacks> {
        let Some(system) = &facts.portfolio.hr_system else { return Answer::Unknown };
        let lacks = Lacks { delivery: !system.shows_delivery, craft: !system.shows_craft };
        Answer::factor_if(lacks.count() > 0, || {
            let act = Act::new("show-lines", Subject::Portfolio);
            Finding::each(principal, lacks.count(), None, act, lacks)
        })
    }

    fn explain(facts: &Facts<'_>, (): (), found: &Finding<Lacks>) -> Wording {
        let name = facts.portfolio.hr_system.as_ref().and_then(|system| system.name);
        let name = name.map_or_else(|| phrase!("the HR system"), |name| phrase!((name, "the HR system")));
        let lacks: Vec<Phrase> =
            found.state.lines().map(|line| phrase!("the ", line.word(), " line")).collect();
        Wording {
            headline: name.clone().and(phrase!(" cannot show ")).and(listed(lacks.clone())),
            details: vec![phrase!("it is not listed under what the system shows")],
            remedy: phrase!("Have ")
                .and(listed(lacks.clone()))
                .and(phrase!(" recorded in "))
                .and(name)
                .and(phrase!(", if only as a custom field.")),
            task: phrase!("have ").and(listed(lacks)).and(phrase!(" recorded in the HR system")),
        }
    }

    fn resolved(pair: &Pair<'_>, (): (), before: &Lacks, _: Option<&Lacks>) -> Resolution {
        let Some(system) = &pair.head.portfolio.hr_system else {
            return Resolution::Withdrawn(How::Unknown);
        };
        let shows_more = (before.delivery && system.shows_delivery) || (before.craft && system.shows_craft);
        Resolution::repaired_if(shows_more, How::Changed)
    }

    fn told(_: &Pair<'_>, (): (), _: &Lacks, _: Option<&Lacks>) -> Told {
        Told::Nothing
    }
}
