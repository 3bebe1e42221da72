//! One text while it is edited: replaced piece by piece, with a record of which bytes are still those that were read.

use crate::yaml::fault::Fault;
use crate::yaml::spans::{self, Spanned};

/// A range of bytes and what replaces it; an empty range is an insertion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// The first byte, in the text that was read.
    pub from: usize,
    /// The byte behind the last.
    pub to: usize,
    /// What is written in their place.
    pub text: String,
}

#[derive(Clone, Debug)]
enum Stretch {
    /// Bytes of the text that was read.
    Kept(usize, usize),
    New(String),
}

impl Stretch {
    fn len(&self) -> usize {
        match self {
            Stretch::Kept(from, to) => to - from,
            Stretch::New(text) => text.len(),
        }
    }

    /// The piece before and the one behind a byte of it.
    fn split(self, at: usize) -> (Stretch, Stretch) {
        match self {
            Stretch::Kept(from, to) => (Stretch::Kept(from, from + at), Stretch::Kept(from + at, to)),
            Stretch::New(mut text) => {
                let behind = text.split_off(at);
                (Stretch::New(text), Stretch::New(behind))
            }
        }
    }
}

/// A text that is being edited.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// As it is now.
    pub(super) text: String,
    original: usize,
    pieces: Vec<Stretch>,
}

impl Document {
    pub(super) fn new(text: &str) -> Document {
        let pieces = vec![Stretch::Kept(0, text.len())];
        Document { text: text.to_owned(), original: text.len(), pieces }
    }

    /// What the text says now, with its places.
    pub(super) fn tree(&self) -> Result<Spanned<'_>, Fault> {
        spans::tree(&self.text)
    }

    /// Makes these replacements, whose bytes are those of the text as it is now and do not overlap.
    pub(super) fn apply(&mut self, mut splices: Vec<Splice>) {
        splices.sort_by_key(|splice| (splice.from, splice.to));
        // From the end, so that the bytes of those before stay what they are.
        for splice in splices.into_iter().rev() {
            self.text.replace_range(splice.from..splice.to, &splice.text);
            self.replace(splice);
        }
    }

    fn replace(&mut self, Splice { from, to, text }: Splice) {
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2);
        let mut new = Some(Stretch::New(text));
        let mut at = 0;
        for piece in self.pieces.drain(..) {
            let (start, end) = (at, at + piece.len());
            at = end;
            let cut = |byte: usize| byte.clamp(start, end) - start;
            let (before, rest) = piece.split(cut(from));
            let (_, behind) = rest.split(cut(to) - cut(from));
            if before.len() > 0 {
                pieces.push(before);
            }
            if end >= to {
                pieces.extend(new.take());
            }
            if behind.len() > 0 {
                pieces.push(behind);
            }
        }
        pieces.extend(new);
        self.pieces = pieces;
    }

    /// Everything that differs from the text that was read, in its bytes and its order.
    pub(super) fn splices(&self) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut at = 0;
        let mut new = String::new();
        for piece in self.pieces.iter().chain([&Stretch::Kept(self.original, self.original)]) {
            match piece {
                Stretch::New(text) => new.push_str(text),
                Stretch::Kept(from, to) => {
                    if *from > at || !new.is_empty() {
                        splices.push(Splice { from: at, to: *from, text: std::mem::take(&mut new) });
                    }
                    at = *to;
                }
            }
        }
        splices
    }
}

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// Where the content of a byte's line ends.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end)
}

/// Where the line behind the one that ends here begins: the same where the text ends.
pub(super) fn next_line(text: &str, end: usize) -> usize {
    match text.as_bytes().get(end..).unwrap_or_default() {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}

/// How the lines of a text end.
pub(super) fn line_ending(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// What puts lines behind the one whose content ends here: without a line end at the end of the text it stays so.
pub(super) fn lines_behind(text: &str, end: usize, lines: &str) -> Splice {
    let ending = line_ending(text);
    let text = format!("{ending}{}", lines.replace('\n', ending));
    Splice { from: end, to: end, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_of_splices_are_in_the_bytes_that_were_read() {
        let splice = |from, to, text: &str| Splice { from, to, text: text.to_owned() };
        let mut document = Document::new("abcdef");
        document.apply(vec![splice(1, 2, "XY"), splice(4, 4, "-")]);
        assert_eq!(document.text, "aXYcd-ef");
        document.apply(vec![splice(2, 4, "z"), splice(8, 8, "!")]);
        assert_eq!(document.text, "aXzd-ef!");
        assert_eq!(document.splices(), [splice(1, 3, "Xz"), splice(4, 4, "-"), splice(6, 6, "!")]);
        let mut document = Document::new("ab");
        document.apply(vec![splice(0, 0, "x")]);
        document.apply(vec![splice(0, 1, "")]);
        assert_eq!((document.text.as_str(), document.splices().len()), ("ab", 0));
    }
}
