//! The same portfolio as types for readers that want the whole of it at once. Dates and words are left as text,
//! which is less work than this crate's records do.

use serde::Deserialize;

macro_rules! records {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "read to be counted and dropped")]
        struct $name { $($field: $type),* }
    )*};
}

type Word = Option<String>;
type List<T> = Option<Vec<T>>;

records! {
    Portfolio {
        version: Option<u32>, name: Word, as_of: Word, describes: List<String>, people: Vec<Person>,
        squads: List<Squad>, guilds: List<Guild>, meetings: List<Meeting>, conversations: List<Conversation>,
        decisions: List<Decision>, promotions: List<Promotion>, mentorships: List<Mentorship>,
        hr_system: Option<HrSystem>, acknowledgements: List<Acknowledgement>, policy: Option<Policy>,
    }
    Person {
        id: String, name: Word, title: Word, squad: Word, guild: Word, delivery_owner: Word, craft_owner: Word,
        rated_by: Word, level: Option<u32>, track: Word, started: Word, left: Word, away: List<Away>,
        external: Option<bool>, exempt: Option<Exempt>, aliases: List<String>,
    }
    Away { from: String, until: String }
    Exempt { delivery: Word, craft: Word }
    Squad { id: String, name: Word, lead: Word, escalates_to: Word, context: Option<Context>, aliases: List<String> }
    Context { success: Word, constraints: List<String>, closed: List<String>, reviewed: Word }
    Guild { id: String, name: Word, lead: Word, lanes: List<Lane>, aliases: List<String> }
    Lane { track: String, levels: List<Level> }
    Level { level: u32, pay: Option<f64> }
    Meeting {
        id: Word, title: Word, kind: Word, owner: String, with: Word, purpose: Word, agenda: List<String>, every: Word,
        last_held: Word, cancelled_in_a_row: Option<u32>, since: Word, until: Word, aliases: List<String>,
    }
    Conversation {
        id: Word, kind: String, owner: String, with: String, topic: Word, raised: String, due: Word,
        deferred_to: List<String>, held: Word, dropped: Option<Dropped>, aliases: List<String>,
    }
    Dropped { date: String, reason: String }
    Decision {
        id: String, title: Word, squad: Word, owner: String, raised: String, due: Word, closed: Word,
        reopened: List<String>, aliases: List<String>,
    }
    Promotion {
        id: Word, person: String, to: String, decided: String, signed_off_by: Word, reviewed: Word, aliases: List<String>,
    }
    Mentorship { id: Word, mentor: String, mentee: String, topic: Word, since: Word, until: Word, aliases: List<String> }
    HrSystem { name: Word, shows: List<String> }
    Acknowledgement { factor: String, reason: String, named_on: String, through: String }
    Policy { grace_days: Option<u32>, interest: Option<Interest> }
    Interest { weekly_percent: Option<f64>, cap: Option<u32> }
}

fn items(portfolio: &Portfolio) -> usize {
    let length = |list: Option<usize>| list.unwrap_or(0);
    portfolio.people.len()
        + length(portfolio.squads.as_ref().map(Vec::len))
        + length(portfolio.guilds.as_ref().map(Vec::len))
        + length(portfolio.meetings.as_ref().map(Vec::len))
        + length(portfolio.conversations.as_ref().map(Vec::len))
        + length(portfolio.decisions.as_ref().map(Vec::len))
        + length(portfolio.promotions.as_ref().map(Vec::len))
        + length(portfolio.mentorships.as_ref().map(Vec::len))
        + length(portfolio.acknowledgements.as_ref().map(Vec::len))
}

pub(super) fn serde_saphyr(text: &str) -> Result<usize, String> {
    // Its budget for hostile files is smaller than a company.
    let options = serde_saphyr::options! { budget: None };
    serde_saphyr::from_str_with_options(text, options)
        .map(|read| items(&read))
        .map_err(|error| error.to_string())
}

pub(super) fn yaml_serde(text: &str) -> Result<usize, String> {
    serde_yaml::from_str(text).map(|read| items(&read)).map_err(|error| error.to_string())
}
