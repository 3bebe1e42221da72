//! What is taken over from the portfolio that was read before is what reading all of it gives: the same items in the same
//! places, whatever has changed in between; and where something is wrong, it is left to reading all of it.

use std::collections::HashMap;
use std::fmt::Write as _;

use debt::model::{self, Clock, FileAt, Portfolio, ReadOptions, Successive};
use debt::records::sections::List;
use debt::source::{Diagnostics, Source, Sources};

use crate::gate_org::{Dice, Org};
use crate::support::{day, file};

/// Everything that a portfolio says, with texts in place of the numbers that they have in it.
fn shown(portfolio: &Portfolio) -> String {
    let Portfolio {
        names,
        id,
        name,
        as_of,
        meetings_of,
        describes,
        people,
        squads,
        guilds,
        meetings,
        conversations,
        decisions,
        promotions,
        mentorships,
        hr_system,
        acknowledgements,
        ..
    } = portfolio;
    let mut all = format!("{id:?} {name:?} {as_of:?} {meetings_of:?} {describes:?} {hr_system:?}\n");
    let _ =
        write!(all, "{people:?}\n{squads:?}\n{guilds:?}\n{meetings:?}\n{conversations:?}\n{decisions:?}\n");
    let _ = write!(all, "{promotions:?}\n{mentorships:?}\n{acknowledgements:?}\n");
    for list in List::ALL {
        let _ = writeln!(all, "{list:?} {}", portfolio.has_section(*list));
    }
    let texts: HashMap<String, &str> = names.all().map(|(name, text)| (format!("{name:?}"), text)).collect();
    let mut out = String::new();
    let mut parts = all.split("Name(");
    out.push_str(parts.next().expect("a first part"));
    for part in parts {
        let (number, rest) = part.split_once(')').expect("a name ends");
        let _ = write!(out, "{:?}{rest}", texts[&format!("Name({number})")]);
    }
    out.replace(", ", ",\n")
}

fn options(catalog: &debt::base::catalog::Catalog) -> ReadOptions<'_> {
    let clock = Clock { as_of: None, today: day("2026-11-20") };
    ReadOptions { clock, policy_file: None, catalog }
}

/// Read as a whole.
fn whole(files: &[(String, String)]) -> Option<String> {
    let source = |(path, text): &(String, String)| Source {
        name: debt::base::names::Untrusted::new(path.clone()),
        text: text.clone(),
        path: None,
        at: None,
    };
    let sources = Sources(files.iter().map(source).collect());
    let catalog = debt::rules::catalog();
    model::read(&sources, options(&catalog), &mut Diagnostics::default()).map(|own| shown(&own.portfolio))
}

/// Read after what was read before.
fn next(successive: &mut Successive, files: &[(String, String)], read: &mut usize) -> Option<String> {
    let catalog = debt::rules::catalog();
    let known: Vec<FileAt<'_>> =
        files.iter().map(|(path, text)| FileAt { path: path.as_bytes(), version: text }).collect();
    let text = |at: usize| -> Result<Option<String>, ()> {
        *read += 1;
        Ok(Some(files[at].1.clone()))
    };
    let unlinked = successive.read(&known, text, options(&catalog)).expect("no error of ours")?;
    let mut diagnostics = Diagnostics::default();
    let own = unlinked.link(&mut diagnostics);
    (diagnostics.errors() == 0).then(|| shown(&own.portfolio))
}

/// Changes a line or two.
fn changed(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.below(2) {
        let at = |dice: &mut Dice, lines: &[String]| {
            usize::try_from(dice.below(lines.len().max(1) as u64)).expect("small")
        };
        let (one, other) = (at(dice, &lines), at(dice, &lines));
        match dice.below(8) {
            0 => drop(lines.remove(one)),
            1 => lines.insert(one, lines[other].clone()),
            2 => lines.swap(one, other),
            3 => lines.insert(one, "# a comment".to_owned()),
            4 => lines.insert(one, String::new()),
            5 => lines[one] = lines[one].replace("weekly", "monthly").replace("backend", "data"),
            6 => lines[one].push_str(" # and so on"),
            _ => lines[one] = lines[one].replace("2026-1", "2025-1"),
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_next_portfolio_is_what_reading_all_of_it_gives() {
    let example = file("examples/portfolio.yaml");
    // Cut before `meetings`, so that there are two files of which one has nothing but lists.
    let (people, lists) = example.split_once("\nmeetings:").expect("it has meetings");
    let two = [("a.yaml", people.to_owned()), ("b.yaml", format!("meetings:{lists}"))];
    let two: Vec<(String, String)> = two.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let small = |seed| vec![("p.yaml".to_owned(), Org::new(seed).text())];
    let (mut same, mut wrong, mut given_up, mut taken_over) = (0, 0, 0, 0);
    for (seed, start) in
        [(1, two.clone()), (2, vec![("p.yaml".to_owned(), example)]), (3, small(5)), (4, two)]
    {
        let (mut files, mut successive, mut dice) = (start, Successive::default(), Dice::new(seed, 0));
        for _ in 0..100 {
            let before = files.clone();
            let at = usize::try_from(dice.below(files.len() as u64)).expect("small");
            files[at].1 = changed(&files[at].1, &mut dice);
            let mut read = 0;
            let (wanted, got) = (whole(&files), next(&mut successive, &files, &mut read));
            match (wanted, got) {
                (Some(wanted), Some(got)) => {
                    let differ = wanted.lines().zip(got.lines()).find(|(one, other)| one != other);
                    assert!(wanted == got, "{seed}: {differ:?}");
                    same += 1;
                    taken_over += files.len() - read;
                }
                // What is wrong is said by whoever reads all of it.
                (None, None) => {
                    wrong += 1;
                    files = before;
                }
                (Some(_), None) => given_up += 1,
                (None, Some(_)) => panic!("{seed}: {files:?} has an error"),
            }
        }
    }
    assert!(same > 100 && wrong > 20 && taken_over > 20, "{same} {wrong} {taken_over}");
    assert!(given_up < same / 4, "{given_up} of {same} were given up without an error");
}

#[test]
fn a_file_that_did_not_change_is_not_asked_for() {
    let mut files: Vec<(String, String)> = (0..3)
        .map(|at| {
            let list: String = (0..200).map(|one| format!("  - {{id: p{at}-{one}, level: 3}}\n")).collect();
            (format!("{at}.yaml"), format!("people:\n{list}"))
        })
        .collect();
    let (mut successive, mut read) = (Successive::default(), 0);
    assert_eq!(next(&mut successive, &files, &mut read), whole(&files));
    assert_eq!(read, 3);
    files[1].1 = files[1].1.replace("p1-77, level: 3", "p1-77, level: 4");
    assert_eq!(next(&mut successive, &files, &mut read), whole(&files));
    assert_eq!(read, 4);
    // Of the changed file, the piece with the changed line and the head, which is more than a list.
    assert!((1..=3).contains(&successive.pieces_read()), "{} pieces", successive.pieces_read());
    // A file that comes first moves the others.
    files.insert(0, ("0-first.yaml".to_owned(), "# nobody\npeople: [{id: zed}]\n".to_owned()));
    assert_eq!(next(&mut successive, &files, &mut read), whole(&files));
    assert_eq!(read, 5);
    files.remove(2);
    assert_eq!(next(&mut successive, &files, &mut read), whole(&files));
    assert_eq!(read, 5);
}
