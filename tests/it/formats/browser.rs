//! The HTML report in a real browser: `browser.py` opens it in Chromium and looks for what a person would trip over.

use std::path::Path;

use super::hostile::{portfolio, privacies};
use super::page::large;
use super::{EXAMPLE, compared, rendered, with_private_report, written};
use crate::{needs, run};

#[test]
fn chromium_opens_it() {
    let pages = [("example", rendered("html", EXAMPLE)), ("compared", compared("html", EXAMPLE, true))];
    opens(&pages);
}

#[test]
fn chromium_opens_what_is_large_or_hostile() {
    let private = |which: usize| {
        with_private_report(&portfolio(), &privacies()[which], |report, tasks| written("html", report, tasks))
    };
    opens(&[
        ("hostile", compared("html", &portfolio(), true)),
        ("hostile-pseudonyms", private(1)),
        ("hostile-aggregate", private(3)),
        ("large", rendered("html", &large())),
    ]);
}

fn opens(pages: &[(&str, String)]) {
    let (Some(chromium), Some(python)) = (needs::CHROMIUM.there(), needs::BROWSER.there()) else { return };
    // Kept, so that a person can open them.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in pages {
        std::fs::write(folder.join(format!("{name}.html")), text).expect("written");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/formats/browser.py");
    let pictures = concat!(env!("CARGO_TARGET_TMPDIR"), "/pictures");
    let names = pages.iter().map(|(name, _)| folder.join(format!("{name}.html")));
    let run = run::tool(python).arg(script).arg(chromium).arg(pictures).args(names).end();
    assert_eq!(run.ok(), format!("{} pages, nothing to say\n", pages.len()));
}
