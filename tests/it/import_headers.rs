//! What HR systems and directories put into their exports is understood without being told: our own smallest cases in
//! `headers.txt`, and other people's files where they are there.

use std::collections::BTreeMap;
use std::fmt::Write;

use debt::import::csv::{Options, read};
use debt::import::dates::Order;
use debt::source::foreign::{self, HowToRead};
use debt::source::{Diagnostics, Sources};

use super::import_support::{fixture, rows, shared};

/// A file as it was understood.
#[derive(Debug, Default)]
struct Understood {
    facts: BTreeMap<&'static str, Vec<String>>,
    outside: usize,
    errors: usize,
    encoding: String,
    notes: String,
}

impl Understood {
    fn of(&self, what: &str) -> String {
        self.facts.get(what).map(|facts| facts.join("; ")).unwrap_or_default()
    }
}

fn understand(bytes: &[u8], options: &Options) -> Understood {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let how = HowToRead { endings: &["csv"], encoding: None };
    let added = foreign::add(&mut sources, "a.csv".to_owned(), Ok(bytes.to_vec()), how, &mut found);
    let added = added.expect("it is text");
    let draft = read(&added, &mut sources, options, &mut found).draft;
    let mut out = Understood { errors: found.errors(), encoding: added.encoding, ..Understood::default() };
    out.notes = draft.notes.join("\n");
    let name =
        |id: &str| draft.people.get(id).and_then(|one| one.name.clone()).unwrap_or_else(|| id.to_owned());
    for (id, person) in &draft.people {
        out.outside += usize::from(person.external);
        if person.external {
            continue;
        }
        let mine = name(id);
        let mut tell = |what, fact| out.facts.entry(what).or_default().push(fact);
        match person.left {
            None => tell("present", mine.clone()),
            Some(left) => tell("left", format!("{mine} {left}")),
        }
        for (what, owner) in [("lines", &person.delivery_owner), ("craft", &person.craft_owner)] {
            if let Some(owner) = owner {
                tell(what, format!("{mine} < {}", name(owner)));
            }
        }
        if let Some(started) = person.started {
            tell("started", format!("{mine} {started}"));
        }
    }
    out.facts.values_mut().for_each(|facts| facts.sort());
    out
}

#[test]
fn the_headers_of_many_systems_are_understood() {
    let text = std::fs::read_to_string(fixture("headers.txt")).expect("it is there");
    let mut wrong = String::new();
    let mut count = 0;
    for case in text.split("== ").filter(|case| !case.trim().is_empty()) {
        let (head, file) = case.split_once("\n--\n").expect("a head and a file");
        let mut lines = head.lines();
        let title = lines.next().unwrap_or_default();
        let expected: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(": ")).collect();
        let got = understand(file.as_bytes(), &Options::default());
        count += 1;
        for what in ["present", "lines", "craft", "left", "started"] {
            let wanted = expected.get(what).copied().unwrap_or_default();
            if got.of(what) != wanted {
                writeln!(wrong, "{title}: {what} is {}, not {wanted}", got.of(what)).expect("a text");
            }
        }
        if got.errors + got.outside > 0 {
            writeln!(wrong, "{title}: {} errors, {} outside", got.errors, got.outside).expect("a text");
        }
    }
    assert!(wrong.is_empty() && count >= 30, "{count} cases\n{wrong}");
}

#[test]
fn encodings_of_asia_are_told_by_themselves() {
    let text = std::fs::read_to_string(fixture("headers.txt")).expect("it is there");
    for (title, encoding) in [
        ("Chinese", encoding_rs::GB18030),
        ("Korean", encoding_rs::EUC_KR),
        ("Japanese", encoding_rs::SHIFT_JIS),
        ("Japanese", encoding_rs::EUC_JP),
        ("French", encoding_rs::WINDOWS_1252),
        ("Spanish", encoding_rs::WINDOWS_1252),
    ] {
        let case = text.split("== ").find(|case| case.starts_with(title)).expect("it is there");
        let (_, file) = case.split_once("\n--\n").expect("a head and a file");
        let (bytes, _, lost) = encoding.encode(file);
        assert!(!lost, "{title} fits into {}", encoding.name());
        let (one, other) =
            (understand(&bytes, &Options::default()), understand(file.as_bytes(), &Options::default()));
        assert_eq!((&one.facts, one.encoding.as_str()), (&other.facts, encoding.name()), "{title}");
        assert!(one.notes.contains("--encoding names another"), "{}", one.notes);
    }
}

#[test]
fn the_order_of_dates_can_be_said_and_years_of_two_digits_need_it() {
    let file = b"ID,Name,Manager,Start date\n1,Ines,2,03/02/24\n2,Milo,,04/05/19\n";
    assert_eq!(understand(file, &Options::default()).errors, 3);
    let mut options = Options::default();
    for (order, first) in
        [(Order::DayFirst, "2024-02-03"), (Order::MonthFirst, "2024-03-02"), (Order::YearFirst, "2003-02-24")]
    {
        options.how.order = Some(order);
        let got = understand(file, &options);
        assert!(got.of("started").contains(first), "{order:?}: {}", got.of("started"));
        assert!(got.notes.contains("1950 to 2049"), "{}", got.notes);
    }
}

/// `Laurent, Ines` and `Ines Laurent` are one name.
fn turned(name: &str) -> String {
    name.split_once(',')
        .map_or_else(|| name.to_owned(), |(last, first)| format!("{} {}", first.trim(), last.trim()))
}

#[test]
fn the_samples_of_hr_systems_are_read_as_a_careful_person_would() {
    let Some(folder) = shared("hr") else { return };
    for row in rows(&folder) {
        let name = &row["file"];
        let got = understand(&std::fs::read(folder.join(name)).expect("readable"), &Options::default());
        assert_eq!((got.errors, got.outside), (0, 0), "{name}");
        let sorted = |cell: &str, separator: char| {
            let mut all: Vec<String> =
                cell.split(separator).filter(|one| !one.is_empty()).map(turned).collect();
            all.sort();
            all
        };
        let is = |what: &str, fact: &dyn Fn(&str) -> String| {
            let mut all: Vec<String> =
                got.facts.get(what).into_iter().flatten().map(|one| fact(one)).collect();
            all.sort();
            all
        };
        assert_eq!(is("present", &|one| turned(one)), sorted(&row["names"], '|'), "names of {name}");
        let lines = |one: &str| one.replace(" < ", "<");
        let present =
            |line: &String| row["names"].split('|').any(|name| line.starts_with(&format!("{name}<")));
        let found: Vec<String> = is("lines", &lines).into_iter().filter(present).collect();
        assert_eq!(found, sorted(&row["lines"], '|'), "lines of {name}");
        let day = |one: &str| one.rsplit(' ').next().unwrap_or_default().to_owned();
        assert_eq!(is("started", &day), sorted(&row["started"], '|'), "days of {name}");
        let encoding = row.get("encoding").map(|cell| cell.replace('_', "-")).unwrap_or_default();
        let read = got.encoding.to_lowercase().replace('_', "-");
        assert!(encoding.is_empty() || read == encoding, "{name}: {read}");
        for gone in row["left"].split('|').filter(|gone| !gone.is_empty()) {
            assert!(got.of("left").contains(gone) || got.notes.contains("left out"), "{gone} of {name}");
        }
    }
}
