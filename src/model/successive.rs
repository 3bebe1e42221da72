//! Portfolios that are read one after the other and differ in little, as the revisions of one do: the items of a piece of
//! text that was there before are taken over, and only other pieces are read. It answers only where nothing is wrong and
//! nothing unusual; in doubt the caller reads the texts in the usual way. So whatever is said of an error never depends on it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Portfolio;
use super::intake::Intake;
use super::read::{ReadOptions, Taken, Unlinked};
use crate::records::chunks::{Chunk, NotSplittable};
use crate::records::parallel::{How, RecordConsumer};
use crate::records::pieces::{self, Outline, PieceConsumer};
use crate::records::sections::{Item, Section};
use crate::source::{Diagnostics, FileIx, ItemAt, Mark};
use crate::yaml::document::{Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// A file of a portfolio at one time.
#[derive(Clone, Copy, Debug)]
pub struct FileAt<'f> {
    /// Its path.
    pub path: &'f [u8],
    /// What its content is known by: the same version is the same text.
    pub version: &'f str,
}

/// What was read last.
#[derive(Debug, Default)]
pub struct Successive {
    /// Unlinked, its lists in the order of the texts.
    portfolio: Portfolio,
    files: HashMap<Vec<u8>, KeptFile>,
    /// How many names there were when all of it was read.
    fresh_names: usize,
    /// How many of its pieces were read, and not taken over from the portfolio before.
    pieces_read: usize,
}

#[derive(Debug)]
struct KeptFile {
    version: String,
    text: Arc<str>,
    pieces: Vec<Piece>,
}

/// A piece of a text, and where its items are in the lists of the portfolio.
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    lines_before: u32,
    outline: Outline,
    items: Items,
}

/// Where in each list.
type Items = [Range<usize>; 9];

/// How many items each list has.
fn lengths(portfolio: &Portfolio) -> [usize; 9] {
    [
        portfolio.people.len(),
        portfolio.squads.len(),
        portfolio.guilds.len(),
        portfolio.meetings.len(),
        portfolio.conversations_slice().len(),
        portfolio.decisions_slice().len(),
        portfolio.promotions_slice().len(),
        portfolio.mentorships_slice().len(),
        portfolio.acknowledgements.len(),
    ]
}

/// Copies items, and says where they are now. Both have the same names.
fn copy(from: &Portfolio, items: &Items, to: &mut Portfolio, place: impl Fn(ItemAt) -> ItemAt) -> Items {
    macro_rules! copied {
        ($at:literal, $from:expr, $to:expr) => {{
            let these = $from.get(items[$at].clone()).unwrap_or_default();
            // A list without an item may not be written at all.
            if these.is_empty() {
                0..0
            } else {
                let list = $to;
                let begin = list.len();
                list.extend(these.iter().cloned());
                for one in &mut list[begin..] {
                    one.at = place(one.at);
                }
                begin..list.len()
            }
        }};
    }
    [
        copied!(0, from.people, &mut to.people),
        copied!(1, from.squads, &mut to.squads),
        copied!(2, from.guilds, &mut to.guilds),
        copied!(3, from.meetings, &mut to.meetings),
        copied!(4, from.conversations_slice(), to.conversations.get_or_insert_default()),
        copied!(5, from.decisions_slice(), to.decisions.get_or_insert_default()),
        copied!(6, from.promotions_slice(), to.promotions.get_or_insert_default()),
        copied!(7, from.mentorships_slice(), to.mentorships.get_or_insert_default()),
        copied!(8, from.acknowledgements, &mut to.acknowledgements),
    ]
}

/// Names are never taken out; with so many more than at first all is read anew.
const MORE_NAMES: usize = 2;

impl Successive {
    /// The next portfolio, of these files in their order; `text` gives the text of one, where it is not known. `None` where
    /// the texts are to be read in the usual way. Without the warnings about texts that were cut, which no history shows.
    ///
    /// # Errors
    /// Those of `text`.
    pub fn read<E>(
        &mut self,
        files: &[FileAt<'_>],
        mut text: impl FnMut(usize) -> Result<Option<String>, E>,
        options: ReadOptions<'_>,
    ) -> Result<Option<Unlinked>, E> {
        // What is wrong on the way is forgotten with all the rest.
        let Successive { portfolio: before, files: mut files_before, fresh_names, .. } = std::mem::take(self);
        let is_fresh = before.names.is_empty() || before.names.len() > MORE_NAMES.saturating_mul(fresh_names);
        if is_fresh {
            files_before.clear();
        }
        let mut diagnostics = Diagnostics::default();
        let mut intake = Intake::new(options.catalog, &mut diagnostics);
        let mut before = before;
        if !is_fresh {
            intake.portfolio.names = std::mem::take(&mut before.names);
        }
        let (mut kept, mut pieces_read) = (HashMap::new(), 0);
        for (at, file) in files.iter().enumerate() {
            intake.begin(FileIx(u32::try_from(at).unwrap_or(u32::MAX)));
            let known = files_before.remove(file.path);
            let same = known.as_ref().filter(|known| known.version == file.version);
            let text: Arc<str> = match same {
                Some(same) => Arc::clone(&same.text),
                None => match text(at)? {
                    Some(text) => text.into(),
                    None => return Ok(None),
                },
            };
            let whole = same.filter(|same| same.pieces.iter().all(|piece| piece.outline.is_plain));
            let known = known.as_ref().filter(|_| whole.is_none()).map(Known::new);
            let begin = lengths(&intake.portfolio);
            let mut taking = Taking {
                intake,
                before: &before,
                known,
                pieces: Vec::new(),
                pieces_read,
                text: &text,
                begin,
            };
            if taking.take(whole).is_err() {
                return Ok(None);
            }
            let Taking { intake: taken, pieces, pieces_read: read, .. } = taking;
            (intake, pieces_read) = (taken, read);
            let version = file.version.to_owned();
            drop(kept.insert(file.path.to_vec(), KeptFile { version, text, pieces }));
        }
        let Intake { portfolio, policy: own_policy, people_at, .. } = intake;
        let fresh_names = if is_fresh { portfolio.names.len() } else { fresh_names };
        *self = Successive { portfolio: portfolio.clone(), files: kept, fresh_names, pieces_read };
        let taken = Taken { portfolio, own_policy, named_policy: None, people_at, cut_short: false };
        let unlinked = taken.checked(options, &mut diagnostics);
        if diagnostics.errors() > 0 {
            *self = Successive::default();
            return Ok(None);
        }
        Ok(unlinked)
    }

    /// How many pieces of the texts were read for the last portfolio, and not taken over from the one before.
    pub fn pieces_read(&self) -> usize {
        self.pieces_read
    }

    /// How long the texts are together.
    pub fn size(&self) -> usize {
        self.files.values().map(|file| file.text.len()).sum()
    }
}

/// The pieces of a file, by their text and the list that they continue.
struct Known<'k>(HashMap<(&'k str, Option<&'k str>), &'k Piece>);

impl<'k> Known<'k> {
    fn new(file: &'k KeptFile) -> Known<'k> {
        let plain = file.pieces.iter().filter(|piece| piece.outline.is_plain);
        let key =
            |piece: &'k Piece| Some((file.text.get(piece.text.clone())?, piece.outline.continues.as_deref()));
        Known(plain.filter_map(|piece| Some((key(piece)?, piece))).collect())
    }

    /// The piece with this text that continues the same list.
    fn find(&self, piece: &Chunk<'_>) -> Option<&'k Piece> {
        self.0.get(&(piece.text, piece.continues)).copied()
    }
}

/// Takes a text, piece by piece.
struct Taking<'k, 'i, 't> {
    intake: Intake<'i>,
    before: &'k Portfolio,
    known: Option<Known<'k>>,
    pieces: Vec<Piece>,
    pieces_read: usize,
    text: &'t str,
    /// How many items there were before the piece at hand.
    begin: [usize; 9],
}

impl Taking<'_, '_, '_> {
    /// Takes all of it; `whole` is the file where all that is in it is known.
    fn take(&mut self, whole: Option<&KeptFile>) -> Result<(), NotSplittable> {
        match whole {
            Some(file) => {
                for piece in &file.pieces {
                    self.copy(piece, piece.text.clone(), piece.lines_before);
                }
                Ok(())
            }
            None => pieces::read(self.text, How::PORTFOLIO, self),
        }
    }

    fn copy(&mut self, piece: &Piece, text: Range<usize>, lines_before: u32) {
        let file = self.intake.file;
        let place = |at: ItemAt| {
            let line = at.mark.line.saturating_sub(piece.lines_before).saturating_add(lines_before);
            ItemAt { file, mark: Mark { line, ..at.mark } }
        };
        for section in &piece.outline.sections {
            if let Some(Section::List(list)) = Section::find(section) {
                self.intake.mark_written(list);
            }
        }
        let items = copy(self.before, &piece.items, &mut self.intake.portfolio, place);
        self.begin = lengths(&self.intake.portfolio);
        self.pieces.push(Piece { text, lines_before, outline: piece.outline.clone(), items });
    }

    /// Where in the text a piece is: it follows the one before.
    fn range_of(&self, piece: &Chunk<'_>) -> Range<usize> {
        let begin = self.pieces.last().map_or(0, |piece| piece.text.end);
        begin..begin.saturating_add(piece.text.len())
    }
}

impl<'t> PieceConsumer<'t> for Taking<'_, '_, 't> {
    fn known(&mut self, piece: &Chunk<'t>) -> Option<Outline> {
        let found = self.known.as_ref()?.find(piece)?;
        self.copy(found, self.range_of(piece), piece.lines_before);
        Some(found.outline.clone())
    }

    fn read(&mut self, piece: &Chunk<'t>, outline: Outline) {
        let end = lengths(&self.intake.portfolio);
        let begin = std::mem::replace(&mut self.begin, end);
        let items = std::array::from_fn(|list| begin[list]..end[list]);
        let text = self.range_of(piece);
        self.pieces_read = self.pieces_read.saturating_add(1);
        self.pieces.push(Piece { text, lines_before: piece.lines_before, outline, items });
    }
}

impl<'t> Consumer<'t> for Taking<'_, '_, 't> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.intake.section(key)
    }
    fn list(&mut self, line: Option<u32>) {
        self.intake.list(line);
    }
    fn item(&mut self, node: Node<'t>) {
        self.intake.item(node);
    }
    fn value(&mut self, node: Node<'t>) {
        self.intake.value(node);
    }
    fn fault(&mut self, fault: Fault) {
        self.intake.fault(fault);
    }
}

impl<'t> RecordConsumer<'t> for Taking<'_, '_, 't> {
    fn record(&mut self, item: Item<'t>, mark: Mark) {
        self.intake.record(item, mark);
    }
}
