//! How much of the people a report shows. What this module withholds reaches no renderer: it is decided here and in
//! the files beside it (`pseudonym`, `roles`, `speak`, `aggregate`, `pool`, `withheld`), once for every output.

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
    /// The pooling has the key of the pseudonyms.
    Roles(Key, Aggregate),
    Aggregate(Aggregate),
}

/// What an aggregate shows; by roles, what the sums by squad and guild show.
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
    /// By roles: all that is scored.
    #[error(
        "fewer than {0} people are in this part, so a report by roles would identify single people; score more of the \
         organisation, or lower --min-group if everybody agrees"
    )]
    Roles(u64),
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

    /// People by their role, where at least `min_group` people are called by it; the names of squads and guilds,
    /// pseudonyms for the ids of everything else, and no free text.
    pub fn roles(min_group: u64, key: Key) -> Privacy {
        let pooling = Aggregate { min_group, guilds_first: false, key: Some(key.clone()) };
        Privacy { mode: Mode::Roles(key, pooling), ..Privacy::names() }
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
        if let Mode::Aggregate(aggregate) | Mode::Roles(_, aggregate) = &mut self.mode {
            aggregate.guilds_first = guilds_first;
        }
        self
    }

    /// Every word that `word` gives, for the schemas.
    pub const WORDS: [&str; 4] = ["names", "pseudonyms", "roles", "aggregate"];

    /// Its word in reports and on the command line.
    pub fn word(&self) -> &'static str {
        match self.mode {
            Mode::Names => "names",
            Mode::Pseudonyms(_) => "pseudonyms",
            Mode::Roles(..) => "roles",
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

    /// Whether a report shows files and lines. By roles and in an aggregate it does not: a line is one person's.
    pub fn shows_locations(&self) -> bool {
        self.locations && matches!(self.mode, Mode::Names | Mode::Pseudonyms(_))
    }

    /// Whether an error shows where it is, for whoever is to mend the file.
    pub(super) fn shows_places_of_errors(&self) -> bool {
        self.locations
    }

    /// What pseudonyms of people, meetings and everything else are made with.
    pub(super) fn key(&self) -> Option<&Key> {
        match &self.mode {
            Mode::Pseudonyms(key) | Mode::Roles(key, _) => Some(key),
            Mode::Names | Mode::Aggregate(_) => None,
        }
    }

    /// What pseudonyms of portfolios, squads and guilds are made with: in an aggregate they have one where there is a key.
    pub(super) fn key_of_groups(&self) -> Option<&Key> {
        self.key().or_else(|| self.as_aggregate()?.key.as_ref())
    }

    /// How sums by squad and guild are pooled, in an aggregate and by roles.
    pub(super) fn pooling(&self) -> Option<&Aggregate> {
        match &self.mode {
            Mode::Aggregate(pooling) | Mode::Roles(_, pooling) => Some(pooling),
            Mode::Names | Mode::Pseudonyms(_) => None,
        }
    }

    /// Whether small groups are pooled in sums, and the lines of people are nothing but sums.
    pub fn pools(&self) -> bool {
        self.pooling().is_some()
    }

    /// Of how many people a role must be to be said; none where people are not called by roles.
    pub(super) fn least_of_a_role(&self) -> Option<u64> {
        match &self.mode {
            Mode::Roles(_, pooling) => Some(pooling.min_group),
            Mode::Names | Mode::Pseudonyms(_) | Mode::Aggregate(_) => None,
        }
    }

    /// What an aggregate shows; none in the other modes.
    pub(super) fn as_aggregate(&self) -> Option<&Aggregate> {
        match &self.mode {
            Mode::Aggregate(aggregate) => Some(aggregate),
            Mode::Names | Mode::Pseudonyms(_) | Mode::Roles(..) => None,
        }
    }

    /// Whether a scorecard is of enough people to be shown like this.
    pub fn check(&self, card: &Scorecard<'_>) -> Result<(), TooFew> {
        let min_group = match self.mode {
            Mode::Aggregate(Aggregate { min_group, .. }) => min_group,
            // Whoever asks about a part says who it is about; that nobody has a role in a small whole is no secret.
            Mode::Roles(_, Aggregate { min_group, .. })
                if card.people < min_group && (card.part.squad.is_some() || card.part.guild.is_some()) =>
            {
                return Err(TooFew::Roles(min_group));
            }
            Mode::Names | Mode::Pseudonyms(_) | Mode::Roles(..) => return Ok(()),
        };
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
