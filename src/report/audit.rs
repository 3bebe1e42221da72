//! The report of an audit: its types are the contract of `debt audit --format json`.

use serde::{Serialize, Serializer};

use super::order::Ordered;
use super::privacy::Privacy;
use super::speak::Speaker;
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::import::audit::{Audit, Placed};
use crate::import::draft::cadence;
use crate::import::ics::{Attendee, Calendars, Evidence};
use crate::import::lexicon::Meaning;
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::source::{FileIx, Sources};

/// What an audit found.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it; docs/audit.md explains them")]
pub struct AuditReport<'a> {
    pub schema_version: u32,
    pub as_of: Day,
    /// Whose calendars these are; null where that cannot be told.
    pub me: Option<Untrusted>,
    /// In how many events that address occurs; null if it was named.
    pub me_told_by: Option<u32>,
    /// Whether some last dates are not known, since the rules took too many days to follow.
    pub incomplete: bool,
    pub files: Vec<FileRow>,
    pub one_on_ones: Rows<'a>,
    pub candidates: Rows<'a>,
    /// What the portfolio asks for and no calendar shows; null without a portfolio that knows whose calendar it is.
    pub missing: Option<Ordered<MissingRow>>,
    /// The one action; null where there is nothing to split or label.
    pub first: Option<FirstRow>,
}

/// 1:1s as rows. Each is made when it is asked for: a large calendar has many.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    placed: &'a [Placed<'a>],
    sources: &'a Sources,
}

impl Rows<'_> {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = OneOnOneRow> {
        self.placed.iter().map(|one| self.row(one))
    }

    /// The one at a position, from 0.
    pub fn get(&self, at: usize) -> Option<OneOnOneRow> {
        self.placed.get(at).map(|one| self.row(one))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    fn row(&self, one: &Placed<'_>) -> OneOnOneRow {
        OneOnOneRow {
            file: name_of(self.sources, one.found.file),
            line: one.found.line,
            title: Untrusted::new(&*one.found.title),
            with: one.with.map(address),
            with_name: one.with.and_then(|with| with.name.as_deref()).map(Untrusted::new),
            owner: one.owner.map(address),
            owner_name: one.owner.and_then(|owner| owner.name.as_deref()).map(Untrusted::new),
            owner_guessed: one.guessed,
            every: one.found.every.map(cadence),
            last_held: one.found.last_held,
            cancelled_in_a_row: one.found.cancelled_in_a_row,
            ended: one.found.ended,
            label: one.found.label.word(),
            evidence: one.found.evidence.iter().map(evidence).collect(),
            notes: one.found.notes.iter().map(ToString::to_string).collect(),
            missing: one.found.missing.iter().map(|missing| Untrusted::new(&**missing)).collect(),
        }
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

fn name_of(sources: &Sources, file: FileIx) -> Untrusted {
    sources.name(file).cloned().unwrap_or_else(|| Untrusted::new(""))
}

/// A calendar in numbers.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it; docs/audit.md explains them")]
pub struct FileRow {
    pub file: Untrusted,
    pub events: usize,
    pub series: usize,
    pub recurring: usize,
    pub two_party: usize,
    pub skipped: Vec<SkippedRow>,
    pub more_skipped: usize,
}

/// A line that was passed over.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it")]
pub struct SkippedRow {
    pub line: u32,
    pub reason: &'static str,
}

/// A 1:1, or nearly one.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it; docs/audit.md explains them")]
pub struct OneOnOneRow {
    pub file: Untrusted,
    pub line: u32,
    pub title: Untrusted,
    pub with: Option<Untrusted>,
    pub with_name: Option<Untrusted>,
    pub owner: Option<Untrusted>,
    pub owner_name: Option<Untrusted>,
    pub owner_guessed: bool,
    pub every: Option<String>,
    pub last_held: Option<Day>,
    pub cancelled_in_a_row: u32,
    pub ended: Option<Day>,
    pub label: &'static str,
    pub evidence: Vec<EvidenceRow>,
    pub notes: Vec<String>,
    /// Why it is not counted as a 1:1; only in `candidates`.
    pub missing: Vec<Untrusted>,
}

/// A word that says something.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it")]
pub struct EvidenceRow {
    #[serde(rename = "where")]
    pub place: &'static str,
    pub words: Untrusted,
    pub topic: &'static str,
    /// The line that it speaks for.
    pub line: Option<&'static str>,
}

/// A 1:1 that the portfolio asks for.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it")]
pub struct MissingRow {
    pub owner: Untrusted,
    pub owner_label: Untrusted,
    pub with: Untrusted,
    pub with_label: Untrusted,
    pub lines: Vec<&'static str>,
}

/// The one action.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the keys say it")]
pub struct FirstRow {
    /// Its position in `one_on_ones`, from 0.
    pub one_on_one: usize,
    pub todo: &'static str,
    /// What to say where that cannot be done this month.
    pub say: &'static str,
}

/// An audit with the texts of its calendars.
pub fn build<'a>(
    audit: &'a Audit<'_>,
    calendars: &Calendars,
    as_of: Day,
    sources: &'a Sources,
    portfolio: Option<&Portfolio>,
) -> AuditReport<'a> {
    let missing = audit.missing.as_ref().zip(portfolio).map(|(missing, portfolio)| {
        let privacy = Privacy::names();
        let speaker = Speaker::new(portfolio, as_of, &privacy);
        let named = missing.iter().map(|one| MissingRow {
            owner: speaker.id(Subject::Person(one.owner)),
            owner_label: speaker.person(one.owner),
            with: speaker.id(Subject::Person(one.with)),
            with_label: speaker.person(one.with),
            lines: one.lines.iter().map(|line| line.word()).collect(),
        });
        Ordered::new(named.collect(), &privacy)
    });
    let first = audit.first.map(|at| {
        let is_conflated = audit
            .one_on_ones
            .get(at)
            .is_some_and(|one| one.found.label == crate::import::ics::Label::Conflated);
        let (todo, say) = if is_conflated { SPLIT } else { LABEL };
        FirstRow { one_on_one: at, todo, say }
    });
    let files = calendars.files.iter().map(|facts| FileRow {
        file: name_of(sources, facts.file),
        events: facts.events,
        series: facts.series,
        recurring: facts.recurring,
        two_party: facts.two_party,
        skipped: facts
            .skipped
            .iter()
            .map(|skipped| SkippedRow { line: skipped.line, reason: skipped.reason })
            .collect(),
        more_skipped: facts.more_skipped,
    });
    AuditReport {
        schema_version: 1,
        as_of,
        me: calendars.me.clone().map(Untrusted::new),
        me_told_by: calendars.me_told_by,
        incomplete: calendars.incomplete,
        files: files.collect(),
        one_on_ones: Rows { placed: &audit.one_on_ones, sources },
        candidates: Rows { placed: &audit.candidates, sources },
        missing,
        first,
    }
}

/// What to do with a 1:1 that is two jobs, and what to say meanwhile.
const SPLIT: (&str, &str) = (
    "split it into a Delivery 1:1 and a Craft 1:1",
    "This 1:1 is delivery and craft at once, and I have not split it yet. Until I do, I will say which of the two we are talking about, and nothing you tell me about your craft goes into a rating.",
);
/// What to do with a 1:1 that nobody has labelled.
const LABEL: (&str, &str) = (
    "label it: write Delivery or Craft into its title, and split it where it is both",
    "We have never said what this 1:1 is for. Next time let us decide: delivery, or craft? If it is both, we need two.",
);

fn address(one: &Attendee) -> Untrusted {
    Untrusted::new(&*one.address)
}

fn evidence(one: &Evidence) -> EvidenceRow {
    let line = match one.meaning {
        Meaning::Purpose(line) => Some(line),
        Meaning::Topic(topic) => topic.line(),
        Meaning::OneOnOne | Meaning::SomethingElse | Meaning::Nothing => None,
    };
    EvidenceRow {
        place: one.place.word(),
        words: Untrusted::new(&*one.words),
        topic: one.topic(),
        line: line.map(Line::word),
    }
}
