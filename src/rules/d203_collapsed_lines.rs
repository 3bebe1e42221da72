//! D203: one person owns both lines of somebody.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Missing, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{People, people};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D203;

impl DebtRule for D203 {
    type Subjects = People;
    type State = PersonIx;
    const MISSING: Missing = Missing::Owner;
    const META: Meta = Meta {
        code: "D203",
        name: "collapsed-lines",
        group: Group::CraftLine,
        principal: MilliPoints::new(4_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Craft),
        absent: Absent::Silent,
        page: page!(
            "D203-collapsed-lines",
            what: "One person owns both the delivery line and the craft line of somebody.",
            why: "People do not admit what they cannot do yet to the person who judges their performance. One of \
                  the two conversations loses, and it is the craft one. For: Meyer, Kay and French (1965) argued \
                  for two roles, coaching apart from the judgement that pay depends on. Against: Raabe and Beehr \
                  (2003) found that the relationships with supervisors and coworkers, not with assigned formal \
                  mentors, were related to satisfaction, commitment and the intention to leave, and Boswell and \
                  Boudreau (2002) found no gain in attitudes from separating the two by person. If the latter \
                  convinces you, `--policy one-line` switches this rule off.",
            when: "The craft owner is also the delivery owner, and both lines are in scope.",
            formula: "{points}.",
            remedy: "Name another craft owner.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<PersonIx> {
        let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
        let collapsed =
            facts.lines.delivery_owner(person) == Some(owner) && facts.lines.in_scope(Line::Delivery, person);
        Answer::factor_if(collapsed, || {
            let act = Act::new("name-craft-owner", Subject::Person(person));
            Finding::flat(principal, facts.lines.filter_active(Some(owner)), act, owner)
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<PersonIx>) -> Wording {
        let owner = found.state;
        Wording {
            headline: message!(owner, " owns both the delivery line and the craft line of ", person),
            details: vec![message!("delivery owner and craft owner of ", person, " are the same person")],
            remedy: message!("Name another craft owner for ", person, "."),
            task: message!("name another craft owner for ", person),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Resolution {
        let owners = pair
            .in_head(person)
            .and_then(|now| pair.head.lines.delivery_owner(now).zip(pair.head.lines.craft_owner(now)));
        Resolution::repaired_if(owners.is_some_and(|(delivery, craft)| delivery != craft), How::Named)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        Told::all_if(people::delivery_was_untold(pair, person))
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        if staffing::lost_a_leaver(pair, person, |person| person.craft_owner)
            || staffing::lost_a_leaver(pair, person, |person| person.delivery_owner)
        {
            return Told::All;
        }
        staffing::of_newcomer(pair, person)
    }
}
