//! The worksheet of an audit: opened, filled in by somebody who is asked, and written.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use super::env::Environment;
use super::load::{Errors, say};
use super::output::{Pending, to_stderr};
use super::trouble::Trouble;
use crate::base::message::counted;
use crate::import::audit::{Audit, Placed, called};
use crate::import::draft::cadence;
use crate::import::ics::{Calendars, Label};
use crate::import::labels::{self, Entry, Labels, Row, Told, extended, filled_in};
use crate::render::escape::terminal;
use crate::report::Privacy;
use crate::source::foreign::{self, HowToRead};
use crate::source::{Diagnostics, Origin, Sources};

/// A worksheet as it is on the disk, and what it says.
pub(super) struct Worksheet {
    path: PathBuf,
    is_csv: bool,
    /// None where there is no such file yet.
    text: Option<String>,
    labels: Labels,
}

impl Worksheet {
    /// Opens one; a file that is not there is begun.
    pub(super) fn open(path: &Path) -> anyhow::Result<Worksheet> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let is = |word: &str| ending.as_ref().is_some_and(|ending| ending == word);
        if !is("csv") && !is("yaml") && !is("yml") {
            anyhow::bail!("a worksheet is called *.yaml or *.csv, not {}", path.display());
        }
        Ok(Worksheet { path: path.to_owned(), is_csv: is("csv"), text: None, labels: Labels::default() })
    }

    /// What it says already. A worksheet keeps what is gone from the calendar.
    pub(super) fn read(&mut self, privacy: &Privacy, environment: &Environment) -> Result<Labels, Trouble> {
        if !self.path.exists() {
            return Ok(Labels::default());
        }
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let how = HowToRead { endings: &["yaml", "yml", "csv"], encoding: None };
        for one in foreign::read(&mut sources, &[Origin::Path(self.path.clone())], how, &mut diagnostics) {
            labels::read(&mut self.labels, &one, &sources, &mut diagnostics);
            self.text = Some(sources.text(one.file).to_owned());
        }
        if diagnostics.errors() > 0 {
            say(&diagnostics, &sources, privacy, environment, Errors::ForPeople);
            return Err(Trouble::Reported);
        }
        let mut known = self.labels.clone();
        for entry in &mut known.entries {
            // Its place is one of another set of files.
            entry.place = None;
            entry.may_be_gone = true;
        }
        Ok(known)
    }

    /// Takes answers: into the meetings, and into the entries that ask for them.
    pub(super) fn answer(
        &mut self,
        answers: &[(Row, Told)],
        calendars: &mut Calendars,
    ) -> anyhow::Result<()> {
        for (row, told) in answers {
            let is_it = |one: &crate::import::ics::CalendarMeeting| {
                one.title.eq_ignore_ascii_case(&row.title) && pair_of(one) == row.pair
            };
            match told {
                Told::Label(label) => {
                    let mut same = calendars.found.iter_mut().filter(|one| is_it(one));
                    same.by_ref().for_each(|one| labels::tell(one, *label));
                }
                Told::NotAOneOnOne => {
                    let before = calendars.found.len();
                    calendars.found.retain(|one| !is_it(one));
                    calendars.tally.take_out(before - calendars.found.len());
                }
            }
            let entry =
                self.labels.entries.iter().find(|entry| entry.told.is_none() && fits(entry, row, false));
            match (entry.and_then(|entry| entry.line), &mut self.text) {
                (Some(line), Some(text)) => {
                    let new = filled_in(text, line, *told, self.is_csv);
                    *text = new.ok_or_else(|| cannot(&self.path))?;
                }
                _ => self.add(&[Row { told: Some(*told), ..row.clone() }])?,
            }
        }
        if !answers.is_empty() {
            self.put()?;
        }
        Ok(())
    }

    /// Adds what is new and writes it; says what was done.
    pub(super) fn write(&mut self, audit: &Audit<'_>) -> anyhow::Result<String> {
        let rows: Vec<Row> = running(audit).map(row).collect();
        let before = self.text.clone();
        let mut of_pair: HashMap<&[String], usize> = HashMap::new();
        for row in &rows {
            *of_pair.entry(&row.pair).or_default() += 1;
        }
        let is_known = |row: &&Row| {
            let alone = of_pair.get(row.pair.as_slice()) == Some(&1);
            self.labels.entries.iter().any(|entry| fits(entry, row, alone))
        };
        let fresh: Vec<Row> = rows.iter().filter(|row| !is_known(row)).cloned().collect();
        self.add(&fresh)?;
        if self.text != before {
            self.put()?;
        }
        let open = running(audit).filter(|one| one.label() == Label::Unlabelled).count();
        Ok(format!(
            "{}: {} added, {} to fill in\n",
            terminal(&self.path.display().to_string()),
            counted(fresh.len(), "1:1", "1:1s"),
            open,
        ))
    }

    fn add(&mut self, rows: &[Row]) -> anyhow::Result<()> {
        let old = self.text.as_deref();
        let text = extended(old, rows, self.is_csv).map_err(|_| cannot(&self.path))?;
        let mut again = Labels::default();
        // What was added must be read back as what it is: a list in another style cannot be added to by lines.
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let name = self.path.display().to_string();
        let how = HowToRead { endings: &[], encoding: None };
        if let Some(one) =
            foreign::add(&mut sources, name, Ok(text.clone().into_bytes()), how, &mut diagnostics)
        {
            labels::read(&mut again, &one, &sources, &mut diagnostics);
        }
        if diagnostics.errors() > 0 || again.entries.len() != self.labels.entries.len() + rows.len() {
            return Err(cannot(&self.path));
        }
        self.labels = again;
        self.text = Some(text);
        Ok(())
    }

    fn put(&self) -> anyhow::Result<()> {
        let text = self.text.as_deref().unwrap_or_default();
        Pending::begin(&self.path)?.finish(|to| to.write_all(text.as_bytes()))
    }
}

fn cannot(path: &Path) -> anyhow::Error {
    anyhow::anyhow!(
        "{} cannot be added to: its entries are not a list of lines as debt writes them; name another file",
        path.display()
    )
}

/// Whether an entry is about a row; for a pair with one 1:1 whatever its title is.
fn fits(entry: &Entry, row: &Row, whatever_title: bool) -> bool {
    let is_pair = !entry.pair.is_empty() && entry.pair.iter().all(|one| row.pair.contains(one));
    let has_title = |title: &String| title.trim().eq_ignore_ascii_case(row.title.trim());
    let no_names = row.pair.len() < 2;
    (is_pair || no_names) && ((whatever_title && !no_names) || entry.title.as_ref().is_none_or(has_title))
}

fn pair_of(one: &crate::import::ics::CalendarMeeting) -> Vec<String> {
    one.people.iter().map(|person| person.address.to_string()).collect()
}

/// What is to be labelled: every 1:1 that runs.
fn running<'a, 'f>(audit: &'a Audit<'f>) -> impl Iterator<Item = &'a Placed<'f>> {
    audit.one_on_ones.iter().filter(|one| one.is_live(audit.as_of))
}

fn row(one: &Placed<'_>) -> Row {
    let words = match one.label() {
        Label::Unlabelled => None,
        _ if one.found.is_told => None,
        label => Some(format!("{} (its words say so)", label.word())),
    };
    let suggestion = one.suggestion.map(|suggestion| {
        let because = suggestion.because(one.owner_called(), one.below_called());
        format!("{} ({because})", suggestion.label().word())
    });
    Row {
        pair: pair_of(one.found),
        title: one.found.title.to_string(),
        every: one.found.every.map(cadence),
        suggestion: suggestion.or(words),
        told: one.found.is_told.then_some(Told::Label(one.found.label)),
    }
}

/// Asks about each 1:1 that nobody has labelled.
pub(super) fn ask(audit: &Audit<'_>, environment: &Environment) -> Result<Vec<(Row, Told)>, Trouble> {
    if !environment.asks {
        return Err(anyhow::anyhow!("--ask needs a terminal to ask on; fill in the worksheet instead").into());
    }
    let mut answers = Vec::new();
    let all: Vec<&Placed<'_>> = running(audit).filter(|one| one.label() == Label::Unlabelled).collect();
    for (number, one) in all.iter().enumerate() {
        let with = one.with.map_or("somebody the calendar does not name", called);
        let every = one.found.every.map_or_else(String::new, |every| format!(", {}", cadence(every)));
        let head = format!(
            "\n{} of {}  \u{201C}{}\u{201D} with {with}{every}\n",
            number + 1,
            all.len(),
            one.found.title
        );
        to_stderr(&terminal_lines(&head));
        let row = row(one);
        match about(one, &row)? {
            Answer::Told(told) => answers.push((row, told)),
            Answer::Skip => {}
            Answer::Quit => break,
        }
    }
    Ok(answers)
}

fn terminal_lines(text: &str) -> String {
    text.split('\n').map(terminal).collect::<Vec<_>>().join("\n")
}

enum Answer {
    Told(Told),
    Skip,
    Quit,
}

fn about(one: &Placed<'_>, row: &Row) -> Result<Answer, Trouble> {
    let suggested = one.suggestion.map(|suggestion| Told::Label(suggestion.label()));
    if let Some(suggestion) = &row.suggestion {
        to_stderr(&format!("   Suggested: {}\n", terminal(suggestion)));
    }
    let enter = suggested.map_or("skip", Told::word);
    loop {
        to_stderr("   [d]elivery [c]raft [b]oth [p]eer s[k]ip-level [n]o 1:1 [s]kip [q]uit\n");
        to_stderr(&format!("   Enter for {enter}: "));
        let Some(typed) = line()? else { return Ok(Answer::Quit) };
        let told = match typed.to_ascii_lowercase().as_str() {
            "" => return Ok(suggested.map_or(Answer::Skip, Answer::Told)),
            "q" | "quit" => return Ok(Answer::Quit),
            "s" | "skip" => return Ok(Answer::Skip),
            "d" => Some(Told::Label(Label::Delivery)),
            "c" => Some(Told::Label(Label::Craft)),
            "b" => Some(Told::Label(Label::Conflated)),
            "p" => Some(Told::Label(Label::Peer)),
            "k" => Some(Told::Label(Label::SkipLevel)),
            "n" => Some(Told::NotAOneOnOne),
            word => Told::of(word),
        };
        if let Some(told) = told {
            return Ok(Answer::Told(told));
        }
        to_stderr("   One of d, c, b, p, k, n, s, q\n");
    }
}

/// A line from standard input; `None` if it has ended.
fn line() -> Result<Option<String>, Trouble> {
    let mut typed = String::new();
    let count = io::stdin().lock().read_line(&mut typed)?;
    Ok((count > 0).then(|| typed.trim().to_owned()))
}
