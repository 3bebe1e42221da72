//! The rows of `debt history`: which days, which texts, and each text scored on its day. Texts are read a few at a time
//! and scored on all processors, so that memory does not grow with history.

use std::path::Path;
use std::sync::Arc;

use super::check_base::BaseLoader;
use super::check_revision::{Whereabouts, whereabouts};
use super::env::Environment;
use super::history_args::HistoryArgs;
use super::history_read::{Reader, Text};
use super::load::{Errors, Names, load_policy, say};
use super::output::ReadFiles;
use super::progress::Progress;
use super::score::{part, rules_named};
use super::trouble::Trouble;
use crate::analysis::history::{Every, Point, Range, points};
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::policy::Policy;
use crate::report::BuildOptions;
use crate::report::contract::Version;
use crate::report::history::{HistoryReport, HistoryRow, Readable, Recorder, RenameRow, Selected, whole};
use crate::rules;
use crate::score::part::Part;
use crate::source::git::{Commit, Refusal, Repository};
use crate::source::history::{History, no_revision};
use crate::source::{Diagnostics, Sources};

/// Without `--since` so many rows.
const USUAL_ROWS: usize = 26;
/// So many rows are made at a time, or fewer where their texts are large.
const ROWS: usize = 256;
/// Texts of so many bytes are in memory at a time, or a single larger one.
const BYTES: usize = 6 << 20;

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Walk<'w> {
    pub(super) args: &'w HistoryArgs,
    pub(super) environment: &'w Environment,
    pub(super) errors: Errors,
}

/// The history that is recorded in a repository.
pub(super) fn recorded(walk: &Walk<'_>) -> Result<(HistoryReport, ReadFiles), Trouble> {
    let (args, environment, errors) = (walk.args, walk.environment, walk.errors);
    let mut progress = Progress::new("rows", environment);
    let loader = BaseLoader::new(environment, errors, &args.privacy)?;
    let input = args.input();
    let Whereabouts { repository, mut paths } = whereabouts(&input).map_err(|wrong| loader.refuse(*wrong))?;
    let refuse = |wrong: Refusal| loader.refuse_of_tree(wrong);
    let until = args.until.as_deref().unwrap_or("HEAD");
    let until = repository.commit(until).map_err(|wrong| loader.refuse(*wrong))?;
    if input.paths.is_empty() {
        // The first of the usual places that there is.
        let there = |path: &Vec<u8>| repository.has(&until, path).unwrap_or(false);
        let at = paths.iter().position(there).unwrap_or(0);
        paths = paths.into_iter().skip(at).take(1).collect();
    }
    let history = repository.history(&until, &paths, !args.no_follow).map_err(refuse)?;
    if history.revisions.is_empty() {
        let path = paths.first().map(|path| String::from_utf8_lossy(path).into_owned()).unwrap_or_default();
        let path = if loader.privacy.shows_locations() { path } else { "the portfolio".to_owned() };
        return Err(loader.refuse(*no_revision(&path)));
    }
    let days = points(&days(&history), range(walk, &repository, &history, &until, &loader)?);
    let mut reader = Reader::new(&repository, &history, &paths, &loader.privacy).map_err(refuse)?;
    let Some((last, text)) = reader.last_readable().map_err(refuse)? else {
        let (sources, diagnostics) = reader.errors_of(history.revisions.len() - 1).map_err(refuse)?;
        say(&diagnostics, &sources, &loader.privacy, environment, errors);
        return Err(Trouble::Reported);
    };
    let policy = match &args.policy {
        Some(path) => load_policy(path, &loader.privacy, environment, errors)?,
        None => text.own.clone().unwrap_or_else(|| Policy::defaults(&rules::catalog())),
    };
    let selected = selected(walk, &text, &loader)?;
    let recorder = Recorder {
        policy: &policy,
        privacy: &loader.privacy,
        selected: &selected,
        changes: args.wants_changes(),
    };
    reader.head = Some(Arc::clone(&text));
    let mut made = Made { rows: Vec::new(), last: None, recorder };
    let read = made.all(walk, &history, &days, &mut reader, &loader, &mut progress)?;
    progress.clear();
    let mut files = ReadFiles::default();
    if args.until.is_none() {
        files = made.work_tree(&input, &reader, last, &loader);
    }
    let rows = made.rows;
    let Some((text, day, _)) = made.last else {
        return Err(nothing_scored(&rows, read));
    };
    let names = Names::new(&args.id, &input.paths);
    let none = Sources::default();
    let options = BuildOptions {
        sources: &none,
        version: env!("CARGO_PKG_VERSION"),
        privacy: &loader.privacy,
        called: names.called(),
    };
    let (head, part) = whole(&text, day, recorder, options);
    let shows = loader.privacy.shows_locations();
    let report = HistoryReport {
        schema_version: Version,
        head,
        recomputed: true,
        every: every(walk).word(),
        part,
        revisions: history.revisions.len(),
        shallow: history.shallow,
        renames: if shows { renames(&history) } else { Vec::new() },
        rows,
    };
    Ok((report, files))
}

fn nothing_scored(rows: &[HistoryRow], read: usize) -> Trouble {
    let few = rows.iter().any(|row| row.state == "few");
    let why = if few {
        "on no day were enough people scored for an aggregate; lower --min-group if everybody agrees"
    } else if read == 0 {
        "no revision of these days can be read"
    } else {
        "nobody was scored on any of these days"
    };
    Trouble::Other(anyhow::anyhow!(why))
}

fn days(history: &History) -> Vec<Day> {
    history.revisions.iter().map(|revision| revision.commit.day).collect()
}

fn every(walk: &Walk<'_>) -> Every {
    walk.args.every.into()
}

/// Which days are asked for.
fn range(
    walk: &Walk<'_>,
    repository: &Repository,
    history: &History,
    until: &Commit,
    loader: &BaseLoader<'_>,
) -> Result<Range, Trouble> {
    let last = history.revisions.last().map_or(until.day, |revision| revision.commit.day);
    let end = if walk.args.until.is_some() { until.day.max(last) } else { loader.today.max(last) };
    let since = match &walk.args.since {
        None => None,
        Some(typed) => Some(match Day::parse(typed) {
            Some(day) => day,
            None => repository.commit(typed).map_err(|wrong| loader.refuse(*wrong))?.day,
        }),
    };
    if let Some(since) = since.filter(|since| *since > end) {
        return Err(anyhow::anyhow!("--since {since} is after {end}, the last day").into());
    }
    let every = every(walk);
    let most = (since.is_none() && every != Every::Commit).then_some(USUAL_ROWS);
    Ok(Range { every, since, end, most })
}

/// The part that is asked about, by the ids of the last text.
fn selected(walk: &Walk<'_>, text: &Readable, loader: &BaseLoader<'_>) -> Result<Selected, Trouble> {
    let mut usage = Diagnostics::default();
    let only = rules_named(&walk.args.only, &mut usage);
    let Part { only, squad, guild } =
        part((&walk.args.squad, &walk.args.guild), only, &text.portfolio, &mut usage);
    if usage.errors() > 0 {
        say(&usage, &Sources::default(), &loader.privacy, walk.environment, walk.errors);
        return Err(Trouble::Reported);
    }
    let id = |subject| text.portfolio.subject_id(subject).to_owned();
    Ok(Selected { only, squad: squad.map(Subject::Squad).map(id), guild: guild.map(Subject::Guild).map(id) })
}

fn renames(history: &History) -> Vec<RenameRow> {
    let text = |bytes: &[u8]| Untrusted::new(String::from_utf8_lossy(bytes).into_owned());
    let row = |former: &crate::source::history::Former| RenameRow {
        from: text(&former.path),
        to: text(&former.present),
        revision: Untrusted::new(former.until.clone()),
    };
    history.former.iter().map(row).collect()
}

/// Rows that have been made so far.
struct Made<'m> {
    rows: Vec<HistoryRow>,
    /// The last text that was scored, its day and its score.
    last: Option<(Arc<Readable>, Day, MilliPoints)>,
    recorder: Recorder<'m>,
}

impl Made<'_> {
    /// Makes the row of every day; says how many texts could be read.
    fn all(
        &mut self,
        walk: &Walk<'_>,
        history: &History,
        points: &[Point],
        reader: &mut Reader<'_>,
        loader: &BaseLoader<'_>,
        progress: &mut Progress,
    ) -> Result<usize, Trouble> {
        let (mut done, mut readable) = (0, 0);
        let mut current: Option<(usize, Arc<Text>)> = None;
        while done < points.len() {
            let texts = reader.some(&points[done..], ROWS, BYTES, current.take()).map_err(|wrong| {
                progress.clear();
                loader.refuse_of_tree(wrong)
            })?;
            let job = |(point, text): (&Point, &Arc<Text>)| (*point, Arc::clone(text));
            let jobs: Vec<(Point, Arc<Text>)> = points[done..].iter().zip(&texts).map(job).collect();
            if walk.args.strict
                && let Some((point, _)) = jobs.iter().find(|(_, text)| text.is_broken())
            {
                let at = point.revision.unwrap_or_default();
                progress.clear();
                let (sources, diagnostics) =
                    reader.errors_of(at).map_err(|wrong| loader.refuse_of_tree(wrong))?;
                say(&diagnostics, &sources, &loader.privacy, walk.environment, walk.errors);
                return Err(Trouble::Reported);
            }
            readable += jobs.iter().filter(|(_, text)| matches!(**text, Text::Read(_))).count();
            self.rows_of(history, &jobs);
            current = jobs.last().and_then(|(point, text)| Some((point.revision?, Arc::clone(text))));
            done += jobs.len();
            progress.at(done, points.len());
        }
        Ok(readable)
    }

    /// The rows of some days, on all processors: first each by itself, then what each came of.
    fn rows_of(&mut self, history: &History, jobs: &[(Point, Arc<Text>)]) {
        let recorder = self.recorder;
        let commit = |point: &Point| Some(history.revisions.get(point.revision?)?.commit.hash.as_str());
        let alone = |(point, text): &(Point, Arc<Text>)| match &**text {
            Text::Read(now) => recorder.row(point.day, now),
            Text::Unread(why) => recorder.unread(point.day, commit(point), why),
        };
        let mut rows = parallel::map(jobs, usize::MAX, alone);
        let mut pairs = Vec::new();
        for (at, (point, text)) in jobs.iter().enumerate() {
            let Text::Read(now) = &**text else { continue };
            let Some(score) = rows.get(at).and_then(|row| row.score.as_ref()) else { continue };
            let before = self.last.replace((Arc::clone(now), point.day, score.mp));
            pairs.extend(before.map(|before| (at, before, (Arc::clone(now), point.day))));
        }
        let changes = parallel::map(&pairs, usize::MAX, |(at, before, now)| {
            (*at, recorder.change((&before.0, before.1, before.2), (&now.0, now.1)))
        });
        for (at, change) in changes {
            if let Some(row) = rows.get_mut(at) {
                row.change = change;
            }
        }
        self.rows.extend(rows);
    }

    /// The row of the work tree, where it differs from the last revision.
    fn work_tree(
        &mut self,
        input: &super::args::Input,
        reader: &Reader<'_>,
        last_readable: usize,
        loader: &BaseLoader<'_>,
    ) -> ReadFiles {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let origins = super::load::origins(input, &mut Diagnostics::default());
        sources.read(&origins, &mut diagnostics);
        let files = ReadFiles::of(&sources);
        let is_last = last_readable + 1 == reader.revisions();
        let gone = sources.0.is_empty() || origins.iter().any(|origin| !is_there(origin));
        if gone || (is_last && reader.is_as_committed(&sources)) {
            return files;
        }
        let day = self.rows.last().map_or(loader.today, |row| row.day.max(loader.today));
        let text = reader.parsed(&sources, diagnostics, day, None);
        let row = match &text {
            Text::Read(now) => {
                let mut row = self.recorder.row(day, now);
                if let Some(score) = &row.score {
                    let before = self.last.replace((Arc::clone(now), day, score.mp));
                    row.change = before.and_then(|(text, since, then)| {
                        self.recorder.change((&text, since, then), (now, day))
                    });
                }
                row
            }
            Text::Unread(why) => HistoryRow { work_tree: true, ..self.recorder.unread(day, None, why) },
        };
        self.rows.push(row);
        files
    }
}

fn is_there(origin: &crate::source::Origin) -> bool {
    match origin {
        crate::source::Origin::Path(path) => Path::exists(path),
        crate::source::Origin::Stdin => false,
    }
}
