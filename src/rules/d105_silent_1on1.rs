//! D105: a 1:1 whose agenda has nothing of what its line is there for.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{OneOnOnes, one_on_ones, people};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::model::Meeting;
use crate::records::words::{Line, Topic};

/// The rule.
pub struct D105;

impl DebtRule for D105 {
    type Subjects = OneOnOnes;
    type State = Line;
    const META: Meta = Meta {
        code: "D105",
        name: "silent-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(500),
        cost: Cost::Flat,
        minutes: 10,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D105-silent-1on1",
            what: "The agenda of a 1:1 has none of the topics that its line is for.",
            why: "A Delivery 1:1 that only lists blockers never says how it is going, and a Craft 1:1 without \
                  career or feedback is a chat about technology. What is not on the agenda waits for a better week.",
            when: "The agenda is written and not empty, the 1:1 does one job only, its owner owns that line of the \
                   other person, and the line is in scope. A Delivery 1:1 is silent without performance, \
                   commitments or rating; a Craft 1:1 without career-lane, track-choice, promotion or \
                   craft-feedback. What a 1:1 without an `agenda` leaves out cannot be seen.",
            formula: "{points}.",
            remedy: "Put one such topic on the agenda of the next one, together.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<Line> {
        match silent_line(facts, one) {
            Some(line) => Answer::Factor(Finding::flat(
                principal,
                Some(one.owner),
                Act::new("write-agenda", Subject::Meeting(one.meeting)),
                line,
            )),
            None => Answer::Clear,
        }
    }

    fn explain(_: &Facts<'_>, one: OneOnOne, found: &Finding<Line>) -> Wording {
        let line = found.state;
        let (missing, topic) = match line {
            Line::Delivery => ("performance or commitments", "performance, commitments or the rating"),
            Line::Craft => ("career or feedback", "the career, a promotion or feedback on craft"),
        };
        Wording {
            headline: message!(one.meeting, " has nothing about ", missing, " on its agenda"),
            details: vec![message!(one.owner, " owns ", one.with, "\u{2019}s ", line.word(), " line")],
            remedy: message!("Put ", topic, " on the agenda of the next one, together with ", one.with, "."),
            task: message!("put ", topic, " on the agenda of ", one.meeting),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, before: &Line, _: Option<&Line>) -> Resolution {
        let Some((was, is)) = pair.records(one.meeting) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if one_on_ones::ended(pair, one.meeting) {
            return Resolution::Withdrawn(How::Removed);
        }
        let spoken = has_telling_topic(is, *before) && !one_on_ones::is_lighter(was, is);
        Resolution::repaired_if(spoken, How::Changed)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, _: &Line, _: Option<&Line>) -> Told {
        if one_on_ones::had_no_agenda(pair, one) {
            return Told::All;
        }
        one_on_ones::told_by_label(pair, one)
    }

    fn staffed(pair: &Pair<'_>, one: OneOnOne, now: &Line, _: Option<&Line>) -> Told {
        // Whoever takes a line over takes its agenda as it is; a topic that was taken off is nobody's heritage.
        let before = pair.record_before(one.meeting);
        let was_silent = before.is_none_or(|was| !has_telling_topic(was, *now));
        Told::all_if(was_silent && people::line_was_handed_over(pair, one.with, *now))
    }
}

/// The line that the 1:1 is there for and says nothing of: it does that job only, and is held by who owns the line.
fn silent_line(facts: &Facts<'_>, one: OneOnOne) -> Option<Line> {
    let line = match (one.jobs.delivery, one.jobs.craft) {
        (true, false) => Line::Delivery,
        (false, true) => Line::Craft,
        (true, true) | (false, false) => return None,
    };
    let meeting = facts.portfolio.meeting(one.meeting);
    let held_by_owner = facts.lines.owner(line, one.with) == Some(one.owner);
    let silent = !meeting.agenda.is_empty() && !has_telling_topic(meeting, line);
    (held_by_owner && facts.lines.in_scope(line, one.with) && silent).then_some(line)
}

/// Whether something of what a line is there for is on the agenda.
fn has_telling_topic(meeting: &Meeting, line: Line) -> bool {
    meeting.agenda.iter().any(|topic| told_on(*topic) == Some(line))
}

/// The line that says with this topic what it is there for.
fn told_on(topic: Topic) -> Option<Line> {
    match topic {
        Topic::Performance | Topic::Commitments | Topic::Rating => Some(Line::Delivery),
        Topic::CareerLane | Topic::TrackChoice | Topic::Promotion | Topic::CraftFeedback => Some(Line::Craft),
        Topic::Blockers
        | Topic::Priorities
        | Topic::Resourcing
        | Topic::Escalations
        | Topic::SkillDepth
        | Topic::Standards
        | Topic::Wellbeing
        | Topic::Logistics
        | Topic::Other => None,
    }
}
