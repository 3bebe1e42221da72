//! D303: a promotion without an independent craft judgement.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::people;
use super::subjects::{Promotions, promotions};
use crate::base::ids::{PersonIx, PromotionIx, Subject};
use crate::base::message::message;
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
        absent: Absent::OneUnknown,
        page: page!(
            "D303-unsigned-promotion",
            what: "A promotion was not signed off by a craft owner who is independent of the rating.",
            why: "A promotion that should never have happened is the most expensive way to avoid a conversation: \
                  with the person, and with everybody who was passed over.",
            when: "It was decided within the last {promotion_window_days} days, the person's craft line is in \
                   scope, it has not been reviewed since, and `signed_off_by` is missing, is the person, or is \
                   their delivery owner or rater without being their craft owner. Unknown, once, where the \
                   portfolio has no `promotions` at all.",
            formula: "{points}. It does not grow, and ends {promotion_window_days} days after the decision.",
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
            Some(signer) => !lines.judges(signer, person) || craft == Some(signer),
        };
        Answer::factor_if(!independent, || {
            let act = Act::new("review", Subject::Promotion(at));
            Finding::flat(principal, lines.filter_active(craft), act, State { person, signer })
                .since(Some(promotion.decided))
        })
    }

    fn explain(facts: &Facts<'_>, at: PromotionIx, found: &Finding<State>) -> Wording {
        let promotion = facts.portfolio.promotion(at);
        let State { person, signer } = found.state;
        let signed = match signer {
            None => message!("nobody signed it off"),
            Some(signer) if signer == person => message!(person, " signed it off"),
            Some(signer) => message!(
                "it rests on ",
                signer,
                "\u{2019}s word, who owns ",
                person,
                "\u{2019}s delivery line or rating"
            ),
        };
        let to = (promotion.to, "another role");
        let remedy = match found.owner {
            Some(owner) => message!("Review it with ", owner, ", and write down when."),
            None => message!("Find ", person, " a craft owner, and review it together."),
        };
        Wording {
            headline: message!(
                person,
                "\u{2019}s promotion to ",
                to,
                " lacks a craft owner\u{2019}s judgement"
            ),
            details: vec![message!("decided ", promotion.decided), signed],
            remedy,
            task: message!("review ", person, "\u{2019}s promotion to ", to),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PromotionIx, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = pair.records(at) else {
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

    fn told(pair: &Pair<'_>, at: PromotionIx, now: &State, _: Option<&State>) -> Told {
        // Whoever signed is known only now to own the delivery line.
        let is_old = pair.in_base(at).is_some();
        let by_owner = now.signer.is_some() && now.signer == pair.head.lines.delivery_owner(now.person);
        Told::all_if(is_old && by_owner && people::delivery_was_untold(pair, now.person))
    }

    /// Whoever signed it off had left and is in the file no more; or a line has another owner since, so that who was
    /// independent when it was signed is not now.
    fn staffed(pair: &Pair<'_>, at: PromotionIx, now: &State, _: Option<&State>) -> Told {
        let Some(before) = pair.in_base(at) else { return Told::Nothing };
        let was = target(pair.base.portfolio.promotion(before).signed_off_by);
        let is_unsigned = pair.head.portfolio.promotion(at).signed_off_by.is_none();
        if is_unsigned && was.is_some_and(|was| pair.is_deleted_leaver(was)) {
            return Told::All;
        }
        let handed_over = |line| people::line_was_handed_over(pair, now.person, line);
        let is_as_signed = pair
            .records(before)
            .is_some_and(|(was, is)| is.signed_off_by.is_some() && !promotions::is_lighter(pair, was, is));
        Told::all_if(is_as_signed && (handed_over(Line::Delivery) || handed_over(Line::Craft)))
    }
}
