//! How often labels are right: an open list of titles and descriptions in thirteen languages, written before the words, and
//! agendas that others published, reduced to their headings. `DEBT_KEPT_LABELS` names one more list, which nobody saw who
//! wrote the words.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use debt::import::ics::label::{Label, of_words};
use debt::import::lexicon::Lexicon;

use super::import_support::fixture;

/// A label with what keeps it from being a clean one.
fn given(title: &str, description: &str, lexicon: &Lexicon) -> &'static str {
    let (label, unread) = of_words(title, description, lexicon);
    match label {
        Label::Unlabelled => "none",
        _ if !unread.is_empty() => "in part",
        label => label.word(),
    }
}

/// Of a list with a label, a language or source, a title and a description: what was given rightly and wrongly.
struct Measured {
    /// By label and language: how many there are, and how many of them were found.
    recall: BTreeMap<(String, String), (usize, usize)>,
    /// By the label that was given: how many, and how many of them rightly.
    precision: BTreeMap<String, (usize, usize)>,
    /// Conflated ones that were called clean.
    clean: usize,
    conflated: usize,
    mistaken: Vec<String>,
}

fn measured<'t>(rows: impl Iterator<Item = [&'t str; 4]>) -> Measured {
    let lexicon = Lexicon::new();
    let mut all = Measured {
        recall: BTreeMap::new(),
        precision: BTreeMap::new(),
        clean: 0,
        conflated: 0,
        mistaken: Vec::new(),
    };
    for [language, expected, title, description] in rows {
        let given = given(title, description, &lexicon);
        let is_right = given == expected;
        let (count, found) = all.recall.entry((expected.to_owned(), language.to_owned())).or_default();
        *count += 1;
        *found += usize::from(is_right);
        let (count, right) = all.precision.entry(given.to_owned()).or_default();
        *count += 1;
        *right += usize::from(is_right);
        if expected == "conflated" {
            all.conflated += 1;
            all.clean += usize::from(matches!(given, "delivery" | "craft"));
        }
        if !is_right {
            all.mistaken.push(format!("{language} {title} ({description}): {given}, not {expected}"));
        }
    }
    all
}

impl Measured {
    /// At least nineteen of twenty delivery and craft are right, and of twenty conflated ones at most one is called clean.
    fn must_be_precise(&self) {
        for label in ["delivery", "craft"] {
            let (count, right) = self.precision.get(label).copied().unwrap_or_default();
            assert!(right * 100 >= count * 95, "{label}: {right} of {count} are right\n{}", self.told());
        }
        assert!(
            self.clean * 100 <= self.conflated * 5,
            "{} of {} conflated are called clean\n{}",
            self.clean,
            self.conflated,
            self.told()
        );
    }

    fn told(&self) -> String {
        let mut text = String::new();
        for (label, (count, right)) in &self.precision {
            writeln!(text, "{label}: {right} of the {count} given are right").expect("memory takes it");
        }
        let mut by_label: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((label, language), (count, found)) in &self.recall {
            by_label.entry(label).or_default().push(format!("{language} {found}/{count}"));
        }
        for (label, languages) in by_label {
            writeln!(text, "{label} found: {}", languages.join(", ")).expect("memory takes it");
        }
        text + &self.mistaken.join("\n")
    }
}

fn rows(text: &str) -> impl Iterator<Item = [&str; 4]> {
    text.lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        [(); 4].map(|()| cells.next().unwrap_or_default())
    })
}

#[test]
fn labels_in_thirteen_languages_are_right() {
    let text = fs::read_to_string(fixture("labels/open.tsv")).expect("it is there");
    let found = measured(rows(&text));
    found.must_be_precise();
    insta::assert_snapshot!(found.told());
}

#[test]
fn so_are_those_that_were_kept_apart() {
    let Some(path) = std::env::var_os("DEBT_KEPT_LABELS") else { return };
    let text = fs::read_to_string(path).expect("a list");
    let found = measured(rows(&text));
    println!("{}", found.told());
    found.must_be_precise();
}

#[test]
fn published_agendas_are_told_apart() {
    let text = fs::read_to_string(fixture("labels/agendas.tsv")).expect("it is there");
    // Label, title, headings, and where they are from.
    let found =
        measured(rows(&text).map(|[label, title, headings, source]| [source, label, title, headings]));
    assert_eq!(text.lines().count(), 31);
    found.must_be_precise();
    let right: usize = found.precision.values().map(|(_, right)| right).sum();
    assert!(right >= 26, "{right} of 30\n{}", found.told());
}

#[test]
fn negation_lists_and_what_was_not_read() {
    let lexicon = Lexicon::new();
    let label = |title: &str, description: &str| given(title, description, &lexicon);
    for (title, description, expected) in [
        ("1:1", "Not a status update. Your craft.", "craft"),
        ("1:1", "This is not about status, priorities or deadlines: it is about your career path.", "craft"),
        ("1:1", "Kein Statusmeeting, sondern deine fachliche Entwicklung", "craft"),
        ("1:1", "Ce n'est pas un point d'avancement : ton évolution professionnelle", "craft"),
        ("1:1", "Status no projeto\nPrazos", "delivery"),
        ("1on1", "進捗報告ではありません。キャリアの話をします。", "craft"),
        ("1对1", "不是进度汇报，而是职业发展", "craft"),
        ("1:1", "업무 보고가 아닙니다. 커리어 이야기입니다.", "craft"),
        ("Performance and career conversation", "", "conflated"),
        ("Delivery 1:1", "Blockers\nGardening\nPotato salad", "in part"),
        ("Delivery 1:1", "Blockers\nPriorities\nPotato salad", "delivery"),
        ("Projektstatusgespräch", "", "delivery"),
        ("Wöchentliches Projektstatus-Treffen", "", "delivery"),
        ("Kompetenzentwicklungsgespräch", "", "craft"),
        ("Softwareentwicklung", "", "none"),
        ("個別1on1", "", "none"),
        ("进度与职业发展1对1", "", "conflated"),
    ] {
        assert_eq!(label(title, description), expected, "{title}: {description}");
    }
    let (_, unread) = of_words("Delivery 1:1", "Blockers, gardening, potato salad", &lexicon);
    assert_eq!(unread.iter().map(|item| &**item).collect::<Vec<_>>(), ["gardening", "potato salad"]);
}
