//! No id, name, title, topic, reason, alias or other text of a portfolio gets into any byte of any output under
//! pseudonyms or in an aggregate: in every format, from every verb, in errors and warnings too.

use std::fs;

use clap::Command;
use debt::render::FORMATS;
use debt::render::plan::PLAN_FORMATS;
use proptest::prelude::*;

use crate::privacy_portfolio::{MARK, Shape, id, portfolio, shapes};
use crate::privacy_run::{Said, clean, debt, folder, score_in_every_format};
use crate::support::cases;

const MODES: [&[&str]; 4] = [
    &["--privacy", "pseudonyms"],
    &["--privacy", "pseudonyms", "--no-locations"],
    &["--privacy", "aggregate", "--min-group", "2"],
    &["--privacy", "aggregate"],
];

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn no_text_of_a_portfolio_in_any_format(shape in shapes()) {
        let folder = folder(&portfolio(shape));
        let told = score_in_every_format(folder.path(), &["--top", "0"]);
        prop_assert_eq!(told.status, 0, "{}", told.err);
        prop_assert!(told.all().any(|(_, text)| text.contains(MARK)), "the search finds the mark where it is");
        for mode in MODES {
            let by = ["group", "squad", "guild", "owner", "coverage"][usize::try_from(shape.seed % 5).expect("small")];
            let said = score_in_every_format(folder.path(), &[mode, &["--top", "0", "--by", by]].concat());
            prop_assert_eq!(said.status, 0, "{}", said.err);
            prop_assert_eq!(said.files.len(), FORMATS.len());
            clean(&said, "score");
            let squad = id("squad", 0);
            clean(&score_in_every_format(folder.path(), &[mode, &["--squad", &squad]].concat()), "a part");
            clean(&debt(folder.path(), &[&["score", "--format", "json", "--squad", &format!("{squad}x")], mode].concat()), "no such part");
        }
    }

    #[test]
    fn nothing_made_from_an_id_without_the_key(shape in shapes()) {
        let (mine, other) = (folder(&portfolio(shape)), folder(&portfolio(Shape { seed: shape.seed ^ 1, ..shape })));
        let hashes = |said: &Said| -> std::collections::BTreeSet<String> {
            let words = said.all().flat_map(|(_, text)| text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_owned).collect::<Vec<_>>());
            words.filter(|word| word.len() >= 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit())).collect()
        };
        // What stands in both (a policy's hash, a style's) is made from no id.
        let named = hashes(&score_in_every_format(mine.path(), &["--top", "0"]));
        let everywhere = hashes(&score_in_every_format(other.path(), &["--top", "0"]));
        let secret: Vec<&String> = named.difference(&everywhere).collect();
        for mode in MODES {
            let shown = hashes(&score_in_every_format(mine.path(), &[mode, &["--top", "0"]].concat()));
            prop_assert!(!secret.iter().any(|hash| shown.contains(*hash)), "a hash of an id needs no key");
        }
    }

    #[test]
    fn no_text_in_an_explanation(shape in shapes()) {
        let folder = folder(&portfolio(shape));
        let report = debt(folder.path(), &["score", "--format", "json"]).json();
        let ids = report["factors"].as_array().expect("a list").iter().map(|factor| factor["id"].as_str().expect("text").to_owned());
        for id in ids.step_by(9) {
            for mode in MODES {
                let said = debt(folder.path(), &[&["explain", id.as_str(), "portfolio.yaml"], mode].concat());
                prop_assert_eq!(said.status, if mode[1] == "pseudonyms" { 0 } else { 2 }, "{}", said.err);
                clean(&said, "explain");
                clean(&debt(folder.path(), &[&["explain", &format!("{id}x"), "portfolio.yaml"], mode].concat()), "explain what is not there");
                clean(&debt(folder.path(), &[&["explain", id.as_str(), "portfolio.yaml", "--format", "json"], mode].concat()), "explain as JSON");
            }
        }
    }
}

/// A sound portfolio, and one line at a time that is not.
fn broken() -> Vec<(&'static str, String)> {
    let base = format!(
        "name: {MARK} P\npeople:\n  - {{id: {MARK}ana, name: {MARK} Ana, squad: {MARK}one}}\n  - {{id: {MARK}bo}}\nsquads:\n  - {{id: {MARK}one, lead: {MARK}bo}}\n"
    );
    let with = |more: &str| format!("{base}{}\n", more.replace('@', MARK));
    let mut list = vec![
        ("near miss of an id", with("guilds: [{id: @g, lead: @anna}]")),
        ("far from any id", with("guilds: [{id: @g, lead: @somebody-else-entirely}]")),
        ("id of another section", with("guilds: [{id: @g, lead: @one}]")),
        ("unknown section", with("@section: [@x]")),
        ("unknown key", with("guilds: [{id: @g, @key: 1}]")),
        ("unknown word", with("meetings: [{owner: @ana, with: @bo, kind: @kind}]")),
        ("derived id twice", with("meetings: [{owner: @ana, with: @bo}, {owner: @ana, with: @bo}]")),
        ("alias twice", with("guilds: [{id: @g}, {id: @h, aliases: [@g]}]")),
        ("id twice", with("guilds: [{id: @g}, {id: @g}]")),
        ("key twice", with("guilds: [{id: @g, id: @h}]")),
        ("section twice", with("people: [{id: @cy}]")),
        ("not an id", with("guilds: [{id: @ g}]")),
        ("not a date", with("decisions: [{id: @d, owner: @ana, raised: @day}]")),
        ("date order", with("decisions: [{id: @d, owner: @ana, raised: 2026-05-05, due: 2026-04-04}]")),
        ("in the future", with("decisions: [{id: @d, owner: @ana, raised: 2030-05-05}]")),
        (
            "not a number",
            with("guilds: [{id: @g, lanes: [{track: warrant, levels: [{level: @l, pay: @p}]}]}]"),
        ),
        ("a list for a text", with("hr_system: {name: [@hr]}")),
        ("a mapping for a list", with("guilds: {@g: {lead: @ana}}")),
        ("text for a list", with("guilds: @g")),
        ("missing key", with("decisions: [{id: @d}]")),
        (
            "acknowledges no rule",
            with(
                "acknowledgements: [{factor: \"@:meeting:@\", reason: @, named_on: 2026-11-01, through: 2026-11-02}]",
            ),
        ),
        (
            "acknowledges no type",
            with(
                "acknowledgements: [{factor: \"D101:@:@\", reason: @, named_on: 2026-11-01, through: 2026-11-02}]",
            ),
        ),
        (
            "acknowledges nothing",
            with(
                "acknowledgements: [{factor: \"D101 @\", reason: @, named_on: 2026-11-01, through: 2026-11-02}]",
            ),
        ),
        ("policy of no rule", with("policy: {principal: {@D101: 3}, disable: [@D102]}")),
        ("not YAML", with("guilds: [{id: @g, name: @ \"x\": y}")),
        ("no such anchor", with("hr_system: {name: *@anchor}")),
        ("a tag", with("hr_system: {name: !@tag x}")),
        ("a tag without its handle", with("hr_system: {name: !@!tag x}")),
        ("merge key", with("hr_system: {<<: {name: @hr}}")),
        ("a hidden character", with("hr_system: {name: \"@\u{202E}hr\"}")),
        ("a second document", with("---\nname: @two")),
        (
            "everything in one line",
            format!("{{people: [{{id: {MARK}ana, nam: {MARK} Ana}}], @: 1}}").replace('@', MARK),
        ),
        ("not a mapping", format!("- {MARK}\n")),
        ("a single text", format!("{MARK}\n")),
        ("deep", format!("people: {}{MARK}{}", "[".repeat(50), "]".repeat(50))),
        ("long", format!("people: [{{id: x, name: {}}}]", MARK.repeat(40_000))),
    ];
    list.push(("nobody is there yet", format!("people: [{{id: {MARK}ana, started: 2027-01-01}}]\n")));
    list
}

#[test]
fn no_text_in_an_error() {
    for (what, text) in broken() {
        let folder = folder(&text);
        let told = debt(folder.path(), &["score"]);
        assert_eq!(told.status, 2, "{what} is an error");
        for mode in MODES {
            for format in ["table", "json"] {
                let said = debt(folder.path(), &[&["score", "--format", format], mode].concat());
                assert_eq!((said.status, said.out.as_str()), (2, ""), "{what}: {}", said.err);
                assert!(
                    said.err.contains(if format == "json" { "\"code\"" } else { "error" }),
                    "{what}: {}",
                    said.err
                );
                clean(&said, what);
            }
            for format in ["text", "json"] {
                let explain = ["explain", "D101", "portfolio.yaml", "--format", format];
                clean(&debt(folder.path(), &[&explain[..], mode].concat()), what);
            }
            clean(
                &debt(folder.path(), &[&["explain", "D101:meeting:x", "portfolio.yaml"], mode].concat()),
                what,
            );
        }
    }
}

#[test]
fn an_error_still_says_what_and_where() {
    let folder =
        folder(&format!("people:\n  - {{id: {MARK}ana, squad: {MARK}led}}\nsquads: [{{id: {MARK}led1}}]\n"));
    insta::assert_snapshot!(debt(folder.path(), &["score", "--privacy", "pseudonyms"]).err, @r"
    error[unknown-id]: unknown squad `(withheld)`
    --> portfolio.yaml:2:25
     = note: expected the id of a squad

    The content of the files is hidden; use --privacy names without --no-locations to see it.
    ");
    insta::assert_snapshot!(debt(folder.path(), &["score", "--privacy", "aggregate"]).err, @r"
    error[unknown-id]: unknown squad `(withheld)`
    --> file 1:2:25
     = note: expected the id of a squad

    The content of the files is hidden; use --privacy names without --no-locations to see it.
    ");
    insta::assert_snapshot!(debt(folder.path(), &["score", "--privacy", "pseudonyms", "--no-locations"]).err, @r"
    error[unknown-id]: unknown squad `(withheld)`
     |
     = note: expected the id of a squad

    The content of the files is hidden; use --privacy names without --no-locations to see it.
    ");
    insta::assert_snapshot!(
        debt(folder.path(), &["score", "--privacy", "aggregate", "--format", "json"]).err,
        @r#"{"schema_version":1,"errors":[{"code":"unknown-id","message":"unknown squad `(withheld)`","location":{"file":"file 1","line":2,"column":25},"expected":"expected the id of a squad","help":null,"also":null}],"omitted":0}"#
    );
}

#[test]
fn names_of_files_are_withheld_where_asked_for() {
    let folder = folder("");
    let file = format!("{MARK}-people.yaml");
    for text in [
        portfolio(Shape { seed: 7, people: 20, squads: 3, guilds: 2 }),
        format!("people: [{{id: {MARK}, x: 1}}]"),
    ] {
        fs::write(folder.path().join(&file), text).expect("a file");
        for mode in &MODES[1..] {
            clean(
                &score_in_every_format(folder.path(), &[&[file.as_str()], *mode].concat()),
                "a file's name",
            );
            clean(
                &score_in_every_format(
                    folder.path(),
                    &[&[file.as_str(), "--format", "json"], *mode].concat(),
                ),
                "a file's name",
            );
        }
    }
    let missing = format!("{MARK}-gone.yaml");
    clean(&debt(folder.path(), &[&["score", &missing], MODES[1]].concat()), "a file that is not there");
    let stays = debt(folder.path(), &[&["score", file.as_str()], MODES[0]].concat());
    assert!(stays.err.contains(&file), "files stay under pseudonyms: {}", stays.err);
}

fn takes(verb: &Command, argument: &str) -> bool {
    verb.get_arguments().any(|one| one.get_id() == argument)
}

/// Verbs that show the text of the portfolio itself, as a diff, to whoever is to change it.
const OF_THE_TEXT_ITSELF: [&str; 3] = ["fix", "lsp", "sync"];

/// What shows calendars and HR exports to whoever has them: their text is the point.
const OF_FOREIGN_FILES: [&str; 2] = ["audit", "import"];

/// Whatever verb there is: one that reads a portfolio takes `--privacy`, and tells nothing under it.
#[test]
fn no_text_from_any_verb() {
    let mut command = debt::cli::command();
    command.build();
    let folder = folder(&portfolio(Shape { seed: 11, people: 24, squads: 3, guilds: 3 }));
    fs::write(
        folder.path().join("old.yaml"),
        portfolio(Shape { seed: 12, people: 24, squads: 3, guilds: 3 }),
    )
    .expect("a file");
    fs::write(folder.path().join("wrong.yaml"), format!("people: [{{id: {MARK}ana, x: {MARK}}}]"))
        .expect("a file");
    let mut verbs = 0;
    for verb in command.get_subcommands().filter(|verb| takes(verb, "as_of") || takes(verb, "privacy")) {
        let name = verb.get_name();
        if OF_FOREIGN_FILES.contains(&name) || OF_THE_TEXT_ITSELF.contains(&name) {
            continue;
        }
        assert!(takes(verb, "privacy"), "`debt {name}` reads a portfolio and does not take --privacy");
        verbs += 1;
        for mode in MODES {
            for paths in [
                &["portfolio.yaml"][..],
                &["old.yaml", "portfolio.yaml"],
                &["wrong.yaml"],
                &["old.yaml", "wrong.yaml"],
            ] {
                clean(&debt(folder.path(), &[&[name], paths, mode].concat()), name);
                if takes(verb, "format") {
                    for format in FORMATS {
                        clean(
                            &debt(
                                folder.path(),
                                &[&[name], paths, &["--format", format.name], mode].concat(),
                            ),
                            name,
                        );
                    }
                }
            }
        }
    }
    assert!(verbs >= 2, "score and explain read a portfolio");
}

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn no_text_in_a_plan_or_in_what_is_supposed(shape in shapes()) {
        let folder = folder(&portfolio(Shape { people: 10, ..shape }));
        let plan = |mode: &[&str]| {
            let targets: Vec<String> =
                PLAN_FORMATS.iter().map(|format| format!("{0}:out.{0}", format.name)).collect();
            let mut all = vec!["plan", "--budget", "20m", "--top", "0"];
            all.extend(targets.iter().flat_map(|target| ["--output", target.as_str()]));
            all.extend(mode);
            let mut said = debt(folder.path(), &all);
            for format in PLAN_FORMATS {
                let text = fs::read_to_string(folder.path().join(format!("out.{}", format.name)));
                said.files.extend(text.ok().map(|text| (format.name, text)));
            }
            said
        };
        prop_assert!(plan(&[]).all().any(|(_, text)| text.contains(MARK)));
        let person = id("person", 0);
        for mode in MODES {
            let said = plan(mode);
            prop_assert_eq!(said.status, 0, "{}", said.err);
            clean(&said, "plan");
            clean(&debt(folder.path(), &[&["plan", "--owner", &format!("{person}x")], mode].concat()), "no such owner");
            clean(&debt(folder.path(), &[&["plan", "--skip", &format!("hold:meeting:{person}")], mode].concat()), "no such act");
            let set = format!("person:{person}.left=2026-11-01");
            for what in [["--leaves", &person], ["--set", &set], ["--do", &format!("hold:meeting:{person}")]] {
                clean(&debt(folder.path(), &[&["what-if"], &what[..], mode].concat()), "what-if");
            }
        }
    }
}
