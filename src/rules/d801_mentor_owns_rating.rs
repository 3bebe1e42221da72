//! D801: a mentor who owns the rating.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Mentorships, mentorships};
use crate::base::ids::{MentorshipIx, PersonIx, Subject};
use crate::base::phrase::phrase;
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
        uses: &[],
        absent: Absent::OneUnknown,
        is_label: false,
        page: page!(
            "D801-mentor-owns-rating",
            what: "A mentor owns the mentee's performance rating.",
            why: "Nobody asks an open question of the person who writes the rating: what looks like mentoring is management with a kinder \
                  name.",
            when: "The mentorship is active, and the mentor is who rates the mentee. Unknown where nobody is known to own the rating; and once, \
                   where the portfolio has no `mentorships` at all.",
            formula: "{points}.",
            remedy: "Find another mentor, or let somebody else rate.",
        ),
    };

    fn find(facts: &Facts<'_>, at: MentorshipIx, principal: MilliPoints) -> Answer<State> {
        let Some((mentor, mentee)) = facts.lines.mentorship(facts.portfolio, at) else {
            return Answer::Clear;
        };
        match facts.lines.rated_by(mentee) {
            None => Answer::Unknown,
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
            facts.portfolio.mentorship(at).topic.map(|topic| phrase!("the mentorship is about ", topic));
        Wording {
            headline: phrase!(mentor, " mentors ", mentee, " and owns the rating"),
            details: topic.into_iter().collect(),
            remedy: phrase!("Find ", mentee, " a mentor who does not rate them, or let somebody else rate."),
            task: phrase!("find another mentor for ", mentee),
        }
    }

    fn resolved(pair: &Pair<'_>, at: MentorshipIx, before: &State, _: Option<&State>) -> Resolution {
        let Some((_, is)) = mentorships::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let ended = is.until.is_some_and(|until| until <= pair.head.day);
        let mentor = is.mentor.target().is_some_and(|mentor| pair.person(before.mentor) != Some(mentor));
        let rater = pair.person(before.mentee).and_then(|mentee| pair.head.lines.rated_by(mentee));
        let rater = rater.is_some_and(|rater| pair.person(before.mentor) != Some(rater));
        Resolution::repaired_if(ended || mentor || rater, How::Changed)
    }

    fn told(_: &Pair<'_>, _: MentorshipIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}
