//! Random portfolios that are valid by construction, with every section and most of what a section can hold.
//! They are built from a tape of numbers, so that shrinking the tape shrinks the portfolio.

use std::collections::HashSet;
use std::fmt;

use debt::base::day::Day;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::run::TODAY;

/// A valid portfolio as plain data.
#[derive(Clone)]
pub(crate) struct Organisation(pub(crate) Value);

impl Organisation {
    /// As YAML, by the second opinion's writer.
    pub(crate) fn yaml(&self) -> String {
        serde_yaml::to_string(&self.0).expect("plain data can be written")
    }
}

impl fmt::Debug for Organisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.yaml())
    }
}

/// Any valid portfolio.
pub(crate) fn organisations() -> impl Strategy<Value = Organisation> {
    vec(any::<u16>(), 300..900).prop_map(|cells| Builder::new(&cells).organisation())
}

/// The day so many days after today; before it where negative.
pub(crate) fn day(offset: i64) -> Day {
    let epoch = Day::from_epoch_days(0).expect("a day");
    let today = Day::parse(TODAY).expect("a day").days_since(epoch);
    Day::from_epoch_days(today + offset).expect("a day")
}

/// Texts that a reader of YAML could take for something else.
const TEXTS: [&str; 24] = [
    "Ana Souza",
    "李 Wei",
    "null",
    "yes",
    "0x1F",
    "a: b",
    "- x",
    "#no comment",
    "it's \"quoted\"",
    "two\nlines\n",
    " blanks ",
    "~",
    "1.5",
    "2026-01-01",
    "@at",
    "`tick`",
    "100%",
    "a #b",
    "!tag",
    "&anchor",
    "*alias",
    "|",
    "\u{1F600}\ttab",
    "",
];

pub(crate) struct Builder<'t> {
    tape: std::slice::Iter<'t, u16>,
    pub(crate) people: Vec<String>,
    person_aliases: Vec<Option<String>>,
    pub(crate) squads: usize,
    guilds: usize,
}

pub(crate) type Item = Map<String, Value>;

impl Builder<'_> {
    fn new(cells: &[u16]) -> Builder<'_> {
        let mut builder = Builder {
            tape: cells.iter(),
            people: Vec::new(),
            person_aliases: Vec::new(),
            squads: 0,
            guilds: 0,
        };
        let count = 1 + builder.below(8);
        builder.people = (0..count).map(|index| format!("p{index}")).collect();
        builder.person_aliases =
            (0..count).map(|index| builder.sometimes(6).then(|| format!("old.p{index}"))).collect();
        builder.squads = builder.below(4);
        builder.guilds = builder.below(4);
        builder
    }

    /// A number below this; 0 where the tape has ended.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::from(self.tape.next().copied().unwrap_or(0)) % most.max(1)
    }

    /// True once in so many times.
    pub(crate) fn sometimes(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// A day from so many days ago up to so many days ahead.
    pub(crate) fn any_day(&mut self, ago: i64, ahead: i64) -> i64 {
        let width = usize::try_from(ago + ahead + 1).expect("a width");
        i64::try_from(self.below(width)).expect("a small number") - ago
    }

    /// Sometimes puts a value under a key, and sometimes null, which is the same as leaving it out.
    pub(crate) fn put(
        &mut self,
        item: &mut Item,
        key: &str,
        times: usize,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.sometimes(times) {
            let value = value(self);
            item.insert(key.to_owned(), value);
        } else if self.sometimes(12) {
            item.insert(key.to_owned(), Value::Null);
        }
    }

    pub(crate) fn text(&mut self) -> Value {
        self.one_of(&TEXTS).into()
    }

    pub(crate) fn date(offset: i64) -> Value {
        day(offset).to_string().into()
    }

    /// A person's id, or a former one.
    pub(crate) fn reference(&mut self, index: usize) -> Value {
        match &self.person_aliases[index].clone() {
            Some(alias) if self.sometimes(2) => alias.as_str().into(),
            _ => self.people[index].as_str().into(),
        }
    }

    pub(crate) fn anybody(&mut self) -> Value {
        let index = self.below(self.people.len());
        self.reference(index)
    }

    pub(crate) fn somebody_else(&mut self, than: usize) -> usize {
        let count = self.people.len();
        (than + 1 + self.below(count - 1)) % count
    }

    fn organisation(mut self) -> Organisation {
        let mut all = Item::new();
        self.put(&mut all, "version", 2, |_| 1.into());
        self.put(&mut all, "name", 2, Self::text);
        self.put(&mut all, "as_of", 2, |_| TODAY.into());
        self.put(&mut all, "describes", 2, |b| b.some_of(&["context", "escalations", "peers", "lanes"]));
        all.insert("people".into(), (0..self.people.len()).map(|index| self.person(index)).collect());
        self.put(&mut all, "squads", 1, |b| (0..b.squads).map(|index| b.squad(index)).collect());
        self.put(&mut all, "guilds", 1, |b| (0..b.guilds).map(|index| b.guild(index)).collect());
        if self.people.len() > 1 {
            self.put(&mut all, "meetings", 1, |b| b.several(9, Self::meeting));
            self.put(&mut all, "conversations", 1, |b| b.several(6, Self::conversation));
            self.put(&mut all, "mentorships", 2, |b| b.several(3, Self::mentorship));
        }
        self.put(&mut all, "decisions", 1, |b| b.several(5, Self::decision));
        self.put(&mut all, "promotions", 2, |b| b.several(3, Self::promotion));
        self.put(&mut all, "hr_system", 2, |b| {
            let mut system = Item::new();
            b.put(&mut system, "name", 2, Self::text);
            b.put(&mut system, "shows", 1, |b| b.some_of(&["delivery", "craft"]));
            system.into()
        });
        self.put(&mut all, "acknowledgements", 2, |b| (0..b.below(6)).map(|_| b.acknowledgement()).collect());
        self.put(&mut all, "policy", 2, Self::policy);
        Organisation(all.into())
    }

    /// Items whose made ids do not clash; each knows its number and the ids before it.
    fn several(
        &mut self,
        most: usize,
        item: impl Fn(&mut Self, usize, &mut HashSet<String>) -> Value,
    ) -> Value {
        let mut made = HashSet::new();
        (0..self.below(most)).map(|index| item(self, index, &mut made)).collect()
    }

    /// Writes an id where the one that would be made is taken, and sometimes anyhow; with it sometimes an alias.
    pub(crate) fn identify(
        &mut self,
        item: &mut Item,
        section: &str,
        index: usize,
        made: &mut HashSet<String>,
        id: String,
    ) {
        let clashes = !made.insert(id);
        if clashes || self.sometimes(2) {
            item.insert("id".into(), format!("{section}{index}").into());
        }
        self.put(item, "aliases", 6, |_| json!([format!("old-{section}{index}")]));
    }

    pub(crate) fn some_of(&mut self, words: &[&str]) -> Value {
        words.iter().filter(|_| self.sometimes(2)).map(|word| Value::from(*word)).collect()
    }

    fn person(&mut self, index: usize) -> Value {
        let mut item = Item::new();
        item.insert("id".into(), self.people[index].as_str().into());
        self.put(&mut item, "name", 2, Self::text);
        self.put(&mut item, "title", 4, Self::text);
        if self.squads > 0 {
            self.put(&mut item, "squad", 1, |b| format!("s{}", b.below(b.squads)).into());
        }
        if self.guilds > 0 {
            self.put(&mut item, "guild", 1, |b| format!("g{}", b.below(b.guilds)).into());
        }
        if self.people.len() > 1 {
            for (key, times) in [("delivery_owner", 4), ("craft_owner", 4), ("rated_by", 5)] {
                self.put(&mut item, key, times, |b| {
                    let other = b.somebody_else(index);
                    b.reference(other)
                });
            }
        }
        self.put(&mut item, "level", 2, |b| (1 + b.below(20)).into());
        self.put(&mut item, "track", 2, |b| b.one_of(&["warrant", "officer"]).into());
        self.put(&mut item, "exempt", 6, |b| {
            let mut exempt = Item::new();
            b.put(&mut exempt, "delivery", 2, Self::text);
            b.put(&mut exempt, "craft", 2, Self::text);
            exempt.into()
        });
        if let Some(alias) = self.person_aliases[index].clone() {
            item.insert("aliases".into(), json!([alias]));
        }
        // The first person is always scored.
        if index > 0 {
            self.put(&mut item, "external", 6, |b| b.sometimes(2).into());
            let started = self.any_day(600, 20);
            self.put(&mut item, "started", 4, |_| Self::date(started));
            self.put(&mut item, "left", 8, |b| Self::date(started + b.any_day(0, 600)));
            self.put(&mut item, "away", 4, Self::leaves);
        }
        item.into()
    }

    fn leaves(&mut self) -> Value {
        let mut from = self.any_day(300, 30);
        let mut leaves = Vec::new();
        for _ in 0..=self.below(2) {
            let until = from + 1 + self.any_day(0, 60);
            leaves.push(json!({"from": Self::date(from), "until": Self::date(until)}));
            from = until + self.any_day(0, 40);
        }
        leaves.into()
    }

    fn squad(&mut self, index: usize) -> Value {
        let mut item = Item::new();
        item.insert("id".into(), format!("s{index}").into());
        self.put(&mut item, "name", 2, Self::text);
        self.put(&mut item, "lead", 1, Self::anybody);
        self.put(&mut item, "escalates_to", 2, Self::anybody);
        self.put(&mut item, "context", 2, |b| {
            let mut context = Item::new();
            b.put(&mut context, "success", 2, Self::text);
            b.put(&mut context, "constraints", 2, |b| (0..b.below(3)).map(|_| b.text()).collect());
            b.put(&mut context, "closed", 2, |b| (0..b.below(3)).map(|_| b.text()).collect());
            b.put(&mut context, "reviewed", 2, |b| Self::date(b.any_day(200, 0)));
            context.into()
        });
        self.put(&mut item, "aliases", 6, |_| json!([format!("old-s{index}")]));
        item.into()
    }

    fn guild(&mut self, index: usize) -> Value {
        let mut item = Item::new();
        item.insert("id".into(), format!("g{index}").into());
        self.put(&mut item, "name", 2, Self::text);
        self.put(&mut item, "lead", 1, Self::anybody);
        self.put(&mut item, "lanes", 2, |b| {
            let tracks: Vec<&str> = ["warrant", "officer"].into_iter().filter(|_| !b.sometimes(4)).collect();
            tracks.into_iter().map(|track| b.lane(track)).collect()
        });
        self.put(&mut item, "aliases", 6, |_| json!([format!("old-g{index}")]));
        item.into()
    }

    fn lane(&mut self, track: &str) -> Value {
        let mut lane = Item::new();
        lane.insert("track".into(), track.into());
        self.put(&mut lane, "levels", 1, |b| {
            let levels: Vec<usize> = (3..8).filter(|_| b.sometimes(2)).collect();
            let mut level = |level: usize| -> Value {
                let mut item = Item::new();
                item.insert("level".into(), level.into());
                b.put(&mut item, "pay", 1, |b| b.one_of(&[100.0, 120.0, 120.5, 0.25]).into());
                item.into()
            };
            levels.into_iter().map(&mut level).collect()
        });
        lane.into()
    }
}
