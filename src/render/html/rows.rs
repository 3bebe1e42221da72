//! Where there are very many factors the page holds the first of them, and all of them as data that the script draws from,
//! a page of the list at a time.

use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::html;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::super::escape::{JsonControls, page};
use super::super::table::parts::{duration, one_decimal, percent};
use super::factors::anchor;
use super::{put, tools};
use crate::base::decimal::thousandths;
use crate::base::names::{Piece, Untrusted};
use crate::report::{FactorRow, Report};

/// With more factors than this they are drawn on demand: a browser takes seconds for their elements.
const MANY: usize = 1_000;

/// How many are drawn at a time; the script asks the list for it.
pub(super) const PAGE: usize = 100;

/// Whether factors are drawn on demand.
pub(super) fn on_demand(report: &Report<'_>) -> bool {
    report.factors.len() > MANY
}

/// What is behind the first page of the list: how many more there are, the way to them, and their data.
pub(super) fn write(report: &Report<'_>, to: &mut impl Write) -> io::Result<()> {
    let all = report.factors.len();
    put(
        to,
        &html! {
            p class="more" {
                "These are the first " (PAGE) " of " (all) ". A browser that runs the page\u{2019}s script shows all of them, "
                "and so does " span class="code" { "debt score --format csv" } "."
            }
            nav class="pages" id="pages" aria-label="Pages of the list" hidden {
                button type="button" value="-1" { "Previous" }
                span {}
                button type="button" value="1" { "Next" }
            }
        },
    )?;
    to.write_all(b"<script type=\"application/json\" id=\"rows\">{\"fields\":")?;
    to.write_all(&json(&BTreeMap::from_iter(tools::left_out(report)))?)?;
    to.write_all(b",\"rows\":[")?;
    let mut between: &[u8] = b"\n";
    report.factors.first_with_arithmetic(usize::MAX, row, |line| {
        to.write_all(between)?;
        between = b",\n";
        to.write_all(&line?)
    })?;
    to.write_all(b"\n]}</script>")
}

/// A factor as the script reads it: what it filters and sorts by, and the text that is shown, which only this side makes.
#[derive(Serialize)]
struct Data<'r> {
    at: String,
    id: String,
    mp: i64,
    points: String,
    share: String,
    group: &'static str,
    code: &'static str,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    squad: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guild: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
    facts: Vec<Sentence<'r>>,
    remedy: Sentence<'r>,
    minutes: i64,
    takes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    interest: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    onset: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noted: Option<(String, String)>,
    sum: Vec<(&'r str, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

fn row(row: &FactorRow, lines: &[(String, i64)]) -> io::Result<Vec<u8>> {
    let shown = |text: &Untrusted| page(text.raw());
    // Where there is no headline the subject stands for it, as in the list.
    let facts =
        if row.evidence.is_empty() { std::slice::from_ref(&row.subject.label) } else { &row.evidence };
    let data = Data {
        at: anchor(&row.id),
        id: shown(&row.id),
        mp: row.mp.mp(),
        points: one_decimal(row.points.0),
        share: percent(row.share.0),
        group: row.group,
        code: row.code,
        rule: row.name,
        squad: row.squad.as_ref().map(shown),
        guild: row.guild.as_ref().map(shown),
        owner: row.owner.as_ref().map(shown),
        who: row.owner_label.as_ref().map(shown),
        facts: facts.iter().map(Sentence).collect(),
        remedy: Sentence(&row.remedy),
        minutes: row.minutes,
        takes: duration(row.minutes),
        interest: (row.interest_mp.mp() > 0).then(|| row.interest_mp.mp()),
        onset: row.onset.map(|onset| (onset.to_string(), onset.in_full())),
        noted: row.acknowledged.as_ref().map(|one| (one.through.in_full(), shown(&one.reason))),
        sum: lines.iter().map(|(words, amount)| (words.as_str(), thousandths(*amount))).collect(),
        place: row.location.as_ref().map(|at| format!("{}:{}", shown(&at.file), at.line)),
    };
    json(&data)
}

fn json(data: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(1 << 10);
    data.serialize(&mut serde_json::Serializer::with_formatter(&mut line, JsonControls))?;
    Ok(without_markup(line))
}

/// JSON in which nothing begins an element, a comment or the end of the script.
fn without_markup(json: Vec<u8>) -> Vec<u8> {
    if !json.contains(&b'<') {
        return json;
    }
    let mut out = Vec::with_capacity(json.len().saturating_add(64));
    for byte in json {
        if byte == b'<' { out.extend_from_slice(b"\\u003c") } else { out.push(byte) }
    }
    out
}

/// A sentence; where names in it have a direction of their own, words and names in turns, words first.
struct Sentence<'r>(&'r Untrusted);

impl Serialize for Sentence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.pieces().all(|piece| matches!(piece, Piece::Words(_))) {
            return serializer.serialize_str(&page(self.0.raw()));
        }
        let mut pieces = serializer.serialize_seq(None)?;
        let mut after_words = false;
        for piece in self.0.pieces() {
            match piece {
                Piece::Words(_) => {}
                Piece::Name(_) if after_words => {}
                Piece::Name(_) => pieces.serialize_element("")?,
            }
            after_words = matches!(piece, Piece::Words(_));
            pieces.serialize_element(&page(piece.text()))?;
        }
        pieces.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_ends_where_we_end_it() {
        let text = Untrusted::new("</script><!--<script>\u{2028}\u{200f}\"");
        let line = String::from_utf8(json(&Sentence(&text)).expect("memory takes it")).expect("it is UTF-8");
        assert!(line.is_ascii() && !line.contains('<'), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).expect("JSON"), page(text.raw()));
    }

    #[test]
    fn names_and_words_take_turns() {
        let (one, two) = ("\u{5D0}", "\u{5D1}");
        let sentence = Untrusted::sentence(format!("{one} and {two}"), vec![0..2, 7..9]);
        assert_eq!(
            serde_json::to_value(Sentence(&sentence)).expect("JSON"),
            serde_json::json!(["", one, " and ", two])
        );
    }
}
