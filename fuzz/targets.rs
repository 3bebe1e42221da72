//! What each fuzz target does with its bytes. `tests/it/corpus.rs` runs the saved inputs through the same functions.
#![allow(dead_code, reason = "each target uses one of them")]

#[path = "archive.rs"]
mod archive;

use std::sync::LazyLock;

use debt::analysis::fix::{Session, What, Words};
use debt::base::day::Day;
use debt::base::ids::Subject;
use debt::compare::baseline;
use debt::edit;
use debt::import::{backstage, csv, draft, events, github, ics, lexicon, scim, sniff, write, xlsx};
use debt::model::{self, Clock, Patch, ReadOptions};
use debt::records::parallel::{self, RecordConsumer};
use debt::records::sections::{Item, Section};
use debt::render::{self, Breakdown, Screen, View};
use debt::report::{self, BuildOptions, Called};
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::foreign::{self, HowToRead};
use debt::source::{Diagnostics, FileIx, Mark, Severity, Sources};
use debt::yaml::document::{self, Consumer, Shape};
use debt::yaml::fault::Fault;
use debt::yaml::node::Node;

const SCREEN: Screen = Screen { width: Some(60), colour: false, drawing: true };

/// Renders all diagnostics. No message may be too long or contain a raw control character.
fn say(found: &Diagnostics, sources: &Sources) {
    for severity in [Severity::Error, Severity::Warning] {
        let text = render::diagnostics::text(found, severity, sources, SCREEN);
        assert!(text.len() < 25_000, "a message of {} bytes", text.len());
        assert!(text.chars().all(|character| character == '\n' || !render::escape::is_control(character)));
    }
    let json = render::diagnostics::json(found, sources);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
}

/// Text → portfolio → score → every format. Sums are exact for any input.
pub(super) fn read_score(data: &[u8]) {
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    sources.add("fuzz.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let today = Day::parse("2026-11-20");
    let Some(today) = today else { return };
    let catalog = debt::rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    let read = model::read(&sources, options, &mut found);
    assert_eq!(read.is_none(), found.errors() > 0, "half accepted");
    let Some(read) = read else { return say(&found, &sources) };
    let Ok(card) = scorecard(&read.portfolio, &read.policy, read.day, Part::default()) else { return };
    let values: i64 = card.factors.iter().map(|factor| factor.value().mp()).sum();
    assert_eq!(values, card.score.mp());
    let privacy = debt::report::Privacy::names();
    let Ok(report) = report::build(
        &card,
        BuildOptions { sources: &sources, version: "0", privacy: &privacy, called: Called::default() },
    ) else {
        return;
    };
    let view = View { tasks: 3, ..View::whole(SCREEN, Breakdown::Owner) };
    for format in render::FORMATS {
        let mut bytes = Vec::new();
        assert!((format.render)(&report, &view, &mut bytes).is_ok(), "{}", format.name);
        assert!(std::str::from_utf8(&bytes).is_ok(), "{}", format.name);
    }
}

/// Text → policy.
pub(super) fn policy(data: &[u8]) {
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    sources.add("policy.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let catalog = debt::rules::catalog();
    let read = debt::policy::from_text(sources.text(FileIx(0)), FileIx(0), &catalog, &mut found);
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    // Every valid policy has a hash, and its grades increase.
    assert_eq!(read.hash(&catalog).len(), "sha256:".len() + 64);
    assert!(read.grades.windows(2).all(|pair| pair[0] < pair[1]));
}

/// Text → portfolio → baseline → portfolio: what is written reads, and is written as it was.
pub(super) fn baseline(data: &[u8]) {
    let catalog = debt::rules::catalog();
    let read = |bytes: &[u8]| {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        sources.add("portfolio.yaml".to_owned(), Ok(bytes.to_vec()), &mut found);
        let clock = Clock { as_of: None, today: Day::parse("2026-11-20").expect("a day") };
        let options = ReadOptions { clock, policy_file: None, catalog: &catalog };
        let own = model::read(&sources, options, &mut found).filter(|_| found.errors() == 0);
        own.map(|own| (own, sources)).ok_or_else(|| format!("{:?}", found.iter().collect::<Vec<_>>()))
    };
    let write = |own: &debt::model::OwnPolicy, sources: &Sources| {
        let texts = std::iter::once(sources.text(FileIx(0)));
        baseline::write(texts, &own.policy, &catalog, own.portfolio.as_of)
    };
    let Ok((own, sources)) = read(data) else { return };
    let text = write(&own, &sources);
    let (again, sources) = read(text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}\n{text}"));
    assert!(write(&again, &sources) == text, "{text}");
}

/// Logs every call of the reader. A valid record is logged as one, whether it was read in a chunk or not.
#[derive(Default)]
pub(crate) struct Protocol {
    pub(crate) lines: Vec<String>,
    section: String,
}

/// How portfolios are read, and a list whose items have no record.
pub(crate) const HOW: parallel::How = parallel::How { shape_of, ..parallel::How::PORTFOLIO };

/// Those of a portfolio, and a list whose items have no record.
fn shape_of(section: &str) -> Option<Shape> {
    if section == "a" { Some(Shape::Items) } else { Section::find(section).map(Section::shape) }
}

impl<'t> Consumer<'t> for Protocol {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.lines.push(format!("section {key:?}"));
        key.text().unwrap_or_default().clone_into(&mut self.section);
        shape_of(&self.section).unwrap_or(Shape::Skip)
    }
    fn list(&mut self, line: Option<u32>) {
        self.lines.push(format!("list {line:?}"));
    }
    fn item(&mut self, node: Node<'t>) {
        match (HOW.read)(&self.section, &node) {
            Some(item) => self.record(item, node.mark),
            None => self.lines.push(format!("item {node:?}")),
        }
    }
    fn value(&mut self, node: Node<'t>) {
        self.lines.push(format!("value {node:?}"));
    }
    fn fault(&mut self, fault: Fault) {
        self.lines.push(format!("fault {fault:?}"));
    }
}

impl<'t> RecordConsumer<'t> for Protocol {
    fn record(&mut self, item: Item<'t>, mark: Mark) {
        self.lines.push(format!("record {item:?} {mark:?}"));
    }
}

/// Reading in chunks gives the same result as reading in one pass.
pub(super) fn in_pieces(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut whole = Protocol::default();
    let outcome = document::read(text, &mut whole);
    whole.lines.push(format!("{outcome:?}"));
    // In one piece, which the fast reader is given as a whole, too.
    for chunk in [1, 40, text.len() + 1] {
        let mut protocol = Protocol::default();
        parallel::ahead(std::iter::once(text), chunk, HOW, |ahead| {
            let outcome = ahead.read_next(&mut protocol);
            protocol.lines.push(format!("{outcome:?}"));
        });
        assert!(protocol.lines == whole.lines, "in pieces of {chunk} differs:\n{text}");
    }
}

/// Adds the bytes of a foreign file as a source.
fn foreign(name: &str, data: &[u8]) -> (Sources, Diagnostics, Option<foreign::Foreign>) {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let how = HowToRead { endings: &[], encoding: None };
    let added = foreign::add(&mut sources, name.to_owned(), Ok(data.to_vec()), how, &mut found);
    (sources, found, added)
}

/// Checks that a draft is written as a portfolio that reads without an error.
fn reads_again(draft: &draft::Draft) {
    if draft.people.is_empty() {
        return;
    }
    let mut text = Vec::new();
    assert!(write::portfolio(draft, "fuzz", &draft.unknown(), &mut text).is_ok());
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    sources.add("imported.yaml".to_owned(), Ok(text.clone().into_bytes()), &mut found);
    let Some(today) = Day::parse("2026-11-20") else { return };
    let catalog = debt::rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    let read = model::read(&sources, options, &mut found);
    assert!(
        read.is_some(),
        "{text}\n{}",
        render::diagnostics::text(&found, Severity::Error, &sources, SCREEN)
    );
}

/// Read only once, because it takes longer than reading a calendar.
static LEXICON: LazyLock<lexicon::Lexicon> = LazyLock::new(lexicon::Lexicon::new);

/// The calendar reader terminates, and its draft is a valid portfolio.
pub(super) fn calendar(data: &[u8]) {
    let (sources, mut found, added) = foreign("fuzz.ics", data);
    let (Some(added), Some(as_of)) = (added, Day::parse("2026-11-20")) else { return };
    let labels = debt::import::labels::Labels::default();
    let options = ics::Options { as_of, me: &[], internal: &[], lexicon: &LEXICON, labels: &labels };
    let calendars = ics::read(&[added], &sources, options, &mut found);
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    reads_again(&ics::draft(calendars));
}

/// A table of people becomes a valid portfolio, or ends in words.
fn people(table: &foreign::Foreign, mut sources: Sources, mut found: Diagnostics) {
    let options = csv::Options {
        delimiter: None,
        skip_rows: None,
        mapping: csv::ColumnMapping::default(),
        skip_bad_rows: true,
        how: csv::HowToImport::default(),
    };
    let import = csv::read(table, &mut sources, &options, &mut found);
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    let mut draft = import.draft;
    draft.without_clashes();
    reads_again(&draft);
}

/// An HR export becomes a valid portfolio.
pub(super) fn export(data: &[u8]) {
    let (sources, found, added) = foreign("fuzz.csv", data);
    let Some(added) = added else { return };
    people(&added, sources, found);
}

/// A workbook becomes a valid portfolio. Bytes that are no archive are taken for a sheet, in a workbook around it: few
/// changes to an archive get behind its checksums.
pub(super) fn workbook(data: &[u8]) {
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { archive::workbook(data) };
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let how = HowToRead { endings: &[foreign::WORKBOOK], encoding: None };
    let added = foreign::add(&mut sources, "fuzz.xlsx".to_owned(), Ok(bytes), how, &mut found);
    let Some(mut added) = added.filter(|added| added.is_workbook) else { return };
    if xlsx::unpack(&mut added, None, &mut sources, &mut found).is_none() {
        assert!(found.errors() > 0, "not read, and not a word about it");
        return say(&found, &sources);
    }
    people(&added, sources, found);
}

/// Events of Google, Graph or Outlook become a calendar, and that a valid portfolio.
pub(super) fn calendar_events(data: &[u8]) {
    let (mut sources, mut found, added) = foreign("fuzz.json", data);
    let (Some(added), Some(as_of)) = (added, Day::parse("2026-11-20")) else { return };
    let files = [added];
    let origins = events::converted(&files, &mut sources, (None, as_of), &mut found);
    let labels = debt::import::labels::Labels::default();
    let options = ics::Options { as_of, me: &[], internal: &[], lexicon: &LEXICON, labels: &labels };
    let mut calendars = ics::read(&files, &sources, options, &mut found);
    origins.restore(&mut calendars);
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    reads_again(&ics::draft(calendars));
}

/// Users and groups of a directory (SCIM and Graph as JSON, Backstage and GitHub as YAML) become a valid portfolio.
pub(super) fn directory(data: &[u8]) {
    let (sources, mut found, added) = foreign("fuzz.json", data);
    let Some(added) = added else { return };
    let draft = if data.first() == Some(&b'{') {
        let options = scim::Options {
            squads: Some(scim::SquadsFrom::Groups),
            left: Day::parse("2026-11-01"),
            email_aliases: true,
        };
        scim::read(&[added], &sources, options, &mut found)
    } else if sniff::kind(&added, sources.text(added.file)) == Ok(sniff::FileKind::Github) {
        github::read(&[added], &sources, &mut found)
    } else {
        let options = backstage::Options { guild_types: vec!["guild".to_owned()], email_aliases: true };
        backstage::read(&[added], &sources, &options, &mut found)
    };
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    reads_again(&draft);
}

/// Some changes of an item of a type, or of the portfolio.
fn changes(kind: &str, id: &str, day: &str) -> Vec<serde_json::Value> {
    let name = format!("{kind}:{id}");
    let set = |key: &str, to: serde_json::Value| serde_json::json!({"set": name, "key": key, "to": to});
    match kind {
        "meeting" => vec![
            set("purpose", "craft".into()),
            set("last_held", day.into()),
            set("id", "edited".into()),
            serde_json::json!({"unset": name, "key": "cancelled_in_a_row"}),
            serde_json::json!({"append": name, "key": "agenda", "to": "standards"}),
            serde_json::json!({"strip": name, "key": "agenda", "items": ["blockers", "career-lane"]}),
            serde_json::json!({"add": "meetings", "after": name, "item":
                {"id": "edited", "kind": "team", "owner": id.split("--").next(), "since": day}}),
            serde_json::json!({"remove": name}),
        ],
        "conversation" => vec![set("held", day.into()), set("topic", "it's: #".into())],
        "squad" => vec![set("context.reviewed", day.into()), set("name", "x".into())],
        "person" => vec![set("track", "warrant".into()), set("title", "a, [b]".into())],
        _ => vec![serde_json::json!({"set": "portfolio", "key": "hr_system.shows", "to": ["craft"]})],
    }
}

/// Edit, then read: the edited text says what the patched model says.
pub(super) fn edit(data: &[u8]) {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    sources.add("fuzz.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let Some(today) = Day::parse("2026-11-20") else { return };
    let catalog = debt::rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    let Some(read) = model::read(&sources, options, &mut found) else { return };
    let portfolio = &read.portfolio;
    let subjects = portfolio.meeting_positions().take(4).map(Subject::Meeting);
    let subjects = subjects.chain(portfolio.conversation_positions().take(2).map(Subject::Conversation));
    let subjects = subjects.chain(portfolio.squad_positions().take(2).map(Subject::Squad));
    let subjects = subjects.chain(portfolio.person_positions().take(2).map(Subject::Person));
    for subject in subjects.chain([Subject::Portfolio]) {
        let id = portfolio.subject_id(subject);
        for change in changes(subject.type_name(), id, &read.day.to_string()) {
            let Ok(patch) = serde_json::from_value::<Patch>(vec![change].into()) else { return };
            let Ok(patched) = portfolio.with(&patch, &catalog) else { continue };
            match edit::apply(&sources, portfolio, &patch) {
                Ok(edited) => {
                    let new = edit::edited_sources(&sources, &edited);
                    let mut found = Diagnostics::default();
                    let is_same = edit::verify(&new, options, &patched, &mut found);
                    assert!(is_same, "{patch:?}\n{}", new.text(FileIx(0)));
                }
                Err(refused) => {
                    assert!(refused.code == debt::source::Code::CannotFix, "{refused:?} {patch:?}");
                }
            }
        }
    }
}

/// What could be told about an act, whatever it is.
fn telling(option: &str, day: Day, somebody: &str) -> Words {
    use debt::acts::As;
    use debt::records::words::{Purpose, Topic, Track};
    let mut words = Words::default();
    match option {
        "--held" => words.held = Some(day),
        "--reviewed" => words.reviewed = Some(day),
        "--closed" => words.closed = Some(day),
        "--escalated" => words.escalated = Some(day),
        "--as" => words.purpose = Some(As::Purpose(Purpose::Craft)),
        "--track" => words.track = Some(Track::Officer),
        "--topic" => words.topic = Some(Topic::CareerLane),
        _ => words.to = Some(somebody.to_owned()),
    }
    words
}

/// Do what can be done, then read: no deed comes out as a bug, and after all that a program can do by itself there is
/// nothing left that it could do.
pub(super) fn fix(data: &[u8]) {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    sources.add("fuzz.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let Some(today) = Day::parse("2026-11-20") else { return };
    let catalog = debt::rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    let Some(own) = model::read(&sources, options, &mut found) else { return };
    let day = own.day;
    let somebody = own.portfolio.people.first().map(|one| own.portfolio.text(one.id).to_owned());
    let somebody = somebody.unwrap_or_default();
    let mut session = Session::new(sources, own, options);
    for one in session.candidates().into_iter().take(12) {
        let option = match &one.missing {
            Some(debt::acts::NoDeed::Untold { option, .. }) => *option,
            _ => "",
        };
        let words = if option.is_empty() { Words::default() } else { telling(option, day, &somebody) };
        let outcome = session.attempt(&What::Act(one.act), &words);
        assert!(outcome.as_ref().err().is_none_or(|why| !why.is_bug()), "{:?}", outcome.err());
    }
    let outcome = session.run(&[What::All], &Words::default());
    assert!(outcome.is_ok(), "{outcome:?}");
    assert!(session.edits().is_ok());
    let before = session.done().len();
    assert!(session.run(&[What::All], &Words::default()).is_ok());
    assert!(session.done().len() == before, "{:?}", session.done().last());
}
