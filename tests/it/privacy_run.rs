//! Runs the program on a portfolio in a folder of its own, and keeps every byte that came out.

use std::fs;
use std::path::Path;

use debt::render::FORMATS;

use crate::privacy_portfolio::MARK;
use crate::run;

pub(crate) const KEY: &str = "a key that nobody knows";

/// What one run said: standard output, standard error, and each file that it wrote.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) files: Vec<(&'static str, String)>,
}

impl Said {
    /// Every output with a word for where it stood.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter().map(|(name, text)| (*name, text.as_str()));
        [("stdout", self.out.as_str()), ("stderr", self.err.as_str())].into_iter().chain(files)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.status, 0, "{}", self.err);
        serde_json::from_str(&self.out).expect("it is JSON")
    }
}

/// Nothing of the portfolio in any output.
#[track_caller]
pub(crate) fn clean(said: &Said, what: &str) {
    for (place, text) in said.all() {
        let low = text.to_lowercase();
        let line = low.lines().find(|line| line.contains(MARK));
        assert_eq!(line, None, "{what}: {place} tells something of the portfolio");
    }
}

/// A folder with a portfolio in it.
pub(crate) fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("portfolio.yaml"), text).expect("a file");
    folder
}

/// The program in a folder, with the key of the tests.
pub(crate) fn debt(folder: &Path, arguments: &[&str]) -> Said {
    debt_with(folder, arguments, Some(KEY))
}

/// The program in a folder, with a key or with none.
pub(crate) fn debt_with(folder: &Path, arguments: &[&str], key: Option<&str>) -> Said {
    let mut run = run::debt().within(folder).args(arguments);
    if let Some(key) = key {
        run = run.env("DEBT_PSEUDONYM_KEY", key);
    }
    let (status, out, err) = run.end().parts();
    Said { status, out, err, files: Vec::new() }
}

/// A verb in all of these formats at once, each into a file.
pub(crate) fn in_every_format(folder: &Path, formats: &[&'static str], arguments: &[&str]) -> Said {
    let targets: Vec<String> = formats.iter().map(|format| format!("{format}:out.{format}")).collect();
    let mut all = arguments.to_vec();
    all.extend(targets.iter().flat_map(|target| ["--output", target.as_str()]));
    let mut said = debt(folder, &all);
    for format in formats {
        let file = folder.join(format!("out.{format}"));
        if let Ok(text) = fs::read_to_string(&file) {
            said.files.push((format, text));
            fs::remove_file(file).expect("it is there");
        }
    }
    said
}

/// `debt score` in every format at once, each into a file.
pub(crate) fn score_in_every_format(folder: &Path, arguments: &[&str]) -> Said {
    let names: Vec<&'static str> = FORMATS.iter().map(|format| format.name).collect();
    in_every_format(folder, &names, &[&["score"], arguments].concat())
}
