//! The model back in the words of the format, so that a change is made to what is written and read again by the one
//! reader; and the whole of it as one value, for comparing two portfolios. Every item is taken apart in full: a field
//! that is new to the model does not compile until it is written here.

use super::keys::{Keys, name_of};
use super::{
    Acknowledgement, Away, Context, Conversation, Decision, Dropped, Exit, Guild, HrSystem, Lane, Link,
    Meeting, Mentorship, Person, Portfolio, Promotion, Squad,
};
use crate::base::ids::{DecisionIx, GuildIx, SquadIx};
use crate::records::sections::List;
use crate::yaml::value::Value;

/// Stands for text of which the model only knows that it is there.
const SOME_TEXT: &str = "-";

impl Portfolio {
    fn keys(&self) -> Keys<'_> {
        Keys { portfolio: self, entries: Vec::new() }
    }

    /// An item of a list by its index, in the words of the format.
    pub(super) fn written_item(&self, list: List, index: usize) -> Value {
        match list {
            List::People => self.written_person(&self.people[index]),
            List::Squads => self.written_squad(&self.squads[index]),
            List::Guilds => self.written_guild(&self.guilds[index]),
            List::Meetings => self.written_meeting(&self.meetings[index]),
            List::Conversations => self.written_conversation(&self.conversations_slice()[index]),
            List::Decisions => self.written_decision(&self.decisions_slice()[index]),
            List::Promotions => self.written_promotion(&self.promotions_slice()[index]),
            List::Mentorships => self.written_mentorship(&self.mentorships_slice()[index]),
            List::Acknowledgements => self.written_acknowledgement(&self.acknowledgements[index]),
        }
    }

    /// How many items of a list there are; `None` if it is not written.
    pub(super) fn count(&self, list: List) -> Option<usize> {
        match list {
            List::People => Some(self.people.len()),
            List::Squads => Some(self.squads.len()),
            List::Guilds => Some(self.guilds.len()),
            List::Meetings => Some(self.meetings.len()),
            List::Conversations => self.conversations.as_ref().map(Vec::len),
            List::Decisions => self.decisions.as_ref().map(Vec::len),
            List::Promotions => self.promotions.as_ref().map(Vec::len),
            List::Mentorships => self.mentorships.as_ref().map(Vec::len),
            List::Acknowledgements => Some(self.acknowledgements.len()),
        }
    }

    /// Where the items of a list are written, in the order of their ids.
    pub fn all_items(&self, list: List) -> Vec<crate::source::ItemAt> {
        match list {
            List::People => self.people.iter().map(|one| one.at).collect(),
            List::Squads => self.squads.iter().map(|one| one.at).collect(),
            List::Guilds => self.guilds.iter().map(|one| one.at).collect(),
            List::Meetings => self.meetings.iter().map(|one| one.at).collect(),
            List::Conversations => self.conversations_slice().iter().map(|one| one.at).collect(),
            List::Decisions => self.decisions_slice().iter().map(|one| one.at).collect(),
            List::Promotions => self.promotions_slice().iter().map(|one| one.at).collect(),
            List::Mentorships => self.mentorships_slice().iter().map(|one| one.at).collect(),
            List::Acknowledgements => self.acknowledgements.iter().map(|one| one.at).collect(),
        }
    }

    /// Everything that the model knows, in its own order: two portfolios that say the same have equal dumps. Texts of
    /// which it only knows that they are there are a hyphen.
    pub fn dump(&self) -> Value {
        let mut keys = self.keys();
        keys.text("id", self.id);
        keys.text("name", self.name);
        keys.day("as_of", self.as_of);
        let complete = self.meetings_of.iter().flatten();
        let complete = complete.map(|one| name_of(one.person, |at| self.person(at).id));
        keys.list("meetings_of", complete.map(|id| self.text(id).into()).collect());
        keys.list("describes", self.describes.iter().map(|one| one.word().into()).collect());
        for list in List::ALL {
            let items = |count| (0..count).map(|at| self.written_item(*list, at)).collect();
            keys.put(list.key(), self.count(*list).map(|count| Value::List(items(count))));
        }
        keys.put("hr_system", self.hr_system.as_ref().map(|system| self.written_hr_system(system)));
        let mut written: Vec<&str> =
            List::ALL.iter().filter(|list| self.written.contains(list)).map(|list| list.key()).collect();
        written.sort_unstable();
        keys.list("written", written.into_iter().map(Value::from).collect());
        // In the order of items, not of writing: derived ids are compared too.
        let ids = self.meetings.iter().map(|meeting| self.text(meeting.id).into());
        keys.list("meeting_ids", ids.collect());
        keys.done()
    }

    pub(super) fn written_hr_system(&self, system: &HrSystem) -> Value {
        let HrSystem { at: _, name, shows_delivery: _, shows_craft: _ } = system;
        let mut keys = self.keys();
        keys.text("name", *name);
        let lacks = system.lacks();
        let shown = crate::records::words::Line::ALL.iter().filter(|line| !lacks.contains(line));
        keys.put("shows", Some(Value::List(shown.map(|line| line.word().into()).collect())));
        keys.done()
    }

    fn written_person(&self, person: &Person) -> Value {
        let Person {
            id,
            at: _,
            name,
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
            exempt_delivery,
            exempt_craft,
            exempt_because,
            aliases,
        } = person;
        let mut keys = self.keys();
        keys.text("id", Some(*id));
        keys.text("name", *name);
        keys.text("squad", squad.map(|squad| name_of(squad, |at: SquadIx| self.squad(at).id)));
        keys.text("guild", guild.map(|guild| name_of(guild, |at: GuildIx| self.guild(at).id)));
        keys.person("delivery_owner", *delivery_owner);
        keys.person("craft_owner", *craft_owner);
        keys.person("rated_by", *rated_by);
        keys.number("level", *level);
        keys.words("track", track.map(crate::records::words::Track::word));
        keys.day("started", *started);
        keys.day("left", *left);
        if let Some(Exit { reason, reviewed }) = exit {
            let mut inner = self.keys();
            inner.words("reason", reason.map(crate::records::words::ExitReason::word));
            inner.day("reviewed", *reviewed);
            keys.put("exit", Some(inner.done()));
        }
        let leave = |Away { from, until }: &Away| {
            let mut keys = self.keys();
            keys.day("from", Some(*from));
            keys.day("until", *until);
            keys.done()
        };
        keys.list("away", away.iter().map(leave).collect());
        keys.put("external", external.then(|| Value::Plain("true".to_owned())));
        let mut exempt = self.keys();
        let because = exempt_because.map(|reason| reason.map_or(SOME_TEXT, |reason| self.text(reason)));
        exempt.words("delivery", exempt_delivery.then_some(because[0]));
        exempt.words("craft", exempt_craft.then_some(because[1]));
        keys.put("exempt", (!exempt.entries.is_empty()).then(|| exempt.done()));
        keys.aliases(aliases);
        keys.done()
    }

    fn written_squad(&self, squad: &Squad) -> Value {
        let Squad { id, at: _, name, lead, escalates_to, context, closed_decisions, closed_words, aliases } =
            squad;
        let mut keys = self.keys();
        keys.text("id", Some(*id));
        keys.text("name", *name);
        keys.person("lead", *lead);
        keys.person("escalates_to", *escalates_to);
        if let Some(Context { has_success, has_constraints, has_closed: _, reviewed }) = context {
            let some = |there: &bool| if *there { vec![Value::from(SOME_TEXT)] } else { Vec::new() };
            let mut inner = self.keys();
            inner.words("success", has_success.then_some(SOME_TEXT));
            inner.list("constraints", some(has_constraints));
            inner.list("closed", self.written_closed(closed_decisions, *closed_words));
            inner.day("reviewed", *reviewed);
            keys.put("context", Some(inner.done()));
        }
        keys.aliases(aliases);
        keys.done()
    }

    /// The list of what is closed: decisions at their places, words where there are any, else blanks, which say nothing.
    fn written_closed(&self, decisions: &[(usize, Link<DecisionIx>)], words: usize) -> Vec<Value> {
        let fill = |count: usize, words: &mut usize| -> Vec<Value> {
            let text = |_| {
                let text = if *words > 0 { SOME_TEXT } else { " " };
                *words = words.saturating_sub(1);
                Value::from(text)
            };
            (0..count).map(text).collect()
        };
        let mut left = words;
        let mut list = Vec::new();
        for (index, decision) in decisions {
            list.extend(fill(index.saturating_sub(list.len()), &mut left));
            let id = name_of(*decision, |at: DecisionIx| self.decision(at).id);
            list.push(Value::Map(vec![("decision".to_owned(), self.text(id).into())]));
        }
        list.extend(fill(left, &mut left.clone()));
        list
    }

    fn written_guild(&self, guild: &Guild) -> Value {
        let Guild { id, at: _, name, lead, lanes, aliases } = guild;
        let mut keys = self.keys();
        keys.text("id", Some(*id));
        keys.text("name", *name);
        keys.person("lead", *lead);
        keys.put("lanes", lanes.as_ref().map(|lanes| Value::List(lanes.iter().map(Lane::written).collect())));
        keys.aliases(aliases);
        keys.done()
    }

    fn written_meeting(&self, meeting: &Meeting) -> Value {
        let Meeting {
            id,
            derived_id,
            at: _,
            title,
            kind,
            owner,
            with,
            purpose,
            agenda,
            jobs: _,
            every,
            last_held,
            cancelled_in_a_row,
            since,
            until,
            aliases,
        } = meeting;
        let mut keys = self.keys();
        keys.text("id", (!derived_id).then_some(*id));
        keys.text("title", *title);
        keys.words("kind", Some(kind.word()));
        keys.person("owner", Some(*owner));
        keys.person("with", *with);
        keys.words("purpose", purpose.map(crate::records::words::Purpose::word));
        keys.list("agenda", agenda.iter().map(|topic| topic.word().into()).collect());
        keys.words("every", every.map(|days| format!("{days}d")).as_deref());
        keys.day("last_held", *last_held);
        keys.number("cancelled_in_a_row", (*cancelled_in_a_row > 0).then_some(*cancelled_in_a_row));
        keys.day("since", *since);
        keys.day("until", *until);
        keys.aliases(aliases);
        keys.done()
    }

    fn written_conversation(&self, talk: &Conversation) -> Value {
        let Conversation {
            id,
            derived_id,
            at: _,
            kind,
            owner,
            with,
            topic,
            raised,
            due,
            deferred_to,
            held,
            dropped,
            aliases,
        } = talk;
        let mut keys = self.keys();
        keys.text("id", (!derived_id).then_some(*id));
        keys.words("kind", Some(kind.word()));
        keys.person("owner", Some(*owner));
        keys.person("with", Some(*with));
        keys.text("topic", *topic);
        keys.day("raised", Some(*raised));
        keys.day("due", *due);
        keys.days("deferred_to", deferred_to);
        keys.day("held", *held);
        if let Some(Dropped { date, reason }) = dropped {
            let mut inner = self.keys();
            inner.day("date", Some(*date));
            inner.text("reason", Some(*reason));
            keys.put("dropped", Some(inner.done()));
        }
        keys.aliases(aliases);
        keys.done()
    }

    fn written_decision(&self, decision: &Decision) -> Value {
        let Decision { id, at: _, title, squad, owner, raised, due, closed, escalated, reopened, aliases } =
            decision;
        let mut keys = self.keys();
        keys.text("id", Some(*id));
        keys.text("title", *title);
        keys.text("squad", squad.map(|squad| name_of(squad, |at: SquadIx| self.squad(at).id)));
        keys.person("owner", Some(*owner));
        keys.day("raised", Some(*raised));
        keys.day("due", *due);
        keys.day("closed", *closed);
        keys.day("escalated", *escalated);
        keys.days("reopened", reopened);
        keys.aliases(aliases);
        keys.done()
    }

    fn written_promotion(&self, promotion: &Promotion) -> Value {
        let Promotion {
            id,
            derived_id,
            at: _,
            person,
            to,
            decided,
            level,
            from_track,
            to_track,
            signed_off_by,
            reviewed,
            aliases,
        } = promotion;
        let mut keys = self.keys();
        keys.text("id", (!derived_id).then_some(*id));
        keys.person("person", Some(*person));
        keys.text("to", Some(*to));
        keys.day("decided", Some(*decided));
        keys.number("level", *level);
        keys.words("from_track", from_track.map(crate::records::words::Track::word));
        keys.words("to_track", to_track.map(crate::records::words::Track::word));
        keys.person("signed_off_by", *signed_off_by);
        keys.day("reviewed", *reviewed);
        keys.aliases(aliases);
        keys.done()
    }

    fn written_mentorship(&self, mentorship: &Mentorship) -> Value {
        let Mentorship { id, derived_id, at: _, mentor, mentee, topic, since, until, aliases } = mentorship;
        let mut keys = self.keys();
        keys.text("id", (!derived_id).then_some(*id));
        keys.person("mentor", Some(*mentor));
        keys.person("mentee", Some(*mentee));
        keys.text("topic", *topic);
        keys.day("since", *since);
        keys.day("until", *until);
        keys.aliases(aliases);
        keys.done()
    }

    fn written_acknowledgement(&self, one: &Acknowledgement) -> Value {
        let Acknowledgement { at: _, factor, old_key, reason, named_on, through } = one;
        let mut keys = self.keys();
        keys.text(if *old_key { "finding" } else { "factor" }, Some(*factor));
        keys.text("reason", Some(*reason));
        keys.day("named_on", Some(*named_on));
        keys.day("through", Some(*through));
        keys.done()
    }
}

impl Lane {
    /// The lane in the words of the format.
    pub fn written(&self) -> Value {
        let Lane { track, levels } = self;
        let level = |(level, pay): &(u32, Option<i64>)| {
            let mut entries = vec![("level".to_owned(), Value::Plain(level.to_string()))];
            entries.extend(pay.map(|pay| ("pay".to_owned(), Value::Plain(amount(pay)))));
            Value::Map(entries)
        };
        let levels = Value::List(levels.iter().map(level).collect());
        Value::Map(vec![("track".to_owned(), track.word().into()), ("levels".to_owned(), levels)])
    }
}

/// Millionths as a decimal number without trailing zeros.
fn amount(millionths: i64) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
