//! D303: a promotion without an independent craft judgement.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Basis, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Promotions, promotions};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, PromotionIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

/// Whose promotion it is, and who signed it off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    person: PersonIx,
    signer: Option<PersonIx>,
}

/// The rule.
pub struct D303;

impl DebtRule for D303 {
    type Subjects = Promotions;
    type State = State;
    const META: Meta = Meta {
        code: "D303",
        name: "unsigned-promotion",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(4_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        uses: &[Line::Craft],
        absent: Absent::OneUnknown,
        is_label: false,
        page: page!(
            "D303-unsigned-promotion",
            what: "A promotion rests on no craft judgement but that of the people who rate, or on none.",
            why: "A promotion that should never have happened is the most expensive way to avoid a conversation: with the person, \
                  and with everybody who was passed over.",
            when: "It was decided within the last {promotion_window_days} days, the person's craft line is looked at, it has not \
                   been reviewed since, and `signed_off_by` is missing, is the person, or is their delivery owner or rater without \
                   being their craft owner. Unknown, once, where the portfolio has no `promotions` at all.",
            formula: "{points}, growing by {weekly_percent} % in each full week since it was decided, up to {cap} times.",
            remedy: "Review it with the craft owner, and write down when.",
        ),
    };

    fn find(facts: &Facts<'_>, at: PromotionIx, principal: MilliPoints) -> Answer<State> {
        let promotion = facts.portfolio.promotion(at);
        let Some(person) = promotion.person.target() else { return Answer::Clear };
        let lines = &facts.lines;
        let recent = facts.day.days_since(promotion.decided) <= facts.policy.promotion_window_days;
        let reviewed = promotion.reviewed.is_some_and(|reviewed| reviewed <= facts.day);
        if !recent || reviewed || !lines.in_scope(Line::Craft, person) {
            return Answer::Clear;
        }
        let craft = lines.craft_owner(person);
        let signer = target(promotion.signed_off_by);
        let independent = match signer {
            None => false,
            Some(signer) if signer == person => false,
            Some(signer) => {
                let rates =
                    lines.delivery_owner(person) == Some(signer) || lines.rated_by(person) == Some(signer);
                !rates || craft == Some(signer)
            }
        };
        let weeks = facts.day.days_since(promotion.decided).div_euclid(7);
        Answer::factor_if(!independent, || Finding {
            unit: principal,
            basis: Basis::Growing { due: promotion.decided, weeks, deferrals: 0 },
            onset: Some(promotion.decided),
            owner: lines.filter_active(craft),
            act: Act::new("review", Subject::Promotion(at)),
            state: State { person, signer },
        })
    }

    fn explain(facts: &Facts<'_>, at: PromotionIx, found: &Finding<State>) -> Wording {
        let promotion = facts.portfolio.promotion(at);
        let State { person, signer } = found.state;
        let signed = match signer {
            None => phrase!("nobody signed it off"),
            Some(signer) if signer == person => phrase!(person, " signed it off"),
            Some(signer) => phrase!(
                "it rests on ",
                signer,
                "\u{2019}s word, who owns ",
                person,
                "\u{2019}s delivery line or rating"
            ),
        };
        let to = (promotion.to, "another role");
        let remedy = match found.owner {
            Some(owner) => phrase!("Review it with ", owner, ", and write down when."),
            None => phrase!("Find ", person, " a craft owner, and review it together."),
        };
        Wording {
            headline: phrase!(
                person,
                "\u{2019}s promotion to ",
                to,
                " lacks a craft owner\u{2019}s judgement"
            ),
            details: vec![phrase!("decided ", promotion.decided), signed],
            remedy,
            task: phrase!("review ", person, "\u{2019}s promotion to ", to),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PromotionIx, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = promotions::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if promotions::is_lighter(pair, was, is) {
            return Resolution::REWRITTEN;
        }
        if is.reviewed.is_some_and(|reviewed| reviewed <= pair.head.day) {
            return Resolution::Repaired(How::Reviewed);
        }
        Resolution::repaired_if(was.signed_off_by.is_none() && is.signed_off_by.is_some(), How::Changed)
    }

    fn told(_: &Pair<'_>, _: PromotionIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    fn resolved_since(head: &Facts<'_>, at: PromotionIx, _: Day) -> Resolution {
        match head.portfolio.promotion(at).reviewed {
            Some(_) => Resolution::Repaired(How::Reviewed),
            None => Resolution::Repaired(How::Changed),
        }
    }
}
