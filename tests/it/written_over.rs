//! No verb writes what it has read: not under another spelling, not through a link, not by standard output.

use crate::gate_kit::{ORG, Place};
use crate::run::{self, program};
use crate::support::file;

const LEXICON: &str = "version: 1\npurposes: {delivery: {anywhere: {en: [planning]}}}\n";

/// A folder with everything that is read, and the ways to say `name`.
fn place(name: &str) -> (Place, Vec<String>) {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    place.write("lexicon.yaml", LEXICON);
    place.write("sub/README", "");
    let people = "id,name,email\nana,Ana,ana@example.org\nbo,Bo,bo@example.org\n";
    place.write("people.csv", people);
    place.write("bo.ics", &file("tests/fixtures/import/bo.ics"));
    let path = place.path().join(name);
    std::fs::hard_link(&path, place.path().join("hard")).expect("linked");
    let mut spellings =
        vec![name.to_owned(), format!("./{name}"), format!("sub/../{name}"), "hard".to_owned()];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(name, place.path().join("soft")).expect("linked");
        spellings.push("soft".to_owned());
    }
    spellings.push(path.to_string_lossy().into_owned());
    (place, spellings)
}

#[test]
fn import_into_what_it_reads() {
    for (name, kind) in [("people.csv", "csv"), ("portfolio.yaml", "backstage")] {
        let (place, spellings) = place(name);
        let before = place.read(name);
        for into in spellings {
            let ran = place.debt(&["import", kind, name, "--into", &into]).exits(2);
            // What is no catalogue is told first.
            assert!(kind == "backstage" || ran.err.contains("this run has read"), "{into}: {}", ran.err);
            assert_eq!(place.read(name), before, "{into}");
        }
    }
    let (place, spellings) = place("lexicon.yaml");
    for into in spellings {
        place.debt(&["import", "ics", "bo.ics", "--lexicon", "lexicon.yaml", "--into", &into]).exits(2);
        assert_eq!(place.read("lexicon.yaml"), LEXICON, "{into}");
    }
}

#[test]
#[cfg(unix)]
fn standard_output_led_into_what_was_read() {
    for (name, command) in [
        ("bo.ics", "audit bo.ics"),
        ("portfolio.yaml", "audit bo.ics --portfolio portfolio.yaml"),
        ("bo.ics", "import ics bo.ics"),
        ("people.csv", "import csv people.csv"),
        ("portfolio.yaml", "score portfolio.yaml"),
        ("portfolio.yaml", "check portfolio.yaml --max-score 1000"),
    ] {
        let (place, spellings) = place(name);
        let before = place.read(name);
        for out in spellings {
            let line = format!("'{}' {command} >> '{out}'", program().display());
            let ran =
                run::bare("sh").args(["-c", &line]).within(place.path()).env("DEBT_TODAY", run::TODAY).end();
            ran.exits(2).says("this run has read");
            assert_eq!(place.read(name), before, "{command} >> {out}");
        }
        // Any other file may get more behind what it holds.
        let line = format!("'{}' {command} >> other", program().display());
        run::bare("sh").args(["-c", &line]).within(place.path()).env("DEBT_TODAY", run::TODAY).end().exits(0);
    }
}
