//! What a foreign file says, in the words of a portfolio, before it is written or merged.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::base::day::Day;
use crate::base::message::counted;
use crate::records::words::{MeetingKind, Purpose, Topic, Track};

/// A portfolio as a foreign file tells it, in the order of ids: the order of the file changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// People by id.
    pub people: BTreeMap<Rc<str>, DraftPerson>,
    /// Squads by id.
    pub squads: BTreeMap<Rc<str>, DraftGroup>,
    /// Guilds by id.
    pub guilds: BTreeMap<Rc<str>, DraftGroup>,
    /// Meetings by id.
    pub meetings: BTreeMap<Rc<str>, DraftMeeting>,
    /// Whose 1:1s these are in full.
    pub meetings_of: Vec<Rc<str>>,
    /// What was read, in words: `56 rows`, `1 manager who is no row`.
    pub counts: Vec<(&'static str, usize)>,
    /// What a person should know about how it was read. May hold text of the file: escaped where it is shown.
    pub notes: Vec<String>,
    /// Which sources it was made by.
    pub made_by: Vec<Made>,
}

/// An item by its section and id.
pub type ItemKey = (&'static str, Rc<str>);

/// A source of a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Its name: the kind of file, and more where there are several of one kind.
    pub source: String,
    /// What it holds, by section and id; everything where there is no other source.
    pub items: Option<BTreeSet<ItemKey>>,
}

/// Somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "the keys of a person in a portfolio")]
pub struct DraftPerson {
    pub name: Option<String>,
    pub title: Option<String>,
    pub squad: Option<Rc<str>>,
    pub guild: Option<Rc<str>>,
    pub delivery_owner: Option<Rc<str>>,
    pub craft_owner: Option<Rc<str>>,
    pub rated_by: Option<Rc<str>>,
    pub level: Option<u8>,
    pub track: Option<Track>,
    pub started: Option<Day>,
    pub left: Option<Day>,
    pub external: bool,
    pub aliases: Vec<Rc<str>>,
}

/// A squad or a guild.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "the keys of a squad in a portfolio")]
pub struct DraftGroup {
    pub name: Option<String>,
    pub lead: Option<Rc<str>>,
}

/// A meeting.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the keys of a meeting in a portfolio")]
pub struct DraftMeeting {
    pub title: Option<String>,
    pub kind: MeetingKind,
    pub owner: Rc<str>,
    pub with: Option<Rc<str>>,
    pub purpose: Option<Purpose>,
    pub agenda: Vec<Topic>,
    pub every: Option<u16>,
    pub last_held: Option<Day>,
    pub cancelled_in_a_row: u32,
    pub since: Option<Day>,
    pub until: Option<Day>,
    /// What its calendar calls the series.
    pub uid: Option<Rc<str>>,
}

/// A value of a key, as it will be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Free text or an id.
    Text(String),
    /// A word of the format, a day or a number: never quoted.
    Word(String),
    /// A list of ids or words.
    List(Vec<String>),
}

/// An item of a section: its id, and its other keys in the order of the design.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its keys.
    pub keys: Vec<(&'static str, Value)>,
    /// What its calendar calls the series; never written.
    pub uid: Option<Rc<str>>,
}

/// Longer names and titles than this are cut: nobody writes them, and files are hostile.
const LONGEST: usize = 200;

/// A name or title of a foreign file on one line: no line breaks, no runs of blanks, not endless. `None` for
/// what holds nothing, or what systems write for nothing.
pub fn tidy(text: &str) -> Option<String> {
    let mut tidied = String::new();
    for word in text.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
        if tidied.chars().count() > LONGEST {
            tidied = tidied.chars().take(LONGEST).chain(['\u{2026}']).collect();
            break;
        }
    }
    (!is_nothing(&tidied)).then_some(tidied)
}

/// Whether a cell says that there is nothing.
pub fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim().to_ascii_lowercase().as_str(),
        "" | "null"
            | "(null)"
            | "nil"
            | "none"
            | "(none)"
            | "(blank)"
            | "(empty)"
            | "n/a"
            | "n.a."
            | "#n/a"
            | "na"
            | "-"
            | "--"
            | "---"
            | "\u{2013}"
            | "\u{2014}"
            | "undefined"
            | "nan"
            | "#ref!"
            | "#value!"
            | "#name?"
            | "#null!"
    )
}

impl Draft {
    /// The sections with their items, in the order of the design; each item is made when it is asked for.
    pub fn sections(&self) -> [(&'static str, Box<dyn Iterator<Item = Item> + '_>); 4] {
        let item = |id: &Rc<str>, keys: Vec<Option<(&'static str, Value)>>| Item {
            id: id.to_string(),
            keys: keys.into_iter().flatten().collect(),
            uid: None,
        };
        let series = move |(id, meeting): (&Rc<str>, &DraftMeeting)| Item {
            uid: meeting.uid.clone(),
            ..item(id, meeting.keys())
        };
        [
            ("people", Box::new(self.people.iter().map(move |(id, person)| item(id, person.keys())))),
            ("squads", Box::new(self.squads.iter().map(move |(id, squad)| item(id, squad.keys())))),
            ("guilds", Box::new(self.guilds.iter().map(move |(id, guild)| item(id, guild.keys())))),
            ("meetings", Box::new(self.meetings.iter().map(series))),
        ]
    }

    /// An alias that is the id or the alias of somebody else is taken out: a portfolio has each id once.
    pub fn without_clashes(&mut self) {
        let mut seen: BTreeMap<Rc<str>, usize> = BTreeMap::new();
        for name in self.people.iter().flat_map(|(id, person)| person.aliases.iter().chain([id])) {
            *seen.entry(name.clone()).or_default() += 1;
        }
        for person in self.people.values_mut() {
            person.aliases.retain(|alias| seen.get(alias) == Some(&1));
        }
    }

    /// Says which source all of it was made by.
    #[must_use]
    pub fn by(mut self, source: impl Into<String>) -> Draft {
        self.made_by = vec![Made { source: source.into(), items: None }];
        self
    }

    /// The same with a name that tells its sources from others of their kind.
    #[must_use]
    pub fn named(mut self, name: &str) -> Draft {
        for made in &mut self.made_by {
            let kind = made.source.split(':').next().unwrap_or_default();
            made.source = format!("{kind}:{name}");
        }
        self
    }

    /// The sources that hold an item.
    pub fn sources_of(&self, section: &'static str, id: &str) -> Vec<String> {
        let holds =
            |made: &&Made| made.items.as_ref().is_none_or(|items| items.contains(&(section, Rc::from(id))));
        self.made_by.iter().filter(holds).map(|made| made.source.clone()).collect()
    }

    /// How many people are described and not outside.
    pub fn insiders(&self) -> usize {
        self.people.values().filter(|person| !person.external).count()
    }

    /// Counts something that was read.
    pub fn count(&mut self, what: &'static str, how_many: usize) {
        self.counts.push((what, how_many));
    }

    /// The count of something; 0 where it was not counted.
    pub fn counted(&self, what: &str) -> usize {
        self.counts.iter().find(|(name, _)| *name == what).map_or(0, |(_, count)| *count)
    }

    /// What an import could not know, and how many people that concerns.
    pub fn unknown(&self) -> Vec<String> {
        let people = |count: usize| counted(count, "person", "people");
        let mut list = Vec::new();
        let inside: Vec<&DraftPerson> = self.people.values().filter(|person| !person.external).collect();
        let is_led = |squad: &Rc<str>| self.squads.get(squad).is_some_and(|squad| squad.lead.is_some());
        let undelivered = inside
            .iter()
            .filter(|one| one.delivery_owner.is_none() && !one.squad.as_ref().is_some_and(is_led))
            .count();
        if undelivered > 0 {
            list.push(format!("who owns delivery for {}", people(undelivered)));
        }
        let guild_led = |guild: &Rc<str>| self.guilds.get(guild).is_some_and(|guild| guild.lead.is_some());
        let uncrafted = inside
            .iter()
            .filter(|one| one.craft_owner.is_none() && !one.guild.as_ref().is_some_and(guild_led))
            .count();
        if uncrafted > 0 {
            list.push(format!("who owns craft for {}", people(uncrafted)));
        }
        let unlabelled = self.meetings.values().filter(|meeting| meeting.purpose.is_none()).count();
        if self.meetings.is_empty() {
            list.push(format!("which 1:1s there are, for {}", people(inside.len())));
        } else if unlabelled > 0 {
            list.push(format!("what {unlabelled} of {} 1:1s are for", self.meetings.len()));
        }
        list.push(format!("which conversations are still owed, for {}", people(inside.len())));
        list
    }
}

fn text(key: &'static str, value: Option<&str>) -> Option<(&'static str, Value)> {
    value.map(|value| (key, Value::Text(value.to_owned())))
}

fn word(key: &'static str, value: Option<impl ToString>) -> Option<(&'static str, Value)> {
    value.map(|value| (key, Value::Word(value.to_string())))
}

impl DraftPerson {
    fn keys(&self) -> Vec<Option<(&'static str, Value)>> {
        vec![
            text("name", self.name.as_deref()),
            text("title", self.title.as_deref()),
            text("squad", self.squad.as_deref()),
            text("guild", self.guild.as_deref()),
            text("delivery_owner", self.delivery_owner.as_deref()),
            text("craft_owner", self.craft_owner.as_deref()),
            text("rated_by", self.rated_by.as_deref()),
            word("level", self.level),
            word("track", self.track.map(Track::word)),
            word("started", self.started),
            word("left", self.left),
            word("external", self.external.then_some("true")),
            (!self.aliases.is_empty())
                .then(|| ("aliases", Value::List(self.aliases.iter().map(ToString::to_string).collect()))),
        ]
    }
}

impl DraftGroup {
    fn keys(&self) -> Vec<Option<(&'static str, Value)>> {
        vec![text("name", self.name.as_deref()), text("lead", self.lead.as_deref())]
    }
}

impl DraftMeeting {
    fn keys(&self) -> Vec<Option<(&'static str, Value)>> {
        let agenda: Vec<String> = self.agenda.iter().map(|topic| topic.word().to_owned()).collect();
        vec![
            text("title", self.title.as_deref()),
            word("kind", (self.kind != MeetingKind::OneOnOne).then(|| self.kind.word())),
            text("owner", Some(&self.owner)),
            text("with", self.with.as_deref()),
            word("purpose", self.purpose.map(Purpose::word)),
            (!agenda.is_empty()).then_some(("agenda", Value::List(agenda))),
            word("every", self.every.map(cadence)),
            word("last_held", self.last_held),
            word("cancelled_in_a_row", (self.cancelled_in_a_row > 0).then_some(self.cancelled_in_a_row)),
            word("since", self.since),
            word("until", self.until),
        ]
    }
}

/// Days between two dates of a meeting, as a portfolio writes them.
pub fn cadence(days: u16) -> String {
    match days {
        7 => "weekly".to_owned(),
        14 => "biweekly".to_owned(),
        28..=31 => "monthly".to_owned(),
        89..=92 => "quarterly".to_owned(),
        days if days % 7 == 0 => format!("{}w", days / 7),
        days => format!("{days}d"),
    }
}
