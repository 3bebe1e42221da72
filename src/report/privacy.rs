//! How much of the people a report shows. What this module withholds reaches no renderer: it is decided here and in
//! the files beside it (`pseudonym`, `speak`, `aggregate`, `pool`, `withheld`), once for every output.

use thiserror::Error;

use super::pseudonym::Key;
use crate::base::ids::{GuildIx, SquadIx};
use crate::model::target;
use crate::score::Scorecard;

/// How much of the people, of their words and of the files is shown.
#[derive(Clone, Debug)]
pub struct Privacy {
    mode: Mode,
    /// Whether files and lines are shown, where the mode shows them at all.
    locations: bool,
}

#[derive(Clone, Debug)]
enum Mode {
    Names,
    Pseudonyms(Key),
    Aggregate(Aggregate),
}

/// What an aggregate shows.
#[derive(Clone, Debug)]
pub(super) struct Aggregate {
    /// Groups of fewer people are pooled.
    pub(super) min_group: u64,
    /// Whether guilds are shown, and squads pooled where both together would identify somebody.
    pub(super) guilds_first: bool,
    /// Where there is a key, squads and guilds have their pseudonyms, so that trends join; else they are numbered.
    pub(super) key: Option<Key>,
}

/// An aggregate of too few people would identify each of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum TooFew {
    /// All that is scored.
    #[error(
        "fewer than {0} people are scored, so an aggregate would identify single people; score more of the \
         organisation, or lower --min-group if everybody agrees"
    )]
    Scored(u64),
    /// What is left when this part is taken from the whole.
    #[error(
        "fewer than {0} people are outside this part, so a reader of the whole aggregate could identify \
         them by subtraction; score the whole portfolio, or lower --min-group if everybody agrees"
    )]
    Rest(u64),
}

impl Privacy {
    /// Everything as it is written.
    pub fn names() -> Privacy {
        Privacy { mode: Mode::Names, locations: true }
    }

    /// Pseudonyms for ids, and no free text.
    pub fn pseudonyms(key: Key) -> Privacy {
        Privacy { mode: Mode::Pseudonyms(key), ..Privacy::names() }
    }

    /// No person, meeting or conversation; groups under `min_group` people pooled.
    pub fn aggregate(min_group: u64, key: Option<Key>) -> Privacy {
        let mode = Mode::Aggregate(Aggregate { min_group, guilds_first: false, key });
        Privacy { mode, ..Privacy::names() }
    }

    /// The same without files and lines.
    #[must_use]
    pub fn without_locations(self) -> Privacy {
        Privacy { locations: false, ..self }
    }

    /// The same, and an aggregate is broken down by guild, where squads and guilds together would give somebody away.
    #[must_use]
    pub fn guilds_first(mut self, guilds_first: bool) -> Privacy {
        if let Mode::Aggregate(aggregate) = &mut self.mode {
            aggregate.guilds_first = guilds_first;
        }
        self
    }

    /// Every word that `word` gives, for the schemas.
    pub const WORDS: [&str; 3] = ["names", "pseudonyms", "aggregate"];

    /// Its word in reports and on the command line.
    pub fn word(&self) -> &'static str {
        match self.mode {
            Mode::Names => "names",
            Mode::Pseudonyms(_) => "pseudonyms",
            Mode::Aggregate(_) => "aggregate",
        }
    }

    /// Whether names, titles, ids and every other text of the portfolio are withheld.
    pub fn withholds_text(&self) -> bool {
        !matches!(self.mode, Mode::Names)
    }

    /// Whether a single factor, person or meeting may be shown at all.
    pub fn shows_each(&self) -> bool {
        !matches!(self.mode, Mode::Aggregate(_))
    }

    /// Whether a report shows files and lines. An aggregate does not: a line is one person's.
    pub fn shows_locations(&self) -> bool {
        self.locations && self.shows_each()
    }

    /// Whether an error shows where it is, for whoever is to mend the file.
    pub(super) fn shows_places_of_errors(&self) -> bool {
        self.locations
    }

    /// What pseudonyms of people, meetings and everything else are made with.
    pub(super) fn key(&self) -> Option<&Key> {
        match &self.mode {
            Mode::Pseudonyms(key) => Some(key),
            Mode::Names | Mode::Aggregate(_) => None,
        }
    }

    /// What an aggregate shows; none in the other modes.
    pub(super) fn as_aggregate(&self) -> Option<&Aggregate> {
        match &self.mode {
            Mode::Aggregate(aggregate) => Some(aggregate),
            Mode::Names | Mode::Pseudonyms(_) => None,
        }
    }

    /// Whether a scorecard is of enough people to be shown like this.
    pub fn check(&self, card: &Scorecard<'_>) -> Result<(), TooFew> {
        let Mode::Aggregate(Aggregate { min_group, .. }) = self.mode else { return Ok(()) };
        if card.people < min_group {
            return Err(TooFew::Scored(min_group));
        }
        let portfolio = card.facts.portfolio;
        let scored = portfolio.person_positions().filter(|person| card.facts.lines.is_scored(*person));
        let outside = scored.filter(|person| !card.part.has_person(portfolio, *person)).count();
        let rest = u64::try_from(outside).unwrap_or(u64::MAX);
        if rest > 0 && rest < min_group { Err(TooFew::Rest(min_group)) } else { Ok(()) }
    }
}

/// The scored people of a part, each with their squad and guild.
pub(super) fn people_of(card: &Scorecard<'_>) -> impl Iterator<Item = (Option<SquadIx>, Option<GuildIx>)> {
    let portfolio = card.facts.portfolio;
    let scored = portfolio.person_positions().filter(|person| card.facts.lines.is_scored(*person));
    scored.filter(|person| card.part.has_person(portfolio, *person)).map(|person| {
        let person = portfolio.person(person);
        (target(person.squad), target(person.guild))
    })
}
