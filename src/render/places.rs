//! Where a file is, as each client of CI wants it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::escape::{file_uri, relative_uri, terminal};
use crate::report::{Location, Report, Wrong};
use crate::source::At;

/// The name that SARIF's clients know for the root of the checkout.
const ROOT: &str = "%SRCROOT%";

/// The path from the root of the repository, or as it is where there is none; nothing for standard input.
pub(super) fn plain(at: &At) -> Option<String> {
    match at {
        At::Inside { path, .. } | At::Absolute(path) | At::Typed(path) => Some(terminal(path.raw())),
        At::Nowhere => None,
    }
}

/// Where something is wrong, in words: `org/hr/portfolio.yaml:3:5`. What is in no file has its name all the same.
pub(super) fn in_words(wrong: &Wrong) -> Option<String> {
    let name = || Some(terminal(wrong.file.as_ref()?.raw()));
    let file = wrong.at.as_deref().and_then(plain).or_else(name)?;
    let mark = wrong.mark.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    Some(format!("{file}{mark}"))
}

/// The paths of one SARIF run: all of them below one root, or else absolute.
pub(super) struct Uris {
    root: Option<Arc<str>>,
    shows_root: bool,
}

impl Uris {
    /// Below this root. Where the people have no names, the folder of whoever runs it has none either.
    pub(super) fn below(root: Option<Arc<str>>, shows_root: bool) -> Uris {
        Uris { root, shows_root }
    }

    /// `artifactLocation`; nothing for standard input.
    pub(super) fn of_file(&self, at: &At) -> Option<Value> {
        Some(match at {
            At::Inside { root, path } if self.root.as_ref() == Some(root) => {
                json!({"uri": relative_uri(path.raw()), "uriBaseId": ROOT})
            }
            At::Inside { root, path } => json!({"uri": file_uri(&format!("{root}/{}", path.raw()))}),
            At::Absolute(path) => json!({"uri": file_uri(path.raw())}),
            At::Typed(path) => json!({"uri": relative_uri(path.raw())}),
            At::Nowhere => return None,
        })
    }

    /// `originalUriBaseIds`; nothing where no path is relative to a root.
    pub(super) fn bases(&self) -> Option<Value> {
        let root = self.root.as_ref()?;
        let mut base = json!({"description": {"text": "The root of the repository."}});
        if let Some(base) = base.as_object_mut().filter(|_| self.shows_root) {
            base.insert("uri".to_owned(), json!(format!("{}/", file_uri(root).trim_end_matches('/'))));
        }
        Some(json!({ROOT: base}))
    }
}

/// Where clients insist on a file and a factor has none of its own: that of the first factor that has one.
pub(super) fn fallback(report: &Report<'_>) -> Option<Location> {
    report.factors.rows().find_map(|row| row.location)
}
