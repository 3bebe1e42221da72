//! `debt audit`: labels, evidence, formats, and what it says beside a portfolio.

use std::collections::BTreeMap;
use std::fs;

use debt::import::ics::label::{Label, of_title};
use debt::import::lexicon::Lexicon;

use super::import_support::{debt, fixture};

/// Of so many titles with a label: how many were given it rightly, how many wrongly, and how many missed.
#[derive(Clone, Copy, Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Precision and recall of a list of titles, a line a label, and every title that was mistaken.
fn measured(titles: &str, least_precision: usize) -> String {
    let lexicon = Lexicon::new();
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut mistaken = Vec::new();
    for line in titles.lines() {
        let (title, expected) = line.split_once('\t').expect("two columns");
        let expected =
            Label::ALL.iter().map(|label| label.word()).find(|word| *word == expected).expect("a label");
        let given = of_title(title, &lexicon).word();
        if given == expected {
            counts.entry(given).or_default().right += 1;
        } else {
            counts.entry(given).or_default().wrong += 1;
            counts.entry(expected).or_default().missed += 1;
            mistaken.push(format!("{title}: {given}, not {expected}"));
        }
    }
    // What only a person can say is not measured.
    let by_words = [Label::Delivery, Label::Craft, Label::Conflated, Label::Unlabelled];
    let rows = by_words.iter().map(|label| {
        let Counts { right, wrong, missed } = counts.get(label.word()).copied().unwrap_or_default();
        let per_mille = |of: usize| (right * 1000).checked_div(of).unwrap_or(0);
        let precision = per_mille(right + wrong);
        assert!(precision >= least_precision || *label == Label::Unlabelled, "{label:?}: {mistaken:#?}");
        let titles = right + missed;
        format!(
            "{:<10} {titles:>3} titles, precision {precision:>4}, recall {:>4} (per mille)",
            label.word(),
            per_mille(titles)
        )
    });
    let mut table: Vec<String> = rows.collect();
    table.extend(mistaken);
    table.join("\n")
}

#[test]
fn titles_get_the_label_that_a_careful_person_gives_them() {
    let titles = fs::read_to_string(fixture("titles.tsv")).expect("it is there");
    assert!(titles.lines().count() >= 200);
    insta::assert_snapshot!("titles", measured(&titles, 950));
    // Written after the lexicon, and never used to change it: what holds for titles that it has not seen.
    let unseen = fs::read_to_string(fixture("titles_unseen.tsv")).expect("it is there");
    insta::assert_snapshot!("titles_unseen", measured(&unseen, 900));
}

#[test]
fn no_title_of_the_samples_is_labelled_wrongly() {
    let Some(folder) = super::import_support::shared("ics") else { return };
    let lexicon = Lexicon::new();
    let mut titles = 0;
    for row in super::import_support::rows(&folder) {
        let bytes = fs::read(folder.join(&row["file"])).expect("it is there");
        let text = debt::source::foreign::decode(bytes, None).text;
        for title in text.lines().filter_map(|line| line.strip_prefix("SUMMARY")) {
            titles += 1;
            // None of them says delivery or craft to a careful person.
            assert_eq!(of_title(title, &lexicon), Label::Unlabelled, "{title} in {}", row["file"]);
        }
    }
    assert!(titles > 80, "{titles}");
}

fn bo() -> String {
    fixture("bo.ics").display().to_string()
}

#[test]
fn a_table_for_a_person() {
    let (status, out, errors) = debt(&["audit", &bo()]).parts();
    assert_eq!((status, errors.as_str()), (0, ""));
    insta::assert_snapshot!(out.replace(&bo(), "bo.ics"));
    let (_, out, _) = debt(&["audit", &bo(), "--explain", "--me", "Bo@example.org"]).parts();
    insta::assert_snapshot!(out.replace(&bo(), "bo.ics"));
}

#[test]
fn the_other_formats() {
    for format in ["json", "csv", "markdown"] {
        let (status, out, _) = debt(&["audit", &bo(), "--format", format]).parts();
        assert_eq!(status, 0);
        insta::assert_snapshot!(format, out.replace(&bo(), "bo.ics"));
    }
}

#[test]
fn a_portfolio_settles_owners_and_names_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let portfolio = folder.path().join("portfolio.yaml");
    let text = "people:\n  - {id: bo, aliases: [bo@example.org], squad: a, guild: g}\n  - {id: ana, name: 'Souza, Ana', squad: a, guild: g}\n  - {id: gus, squad: a}\n  - {id: lena, name: Lena Vogt, squad: a}\n  - {id: cy, name: Cy Mensah}\n  - {id: dee, external: true}\nsquads: [{id: a, lead: bo, escalates_to: dee}]\nguilds: [{id: g, lead: cy}]\n";
    fs::write(&portfolio, text).expect("written");
    let portfolio = portfolio.display().to_string();
    let (status, out, errors) =
        debt(&["audit", &bo(), "--portfolio", &portfolio, "--format", "json"]).parts();
    assert_eq!(status, 0, "{errors}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    let owners: Vec<_> = report["one_on_ones"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["owner"].as_str(), row["owner_guessed"].as_bool()))
        .collect();
    assert_eq!(
        owners[..3],
        [
            (Some("bo@example.org"), Some(false)),
            (Some("bo@example.org"), Some(false)),
            (Some("cy@example.org"), Some(false))
        ]
    );
    let missing: Vec<_> = report["missing"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| format!("{} {}", row["owner_label"], row["with_label"]))
        .collect();
    assert_eq!(missing, ["\"bo\" \"Lena Vogt\"", "\"dee\" \"bo\""]);
}

#[test]
fn a_lexicon_of_ones_own_is_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = folder.path().join("words.yaml");
    fs::write(&words, "purposes: {craft: {title: {en: [catch up]}}}\n").expect("written");
    let path = words.display().to_string();
    let (status, out, _) = debt(&["audit", &bo(), "--lexicon", &path]).parts();
    assert!(status == 0 && out.contains("craft: \u{201C}Catch-up\u{201D} in the title"), "{out}");
    fs::write(&words, "topics: {blockerz: {anywhere: {en: [x]}}}\nnothign: {}\n").expect("written");
    let (status, _, errors) = debt(&["audit", &bo(), "--lexicon", &path]).parts();
    assert!(
        status == 2 && errors.contains("did you mean blockers?") && errors.contains("did you mean nothing?"),
        "{errors}"
    );
}

#[test]
fn hostile_text_of_a_calendar_reaches_no_output_raw() {
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260105T100000Z\nRRULE:FREQ=WEEKLY\nSUMMARY:=cmd() \u{1b}[31m\u{202e} 1:1 | @all <b>\nATTENDEE;CN=\"=x\u{7}\":mailto:a@x.org\nATTENDEE:mailto:b@x.org\nEND:VEVENT\nEND:VCALENDAR\n";
    for format in ["table", "json", "csv", "markdown"] {
        let output = super::import_support::debt_with_input(
            &["audit", "-", "--format", format, "--explain"],
            calendar.as_bytes(),
        );
        let (status, out, errors) = output.parts();
        assert_eq!(status, 0, "{errors}");
        assert!(!out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{format}: {out}");
        assert!(format != "csv" || out.contains("'=cmd()"), "{out}");
        assert!(format != "markdown" || !out.contains("@all"), "{out}");
    }
}
