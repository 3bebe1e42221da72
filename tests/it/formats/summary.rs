//! `--output`: whole or not at all, and behind what a job's summary holds already.

use assert_cmd::Command;

fn debt(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("debt"));
    command.current_dir(folder).env_remove("GITHUB_STEP_SUMMARY");
    std::fs::write(folder.path().join("portfolio.yaml"), super::EXAMPLE).expect("written");
    command
}

#[test]
fn every_format_goes_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = debt(&folder);
    command.arg("score");
    for format in debt::render::FORMATS {
        command.arg("--output").arg(format!("{0}:report.{0}", format.name));
    }
    command.assert().success();
    for format in debt::render::FORMATS {
        let text =
            std::fs::read_to_string(folder.path().join(format!("report.{}", format.name))).expect("there");
        let expected =
            debt(&folder).args(["score", "--format", format.name]).output().expect("it starts").stdout;
        if format.name != "table" {
            assert_eq!(text, String::from_utf8_lossy(&expected), "{}", format.name);
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_said_before_anything_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = debt(&folder)
        .args(["score", "--output", "csv:a.csv", "--output", "html:no/where.html"])
        .assert()
        .code(2);
    let output = output.get_output();
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write no/where.html"));
    assert!(!folder.path().join("a.csv").exists());
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_step_summary_keeps_what_other_steps_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = folder.path().join("summary.md");
    std::fs::write(&summary, "# An earlier step\n").expect("written");
    let mut command = debt(&folder);
    command
        .env("GITHUB_STEP_SUMMARY", &summary)
        .args(["score", "--output", "markdown:summary.md"])
        .assert()
        .success();
    let text = std::fs::read_to_string(&summary).expect("there");
    assert!(text.starts_with("# An earlier step\n<!-- debt:report -->\n"), "{text}");
    // Any other file is replaced.
    debt(&folder).args(["score", "--output", "markdown:summary.md"]).assert().success();
    assert!(std::fs::read_to_string(&summary).expect("there").starts_with("<!-- debt:report -->\n"));
}
