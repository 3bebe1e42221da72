//! D404: an HR system that cannot show a line.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::Subject;
use crate::base::phrase::{Phrase, listed, phrase};
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D404",
    name: "hr-hides-a-line",
    group: Group::DeliveryLine,
    principal: MilliPoints::new(5_000),
    minutes: 240,
    asks: Asks::Portfolio { ask, tell },
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

fn ask(facts: &Facts<'_>, (): (), principal: MilliPoints) -> Answer {
    let Some(system) = &facts.portfolio.hr_system else { return Answer::Unknown };
    let lacking = i64::try_from(system.lacks().len()).unwrap_or(0);
    Answer::factor_if(lacking > 0, || {
        Finding::each(principal, lacking, None, Act::new("show-lines", Subject::Portfolio))
    })
}

fn tell(facts: &Facts<'_>, (): (), _: &Finding) -> Words {
    let Some(system) = &facts.portfolio.hr_system else { return Words::default() };
    let name = system.name.map_or_else(|| phrase!("the HR system"), |name| phrase!((name, "the HR system")));
    let lacks: Vec<Phrase> =
        system.lacks().into_iter().map(|line| phrase!("the ", line.word(), " line")).collect();
    Words {
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
