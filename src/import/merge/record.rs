//! What imports wrote into a portfolio, remembered in the portfolio itself: one comment line per source and item, with a
//! digest per value. A value that is still what an import wrote may move forward; any other was written by a person.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::import::draft::{Item, Value, cadence};
use crate::records::values::{Every, is_id};

/// The digest of a key with its value: short, since it is only ever compared with the few of the same item.
pub(in crate::import) type Digest = [u8; 3];

/// What each line begins with.
const MARK: &str = "# debt import:";

/// What is above the lines where there were none.
const HEAD: [&str; 2] = [
    "# What imports wrote here, in digests: by them the next `debt import --into`",
    "# tells what somebody has changed since, and rewrites these lines.",
];

/// Which source wrote which item: source, section, id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::import) struct Key {
    pub(super) source: String,
    pub(super) section: &'static str,
    pub(super) id: String,
}

/// All lines.
pub(in crate::import) type Lines = BTreeMap<Key, BTreeSet<Digest>>;

const SECTIONS: [&str; 4] = ["people", "squads", "guilds", "meetings"];

/// The digest of a value of an import.
pub(super) fn of_value(key: &str, value: &Value) -> Digest {
    match value {
        Value::Text(text) | Value::Word(text) => of_text(key, text),
        Value::List(list) => of_text(key, &list.join(",")),
    }
}

/// The digest of a value as it is written.
pub(super) fn of_text(key: &str, text: &str) -> Digest {
    let days = if key == "every" { Every::parse(text) } else { None };
    let text = days.map_or_else(|| text.to_owned(), |days| cadence(days.0));
    let mut digest = Sha256::new();
    digest.update(key.as_bytes());
    digest.update(b"=");
    digest.update(text.as_bytes());
    let digest = digest.finalize();
    [digest[0], digest[1], digest[2]]
}

/// What is remembered of an item that is written as the import has it.
pub(super) fn of_item(item: &Item) -> BTreeSet<Digest> {
    let keys = item.keys.iter().filter(|(key, _)| is_remembered(key));
    let mut all: BTreeSet<Digest> = keys.map(|(key, value)| of_value(key, value)).collect();
    all.extend(item.uid.as_deref().map(of_uid));
    all
}

/// Whether a key's value can move forward by what is remembered of it. Aliases only ever add up, and what was cancelled
/// goes with the last date.
pub(super) fn is_remembered(key: &str) -> bool {
    !matches!(key, "aliases" | "external" | "cancelled_in_a_row")
}

/// The digest of what a calendar calls a series, whose letter case systems change.
pub(super) fn of_uid(uid: &str) -> Digest {
    of_text("uid", &uid.to_lowercase())
}

/// Whether a source is a calendar: it knows meetings, and of people only that they are there.
pub(super) fn is_calendar(source: &str) -> bool {
    source.split(':').next() == Some(CALENDAR)
}

/// What sources that are calendars are called.
pub const CALENDAR: &str = "calendar";

/// One line.
pub fn line(source: &str, section: &str, item: &Item) -> String {
    written(source, section, &item.id, &of_item(item))
}

/// The lines above all others.
pub fn head() -> String {
    format!("\n{}\n{}\n", HEAD[0], HEAD[1])
}

fn written(source: &str, section: &str, id: &str, digests: &BTreeSet<Digest>) -> String {
    let digests: String = digests.iter().map(|digest| HEXLOWER.encode(digest)).collect();
    format!("{MARK} {source} {section} {id} {digests}").trim_end().to_owned() + "\n"
}

fn parsed(line: &str) -> Option<(Key, BTreeSet<Digest>)> {
    let mut words = line.trim_end().strip_prefix(MARK)?.strip_prefix(' ')?.split(' ');
    let (source, section, id) = (words.next()?, words.next()?, words.next()?);
    let section = SECTIONS.into_iter().find(|known| *known == section)?;
    let bytes = HEXLOWER.decode(words.next().unwrap_or_default().as_bytes()).ok()?;
    let digests = bytes.chunks(3).map(|part| part.try_into().ok()).collect::<Option<_>>()?;
    let is_whole = words.next().is_none() && !source.is_empty() && is_id(id);
    is_whole.then(|| (Key { source: source.to_owned(), section, id: id.to_owned() }, digests))
}

/// What a text remembers.
pub(super) fn read(text: &str) -> Lines {
    let mut lines = Lines::new();
    for (key, digests) in text.lines().filter_map(parsed) {
        lines.entry(key).or_default().extend(digests);
    }
    lines
}

/// A text that remembers this and nothing else; JSON has no comments, so it stays as it is.
pub(super) fn rewritten(text: &str, lines: &Lines) -> String {
    if text.trim_start().starts_with('{') || (lines.is_empty() && !text.contains(MARK)) {
        return text.to_owned();
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let block: String = lines
        .iter()
        .map(|(key, digests)| written(&key.source, key.section, &key.id, digests))
        .collect::<String>()
        .replace('\n', end);
    let mut out = String::with_capacity(text.len() + block.len());
    let mut is_placed = false;
    for one in text.split_inclusive('\n') {
        if parsed(one).is_none() {
            out.push_str(one);
        } else if !is_placed {
            out.push_str(&block);
            is_placed = true;
        }
    }
    if !is_placed {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(end);
        }
        out.push_str(&(head().replace('\n', end) + &block));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Key, Lines, of_text, read, rewritten};

    #[test]
    fn what_is_remembered_reads_back_and_comments_of_others_stay() {
        let key = Key { source: "hr".to_owned(), section: "people", id: "003".to_owned() };
        let lines: Lines = [(key, [of_text("title", "Engineer")].into())].into();
        let text = "people:\r\n  - id: \"003\"\r\n# debt import: from HR, on a Monday\r\n";
        let new = rewritten(text, &lines);
        assert!(new.starts_with(text) && !new.replace("\r\n", "").contains('\n'), "{new}");
        assert_eq!(read(&new), lines);
        assert_eq!(rewritten(&new, &lines), new);
        assert_eq!(rewritten("{\"people\": []}", &lines), "{\"people\": []}");
        assert_eq!(of_text("every", "1w"), of_text("every", "weekly"));
        assert_ne!(of_text("title", "1w"), of_text("title", "weekly"));
    }
}
