//! Which files are one portfolio: those that `debt score` would read for a file that somebody has open.

use std::path::{Path, PathBuf};

use super::completion::may_become_one;
use super::uri::real;
use crate::policy::file::named_in;
use crate::records::config;
use crate::records::sections::List;
use crate::source::{CONFIG_FILE, Diagnostics, FileIx, Origin, Overlay, SYNC_FILE, Sources, is_yaml};

/// The files of a portfolio.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Project {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// A policy of its own.
    pub policy: Option<PathBuf>,
    /// A buffer without a file, by its address.
    pub buffer: Option<String>,
}

/// What was typed when the server was started.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The portfolio.
    pub paths: Vec<PathBuf>,
    /// The policy.
    pub policy: Option<PathBuf>,
    /// Whether a configuration is read.
    pub reads_config: bool,
}

/// The folder of a portfolio that `debt score` reads where nothing is named.
const USUAL_FOLDER: &str = "portfolio";
/// In a folder with more files than this nothing is guessed.
const MOST_FILES: usize = 1_000;
/// What has more files than this is read by nobody at each keystroke.
const MOST_OF_A_PORTFOLIO: usize = 5_000;
/// So many files and folders are looked at to find out.
const MOST_ENTRIES: usize = 50_000;
/// A file that is larger is not looked into to guess what it is.
const LARGEST_LOOK: u64 = 16 << 20;
/// Outside of a repository the folder `portfolio` is looked for in so many folders.
const FEW_LEVELS: usize = 4;

/// The portfolio of a file with this text; `None` if it is no part of one.
pub fn of(file: &Path, text: &str, typed: &Typed, overlay: &Overlay<'_>) -> Option<Project> {
    let project = |paths: Vec<PathBuf>, policy: Option<&PathBuf>| {
        Some(Project { paths, policy: policy.cloned(), buffer: None })
    };
    let is_it = |policy: &Option<PathBuf>| policy.as_deref().is_some_and(|policy| real(policy) == file);
    let has = |paths: &[PathBuf], policy: &Option<PathBuf>| {
        !paths.is_empty() && (is_it(policy) || contains(paths, file)) && fits(paths)
    };
    if has(&typed.paths, &typed.policy) {
        return project(typed.paths.clone(), typed.policy.as_ref());
    }
    let mut policy = typed.policy.clone();
    if let Some(config) = configuration(file, overlay).filter(|_| typed.reads_config) {
        policy = policy.or(config.policy);
        if has(&config.paths, &policy) {
            return project(config.paths, policy.as_ref());
        }
    }
    let name = file.file_name().unwrap_or_default();
    let looks = Looks::of(text);
    if name == CONFIG_FILE || name == SYNC_FILE || is_it(&policy) || !looks.is_portfolio {
        return None;
    }
    let paths = usual(file, overlay).unwrap_or_else(|| beside(file, looks, overlay));
    project(paths, policy.as_ref())
}

/// The root of the repository that a file is in, if it is in one.
fn root_of(file: &Path) -> Option<&Path> {
    file.ancestors().skip(1).find(|folder| folder.join(".git").exists())
}

/// The files of the folder `portfolio` that a file is in, without those that are something else.
fn usual(file: &Path, overlay: &Overlay<'_>) -> Option<Vec<PathBuf>> {
    let folders = file.ancestors().skip(1);
    let count = match root_of(file) {
        Some(root) => folders.clone().take_while(|folder| *folder != root).count() + 1,
        None => FEW_LEVELS,
    };
    let folder = folders.take(count).find(|folder| folder.ends_with(USUAL_FOLDER))?;
    let folders = [folder.to_owned()];
    if !contains(&folders, file) || !fits(&folders) {
        return None;
    }
    let files = walk(folder).filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let is_ours =
        |path: &PathBuf| is_part(path) && text_of(path, overlay).is_some_and(|text| may_become_one(&text));
    let mut paths: Vec<PathBuf> = files.filter(is_ours).collect();
    paths.sort();
    // Where nobody has saved any of them yet.
    if paths.is_empty() {
        paths.push(file.to_owned());
    }
    Some(paths)
}

/// What is in a folder, without what is hidden; a file by itself.
fn walk(path: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let is_visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    walkdir::WalkDir::new(path).follow_links(true).into_iter().filter_entry(is_visible).filter_map(Result::ok)
}

/// Whether these are few enough to be read again and again.
fn fits(paths: &[PathBuf]) -> bool {
    let (mut entries, mut files) = (0_usize, 0_usize);
    paths.iter().flat_map(|path| walk(path)).all(|entry| {
        entries += 1;
        files += usize::from(is_yaml(entry.path()) && entry.file_type().is_file());
        entries <= MOST_ENTRIES && files <= MOST_OF_A_PORTFOLIO
    })
}

/// A text to look into.
fn text_of(path: &Path, overlay: &Overlay<'_>) -> Option<String> {
    let is_small = || path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST_LOOK);
    overlay(path).or_else(|| is_small().then(|| std::fs::read_to_string(path).ok())?)
}

/// What a text seems to be, by its keys at the margin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Looks {
    /// It has a list that only portfolios have.
    pub is_portfolio: bool,
    /// It has people, so that it can be one by itself.
    pub has_people: bool,
}

impl Looks {
    /// How a text looks.
    pub fn of(text: &str) -> Looks {
        let is_flow = text.trim_start().starts_with('{');
        let has = |list: &List| {
            let key = list.key();
            if is_flow {
                text.match_indices(key).any(|(at, _)| {
                    let (before, rest) = (&text[..at], &text[at + key.len()..]);
                    before.ends_with(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | '"' | '\''))
                        && has_list(rest.trim_start_matches(['"', '\'']).trim_start())
                })
            } else {
                text.lines().any(|line| {
                    let line = line.trim_start_matches(['"', '\'']);
                    line.strip_prefix(key).is_some_and(|rest| has_list(rest.trim_start_matches(['"', '\''])))
                })
            }
        };
        Looks { is_portfolio: List::ALL.iter().any(has), has_people: has(&List::People) }
    }
}

/// Whether what follows a key is its colon and a list, or nothing yet: `meetings: yes` is a setting of something else.
fn has_list(rest: &str) -> bool {
    let value = rest.strip_prefix(':').map(str::trim_start);
    // What an anchor, a tag or an alias is of is not looked for.
    value.is_some_and(|value| value.is_empty() || value.starts_with(['[', '#', '&', '*', '!']))
}

/// The files of a folder that are one portfolio with this one: some of them have people, and others have none. Else it is one by
/// itself. Folders within are not looked into: whatever is there, nobody has said that it belongs to this.
fn beside(file: &Path, looks: Looks, overlay: &Overlay<'_>) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(file);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path != file && is_part(path))
        .take(MOST_FILES)
        .collect();
    if paths.len() == MOST_FILES {
        return vec![file.to_owned()];
    }
    let looked = paths.into_iter().filter_map(|path| Some((Looks::of(&text_of(&path, overlay)?), path)));
    let mut parts: Vec<(Looks, PathBuf)> = looked.filter(|(looks, _)| looks.is_portfolio).collect();
    parts.push((looks, file.to_owned()));
    let has = |people: bool| parts.iter().any(|(looks, _)| looks.has_people == people);
    if !(has(true) && has(false)) {
        return vec![file.to_owned()];
    }
    parts.sort_by(|a, b| a.1.cmp(&b.1));
    parts.into_iter().map(|(_, path)| path).collect()
}

fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let is_hidden = name.to_string_lossy().starts_with('.');
    is_yaml(path) && !is_hidden && name != CONFIG_FILE && name != SYNC_FILE && path.is_file()
}

/// Whether a file is one of these, or a part of a folder of them.
pub fn contains(paths: &[PathBuf], file: &Path) -> bool {
    paths.iter().any(|path| {
        let path = real(path);
        if path == file {
            return true;
        }
        let Ok(inside) = file.strip_prefix(&path) else { return false };
        let is_hidden = inside.iter().any(|part| part.to_string_lossy().starts_with('.'));
        let name = file.file_name().unwrap_or_default();
        !is_hidden && is_yaml(file) && name != CONFIG_FILE && name != SYNC_FILE
    })
}

/// What a configuration says.
struct Configured {
    paths: Vec<PathBuf>,
    policy: Option<PathBuf>,
}

/// The configuration that a run in the folder of this file would find.
fn configuration(file: &Path, overlay: &Overlay<'_>) -> Option<Configured> {
    let root = root_of(file);
    let folder = file.parent()?;
    let most = root.map_or(1, |root| folder.ancestors().take_while(|folder| *folder != root).count() + 1);
    let folder = folder.ancestors().take(most).find(|folder| folder.join(CONFIG_FILE).is_file())?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = Origin::Path(folder.join(CONFIG_FILE));
    sources.read_over(None, &[config], overlay, &mut diagnostics);
    if diagnostics.errors() > 0 {
        return None;
    }
    let record = config::from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics)?;
    // Whoever opens a file has not asked for everything that its configuration can name.
    let within = root.unwrap_or(folder);
    let paths = record.paths.unwrap_or_default();
    let paths = paths.iter().map(|path| folder.join(&*path.0)).filter(|path| real(path).starts_with(within));
    Some(Configured {
        paths: paths.collect(),
        policy: record.policy.map(|policy| named_in(folder, &policy.0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portfolio_is_known_by_a_list_that_only_portfolios_have() {
        let yes = [
            "people:\n  - {id: a}\n",
            "version: 1\nmeetings: # none yet\n",
            "\"people\": [{id: a}]\r\n",
            "people:\r\n",
            "{\"version\": 1, \"people\": [{\"id\": \"a\"}]}",
            "{people : [{id: a}]}",
            "{'squads':\n  []}",
        ];
        for text in yes {
            assert!(Looks::of(text).is_portfolio, "{text}");
        }
        let no = [
            "{\"a\": \"our people like squads\"}",
            "{\"a\": \"people\", \"mypeople\": []}",
            "meetings: yes\n",
            "peoples: []\n",
            "x: people:\n",
            "",
        ];
        for text in no {
            assert!(!Looks::of(text).is_portfolio, "{text}");
        }
    }
}
