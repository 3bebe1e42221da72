//! Phrases become text: people, meetings, squads and guilds by their names. Whoever wants other names for them
//! (pseudonyms) changes them here, for every output at once.

use std::collections::HashMap;

use crate::base::day::Day;
use crate::base::decimal;
use crate::base::ids::{MeetingIx, PersonIx, Subject};
use crate::base::names::{Label, Name};
use crate::base::phrase::{Phrase, Piece};
use crate::model::{Portfolio, target};

/// Gives names.
#[derive(Debug)]
pub struct Speaker<'p> {
    portfolio: &'p Portfolio,
    day: Day,
    /// Names that more than one person has: there the id is said too.
    shared: HashMap<Name, u32>,
}

impl<'p> Speaker<'p> {
    /// Speaks of a portfolio on a day.
    pub fn new(portfolio: &'p Portfolio, day: Day) -> Speaker<'p> {
        let mut shared: HashMap<Name, u32> = HashMap::new();
        for name in portfolio.people.iter().filter_map(|person| person.name) {
            *shared.entry(name).or_default() += 1;
        }
        shared.retain(|_, count| *count > 1);
        Speaker { portfolio, day, shared }
    }

    /// A sentence.
    pub fn say(&self, phrase: &Phrase) -> Label {
        let mut text = String::new();
        for piece in &phrase.0 {
            self.piece(piece, &mut text);
        }
        Label::new(text)
    }

    /// A sentence that stands by itself: our own first word begins with a capital, a name stays as it is.
    pub fn say_first(&self, phrase: &Phrase) -> Label {
        let said = self.say(phrase);
        let ours = matches!(phrase.0.first(), Some(Piece::Words(_) | Piece::Composed(_)));
        let mut characters = said.raw().chars();
        match characters.next() {
            Some(first) if ours => Label::new(first.to_uppercase().chain(characters).collect::<String>()),
            _ => said,
        }
    }

    fn piece(&self, piece: &Piece, text: &mut String) {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Composed(words) => text.push_str(words),
            Piece::Number(number) => text.push_str(&number.to_string()),
            Piece::Day(day) => text.push_str(&day.in_short(self.day)),
            Piece::Points(points) => text.push_str(&decimal::thousandths(points.mp())),
            Piece::Person(person) => self.person_into(*person, text),
            Piece::Meeting(meeting) => self.meeting_into(*meeting, text),
            Piece::Squad(at) => {
                text.push_str(self.called(self.portfolio.squad(*at).name, self.portfolio.squad(*at).id));
            }
            Piece::Guild(at) => {
                text.push_str(self.called(self.portfolio.guild(*at).name, self.portfolio.guild(*at).id));
            }
            Piece::Free(name) => text.push_str(self.portfolio.text(*name)),
        }
    }

    fn called(&self, name: Option<Name>, id: Name) -> &'p str {
        let name = name.map(|name| self.portfolio.text(name)).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| self.portfolio.text(id))
    }

    fn person_into(&self, at: PersonIx, text: &mut String) {
        let person = self.portfolio.person(at);
        text.push_str(self.called(person.name, person.id));
        if person.name.is_some_and(|name| self.shared.contains_key(&name)) {
            text.push_str(" (");
            text.push_str(self.portfolio.text(person.id));
            text.push(')');
        }
    }

    fn meeting_into(&self, at: MeetingIx, text: &mut String) {
        let meeting = self.portfolio.meeting(at);
        match (meeting.title, meeting.owner.target(), target(meeting.with)) {
            (Some(title), ..) => {
                text.push('\u{201C}');
                text.push_str(self.portfolio.text(title));
                text.push('\u{201D}');
            }
            (None, Some(owner), Some(with)) => {
                self.person_into(owner, text);
                text.push_str("\u{2019}s 1:1 with ");
                self.person_into(with, text);
            }
            (None, ..) => text.push_str(self.portfolio.text(meeting.id)),
        }
    }

    /// A person by name.
    pub fn person(&self, at: PersonIx) -> Label {
        let mut text = String::new();
        self.person_into(at, &mut text);
        Label::new(text)
    }

    /// A text of the portfolio as it is.
    pub fn text(&self, name: Name) -> Label {
        Label::new(self.portfolio.text(name))
    }

    /// A subject by its name or title, where it has one, else by its id.
    pub fn subject(&self, subject: Subject) -> Label {
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
                return portfolio.name.map_or_else(|| Label::new("portfolio"), |name| self.text(name));
            }
        };
        Label::new(self.called(name, id))
    }

    /// The id of a subject.
    pub fn id(&self, subject: Subject) -> Label {
        Label::new(self.portfolio.subject_id(subject))
    }
}
