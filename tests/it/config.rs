//! `debt.yaml`: where it is found, what it fills in, what wins over it, and what a change to it means for the gate.

use crate::gate_kit::{ORG, Place, with};

const LENIENT: &str = "version: 1\nprincipal: {D101: 0.5, D201: 0.5}\n";

#[test]
fn found_in_the_working_folder_or_above_it_up_to_the_root() {
    let Some(place) = Place::repository() else { return };
    place.write("org/people.yaml", ORG);
    place.write("org/policy.yaml", LENIENT);
    place.write("debt.yaml", "paths: [org/people.yaml]\npolicy: org/policy.yaml\n");
    place.write("org/deep/er/here.txt", "");
    let at_root = place.debt(&["score", "--format", "json"]).json();
    let below = place.debt_in("org/deep/er", &["score", "--format", "json"], &[]).json();
    assert_eq!(at_root["score"], below["score"]);
    assert_eq!(at_root["policy_hash"], below["policy_hash"]);
    assert_eq!(at_root["factors"][0]["location"]["file"], "org/people.yaml");
    // The nearest one counts, and nothing of the others.
    place.write("org/deep/debt.yaml", "paths: [../people.yaml]\n");
    let nearer = place.debt_in("org/deep/er", &["score", "--format", "json"], &[]).json();
    assert_ne!(at_root["policy_hash"], nearer["policy_hash"]);
    // What is typed wins, and the configuration is passed over where that is asked for.
    let own = place.debt_in("org", &["score", "people.yaml", "--policy", "essay", "--format", "json"], &[]);
    assert_ne!(own.json()["policy_hash"], at_root["policy_hash"]);
    place.debt(&["score", "--no-config"]).exits(2).says("there is no portfolio.yaml");
}

#[test]
fn above_a_repository_or_without_one_nothing_is_looked_for() {
    let place = Place::plain();
    place.write("debt.yaml", "paths: [people.yaml]\n");
    place.write("people.yaml", ORG);
    place.write("below/portfolio.yaml", "people: [{id: ana}]\n");
    place.debt(&["score"]).exits(0);
    let people = |run: crate::run::Ran| run.json()["score"]["people"].clone();
    assert_eq!(people(place.debt(&["score", "--format", "json"])), 5);
    assert_eq!(people(place.debt_in("below", &["score", "--format", "json"], &[])), 1);
}

#[test]
fn every_verb_takes_it() {
    let Some(place) = Place::repository() else { return };
    place.write("org/people.yaml", ORG);
    place.write("debt.yaml", "paths: [org]\nprivacy: pseudonyms\n");
    let key = [("DEBT_PSEUDONYM_KEY", "a key that nobody knows")];
    for verb in [
        &["score"][..],
        &["check", "--max-score", "100"],
        &["plan"],
        &["what-if", "--leaves", "ana"],
        &["lines"],
    ] {
        let ran = place.debt_in(".", verb, &key).exits(0);
        assert!(!ran.out.contains("bo-ana") && !ran.out.contains(" bo "), "{verb:?}\n{}", ran.out);
    }
    // An explicit level wins.
    let named = place.debt(&["score", "--privacy", "names"]).exits(0);
    assert!(named.out.contains("bo"), "{}", named.out);
    place.debt(&["explain", "D101:meeting:bo-ana", "--privacy", "names"]).exits(0);
    place.debt(&["explain", "D101"]).exits(0);
    let fixed = place.debt(&["fix", "split:meeting:bo-ana"]).exits(0);
    assert!(fixed.out.contains("org/people.yaml"), "{}", fixed.out);
    // A path of the configuration need not be typed again.
    let hinted = place.debt(&["explain", "D201:person:gus", "--privacy", "names"]).exits(0);
    assert!(hinted.out.contains("debt fix name-craft-owner:person:gus --to PERSON\n"), "{}", hinted.out);
}

#[test]
fn never_part_of_a_portfolio_in_a_folder() {
    let Some(place) = Place::repository() else { return };
    place.write("org/people.yaml", ORG);
    place.write("org/debt.yaml", "policy: essay\n");
    place.commit("first");
    place.debt(&["score", "org"]).exits(0);
    place.debt(&["check", "org", "--against", "main"]).exits(0);
    place.debt(&["check", "org", "--staged", "--against", "main"]).exits(0);
    place.debt_in("org", &["score", "."], &[]).exits(0);
}

#[test]
fn errors_have_a_place_and_say_what_to_type() {
    let place = Place::plain();
    place.write("people.yaml", ORG);
    for (text, says) in [
        ("path: [people.yaml]\n", "did you mean `paths`?"),
        ("paths: people.yaml\n", "expected a list"),
        ("paths: []\n", "expected at least one path"),
        ("paths: ['-']\n", "standard input is no path of a configuration"),
        ("privacy: pseudonym\n", "did you mean `pseudonyms`?"),
        ("id: two words\n", "expected an id"),
        ("id: a\nid: b\n", "duplicate key `id`"),
        ("people: [{id: ana}]\n", "`people` belongs to a portfolio, and debt.yaml is the configuration"),
        ("- people.yaml\n", "expected keys"),
        ("paths: [\n", "invalid YAML"),
    ] {
        place.write("debt.yaml", text);
        place.debt(&["score"]).exits(2).says(says).says("debt.yaml:");
        let json = place.debt(&["score", "--format", "json"]).exits(2);
        let errors: serde_json::Value = serde_json::from_str(&json.err).expect("JSON");
        assert_eq!(errors["errors"][0]["location"]["file"], "debt.yaml", "{text}");
        place.debt(&["score", "people.yaml", "--no-config"]).exits(0);
        place.debt(&["schema", "config"]).exits(0);
    }
    place.write("debt.yaml", "");
    place.debt(&["score", "people.yaml"]).exits(0);
    place.write("debt.yaml", "paths: [gone.yaml]\n");
    place.debt(&["score"]).exits(2).says("gone.yaml");
    place.write("debt.yaml", "path: [secret-people.yaml]\n");
    let withheld = place.debt(&["score", "--privacy", "aggregate"]).exits(2);
    assert!(!withheld.err.contains("secret"), "{}", withheld.err);
}

/// A repository whose configuration names a strict policy, and a lenient one that nobody uses yet.
fn configured() -> Option<Place> {
    let place = Place::repository()?;
    place.write("org/people.yaml", ORG);
    place.write("strict.yaml", "version: 1\nprincipal: {D101: 4}\n");
    place.write("lenient.yaml", LENIENT);
    place.write("debt.yaml", "paths: [org]\npolicy: strict.yaml\n");
    place.commit("first");
    Some(place)
}

#[test]
fn another_policy_is_looser_like_any_other() {
    let Some(place) = configured() else { return };
    place.debt(&["check", "--against", "main", "--fail-on", "rise,loosened"]).exits(0);
    for change in ["paths: [org]\npolicy: lenient.yaml\n", "paths: [org]\npolicy: essay\n"] {
        place.write("debt.yaml", change);
        let loosened = place.change(&["--against", "main"])["loosened"].clone();
        let count = loosened.as_array().expect("a list").len();
        assert!(count > 0 || change.contains("essay"), "{change}: {loosened}");
    }
    place.write("debt.yaml", "paths: [org]\npolicy: lenient.yaml\n");
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(1);
    // The same where the policy's own file is edited.
    place.write("debt.yaml", "paths: [org]\npolicy: strict.yaml\n");
    place.write("strict.yaml", LENIENT);
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(1);
}

#[test]
fn a_policy_that_was_there_unused_did_not_count() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("lenient.yaml", LENIENT);
    place.commit("a policy that nobody uses");
    place.write("debt.yaml", "policy: lenient.yaml\n");
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(1);
    place.write("debt.yaml", "");
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(0);
}

#[test]
fn what_a_configuration_drops_is_still_compared() {
    let Some(place) = Place::repository() else { return };
    place.write("one.yaml", ORG);
    place.write(
        "more/two.yaml",
        "decisions:\n  - {id: late, owner: dee, raised: 2026-06-01, due: 2026-07-01}\n",
    );
    place.write("debt.yaml", "paths: [one.yaml, more]\npolicy: essay\n");
    place.commit("first");
    let from = place.change(&["--against", "main"])["from_mp"].clone();
    // The base is read as its own configuration says, whatever the new one leaves out.
    place.write("debt.yaml", "paths: [one.yaml]\npolicy: essay\n");
    assert_eq!(place.change(&["--against", "main"])["from_mp"], from);
    std::fs::remove_file(place.path().join("debt.yaml")).expect("it is there");
    let typed = place.change(&["one.yaml", "--against", "main"]);
    assert_ne!(typed["from_mp"], from, "paths that are typed are those of the base too");
    place.write("portfolio.yaml", &place.read("one.yaml"));
    assert_eq!(place.change(&["--against", "main"])["from_mp"], from);
    // A first configuration changes nothing by itself.
    let Some(place) = Place::committed(ORG) else { return };
    place.write("debt.yaml", "paths: [portfolio.yaml]\n");
    place.debt(&["check", "--against", "main"]).exits(0);
    place.write("portfolio.yaml", &with(ORG, "id: gus, squad", "id: gus, name: G, squad"));
    place.debt(&["check", "--against", "main"]).exits(0);
}
