//! The texts of revisions as portfolios: read once where a revision has several days, or the files of the one before.

use std::sync::{Arc, Mutex};

use crate::analysis::history::Point;
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::parallel;
use crate::model::{self, Clock, FileAt, OwnPolicy, ReadOptions, Successive, Unlinked, adopt_ids};
use crate::render::diagnostics::listed;
use crate::report::Privacy;
use crate::report::history::{HistoryError, Readable, Unread};
use crate::rules;
use crate::source::git::{Refusal, Repository};
use crate::source::history::{History, Revision};
use crate::source::history_texts::HistoryTexts;
use crate::source::{Diagnostics, Sources};

/// What a revision has.
pub(super) enum Text {
    Read(Arc<Readable>),
    Unread(Unread),
}

impl Text {
    pub(super) fn is_broken(&self) -> bool {
        matches!(self, Text::Unread(Unread::Broken(_)))
    }
}

/// Reads revisions.
pub(super) struct Reader<'r> {
    history: &'r History,
    texts: HistoryTexts<'r>,
    privacy: &'r Privacy,
    /// Whose ids the others take over.
    pub(super) head: Option<Arc<Readable>>,
    /// The texts of the last revision, without line ends that a checkout may change.
    last: Vec<String>,
    /// What was read last, where texts are large enough that only what changed is read again.
    successive: Option<Successive>,
}

/// Texts that are longer than this together are not read anew for every revision. Shorter ones are, several at a time.
const LARGE: usize = 256 * 1024;

/// A revision to be parsed.
struct Unparsed {
    revision: usize,
    /// Taken by whoever parses it, on whatever thread.
    content: Mutex<Option<Content>>,
}

/// What there is of a revision.
enum Content {
    Texts(Sources, Diagnostics),
    /// Read already, but for its links.
    Unlinked(Box<Unlinked>),
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        repository: &Repository,
        history: &'r History,
        paths: &[Vec<u8>],
        privacy: &'r Privacy,
    ) -> Result<Reader<'r>, Refusal> {
        let texts = HistoryTexts::new(repository, history, paths)?;
        Ok(Reader { history, texts, privacy, head: None, last: Vec::new(), successive: None })
    }

    pub(super) fn revisions(&self) -> usize {
        self.history.revisions.len()
    }

    fn revision(&self, at: usize) -> Option<&'r Revision> {
        self.history.revisions.get(at)
    }

    /// The last revision that can be read, and its position.
    pub(super) fn last_readable(&mut self) -> Result<Option<(usize, Arc<Readable>)>, Refusal> {
        for at in (0..self.revisions()).rev() {
            let Some(revision) = self.revision(at) else { continue };
            let Some((sources, diagnostics)) = self.texts.read(revision)? else { continue };
            if at + 1 == self.revisions() {
                self.last = comparable(&sources);
            }
            let day = revision.commit.day;
            let size: usize = sources.0.iter().map(|one| one.text.len()).sum();
            self.successive = (size > LARGE && !self.history.linked).then(Successive::default);
            if let Text::Read(text) =
                self.parsed(&sources, diagnostics, day, Some(revision.commit.hash.clone()))
            {
                return Ok(Some((at, text)));
            }
        }
        Ok(None)
    }

    /// What is wrong with a revision.
    pub(super) fn errors_of(&mut self, at: usize) -> Result<(Sources, Diagnostics), Refusal> {
        let Some(revision) = self.revision(at) else { return Ok(<_>::default()) };
        let Some((sources, mut diagnostics)) = self.texts.read(revision)? else { return Ok(<_>::default()) };
        drop(read(&sources, revision.commit.day, &mut diagnostics));
        Ok((sources, diagnostics))
    }

    /// Whether these texts, from the disk, are those of the last revision.
    pub(super) fn is_as_committed(&self, sources: &Sources) -> bool {
        self.last == comparable(sources)
    }

    /// The texts of the first few of these days: so many, or until their texts have so many bytes. `current` is what a
    /// revision has that was read already.
    pub(super) fn some(
        &mut self,
        points: &[Point],
        most: usize,
        bytes: usize,
        current: Option<(usize, Arc<Text>)>,
    ) -> Result<Vec<Arc<Text>>, Refusal> {
        let (mut unparsed, mut count, mut size): (Vec<Unparsed>, usize, usize) = (Vec::new(), 0, 0);
        let known = current.as_ref().map(|(at, _)| *at);
        for point in points.iter().take(most) {
            let last = unparsed.last().map(|one| one.revision).or(known);
            if let Some(at) = point.revision.filter(|at| Some(*at) != last) {
                if size > bytes {
                    break;
                }
                let (content, length) = self.content(at)?;
                size += length;
                unparsed.push(Unparsed { revision: at, content: Mutex::new(content) });
            }
            count += 1;
        }
        let reader = &*self;
        let parsed = parallel::map(&unparsed, usize::MAX, |one| reader.parse(one));
        let mut texts = Vec::with_capacity(parsed.len());
        for (one, parsed) in unparsed.iter().zip(parsed) {
            let text = match parsed {
                Some(text) => text,
                None => self.read_anew(one.revision)?,
            };
            texts.push((one.revision, Arc::new(text)));
        }
        let all: Vec<(usize, Arc<Text>)> = current.into_iter().chain(texts).collect();
        let absent = Arc::new(Text::Unread(Unread::Absent));
        let of = |point: &Point| {
            let found = point.revision.and_then(|at| all.iter().find(|(one, _)| *one == at));
            found.map_or_else(|| Arc::clone(&absent), |(_, text)| Arc::clone(text))
        };
        Ok(points.iter().take(count).map(of).collect())
    }

    /// What there is of a revision, and how long its texts are.
    fn content(&mut self, at: usize) -> Result<(Option<Content>, usize), Refusal> {
        let Some(revision) = self.revision(at) else { return Ok((None, 0)) };
        if let Some(successive) = self.successive.as_mut().filter(|_| !revision.files.is_empty()) {
            let files: Vec<(&Vec<u8>, &str)> =
                revision.files.iter().map(|(path, (_, hash))| (path, hash.as_str())).collect();
            let known: Vec<FileAt<'_>> =
                files.iter().map(|(path, version)| FileAt { path, version }).collect();
            let texts = &mut self.texts;
            let text = |at: usize| {
                files.get(at).map(|(path, hash)| texts.text(path, hash)).transpose().map(Option::flatten)
            };
            let catalog = rules::catalog();
            if let Some(unlinked) = successive.read(&known, text, options(revision.commit.day, &catalog))? {
                return Ok((Some(Content::Unlinked(Box::new(unlinked))), successive.size()));
            }
        }
        let read = self.texts.read(revision)?;
        let length = read.iter().flat_map(|(sources, _)| &sources.0).map(|one| one.text.len()).sum();
        Ok((read.map(|(sources, diagnostics)| Content::Texts(sources, diagnostics)), length))
    }

    /// Parses a revision; none where its texts are needed to say what is wrong.
    fn parse(&self, one: &Unparsed) -> Option<Text> {
        let taken = one.content.lock().ok().and_then(|mut content| content.take());
        let (Some(content), Some(revision)) = (taken, self.revision(one.revision)) else {
            return Some(Text::Unread(Unread::Absent));
        };
        let hash = Some(revision.commit.hash.clone());
        match content {
            Content::Texts(sources, diagnostics) => {
                Some(self.parsed(&sources, diagnostics, revision.commit.day, hash))
            }
            Content::Unlinked(unlinked) => {
                let mut diagnostics = Diagnostics::default();
                let own = unlinked.link(&mut diagnostics);
                (diagnostics.errors() == 0).then(|| self.adopted(own, hash))
            }
        }
    }

    /// The same from its texts.
    fn read_anew(&mut self, at: usize) -> Result<Text, Refusal> {
        let Some(revision) = self.revision(at) else { return Ok(Text::Unread(Unread::Absent)) };
        Ok(match self.texts.read(revision)? {
            Some((sources, diagnostics)) => {
                let hash = revision.commit.hash.clone();
                self.parsed(&sources, diagnostics, revision.commit.day, Some(hash))
            }
            None => Text::Unread(Unread::Absent),
        })
    }

    fn adopted(&self, own: OwnPolicy, commit: Option<String>) -> Text {
        let OwnPolicy { mut portfolio, policy, has_policy, .. } = own;
        if let Some(head) = &self.head {
            adopt_ids(&mut portfolio, &head.portfolio);
        }
        Text::Read(Arc::new(Readable { portfolio, own: has_policy.then_some(policy), commit }))
    }

    /// Texts as a portfolio with the ids of the head, or what is wrong with them.
    pub(super) fn parsed(
        &self,
        sources: &Sources,
        mut diagnostics: Diagnostics,
        today: Day,
        commit: Option<String>,
    ) -> Text {
        let Some(own) = read(sources, today, &mut diagnostics) else {
            return Text::Unread(Unread::Broken(self.error(sources, &diagnostics)));
        };
        self.adopted(own, commit)
    }

    fn error(&self, sources: &Sources, diagnostics: &Diagnostics) -> HistoryError {
        let seen = self.privacy.withhold(diagnostics, sources);
        let (diagnostics, sources) =
            seen.as_ref().map_or((diagnostics, sources), |(diagnostics, sources)| (diagnostics, sources));
        let (wrong, omitted) = listed(diagnostics, sources);
        let first = wrong.first();
        let at = first.filter(|_| self.privacy.shows_locations()).and_then(|first| {
            let file = first.file.as_ref()?.raw().to_owned();
            let file = file.split_once(':').map_or(file.as_str(), |(_, file)| file).to_owned();
            Some(Untrusted::new(match first.mark {
                Some((line, _)) => format!("{file}:{line}"),
                None => file,
            }))
        });
        HistoryError {
            code: first.map_or(crate::source::Code::Failed, |first| first.code),
            message: first.map_or_else(|| Untrusted::new(""), |first| first.message.clone()),
            at,
            count: wrong.len() + omitted,
        }
    }
}

fn read(sources: &Sources, today: Day, diagnostics: &mut Diagnostics) -> Option<OwnPolicy> {
    model::read(sources, options(today, &rules::catalog()), diagnostics)
}

fn options(today: Day, catalog: &Catalog) -> ReadOptions<'_> {
    ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog }
}

/// Texts to compare: in an order of their own, and without the line ends that a checkout may change.
fn comparable(sources: &Sources) -> Vec<String> {
    let mut texts: Vec<String> = sources.0.iter().map(|one| one.text.replace('\r', "")).collect();
    texts.sort_unstable();
    texts
}
