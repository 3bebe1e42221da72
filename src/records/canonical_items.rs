//! Items as one line each, and the id that they are sorted by. Each record is taken apart in full.

use std::fmt::Display;

use super::portfolio::{
    AcknowledgementRecord, AwayRecord, ClosedDecision, ClosedEntry, ContextRecord, ConversationRecord,
    DecisionRecord, DroppedRecord, ExemptRecord, ExitRecord, GuildRecord, HrSystemRecord, LaneRecord,
    LevelRecord, Listed, MeetingRecord, MentorshipRecord, PersonRecord, PromotionRecord, SquadRecord,
};
use super::sections::Item;
use super::values::{Every, Id, Text};
use crate::base::decimal;
use crate::yaml::write::scalar;

/// A mapping on one line; keys without a value are left out.
#[derive(Default)]
struct Flow(Vec<String>);

#[expect(clippy::ref_option, reason = "records have these as fields, and are taken apart by reference")]
impl Flow {
    fn plain(mut self, key: &str, value: Option<impl Display>) -> Flow {
        self.0.extend(value.map(|value| format!("{key}: {value}")));
        self
    }

    fn id(self, key: &str, id: Option<&Id<'_>>) -> Flow {
        self.plain(key, id.map(|id| scalar(&id.0)))
    }

    fn text(self, key: &str, text: Option<&Text<'_>>) -> Flow {
        self.plain(key, text.map(|text| scalar(&text.0)))
    }

    fn list<T>(self, key: &str, list: &Listed<T>, written: impl Fn(&T) -> String) -> Flow {
        let list = list.as_ref().map(|list| list.iter().map(written).collect::<Vec<_>>().join(", "));
        self.plain(key, list.map(|list| format!("[{list}]")))
    }

    fn ids(self, key: &str, ids: &Listed<Id<'_>>) -> Flow {
        self.list(key, ids, |id| scalar(&id.0))
    }

    fn texts(self, key: &str, texts: &Listed<Text<'_>>) -> Flow {
        self.list(key, texts, |text| scalar(&text.0))
    }

    fn end(self) -> String {
        format!("{{{}}}", self.0.join(", "))
    }
}

/// The id of an item, or its replacement, and its line.
pub(super) fn line(item: &Item<'_>) -> (String, String) {
    match item {
        Item::Person(record) => person(record),
        Item::Squad(record) => squad(record),
        Item::Guild(record) => guild(record),
        Item::Meeting(record) => meeting(record),
        Item::Conversation(record) => conversation(record),
        Item::Decision(record) => decision(record),
        Item::Promotion(record) => promotion(record),
        Item::Mentorship(record) => mentorship(record),
        Item::Acknowledgement(record) => acknowledgement(record),
    }
}

/// The id that is written, or the one that is made from these parts.
fn sort_key(id: Option<&Id<'_>>, parts: &[&str]) -> String {
    id.map_or_else(|| parts.join("--"), |id| id.0.to_string())
}

fn person(record: &PersonRecord<'_>) -> (String, String) {
    let PersonRecord {
        id,
        name,
        title,
        squad,
        guild,
        delivery_owner,
        craft_owner,
        rated_by,
        level,
        track,
        started,
        left,
        exit,
        away,
        external,
        exempt,
        aliases,
    } = record;
    let flow = Flow::default()
        .id("id", Some(id))
        .text("name", name.as_ref())
        .text("title", title.as_ref())
        .id("squad", squad.as_ref())
        .id("guild", guild.as_ref())
        .id("delivery_owner", delivery_owner.as_ref())
        .id("craft_owner", craft_owner.as_ref())
        .id("rated_by", rated_by.as_ref())
        .plain("level", level.map(|level| level.0))
        .plain("track", track.map(super::words::Track::word))
        .plain("started", *started)
        .plain("left", *left)
        .plain("exit", exit.as_ref().map(exit_of))
        .list("away", away, leave)
        .plain("external", *external)
        .plain("exempt", exempt.as_ref().map(exemption))
        .ids("aliases", aliases);
    (id.0.to_string(), flow.end())
}

fn leave(record: &AwayRecord) -> String {
    let AwayRecord { from, until } = record;
    Flow::default().plain("from", Some(from)).plain("until", *until).end()
}

fn exit_of(record: &ExitRecord) -> String {
    let ExitRecord { reason, reviewed } = record;
    let reason = reason.map(super::words::ExitReason::word);
    Flow::default().plain("reason", reason).plain("reviewed", *reviewed).end()
}

fn closed_entry(entry: &ClosedEntry<'_>) -> String {
    match entry {
        ClosedEntry::Words(text) => scalar(&text.0),
        ClosedEntry::Decision(ClosedDecision { decision }) => {
            Flow::default().id("decision", Some(decision)).end()
        }
    }
}

fn exemption(record: &ExemptRecord<'_>) -> String {
    let ExemptRecord { delivery, craft } = record;
    Flow::default().text("delivery", delivery.as_ref()).text("craft", craft.as_ref()).end()
}

fn squad(record: &SquadRecord<'_>) -> (String, String) {
    let SquadRecord { id, name, lead, escalates_to, context: known, aliases } = record;
    let flow = Flow::default()
        .id("id", Some(id))
        .text("name", name.as_ref())
        .id("lead", lead.as_ref())
        .id("escalates_to", escalates_to.as_ref())
        .plain("context", known.as_ref().map(context))
        .ids("aliases", aliases);
    (id.0.to_string(), flow.end())
}

fn context(record: &ContextRecord<'_>) -> String {
    let ContextRecord { success, constraints, closed, reviewed } = record;
    Flow::default()
        .text("success", success.as_ref())
        .texts("constraints", constraints)
        .list("closed", closed, closed_entry)
        .plain("reviewed", *reviewed)
        .end()
}

fn guild(record: &GuildRecord<'_>) -> (String, String) {
    let GuildRecord { id, name, lead, lanes, aliases } = record;
    let flow = Flow::default()
        .id("id", Some(id))
        .text("name", name.as_ref())
        .id("lead", lead.as_ref())
        .list("lanes", lanes, lane)
        .ids("aliases", aliases);
    (id.0.to_string(), flow.end())
}

fn lane(record: &LaneRecord) -> String {
    let LaneRecord { track, levels } = record;
    Flow::default().plain("track", Some(track.word())).list("levels", levels, level).end()
}

fn level(record: &LevelRecord) -> String {
    let LevelRecord { level, pay } = record;
    let pay = pay.map(|pay| decimal::exact(pay.0, 6));
    Flow::default().plain("level", Some(level.0)).plain("pay", pay).end()
}

fn meeting(record: &MeetingRecord<'_>) -> (String, String) {
    let MeetingRecord {
        id,
        title,
        kind,
        owner,
        with,
        purpose,
        agenda,
        every,
        last_held,
        cancelled_in_a_row,
        since,
        until,
        aliases,
    } = record;
    let flow = Flow::default()
        .id("id", id.as_ref())
        .text("title", title.as_ref())
        .plain("kind", kind.map(super::words::MeetingKind::word))
        .id("owner", Some(owner))
        .id("with", with.as_ref())
        .plain("purpose", purpose.map(super::words::Purpose::word))
        .list("agenda", agenda, |topic| topic.word().to_owned())
        .plain("every", every.map(|Every(days)| format!("{days}d")))
        .plain("last_held", *last_held)
        .plain("cancelled_in_a_row", cancelled_in_a_row.map(|count| count.0))
        .plain("since", *since)
        .plain("until", *until)
        .ids("aliases", aliases);
    let people: Vec<&str> = std::iter::once(owner).chain(with).map(|id| &*id.0).collect();
    (sort_key(id.as_ref(), &people), flow.end())
}

fn conversation(record: &ConversationRecord<'_>) -> (String, String) {
    let ConversationRecord { id, kind, owner, with, topic, raised, due, deferred_to, held, dropped, aliases } =
        record;
    let flow = Flow::default()
        .id("id", id.as_ref())
        .plain("kind", Some(kind.word()))
        .id("owner", Some(owner))
        .id("with", Some(with))
        .text("topic", topic.as_ref())
        .plain("raised", Some(raised))
        .plain("due", *due)
        .list("deferred_to", deferred_to, ToString::to_string)
        .plain("held", *held)
        .plain("dropped", dropped.as_ref().map(drop_of))
        .ids("aliases", aliases);
    let parts = [&*owner.0, &*with.0, kind.word(), &raised.to_string()];
    (sort_key(id.as_ref(), &parts), flow.end())
}

fn drop_of(record: &DroppedRecord<'_>) -> String {
    let DroppedRecord { date, reason } = record;
    Flow::default().plain("date", Some(date)).text("reason", Some(reason)).end()
}

fn decision(record: &DecisionRecord<'_>) -> (String, String) {
    let DecisionRecord { id, title, squad, owner, raised, due, closed, escalated, reopened, aliases } =
        record;
    let flow = Flow::default()
        .id("id", Some(id))
        .text("title", title.as_ref())
        .id("squad", squad.as_ref())
        .id("owner", Some(owner))
        .plain("raised", Some(raised))
        .plain("due", *due)
        .plain("closed", *closed)
        .plain("escalated", *escalated)
        .list("reopened", reopened, ToString::to_string)
        .ids("aliases", aliases);
    (id.0.to_string(), flow.end())
}

fn promotion(record: &PromotionRecord<'_>) -> (String, String) {
    let PromotionRecord {
        id,
        person,
        to,
        decided,
        level,
        from_track,
        to_track,
        signed_off_by,
        reviewed,
        aliases,
    } = record;
    let flow = Flow::default()
        .id("id", id.as_ref())
        .id("person", Some(person))
        .text("to", Some(to))
        .plain("decided", Some(decided))
        .plain("level", level.map(|level| level.0))
        .plain("from_track", from_track.map(super::words::Track::word))
        .plain("to_track", to_track.map(super::words::Track::word))
        .id("signed_off_by", signed_off_by.as_ref())
        .plain("reviewed", *reviewed)
        .ids("aliases", aliases);
    (sort_key(id.as_ref(), &[&*person.0, &decided.to_string()]), flow.end())
}

fn mentorship(record: &MentorshipRecord<'_>) -> (String, String) {
    let MentorshipRecord { id, mentor, mentee, topic, since, until, aliases } = record;
    let flow = Flow::default()
        .id("id", id.as_ref())
        .id("mentor", Some(mentor))
        .id("mentee", Some(mentee))
        .text("topic", topic.as_ref())
        .plain("since", *since)
        .plain("until", *until)
        .ids("aliases", aliases);
    (sort_key(id.as_ref(), &[&*mentor.0, &*mentee.0]), flow.end())
}

fn acknowledgement(record: &AcknowledgementRecord<'_>) -> (String, String) {
    let AcknowledgementRecord { factor, finding, reason, named_on, through } = record;
    // The former key is written as the present one.
    let factor = factor.as_ref().or(finding.as_ref());
    let flow = Flow::default()
        .text("factor", factor)
        .text("reason", Some(reason))
        .plain("named_on", Some(named_on))
        .plain("through", Some(through));
    (format!("{} {named_on}", factor.map_or("", |factor| &*factor.0)), flow.end())
}

/// The HR system, as it is written behind its key.
pub(super) fn hr_system(record: HrSystemRecord<'_>) -> String {
    let HrSystemRecord { name, shows } = record;
    let mut lines: Vec<&str> = shows.into_iter().map(super::words::Line::word).collect();
    lines.sort_unstable();
    lines.dedup();
    Flow::default().text("name", name.as_ref()).plain("shows", Some(format!("[{}]", lines.join(", ")))).end()
}
