//! One VEVENT and its properties, as far as a recurring meeting needs them.

use std::borrow::Cow;
use std::rc::Rc;

use super::called_off;
use super::events::PassedOver;
use super::lines::{ContentLine, Start, unescaped};
use super::moment::Moment;
use super::nobody;
use super::texts::Texts;

/// Somebody or something invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Participant {
    /// The address as it is compared: lower case, without `mailto:`. Empty where there is none.
    pub(super) address: Rc<str>,
    /// The name.
    pub(super) name: Option<String>,
    /// Who or what it is, as far as can be told.
    pub(super) kind: Invited,
    /// Whether they said that they do not come.
    pub(super) declined: bool,
    /// Whether they need not come.
    pub(super) optional: bool,
}

/// What can be invited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Invited {
    Person,
    /// It takes notes and is nobody.
    Bot,
    /// A room, a resource or a list; or somebody who is only informed.
    Thing,
}

impl Participant {
    pub(super) fn is_person(&self) -> bool {
        self.kind == Invited::Person
    }
}

/// One VEVENT.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub(super) begins: Start,
    pub(super) uid: Option<Cow<'t, str>>,
    pub(super) summary: Option<Cow<'t, str>>,
    pub(super) description: Option<Cow<'t, str>>,
    pub(super) categories: Vec<Cow<'t, str>>,
    pub(super) organizer: Option<Participant>,
    pub(super) attendees: Vec<Participant>,
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
    pub(super) rules: Vec<Cow<'t, str>>,
    pub(super) dates: Vec<Moment>,
    pub(super) excluded: Vec<Moment>,
    pub(super) instance: Option<Moment>,
    /// Whether it is marked as nobody else's business.
    pub(super) is_private: bool,
    pub(super) version: Version<'t>,
}

/// Which of two versions of one event counts: the later one.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Version<'t> {
    sequence: i64,
    stamp: Option<Cow<'t, str>>,
    pub(super) cancelled: bool,
    line: u32,
}

impl<'t> Event<'t> {
    pub(super) fn new(begins: Start) -> Event<'t> {
        Event {
            begins,
            uid: None,
            summary: None,
            description: None,
            categories: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            start: None,
            end: None,
            rules: Vec::new(),
            dates: Vec::new(),
            excluded: Vec::new(),
            instance: None,
            is_private: false,
            version: Version { sequence: 0, stamp: None, cancelled: false, line: begins.line },
        }
    }

    /// Whether it carries a recurrence.
    pub(super) fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.dates.is_empty()
    }

    /// Organiser and attendees, the organiser first.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Participant> {
        self.organizer.iter().chain(&self.attendees)
    }

    /// How long it lasts, in minutes.
    pub(super) fn minutes(&self) -> Option<i64> {
        Some(self.start?.seconds_to(self.end?) / 60).filter(|minutes| *minutes > 0)
    }

    /// What it changes of its series; `None` where it is no instance.
    pub(super) fn change(self) -> Option<Change<'t>> {
        let lists_people = !self.attendees.is_empty();
        let declined = self.attendees.into_iter().filter(|one| one.declined).map(|one| one.address).collect();
        Some(Change {
            instance: self.instance?,
            start: self.start,
            declined,
            lists_people,
            version: self.version,
        })
    }
}

/// A changed instance of a series: of it only its days count.
#[derive(Debug)]
pub(super) struct Change<'t> {
    pub(super) instance: Moment,
    pub(super) start: Option<Moment>,
    /// Who said that they do not come this time.
    pub(super) declined: Vec<Rc<str>>,
    /// Whether it says who is invited; else the series does.
    pub(super) lists_people: bool,
    pub(super) version: Version<'t>,
}

impl<'t> Event<'t> {
    pub(super) fn property(
        &mut self,
        line: ContentLine<'t>,
        texts: &mut Texts,
        passed_over: &mut PassedOver,
    ) {
        let at = line.line;
        let name = line.name();
        // The usual ones first; most lines of a calendar are none of these.
        if name.eq_ignore_ascii_case("UID") {
            let uid = line.into_value();
            let trimmed = match uid {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            };
            if !trimmed.is_empty() {
                self.uid = Some(trimmed);
            }
        } else if name.eq_ignore_ascii_case("SUMMARY") {
            let title = line.into_value();
            self.version.cancelled |= called_off::says(&title);
            self.summary = Some(title);
        } else if name.eq_ignore_ascii_case("DESCRIPTION") {
            self.description = Some(line.into_value());
        } else if name.eq_ignore_ascii_case("X-ALT-DESC") {
            self.description.get_or_insert(line.into_value());
        } else if name.eq_ignore_ascii_case("CATEGORIES") {
            self.categories.push(line.into_value());
        } else if name.eq_ignore_ascii_case("ATTENDEE") {
            self.attendees.push(participant(&line, texts));
        } else if name.eq_ignore_ascii_case("ORGANIZER") {
            self.organizer = Some(participant(&line, texts));
        } else if name.eq_ignore_ascii_case("RRULE") {
            let rule = line.into_value();
            if rule.trim().is_empty() {
                passed_over.skip(at, "an empty recurrence rule");
            } else {
                self.rules.push(rule);
            }
        } else if name.eq_ignore_ascii_case("STATUS") {
            self.version.cancelled |= line.value().trim().eq_ignore_ascii_case("CANCELLED");
        } else if name.eq_ignore_ascii_case("CLASS") {
            let class = line.value().trim();
            self.is_private = ["PRIVATE", "CONFIDENTIAL"].iter().any(|word| class.eq_ignore_ascii_case(word));
        } else if name.eq_ignore_ascii_case("SEQUENCE") {
            self.version.sequence = line.value().trim().parse().unwrap_or(0);
        } else if name.eq_ignore_ascii_case("DTSTAMP") {
            self.version.stamp = Some(line.into_value());
        } else {
            self.moments(&line, passed_over);
        }
    }

    fn moments(&mut self, line: &ContentLine<'t>, passed_over: &mut PassedOver) {
        let zone = || line.parameter("TZID");
        let one = || Moment::parse(line.value(), zone());
        let list = || {
            line.value()
                .split(',')
                .filter(|entry| !entry.trim().is_empty())
                .map(|entry| Moment::parse(entry, zone()))
        };
        if line.is("DTSTART") {
            self.start = one();
            if self.start.is_none() {
                passed_over.skip(line.line, "an invalid DTSTART: the day of this event is unknown");
            }
        } else if line.is("DTEND") {
            self.end = one();
        } else if line.is("RECURRENCE-ID") {
            self.instance = one();
            if self.instance.is_none() {
                passed_over.skip(line.line, "an invalid RECURRENCE-ID");
            }
        } else if line.is("RDATE") || line.is("EXDATE") {
            let all: Vec<Option<Moment>> = list().collect();
            if all.contains(&None) {
                passed_over.skip(line.line, "an invalid date in a list of dates");
            }
            let into = if line.is("RDATE") { &mut self.dates } else { &mut self.excluded };
            into.extend(all.into_iter().flatten());
        }
    }
}

fn participant(line: &ContentLine<'_>, texts: &mut Texts) -> Participant {
    let written = line.value().trim();
    let lower = written.to_lowercase();
    // A colon inside an unquoted name comes before it.
    let address = lower.rfind("mailto:").map_or(lower.as_str(), |at| &lower[at + 7..]).trim();
    let address = match line.parameter("EMAIL") {
        Some(mail) if !address.contains('@') && mail.contains('@') => mail.to_lowercase(),
        _ => address.to_owned(),
    };
    let is = |parameter: &str, words: &[&str]| {
        line.parameter(parameter)
            .is_some_and(|value| words.iter().any(|word| value.eq_ignore_ascii_case(word)))
    };
    let role = line.parameter("ROLE");
    let has_role = |word: &str| role.is_some_and(|role| role.eq_ignore_ascii_case(word));
    let a_thing = is("CUTYPE", &["ROOM", "RESOURCE", "GROUP"])
        || has_role("NON-PARTICIPANT")
        || ["@resource.calendar.google.com", "@group.calendar.google.com", "@group.v.calendar.google.com"]
            .iter()
            .any(|end| address.ends_with(end));
    let name =
        line.parameter("CN").map(|name| unescaped(name).trim().to_owned()).filter(|name| !name.is_empty());
    let kind = if nobody::is_bot(&address, name.as_deref()) {
        Invited::Bot
    } else if a_thing || nobody::is_room(&address, name.as_deref()) {
        Invited::Thing
    } else {
        Invited::Person
    };
    Participant {
        address: texts.once(&address),
        name,
        kind,
        declined: is("PARTSTAT", &["DECLINED"]),
        optional: has_role("OPT-PARTICIPANT"),
    }
}
