//! `--output`: whole or not at all, and behind what a job's summary holds already.

use crate::run::{self, Run};

fn debt(folder: &tempfile::TempDir) -> Run {
    std::fs::write(folder.path().join("portfolio.yaml"), super::EXAMPLE).expect("written");
    run::debt().within(folder)
}

#[test]
fn every_format_goes_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let outputs = debt::render::FORMATS.iter().map(|format| format!("--output={0}:report.{0}", format.name));
    debt(&folder).arg("score").args(outputs).end().ok();
    for format in debt::render::FORMATS {
        let text =
            std::fs::read_to_string(folder.path().join(format!("report.{}", format.name))).expect("there");
        let expected = debt(&folder).args(["score", "--format", format.name]).end().ok();
        if format.name != "table" {
            assert_eq!(text, expected, "{}", format.name);
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_said_before_anything_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = debt(&folder).args(["score", "--output", "csv:a.csv", "--output", "html:no/where.html"]);
    assert_eq!(run.end().exits(2).says("cannot write no/where.html").out, "");
    assert!(!folder.path().join("a.csv").exists());
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_step_summary_keeps_what_other_steps_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = folder.path().join("summary.md");
    std::fs::write(&summary, "# An earlier step\n").expect("written");
    let markdown = ["score", "--output", "markdown:summary.md"];
    debt(&folder).env("GITHUB_STEP_SUMMARY", &summary).args(markdown).end().ok();
    let text = std::fs::read_to_string(&summary).expect("there");
    assert!(text.starts_with("# An earlier step\n<!-- debt:report northquay -->\n"), "{text}");
    // Any other file is replaced.
    debt(&folder).args(markdown).end().ok();
    assert!(
        std::fs::read_to_string(&summary).expect("there").starts_with("<!-- debt:report northquay -->\n")
    );
}
