//! The record of `debt.sync.yaml`: which files are imported into the portfolio, week after week.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::read::{self, Reading};
use super::values::{Id, Text, Whole};
use crate::base::message::{Message, message};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// One source: a kind of file with where it is, relative to this file, and how it is read. The keys besides are those of
/// `debt import KIND --help`, with `_` in place of `-`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SyncSource")]
#[schemars(extend("oneOf" = [
    {"required": ["files"]}, {"required": ["ics"]}, {"required": ["csv"]}, {"required": ["xlsx"]},
    {"required": ["scim"]}, {"required": ["graph"]}, {"required": ["backstage"]}, {"required": ["github"]},
]))]
pub struct SyncRecord<'t> {
    /// Files and folders of any kind: each is recognised.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["exports/"]))]
    pub files: Option<Words<'t>>,
    /// Calendars.
    #[schemars(extend("examples" = ["bo.ics"]))]
    pub ics: Option<Words<'t>>,
    /// HR exports as CSV.
    #[schemars(extend("examples" = ["hr.csv"]))]
    pub csv: Option<Words<'t>>,
    /// HR exports as Excel workbooks.
    pub xlsx: Option<Words<'t>>,
    /// SCIM users and groups.
    pub scim: Option<Words<'t>>,
    /// Users of Microsoft Graph.
    pub graph: Option<Words<'t>>,
    /// Backstage catalogues.
    pub backstage: Option<Words<'t>>,
    /// Teams of a GitHub organisation.
    pub github: Option<Words<'t>>,
    /// A name that tells this source from others of its kind.
    pub source: Option<Id<'t>>,
    /// Whose calendar it is.
    #[schemars(extend("examples" = ["bo@example.org"]))]
    pub me: Option<Words<'t>>,
    /// Domains whose people are inside.
    pub internal: Option<Words<'t>>,
    /// A file with labels of 1:1s.
    pub labels: Option<Text<'t>>,
    /// A file with more words that say what a 1:1 is for.
    pub lexicon: Option<Text<'t>>,
    /// Where squads come from.
    #[schemars(extend("examples" = ["department"]))]
    pub squads: Option<Text<'t>>,
    /// Types of Backstage groups that become guilds.
    pub guild_type: Option<Words<'t>>,
    /// Whether mail addresses are kept as aliases, so that other files find the same people.
    pub email_aliases: Option<bool>,
    /// The day on which people left who are gone without a date.
    pub left_on: Option<Text<'t>>,
    /// Columns by role.
    #[schemars(extend("examples" = ["manager=Boss"]))]
    pub map: Option<Words<'t>>,
    /// The delimiter of a table.
    pub delimiter: Option<Text<'t>>,
    /// How many lines stand above the header.
    pub skip_rows: Option<Whole<0, 10_000>>,
    /// The encoding.
    pub encoding: Option<Text<'t>>,
    /// The sheet of a workbook.
    pub sheet: Option<Text<'t>>,
    /// Which number of a date comes first.
    #[schemars(extend("enum" = ["dmy", "mdy", "ymd", null]))]
    pub dates: Option<Text<'t>>,
    /// Whether rows that cannot be read are skipped.
    pub skip_bad_rows: Option<bool>,
    /// Keys that are overwritten even where a person wrote them.
    pub update: Option<Words<'t>>,
}

/// One text, or several in a list.
#[derive(Debug)]
pub struct Words<'t>(pub Vec<Cow<'t, str>>);

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, or a list of texts")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Words<'de>, E> {
        Ok(Words(vec![Cow::Borrowed(text)]))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Words<'de>, E> {
        Ok(Words(vec![Cow::Owned(text.to_owned())]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Words<'de>, A::Error> {
        let mut words = Vec::new();
        while let Some(Text(text)) = items.next_element()? {
            words.push(text);
        }
        Ok(Words(words))
    }
}

impl<'de: 't, 't> Deserialize<'de> for Words<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words<'t>, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

impl JsonSchema for Words<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text, or several in a list",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
        })
    }
}

/// A source as it is to be imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyncSource {
    /// The kind; none where files are recognised.
    pub kind: Option<&'static str>,
    /// Its files, relative to the file that names them.
    pub paths: Vec<String>,
    /// Options as they are typed: each with its value, where it has one.
    pub options: Vec<(&'static str, Option<String>)>,
    /// Where it is written.
    pub mark: Mark,
}

/// Reads the sources in their order; what is wrong is reported.
pub fn from_text(text: &str, file: FileIx, diagnostics: &mut Diagnostics) -> Vec<SyncSource> {
    let mut reader = Reader { file, found: Vec::new(), diagnostics };
    // A file of comments alone has no items either.
    let begins_a_list = |line: &str| line.starts_with(['-', '[']);
    let first = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with('#'));
    if !first.is_some_and(begins_a_list) {
        let message = message!("expected a list of sources");
        let help = message!("write a line each, such as `- {ics: bo.ics, me: bo@example.org}`");
        reader.diagnostics.push(Diagnostic::error(Code::WrongValue, message, Place::whole(file)).help(help));
        return Vec::new();
    }
    if let Err(fault) = document::read_items(text, 0, &mut reader) {
        reader.diagnostics.push(fault.diagnose(file));
    }
    reader.found
}

struct Reader<'d> {
    file: FileIx,
    found: Vec<SyncSource>,
    diagnostics: &'d mut Diagnostics,
}

impl<'t> Consumer<'t> for Reader<'_> {
    fn section(&mut self, _: &Node<'t>) -> Shape {
        Shape::Skip
    }
    fn item(&mut self, node: Node<'t>) {
        let place = Place::exact(self.file, node.mark, node.length.max(1));
        let mark = node.mark;
        let before = self.diagnostics.errors();
        let record = read::record::<SyncRecord<'t>>(node, Reading::item("sync", self.file), self.diagnostics);
        let Some(record) = record.filter(|_| self.diagnostics.errors() == before) else { return };
        match source(&record, mark) {
            Ok(source) => self.found.push(source),
            Err(message) => self.diagnostics.push(
                Diagnostic::error(Code::WrongValue, message, place)
                    .help(message!("write one kind with its file, such as `- {csv: hr.csv}`")),
            ),
        }
    }
    fn value(&mut self, node: Node<'t>) {
        self.item(node);
    }
    fn fault(&mut self, fault: Fault) {
        self.diagnostics.push(fault.diagnose(self.file));
    }
}

/// What a record says, or what it lacks.
fn source(record: &SyncRecord<'_>, mark: Mark) -> Result<SyncSource, Message<crate::base::message::Quote>> {
    // Taken apart in full, so that a new key does not compile until it is passed on.
    let SyncRecord {
        files,
        ics,
        csv,
        xlsx,
        scim,
        graph,
        backstage,
        github,
        source,
        me,
        internal,
        labels,
        lexicon,
        squads,
        guild_type,
        email_aliases,
        left_on,
        map,
        delimiter,
        skip_rows,
        encoding,
        sheet,
        dates,
        skip_bad_rows,
        update,
    } = record;
    let kinds = [
        (None, files),
        (Some("ics"), ics),
        (Some("csv"), csv),
        (Some("xlsx"), xlsx),
        (Some("scim"), scim),
        (Some("graph"), graph),
        (Some("backstage"), backstage),
        (Some("github"), github),
    ];
    let mut named = kinds.into_iter().filter_map(|(kind, paths)| Some((kind, paths.as_ref()?)));
    let (Some((kind, paths)), None) = (named.next(), named.next()) else {
        return Err(message!(
            "a source is of one kind: files, ics, csv, xlsx, scim, graph, backstage or github"
        ));
    };
    let paths: Vec<String> = paths.0.iter().map(|path| path.trim().to_owned()).collect();
    if paths.is_empty() || paths.iter().any(String::is_empty) {
        return Err(message!("expected the path of a file, found nothing"));
    }
    if paths.iter().any(|path| path == "-") {
        return Err(message!("standard input is no source of a sync"));
    }
    let one = |key: &'static str, text: Option<&str>| text.map(|text| (key, Some(text.to_owned())));
    let texts = [
        one("source", source.as_ref().map(|id| &*id.0)),
        one("labels", labels.as_ref().map(|text| &*text.0)),
        one("lexicon", lexicon.as_ref().map(|text| &*text.0)),
        one("squads", squads.as_ref().map(|text| &*text.0)),
        one("left-on", left_on.as_ref().map(|text| &*text.0)),
        one("delimiter", delimiter.as_ref().map(|text| &*text.0)),
        one("skip-rows", skip_rows.map(|rows| rows.0.to_string()).as_deref()),
        one("encoding", encoding.as_ref().map(|text| &*text.0)),
        one("sheet", sheet.as_ref().map(|text| &*text.0)),
        one("dates", dates.as_ref().map(|text| &*text.0)),
    ];
    let mut options: Vec<(&'static str, Option<String>)> = texts.into_iter().flatten().collect();
    let lists =
        [("me", me), ("internal", internal), ("guild-type", guild_type), ("map", map), ("update", update)];
    for (key, words) in lists {
        options.extend(words.iter().flat_map(|words| &words.0).map(|word| (key, Some(word.to_string()))));
    }
    let flags = [("email-aliases", email_aliases), ("skip-bad-rows", skip_bad_rows)];
    options.extend(flags.into_iter().filter(|(_, flag)| **flag == Some(true)).map(|(key, _)| (key, None)));
    Ok(SyncSource { kind, paths, options, mark })
}
