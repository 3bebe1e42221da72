//! D303: a promotion without an independent craft judgement.

use super::facts::Facts;
use super::rule::{Absent, Act, Answer, Asks, Basis, Finding, Group, Rule, Words, page};
use crate::base::ids::{PromotionIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D303",
    name: "unsigned-promotion",
    group: Group::DeferredConversations,
    principal: MilliPoints::new(4_000),
    minutes: 60,
    asks: Asks::Promotions { absent: Absent::OneUnknown, ask, tell },
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

fn ask(facts: &Facts<'_>, at: PromotionIx, principal: MilliPoints) -> Answer {
    let promotion = facts.portfolio.promotion(at);
    let Some(person) = promotion.person.target() else { return Answer::Clear };
    let lines = &facts.lines;
    let recent = facts.day.days_since(promotion.decided) <= facts.policy.promotion_window_days;
    let reviewed = promotion.reviewed.is_some_and(|reviewed| reviewed <= facts.day);
    if !recent || reviewed || !lines.in_scope(Line::Craft, person) {
        return Answer::Clear;
    }
    let craft = lines.craft_owner(person);
    let independent = match target(promotion.signed_off_by) {
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
    })
}

fn tell(facts: &Facts<'_>, at: PromotionIx, found: &Finding) -> Words {
    let promotion = facts.portfolio.promotion(at);
    let Some(person) = promotion.person.target() else { return Words::default() };
    let signed = match target(promotion.signed_off_by) {
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
    Words {
        headline: phrase!(person, "\u{2019}s promotion to ", to, " lacks a craft owner\u{2019}s judgement"),
        details: vec![phrase!("decided ", promotion.decided), signed],
        remedy,
        task: phrase!("review ", person, "\u{2019}s promotion to ", to),
    }
}
