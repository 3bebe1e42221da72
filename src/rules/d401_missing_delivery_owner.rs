//! D401: nobody owns somebody's delivery line.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{People, people};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

/// The rule.
pub struct D401;

impl DebtRule for D401 {
    type Subjects = People;
    type State = Option<SquadIx>;
    const META: Meta = Meta {
        code: "D401",
        name: "missing-delivery-owner",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Delivery),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D401-missing-delivery-owner",
            what: "Nobody owns a person's outcomes.",
            why: "Priorities, blockers and the truth about performance reach this person from nowhere or from everywhere.",
            when: "The person has no `delivery_owner`, and no squad with a lead. Unknown for one who leads a squad or owns \
                   somebody's delivery line: the portfolio may just end there.",
            formula: "{points}.",
            remedy: "Name a lead for their squad, give them a squad, or name a delivery owner for them.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<Option<SquadIx>> {
        if facts.lines.delivery_owner(person).is_some() {
            return Answer::Clear;
        }
        if people::delivery_may_end(facts, person) {
            return Answer::Unknown;
        }
        let squad = target(facts.portfolio.person(person).squad);
        let act = match squad {
            Some(squad) => Act::new("name-lead", Subject::Squad(squad)),
            None => Act::new("name-delivery-owner", Subject::Person(person)),
        };
        Answer::Factor(Finding::flat(principal, None, act, squad))
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<Option<SquadIx>>) -> Wording {
        let headline = phrase!(person, " has no delivery owner");
        match found.state {
            Some(squad) => Wording {
                headline,
                details: vec![phrase!("squad ", squad, " has no lead")],
                remedy: phrase!("Name a lead for squad ", squad, "."),
                task: phrase!("name a lead for squad ", squad),
            },
            None => Wording {
                headline,
                details: vec![phrase!("no squad and no delivery owner are written for ", person)],
                remedy: phrase!("Give ", person, " a squad, or name a delivery owner."),
                task: phrase!("find ", person, " a squad or a delivery owner"),
            },
        }
    }

    fn resolved(
        pair: &Pair<'_>,
        person: PersonIx,
        _: &Option<SquadIx>,
        _: Option<&Option<SquadIx>>,
    ) -> Resolution {
        Resolution::repaired_if(people::owner_was_named(pair, person, Line::Delivery), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &Option<SquadIx>, _: Option<&Option<SquadIx>>) -> Told {
        Told::Nothing
    }
}
