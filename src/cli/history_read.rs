//! The texts of revisions as portfolios: read once where a revision has several days, or the files of the one before.

use std::sync::{Arc, Mutex};

use crate::analysis::history::Point;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::parallel;
use crate::model::{self, Clock, OwnPolicy, ReadOptions, adopt_ids};
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
}

/// A revision whose texts are there, to be parsed.
struct Unparsed {
    revision: usize,
    /// Taken by whoever parses them, on whatever thread.
    texts: Mutex<Option<(Sources, Diagnostics)>>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        repository: &Repository,
        history: &'r History,
        paths: &[Vec<u8>],
        privacy: &'r Privacy,
    ) -> Result<Reader<'r>, Refusal> {
        let texts = HistoryTexts::new(repository, history, paths)?;
        Ok(Reader { history, texts, privacy, head: None, last: Vec::new() })
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
                let read = self.revision(at).map(|revision| self.texts.read(revision)).transpose()?.flatten();
                size +=
                    read.iter().flat_map(|(sources, _)| &sources.0).map(|one| one.text.len()).sum::<usize>();
                unparsed.push(Unparsed { revision: at, texts: Mutex::new(read) });
            }
            count += 1;
        }
        let reader = &*self;
        let parsed = parallel::map(&unparsed, usize::MAX, |one| Arc::new(reader.parse(one)));
        let all: Vec<(usize, Arc<Text>)> =
            current.into_iter().chain(unparsed.iter().map(|one| one.revision).zip(parsed)).collect();
        let absent = Arc::new(Text::Unread(Unread::Absent));
        let of = |point: &Point| {
            let found = point.revision.and_then(|at| all.iter().find(|(one, _)| *one == at));
            found.map_or_else(|| Arc::clone(&absent), |(_, text)| Arc::clone(text))
        };
        Ok(points.iter().take(count).map(of).collect())
    }

    fn parse(&self, one: &Unparsed) -> Text {
        let taken = one.texts.lock().ok().and_then(|mut texts| texts.take());
        match (taken, self.revision(one.revision)) {
            (Some((sources, diagnostics)), Some(revision)) => {
                let hash = revision.commit.hash.clone();
                self.parsed(&sources, diagnostics, revision.commit.day, Some(hash))
            }
            _ => Text::Unread(Unread::Absent),
        }
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
        let OwnPolicy { mut portfolio, policy, has_policy, .. } = own;
        if let Some(head) = &self.head {
            adopt_ids(&mut portfolio, &head.portfolio);
        }
        Text::Read(Arc::new(Readable { portfolio, own: has_policy.then_some(policy), commit }))
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
    let catalog = rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    model::read(sources, options, diagnostics)
}

/// Texts to compare: in an order of their own, and without the line ends that a checkout may change.
fn comparable(sources: &Sources) -> Vec<String> {
    let mut texts: Vec<String> = sources.0.iter().map(|one| one.text.replace('\r', "")).collect();
    texts.sort_unstable();
    texts
}
