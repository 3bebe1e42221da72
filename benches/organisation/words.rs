//! The words of the generated organisation.

use debt::base::day::Day;

use super::pick;

/// The keys that a portfolio has once.
pub(super) const HEAD: &str = "\
# A made-up organisation, written by benches/generate.rs.
version: 1
name: Northquay
as_of: 2026-11-20
describes: [context, escalations, peers, lanes]

hr_system:
  name: PeopleBase
  shows: [delivery]

policy:
  grace_days: 14
  interest: {weekly_percent: 5, cap: 5}
";

const GIVEN: [&str; 24] = [
    "Ana", "Bo", "Cy", "Dara", "Elif", "Fay", "Gus", "Hana", "Idris", "Jon", "Kofi", "Lena", "Mateo", "Nia",
    "Omar", "Pia", "Ravi", "Sol", "Tess", "Ülkü", "Vera", "Wen", "Yuki", "Zoé",
];
const FAMILY: [&str; 20] = [
    "Souza",
    "Lindqvist",
    "Mensah",
    "Chea",
    "Demir",
    "Nguyen",
    "Okafor",
    "Kim",
    "Bello",
    "Eriksen",
    "Boateng",
    "Vogt",
    "Ruiz",
    "Adeyemi",
    "Haddad",
    "Rossi",
    "Iyer",
    "Muñoz",
    "de Vries",
    "Kowalska",
];
const THEMES: [&str; 16] = [
    "ledger",
    "checkout",
    "payouts",
    "search",
    "catalog",
    "returns",
    "pricing",
    "identity",
    "billing",
    "messaging",
    "routing",
    "claims",
    "onboarding",
    "reporting",
    "fraud",
    "storefront",
];

/// Somebody's name.
pub(super) fn name(person: usize) -> String {
    format!("{} {}", pick(20, person, &GIVEN), pick(21, person, &FAMILY))
}

/// Somebody's id.
pub(super) fn id(person: usize) -> String {
    let plain = |letter: char| match letter {
        'Ü' | 'ü' => 'u',
        'é' => 'e',
        'ñ' => 'n',
        ' ' => '-',
        other => other.to_ascii_lowercase(),
    };
    let given: String = pick(20, person, &GIVEN).chars().map(plain).collect();
    format!("{given}.{person}")
}

/// A squad's id.
pub(super) fn squad(squad: usize) -> String {
    format!("{}-{squad}", THEMES[squad % THEMES.len()])
}

/// The day this many days before the scored day, 2026-11-20.
pub(super) fn ago(days: usize) -> Day {
    const SCORED: i64 = 20_777;
    let days = i64::try_from(days).expect("days are few");
    Day::from_epoch_days(SCORED - days).expect("a day of this century")
}

/// What success looks like, for a squad.
pub(super) const SUCCESS: [&str; 6] = [
    "Nine in ten people are done within twenty seconds, on any phone",
    "Every balance is right to the cent, and settled within a minute",
    "Whoever is on call sleeps through nine nights in ten",
    "A new team is live on the platform within a day, without asking anybody",
    "What was promised for the quarter is in the hands of people who pay for it",
    "Fewer than three in a thousand orders come back for a reason that we could have known",
];

/// What is not negotiable.
pub(super) const CONSTRAINTS: [&str; 6] = [
    "No card data leaves the vault",
    "Works with a screen reader",
    "Nothing is deleted that an auditor may ask for",
    "Two people look at every change",
    "The budget for vendors stays where it is",
    "No release on a Friday",
];

/// What has been decided.
pub(super) const CLOSED: [&str; 5] = [
    "We stay on PostgreSQL",
    "One page for web and mobile",
    "Events, not nightly files",
    "Build it, do not buy it",
    "The old importer goes in spring",
];

/// What talks and decisions are about.
pub(super) const TOPICS: [&str; 8] = [
    "What is still missing for the next level",
    "The migration and its two missed dates",
    "Who settles API reviews",
    "The band for this level",
    "On-call after the leave",
    "What keeps them here: the work, and who it is with",
    "Leading the rewrite",
    "One cut-off for all regions",
];
