//! The terms of the glossary: `docs/glossary.md` is compiled in, and each row of its tables explains one or more.

use super::explain::wrapped;

const GLOSSARY: &str = include_str!("../../docs/glossary.md");

/// A row of the glossary.
pub struct Term<'g> {
    cell: &'g str,
    meaning: &'g str,
    name: Option<&'g str>,
}

/// Every row that defines a term for users, in the order of the glossary.
fn rows() -> impl Iterator<Item = Term<'static>> {
    GLOSSARY.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim);
        let (cell, meaning) = (cells.next()?, cells.next()?);
        cell.starts_with("**").then(|| Term { cell, meaning, name: cells.next() })
    })
}

/// What is in bold in a cell.
fn bold(cell: &str) -> impl Iterator<Item = &str> {
    cell.split("**").skip(1).step_by(2)
}

/// Every term that has a row, to suggest one where a word is unknown.
pub fn names() -> impl Iterator<Item = &'static str> {
    rows().flat_map(|row| bold(row.cell))
}

/// The row that defines a word; else one whose meaning defines it in passing. A plural is understood.
pub fn find(word: &str) -> Option<Term<'static>> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
    let wanted = plain(word.trim());
    let is_it = |term: &str| plain(term) == wanted || wanted.strip_suffix('s') == Some(plain(term).as_str());
    let defined = rows().find(|row| bold(row.cell).any(is_it));
    defined.or_else(|| rows().find(|row| bold(row.meaning).any(is_it)))
}

impl Term<'_> {
    /// What is defined.
    pub fn title(&self) -> String {
        self.cell.replace("**", "")
    }

    /// What it means.
    pub fn meaning(&self) -> String {
        self.meaning.replace("**", "")
    }

    /// What it is called in a portfolio, a report or the code; nothing where it has no name there.
    pub fn in_files(&self) -> Option<&str> {
        self.name.filter(|name| !name.is_empty())
    }

    /// The row for a terminal, wrapped to a width.
    pub fn page(&self, width: usize) -> String {
        let mut out = format!("{}\n\n", self.title());
        let mut paragraph = |text: &str| {
            for line in wrapped(text, width.saturating_sub(2)) {
                out.push_str(&format!("  {line}\n"));
            }
        };
        paragraph(&self.meaning());
        if let Some(name) = self.name {
            paragraph(&format!("In a portfolio, a report or the code: {name}"));
        }
        out
    }
}
