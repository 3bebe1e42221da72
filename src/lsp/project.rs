//! Which files are one portfolio: those that `debt score` would read for a file that somebody has open.

use std::path::{Path, PathBuf};

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

/// The portfolio of a file with this text; `None` if it is no part of one.
pub fn of(file: &Path, text: &str, typed: &Typed, overlay: &Overlay<'_>) -> Option<Project> {
    let project = |paths: Vec<PathBuf>, policy: Option<&PathBuf>| {
        Some(Project { paths, policy: policy.cloned(), buffer: None })
    };
    let is_it = |policy: &Option<PathBuf>| policy.as_deref().is_some_and(|policy| real(policy) == file);
    if !typed.paths.is_empty() && (is_it(&typed.policy) || contains(&typed.paths, file)) {
        return project(typed.paths.clone(), typed.policy.as_ref());
    }
    let mut policy = typed.policy.clone();
    if let Some(config) = configuration(file, overlay).filter(|_| typed.reads_config) {
        policy = policy.or(config.policy);
        if !config.paths.is_empty() && (is_it(&policy) || contains(&config.paths, file)) {
            return project(config.paths, policy.as_ref());
        }
    }
    let name = file.file_name().unwrap_or_default();
    if name == CONFIG_FILE || name == SYNC_FILE || is_it(&policy) {
        return None;
    }
    let usual = file.ancestors().skip(1).find(|folder| folder.ends_with(USUAL_FOLDER));
    if let Some(folder) = usual.filter(|folder| contains(&[(*folder).to_owned()], file)) {
        return project(vec![folder.to_owned()], policy.as_ref());
    }
    let looks = Looks::of(text);
    if !looks.is_portfolio {
        return None;
    }
    project(beside(file, looks, overlay), policy.as_ref())
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
            let is_key = |line: &str| {
                let line = line.trim_start_matches(['"', '\'']);
                line.strip_prefix(key)
                    .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
            };
            if is_flow { text.contains(key) } else { text.lines().any(is_key) }
        };
        Looks { is_portfolio: List::ALL.iter().any(has), has_people: has(&List::People) }
    }
}

/// The files of a folder that are one portfolio with this one: some of them have people, and others have none. Else it is one by
/// itself. Folders within are not looked into: whatever is there, nobody has said that it belongs to this.
fn beside(file: &Path, looks: Looks, overlay: &Overlay<'_>) -> Vec<PathBuf> {
    let text = |path: &Path| overlay(path).or_else(|| std::fs::read_to_string(path).ok());
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
    let looked = paths.into_iter().filter_map(|path| Some((Looks::of(&text(&path)?), path)));
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
    let folder = file.parent()?;
    let root = folder.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    let folder = folder.ancestors().take(root + 1).find(|folder| folder.join(CONFIG_FILE).is_file())?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = Origin::Path(folder.join(CONFIG_FILE));
    sources.read_over(None, &[config], overlay, &mut diagnostics);
    if diagnostics.errors() > 0 {
        return None;
    }
    let record = config::from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics)?;
    let paths = record.paths.unwrap_or_default();
    Some(Configured {
        paths: paths.iter().map(|path| folder.join(&*path.0)).collect(),
        policy: record.policy.map(|policy| named_in(folder, &policy.0)),
    })
}
