//! Reads texts in chunks on all cores, and passes the results on in the order of the file, as if it were read in one
//! pass. Where to split is only a guess from the lines. It is proved right if each chunk reads by
//! itself and continues the previous one. In any doubt the text is read in one pass, and that result counts.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::Scope;

use super::chunks::{Chunk, Chunks};
use super::sections::Item;
use crate::base::parallel;
use crate::source::Mark;
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::{Kind, Node};

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Which shape a section has by its key; none for an unknown key.
    pub shape_of: fn(&str) -> Option<Shape>,
    /// Reads an item of a section, if it can be read at once and has no error.
    pub read: for<'t> fn(&str, &Node<'t>) -> Option<Item<'t>>,
}

/// Takes items that have been read into records as well.
pub trait RecordConsumer<'t>: Consumer<'t> {
    /// One item of the section that was read without an error, with its first character.
    fn record(&mut self, item: Item<'t>, mark: Mark);
}

/// How long a chunk should be: long enough that splitting costs nothing, short enough that the chunks read ahead are
/// small compared with the text.
pub const CHUNK: usize = 128 * 1024;

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
    let text =
        |text: &'t str| Text { whole: text, waiting: Chunks::new(text, chunk), begun: VecDeque::new() };
    let texts: VecDeque<Text<'t>> = texts.map(text).collect();
    let size: usize = texts.iter().map(|text| text.whole.len()).sum();
    // A shorter text is read before other threads have woken up; without threads it is read on this one.
    let Some(pool) = (size >= 2 * chunk).then(parallel::pool).flatten() else {
        return use_them(&mut Ahead { scope: None, most: 0, how, texts, begun: 0 });
    };
    let most = 4 * pool.current_num_threads();
    pool.in_place_scope(|scope| use_them(&mut Ahead { scope: Some(scope), most, how, texts, begun: 0 }))
}

impl<'t> Ahead<'_, 't> {
    /// Reads the next text as `document::read` does.
    pub fn read_next(&mut self, to: &mut dyn RecordConsumer<'t>) -> Result<(), Fault> {
        let mut delivered = Delivered::default();
        let mut held: Option<Recording<'t>> = None;
        let mut junction = Junction::default();
        loop {
            self.begin();
            let Some(text) = self.texts.front_mut() else { return Ok(()) };
            let Some(chunk) = text.begun.pop_front() else { break };
            self.begun -= 1;
            let recording = chunk.recv().ok().flatten().filter(|next| junction.continues_with(next));
            let Some(recording) = recording else {
                return self.in_one_pass(delivered, to);
            };
            // A chunk is used only once the next one has been read: a wrong split shows on one of its sides.
            if let Some(proven) = held.replace(recording) {
                delivered.deliver(proven, to);
            }
        }
        match held {
            Some(last) => delivered.deliver(last, to),
            None => return self.in_one_pass(delivered, to),
        }
        self.texts.pop_front();
        Ok(())
    }

    /// Reads the text as a whole, without what has been delivered.
    fn in_one_pass(&mut self, delivered: Delivered, to: &mut dyn RecordConsumer<'t>) -> Result<(), Fault> {
        let Some(text) = self.texts.pop_front() else { return Ok(()) };
        self.begun -= text.begun.len();
        document::read(text.whole, &mut Rest { delivered, to })
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

/// What a chunk holds, to be delivered later.
struct Recording<'t> {
    calls: Vec<Call<'t>>,
    /// The section that it continues, if it does.
    continues: Option<&'t str>,
    /// The section it ends in.
    section: String,
    /// The column of the dashes of the last section, where that is a list in block style.
    dashes: Option<usize>,
}

#[expect(clippy::large_enum_variant, reason = "nearly all of them are records")]
enum Call<'t> {
    Section(Node<'t>, Shape),
    List(Option<u32>),
    Item(Node<'t>),
    Record(Item<'t>, Mark),
    Value(Node<'t>),
}

/// How many bytes an item of a chunk has at least, usually.
const USUAL_ITEM: usize = 128;

/// Reads a chunk; `None` if it cannot be read safely by itself.
fn record<'t>(chunk: &Chunk<'t>, how: How) -> Option<Recording<'t>> {
    let section = chunk.continues.unwrap_or_default().to_owned();
    let calls = Vec::with_capacity(chunk.text.len() / USUAL_ITEM);
    let recording = Recording { calls, continues: chunk.continues, section, dashes: None };
    let mut recorder = Recorder { chunk, recording, how, doubtful: false, empty: false };
    let read = if chunk.continues.is_some() { document::read_items } else { document::read_from };
    let outcome = read(chunk.text, chunk.lines_before, &mut recorder);
    (outcome.is_ok() && !recorder.doubtful && !recorder.ends_in_nothing()).then_some(recorder.recording)
}

struct Recorder<'p, 't> {
    chunk: &'p Chunk<'t>,
    recording: Recording<'t>,
    how: How,
    doubtful: bool,
    /// Whether the last item ends in an empty text.
    empty: bool,
}

impl<'t> Recorder<'_, 't> {
    /// The place of an empty text in block style depends on what comes next.
    fn ends_in_nothing(&self) -> bool {
        self.empty && !matches!(self.recording.calls.last(), Some(Call::Section(..) | Call::List(_)))
    }

    fn look_at_end(&mut self, node: &Node<'t>) {
        self.empty = matches!(&node.last().kind, Kind::Scalar(text, false) if text.is_empty());
    }
}

impl<'t> Consumer<'t> for Recorder<'_, 't> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        let section = key.text().unwrap_or_default();
        let shape = (self.how.shape_of)(section);
        section.clone_into(&mut self.recording.section);
        self.doubtful |= shape.is_none();
        let shape = shape.unwrap_or(Shape::Skip);
        self.recording.dashes = None;
        self.recording.calls.push(Call::Section(key.clone(), shape));
        shape
    }
    fn list(&mut self, line: Option<u32>) {
        let within = line.and_then(|line| line.checked_sub(self.chunk.lines_before)?.checked_sub(1));
        let text = within.and_then(|within| self.chunk.text.lines().nth(within as usize));
        self.recording.dashes =
            text.and_then(|text| text.find(|c| c != ' ').filter(|at| text[*at..].starts_with('-')));
        self.recording.calls.push(Call::List(line));
    }
    fn item(&mut self, node: Node<'t>) {
        self.look_at_end(&node);
        let read = (self.how.read)(&self.recording.section, &node);
        self.recording.calls.push(match read {
            Some(item) => Call::Record(item, node.mark),
            None => Call::Item(node),
        });
    }
    fn value(&mut self, node: Node<'t>) {
        self.look_at_end(&node);
        self.recording.calls.push(Call::Value(node));
    }
    fn fault(&mut self, _: Fault) {
        self.doubtful = true;
    }
    fn shared(&mut self) {
        self.doubtful = true;
    }
}

/// What the chunks so far have shown.
#[derive(Default)]
struct Junction {
    sections: HashSet<String>,
    section: String,
    dashes: Option<usize>,
}

impl Junction {
    /// Whether a chunk can come next: a list continues at the same column, and no section comes twice.
    fn continues_with(&mut self, next: &Recording<'_>) -> bool {
        let before = std::mem::replace(&mut self.dashes, next.dashes);
        let section = std::mem::replace(&mut self.section, next.section.clone());
        if let Some(same) = next.continues {
            return before.is_some() && before == next.dashes && section == same;
        }
        let mut sections = next.calls.iter().filter_map(|call| match call {
            Call::Section(key, _) => key.text(),
            Call::List(_) | Call::Item(_) | Call::Record(..) | Call::Value(_) => None,
        });
        sections.all(|section| self.sections.insert(section.to_owned()))
    }
}

/// How much has been delivered.
#[derive(Default)]
struct Delivered {
    calls: usize,
    shapes: VecDeque<Shape>,
}

impl Delivered {
    fn deliver<'t>(&mut self, recording: Recording<'t>, to: &mut dyn RecordConsumer<'t>) {
        for call in recording.calls {
            match call {
                // The previous chunk has begun the list.
                Call::List(_) if recording.continues.is_some() => continue,
                Call::List(line) => to.list(line),
                Call::Item(node) => to.item(node),
                Call::Record(item, mark) => to.record(item, mark),
                Call::Value(node) => to.value(node),
                Call::Section(key, shape) => {
                    to.section(&key);
                    self.shapes.push_back(shape);
                }
            }
            self.calls += 1;
        }
    }

    /// Whether the next call has been delivered already.
    fn has_next(&mut self) -> bool {
        let has = self.calls > 0;
        self.calls = self.calls.saturating_sub(1);
        has
    }
}

/// Delivers what has not been delivered yet.
struct Rest<'c, 't> {
    delivered: Delivered,
    to: &'c mut dyn RecordConsumer<'t>,
}

impl<'t> Consumer<'t> for Rest<'_, 't> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        if self.delivered.has_next() {
            self.delivered.shapes.pop_front().unwrap_or(Shape::Skip)
        } else {
            self.to.section(key)
        }
    }
    fn list(&mut self, line: Option<u32>) {
        if !self.delivered.has_next() {
            self.to.list(line);
        }
    }
    fn item(&mut self, node: Node<'t>) {
        if !self.delivered.has_next() {
            self.to.item(node);
        }
    }
    fn value(&mut self, node: Node<'t>) {
        if !self.delivered.has_next() {
            self.to.value(node);
        }
    }
    fn fault(&mut self, fault: Fault) {
        self.to.fault(fault);
    }
}
