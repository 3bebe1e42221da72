//! Reads a worksheet, or a label that was typed.

use super::{Entry, Labels, Told};
use crate::base::message::message;
use crate::base::nearest::nearest;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, Mark, Place, Sources};
use crate::yaml::documents;
use crate::yaml::node::{Kind, Node};

/// Adds the entries of a file: CSV where its first line is the header of one, else YAML.
pub fn read(labels: &mut Labels, file: &Foreign, sources: &Sources, diagnostics: &mut Diagnostics) {
    let text = sources.text(file.file);
    let mut reader = Reader { labels, file, diagnostics };
    if is_csv(text) { reader.csv(text) } else { reader.yaml(text) }
}

/// A label that was typed: `ana@example.org=delivery`, or both addresses with a comma between them.
pub fn typed(text: &str) -> Result<Entry, String> {
    let (pair, word) =
        text.rsplit_once('=').ok_or("expected PAIR=LABEL, such as ana@example.org=delivery")?;
    let told = Told::of(word).ok_or_else(|| {
        format!("unknown label `{}`, expected one of {}", word.trim(), Told::WORDS.join(", "))
    })?;
    let pair = addresses(pair);
    if pair.is_empty() || pair.len() > 2 {
        return Err("expected one address, or two with a comma between them, before `=`".to_owned());
    }
    Ok(Entry { pair, title: None, told: Some(told), place: None, line: None, may_be_gone: false })
}

fn addresses(text: &str) -> Vec<String> {
    text.split(',').map(|one| one.trim().to_lowercase()).filter(|one| !one.is_empty()).collect()
}

fn is_csv(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let names: Vec<&str> = first.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"')).collect();
    names.len() > 1 && names.contains(&"label")
}

struct Reader<'r> {
    labels: &'r mut Labels,
    file: &'r Foreign,
    diagnostics: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn yaml(&mut self, text: &str) {
        let documents = match documents::read(text) {
            Ok(documents) => documents,
            Err(fault) => return self.diagnostics.push(fault.diagnose(self.file.file)),
        };
        for fault in documents.faults {
            self.diagnostics.push(fault.diagnose(self.file.file));
        }
        for tree in &documents.trees {
            let Kind::Map(keys) = &tree.kind else {
                self.error(tree, "expected a mapping with the key `labels`");
                continue;
            };
            for (key, value) in keys {
                match key.text().unwrap_or_default() {
                    "version" if value.text() == Some("1") => {}
                    "version" => self.error(value, "the only version is 1"),
                    "labels" => self.entries(value),
                    _ => self.error(key, "unknown key, expected `labels`"),
                }
            }
        }
    }

    fn entries(&mut self, node: &Node<'_>) {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.entry(item)),
            // The short form: an address and its label.
            Kind::Map(entries) => {
                for (key, value) in entries {
                    let told = self.told(value);
                    let place = Some(self.place(key));
                    let pair = key.text().map(addresses).unwrap_or_default();
                    let line = Some(key.mark.line);
                    self.labels.entries.push(Entry {
                        pair,
                        title: None,
                        told,
                        place,
                        line,
                        may_be_gone: false,
                    });
                }
            }
            Kind::Scalar(..) if node.is_null() => {}
            Kind::Scalar(..) => self.error(node, "expected a list of entries"),
        }
    }

    fn entry(&mut self, item: &Node<'_>) {
        let Kind::Map(keys) = &item.kind else {
            return self.error(item, "expected an entry with `pair` and `label`");
        };
        let mut entry = Entry {
            pair: Vec::new(),
            title: None,
            told: None,
            place: Some(self.place(item)),
            line: Some(item.mark.line),
            may_be_gone: false,
        };
        for (key, value) in keys {
            match key.text().unwrap_or_default() {
                "pair" | "with" => match &value.kind {
                    Kind::List(items) => {
                        entry.pair.extend(items.iter().filter_map(Node::text).flat_map(addresses));
                    }
                    Kind::Scalar(text, _) => entry.pair.extend(addresses(text)),
                    Kind::Map(_) => self.error(value, "expected one or two addresses"),
                },
                "title" => entry.title = value.text().filter(|_| !value.is_null()).map(str::to_owned),
                "label" => {
                    entry.told = self.told(value);
                    if !value.is_null() {
                        entry.place = Some(self.place(value));
                    }
                }
                // Written for whoever fills it in.
                "every" | "suggestion" => {}
                _ => {
                    self.error(
                        key,
                        "unknown key, expected `pair`, `title`, `every`, `suggestion` or `label`",
                    );
                }
            }
        }
        if entry.pair.len() > 2 || (entry.pair.is_empty() && entry.title.is_none()) {
            return self.error(item, "expected `pair` with the addresses of two people");
        }
        self.labels.entries.push(entry);
    }

    fn told(&mut self, value: &Node<'_>) -> Option<Told> {
        let word = value.text().filter(|text| !value.is_null() && !text.trim().is_empty())?;
        let told = Told::of(word);
        if told.is_none() {
            let place = self.place(value);
            self.unknown(word, place);
        }
        told
    }

    fn unknown(&mut self, word: &str, place: Place) {
        let message = message!("unknown label `", word.trim().to_owned(), "`");
        let help = match nearest(word.trim(), Told::WORDS.iter().copied()) {
            Some(near) => message!("did you mean ", near.to_owned(), "?"),
            None => message!("expected one of ", Told::WORDS.join(", ")),
        };
        self.diagnostics.push(Diagnostic::error(Code::Labels, message, place).help(help));
    }

    fn csv(&mut self, text: &str) {
        let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter =
            [b';', b'\t'].into_iter().find(|sign| header.as_bytes().contains(sign)).unwrap_or(b',');
        let mut reader =
            ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let headers: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|name| name.trim().to_lowercase()).collect(),
            Err(_) => return,
        };
        let column = |name: &str| headers.iter().position(|header| header == name);
        let columns = [column("person"), column("with"), column("title"), column("label")];
        for record in reader.records() {
            let Ok(record) = record else {
                let message = message!("this row cannot be read as CSV");
                let place = Place::whole(self.file.file);
                self.diagnostics.push(Diagnostic::error(Code::Labels, message, place));
                return;
            };
            let line = record.position().and_then(|at| u32::try_from(at.line()).ok()).unwrap_or(1);
            // A spreadsheet may have put an apostrophe before what it would take for a formula.
            let cell = |at: usize| {
                columns[at]
                    .and_then(|at| record.get(at))
                    .map_or("", |cell| cell.trim().trim_start_matches('\''))
            };
            let pair: Vec<String> = [cell(0), cell(1)].into_iter().flat_map(addresses).collect();
            let (title, word) = (cell(2).to_owned(), cell(3).to_owned());
            if pair.is_empty() && title.is_empty() {
                continue;
            }
            let place = Place::exact(self.file.file, Mark { line, column: 1 }, 1);
            let told = Told::of(&word);
            if told.is_none() && !word.is_empty() {
                self.unknown(&word, place.clone());
            }
            let title = Some(title).filter(|title| !title.is_empty());
            self.labels.entries.push(Entry {
                pair,
                title,
                told,
                place: Some(place),
                line: Some(line),
                may_be_gone: false,
            });
        }
    }

    fn place(&self, node: &Node<'_>) -> Place {
        Place::exact(self.file.file, node.mark, node.length)
    }

    fn error(&mut self, node: &Node<'_>, what: &'static str) {
        let place = self.place(node);
        self.diagnostics.push(Diagnostic::error(Code::Labels, message!(what), place));
    }
}
