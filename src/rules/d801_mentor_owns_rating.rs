//! D801: a mentor who owns the rating.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::Mentorships;
use crate::base::ids::{MentorshipIx, PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;

/// Who teaches whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    mentor: PersonIx,
    mentee: PersonIx,
}

/// The rule.
pub struct D801;

impl DebtRule for D801 {
    type Subjects = Mentorships;
    type State = State;
    const META: Meta = Meta {
        code: "D801",
        name: "mentor-owns-rating",
        group: Group::Mentoring,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        absent: Absent::OneUnknown,
        page: page!(
            "D801-mentor-owns-rating",
            what: "A mentor owns the mentee's performance rating.",
            why: "Nobody asks an open question of the person who writes the rating: what looks like mentoring is \
                  management with a kinder name.",
            when: "The mentorship is active, and the mentor rates the mentee. Unknown if the mentee has no rater; \
                   and once, if the portfolio has no `mentorships` at all.",
            formula: "{points}.",
            remedy: "Find another mentor, or let somebody else rate.",
        ),
    };

    fn find(facts: &Facts<'_>, at: MentorshipIx, principal: MilliPoints) -> Answer<State> {
        let Some((mentor, mentee)) = facts.lines.mentorship(facts.portfolio, at) else {
            return Answer::Clear;
        };
        match facts.lines.rated_by(mentee) {
            None => Answer::Unknown(principal),
            Some(rater) => Answer::factor_if(rater == mentor, || {
                Finding::flat(
                    principal,
                    Some(mentor),
                    Act::new("hand-over", Subject::Mentorship(at)),
                    State { mentor, mentee },
                )
            }),
        }
    }

    fn explain(facts: &Facts<'_>, at: MentorshipIx, found: &Finding<State>) -> Wording {
        let State { mentor, mentee } = found.state;
        let topic =
            facts.portfolio.mentorship(at).topic.map(|topic| message!("the mentorship is about ", topic));
        Wording {
            headline: message!(mentor, " mentors ", mentee, " and owns the rating"),
            details: topic.into_iter().collect(),
            remedy: message!("Find ", mentee, " a mentor who does not rate them, or let somebody else rate."),
            task: message!("find another mentor for ", mentee),
        }
    }

    fn resolved(pair: &Pair<'_>, at: MentorshipIx, before: &State, _: Option<&State>) -> Resolution {
        let Some((_, is)) = pair.records(at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let ended = is.until.is_some_and(|until| until <= pair.head.day);
        let mentor = is.mentor.target().is_some_and(|mentor| pair.in_head(before.mentor) != Some(mentor));
        let rater = pair.in_head(before.mentee).and_then(|mentee| pair.head.lines.rated_by(mentee));
        let rater = rater.is_some_and(|rater| pair.in_head(before.mentor) != Some(rater));
        Resolution::repaired_if(ended || mentor || rater, How::Changed)
    }

    fn told(_: &Pair<'_>, _: MentorshipIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    fn staffed(pair: &Pair<'_>, _: MentorshipIx, now: &State, _: Option<&State>) -> Told {
        Told::all_if(staffing::lost_a_leaver(pair, now.mentee, |person| person.rated_by))
    }
}
