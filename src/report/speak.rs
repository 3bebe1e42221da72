//! Messages become text: people, meetings, squads and guilds by their names, or by what the privacy of the report
//! shows instead. No other text of the portfolio comes into a report.

use std::ops::Range;
use std::sync::OnceLock;

use super::privacy::Privacy;
use super::roles::{Group, Roles};
use super::withheld::WITHHELD;
use super::{Location, aggregate};

use crate::acts::Doable;
use crate::base::day::Day;
use crate::base::factor_id::FactorId;
use crate::base::ids::{DecisionIx, MeetingIx, PersonIx, RuleIx, SUBJECT_TYPES, Subject};
use crate::base::message::{Fact, Message, Part};
use crate::base::names::{FastMap, Name, Untrusted, is_right_to_left};
use crate::model::{Portfolio, target};
use crate::records::itself::Itself;
use crate::rules::facts::Facts;
use crate::rules::rule::Act;
use crate::rules::{self, Seen};
use crate::score::warnings::named;
use crate::source::{ItemAt, Sources};

/// Bytes that are reserved for a sentence; most are shorter.
const USUAL: usize = 96;

/// A sentence as it is spoken, and where in it the names are that are read from right to left.
struct Said {
    text: String,
    names: Vec<Range<usize>>,
}

impl Default for Said {
    fn default() -> Said {
        Said { text: String::with_capacity(USUAL), names: Vec::new() }
    }
}

impl Said {
    fn push_str(&mut self, words: &str) {
        self.text.push_str(words);
    }

    fn name(&mut self, name: &str) {
        let from = self.text.len();
        self.text.push_str(name);
        if is_right_to_left(name) {
            self.names.push(from..self.text.len());
        }
    }

    fn whole(self) -> Untrusted {
        Untrusted::sentence(self.text, self.names)
    }
}

/// An identity of three parts, `CODE:TYPE:ID`: one of each row, and `format!` would take three times as long.
fn in_three(first: &str, kind: &str, id: &str) -> String {
    [first, ":", kind, ":", id].concat()
}

/// How many people of a cycle are named.
const IN_A_CYCLE: usize = 6;

/// Gives names.
#[derive(Debug)]
pub(super) struct Speaker<'p> {
    portfolio: &'p Portfolio,
    day: Day,
    privacy: &'p Privacy,
    /// Names that more than one person has: there the id is said too.
    shared: FastMap<Name, u32>,
    /// What people are called where they are called by roles, when it is first asked for.
    roles: OnceLock<Option<Roles>>,
}

impl<'p> Speaker<'p> {
    /// Speaks of a portfolio on a day.
    pub(super) fn new(portfolio: &'p Portfolio, day: Day, privacy: &'p Privacy) -> Speaker<'p> {
        let mut shared: FastMap<Name, u32> = FastMap::default();
        for name in portfolio.people.iter().filter_map(|person| person.name) {
            *shared.entry(name).or_default() += 1;
        }
        shared.retain(|_, count| *count > 1);
        Speaker { portfolio, day, privacy, shared, roles: OnceLock::new() }
    }

    /// What somebody is called by role; none where people are not called by roles.
    fn role(&self, person: PersonIx) -> Option<String> {
        let make = || {
            let least = self.privacy.least_of_a_role()?;
            Some(Roles::new(self.portfolio, self.day, least))
        };
        let roles = self.roles.get_or_init(make).as_ref()?;
        Some(roles.of(person, |group| match group {
            Group::Squad(squad) => self.subject(Subject::Squad(squad)).raw().to_owned(),
            Group::Guild(guild) => self.subject(Subject::Guild(guild)).raw().to_owned(),
        }))
    }

    /// A sentence.
    pub(super) fn say(&self, message: &Message<Fact>) -> Untrusted {
        self.spoken(message).whole()
    }

    fn spoken(&self, message: &Message<Fact>) -> Said {
        let mut text = Said::default();
        for part in &message.0 {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Day(day) => text.push_str(&day.in_short(self.day)),
                Part::Fact(fact) => self.fact(fact, &mut text),
            }
        }
        text
    }

    /// A sentence of its own: where it begins with our words they begin with a capital; a name stays as it is.
    pub(super) fn say_first(&self, message: &Message<Fact>) -> Untrusted {
        let mut said = self.spoken(message);
        let ours = match message.0.first() {
            Some(Part::Words(_)) => true,
            Some(Part::Fact(Fact::Called(..))) => self.privacy.withholds_text(),
            Some(Part::Fact(Fact::Person(_) | Fact::Meeting(_))) => self.privacy.least_of_a_role().is_some(),
            Some(Part::Day(_) | Part::Fact(_)) | None => false,
        };
        // Our own words begin with ASCII letters.
        if let Some(first) = said.text.get_mut(..1).filter(|_| ours) {
            first.make_ascii_uppercase();
        }
        said.whole()
    }

    /// Sentences without those whose point would be a text that is withheld.
    pub(super) fn say_each<'s>(
        &'s self,
        messages: &'s [Message<Fact>],
    ) -> impl Iterator<Item = Untrusted> + 's {
        let is_text = |part: &Part<Fact>| matches!(part, Part::Fact(Fact::Free(_)));
        let told =
            move |message: &&Message<Fact>| !(self.privacy.withholds_text() && message.0.iter().any(is_text));
        messages.iter().filter(told).map(|message| self.say(message))
    }

    fn fact(&self, fact: &Fact, text: &mut Said) {
        match fact {
            Fact::Person(person) => self.person_into(*person, text),
            Fact::Meeting(meeting) => self.meeting_into(*meeting, text),
            Fact::Decision(decision) => self.decision_into(*decision, text),
            Fact::Squad(at) => text.name(self.subject(Subject::Squad(*at)).raw()),
            Fact::Guild(at) => text.name(self.subject(Subject::Guild(*at)).raw()),
            Fact::Free(name) => text.name(self.text(*name).raw()),
            Fact::Called(_, stand_in) if self.privacy.withholds_text() => text.push_str(stand_in),
            Fact::Called(name, _) => text.name(self.portfolio.text(*name)),
            Fact::Id(subject) => text.push_str(self.id(*subject).raw()),
            Fact::Cycle(people) => self.cycle_into(people, text),
            Fact::Finding(name) => text.push_str(self.written_factor_id(self.portfolio.text(*name)).raw()),
        }
    }

    /// What is shown instead of an item; `None` if it is shown as it is.
    fn instead(&self, subject: Subject) -> Option<String> {
        if matches!(subject, Subject::Portfolio) {
            return self.privacy.withholds_text().then(|| subject.type_name().to_owned());
        }
        self.instead_of(subject.type_name(), self.portfolio.subject_id(subject))
    }

    /// What is shown instead of the name of an item; nothing where it is shown as it is.
    fn label_instead(&self, subject: Subject) -> Option<String> {
        match subject {
            Subject::Person(person) => self.role(person).or_else(|| self.instead(subject)),
            // A role names them, so they are no secret.
            Subject::Squad(_) | Subject::Guild(_) if self.privacy.least_of_a_role().is_some() => None,
            other => self.instead(other),
        }
    }

    fn instead_of(&self, kind: &str, id: &str) -> Option<String> {
        match self.privacy.key() {
            Some(key) => Some(key.pseudonym(kind, id)),
            None => self.privacy.withholds_text().then(|| WITHHELD.to_owned()),
        }
    }

    fn called(&self, name: Option<Name>, id: Name) -> &'p str {
        let name = name.map(|name| self.portfolio.text(name)).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| self.portfolio.text(id))
    }

    fn person_into(&self, at: PersonIx, text: &mut Said) {
        if let Some(instead) = self.label_instead(Subject::Person(at)) {
            return text.push_str(&instead);
        }
        let person = self.portfolio.person(at);
        text.name(self.called(person.name, person.id));
        if person.name.is_some_and(|name| self.shared.contains_key(&name)) {
            text.push_str(" (");
            text.push_str(self.portfolio.text(person.id));
            text.push_str(")");
        }
    }

    /// A cycle of people from the first by the order that is shown; only the first few of a longer one.
    fn cycle_into(&self, people: &[PersonIx], text: &mut Said) {
        let order = |at: &usize| (self.order(Subject::Person(people[*at])), people[*at]);
        let Some(first) = (0..people.len()).min_by_key(order) else { return };
        let (after, before) = (&people[first..], &people[..first]);
        for person in after.iter().chain(before).take(IN_A_CYCLE) {
            self.person_into(*person, text);
            text.push_str(" answers to ");
        }
        if people.len() > IN_A_CYCLE {
            text.push_str("\u{2026} answers to ");
        }
        self.person_into(people[first], text);
    }

    fn meeting_into(&self, at: MeetingIx, text: &mut Said) {
        let meeting = self.portfolio.meeting(at);
        let by_roles = self.privacy.least_of_a_role().is_some();
        let sides = meeting.owner.target().is_some() && target(meeting.with).is_some();
        if let Some(instead) = self.instead(Subject::Meeting(at)).filter(|_| !(by_roles && sides)) {
            return text.push_str(&instead);
        }
        match (meeting.title.filter(|_| !by_roles), meeting.owner.target(), target(meeting.with)) {
            (Some(title), ..) => self.quoted_into(title, text),
            (None, Some(owner), Some(with)) => {
                self.person_into(owner, text);
                text.push_str("\u{2019}s 1:1 with ");
                self.person_into(with, text);
            }
            (None, ..) => text.push_str(self.portfolio.text(meeting.id)),
        }
    }

    fn decision_into(&self, at: DecisionIx, text: &mut Said) {
        if let Some(instead) = self.instead(Subject::Decision(at)) {
            return text.push_str(&instead);
        }
        let decision = self.portfolio.decision(at);
        match decision.title {
            Some(title) => self.quoted_into(title, text),
            None => text.push_str(self.portfolio.text(decision.id)),
        }
    }

    fn quoted_into(&self, title: Name, text: &mut Said) {
        text.push_str("\u{201C}");
        text.name(self.portfolio.text(title));
        text.push_str("\u{201D}");
    }

    /// A person by name.
    pub(super) fn person(&self, at: PersonIx) -> Untrusted {
        let mut text = Said::default();
        self.person_into(at, &mut text);
        Untrusted::new(text.text)
    }

    /// A text of the portfolio.
    pub(super) fn text(&self, name: Name) -> Untrusted {
        Untrusted::new(if self.privacy.withholds_text() { WITHHELD } else { self.portfolio.text(name) })
    }

    /// A name of the portfolio itself: it joins the reports of several days, so it has a pseudonym where others have.
    pub(super) fn portfolio_name(&self) -> Option<Untrusted> {
        let name = self.portfolio.text(self.portfolio.name?);
        match self.privacy.key() {
            Some(key) => Some(Untrusted::new(key.pseudonym("portfolio", name))),
            None => (!self.privacy.withholds_text()).then(|| Untrusted::new(name)),
        }
    }

    /// What the portfolio calls itself as it is written: its id and its name.
    pub(super) fn itself(&self) -> Itself {
        let text = |name: Option<Name>| name.map(|name| self.portfolio.text(name).to_owned());
        Itself { id: text(self.portfolio.id), name: text(self.portfolio.name) }
    }

    /// An id as it is written, which is to be shown only where nothing is withheld.
    pub(super) fn id_written(&self, subject: Subject) -> &'p str {
        self.portfolio.subject_id(subject)
    }

    /// A subject by its name or title, where it has one, else by its id.
    pub(super) fn subject(&self, subject: Subject) -> Untrusted {
        if let Some(instead) = self.label_instead(subject) {
            return Untrusted::new(instead);
        }
        let portfolio = self.portfolio;
        let (name, id) = match subject {
            Subject::Person(at) => (portfolio.person(at).name, portfolio.person(at).id),
            Subject::Meeting(at) => (portfolio.meeting(at).title, portfolio.meeting(at).id),
            Subject::Conversation(at) => (portfolio.conversation(at).topic, portfolio.conversation(at).id),
            Subject::Decision(at) => (portfolio.decision(at).title, portfolio.decision(at).id),
            Subject::Promotion(at) => (Some(portfolio.promotion(at).to), portfolio.promotion(at).id),
            Subject::Mentorship(at) => (portfolio.mentorship(at).topic, portfolio.mentorship(at).id),
            Subject::Squad(at) => (portfolio.squad(at).name, portfolio.squad(at).id),
            Subject::Guild(at) => (portfolio.guild(at).name, portfolio.guild(at).id),
            Subject::Portfolio => {
                return portfolio.name.map_or_else(|| Untrusted::new("portfolio"), |name| self.text(name));
            }
        };
        Untrusted::new(self.called(name, id))
    }

    /// What tells people apart in a report: their id, or their role where people are called by roles.
    pub(super) fn key(&self, person: PersonIx) -> Untrusted {
        self.role(person).map_or_else(|| self.id(Subject::Person(person)), Untrusted::new)
    }

    /// The squad or guild that a factor is booked in. By roles it is not said: together with a role it may be one person's.
    pub(super) fn booked(&self, group: Subject) -> Option<Untrusted> {
        self.privacy.least_of_a_role().is_none().then(|| self.id(group))
    }

    /// The id of a subject.
    pub(super) fn id(&self, subject: Subject) -> Untrusted {
        Untrusted::new(self.instead(subject).unwrap_or_else(|| self.portfolio.subject_id(subject).to_owned()))
    }

    /// The identity of a factor, `CODE:TYPE:ID`; in an aggregate that of its rule's row.
    pub(super) fn factor_id(&self, rule: RuleIx, subject: Subject) -> Untrusted {
        if !self.privacy.shows_each() {
            return Untrusted::new(aggregate::id_of(rule));
        }
        Untrusted::new(in_three(rules::at(rule).code, subject.type_name(), self.id(subject).raw()))
    }

    /// An act as a task, in the words of its worst factor.
    pub(super) fn task(&self, facts: &Facts<'_>, act: &Doable<'_>) -> Option<Untrusted> {
        act.factors.first().map(|worst| self.say(&Seen::explain(facts, &worst.found).task))
    }

    /// An act, `VERB:TYPE:ID`.
    pub(super) fn act_id(&self, act: Act) -> Untrusted {
        Untrusted::new(in_three(act.verb, act.subject.type_name(), self.id(act.subject).raw()))
    }

    /// The same where it is only written somewhere, in an acknowledgement or a baseline. A former id is read as the
    /// present one, so that what is the same looks the same.
    pub(super) fn written_factor_id(&self, text: &str) -> Untrusted {
        if !self.privacy.withholds_text() {
            return Untrusted::new(text);
        }
        if let Some((rule, subject)) = named(self.portfolio, text) {
            return self.factor_id(rule, subject);
        }
        let FactorId { code, kind, id } = FactorId::split(text);
        let rule = rules::all().position(|rule| rule.code == code).map(RuleIx::at);
        let kind = kind.and_then(|kind| SUBJECT_TYPES.into_iter().find(|known| *known == kind));
        match (rule, kind, id) {
            (Some(rule), ..) if !self.privacy.shows_each() => Untrusted::new(aggregate::id_of(rule)),
            (Some(rule), Some(kind), Some(id)) => {
                let id = self.instead_of(kind, id).unwrap_or_else(|| WITHHELD.to_owned());
                Untrusted::new(format!("{}:{kind}:{id}", rules::at(rule).code))
            }
            _ => Untrusted::new(WITHHELD),
        }
    }

    /// Where something is written; `None` if files and lines are withheld.
    pub(super) fn location(&self, sources: &Sources, at: ItemAt) -> Option<Location> {
        let file = sources.name(at.file).cloned().unwrap_or_else(|| Untrusted::new(""));
        self.privacy.shows_locations().then_some(Location {
            file,
            line: at.mark.line,
            column: at.mark.column,
            at: sources.at(at.file),
        })
    }

    /// The place of a subject among others of its type by the id that is shown. Positions follow the ids as they are
    /// written: an order by them would tell whoever knows the names which is which.
    pub(super) fn order(&self, subject: Subject) -> u64 {
        self.privacy
            .key()
            .map_or(0, |key| key.number(subject.type_name(), self.portfolio.subject_id(subject)))
    }

    pub(super) fn privacy(&self) -> &'p Privacy {
        self.privacy
    }
}
