//! Reads a text in short pieces, and passes over those that are known: for texts that differ in a few lines, as the
//! revisions of one do. Where to split is a guess from the lines, as in `parallel.rs`; in any doubt nothing counts, and the
//! text is to be read as a whole.

use super::calls::{Call, Delivered, How, RecordConsumer};
use super::chunks::{Chunk, Chunks, NotSplittable};
use super::parallel::{Junction, deliver};
use super::recording::record;

pub use super::recording::Outline;

/// Takes pieces.
pub trait PieceConsumer<'t>: RecordConsumer<'t> {
    /// Takes what a piece holds from where the same piece was read before, and says what it is made of; none where there
    /// was no such piece.
    fn known(&mut self, piece: &Chunk<'t>) -> Option<Outline>;
    /// Everything in a piece has been delivered.
    fn read(&mut self, piece: &Chunk<'t>, outline: Outline);
}

/// Reads a text in pieces.
///
/// # Errors
/// It cannot be read safely in pieces, or has an error. What was delivered is not to be used.
pub fn read<'t>(text: &'t str, how: How, to: &mut dyn PieceConsumer<'t>) -> Result<(), NotSplittable> {
    let mut junction = Junction::default();
    let mut delivered = Delivered::default();
    let mut count = 0_usize;
    for piece in Chunks::by_content(text) {
        let piece = piece?;
        count += 1;
        if let Some(outline) = to.known(&piece) {
            if !junction.continues_with(&outline) {
                return Err(NotSplittable);
            }
            continue;
        }
        let recording = record(&piece, how).ok_or(NotSplittable)?;
        let outline = recording.outline();
        // An item without a record has an error.
        let has_error = recording.calls.iter().any(|call| matches!(call, Call::Item(_)));
        if has_error || !junction.continues_with(&outline) {
            return Err(NotSplittable);
        }
        deliver(recording, &mut delivered, to);
        to.read(&piece, outline);
    }
    // There is an error for a text that says nothing.
    if count == 0 { Err(NotSplittable) } else { Ok(()) }
}
