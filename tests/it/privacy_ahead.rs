//! No text of a portfolio gets into what looks back or ahead: in every format, in every mode, for texts that do not read
//! as well.

use std::fs;
use std::path::Path;

use debt::render::forecast::FORECAST_FORMATS;
use debt::render::history::HISTORY_FORMATS;
use debt::render::own::Own;
use debt::render::sensitivity::SENSITIVITY_FORMATS;
use proptest::prelude::*;

use crate::needs;
use crate::privacy_portfolio::{MARK, Shape, id, opened, shapes};
use crate::privacy_run::{clean, debt, folder, in_every_format};
use crate::run;
use crate::support::cases;

const MODES: [&[&str]; 5] = [
    &["--privacy", "pseudonyms"],
    &["--privacy", "pseudonyms", "--no-locations"],
    &["--privacy", "roles"],
    &["--privacy", "aggregate", "--min-group", "2"],
    &["--privacy", "aggregate"],
];

fn names<D>(formats: &[Own<D>]) -> Vec<&'static str> {
    formats.iter().map(|format| format.name).collect()
}

fn commit(place: &Path, text: &str) {
    fs::write(place.join("portfolio.yaml"), text).expect("written");
    let git = |arguments: &[&str]| run::git().within(place).args(arguments).end().ok();
    git(&["add", "portfolio.yaml"]);
    git(&["commit", "--quiet", "-m", "m"]);
}

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn no_text_in_a_forecast(shape in shapes()) {
        let folder = folder(&opened(shape));
        let place = folder.path();
        let told = in_every_format(place, &names(FORECAST_FORMATS), &["forecast", "--top", "0"]);
        prop_assert_eq!(told.status, 0, "{}", told.err);
        prop_assert!(told.all().any(|(_, text)| text.contains(MARK)));
        let person = id("person", 0);
        for mode in MODES {
            let forecast = ["forecast", "--top", "0", "--weeks", "60", "--max-score", "1"];
            let said = in_every_format(place, &names(FORECAST_FORMATS), &[&forecast[..], mode].concat());
            prop_assert_eq!(said.status, 0, "{}", said.err);
            prop_assert_eq!(said.files.len(), FORECAST_FORMATS.len());
            clean(&said, "forecast");
            let act = format!("hold:meeting:{person}");
            clean(&debt(place, &[&["forecast", "--do", &act], mode].concat()), "no such act");
        }
    }

    #[test]
    fn no_text_in_how_far_weights_matter(shape in shapes()) {
        let folder = folder(&opened(shape));
        let arguments = ["sensitivity", "--runs", "20", "--top", "0"];
        let told = in_every_format(folder.path(), &names(SENSITIVITY_FORMATS), &arguments);
        prop_assert_eq!(told.status, 0, "{}", told.err);
        prop_assert!(told.all().any(|(_, text)| text.contains(MARK)));
        for mode in MODES {
            for by in ["squad", "guild"] {
                let all = [&arguments[..], &["--by", by], mode].concat();
                let said = in_every_format(folder.path(), &names(SENSITIVITY_FORMATS), &all);
                prop_assert_eq!(said.status, 0, "{}", said.err);
                prop_assert_eq!(said.files.len(), SENSITIVITY_FORMATS.len());
                clean(&said, "sensitivity");
            }
        }
    }

    #[test]
    fn no_text_in_what_is_for_one_person(shape in shapes()) {
        let folder = folder(&opened(shape));
        let place = folder.path();
        let person = id("person", 0);
        let own = ["score", "--for", &person];
        prop_assert!(debt(place, &own).out.contains(MARK));
        fs::write(place.join("kept.json"), debt(place, &["score", "--format", "json"]).out).expect("written");
        for mode in MODES {
            let alone = mode[1] == "pseudonyms";
            for format in ["table", "json", "markdown"] {
                let said = debt(place, &[&own[..], &["--format", format], mode].concat());
                prop_assert_eq!(said.status, if alone { 0 } else { 2 }, "{}", said.err);
                clean(&said, "for");
            }
            for format in ["markdown", "json", "ics"] {
                let said = debt(place, &[&["agenda", "--owner", &person, "--format", format], mode].concat());
                prop_assert_eq!(said.status, if alone { 0 } else { 2 }, "{}", said.err);
                clean(&said, "agenda");
            }
            for format in ["markdown", "json", "email", "slack"] {
                for since in [&[][..], &["--since", "kept.json"]] {
                    let digest = ["digest", "--owner", &person, "--format", format];
                    let said = debt(place, &[&digest[..], since, mode].concat());
                    prop_assert_eq!(said.status, if alone { 0 } else { 2 }, "{}", said.err);
                    clean(&said, "digest");
                }
            }
            clean(&debt(place, &[&["agenda", "--owner", &format!("{person}x")], mode].concat()), "nobody");
            clean(&debt(place, &[&["digest", "--owner", &person, "--since", "portfolio.yaml"], mode].concat()), "no report");
        }
    }

    #[test]
    fn no_text_in_a_history(shape in shapes()) {
        if needs::GIT.there().is_none() {
            return Ok(());
        }
        let folder = folder("");
        let place = folder.path();
        run::git().within(place).args(["init", "--quiet", "--initial-branch=main"]).end().ok();
        commit(place, &opened(Shape { seed: shape.seed ^ 1, ..shape }));
        commit(place, &format!("people: [{{id: {MARK}ana, x: {MARK}}}]\n"));
        commit(place, &opened(shape));
        fs::write(place.join("portfolio.yaml"), opened(shape).replace(MARK, &format!("{MARK}x"))).expect("written");
        let history = ["history", "--every", "day", "--since", "2026-01-01", "--top", "0"];
        let told = in_every_format(place, &names(HISTORY_FORMATS), &history);
        prop_assert_eq!(told.status, 0, "{}", told.err);
        prop_assert!(told.all().any(|(_, text)| text.contains(MARK)));
        let squad = id("squad", 0);
        for mode in MODES {
            let said = in_every_format(place, &names(HISTORY_FORMATS), &[&history[..], mode].concat());
            prop_assert_eq!(said.status, 0, "{}", said.err);
            prop_assert_eq!(said.files.len(), HISTORY_FORMATS.len());
            clean(&said, "history");
            let why = in_every_format(place, &names(HISTORY_FORMATS), &[&["history", "--why", "--every", "commit"], mode].concat());
            clean(&why, "why");
            clean(&debt(place, &[&["history", "--squad", &squad], mode].concat()), "a squad");
            clean(&debt(place, &[&["history", "--squad", &format!("{squad}x")], mode].concat()), "no such squad");
            clean(&debt(place, &[&["history", "--strict", "--every", "day", "--since", "2026-01-01"], mode].concat()), "strict");
            clean(&debt(place, &[&["history", &format!("{MARK}none.yaml"), "--no-locations"], mode].concat()), "no such file");
        }
        // What was kept with names shows none of them where names are withheld.
        fs::write(place.join("kept.json"), debt(place, &["score", "--format", "json"]).out).expect("written");
        for mode in MODES {
            let said = in_every_format(place, &names(HISTORY_FORMATS), &[&["history", "--reports", "kept.json"], mode].concat());
            prop_assert_eq!(said.status, 0, "{}", said.err);
            clean(&said, "kept");
            clean(&debt(place, &[&["score", "--format", "html", "--history", "kept.json"], mode].concat()), "trend");
        }
    }
}
