//! One look at a portfolio: its texts as they are in the editor, what they say, and what that comes to. Every answer is made
//! from one of these, so that all of them are about the same texts.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::document::Document;
use super::index::Index;
use super::position::{Encoding, Lines};
use super::project::Project;
use super::uri;
use crate::analysis::fix::Session;
use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::edit::{self, Edited};
use crate::model::{self, Clock, OwnPolicy, ReadOptions};
use crate::policy;
use crate::report::{self, BuildOptions, Called, FactorRow, Privacy, Row, WarningRow};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Origin, Place, Sources};

/// A file of a portfolio, as editors see it.
#[derive(Clone, Debug)]
pub struct File {
    /// Its address, as the editor writes it where it has it open.
    pub uri: String,
    /// Its version; none where no editor has it open.
    pub version: Option<i32>,
    /// Where its lines begin.
    pub lines: Lines,
}

/// A question that could not be answered.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered {
    /// The rule.
    pub rule: RuleIx,
    /// What it was asked about.
    pub subject: Subject,
    /// What it would cost at worst.
    pub at_worst: MilliPoints,
}

/// What a portfolio comes to.
pub struct Scored {
    /// Every factor, worst first.
    pub factors: Vec<FactorRow>,
    /// The score by squad.
    pub squads: Vec<Row>,
    /// What is odd.
    pub warnings: Vec<WarningRow>,
    /// What could not be answered.
    pub unanswered: Vec<Unanswered>,
    /// The headline.
    pub score: report::Score,
}

/// One look.
pub struct Analysis {
    /// The texts.
    pub sources: Sources,
    /// The same files, as editors see them.
    pub files: Vec<File>,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
    /// What they say; `None` where something is wrong.
    pub own: Option<OwnPolicy>,
    /// What that comes to.
    pub scored: Option<Scored>,
    /// Which file is a policy.
    pub policy_file: Option<FileIx>,
    /// The days that come from outside.
    pub clock: Clock,
    index: OnceCell<Index>,
    /// The last look at which everything could be read, where that is not this one.
    last_good: Option<Rc<Analysis>>,
}

/// Looks at a portfolio. `before` is the last look at it.
pub fn analyse(
    project: &Project,
    documents: &[&Document],
    clock: Clock,
    before: Option<Rc<Analysis>>,
) -> Analysis {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let open = Documents::new(documents);
    let policy_file = read(project, &open, &mut sources, &mut diagnostics);
    let catalog = rules::catalog();
    let own = model::read(&sources, ReadOptions { clock, policy_file, catalog: &catalog }, &mut diagnostics);
    let scored = own.as_ref().and_then(|own| match scored(own, &sources) {
        Ok(scored) => Some(scored),
        Err(nobody) => {
            let place = Place::whole(FileIx(0));
            let message = crate::base::message::Message::words(nobody.to_string());
            diagnostics.push(Diagnostic::error(Code::Nobody, message, place));
            None
        }
    });
    let files = sources.0.iter().map(|source| {
        let path = source.path.as_deref();
        let document = match path {
            Some(path) => open.at(path),
            None => open.buffer(source.name.raw()),
        };
        match document {
            Some(document) => File {
                uri: document.uri.clone(),
                version: Some(document.version),
                lines: document.lines.clone(),
            },
            None => File {
                uri: path.map(uri::of).unwrap_or_default(),
                version: None,
                lines: Lines::new(&source.text, false),
            },
        }
    });
    let last_good = before
        .filter(|_| own.is_none())
        .and_then(|before| if before.own.is_some() { Some(before) } else { before.last_good.clone() });
    Analysis {
        files: files.collect(),
        sources,
        diagnostics,
        own,
        scored,
        policy_file,
        clock,
        index: OnceCell::new(),
        last_good,
    }
}

/// The documents of a portfolio by their files.
struct Documents<'d> {
    all: &'d [&'d Document],
    by_path: HashMap<&'d Path, &'d Document>,
    /// Where the links of a path lead: it is asked of the disk once.
    real: RefCell<HashMap<PathBuf, PathBuf>>,
}

impl<'d> Documents<'d> {
    fn new(all: &'d [&'d Document]) -> Documents<'d> {
        let mut by_path = HashMap::new();
        for document in all {
            if let Some(path) = &document.path {
                by_path.entry(path.as_path()).or_insert(*document);
            }
        }
        Documents { all, by_path, real: RefCell::default() }
    }

    /// The document of a file.
    fn at(&self, path: &Path) -> Option<&'d Document> {
        let mut real = self.real.borrow_mut();
        if !real.contains_key(path) {
            real.insert(path.to_owned(), uri::real(path));
        }
        self.by_path.get(real.get(path)?.as_path()).copied()
    }

    /// The document without a file that has this address.
    fn buffer(&self, uri: &str) -> Option<&'d Document> {
        self.all.iter().find(|document| document.path.is_none() && document.uri == uri).copied()
    }

    /// What an editor has in a folder, or beside a file, and nobody has saved yet.
    fn unsaved(&self) -> Vec<&'d Path> {
        let mut paths: Vec<&Path> = self.by_path.keys().copied().filter(|path| !path.exists()).collect();
        paths.sort();
        paths
    }
}

/// Whether a path can be read to its end: a pipe or a device may have none. What is not there is said to be missing.
fn ends(path: &Path, diagnostics: &mut Diagnostics) -> bool {
    let ends = path.metadata().map_or(true, |found| found.is_file() || found.is_dir());
    if !ends {
        let message = message!(path.display().to_string(), " is neither a file nor a folder");
        let help = message!("name a file: an editor reads it again and again");
        diagnostics.push(Diagnostic::nowhere(Code::Unreadable, message).help(help));
    }
    ends
}

/// Reads the texts, those of editors before those on the disk; which of them is the policy.
fn read(
    project: &Project,
    documents: &Documents<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileIx> {
    let overlay = |path: &Path| documents.at(path).map(|document| document.text.clone());
    if let Some(document) = project.buffer.as_ref().and_then(|buffer| documents.buffer(buffer)) {
        sources.add(document.uri.clone(), Ok(document.text.clone().into_bytes()), diagnostics);
    }
    let policy = project.policy.as_deref().filter(|policy| ends(policy, diagnostics));
    let mut paths: Vec<PathBuf> = project.paths.clone();
    paths.retain(|path| ends(path, diagnostics));
    let mut unsaved = documents.unsaved();
    if !unsaved.is_empty() {
        let named = paths.iter().map(PathBuf::as_path).chain(policy);
        let named: HashSet<PathBuf> = named.map(uri::real).collect();
        unsaved.retain(|path| !named.contains(*path));
    }
    paths.extend(unsaved.into_iter().map(Path::to_owned));
    if !paths.is_empty() {
        // Standard input is the editor's, whatever a path is called.
        let origins: Vec<Origin> = paths.into_iter().map(Origin::Path).collect();
        sources.read_over(policy, &origins, &overlay, diagnostics);
    }
    let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
    policy::file::add_to(sources, policy?, &overlay, diagnostics);
    Some(file)
}

fn scored(own: &OwnPolicy, sources: &Sources) -> Result<Scored, crate::score::Nobody> {
    let card = scorecard(&own.portfolio, &own.policy, own.day, Part::default())?;
    let unanswered = card.unknown.iter().map(|one| Unanswered {
        rule: one.rule,
        subject: one.subject,
        at_worst: one.at_worst,
    });
    let unanswered = unanswered.collect();
    // Whoever has the file open sees the names in it.
    let privacy = Privacy::names();
    let options = BuildOptions { sources, version: "", privacy: &privacy, called: Called::default() };
    let report = report::build(&card, options);
    // Only an aggregate can be of too few people.
    let Ok(report) = report else { return Err(crate::score::Nobody(own.day)) };
    Ok(Scored {
        factors: report.factors.rows().collect(),
        squads: report.by_squad.into_iter().collect(),
        warnings: report.warnings.into_iter().collect(),
        unanswered,
        score: report.score,
    })
}

impl Analysis {
    /// The file at an address.
    pub fn file(&self, uri: &str) -> Option<FileIx> {
        let at = self.files.iter().position(|file| file.uri == uri)?;
        u32::try_from(at).ok().map(FileIx)
    }

    /// The file of this name in a report.
    pub fn named(&self, name: &str) -> Option<FileIx> {
        let at = self.sources.0.iter().position(|source| source.name.raw() == name)?;
        u32::try_from(at).ok().map(FileIx)
    }

    /// A file as editors see it.
    pub fn seen(&self, file: FileIx) -> Option<&File> {
        self.files.get(file.index())
    }

    /// The byte at a mark.
    pub fn byte(&self, file: FileIx, mark: Mark) -> usize {
        self.seen(file).map_or(0, |seen| seen.lines.byte_of(self.sources.text(file), mark))
    }

    /// The positions of some bytes of a file.
    pub fn range(
        &self,
        file: FileIx,
        bytes: std::ops::Range<usize>,
        encoding: Encoding,
    ) -> gen_lsp_types::Range {
        let text = self.sources.text(file);
        self.seen(file).map(|seen| seen.lines.range(text, bytes, encoding)).unwrap_or_default()
    }

    /// The same with the address of the file.
    pub fn location(
        &self,
        file: FileIx,
        bytes: std::ops::Range<usize>,
        encoding: Encoding,
    ) -> Option<gen_lsp_types::Location> {
        let uri = self.seen(file)?.uri.clone().into();
        Some(gen_lsp_types::Location { uri, range: self.range(file, bytes, encoding) })
    }

    /// From a byte to the end of its line.
    pub fn rest_of_line(&self, file: FileIx, byte: usize) -> std::ops::Range<usize> {
        let text = self.sources.text(file);
        let end = self.seen(file).map_or(byte, |seen| {
            let line = seen.lines.line(text, seen.lines.line_of(byte));
            line.start + text.get(line.clone()).unwrap_or_default().trim_end().len()
        });
        byte..end.max(byte)
    }

    /// The files of the portfolio itself.
    pub fn portfolio_files(&self) -> impl Iterator<Item = FileIx> + '_ {
        let all = (0..self.sources.0.len()).filter_map(|at| u32::try_from(at).ok().map(FileIx));
        all.filter(|file| Some(*file) != self.policy_file)
    }

    /// Every item and every use of an id.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let texts = self.portfolio_files().map(|file| (file, self.sources.text(file)));
            let portfolio = self.own.as_ref().map(|own| &own.portfolio);
            Index::new(texts, portfolio, |file, mark| self.byte(file, mark))
        })
    }

    /// The last look at which everything could be read: this one, where that is so.
    pub fn good(&self) -> Option<&Analysis> {
        if self.own.is_some() { Some(self) } else { self.last_good.as_deref() }
    }

    /// The day that is scored; today where nothing has been read yet.
    pub fn day(&self) -> Day {
        self.good().and_then(|good| good.own.as_ref()).map_or(self.clock.today, |own| own.day)
    }

    /// The factors of an item, worst first.
    pub fn factors_of<'a>(&'a self, kind: &'a str, id: &'a str) -> impl Iterator<Item = &'a FactorRow> {
        let rows = self.scored.iter().flat_map(|scored| &scored.factors);
        rows.filter(move |row| row.subject.kind == kind && row.subject.id.raw() == id)
    }

    /// A session in which deeds are made to these texts.
    pub fn session<'c>(&self, catalog: &'c crate::base::catalog::Catalog) -> Option<Session<'c>> {
        let own = self.own.as_ref()?;
        let own = OwnPolicy {
            portfolio: own.portfolio.clone(),
            policy: own.policy.clone(),
            day: own.day,
            has_policy: own.has_policy,
        };
        let sources = edit::edited_sources(&self.sources, &Edited { files: Vec::new() });
        Some(Session::new(sources, own, self.options(catalog)))
    }

    /// How the texts were read.
    pub fn options<'c>(&self, catalog: &'c crate::base::catalog::Catalog) -> ReadOptions<'c> {
        ReadOptions { clock: self.clock, policy_file: self.policy_file, catalog }
    }
}
