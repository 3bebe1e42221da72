//! The report of an audit: its types are the contract of `debt audit --format json`.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::audit_figures::{HoursRow, QuarterRow, hours};
use super::audit_hidden::Hidden;
use super::contract::{self, Version};
use super::order::{Ordered, Shown};
use super::privacy::Privacy;
use super::speak::Speaker;
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::import::audit::{Audit, Placed};
use crate::import::draft::cadence;
use crate::import::ics::{Attendee, Calendars, Evidence, Tally};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::source::{FileIx, Sources};

/// What an audit found: what each recurring 1:1 of some calendars is for, by its words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "DebtAudit")]
pub struct AuditReport<'a> {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// The day to look back from.
    pub as_of: Day,
    /// Whose calendars these are; null where that cannot be told.
    pub me: Option<Untrusted>,
    /// In how many events that address occurs; null if it was named.
    pub me_told_by: Option<u32>,
    /// Whether some last dates are not known, since the rules took too many days to follow.
    pub incomplete: bool,
    /// The calendars, in the order in which they were read.
    pub files: Vec<FileRow>,
    /// What every series was counted as.
    pub counts: Tally,
    /// Hours of the running 1:1s, by label.
    pub hours: Vec<HoursRow>,
    /// How much of the people it shows; never an aggregate.
    #[schemars(with = "contract::PrivacyMode")]
    pub privacy: &'static str,
    /// The recurring 1:1s.
    pub one_on_ones: Rows<'a>,
    /// What is nearly a 1:1, with the reason why it is not counted.
    pub candidates: Rows<'a>,
    /// What the portfolio asks for and no calendar shows; null without a portfolio that knows whose calendar it is.
    pub missing: Option<Ordered<MissingRow>>,
    /// The one action; null where there is nothing to split or label.
    pub first: Option<FirstRow>,
}

/// 1:1s as rows. Each is made when it is asked for: a large calendar has many.
#[derive(Debug)]
pub struct Rows<'a> {
    placed: &'a [Placed<'a>],
    sources: &'a Sources,
    /// Where names are withheld: all rows, in an order that tells nothing of the calendars'.
    hidden: Option<Ordered<OneOnOneRow>>,
}

impl<'a> Rows<'a> {
    fn new(placed: &'a [Placed<'a>], sources: &'a Sources, hidden: Option<&Hidden<'_>>) -> Rows<'a> {
        let made = |hidden: &Hidden<'_>| Ordered::sorted(placed.iter().map(|one| hidden.row(one)).collect());
        Rows { placed, sources, hidden: hidden.map(made) }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = OneOnOneRow> {
        (0..self.placed.len()).filter_map(|at| self.get(at))
    }

    /// The one at a position, from 0.
    pub fn get(&self, at: usize) -> Option<OneOnOneRow> {
        match &self.hidden {
            Some(rows) => rows.get(at).cloned(),
            None => self.placed.get(at).map(|one| self.row(one)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// Where the row of one of them is.
    fn position(&self, at: usize, hidden: Option<&Hidden<'_>>) -> usize {
        let row = hidden.zip(self.placed.get(at)).map(|(hidden, one)| hidden.row(one));
        let rows = self.hidden.as_ref().zip(row);
        rows.and_then(|(rows, row)| rows.iter().position(|one| one.compare(&row).is_eq())).unwrap_or(at)
    }

    fn row(&self, one: &Placed<'_>) -> OneOnOneRow {
        OneOnOneRow {
            file: name_of(self.sources, one.found.file),
            line: Some(one.found.line),
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
            label_from: label_from(one),
            partly_read: one.found.unread.iter().map(|item| Untrusted::new(&**item)).collect(),
            suggestion: one.suggestion.map(|suggestion| SuggestionRow {
                label: suggestion.label().word(),
                because: Untrusted::new(suggestion.because(one.owner_called(), one.below_called())),
            }),
            minutes: one.found.minutes,
            quarter: one.found.quarters[0].into(),
            quarter_before: one.found.quarters[1].into(),
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

impl JsonSchema for Rows<'_> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<OneOnOneRow>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<OneOnOneRow>::json_schema(generator)
    }
}

fn name_of(sources: &Sources, file: FileIx) -> Untrusted {
    sources.name(file).cloned().unwrap_or_else(|| Untrusted::new(""))
}

/// A calendar in numbers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileRow {
    /// Its path as it was named; `<stdin>` for standard input.
    pub file: Untrusted,
    /// How many events it has.
    pub events: usize,
    /// How many series they belong to.
    pub series: usize,
    /// How many of those recur.
    pub recurring: usize,
    /// How many of these are of two people.
    pub two_party: usize,
    /// The first lines that were passed over.
    pub skipped: Vec<SkippedRow>,
    /// How many more were.
    pub more_skipped: usize,
}

/// A line that was passed over.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkippedRow {
    /// From 1.
    pub line: u32,
    /// Why.
    pub reason: &'static str,
}

/// A 1:1, or nearly one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OneOnOneRow {
    /// The calendar.
    pub file: Untrusted,
    /// The line that the event begins in, from 1; null where lines are withheld.
    pub line: Option<u32>,
    /// Its title.
    pub title: Untrusted,
    /// The address of who it is with; null where the calendar names nobody.
    pub with: Option<Untrusted>,
    /// Their name; null where the calendar has none.
    pub with_name: Option<Untrusted>,
    /// The address of whose 1:1 it is; null where that cannot be told.
    pub owner: Option<Untrusted>,
    /// Their name; null where the calendar has none.
    pub owner_name: Option<Untrusted>,
    /// Whether the owner is only taken to be whoever called it.
    pub owner_guessed: bool,
    /// How often: `weekly`, `10d`; null where that cannot be told.
    pub every: Option<String>,
    /// When it was last held; null where it was not yet.
    pub last_held: Option<Day>,
    /// How many were cancelled since.
    pub cancelled_in_a_row: u32,
    /// The first day on which it is no more; null where it goes on.
    pub ended: Option<Day>,
    /// What it is for.
    #[schemars(with = "contract::OneOnOneLabel")]
    pub label: &'static str,
    /// Who says so: a `person` (a worksheet or the portfolio), or the `words` of the invitation; null where nobody does.
    pub label_from: Option<&'static str>,
    /// Items of its agenda that say nothing that is known. Where there are any, the label holds for a part of it.
    pub partly_read: Vec<Untrusted>,
    /// What it may be for, where nobody has said so; never a label by itself.
    pub suggestion: Option<SuggestionRow>,
    /// How long it lasts, in minutes; null where that cannot be told.
    pub minutes: Option<u16>,
    /// What became of its dates in the 91 days up to `as_of`.
    pub quarter: QuarterRow,
    /// The same in the 91 days before.
    pub quarter_before: QuarterRow,
    /// The words that say so.
    pub evidence: Vec<EvidenceRow>,
    /// What else is to be known about it.
    pub notes: Vec<String>,
    /// Why it is not counted as a 1:1; [] but in `candidates`.
    pub missing: Vec<Untrusted>,
}

/// What a 1:1 may be for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SuggestionRow {
    /// The label.
    #[schemars(with = "contract::OneOnOneLabel")]
    pub label: &'static str,
    /// Why.
    pub because: Untrusted,
}

/// A word that says something.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceRow {
    /// The part of the event that it is in.
    #[serde(rename = "where")]
    #[schemars(with = "contract::FoundIn")]
    pub place: &'static str,
    /// As it is written there.
    pub words: Untrusted,
    /// The topic or purpose that it stands for.
    pub topic: &'static str,
    /// The line that it speaks for; null for none.
    #[schemars(with = "Option<contract::Line>")]
    pub line: Option<&'static str>,
}

/// A 1:1 that the portfolio asks for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MissingRow {
    /// Whose job it is, by id.
    pub owner: Untrusted,
    /// Their name, where they have one, else their id.
    pub owner_label: Untrusted,
    /// With whom, by id.
    pub with: Untrusted,
    /// Their name, where they have one, else their id.
    pub with_label: Untrusted,
    /// For which lines.
    #[schemars(with = "Vec<contract::Line>")]
    pub lines: Vec<&'static str>,
}

/// The one action.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FirstRow {
    /// Its position in `one_on_ones`, from 0.
    pub one_on_one: usize,
    /// What to do, beginning with a verb in lower case.
    pub todo: &'static str,
    /// What to paste into the invitation.
    pub paste: &'static str,
    /// What to say where that cannot be done this month.
    pub say: &'static str,
}

/// What the report of an audit needs besides it.
#[derive(Clone, Copy, Debug)]
pub struct AuditOptions<'o> {
    /// The day to look back from.
    pub as_of: Day,
    /// Where the names of files are.
    pub sources: &'o Sources,
    /// The portfolio that says who owns which line.
    pub portfolio: Option<&'o Portfolio>,
    /// How much of the people it shows; never an aggregate.
    pub privacy: &'o Privacy,
}

/// An audit with the texts of its calendars.
pub fn build<'a>(audit: &'a Audit<'_>, calendars: &Calendars, options: AuditOptions<'a>) -> AuditReport<'a> {
    let AuditOptions { as_of, sources, portfolio, privacy } = options;
    let hidden = Hidden::new(privacy, portfolio, as_of);
    let hidden = hidden.as_ref();
    let missing = audit.missing.as_ref().zip(portfolio).map(|(missing, portfolio)| {
        let speaker = Speaker::new(portfolio, as_of, privacy);
        let named = missing.iter().map(|one| MissingRow {
            owner: speaker.id(Subject::Person(one.owner)),
            owner_label: speaker.person(one.owner),
            with: speaker.id(Subject::Person(one.with)),
            with_label: speaker.person(one.with),
            lines: one.lines.iter().map(|line| line.word()).collect(),
        });
        Ordered::new(named.collect(), privacy)
    });
    let one_on_ones = Rows::new(&audit.one_on_ones, sources, hidden);
    let first = audit.first.map(|at| {
        let is_conflated = audit
            .one_on_ones
            .get(at)
            .is_some_and(|one| one.found.label == crate::import::ics::Label::Conflated);
        let (todo, paste, say) = if is_conflated { SPLIT } else { LABEL };
        FirstRow { one_on_one: one_on_ones.position(at, hidden), todo, paste, say }
    });
    let shows_lines = hidden.is_none_or(Hidden::shows_lines);
    let files = calendars.files.iter().map(|facts| FileRow {
        file: hidden.map_or_else(|| name_of(sources, facts.file), |_| Hidden::file(facts.file)),
        events: facts.events,
        series: facts.series,
        recurring: facts.recurring,
        two_party: facts.two_party,
        skipped: facts
            .skipped
            .iter()
            .filter(|_| shows_lines)
            .map(|skipped| SkippedRow { line: skipped.line, reason: skipped.reason })
            .collect(),
        more_skipped: facts.more_skipped + if shows_lines { 0 } else { facts.skipped.len() },
    });
    AuditReport {
        schema_version: Version,
        as_of,
        me: calendars.me.as_ref().map(|me| match hidden {
            Some(hidden) => hidden.who(audit.me, me),
            None => Untrusted::new(me.clone()),
        }),
        me_told_by: calendars.me_told_by,
        incomplete: calendars.incomplete,
        files: files.collect(),
        counts: calendars.tally,
        hours: hours(audit, as_of),
        privacy: privacy.word(),
        one_on_ones,
        candidates: Rows::new(&audit.candidates, sources, hidden),
        missing,
        first,
    }
}

/// What to do with a 1:1 that is two jobs, what to paste into the two invitations, and what to say meanwhile.
const SPLIT: (&str, &str, &str) = (
    "split it into a Delivery 1:1 and a Craft 1:1",
    "Delivery 1:1: blockers, commitments, priorities. Craft 1:1, with the craft owner: skills, career, honest feedback that no rating touches.",
    "This 1:1 is delivery and craft at once, and I have not split it yet. Until I do, I will say which of the two we are talking about, and nothing you tell me about your craft goes into a rating.",
);
/// What to do with a 1:1 that nobody has labelled.
const LABEL: (&str, &str, &str) = (
    "label it: write Delivery or Craft into its title, and split it where it is both",
    "This is a Delivery 1:1 (blockers, commitments, priorities). Or: This is a Craft 1:1 (skills, career, honest feedback that no rating touches).",
    "We have never said what this 1:1 is for. Next time let us decide: delivery, or craft? If it is both, we need two.",
);

/// Who says what it is for.
pub(super) fn label_from(one: &Placed<'_>) -> Option<&'static str> {
    match (one.found.is_told, one.found.label) {
        (true, _) => Some("person"),
        (false, crate::import::ics::Label::Unlabelled) => None,
        (false, _) => Some("words"),
    }
}

fn address(one: &Attendee) -> Untrusted {
    Untrusted::new(&*one.address)
}

pub(super) fn evidence(one: &Evidence) -> EvidenceRow {
    EvidenceRow {
        place: one.place.word(),
        words: Untrusted::new(&*one.words),
        topic: one.topic(),
        line: one.line().map(Line::word),
    }
}
