//! D801: a mentor who owns the rating.

use super::facts::Facts;
use super::rule::{Absent, Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{MentorshipIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D801",
    name: "mentor-owns-rating",
    group: Group::Mentoring,
    principal: MilliPoints::new(2_000),
    minutes: 30,
    asks: Asks::Mentorships { absent: Absent::OneUnknown, ask, tell },
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

fn ask(facts: &Facts<'_>, at: MentorshipIx, principal: MilliPoints) -> Answer {
    let Some((mentor, mentee)) = facts.lines.mentorship(facts.portfolio, at) else { return Answer::Clear };
    match facts.lines.rated_by(mentee) {
        None => Answer::Unknown,
        Some(rater) => Answer::factor_if(rater == mentor, || {
            Finding::flat(principal, Some(mentor), Act::new("hand-over", Subject::Mentorship(at)))
        }),
    }
}

fn tell(facts: &Facts<'_>, at: MentorshipIx, _: &Finding) -> Words {
    let Some((mentor, mentee)) = facts.lines.mentorship(facts.portfolio, at) else { return Words::default() };
    let topic = facts.portfolio.mentorship(at).topic.map(|topic| phrase!("the mentorship is about ", topic));
    Words {
        headline: phrase!(mentor, " mentors ", mentee, " and owns the rating"),
        details: topic.into_iter().collect(),
        remedy: phrase!("Find ", mentee, " a mentor who does not rate them, or let somebody else rate."),
        task: phrase!("find another mentor for ", mentee),
    }
}
