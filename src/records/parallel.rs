//! Reads texts in chunks on all cores, and passes the results on in the order of the file, as if it were read in one
//! pass. Where to split is only a guess from the lines. It is proved right if each chunk reads by
//! itself and continues the previous one. In any doubt the text is read in one pass, and that result counts.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::Scope;

use super::calls::{Call, Delivered, Rest};
use super::chunks::{Chunks, NotSplittable};
use super::fast;
use super::recording::{Outline, Recording, record};
use crate::base::parallel;
use crate::yaml::document;
use crate::yaml::fault::Fault;

pub use super::calls::{How, RecordConsumer};

/// How long a chunk should be: long enough that splitting costs nothing, short enough that the chunks read ahead are
/// small compared with the text.
pub const CHUNK: usize = 128 * 1024;

/// How long a chunk is at most where one thread reads it and takes its records at once: they are still in its cache.
const NEAR: usize = 16 * 1024;

/// Texts that are being read: when they are asked for, or ahead of that by other threads.
pub struct Ahead<'a, 't> {
    scope: Option<&'a Scope<'t>>,
    /// How many chunks may be begun at a time.
    most: usize,
    how: How,
    texts: VecDeque<Text<'t>>,
    /// Chunks that have been begun and not been taken.
    begun: usize,
}

struct Text<'t> {
    whole: &'t str,
    waiting: Chunks<'t>,
    begun: VecDeque<Receiver<Option<Recording<'t>>>>,
}

/// Lets `use_them` read these texts one after the other with `Ahead::read_next`, in chunks of this length or more.
pub fn ahead<'t, R>(
    texts: impl Iterator<Item = &'t str>,
    chunk: usize,
    how: How,
    use_them: impl FnOnce(&mut Ahead<'_, 't>) -> R,
) -> R {
    let texts: Vec<&'t str> = texts.collect();
    let size: usize = texts.iter().map(|text| text.len()).sum();
    let waiting = |chunk: usize| {
        let text =
            |text: &&'t str| Text { whole: text, waiting: Chunks::new(text, chunk), begun: VecDeque::new() };
        texts.iter().map(text).collect::<VecDeque<Text<'t>>>()
    };
    // A shorter text is read before other threads have woken up; without threads it is read on this one.
    let Some(pool) = (size >= 2 * chunk).then(parallel::pool_to_wait_for).flatten() else {
        let texts = waiting(chunk.min(NEAR));
        return use_them(&mut Ahead { scope: None, most: 0, how, texts, begun: 0 });
    };
    let texts = waiting(chunk);
    let most = 4 * pool.current_num_threads();
    pool.in_place_scope(|scope| use_them(&mut Ahead { scope: Some(scope), most, how, texts, begun: 0 }))
}

impl<'t> Ahead<'_, 't> {
    /// Reads the next text as `document::read` does.
    pub fn read_next(&mut self, to: &mut dyn RecordConsumer<'t>) -> Result<(), Fault> {
        let mut delivered = Delivered::default();
        let mut held: Option<Recording<'t>> = None;
        let mut junction = Junction::default();
        while let Some(recording) = self.next_chunk() {
            let Some(recording) = recording.ok().filter(|next| junction.continues_with(&next.outline()))
            else {
                return self.in_one_pass(delivered, to);
            };
            // A chunk is used only once the next one has been read: a wrong split shows on one of its sides.
            if let Some(proven) = held.replace(recording) {
                deliver(proven, &mut delivered, to);
            }
        }
        match held {
            Some(last) => deliver(last, &mut delivered, to),
            None => return self.in_one_pass(delivered, to),
        }
        self.texts.pop_front();
        Ok(())
    }

    /// The next chunk of the text, read by another thread or by this one; an `Err` where it cannot be read by itself.
    fn next_chunk(&mut self) -> Option<Result<Recording<'t>, NotSplittable>> {
        self.begin();
        let how = self.how;
        let text = self.texts.front_mut()?;
        if self.scope.is_none() {
            let chunk = text.waiting.next()?;
            return Some(chunk.and_then(|chunk| record(&chunk, how).ok_or(NotSplittable)));
        }
        let chunk = text.begun.pop_front()?;
        self.begun -= 1;
        Some(chunk.recv().ok().flatten().ok_or(NotSplittable))
    }

    /// Reads the text as a whole, without what has been delivered.
    fn in_one_pass(
        &mut self,
        mut delivered: Delivered,
        to: &mut dyn RecordConsumer<'t>,
    ) -> Result<(), Fault> {
        let Some(text) = self.texts.pop_front() else { return Ok(()) };
        self.begun -= text.begun.len();
        let is_read = delivered.is_nothing()
            && fast::json(text.whole, self.how, &mut |call| delivered.deliver(call, to)).is_ok();
        if is_read { Ok(()) } else { document::read(text.whole, &mut Rest { delivered, to }) }
    }

    /// Keeps the threads busy, with no more chunks in memory than that takes.
    fn begin(&mut self) {
        let Some(scope) = self.scope else { return };
        let how = self.how;
        for text in &mut self.texts {
            while self.begun < self.most {
                let Some(chunk) = text.waiting.next() else { break };
                let (sender, receiver) = sync_channel(1);
                text.begun.push_back(receiver);
                self.begun += 1;
                // Without a chunk nothing is sent, which means that the text cannot be split.
                if let Ok(chunk) = chunk {
                    // If nobody waits for the chunk any more, the result is dropped.
                    scope.spawn(move |_| drop(sender.send(record(&chunk, how))));
                }
            }
        }
    }
}

/// What the chunks so far have shown.
#[derive(Default)]
pub(super) struct Junction {
    sections: HashSet<String>,
    section: String,
    dashes: Option<usize>,
}

impl Junction {
    /// Whether a chunk can come next: a list continues at the same column, and no section comes twice.
    pub(super) fn continues_with(&mut self, next: &Outline) -> bool {
        let before = std::mem::replace(&mut self.dashes, next.dashes);
        let section = std::mem::replace(&mut self.section, next.section.clone());
        if let Some(same) = &next.continues {
            return before.is_some() && before == next.dashes && section == *same;
        }
        next.sections.iter().all(|section| self.sections.insert(section.clone()))
    }
}

pub(super) fn deliver<'t>(
    recording: Recording<'t>,
    delivered: &mut Delivered,
    to: &mut dyn RecordConsumer<'t>,
) {
    let goes_on = recording.continues.is_some();
    for call in recording.calls {
        // The previous chunk has begun the list.
        if !(goes_on && matches!(call, Call::List(_))) {
            delivered.deliver(call, to);
        }
    }
}
