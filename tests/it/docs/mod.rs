//! What the documentation says: its links lead somewhere, its commands run, and it promises nothing that is not there.

mod commands;
mod links;
mod tutorial;

use std::path::{Path, PathBuf};

use crate::gate_kit::{ORG, Place};
use crate::needs;
use crate::run::{self, path_with, tool};
use crate::support::{file, files_below, root};

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

/// What the page for works councils says to type cuts the history, and keeps what is newer.
#[test]
fn the_history_is_cut() {
    let Some(place) = Place::committed(&ORG.replace("id: gus", "id: gone")) else { return };
    if needs::BASH.there().is_none() {
        return;
    }
    for message in ["kept", "newer", "newest"] {
        place.write("portfolio.yaml", &format!("# {message}\n{ORG}"));
        place.commit(message);
    }
    let (kept, newest) = (place.git(&["rev-parse", "main~2"]), place.read("portfolio.yaml"));
    let page = file("docs/works-council.md");
    let block = page.split("```sh\n").find(|block| block.contains("--orphan")).expect("a block");
    let script = block.split("```").next().expect("its end");
    let shell = run::bare("bash").args(["--noprofile", "--norc", "-euo", "pipefail", "-c", script]);
    shell
        .within(place.path())
        .envs(run::GIT_AS_NOBODY)
        .env("KEEP", &kept)
        .env("HOME", place.path())
        .end()
        .ok();
    let log = place.git(&["log", "--all", "--format=%s"]);
    assert_eq!(log.lines().collect::<Vec<_>>(), ["newest", "newer", "The portfolio as of this quarter"]);
    assert_eq!(place.read("portfolio.yaml"), newest);
    assert!(!place.git(&["log", "--all", "--patch"]).contains("id: gone"), "nothing of it is left");
    // The gate works on what is left.
    place.debt(&["check", "--against", "HEAD~1"]).exits(0);
}
