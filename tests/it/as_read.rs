//! What our reader took from a file, in the canonical form of the second opinion.

use debt::base::day::Day;
use debt::base::ids::{DecisionIx, GuildIx, PersonIx, RuleIx, SquadIx};
use debt::base::names::Name;
use debt::base::points::MilliPoints;
use debt::model::{
    Acknowledgement, Conversation, Decision, Guild, Link, Meeting, Mentorship, OwnPolicy, Person, Portfolio,
    Promotion, Squad,
};
use debt::records::words::ConversationKind;
use serde_json::{Map, Value, json};

/// The portfolio and the policy that were read, in the canonical form.
pub(crate) fn ours(own: &OwnPolicy) -> Value {
    let all = &own.portfolio;
    let read = Read(all);
    let acknowledgements = all.acknowledgements.iter().map(|one| read.acknowledgement(one));
    let hr_system = all.hr_system.as_ref();
    object([
        ("id", read.name(all.id)),
        ("name", read.name(all.name)),
        (
            "meetings_of",
            all.meetings_of.as_ref().map_or(Value::Null, |list| {
                sorted(list.iter().map(|one| read.id(Some(one.person))).collect())
            }),
        ),
        ("as_of", date(all.as_of)),
        ("describes", all.describes.iter().map(|word| Value::from(word.word())).collect()),
        ("people", all.people.iter().map(|one| read.person(one)).collect()),
        ("squads", all.squads.iter().map(|one| read.squad(one)).collect()),
        ("guilds", all.guilds.iter().map(|one| read.guild(one)).collect()),
        ("meetings", all.meetings.iter().map(|one| read.meeting(one)).collect()),
        ("conversations", section(all.conversations.as_deref(), |one| read.conversation(one))),
        ("decisions", section(all.decisions.as_deref(), |one| read.decision(one))),
        ("promotions", section(all.promotions.as_deref(), |one| read.promotion(one))),
        ("mentorships", section(all.mentorships.as_deref(), |one| read.mentorship(one))),
        (
            "hr_system",
            hr_system
                .map_or(Value::Null, |one| json!([read.name(one.name), one.shows_delivery, one.shows_craft])),
        ),
        ("acknowledgements", sorted(acknowledgements.collect())),
        ("policy", policy(own)),
    ])
}

/// Builds an object, leaving out what is null.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(entries.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

/// A section that may not be there at all.
fn section<T>(items: Option<&[T]>, item: impl Fn(&T) -> Value) -> Value {
    items.map_or(Value::Null, |items| items.iter().map(item).collect())
}

fn date(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

fn days(days: &[Day]) -> Value {
    days.iter().map(|day| Value::from(day.to_string())).collect()
}

/// A list without its order and without twins.
pub(crate) fn sorted(list: Vec<Value>) -> Value {
    let mut list = list;
    list.sort_by_key(ToString::to_string);
    list.dedup();
    list.into()
}

#[derive(Clone, Copy)]
struct Read<'p>(&'p Portfolio);

impl Read<'_> {
    fn name(self, name: Option<Name>) -> Value {
        name.map_or(Value::Null, |name| self.0.text(name).into())
    }

    fn id(self, link: Option<Link<PersonIx>>) -> Value {
        let target = link.map(|link| link.target().expect("every reference leads somewhere"));
        target.map_or(Value::Null, |at| self.0.text(self.0.person(at).id).into())
    }

    fn squad_id(self, link: Option<Link<SquadIx>>) -> Value {
        link.and_then(Link::target).map_or(Value::Null, |at| self.0.text(self.0.squad(at).id).into())
    }

    fn guild_id(self, link: Option<Link<GuildIx>>) -> Value {
        link.and_then(Link::target).map_or(Value::Null, |at| self.0.text(self.0.guild(at).id).into())
    }

    fn decision_id(self, link: Link<DecisionIx>) -> Value {
        link.target().map_or(Value::Null, |at| self.0.text(self.0.decision(at).id).into())
    }

    /// An item with its id and its former ids.
    fn item(self, id: Name, aliases: &[Name], rest: Value) -> Value {
        let mut item = rest;
        item["id"] = self.0.text(id).into();
        item["aliases"] = aliases.iter().map(|name| Value::from(self.0.text(*name))).collect();
        item
    }

    fn person(self, one: &Person) -> Value {
        let away =
            one.away.iter().map(|away| json!({"from": away.from.to_string(), "until": date(away.until)}));
        self.item(
            one.id,
            &one.aliases,
            object([
                ("name", self.name(one.name)),
                ("squad", self.squad_id(one.squad)),
                ("guild", self.guild_id(one.guild)),
                ("delivery_owner", self.id(one.delivery_owner)),
                ("craft_owner", self.id(one.craft_owner)),
                ("rated_by", self.id(one.rated_by)),
                ("level", one.level.map_or(Value::Null, Value::from)),
                ("track", one.track.map_or(Value::Null, |track| track.word().into())),
                ("started", date(one.started)),
                ("left", date(one.left)),
                (
                    "exit",
                    one.exit.map_or(Value::Null, |exit| {
                        json!([exit.reason.map(debt::records::words::ExitReason::word), date(exit.reviewed)])
                    }),
                ),
                ("away", away.collect()),
                ("external", one.external.into()),
                ("exempt", json!([one.exempt_delivery, one.exempt_craft])),
            ]),
        )
    }

    fn squad(self, one: &Squad) -> Value {
        let context = one.context.map(|context| {
            json!([context.has_success, context.has_constraints, context.has_closed, date(context.reviewed)])
        });
        self.item(
            one.id,
            &one.aliases,
            object([
                ("name", self.name(one.name)),
                ("lead", self.id(one.lead)),
                ("escalates_to", self.id(one.escalates_to)),
                ("context", context.unwrap_or_default()),
                (
                    "closed_decisions",
                    one.closed_decisions.iter().map(|(_, link)| self.decision_id(*link)).collect(),
                ),
            ]),
        )
    }

    fn guild(self, one: &Guild) -> Value {
        let lanes = one.lanes.as_ref().map(|lanes| {
            let mut lanes: Vec<_> =
                lanes.iter().map(|lane| json!([lane.track.word(), lane.levels.to_vec()])).collect();
            lanes.sort_by_key(ToString::to_string);
            Value::from(lanes)
        });
        self.item(
            one.id,
            &one.aliases,
            object([
                ("name", self.name(one.name)),
                ("lead", self.id(one.lead)),
                ("lanes", lanes.unwrap_or_default()),
            ]),
        )
    }

    fn meeting(self, one: &Meeting) -> Value {
        self.item(
            one.id,
            &one.aliases,
            object([
                ("title", self.name(one.title)),
                ("kind", one.kind.word().into()),
                ("owner", self.id(Some(one.owner))),
                ("with", self.id(one.with)),
                ("purpose", one.purpose.map_or(Value::Null, |purpose| purpose.word().into())),
                ("agenda", sorted(one.agenda.iter().map(|topic| topic.word().into()).collect())),
                ("every", one.every.map_or(Value::Null, Value::from)),
                ("last_held", date(one.last_held)),
                ("cancelled_in_a_row", one.cancelled_in_a_row.into()),
                ("since", date(one.since)),
                ("until", date(one.until)),
            ]),
        )
    }

    fn conversation(self, one: &Conversation) -> Value {
        let dropped =
            one.dropped.map(|dropped| json!([dropped.date.to_string(), self.0.text(dropped.reason)]));
        self.item(
            one.id,
            &one.aliases,
            object([
                ("kind", one.kind.word().into()),
                ("owner", self.id(Some(one.owner))),
                ("with", self.id(Some(one.with))),
                ("topic", self.name(one.topic)),
                ("raised", date(Some(one.raised))),
                ("due", date(one.due)),
                ("deferred_to", days(&one.deferred_to)),
                ("held", date(one.held)),
                ("dropped", dropped.unwrap_or_default()),
            ]),
        )
    }

    fn decision(self, one: &Decision) -> Value {
        self.item(
            one.id,
            &one.aliases,
            object([
                ("title", self.name(one.title)),
                ("squad", self.squad_id(one.squad)),
                ("owner", self.id(Some(one.owner))),
                ("raised", date(Some(one.raised))),
                ("due", date(one.due)),
                ("closed", date(one.closed)),
                ("escalated", date(one.escalated)),
                ("reopened", days(&one.reopened)),
            ]),
        )
    }

    fn promotion(self, one: &Promotion) -> Value {
        self.item(
            one.id,
            &one.aliases,
            object([
                ("person", self.id(Some(one.person))),
                ("to", self.name(Some(one.to))),
                ("decided", date(Some(one.decided))),
                ("level", one.level.map_or(Value::Null, Value::from)),
                ("from_track", one.from_track.map_or(Value::Null, |track| track.word().into())),
                ("to_track", one.to_track.map_or(Value::Null, |track| track.word().into())),
                ("signed_off_by", self.id(one.signed_off_by)),
                ("reviewed", date(one.reviewed)),
            ]),
        )
    }

    fn mentorship(self, one: &Mentorship) -> Value {
        self.item(
            one.id,
            &one.aliases,
            object([
                ("mentor", self.id(Some(one.mentor))),
                ("mentee", self.id(Some(one.mentee))),
                ("topic", self.name(one.topic)),
                ("since", date(one.since)),
                ("until", date(one.until)),
            ]),
        )
    }

    fn acknowledgement(self, one: &Acknowledgement) -> Value {
        json!([
            self.0.text(one.factor),
            self.0.text(one.reason),
            date(Some(one.named_on)),
            date(Some(one.through))
        ])
    }
}

/// Amounts of the effective policy that random policies change.
fn policy(own: &OwnPolicy) -> Value {
    let policy = &own.policy;
    let rule = RuleIx::at;
    let rules = debt::rules::all().enumerate();
    let principal: Map<_, _> = rules
        .filter(|(_, one)| one.code != "D301")
        .map(|(index, one)| {
            (
                one.code.to_owned(),
                json!([policy.principal(rule(index)).mp(), policy.is_disabled(rule(index))]),
            )
        })
        .collect();
    let kinds = ConversationKind::ALL.iter();
    let kinds: Map<_, _> =
        kinds.map(|kind| (kind.word().to_owned(), policy.conversation(*kind).mp().into())).collect();
    json!([
        principal,
        kinds,
        policy.weekly_bp.bp(),
        policy.cap,
        policy.deferral_bp.bp(),
        policy.max_deferrals,
        policy.grace_days.count(),
        policy.max_craft_span,
        policy.max_delivery_span,
        policy.missed_cap,
        policy.away_grace_days.count(),
        policy.promotion_window_days.count(),
        policy.reopened_window_days.count(),
        policy.context_review_days.count(),
        policy.exit_window_days.count(),
        policy.escalate_after_days.count(),
        policy.mentored_percent,
        policy.track_from_level,
        policy.grades.map(MilliPoints::mp),
    ])
}
