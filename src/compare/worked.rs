//! Whether a factor that is gone or smaller was worked on, or its record was only made lighter. Whoever quits, is
//! set aside or rewrites the record pays for nothing.

use super::people::Departures;
use super::{How, Kind};
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, MeetingIx, PersonIx, PromotionIx, SquadIx, Subject};
use crate::model::{Meeting, target};
use crate::records::words::{ConversationKind, Line, Track};
use crate::rules::facts::Facts;

const CHANGED: (Kind, How) = (Kind::Repaired, How::Changed);
/// Its record was made lighter.
pub(super) const REWRITTEN: (Kind, How) = (Kind::Withdrawn, How::Rewritten);

/// What ends a conversation or a decision by itself, whoever is there: held, dropped, closed.
pub(super) fn ended(code: &str, head: &Facts<'_>, now: Subject) -> Option<(Kind, How)> {
    let by_now = |day: Option<Day>| day.is_some_and(|day| day <= head.day);
    match now {
        Subject::Conversation(at) => {
            let talk = head.portfolio.conversation(at);
            if by_now(talk.held) {
                return Some((Kind::Repaired, How::Held));
            }
            by_now(talk.dropped.map(|dropped| dropped.date)).then_some((Kind::Withdrawn, How::Dropped))
        }
        Subject::Decision(at) if code == "D501" => {
            let decision = head.portfolio.decision(at);
            (by_now(decision.closed) && !decision.is_open(head.day)).then_some((Kind::Repaired, How::Closed))
        }
        _ => None,
    }
}

/// Whether a decision is closed because a reopening was taken out of its record.
pub(super) fn is_unreopened(departures: Departures<'_>, before: Subject, now: Subject) -> bool {
    let (Subject::Decision(was), Subject::Decision(is)) = (before, now) else { return false };
    let (was, is) = (departures.base.portfolio.decision(was), departures.head.portfolio.decision(is));
    was.reopened.iter().any(|day| !is.reopened.contains(day))
}

/// Whether a line that is exempt makes a rule answer clear.
pub(super) fn looks_at_lines(code: &str) -> bool {
    matches!(code, "D101" | "D103" | "D104" | "D203" | "D303" | "D304")
}

/// Whether a 1:1 does one job.
pub(super) fn is_split(head: &Facts<'_>, now: Subject) -> bool {
    let Subject::Meeting(at) = now else { return false };
    head.one_on_one(at).is_some_and(|one| one.jobs.delivery != one.jobs.craft)
}

/// Whether nobody can tell any more what a 1:1 is for, and before somebody could.
pub(super) fn is_unlabelled(departures: Departures<'_>, before: Subject, now: Subject) -> bool {
    let (Subject::Meeting(was), Subject::Meeting(is)) = (before, now) else { return false };
    let nameless =
        |facts: &Facts<'_>, at| facts.one_on_one(at).is_some_and(|one| !one.jobs.delivery && !one.jobs.craft);
    !nameless(departures.base, was) && nameless(departures.head, is)
}

/// Whether a meeting or mentorship has ended by its own date.
pub(super) fn is_over(head: &Facts<'_>, now: Subject) -> bool {
    let until = match now {
        Subject::Meeting(at) => head.portfolio.meeting(at).until,
        Subject::Mentorship(at) => head.portfolio.mentorship(at).until,
        _ => None,
    };
    until.is_some_and(|until| until <= head.day)
}

/// For a subject that its rule was asked about in the head too, and answered clear or with less.
pub(super) fn verdict(code: &str, departures: Departures<'_>, before: Subject, now: Subject) -> (Kind, How) {
    match (code, before, now) {
        ("D104", Subject::Meeting(was), Subject::Meeting(_)) => {
            line_owner_left(departures, was).map_or(CHANGED, withdrawn)
        }
        ("D205", Subject::Person(was), _) => reports_went(departures, was).map_or(CHANGED, withdrawn),
        ("D301", Subject::Conversation(was), Subject::Conversation(is)) => {
            talk_is_lighter(departures, was, is)
        }
        ("D302", Subject::Meeting(was), Subject::Meeting(is)) => meeting_was_held(departures, was, is),
        ("D303", Subject::Promotion(was), Subject::Promotion(is)) => {
            promotion_was_reviewed(departures, was, is)
        }
        ("D304", Subject::Conversation(was), Subject::Conversation(is)) => {
            talk_was_handed_over(departures, was, is)
        }
        // Open still, or an entry of `reopened` taken out: nothing was decided.
        ("D501" | "D502", ..) => REWRITTEN,
        ("D503", Subject::Squad(was), Subject::Squad(is)) => path_was_named(departures, was, is),
        ("D602", Subject::Squad(was), Subject::Squad(is)) => context_was_reviewed(departures, was, is),
        ("D603", Subject::Squad(was), Subject::Squad(is)) => peer_was_found(departures, was, is),
        ("D702", Subject::Guild(was), Subject::Guild(is)) => {
            let levels =
                |lane: &crate::model::Lane| lane.levels.iter().map(|(level, _)| *level).collect::<Vec<_>>();
            let officer = |guild: &crate::model::Guild| {
                guild
                    .lanes
                    .iter()
                    .flatten()
                    .find(|lane| lane.track == Track::Officer)
                    .map(levels)
                    .unwrap_or_default()
            };
            let (was, is) =
                (officer(departures.base.portfolio.guild(was)), officer(departures.head.portfolio.guild(is)));
            if was.iter().all(|level| is.contains(level)) { CHANGED } else { REWRITTEN }
        }
        ("D703", _, Subject::Person(is)) => {
            if departures.head.portfolio.person(is).track.is_some() {
                CHANGED
            } else {
                REWRITTEN
            }
        }
        _ => CHANGED,
    }
}

fn withdrawn(how: How) -> (Kind, How) {
    (Kind::Withdrawn, how)
}

/// The owner of a line that is not there any more cannot be the better owner of a 1:1.
fn line_owner_left(departures: Departures<'_>, was: MeetingIx) -> Option<How> {
    let with = departures.base.one_on_one(was)?.with;
    let now = departures.pairing.person(with)?;
    let owner_now = |line: Line| departures.head.lines.owner(line, now);
    let same = |line: Line| {
        let before = departures.base.lines.owner(line, with)?;
        let still = owner_now(line).is_some() && owner_now(line) == departures.pairing.person(before);
        (still || owner_now(line).is_none()).then_some(before)
    };
    departures.any_went([Line::Delivery, Line::Craft].into_iter().filter_map(same))
}

/// Somebody of whom this person was the craft owner, and who went or whose craft line is exempt now.
fn reports_went(departures: Departures<'_>, owner: PersonIx) -> Option<How> {
    let mine = |person: &PersonIx| {
        departures.base.lines.is_scored(*person) && departures.base.lines.craft_owner(*person) == Some(owner)
    };
    let mut people = departures.base.portfolio.person_positions().filter(mine);
    people.find_map(|person| departures.went(person).or_else(|| departures.exempted(person)))
}

/// An open conversation costs less only where its record is lighter, or somebody is away longer.
fn talk_is_lighter(departures: Departures<'_>, was: ConversationIx, is: ConversationIx) -> (Kind, How) {
    let (before, now) =
        (departures.base.portfolio.conversation(was), departures.head.portfolio.conversation(is));
    let same_record = before.raised == now.raised
        && before.due == now.due
        && before.kind == now.kind
        && before.deferred_to.len() <= now.deferred_to.len();
    let away = same_record && before.with.target().is_some_and(|with| departures.leaves_differ(with));
    withdrawn(if away { How::Away } else { How::Rewritten })
}

fn meeting_was_held(departures: Departures<'_>, was: MeetingIx, is: MeetingIx) -> (Kind, How) {
    let (before, now): (&Meeting, &Meeting) =
        (departures.base.portfolio.meeting(was), departures.head.portfolio.meeting(is));
    if now.last_held > before.last_held {
        return (Kind::Repaired, How::Held);
    }
    let lighter = now.cancelled_in_a_row < before.cancelled_in_a_row
        || now.last_held < before.last_held
        || (now.last_held.is_none() && now.since != before.since);
    if lighter {
        return REWRITTEN;
    }
    let people = [before.owner.target(), target(before.with)];
    if people.into_iter().flatten().any(|person| departures.leaves_differ(person)) {
        return withdrawn(How::Away);
    }
    // Another cadence, agreed on.
    if now.every == before.every { REWRITTEN } else { CHANGED }
}

fn promotion_was_reviewed(departures: Departures<'_>, was: PromotionIx, is: PromotionIx) -> (Kind, How) {
    let (before, now) = (departures.base.portfolio.promotion(was), departures.head.portfolio.promotion(is));
    if now.reviewed.is_some_and(|day| day <= departures.head.day) {
        return (Kind::Repaired, How::Reviewed);
    }
    if now.decided == before.decided { CHANGED } else { REWRITTEN }
}

fn talk_was_handed_over(departures: Departures<'_>, was: ConversationIx, is: ConversationIx) -> (Kind, How) {
    let (before, now) =
        (departures.base.portfolio.conversation(was), departures.head.portfolio.conversation(is));
    if now.kind != ConversationKind::Performance {
        return REWRITTEN;
    }
    let with = before.with.target();
    let should = with.and_then(|with| departures.base.lines.delivery_owner(with));
    // Somebody else has taken over from whoever went: that is handing over.
    let taken_over = now.owner.target().is_some_and(|owner| departures.head.lines.is_active(owner))
        && now.with.target().and_then(|with| departures.head.lines.delivery_owner(with))
            == now.owner.target();
    if taken_over {
        return CHANGED;
    }
    departures.any_went(before.owner.target().into_iter().chain(should)).map_or(CHANGED, withdrawn)
}

fn path_was_named(departures: Departures<'_>, was: SquadIx, is: SquadIx) -> (Kind, How) {
    let exempt = |facts: &Facts<'_>, squad| {
        let lead = target(facts.portfolio.squad(squad).lead);
        lead.is_some_and(|lead| facts.portfolio.person(lead).exempt_delivery)
    };
    if exempt(departures.head, is) && !exempt(departures.base, was) {
        withdrawn(How::Exempt)
    } else {
        CHANGED
    }
}

fn context_was_reviewed(departures: Departures<'_>, was: SquadIx, is: SquadIx) -> (Kind, How) {
    let reviewed =
        |facts: &Facts<'_>, squad| facts.portfolio.squad(squad).context.and_then(|context| context.reviewed);
    if reviewed(departures.head, is) > reviewed(departures.base, was) {
        (Kind::Repaired, How::Reviewed)
    } else {
        REWRITTEN
    }
}

/// A lead who is not there needs no peer, and neither does the only squad with members: nobody found one.
fn peer_was_found(departures: Departures<'_>, was: SquadIx, is: SquadIx) -> (Kind, How) {
    let lead_acts = departures.head.squad_lead(is).is_some();
    if lead_acts && departures.head.squads_with_members > 1 {
        return CHANGED;
    }
    let lead = target(departures.base.portfolio.squad(was).lead);
    let anybody = || departures.any_went(departures.base.portfolio.person_positions());
    withdrawn(lead.and_then(|lead| departures.went(lead)).or_else(anybody).unwrap_or(How::Rewritten))
}
