//! What the documentation says: its links lead somewhere, its commands run, and it promises nothing that is not there.

mod commands;
mod links;
mod tutorial;

use std::path::{Path, PathBuf};

use crate::needs;
use crate::run::{path_with, tool};
use crate::support::{files_below, root};

/// Every page of the repository that people read.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name)).into();
    for folder in ["docs", "examples", "benches", "schema", "packaging", "tests"] {
        pages.extend(files_below(folder, &["md"]));
    }
    // What is expected of a run is no page.
    pages.retain(|page| page.parent().is_some_and(|folder| !is_case(folder)));
    pages
}

fn is_case(folder: &Path) -> bool {
    let below = |name: &str| {
        folder.starts_with(root().join("tests").join(name)) && folder != root().join("tests").join(name)
    };
    below("cases") || below("fixes") || below("edits") || below("fixtures") || below("it")
}

/// A page's path as it is written in the repository.
fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

#[test]
fn the_site_is_made_and_its_links_lead_somewhere() {
    let (Some(python), Some(mdbook)) = (needs::PYTHON.there(), needs::MDBOOK.there()) else { return };
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let run = tool(python).env("PATH", path_with(&[mdbook])).arg("packaging/site.py").arg("--to").arg(&site);
    assert!(run.end().ok().ends_with("every link leads somewhere\n"));
    let tutorial = std::fs::read_to_string(site.join("docs/tutorial.html")).expect("a page");
    assert!(tutorial.contains("A tutorial in five minutes"));
}

/// Until there is a release, what is installed is built from a checkout or from a pinned revision.
#[test]
fn nothing_is_installed_that_is_not_published() {
    let mut wrong = Vec::new();
    let examples = files_below("examples", &["yml", "yaml", "sh", "md", "py"]);
    for page in pages().into_iter().chain(examples) {
        let text = std::fs::read_to_string(&page).expect("readable");
        for (line, words) in text.lines().enumerate() {
            let of_ours = words.contains("cargo install") && words.contains("debt");
            let pinned = words.contains("--path") || words.contains("--git") && words.contains("--rev");
            let by_name = [
                "pip install debt",
                "pip install decision-debt",
                "npm install debt",
                "npm install decision-debt",
                "npx debt",
                "brew install debt",
            ];
            // What must never be said may be quoted as such.
            let forbidden =
                by_name.iter().any(|name| words.contains(name)) && !words.contains("may ever say");
            if of_ours && !pinned || forbidden {
                wrong.push(format!("{}:{}: {words}", name(&page), line + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
